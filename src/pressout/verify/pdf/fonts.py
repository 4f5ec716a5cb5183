"""The fonts of a PDF: whether they travel with it, and which letters their codes stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

SUBSET = re.compile(r"[A-Z]{6}\+")  # six capitals before the name (ISO 32000-1, 9.6.4)
FILES = ("/FontFile", "/FontFile2", "/FontFile3")
NAMED_ENCODINGS = ("/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding", "/MacExpertEncoding")
BY_GLYPH = ("/Identity-H", "/Identity-V")
UNKNOWN = "\ufffd"
DEEPEST = 12  # forms inside forms; more is a circle
CODE = re.compile(rb"<([0-9A-Fa-f\s]*)>")
RANGE = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Font:
    """A font as a page names it; `mapped` tells that the file says which letters its codes stand for."""

    name: str
    kind: str
    embedded: bool
    subset: bool
    mapped: bool
    named: bool  # its encoding is one that every program knows
    letters: Mapping[int, str] = field(repr=False, default_factory=dict)
    wide: bool = False  # two bytes to a code
    glyphs: bool = False  # its codes are the numbers of its glyphs

    def read(self, codes: bytes) -> str:
        """The letters that these codes stand for; U+FFFD for one of which the file says nothing."""
        step = 2 if self.wide else 1
        numbers = [int.from_bytes(codes[at : at + step], "big") for at in range(0, len(codes), step)]
        if self.mapped:
            return "".join(self.letters.get(number, UNKNOWN) for number in numbers)
        if self.named and not self.wide:
            return codes.decode("cp1252", errors="replace")
        return UNKNOWN * len(numbers)


def font_of(resource: Any) -> Font:
    """What a font's dictionary says of it."""
    described = _descendant(resource)
    descriptor = described.get("/FontDescriptor", {})
    name = str(resource.get("/BaseFont", "")).removeprefix("/")
    kind = str(described.get("/Subtype", "")).removeprefix("/")
    to_unicode = resource.get("/ToUnicode")
    mapped = to_unicode is not None and hasattr(to_unicode, "read_bytes")
    return Font(
        name=name,
        kind=kind,
        embedded=kind == "Type3" or any(key in descriptor for key in FILES),
        subset=bool(SUBSET.match(name)),
        mapped=mapped,
        named=_is_named(resource.get("/Encoding")),
        letters=_letters(to_unicode.read_bytes()) if mapped else {},
        wide=str(resource.get("/Subtype")) == "/Type0",
        glyphs=str(resource.get("/Encoding")) in BY_GLYPH and str(described.get("/CIDToGIDMap", "/Identity")) == "/Identity",
    )


def _descendant(resource: Any) -> Any:
    below = resource.get("/DescendantFonts")
    return below[0] if below is not None and len(below) else resource


def _is_named(encoding: Any) -> bool:
    """Whether the letters follow from the encoding alone; names of glyphs in /Differences tell theirs."""
    if encoding is None:
        return False
    return str(encoding) in NAMED_ENCODINGS or hasattr(encoding, "get")


def _letters(cmap: bytes) -> dict[int, str]:
    """The letters by code, from a ToUnicode map (ISO 32000-1, 9.10.3)."""
    letters: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        codes = [match[1] for match in CODE.finditer(block)]
        letters |= {_number(code): _text(to) for code, to in zip(codes[::2], codes[1::2], strict=False)}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for match in RANGE.finditer(block):
            letters |= _range(match)
    return letters


def _range(match: re.Match[bytes]) -> dict[int, str]:
    first, last = _number(match[1]), min(_number(match[2]), _number(match[1]) + 0xFFFF)
    if match[4] is not None:
        return {first + at: _text(code[1]) for at, code in enumerate(CODE.finditer(match[4]))}
    start = _text(match[3])
    if not start:
        return {}
    end = ord(start[-1])
    return {code: start[:-1] + chr(min(end + code - first, 0x10FFFF)) for code in range(first, last + 1)}


def _number(code: bytes) -> int:
    return int(b"".join(code.split()) or b"0", 16)


def _text(code: bytes) -> str:
    digits = b"".join(code.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()).decode("utf-16-be", errors="replace")


def fonts_of(pdf: Any) -> dict[object, Font]:
    """Every font that a page, a form, a pattern or an annotation of the file names, each once, by what identifies it."""
    found: dict[object, Font] = {}
    seen: set[object] = set()
    for page in pdf.pages:
        for resources in (page.obj.get("/Resources", {}), *_appearances(page.obj)):
            for font in _named_fonts(resources, seen, DEEPEST):
                found.setdefault(identity(font), font_of(font))
    return found


def identity(thing: Any) -> object:
    """What tells one object of a file from another: its number, or, where it stands inside another, itself."""
    return thing.objgen if thing.is_indirect else thing.unparse()


def _appearances(page: Any) -> Iterator[Any]:
    for annotation in page.get("/Annots", []):
        normal = annotation.get("/AP", {}).get("/N", {})
        if "/Resources" in normal:
            yield normal["/Resources"]


def _named_fonts(resources: Any, seen: set[object], depth: int) -> Iterator[Any]:
    yield from resources.get("/Font", {}).values()
    for kind in ("/XObject", "/Pattern"):
        for inner in resources.get(kind, {}).values():
            if inner.objgen in seen or depth == 0 or "/Resources" not in inner:
                continue
            seen.add(inner.objgen)
            yield from _named_fonts(inner["/Resources"], seen, depth - 1)

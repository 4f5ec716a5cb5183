"""What a PDF holds, as plain values: one page of facts for people, an object for machines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pressout.verify.pdf.content import Drawn, Placed, read_pages
from pressout.verify.pdf.fonts import Font, fonts_of
from pressout.verify.pdf.labels import page_labels
from pressout.verify.pdf.tags import TagTree, tag_tree

MILLIMETRE = 72 / 25.4  # points
BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
Box = tuple[float, float, float, float]
DEEPEST = 50  # levels of an outline
MOST_KINDS = 10  # of tags that people are told of


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline; `target` is whatever it leads to, as the file has it."""

    title: str
    level: int
    target: Any


@dataclass(frozen=True, slots=True)
class Facts:
    """What the file holds. `claims` are the profiles by family: "PDF/UA" and "PDF/A", empty where it claims none."""

    size: int
    version: str
    title: str
    language: str
    claims: Mapping[str, str]
    encrypted: bool
    tagged: bool
    boxes: tuple[Mapping[str, Box], ...]
    labels: tuple[str, ...]
    outline: tuple[Entry, ...]
    attached: tuple[str, ...]
    fonts: tuple[Font, ...]
    drawn: Drawn = field(repr=False)
    tree: TagTree = field(repr=False)

    def as_object(self) -> dict[str, object]:
        """The facts for machines."""
        return {
            "bytes": self.size,
            "version": self.version,
            "title": self.title,
            "language": self.language,
            "claims": dict(self.claims),
            "pages": len(self.boxes),
            "boxes": [{name: [round(number, 2) for number in box] for name, box in page.items()} for page in self.boxes],
            "labels": list(self.labels),
            "outline": [{"title": entry.title, "level": entry.level} for entry in self.outline],
            "attached": list(self.attached),
            "fonts": [_font(font) for font in self.fonts],
            "pictures": [_picture(picture) for picture in self.drawn.pictures],
            "colours": sorted(self.drawn.spaces),
            "letters": self.drawn.letters.total(),
            "tags": dict(sorted(self.tree.count().items())),
        }

    def in_words(self) -> dict[str, str]:
        """The facts for people."""
        fonts = self.fonts
        return {
            "title": self.title or "none",
            "language": self.language or "none",
            "claims": ", ".join(f"{family}-{profile}" for family, profile in _claimed(self.claims)) or "none",
            "pages": f"{len(self.boxes)} of {_paper(self.boxes)}, {'with' if self.labels else 'without'} labels",
            "file": f"{self.size / 1000:,.0f} kB, PDF {self.version}",
            "outline": f"{len(self.outline)} lines" if self.outline else "none",
            "fonts": f"{len(fonts)}: {sum(font.embedded for font in fonts)} embedded, {sum(font.subset for font in fonts)} subset, "
            f"{sum(font.mapped for font in fonts)} with their letters",
            "pictures": _pictures(self.drawn.pictures),
            "colours": ", ".join(sorted(self.drawn.spaces)) or "black alone",
            "text": f"{self.drawn.letters.total():,} letters",
            "tags": ", ".join(f"{count} {kind}" for kind, count in self.tree.count().most_common(MOST_KINDS)) or "none",
            **({"attached": ", ".join(self.attached)} if self.attached else {}),
        }


def facts_of(pdf: Any, size: int) -> Facts:
    """Reads every page of an open file."""
    drawn = read_pages(pdf)
    return Facts(
        size=size,
        version=str(pdf.pdf_version),
        title=title_of(pdf),
        language=str(pdf.Root.get("/Lang", "")),
        claims=claims_of(pdf),
        encrypted=bool(pdf.is_encrypted),
        tagged=bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False)) and "/StructTreeRoot" in pdf.Root,
        boxes=tuple({name[1:]: _box(value) for name in BOXES if (value := _inherited(page, name))} for page in pdf.pages),
        labels=page_labels(pdf),
        outline=tuple(_entries(pdf)),
        attached=tuple(str(name) for name in pdf.attachments),
        fonts=tuple(sorted(fonts_of(pdf).values(), key=lambda font: font.name)),
        drawn=drawn,
        tree=tag_tree(pdf, drawn.texts),
    )


def metadata_of(pdf: Any) -> str:
    """The XMP packet as text; empty where there is none."""
    stream = pdf.Root.get("/Metadata")
    return "" if stream is None else str(stream.read_bytes().decode(errors="replace"))


def claims_of(pdf: Any) -> dict[str, str]:
    """The profiles that the metadata names, as validators call them: {"PDF/UA": "ua1", "PDF/A": "3a"}."""
    metadata = metadata_of(pdf)
    ua, part, level = (_said(metadata, name) for name in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance"))
    return {"PDF/UA": f"ua{ua}" if ua else "", "PDF/A": f"{part}{level.lower()}"}


def _said(metadata: str, name: str) -> str:
    """A property's value, written as an attribute or as an element."""
    found = re.search(rf'{name}\s*=\s*["\'](\w*)["\']|<{name}>\s*(\w*)\s*<', metadata)
    return (found[1] or found[2] or "") if found else ""


def title_of(pdf: Any) -> str:
    """What a program shows as the title: dc:title of the XMP before the old Info dictionary."""
    from html import unescape

    found = re.search(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", metadata_of(pdf), re.DOTALL)
    return unescape(found[1]).strip() if found else info_title(pdf)


def info_title(pdf: Any) -> str:
    """The title in the old Info dictionary; empty where there is none."""
    return str(pdf.trailer.get("/Info", {}).get("/Title", "")).strip()


def _inherited(page: Any, name: str) -> Any:
    """A box of a page; MediaBox and CropBox may stand above it in the tree of pages."""
    return getattr(page, name[1:].lower(), None) if name in ("/MediaBox", "/CropBox") else page.obj.get(name)


def _box(value: Any) -> Box:
    left, bottom, right, top = (float(number) for number in value)
    return (min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def _entries(pdf: Any) -> Iterator[Entry]:
    """The outline in reading order; a circle in it ends it."""
    seen: set[tuple[int, int]] = set()
    waiting = [(pdf.Root.get("/Outlines", {}).get("/First"), 1)]
    while waiting:
        entry, level = waiting.pop()
        if entry is None or entry.objgen in seen or level > DEEPEST:
            continue
        seen.add(entry.objgen)
        yield Entry(str(entry.get("/Title", "")), level, entry.get("/Dest", entry.get("/A")))
        waiting += [(entry.get("/Next"), level), (entry.get("/First"), level + 1)]


# In words


def _claimed(claims: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(family, profile.removeprefix("ua")) for family, profile in claims.items() if profile]


def _paper(boxes: tuple[Mapping[str, Box], ...]) -> str:
    sizes = Counter(_millimetres(page.get("TrimBox") or page["MediaBox"]) for page in boxes if page)
    return ", ".join(f"{across} × {down} mm" for (across, down), _ in sizes.most_common(3))


def _millimetres(box: Box) -> tuple[int, int]:
    left, bottom, right, top = box
    return round((right - left) / MILLIMETRE), round((top - bottom) / MILLIMETRE)


def _pictures(pictures: list[Placed]) -> str:
    if not pictures:
        return "none"
    finest = [min(picture.ppi) for picture in pictures]
    return f"{len(pictures)}, {min(finest):.0f} to {max(finest):.0f} ppi"


def _picture(picture: Placed) -> dict[str, object]:
    across, down = (round(number) if number < 1e9 else None for number in picture.ppi)
    return {
        "page": picture.page,
        "pixels": [picture.width, picture.height],
        "points": [round(number, 1) for number in picture.size],
        "ppi": [across, down],
        "colour": picture.space,
    }


def _font(font: Font) -> dict[str, object]:
    return {"name": font.name, "kind": font.kind, "embedded": font.embedded, "subset": font.subset, "letters": font.mapped}

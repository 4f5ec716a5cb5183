"""What surrounds the text of a Word file: running heads, what stands at the foot of pages and above notes, and its properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element

from pressout.readers.docx.package import W, parse_part
from pressout.readers.docx.styles import Styles
from pressout.readers.docx.text import BOX, Reading, read_pieces, stray_fields
from pressout.readers.docx.things import CHANGES
from pressout.readers.docx.values import Change, Piece

PROPERTIES = "docProps/core.xml"
OPENING = re.compile(rb"<(?:\w+:)?(hdr|ftr|footnotes|endnotes)[\s>]")
BEGINNING = 2000  # bytes in which a part's outermost element begins; what may stand before it is a declaration and a remark
PLACES: Mapping[str, str] = {
    "hdr": "in the running head",
    "ftr": "at the foot of the pages",
    "footnotes": "above the footnotes",
    "endnotes": "above the endnotes",
}
# Those that a Properties window shows; programs write the others, such as dates, as they like (ECMA-376 part 2, 11)
SHOWN: Mapping[str, str] = {
    "title": "title",
    "creator": "authors",
    "subject": "subject",
    "keywords": "keywords",
    "description": "comments",
    "category": "category",
}


@dataclass(frozen=True, slots=True)
class Margin:
    """A paragraph that is no part of the text: where it is, its pieces, the indexes of the tracked changes in it."""

    place: str
    pieces: tuple[Piece, ...]
    changes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The margins of a file in the order of their parts, the tracked changes in them, the properties that are shown, by name."""

    margins: tuple[Margin, ...] = ()
    changes: tuple[Change, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)


def around(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts that surround the text, not read yet: no renaming hides them, since their outermost elements tell."""
    found = {name: data for name, data in parts.items() if name.startswith("word/") and OPENING.search(data, 0, BEGINNING)}
    return found | {name: parts[name] for name in (PROPERTIES,) if name in parts}


def read_surroundings(parts: Mapping[str, bytes], name: str) -> Surroundings:
    """What these parts say (see `around`). Raises PressoutError for one that is not well-formed."""
    reading = Reading(Styles(), {})
    margins: list[Margin] = []
    for part, data in sorted(parts.items()):
        if part != PROPERTIES:
            margins += _margins(parse_part(data, name), reading)
    properties = _properties(parse_part(parts[PROPERTIES], name)) if PROPERTIES in parts else {}
    return Surroundings(tuple(margins), tuple(reading.changes), properties)


def _margins(root: _Element, reading: Reading) -> Iterator[Margin]:
    kind = str(root.tag).rpartition("}")[2]
    reading.stray = stray_fields(root)
    for paragraph in _paragraphs(root, kind):
        pieces = read_pieces(paragraph, reading)
        changes = [reading.change(change, CHANGES[str(change.tag)][0]) for change in paragraph.iter(*CHANGES)]
        yield Margin(PLACES[kind], pieces, tuple(dict.fromkeys(changes)))


def _paragraphs(root: _Element, kind: str) -> Iterator[_Element]:
    stories = [root] if kind in ("hdr", "ftr") else [note for note in root if note.get(f"{W}type", "normal") != "normal"]
    for story in stories:
        yield from (each for each in story.iter(f"{W}p") if next(each.iterancestors(BOX), None) is None)


def _properties(root: _Element) -> dict[str, str]:
    values = {str(each.tag).rpartition("}")[2]: " ".join("".join(map(str, each.itertext())).split()) for each in root}
    return {called: values[tag] for tag, called in SHOWN.items() if values.get(tag)}

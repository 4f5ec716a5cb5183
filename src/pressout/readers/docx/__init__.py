"""Word files, read as written: every paragraph before and after its tracked changes, the comments, the anchors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element

from pressout.readers.docx.comments import read_comments
from pressout.readers.docx.package import W, open_package, parse_part, relations
from pressout.readers.docx.styles import read_layout, read_styles
from pressout.readers.docx.surroundings import around
from pressout.readers.docx.text import DELETING, INSERTING, Reading, read_pieces, stray_fields
from pressout.readers.docx.things import place_things
from pressout.readers.docx.values import Layout, Line, Place, Standing, WordFile

__all__ = ["read_word"]

DOCUMENT = "word/document.xml"
NOTES = ("word/footnotes.xml", "word/endnotes.xml")
CUSTOM = "docProps/custom.xml"
APPLICATION = re.compile(rb"<(?:\w+:)?Application>([^<]*)<")  # not parsed: a file that has this part broken is read all the same
SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def read_word(data: bytes, name: str) -> WordFile:
    """Read a Word file from whatever program wrote it.

    Lines come in reading order, the body first, then the notes. Content controls, smart tags and alternate content are read
    through. Raises PressoutError for a file that can't be read (see `package.open_package`).
    """
    parts = open_package(data, name)
    styles = read_styles(parse_part(parts["word/styles.xml"], name) if "word/styles.xml" in parts else None)
    reading = Reading(styles, {})
    lines: list[Line] = []
    for part in (DOCUMENT, *(note for note in NOTES if note in parts)):
        reading.targets = relations(parts, part, name)
        lines += _Story(reading).lines(parse_part(parts[part], name))
    return WordFile(
        tuple(lines),
        tuple(reading.changes),
        read_comments(parts, name),
        _properties(parts, name),
        _custom_parts(parts, name),
        _application(parts),
        around(parts),
    )


@dataclass(slots=True)
class _Story:
    """One part that holds paragraphs; it counts its tables and remembers the anchors that are still to be given a paragraph."""

    reading: Reading
    tables: int = 0
    pending: list[str] = field(default_factory=list)
    paragraphs: list[_Element] = field(default_factory=list)  # that of each line

    def lines(self, root: _Element) -> list[Line]:
        self.reading.stray = stray_fields(root)
        lines = list(self._blocks(root, Place(), Standing.KEPT, ()))
        for index, thing in place_things(root, self.paragraphs, self.reading):
            lines[index] = lines[index]._replace(things=(*lines[index].things, thing))
        return lines

    def _blocks(self, parent: _Element, place: Place, row: Standing, changes: tuple[int, ...]) -> Iterator[Line]:
        for child in parent:
            tag = str(child.tag).rpartition("}")[2]
            if tag == "p":
                yield self._line(child, place, row, changes)
            elif tag == "tbl":
                yield from self._rows(child, place)
            elif tag in ("footnote", "endnote"):
                if child.get(f"{W}type") not in SEPARATORS:
                    yield from self._blocks(child, place._replace(note=child.get(f"{W}id", "")), row, changes)
            elif tag == "bookmarkStart":
                self.pending.append(_anchor(child))
            elif tag not in ("sectPr", "sdtPr", "Fallback", "pPr"):
                yield from self._blocks(child, place, row, changes)

    def _rows(self, table: _Element, place: Place) -> Iterator[Line]:
        number, self.tables = self.tables, self.tables + 1
        for index, row in enumerate(table.iter(f"{W}tr")):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue
            standing, changes = self._row_standing(row)
            cells = [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]
            for column, cell in enumerate(cells):
                yield from self._blocks(cell, place._replace(table=number, row=index, column=column), standing, changes)

    def _row_standing(self, row: _Element) -> tuple[Standing, tuple[int, ...]]:
        properties = row.find(f"{W}trPr")
        for tag, standing in ((f"{W}ins", Standing.INSERTED), (f"{W}del", Standing.DELETED)):
            mark = None if properties is None else properties.find(tag)
            if mark is not None:
                return standing, (self.reading.change(mark, "row"),)
        return Standing.KEPT, ()

    def _line(self, paragraph: _Element, place: Place, row: Standing, changes: tuple[int, ...]) -> Line:
        self.paragraphs.append(paragraph)
        properties = paragraph.find(f"{W}pPr")
        mark, marked = self._mark(properties)
        now, before, moved = self._layouts(properties)
        anchors, self.pending = [*self.pending, *map(_anchor, paragraph.iter(f"{W}bookmarkStart"))], []
        return Line(
            read_pieces(paragraph, self.reading),
            now,
            before,
            mark,
            tuple(dict.fromkeys(anchor for anchor in anchors if anchor)),
            place,
            row,
            (*changes, *marked, *moved),
        )

    def _mark(self, properties: _Element | None) -> tuple[Standing, tuple[int, ...]]:
        own = None if properties is None else properties.find(f"{W}rPr")
        if own is None:
            return Standing.KEPT, ()
        gone = next((own.find(tag) for tag in DELETING if own.find(tag) is not None), None)
        new = next((own.find(tag) for tag in INSERTING if own.find(tag) is not None), None)
        look = own.find(f"{W}rPrChange")
        changes = [] if look is None else [self.reading.change(look, "format")]
        if new is not None:
            changes.append(self.reading.change(new, "insertion"))
        if gone is not None:
            changes.append(self.reading.change(gone, "deletion"))
            return Standing.DELETED, tuple(changes)
        return (Standing.INSERTED if new is not None else Standing.KEPT), tuple(changes)

    def _layouts(self, properties: _Element | None) -> tuple[Layout, Layout, tuple[int, ...]]:
        now = read_layout(properties, self.reading.styles)
        change = None if properties is None else properties.find(f"{W}pPrChange")
        listed = None if properties is None else properties.find(f"{W}numPr/{W}ins")
        changes = tuple(self.reading.change(each, "paragraph") for each in (listed, change) if each is not None)
        if change is not None:
            return now, read_layout(change.find(f"{W}pPr"), self.reading.styles), changes
        return now, now if listed is None else read_layout(properties, self.reading.styles, listed=False), changes


def _anchor(bookmark: _Element) -> str:
    """The bookmark's name if it is one of pressout's; LibreOffice names that of a moved paragraph `..._Copy_1`."""
    name = bookmark.get(f"{W}name", "")
    return name.split("_Copy_")[0] if name.startswith("_po_") else ""


def _properties(parts: Mapping[str, bytes], name: str) -> dict[str, str]:
    if CUSTOM not in parts:
        return {}
    return {str(item.get("name")): "".join(map(str, item.itertext())) for item in parse_part(parts[CUSTOM], name)}


def _application(parts: Mapping[str, bytes]) -> str:
    found = APPLICATION.search(parts.get("docProps/app.xml", b""))
    return found[1].decode("utf-8", "replace").strip() if found else ""


def _custom_parts(parts: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """Custom XML parts by the namespace of their outermost element; programs rename the parts, never that."""
    found = {}
    for part, data in parts.items():
        if part.startswith("customXml/item") and "Props" not in part and part.endswith(".xml"):
            tag = str(parse_part(data, name).tag)
            found[tag.rpartition("}")[0].lstrip("{")] = data
    return found

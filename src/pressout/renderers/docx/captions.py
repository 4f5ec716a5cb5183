"""Captions in Word: the label with its number as a field, so that Word goes on counting, then the words and the credit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from pressout.model import Figure, Inlines, Table
from pressout.renderers.docx.inlines import write_field, write_inlines, write_words
from pressout.renderers.docx.references import Part
from pressout.renderers.docx.story import Line, Place, anchored, close_bookmark, open_bookmark, paragraph
from pressout.renderers.docx.xml import Element
from pressout.renderers.reading import placement
from pressout.terms import label

Kind = Literal["figure", "table"]

STYLES = {"figure": "caption", "table": "table-caption"}
SEQUENCES = {"figure": "Figure", "table": "Table"}  # what Word's own lists of figures and of tables ask for


def write_caption(parent: Element, kind: Kind, captioned: Figure | Table, place: Place, credit: Inlines = ()) -> None:
    """The caption of a figure or of a table, with the bookmarks that references to it need."""
    own, place.file.waiting = place.file.waiting, []
    key = captioned.caption[0].span if captioned.caption else None
    with paragraph(parent, STYLES[kind] + side_of(captioned), place, key) as line:
        opened = [open_bookmark(line.element, name, place.file) for name in own]
        if captioned.number:
            _write_label(line, kind, captioned, place)
        for bookmark in reversed(opened):
            close_bookmark(line.element, bookmark)
        if captioned.number and captioned.caption:
            write_words(line, " ", place)
        with _part(line, captioned, "words", place):
            write_inlines(line, captioned.caption, place)
        if credit:
            write_words(line, " ", place)
            with anchored(line.element, place.file, credit[0].span):
                write_inlines(line, credit, place, "credit")


def side_of(captioned: Figure | Table) -> str:
    """The variant of the styles of a figure that asks to stand in the middle or at the right; Word floats none."""
    side = placement(captioned) if isinstance(captioned, Figure) else ""
    return f"-{side}" if side in ("center", "right") else ""


def _write_label(line: Line, kind: Kind, captioned: Figure | Table, place: Place) -> None:
    """ "Figure 3" as the document's language has it, the number a field with its result in it."""
    before, _, after = label(kind, "\0", place.file.words).partition("\0")
    write_words(line, before, place, "caption-label")
    with _part(line, captioned, "number", place):
        anew = r" \s 1" if place.file.document.articles else ""  # with each heading of the highest level, which is an article's
        write_field(line, rf"SEQ {SEQUENCES[kind]} \* ARABIC{anew}", captioned.number, place, "caption-label")
    write_words(line, after, place, "caption-label")


@contextmanager
def _part(line: Line, captioned: Figure | Table, part: Part, place: Place) -> Iterator[None]:
    """A bookmark round what is written meanwhile, if a reference shows this part."""
    identifier = captioned.attributes.id
    if (identifier, part) not in place.file.references.parts:
        yield
        return
    bookmark = open_bookmark(line.element, place.file.names.name(identifier, part), place.file)
    yield
    close_bookmark(line.element, bookmark)

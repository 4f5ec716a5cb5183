"""Contents in Word, and lists of figures and of tables: fields with their entries already in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from pressout.model import NO_ATTRIBUTES, Attributes, Blocks, Section, Text
from pressout.renderers.docx.blocks import write_line
from pressout.renderers.docx.captions import SEQUENCES
from pressout.renderers.docx.inlines import begin_field, end_field, write_field, write_words
from pressout.renderers.docx.story import Line, Place, paragraph, spoken
from pressout.renderers.docx.xml import Element, add
from pressout.renderers.html.front import bylines, wanted_lists
from pressout.renderers.html.notes import ENDNOTES, at_end
from pressout.renderers.parts import contents_wanted
from pressout.terms import term
from pressout.walk import plain_text

EM_SPACE = "\u2003"

COUNTED = {"list-of-figures": SEQUENCES["figure"], "list-of-tables": SEQUENCES["table"]}


class Entry(NamedTuple):
    """A line of a list: its role, its words, the id that it leads to if any, its language."""

    role: str
    words: str
    target: str
    attributes: Attributes = NO_ATTRIBUTES


def write_contents(body: Element, place: Place) -> None:
    """The contents where the article asks for them or is long, and the lists that it asks for."""
    document, levels = place.file.document, place.file.theme.contents_levels
    if contents_wanted(document, place.file.theme):
        names = bylines(document)
        # Who wrote an article is a line of its own: Word finds it by its style, and gives it no page (ECMA-376 part 1, 17.16.5.68)
        authors = r' \t "Authors,2" \n "2-2"' if any(names.values()) else ""
        entries = chain(_sections(document.blocks, levels, names), _endnotes(place))
        _write_list(body, "contents", rf'TOC \o "1-{levels}" \h \z{authors}', entries, place)
    for title, found in wanted_lists(document, place.file.theme):
        lines = (Entry("contents-entry", f"{each.label} {plain_text(each.caption)}", each.target) for each in found)
        _write_list(body, title, rf'TOC \h \z \c "{COUNTED[title]}"', lines, place)


def _sections(blocks: Blocks, levels: int, names: Mapping[str, str]) -> Iterator[Entry]:
    for block in blocks:
        match block:
            case Section(heading=heading) if heading.level <= levels:
                number = f"{heading.number} " if heading.number else ""
                yield Entry(
                    f"contents-{min(heading.level, 3)}", number + plain_text(heading.content), block.attributes.id, block.attributes
                )
                if names.get(block.attributes.id):
                    yield Entry("contents-2", names[block.attributes.id], "")
                yield from _sections(block.blocks, levels, names)
            case _:
                continue


def _endnotes(place: Place) -> Iterator[Entry]:
    """The line that leads to the notes at the end, if they stand there."""
    if at_end(place.file.document):
        yield Entry("contents-1", term("notes", place.file.lang), ENDNOTES)


def _write_list(body: Element, title: str, instruction: str, found: Iterator[Entry], place: Place) -> None:
    """A field over all the entries. Their page numbers are Word's to fill in, when it prints or is asked: nobody else knows them.

    A file that told Word to do so when it is opened would make it ask its reader a question that none understands.
    """
    entries = list(found)
    if not entries:
        return
    write_line(body, "contents-title", (Text(term(title, place.file.lang)),), place)
    for index, entry in enumerate(entries):
        there = spoken(place, entry.attributes)
        with paragraph(body, entry.role, there) as line:
            if index == 0:
                begin_field(line, rf'{instruction} \p "{EM_SPACE}"')
            _write_entry(line, entry, there)
            if index == len(entries) - 1:
                end_field(line)
    write_line(body, "spacer", (), place)


def _write_entry(line: Line, entry: Entry, place: Place) -> None:
    if not entry.target:
        write_words(line, entry.words, place)
        return
    name = place.file.names.name(entry.target)
    link = Line(add(line.element, "w:hyperlink", anchor=name, history="1"), line.style)
    write_words(link, entry.words, place)
    write_words(link, EM_SPACE, place)
    write_field(link, rf"PAGEREF {name} \h", "", place)

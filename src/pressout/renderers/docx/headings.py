"""Numbers of headings, which Word counts itself by their styles: the sections', the appendices', and those that have none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pressout.model import Blocks, Heading, Section
from pressout.renderers.docx.numbering import HEADINGS, LEVELS, Kind, Numbering, Shape
from pressout.renderers.docx.story import Marker, WordFile


def sections(blocks: Blocks) -> Iterator[Section]:
    """Every section, each before those that it holds."""
    for block in blocks:
        match block:
            case Section():
                yield block
                yield from sections(block.blocks)
            case _:
                continue


def heading_lists(blocks: Blocks, numbering: Numbering) -> Mapping[Kind, int]:
    """The lists that number the headings, where any has a number."""
    numbered = any(section.heading.number for section in sections(blocks))
    return {kind: numbering.new_list(Shape(kind, 0, 0, 0)) for kind in HEADINGS} if numbered else {}


def number_heading(heading: Heading, file: WordFile) -> None:
    """Have the next paragraph numbered as the heading is, where that is not what its style does by itself."""
    if not file.numbers:
        return
    level = min(heading.level, LEVELS) - 1
    if not heading.number:
        file.marker = Marker(file.numbers["unnumbered"], level)
    elif not heading.number[0].isdecimal():
        file.marker = Marker(file.numbers["appendix"], level)

"""Numbers of headings, which Word counts itself by their styles: the sections', the appendices', and those that have none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pressout.model import Heading, Section
from pressout.renderers.docx_numbering import LEVELS, Kind, Numbering, Shape
from pressout.renderers.docx_story import Marker, WordFile
from pressout.walk import Piece, walk

UNNUMBERED = 0  # the list of what is in none


def heading_lists(pieces: Iterable[Piece], numbering: Numbering) -> Mapping[Kind, int]:
    """The lists that number the headings, where any has a number."""
    numbers = [piece.heading.number for piece in walk(pieces) if isinstance(piece, Section) and piece.heading.number]
    kinds: dict[Kind, int] = {}
    if numbers:
        kinds["heading"] = numbering.new_list(Shape("heading", 0, 0, 0))
    if any(not number[0].isdecimal() for number in numbers):
        kinds["appendix"] = numbering.new_list(Shape("appendix", 0, 0, 0))
    return kinds


def number_heading(heading: Heading, file: WordFile) -> None:
    """Have the next paragraph numbered as the heading is, where that is not what its style does by itself."""
    if not file.numbers:
        return
    level = min(heading.level, LEVELS) - 1
    if not heading.number:
        file.marker = Marker(UNNUMBERED, level)
    elif not heading.number[0].isdecimal():
        file.marker = Marker(file.numbers["appendix"], level)

"""Levels of a plain text's headings, guessed from their order, their numbers and their likeness."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pressout.readers.plain.marks import DEPTH
from pressout.readers.plain.sentences import COLONS, ends_question, length_in_words

TOP = 2  # the level of the highest headings of the body, as the title is level 1
LOYALTY = 0.5  # by how much likeness must speak for the upper level before a row of lower headings ends without other evidence


@dataclass(frozen=True, slots=True)
class Place:
    """A heading and what is known of it: its place in the text, whether it is surely one of the highest, its written level."""

    text: str
    place: int
    top: bool = False
    written: int = 0


def heading_levels(headings: list[Place]) -> list[int]:
    """A level for each heading."""
    marked = sorted({heading.written for heading in headings if heading.written})
    levels: list[int] = []
    for number, heading in enumerate(headings):
        after = headings[number + 1] if number + 1 < len(headings) else None
        if heading.written:
            levels.append(TOP + marked.index(heading.written))
        elif numbered := DEPTH.match(heading.text):
            levels.append(TOP + numbered[1].count("."))
        elif heading.top or not levels:
            levels.append(TOP)
        else:
            levels.append(_level(headings[: number + 1], levels, after))
    return levels


def _level(headings: Collection[Place], levels: list[int], after: Place | None) -> int:
    """The level of the last of these headings, the others' levels being known."""
    *earlier, heading = headings
    before = earlier[-1]
    if before.place == heading.place - 1:
        return TOP + 1
    if levels[-1] == TOP or (after and after.place == heading.place + 1 and not after.top):
        return TOP
    upper = next(each for each, level in zip(reversed(earlier), reversed(levels), strict=True) if level == TOP)
    return TOP if _unlikeness(heading, upper) + LOYALTY < _unlikeness(heading, before) else levels[-1]


def _unlikeness(one: Place, other: Place) -> float:
    """How differently two headings are made: a question, a label before a colon, capitals, length."""
    traits = zip(_traits(one.text), _traits(other.text), strict=True)
    lengths = sorted((length_in_words(one.text), length_in_words(other.text)))
    return sum(first != second for first, second in traits) + 0.5 * (lengths[1] / max(lengths[0], 1) > 2)


def _traits(text: str) -> tuple[bool, ...]:
    return ends_question(text), any(colon in text for colon in COLONS), text.isupper(), text[:1].isdigit()

"""Levels of a plain text's headings, guessed from their order, their numbers and their likeness."""

from __future__ import annotations

from dataclasses import dataclass

from pressout.readers.plain.marks import DEPTH, counted_label
from pressout.readers.plain.sentences import COLONS, ends_question, length_in_words

TOP = 2  # the level of the highest headings of the body, as the title is level 1
LOYALTY = 0.5  # by how much likeness must speak for the upper level before a row of lower headings ends without other evidence


@dataclass(frozen=True, slots=True)
class Place:
    """A heading and what is known of it: its place in the text, its level as written.

    It is a `top` one if its words are those of a whole section, an `inner` one if it stands in an FAQ over some of the questions.
    """

    text: str
    place: int
    top: bool = False
    inner: bool = False
    written: int = 0


def heading_levels(headings: list[Place]) -> list[int]:
    """A level for each heading."""
    written = sorted({heading.written for heading in headings if heading.written})
    levels: list[int] = []
    counted: dict[tuple[str, int], int] = {}  # the level of the heading that has this word and number: "step", 2
    upper = None
    for before, heading, after in zip([None, *headings], headings, [*headings[1:], None], strict=False):
        label, count = counted_label(heading.text)
        if heading.written:
            level = TOP + written.index(heading.written)
        elif numbered := DEPTH.match(heading.text):
            level = TOP + numbered[1].count(".")
        elif (label, count - 1) in counted:
            level = counted[label, count - 1]
        elif heading.inner:
            level = TOP + 1
        elif heading.top or not before or not upper:
            level = TOP
        else:
            level = _level(heading, _Row(before, upper, after, levels[-1]))
        if count:
            counted[label, count] = level
        upper = heading if level == TOP else upper
        levels.append(level)
    return levels


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands round a heading: the one before, with its level, the last of the highest, and the one after."""

    before: Place
    upper: Place
    after: Place | None
    level: int


def _level(heading: Place, row: _Row) -> int:
    """A heading right below another is under it, one right above another is over it; else it is what it is like."""
    if row.before.place == heading.place - 1:
        return TOP + 1
    leads = row.after and row.after.place == heading.place + 1 and not row.after.top
    if row.level == TOP or leads or not row.after:
        return TOP
    return TOP if _unlikeness(heading, row.upper) + LOYALTY < _unlikeness(heading, row.before) else row.level


def _unlikeness(one: Place, other: Place) -> float:
    """How differently two headings are made: a question, a label before a colon, capitals, length."""
    traits = zip(_traits(one.text), _traits(other.text), strict=True)
    lengths = sorted((length_in_words(one.text), length_in_words(other.text)))
    return sum(first != second for first, second in traits) + 0.5 * (lengths[1] / max(lengths[0], 1) > 2)


def _traits(text: str) -> tuple[bool, ...]:
    return ends_question(text), any(colon in text for colon in COLONS), text.isupper(), text[:1].isdigit()

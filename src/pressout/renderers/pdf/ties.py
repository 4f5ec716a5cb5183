"""Ties: words of a page of HTML that no line's end may part, each a span put round them in the parsed page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pressout.renderers.css.page import HEADINGS, letters_in_line
from pressout.theme import Theme

BLOCKS = ("p", "li", "dd")
INLINE = ("a", "b", "cite", "em", "i", "q", "span", "strong", "u")
WHOLE = "white-space: nowrap"
LEAST = 4  # letters that the last line of a paragraph is to have; an ideograph or a syllable counts as two
LONGEST = 24  # characters; a longer tie could leave a hole in a line, or not fit in one
SHORT = 24  # characters; a paragraph with fewer has but one line
LEAST_OF_HEADING = 1 / 3  # of the measure, for its last line; a shorter one under a long one is seen before it is read
LONGEST_OF_HEADING = 2 / 3  # of the measure; a longer tie would leave the line above it as short
BREAKING = " \n\t"  # spaces at which a line may end
IDEOGRAPHS = 0x2E80  # and all after it: scripts that are broken between any two letters


@dataclass(frozen=True, slots=True)
class Tie:
    """Characters `start` to `end` of a text of the page.

    The text is that of the element with this number in the order of the page, before its first child (slot 0), or that after
    its first, second, ... child.
    """

    element: int
    slot: int
    start: int
    end: int


def text_at(element: Any, slot: int) -> str:
    """The text of an element before its first child, or after one of them."""
    return (element[slot - 1].tail if slot else element.text) or ""


def tie(root: Any, ties: Iterable[Tie]) -> None:
    """Put a span round each; the page is changed."""
    elements = list(root.iter())
    for each in sorted(ties, key=lambda each: (each.element, each.slot, each.start), reverse=True):
        _wrap(elements[each.element], each)


def _wrap(element: Any, tied: Tie) -> None:
    text = text_at(element, tied.slot)
    span = element.makeelement("span", {"style": WHOLE})
    span.text, span.tail = text[tied.start : tied.end], text[tied.end :]
    before = text[: tied.start]
    if tied.slot:
        element[tied.slot - 1].tail = before
    else:
        element.text = before
    element.insert(tied.slot, span)


def last_words(root: Any) -> Iterator[Tie]:
    """The end of each paragraph, so much of it that its last line is no lone syllable."""
    numbers = {element: number for number, element in enumerate(root.iter())}
    for block in (element for element in numbers if element.tag in BLOCKS and not _heading_role(element)):
        place = _last_text(block)
        if place and len("".join(block.itertext())) >= SHORT:
            element, slot = place
            text = text_at(element, slot)
            start, end = _last_piece(text), len(text.rstrip())
            if start > 0 and end - start <= LONGEST:
                yield Tie(numbers[element], slot, start, end)


def ends_of_headings(root: Any, theme: Theme) -> Iterator[Tie]:
    """The end of each heading that has more than a line, so much of it that no word is left alone on the last one."""
    numbers = {element: number for number, element in enumerate(root.iter())}
    for heading in numbers:
        role = _heading_role(heading)
        place = _last_text(heading) if role else None
        if place and _width("".join(heading.itertext())) > (line := letters_in_line(theme, theme.style(role))):
            element, slot = place
            text = text_at(element, slot)
            start, end = _last_piece(text, int(line * LEAST_OF_HEADING)), len(text.rstrip())
            if start > 0 and _width(text[start:end]) <= line * LONGEST_OF_HEADING:
                yield Tie(numbers[element], slot, start, end)


def _heading_role(element: Any) -> str:
    return next((name for name in (element.get("class") or "").split() if name in HEADINGS), "")


def _width(text: str) -> int:
    """How many letters a text has; an ideograph counts as two."""
    return sum(2 if ord(letter) >= IDEOGRAPHS else 1 for letter in text)


def _last_text(block: Any) -> tuple[Any, int] | None:
    """Where the last words of a block stand; nowhere if it ends with what is no text."""
    element = block
    while True:
        slot = len(element)
        if text_at(element, slot).strip():
            return element, slot
        if not slot or element[slot - 1].tag not in INLINE or element[slot - 1].get("class"):
            return None
        element = element[slot - 1]


def _last_piece(text: str, least: int = LEAST) -> int:
    """Where the last words begin that have letters enough; 0 where they are all that there is."""
    text, letters = text.rstrip(), 0
    for place in range(len(text) - 1, -1, -1):
        wide = ord(text[place]) >= IDEOGRAPHS
        letters += (2 if wide else 1) if text[place].isalnum() else 0
        begins = place == 0 or text[place - 1] in BREAKING or (wide and ord(text[place - 1]) >= IDEOGRAPHS)
        if letters >= least and begins:
            return place
    return 0

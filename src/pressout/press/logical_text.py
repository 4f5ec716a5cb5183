"""The text of right-to-left lines as it is read: their glyphs are drawn from the left, so that the tags must say it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

# Letters of the scripts that run leftward, and signs that make others do so (Unicode Standard Annex 9, table 4)
LEFTWARD = re.compile("[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
LINE_END_HYPHEN = "\u2010"
SPACE = " "


@dataclass(slots=True)
class Own:
    """The texts that stand in an element itself, before, between and after its children, as one; `read` counts its letters.

    `spaced` says that what was read last of the text at hand ended with a space.
    """

    leftward: bool
    letters: list[str] = field(default_factory=list)
    after_space: list[bool] = field(default_factory=list)
    read: int = 0
    spaced: bool = False


class Lines:
    """Follows the texts of elements through their lines, whose layout drops the spaces at which they were broken."""

    def __init__(self) -> None:
        self.elements: dict[Any, Own] = {}

    def text(self, box: Any) -> str:
        """What is to be read for the next box of its element, with the spaces round it; nothing where its glyphs say it."""
        if "::" in (box.element_tag or ""):
            return str(box.text) if box.style["direction"] == "rtl" else ""
        if box.element not in self.elements:
            self.elements[box.element] = _own(box)
        own = self.elements[box.element]
        return _next(own, box.text) if own.leftward else ""


def _own(box: Any) -> Own:
    """Signs without letters are mirrored and turned too where the lines run leftward."""
    element = box.element
    texts = (element.text or "", *(child.tail or "" for child in element))
    own = Own(box.style["direction"] == "rtl" or any(map(LEFTWARD.search, texts)))
    for text in texts if own.leftward else ():
        for before, letter in zip(f"\0{text}", text, strict=False):
            if not letter.isspace():
                own.letters.append(letter)
                own.after_space.append(before.isspace())
        own.letters.append("")  # where the text ends, with or without a space
        own.after_space.append(text[-1:].isspace())
    return own


def _next(own: Own, text: str) -> str:
    """A line's text, with the space before it where a child ended the line before, and the one after it that ends its line."""
    while own.read < len(own.letters) and not own.letters[own.read]:
        own.read, own.spaced = own.read + 1, False
    start, end = own.read, own.read + sum(not letter.isspace() for letter in text)
    if text.endswith(LINE_END_HYPHEN) and own.letters[end - 1 : end] != [LINE_END_HYPHEN]:
        text, end = text[:-1], end - 1
    before = SPACE if start and any(own.after_space[start : start + 1]) and not (own.spaced or text[:1].isspace()) else ""
    after = SPACE if any(own.after_space[end : end + 1]) and not text[-1:].isspace() else ""
    own.read, own.spaced = end, bool(after) or text[-1:].isspace()
    return f"{before}{text}{after}"

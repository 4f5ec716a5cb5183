"""What a press stumbles over in the content of pages, gathered while that is read: inks, hairlines, letters tiny or unseen."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from pressout.verify.pdf.fonts import UNKNOWN
from pressout.verify.pdf.graphics import FILLED, STROKED, UNPAINTED, State, scale

HAIRLINE = 0.25  # points; thinner lines vanish on many office printers
TINY = 5.0  # points; smaller letters close up in print
SMALL = 12.0  # points; below, letters of several inks blur where the sheets shift
SLACK = 0.01  # points: rounding
MOST_INK = 3.0  # of one ink that covers the paper: what coated paper bears, by ECI's profile PSO Coated v3
ALL_FOUR = 4


@dataclass(slots=True)
class Inks:
    """What was found, each by the page that it stands on, from 1; `missing` counts letters by the font that lacks them."""

    sheer: set[int] = field(default_factory=set)
    vanishing: set[int] = field(default_factory=set)  # white that prints over what is there: nothing is seen of it
    wet: dict[int, float] = field(default_factory=dict)
    blurred: Counter[int] = field(default_factory=Counter)
    hairlines: Counter[int] = field(default_factory=Counter)
    tiny: Counter[int] = field(default_factory=Counter)
    unpainted: Counter[int] = field(default_factory=Counter)
    curves: Counter[int] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)

    def fill(self, page: int, state: State) -> None:
        """An area, or the letters of a text, in the ink for filling."""
        self._lay(page, state, state.fill.amount)
        if state.fill_over and state.fill.is_paper:
            self.vanishing.add(page)

    def stroke(self, page: int, state: State) -> None:
        """A line in the ink for lines."""
        self._lay(page, state, state.stroke.amount)
        if state.stroke_over and state.stroke.is_paper:
            self.vanishing.add(page)

    def line(self, page: int, state: State) -> None:
        """A line, which may be too thin for a printer."""
        self.stroke(page, state)
        self.hairlines[page] += state.width * scale(state.matrix) < HAIRLINE - SLACK

    def text(self, page: int, state: State, text: str) -> None:
        """The letters of one operator; a text that is not painted is there for programs alone."""
        letters = sum(not letter.isspace() for letter in text)
        if state.mode in UNPAINTED:
            self.unpainted[page] += letters
            return
        if state.mode in FILLED:
            self.fill(page, state)
        if state.mode in STROKED:
            self.stroke(page, state)
        _, _, c, d, *_ = state.text
        size = abs(state.size) * math.hypot(c, d) * scale(state.matrix)
        self.tiny[page] += letters if size < TINY - SLACK else 0
        if state.mode in FILLED and size < SMALL and len(state.fill.parts) == ALL_FOUR and all(state.fill.parts):
            self.blurred[page] += letters

    def codes(self, state: State, codes: bytes) -> None:
        """Glyph 0 of a font that is told by glyphs is the box for what it lacks (9.7.4.2); one that stands for a space is none."""
        font = state.font
        if font and font.glyphs and font.letters.get(0, UNKNOWN).strip():
            lacking = sum(not any(codes[at : at + 2]) for at in range(0, len(codes), 2))
            if lacking:
                self.missing[font.name] += lacking

    def _lay(self, page: int, state: State, amount: float) -> None:
        self.sheer |= {page} if state.sheer else set()
        if amount > MOST_INK + SLACK:
            self.wet[page] = max(amount, self.wet.get(page, 0))

"""Lettering: display text set as large as its box allows, in few lines of even length, never clipped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise
from statistics import fmean

from pressout.renderers.cover.pango import SOFT_HYPHEN, WORD_JOINER, Face, Line, Typesetter

MEASURE = 100.0  # pixels; text is measured at this one size, since Pango takes 2 ms to ready a font for each new size
LEADING = 1.1  # of the size: tight, as display lines are set
AIR = 0.06  # of the size: what stays free between the ink of one line and that of the next
MARGIN = 0.99  # of the width: hinting may widen a line a little at its true size
NARROWEST = 0.15  # of the size: the mean width of the slimmest letters, "illi"
PRECISION = 0.03  # of the width, when the narrowest one for so many lines is sought
RAGGED = 1.5  # how much uneven lines count against a large size
LONG = 24  # letters of a word that may be parted
LEAST = 4  # letters of it before and after the hyphen
INSIDE_LOAN_WORD = re.compile("(?<=[\u30a1-\u30fa\u30fc])(?=[\u30a1-\u30fa\u30fc])")
LARGER = 1.5  # times as large: what makes up for a parted word
ALONE = 0.8  # what a single line counts that is not as large as it may be: two leave less of a cover empty

Breaks = Callable[[float], tuple[Line, ...]]  # a width at the size of measure to the lines it gives


@dataclass(frozen=True, slots=True)
class Box:
    """Where a text may stand, in pixels, and how: over how many lines, at which sizes."""

    width: float
    height: float
    lines: int
    largest: float
    smallest: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and its baseline, in pixels below the top of the block."""

    text: str
    y: float


@dataclass(frozen=True, slots=True)
class Block:
    """A text broken into lines at a size; `height` reaches from the top of its ink to the bottom."""

    lines: tuple[Placed, ...]
    size: float
    height: float


def fit(text: str, face: Face, box: Box, typesetter: Typesetter) -> Block:
    """The text in the box, large and in even lines.

    Long words are parted where their language does, if the whole is much larger for it; words are broken anywhere, or left out for
    an ellipsis, only at the smallest size.
    """
    words = " ".join(filter(None, map(_with_letter, text.split())))
    if not words:
        return Block((), box.largest, 0)
    whole, parted = (_best(each, face, box, typesetter) for each in (_joined(words), _parted(words, face.lang)))
    best = parted if parted and parted.size > LARGER * (whole.size if whole else 0) else whole
    return _block(best.lines, best.size) if best else _broken(words, face, box, typesetter)


def _best(words: str, face: Face, box: Box, typesetter: Typesetter) -> Way | None:
    def breaks(width: float) -> tuple[Line, ...]:
        return typesetter.lines(words, replace(face, size=MEASURE), width)

    return max(_ways(breaks, box), key=lambda way: way.beauty, default=None)


def _joined(words: str) -> str:
    """The words, those in katakana held together: lines may break anywhere in Japanese, and a loan word is read as one."""
    return INSIDE_LOAN_WORD.sub(WORD_JOINER, words)


def _parted(words: str, lang: str) -> str:
    """The words, the long ones with soft hyphens where their language parts them, if its rules are known."""
    if all(len(word) < LONG for word in words.split()):
        return words
    from pyphen import Pyphen, language_fallback  # comes with WeasyPrint; few titles need it

    rules = language_fallback(lang)
    if not rules:
        return words
    part = Pyphen(lang=rules, left=LEAST, right=LEAST)
    return " ".join(part.inserted(word, SOFT_HYPHEN) if len(word) >= LONG else word for word in words.split())


@dataclass(frozen=True, slots=True)
class Way:
    """One way to set a text. Beautiful is large, and filled: `fill` is the share of their measure that the lines fill."""

    lines: tuple[Line, ...]
    size: float
    fill: float

    @property
    def beauty(self) -> float:
        """The larger, the better; a ragged text counts less, and so does one of a single line."""
        return float(self.size * self.fill**RAGGED * (ALONE if len(self.lines) == 1 else 1))


def _with_letter(word: str) -> str:
    """The word without marks before its first letter: no font measures one that has no letter as it draws it (Unicode 3.6, D57)."""
    return "".join(dropwhile(unicodedata.combining, word))


def _ways(breaks: Breaks, box: Box) -> Iterator[Way]:
    """The text in one line, in two and so on, until it is as large as it may be."""
    for count in range(1, box.lines + 1):
        lines = _even(count, breaks)
        size = min(box.largest, box.width * MARGIN / _widest(lines) * MEASURE)
        size *= min(1.0, box.height / max(1.0, _block(lines, size).height))  # what has no ink has no height
        if size >= box.smallest:
            yield Way(lines, size, fmean(line.width for line in lines) / _widest(lines))
        if size == box.largest:
            return


def _even(count: int, breaks: Breaks) -> tuple[Line, ...]:
    """The text in so many lines at most, at the smallest width that gives no more of them and breaks no word."""
    lines = breaks(-1)  # the whole text in one line
    if count == 1:
        return lines
    low, high = _widest(lines) / count * 0.9, float(_widest(lines))  # a line may stand without the space at its end
    while high - low > PRECISION * high:
        middle = (low + high) / 2
        narrower = breaks(middle)
        if len(narrower) > count or _widest(narrower) > middle:
            low = middle
        else:
            high, lines = middle, narrower
    return lines


def _widest(lines: tuple[Line, ...]) -> int:
    return max(1, *(line.width for line in lines))


def _broken(words: str, face: Face, box: Box, typesetter: Typesetter) -> Block:
    """The text at the smallest size, with breaks inside words, and as much of it as stands in the box."""
    width = box.width * MARGIN / box.smallest * MEASURE

    def block(end: int) -> Block | None:
        shown = words if end >= len(words) else f"{words[:end].rstrip()}…"
        lines = typesetter.lines(shown, replace(face, size=MEASURE), width, inside_words=True)
        made = _block(lines, box.smallest)
        return made if len(lines) <= box.lines and made.height <= box.height else None

    fits, too_long = 1, min(len(words), int(box.lines * box.width / box.smallest / NARROWEST)) + 1
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        fits, too_long = (middle, too_long) if block(middle) else (fits, middle)
    return block(fits) or Block((), box.smallest, 0)


def _block(lines: tuple[Line, ...], size: float) -> Block:
    """The lines one below the other, as far apart as the tallest script among them needs."""
    scale = size / MEASURE
    needed = max((above.descent + below.ascent for above, below in pairwise(lines)), default=0) * scale + AIR * size
    leading = max(LEADING * size, needed)
    top = lines[0].ascent * scale
    placed = tuple(Placed(line.text, top + index * leading) for index, line in enumerate(lines))
    return Block(placed, size, placed[-1].y + lines[-1].descent * scale)

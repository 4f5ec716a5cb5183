"""Lines: the lines of a plain text that hold words, and the passages that hard-wrapped lines make up together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, zip_longest

from pressout.diagnostics import Span
from pressout.readers.plain.marks import begins_anew, item_mark
from pressout.readers.plain.sentences import COLONS, IDEOGRAPH, ends_question, ends_sentence, last_sign

LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
SPACE = " \t\v\f\u0085\u00a0\u2000\u2001\u2002\u2003\u2009\u200a\u200b\u2028\u2029\u3000\ufeff"
TAB = 4  # columns
NARROWEST, WIDEST = 30, 120  # of a margin; shorter lines are no paragraphs, longer ones were not broken for a screen or a letter
WITHIN = 0.98  # of the lines are no longer than the margin; the others hold an address or the like
LEAST_ENDS = 2  # of lines inside paragraphs
FULL_SHARE = 0.6  # of these must stand at the margin before a text counts as wrapped
PARTED_SHARE = 0.7  # of the lines that end short of the margin must have an empty line below before such lines part paragraphs
NEARLY = 0.75  # of the margin: a line broken by hand
MEASURED = 400  # characters of a line that are measured; a longer one is no wrapped line anyway


@dataclass(frozen=True, slots=True)
class Line:
    """A line's words without the space round them; `start` is their raw offset, `gap` the number of empty lines before.

    `tabs` counts those before and after the words, where a table's row may have empty cells.
    """

    text: str
    start: int
    number: int
    column: int
    indent: int
    gap: int
    tabs: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Passage:
    """Lines that are one heading, one paragraph, one item: one line, or several where the text is hard-wrapped."""

    lines: tuple[Line, ...]

    @cached_property
    def text(self) -> str:
        return self.lines[0].text if len(self.lines) == 1 else " ".join(line.text for line in self.lines)

    @property
    def indent(self) -> int:
        return self.lines[0].indent

    @property
    def gap(self) -> int:
        return self.lines[0].gap

    def span(self, file: str) -> Span:
        first, last = self.lines[0], self.lines[-1]
        return Span(file, first.number, first.column, first.start, last.start + len(last.text))


def split_lines(text: str) -> list[Line]:
    """The lines that hold words. Line ends are LF, CR LF or CR; a byte order mark is space."""
    lines: list[Line] = []
    empty = 0
    for number, found in enumerate(LINE.finditer(text), 1):
        inner = found[1].strip(SPACE)
        if not inner:
            empty += 1
            continue
        before = len(found[1]) - len(found[1].lstrip(SPACE))
        space, rest = found[1][:before], found[1][before + len(inner) :]
        indent = len(space.lstrip("\ufeff").expandtabs(TAB))
        tabs = (space.count("\t"), rest.count("\t"))
        lines.append(Line(inner, found.start() + before, number, before + 1, indent, empty, tabs))
        empty = 0
    return lines


def join_lines(lines: list[Line], margin: Margin | None) -> list[Passage]:
    """The passages: a line each, or as many as were wrapped at the margin; the hanging lines of an item join it always."""
    passages: list[list[Line]] = []
    for line, after in zip_longest(lines, lines[1:]):
        if passages and _goes_on(passages[-1], line, margin) and not _stands_alone(passages[-1][-1], line, after, margin):
            passages[-1].append(line)
        else:
            passages.append([line])
    return [Passage(tuple(each)) for each in passages]


@dataclass(frozen=True, slots=True)
class Margin:
    """Where a text was wrapped: the width, counted in characters or in columns; whether empty lines part its paragraphs."""

    width: int
    measure: Callable[[str], int]
    parted: bool = False

    def is_full(self, first: Line, second: Line) -> bool:
        """Whether the next line's first word would not have fitted on the line: then a program broke it there."""
        return first.indent + self.measure(first.text) + 1 + self.measure(_first_word(second.text)) > self.width

    def is_nearly_full(self, first: Line) -> bool:
        """Whether a line is so long that a program may have broken it."""
        return first.indent + self.measure(first.text) > NEARLY * self.width


def wrap_margin(lines: list[Line]) -> Margin | None:
    """The margin at which the text was wrapped; None where each line is a passage of its own."""
    ends = [(first, second) for first, second in pairwise(lines) if second.gap == 0 and not begins_anew(second.text)]
    if len(ends) < LEAST_ENDS:
        return None
    margins = [Margin(_margin_width(lines, measure), measure) for measure in (characters, columns)]
    full, _, margin = max((sum(margin.is_full(*end) for end in ends), -place, margin) for place, margin in enumerate(margins))
    if full < FULL_SHARE * len(ends) or not NARROWEST <= margin.width <= WIDEST:
        return None
    short = [second.gap > 0 for first, second in pairwise(lines) if not margin.is_full(first, second)]
    return replace(margin, parted=sum(short) > PARTED_SHARE * len(short))


def _margin_width(lines: list[Line], measure: Callable[[str], int]) -> int:
    widths = sorted(line.indent + measure(line.text) for line in lines)
    return widths[int(WITHIN * (len(widths) - 1))]


def characters(text: str) -> int:
    """How long the beginning of a text is as most programs count."""
    return min(len(text), MEASURED)


def columns(text: str) -> int:
    """How wide the beginning of a text stands in a terminal: ideographs take two columns, combining marks none."""
    return characters(text) if text.isascii() else sum(map(_columns, text[:MEASURED]))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _goes_on(passage: list[Line], line: Line, margin: Margin | None) -> bool:
    """Whether a line is one more of the passage before it."""
    first, last = passage[0], passage[-1]
    if line.gap or "\t" in line.text or "\t" in last.text:
        return False
    if begins_anew(line.text):
        return margin is not None and _is_mark_by_chance(first, last, line, margin)
    if item_mark(first.text) and line.indent > first.indent:
        return True
    if not margin:
        return False
    ragged = margin.is_nearly_full(last) and (margin.parted or line.text[0].islower())
    return ragged or margin.is_full(last, line)


def _stands_alone(last: Line, line: Line, after: Line | None, margin: Margin | None) -> bool:
    """Whether a short line without a full stop comes after the end of a sentence, in a text whose paragraphs nothing parts."""
    if not margin or margin.parted or not (ends_sentence(last.text) or ends_question(last.text)) or line.text[0].islower():
        return False
    return not ends_sentence(line.text) and not (after and not after.gap and margin.is_full(line, after))


def _is_mark_by_chance(first: Line, last: Line, line: Line, margin: Margin) -> bool:
    """Whether a dash or number stands at the start of the line only because the program that wrapped the text broke it there."""
    mark = item_mark(line.text)
    if not mark or not margin.is_full(last, line) or item_mark(first.text):
        return False
    return line.text[mark.length].islower() and not ends_sentence(last.text) and last_sign(last.text) not in COLONS


def _first_word(text: str) -> str:
    """The word that must fit on the line before; ideographs and kana break anywhere."""
    word = next(iter(text[:MEASURED].split(maxsplit=1)), text[0])
    return word[0] if IDEOGRAPH.match(word) else word

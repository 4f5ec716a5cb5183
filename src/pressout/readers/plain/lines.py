"""Lines: the lines of a plain text that hold words, and the passages that hard-wrapped lines make up together."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pressout.diagnostics import Span
from pressout.readers.plain.marks import begins_anew, item_mark
from pressout.readers.plain.sentences import COLONS, ends_sentence, last_sign

LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
SPACE = " \t\v\f\u0085\u00a0\u2000\u2001\u2002\u2003\u2009\u200a\u200b\u2028\u2029\u3000\ufeff"
TAB = 4  # columns
WIDEST_WRAP = 120  # columns; longer lines were not broken for a screen or a letter
MARGIN = 0.98  # of the lines are no longer than the margin; the others hold an address or the like
FULL_SHARE = 0.6  # of the line ends inside passages that must stand at the margin before a text counts as wrapped
RAGGED = 12  # columns that a line broken by hand may stay short of the margin when the next goes on in lower case
MEASURED = 400  # characters of a line that are measured; a longer one is no wrapped line anyway


@dataclass(frozen=True, slots=True)
class Line:
    """A line's words without the space round them; `start` is their raw offset, `gap` the number of empty lines before."""

    text: str
    start: int
    number: int
    column: int
    indent: int
    gap: int


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
        indent = len(found[1][:before].lstrip("\ufeff").expandtabs(TAB))
        lines.append(Line(inner, found.start() + before, number, before + 1, indent, empty))
        empty = 0
    return lines


def join_lines(lines: list[Line], width: int) -> list[Passage]:
    """The passages of a text wrapped at `width`, or not at all if that is 0; the hanging lines of an item join it always."""
    passages: list[list[Line]] = []
    for line in lines:
        if passages and _goes_on(passages[-1], line, width):
            passages[-1].append(line)
        else:
            passages.append([line])
    return [Passage(tuple(each)) for each in passages]


def wrap_width(lines: list[Line]) -> int:
    """The margin in columns at which the text was wrapped; 0 where each line is a passage of its own."""
    ends = [(first, second) for first, second in pairwise(lines) if second.gap == 0 and not begins_anew(second.text)]
    if len(ends) < 2:
        return 0
    widths = sorted(line.indent + columns(line.text) for line in lines)
    width = widths[int(MARGIN * (len(widths) - 1))]
    if width > WIDEST_WRAP:
        return 0
    full = sum(_is_full(first, second, width) for first, second in ends)
    return width if full >= FULL_SHARE * len(ends) else 0


def columns(text: str) -> int:
    """How wide the beginning of a text stands in a terminal: ideographs take two columns, combining marks none."""
    measured = text[:MEASURED]
    return len(measured) if measured.isascii() else sum(map(_columns, measured))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _goes_on(passage: list[Line], line: Line, width: int) -> bool:
    """Whether a line is one more of the passage before it."""
    first, last = passage[0], passage[-1]
    if line.gap or "\t" in line.text or "\t" in last.text:
        return False
    if begins_anew(line.text):
        return _is_mark_by_chance(first, last, line, width)
    if item_mark(first.text) and line.indent > first.indent:
        return True
    return bool(width) and (_is_full(last, line, width) or (line.text[0].islower() and _is_full(last, line, width - RAGGED)))


def _is_mark_by_chance(first: Line, last: Line, line: Line, width: int) -> bool:
    """Whether a dash or number stands at the start of the line only because the program that wrapped the text broke it there."""
    mark = item_mark(line.text)
    if not (mark and width and _is_full(last, line, width)) or item_mark(first.text):
        return False
    return line.text[mark.length].islower() and not ends_sentence(last.text) and last_sign(last.text) not in COLONS


def _is_full(first: Line, second: Line, width: int) -> bool:
    """Whether the next line's first word would not have fitted on the line: then a program broke it there."""
    return first.indent + columns(first.text) + 1 + columns(_first_word(second.text)) > width


def _first_word(text: str) -> str:
    word = next(iter(text[:MEASURED].split(maxsplit=1)), text[0])
    return word[0] if unicodedata.east_asian_width(word[0]) in "WF" else word

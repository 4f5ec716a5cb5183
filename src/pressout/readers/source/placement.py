"""Placement: where in the copy the text of one block token stood, line by line and cell by cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markdown_it.common.utils import MD_TRIM_CHARS

from pressout.readers.sourcemap import Copy

WHITE = MD_TRIM_CHARS


class Segment(NamedTuple):
    """The content from `at` up to `until`, and its range in the copy; verbatim where both are as long."""

    at: int
    until: int
    start: int
    end: int


class Placement:
    """Where the content of a token stood in the copy, character by character."""

    def __init__(self, segments: list[Segment]) -> None:
        self.segments = segments or [Segment(0, 0, 0, 0)]
        self._starts = [segment.at for segment in self.segments]

    def ranges(self, length: int, start: int, end: int) -> Iterable[tuple[int, int, int]]:
        """So many characters read from a range of the content, as ranges of the copy: cut where the content was put together."""
        at, until, begin, behind = self.segments[bisect_right(self._starts, start) - 1]
        if end <= until and until - at == behind - begin:  # nearly always
            return ((length, begin + start - at, begin + end - at),)
        if end <= until or end - start != length:
            return ((length, self.place(start), self.end(end)),)
        return self._cut(start, end)

    def _cut(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        for segment in self.segments[self._segment(start) : self._segment(end - 1) + 1]:
            low, high = max(start, segment.at), min(end, segment.until)
            if high > low:
                yield high - low, self._within(segment, low), self._until(segment, high)

    def place(self, offset: int) -> int:
        """Where in the copy the content's character at an offset begins."""
        return self._within(self.segments[self._segment(offset)], offset)

    def end(self, offset: int) -> int:
        """Where in the copy the content up to an offset ends."""
        return self._until(self.segments[self._segment(max(0, offset - 1))], offset)

    def behind(self, offset: int) -> Placement:
        """The placement of the content from an offset on."""
        moved = (Segment(each.at - offset, each.until - offset, each.start, each.end) for each in self.segments)
        return Placement([clipped(each) for each in moved if each.until > 0])

    def _segment(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _within(self, segment: Segment, offset: int) -> int:
        verbatim = segment.until - segment.at == segment.end - segment.start
        return segment.start + offset - segment.at if verbatim else segment.start

    def _until(self, segment: Segment, offset: int) -> int:
        verbatim = segment.until - segment.at == segment.end - segment.start
        return segment.start + offset - segment.at if verbatim else segment.end


def clipped(segment: Segment) -> Segment:
    """The part of a segment that is not before the content's beginning."""
    if segment.at >= 0:
        return segment
    verbatim = segment.until - segment.at == segment.end - segment.start
    return Segment(0, segment.until, segment.start - segment.at if verbatim else segment.start, segment.end)


def identity(copy: Copy) -> Placement:
    """For what was read from the copy itself."""
    return Placement([Segment(0, len(copy.text), 0, len(copy.text))])


def stretch(start: int, text: str) -> Placement:
    """For one stretch of the copy."""
    return Placement([Segment(0, len(text), start, start + len(text))])


def lump(start: int, end: int, text: str) -> Placement:
    """For a text that reads otherwise than it is written: each character stands for the whole range."""
    return Placement([Segment(at, at + 1, start, max(end, start + 1)) for at in range(len(text))])


def by_lines(copy: Copy, content: str, line: int) -> Placement:
    """For the text of a paragraph or of code: each of its lines is the end of one line of the copy."""
    segments: list[Segment] = []
    at = 0
    parts = content.split("\n")
    for number, part in enumerate(parts, first_line(copy, parts[0].strip(WHITE), line)):
        if number >= len(copy.starts):  # a fence that opens on the last line has no text
            break
        end = copy.line_end(number)
        if not copy.text.endswith(part, copy.starts[number], end):
            line_text = copy.text[copy.starts[number] : end]
            end -= len(line_text) - len(line_text.rstrip(WHITE))
        segments.extend(line_segments(copy, part, at, end))
        at += len(part)
        segments.append(Segment(at, at + 1, end, end + 1))
        at += 1
    return Placement(segments)


def first_line(copy: Copy, words: str, line: int) -> int:
    """The line that a text begins on: a line of no-break spaces is in the paragraph for markdown-it, which then trims it off."""
    while line + 1 < len(copy.starts) and copy.text.find(words, copy.starts[line], copy.line_end(line)) < 0:
        line += 1
    return line


def line_segments(copy: Copy, part: str, at: int, end: int) -> Iterator[Segment]:
    """A line's text up to its `end` in the copy; blanks that only a tab's width stands for come from that tab."""
    begin = end - len(part)
    if copy.text[max(begin, 0) : end] == part:
        yield Segment(at, at + len(part), begin, end)
        return
    real = len(part.lstrip(" "))
    while real < len(part) and copy.text[end - real - 1 : end] == part[-real - 1 :]:
        real += 1
    yield Segment(at, at + len(part) - real, end - real - 1, end - real)
    yield Segment(at + len(part) - real, at + len(part), end - real, end)


def by_heading(copy: Copy, content: str, begin: int) -> Placement:
    """For an ATX heading that begins at an offset: its text stands behind the hashes and blanks."""
    start = begin
    while copy.text.startswith("#", start):
        start += 1
    while start < len(copy.text) and copy.text[start] in WHITE:
        start += 1
    return stretch(start, content)


def by_cells(copy: Copy, begin: int) -> list[Placement]:
    """For the cells of a table's row that begins at an offset, as markdown-it splits them: `\\|` is one character, a pipe."""
    end = copy.line_end(copy.line(begin))
    row = copy.text[begin:end].rstrip(WHITE)
    cells: list[list[Segment]] = [[]]
    at = last = begin
    for offset in range(begin, begin + len(row)):
        if copy.text[offset] != "|":
            continue
        if offset > begin and copy.text[offset - 1] == "\\":
            at = add(cells[-1], at, (last, offset - 1))
            cells[-1].append(Segment(at, at + 1, offset - 1, offset + 1))
            at, last = at + 1, offset + 1
            continue
        add(cells[-1], at, (last, offset))
        cells.append([])
        at, last = 0, offset + 1
    add(cells[-1], at, (last, begin + len(row)))
    if not cells[0]:
        cells.pop(0)
    return [trimmed(copy, cell) for cell in cells]


def add(cell: list[Segment], at: int, stood: tuple[int, int]) -> int:
    """Put the range `stood` of the copy into a cell's text at `at`; gives back where the next one goes."""
    start, end = stood
    if end > start:
        cell.append(Segment(at, at + end - start, start, end))
    return at + end - start


def trimmed(copy: Copy, cell: list[Segment]) -> Placement:
    """The cell's segments counted from its first character that is no blank."""
    if not cell:
        return Placement([])
    first = cell[0]
    text = copy.text[first.start : first.end]
    lead = len(text) - len(text.lstrip(WHITE))
    origin = first.at + lead
    segments = [Segment(first.at + lead, first.until, first.start + lead, first.end), *cell[1:]]
    return Placement(
        [Segment(each.at - origin, each.until - origin, each.start, each.end) for each in segments if each.end > each.start]
    )

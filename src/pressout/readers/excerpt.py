"""Excerpts: a text that stands in the file in another shape, such as a YAML value, with the way back to the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pressout.diagnostics import Span
from pressout.readers.placement import Placement, Segment
from pressout.readers.sourcemap import Copy

BLANKS = re.compile(r"[ \t\n]*")


@dataclass(frozen=True)
class Excerpt(Copy):
    """A copy of a part of another copy; `placement` says where in that one each character stands."""

    outer: Copy
    placement: Placement

    def raw(self, offset: int) -> int:
        return self.outer.raw(self.placement.place(offset))

    def raw_end(self, offset: int) -> int:
        return self.outer.raw_end(self.placement.end(offset))

    def ranges(self, length: int, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        for part, begin, until in self.placement.ranges(length, start, end):
            yield part, self.outer.raw(begin), self.outer.raw_end(until)

    def span(self, start: int, end: int) -> Span:
        place = self.placement.place(start)
        return self.outer.span(place, max(place, self.placement.end(end)))

    def file_span(self, start: int, end: int) -> Span:
        return self.outer.file_span(start, end)

    def lines(self, start: int, end: int) -> tuple[int, int]:
        return self.outer.lines(start, end)


def excerpt(copy: Copy, value: str, start: int, end: int) -> Excerpt:
    """A value that is written between two offsets: exact where it reads as it is written, but for folded lines and indents."""
    segments = aligned(copy.text, value, start, end) or [Segment(0, max(1, len(value)), start, end)]
    starts = [0, *(match.end() for match in re.finditer("\n", value))]
    return Excerpt(value, copy.name, 0, [], starts, copy, Placement(segments))


def aligned(text: str, value: str, start: int, end: int) -> list[Segment]:
    """Where each word and each gap of a value stands; nothing where there are escapes."""
    segments: list[Segment] = []
    lead = BLANKS.match(text, start, end)
    at, place = 0, lead.end() if lead and value[:1].strip() else start
    for part in re.findall(r"[ \t\n]+|[^ \t\n]+", value):
        gap = part.isspace()
        match = BLANKS.match(text, place, end)
        behind = match.end() if match else place
        if not gap and not text.startswith(part, place, end):
            return []
        if gap and behind == place and at + len(part) < len(value):
            return []
        verbatim = not gap or text[place:behind] == part
        until = place + len(part) if verbatim else max(behind, place)
        segments.append(Segment(at, at + len(part), place, until))
        at, place = at + len(part), until
    return segments

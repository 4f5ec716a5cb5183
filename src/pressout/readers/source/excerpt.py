"""Excerpts: a text that stands in the file in another shape, such as a YAML value, with the way back to the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pressout.diagnostics import Span
from pressout.readers.source.placement import Placement, Segment, lump
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

    def ranges(self, length: int, start: int, end: int) -> Iterable[tuple[int, int, int]]:
        cut = self.placement.ranges(length, start, end)
        return ((part, self.outer.raw(begin), self.outer.raw_end(until)) for part, begin, until in cut)

    def span(self, start: int, end: int) -> Span:
        place = self.placement.place(start)
        return self.outer.span(place, max(place, self.placement.end(end)))

    def file_span(self, start: int, end: int) -> Span:
        return self.outer.file_span(start, end)

    def lines(self, start: int, end: int) -> tuple[int, int]:
        return self.outer.lines(start, end)


def excerpt(copy: Copy, value: str, start: int, end: int) -> Excerpt:
    """A value that is written between two offsets: exact where it reads as it is written, but for folded lines and indents."""
    segments = aligned(copy.text, value, start, end)
    placement = Placement(segments) if segments else lump(start, end, value)
    starts = [0, *(match.end() for match in re.finditer("\n", value))]
    return Excerpt(value, copy.name, 0, [], starts, copy, placement)


def aligned(text: str, value: str, start: int, end: int) -> list[Segment]:
    """Where each word and each gap of a value stands; nothing where there are escapes."""
    segments: list[Segment] = []
    lead = BLANKS.match(text, start, end)
    at, place = 0, lead.end() if lead and value[:1].strip() else start
    for part in re.findall(r"[ \t\n]+|[^ \t\n]+", value):
        blanks = BLANKS.match(text, place, end) if part.isspace() else None
        if blanks and text[place : blanks.end()] != part:
            if blanks.end() == place and at + len(part) < len(value):
                return []
            segments.extend(Segment(at + each, at + each + 1, place, blanks.end()) for each in range(len(part)))
            at, place = at + len(part), blanks.end()
            continue
        if not text.startswith(part, place, end):
            return []
        segments.append(Segment(at, at + len(part), place, place + len(part)))
        at, place = at + len(part), place + len(part)
    return segments

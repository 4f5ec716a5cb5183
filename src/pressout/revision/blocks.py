"""Where blocks stand in a source: what begins their lines, where a new one goes, what leaves with one that is deleted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from pressout.readers.sourcemap import Container, Passage

MARKER = re.compile(r"(?:[-+*]|(\d{1,9})([.)]))(?:[ \t]+|(?=\r?\n|$))(\[[ xX]\][ \t]+)?")
BLANK = re.compile(r"[ \t>]*\r?\n?$")
WHOLE = ("table", "html", "figure", "verse")  # nothing new stands inside these


class Level(NamedTuple):
    """A list round a paragraph: what stands before its items' markers, the marker itself, and whether items touch."""

    lead: str
    marker: str
    ordered: bool
    tight: bool

    @property
    def inside(self) -> str:
        """What the further lines of an item begin with."""
        return self.lead + " " * len(re.sub(r"\[[ xX]\][ \t]+", "", self.marker))


class Context(NamedTuple):
    """What a paragraph stands in: what begins its further lines, the lists round it, whether it bears its item's marker."""

    prefix: str = ""
    levels: tuple[Level, ...] = ()
    quote: str = ""
    first: bool = False
    note: str = ""


@dataclass(frozen=True)
class Layer:
    """The lines of a source, and its passages on them."""

    raw: str
    passages: tuple[Passage, ...]

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """The raw range of each line with its end; the first is at 1."""
        found = [(match.start(), match.end()) for match in re.finditer(r"[^\r\n]*(?:\r\n|\r|\n|$)", self.raw)]
        return [(0, 0), *found]

    def start(self, line: int) -> int:
        """The character of the source with which a line begins."""
        return self.lines[line][0]

    def text(self, line: int) -> str:
        """A line with its end."""
        start, end = self.lines[line]
        return self.raw[start:end]

    def end(self, line: int) -> int:
        """Where a line ends, before its line end."""
        start, end = self.lines[line]
        return start + len(self.raw[start:end].rstrip("\r\n"))

    def is_blank(self, line: int) -> bool:
        return line >= len(self.lines) or bool(BLANK.match(self.text(line)))

    def line_at(self, offset: int) -> int:
        """The line in which a character of the source stands, from 1."""
        return max(1, bisect_right(self.lines, offset, lo=1, key=itemgetter(0)) - 1)

    def last_line(self, passage: Passage) -> int:
        """The last line of a passage, or of the table or figure that it is a part of."""
        last = max(each.lines[1] for each in self.together(passage))
        if not any(container.kind == "html" for container in passage.path):
            return last
        while last + 1 < len(self.lines) and not self._is_bare(last + 1):
            last += 1  # the tags that close it
        return last

    def together(self, passage: Passage) -> list[Passage]:
        """A passage, with all others of the table, figure or verse that it is a part of."""
        outer = next((each for each in passage.path if each.kind in WHOLE), None)
        return [passage] if outer is None else self._wholes[outer.start]

    @cached_property
    def _wholes(self) -> dict[int, list[Passage]]:
        """The passages of each table, figure and verse, by where it begins."""
        found: dict[int, list[Passage]] = {}
        for passage in self.passages:
            for container in passage.path:
                if container.kind in WHOLE:
                    found.setdefault(container.start, []).append(passage)
        return found

    @cached_property
    def neighbours(self) -> dict[tuple[int, int], list[Passage]]:
        """The passages of each list item, by the starts of list and item."""
        found: dict[tuple[int, int], list[Passage]] = {}
        for passage in self.passages:
            for outer, inner in zip(passage.path, passage.path[1:], strict=False):
                if outer.kind == "list" and inner.kind == "item":
                    found.setdefault((outer.start, inner.start), []).append(passage)
        return found

    def context(self, passage: Passage) -> Context:
        """What a passage stands in."""
        context = Context()
        outer: Container | None = None
        for container in passage.path:
            context = self._deeper(context, container, outer, passage)
            outer = container
        return context

    def _deeper(self, context: Context, container: Container, outer: Container | None, passage: Passage) -> Context:
        match container.kind:
            case "quote" | "callout" if self.raw[container.start : container.start + 1] == ">":
                quote = f"{context.prefix}> "
                return context._replace(prefix=quote, quote=quote, first=False)
            case "item":
                return self._in_item(context, container, outer, passage)
            case "note":
                return context._replace(prefix=f"{context.prefix}    ", note=container.label, first=False)
            case "definition" if passage.kind != "term":
                return context._replace(prefix=f"{context.prefix}    ", first=False)
            case _:
                return context

    def _in_item(self, context: Context, container: Container, outer: Container | None, passage: Passage) -> Context:
        found = MARKER.match(self.raw, container.start)
        marker = found[0] if found else "- "
        if not marker.endswith((" ", "\t")):
            marker += " "
        line = self.line_at(container.start)
        lead = self.raw[self.start(line) : container.start]
        lead = lead if not lead.strip(" >\t") else context.prefix
        ordered = bool(found and found[1])
        level = Level(lead, marker, ordered, self._is_tight(container, outer))
        first = self.line_at(passage.start) == line
        return context._replace(prefix=level.inside, levels=(*context.levels, level), first=first)

    def _is_tight(self, item: Container, outer: Container | None) -> bool:
        if outer is None:
            return True
        starts = sorted(start for list_start, start in self.neighbours if list_start == outer.start)
        later = [start for start in starts if start > outer.start]
        return not any(self.is_blank(self.line_at(start) - 1) for start in later[:3])

    def items(self, passage: Passage) -> list[tuple[int, list[Passage]]]:
        """The items of the innermost list that a passage stands in: where each begins, and its passages; in order."""
        lists = [container.start for container in passage.path if container.kind == "list"]
        found = ((start, inside) for (list_start, start), inside in self.neighbours.items() if lists and list_start == lists[-1])
        return sorted(found, key=lambda each: each[0])

    def number(self, start: int) -> tuple[int, int]:
        """The raw range of the number in an item's marker; an empty one where it has none."""
        found = MARKER.match(self.raw, start)
        return found.span(1) if found and found[1] else (start, start)

    def deletion(self, passages: Sequence[Passage]) -> tuple[int, int]:
        """The raw range that goes with passages that stand one after the other: their lines, and the blank ones beside them."""
        first, last = passages[0].lines[0], max(passage.lines[1] for passage in passages)
        if first > 1 and ">" in self.text(first - 1) and self.is_blank(first - 1) and self._is_bare(last + 1):
            return self.start(first - 1), self.lines[last][1]  # the last lines of a quote
        if self.is_blank(first - 1) or first == 1:
            while last + 1 < len(self.lines) and self.text(last + 1) and self.is_blank(last + 1):
                last += 1
        return self.start(first), self.lines[last][1]

    def behind_blanks(self, line: int) -> int:
        """Where the lines without words behind a line end."""
        while line + 1 < len(self.lines) and self.text(line + 1) and self._is_bare(line + 1):
            line += 1
        return self.lines[line][1]

    def _is_bare(self, line: int) -> bool:
        return line >= len(self.lines) or not self.text(line).strip()


def next_marker(marker: str) -> str:
    """The marker of the item after one: counted where numbers count, a task not yet done."""
    marker = re.sub(r"\[[xX]\]", "[ ]", marker)
    found = re.match(r"(\d{1,9})([.)]\s*)", marker)
    if not found:
        return marker
    number = str(int(found[1]) + 1)
    return number + found[2] + marker[found.end() :]

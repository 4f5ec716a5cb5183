"""Places carried from the source that was handed out into another text: one that has moved on, or the one with the changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import NamedTuple

from pressout.revision.account import Placed
from pressout.revision.patching import patches
from pressout.revision.plan import Patch, Place, Plan, patched, placed
from pressout.revision.queries import Kept, Query, as_comment, kept_queries, same_query

ALONE = 16  # queries that are tried one by one where all of them together would be read as text; each takes two drawings
MARKER = re.compile(r"([ >]*)((?:[-+*]|\d{1,9}[.)])[ \t]+)?")


class Same(NamedTuple):
    """Characters of the old text that stand in the new one too, `shift` further on."""

    start: int
    end: int
    shift: int


def shifts(old: str, new: str) -> list[Same]:
    """The lines that two texts share."""
    if old == new:
        return [Same(0, len(old), 0)]
    first, second = old.splitlines(keepends=True), new.splitlines(keepends=True)
    here, there = _starts(first), _starts(second)
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return [Same(here[i], here[i + size], there[j] - here[i]) for i, j, size in blocks if size]


def _starts(lines: Sequence[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts


def shifted(patch: Patch, same: Sequence[Same]) -> Patch | None:
    """The patch at its place in the new text; None where the new text differs there."""
    found = next((each for each in same if each.start <= patch.start and patch.end <= each.end), None)
    return patch._replace(start=patch.start + found.shift, end=patch.end + found.shift) if found else None


# The way into a text


@dataclass(frozen=True, slots=True)
class Way:
    """The way of a place in the source that was handed out into a text: through the patches, then to the lines that it shares."""

    plan: Plan
    changed: str  # the source with the patches
    places: tuple[Place, ...]
    same: Sequence[Same]
    asking: Mapping[str, int]  # the paragraph that each comment stands in

    def through(self, at: int) -> int:
        """A place of the source in the changed one; what was taken out is where it was."""
        shift = 0
        for start, end, patch in self.places:
            if patch.end < at or patch.start < patch.end == at:
                shift = end - patch.end
            elif patch.start < at:
                return start
        return at + shift

    def out(self, at: int) -> int | None:
        """A place of the changed source in the text; None where the text has lines of its own."""
        found = next((each for each in self.same if each.start <= at <= each.end), None)
        return at + found.shift if found else None

    def own(self, query: Query) -> Place | None:
        """The patch that wrote the paragraph which a query is on, where that is new there or was moved."""
        index = self.asking.get(query.id, -1)
        if index < 0 or self.plan.homed[index].stays:
            return None
        return next((place for place in self.places if place.patch.owner == ("draft", index) and place.patch.text.strip()), None)

    def home(self, query: Query) -> int:
        """The key of the passage that a query is on, in its place; -1 for none."""
        index = self.asking.get(query.id, -1)
        home = self.plan.homed[index].home if index >= 0 and self.plan.homed[index].stays else -1
        return home if home in self.plan.desk.passages else query.key


def way_into(text: str, plan: Plan) -> Way:
    """The way into a text that the plan's changes are in."""
    changes = patches(plan)
    changed = patched(plan.layer.raw, changes)
    asking: dict[str, int] = {}
    for index, entry in enumerate(plan.homed):
        own = [sign for sign in entry.draft.gone if sign.origin is None or sign.origin.key == entry.home]
        signs = () if entry.draft.as_sent else entry.draft.signs
        for comment in (comment for sign in (*signs, *own) for comment in sign.comments):
            asking.setdefault(comment, index)
    return Way(plan, changed, tuple(placed(changes)), shifts(changed, text), asking)


# Queries in a source


def with_queries(text: str, asked: Sequence[Query], plan: Plan, alike: Callable[[str, str], bool]) -> str:
    """The text with each query as a comment below its block; at the end where that would change what is read.

    A query that the text keeps already gets the answers that are new.
    """
    way, there = way_into(text, plan), list(kept_queries(text))
    fits: list[Patch] = []
    rest: list[Query] = []
    by_number = dict(enumerate(asked))
    for number, query in by_number.items():
        known = next((kept for kept in there if same_query(query, kept.query)), None)
        found = list(_answered(known, query, number, plan)) if known else [_below(query, number, way)]
        fits += [patch for patch in found if patch is not None]
        rest += [query] if None in found else []
    fits.sort(key=lambda patch: patch.start)
    if not alike(text, patched(text, fits)):
        kept = [patch for patch in fits[:ALONE] if alike(text, patched(text, [patch]))]
        rest += [by_number[patch.owner[1]] for patch in fits if patch not in kept]
        fits = kept
    result = patched(text, fits)
    return _at_end(result, rest, plan) if rest else result


def _answered(known: Kept, query: Query, number: int, plan: Plan) -> Iterator[Patch]:
    more = query.replies[len(known.query.replies) :]
    if more or query.resolved != known.query.resolved:
        whole = replace(known.query, replies=(*known.query.replies, *more), resolved=query.resolved)
        yield Patch(known.start, known.end, as_comment(whole, plan.desk.habits.line_end), ("query", number))


def _below(query: Query, number: int, way: Way) -> Patch | None:
    """The comment below the block that a query is on, None where there is no place for it."""
    own, line_end = way.own(query), way.plan.desk.habits.line_end
    before = _below_new(own, line_end) if own else _below_passage(way.home(query), way)
    at = way.out(before[0]) if before else None
    if before is None or at is None:
        return None
    return Patch(at, at, f"{line_end}{before[1]}{as_comment(query, line_end)}", ("query", number))


def _below_new(own: Place, line_end: str) -> tuple[int, str]:
    """Where a block that a patch wrote ends in the changed source, and what a line below it begins with."""
    text = own.patch.text.rstrip(" >\t\r\n")
    first = own.patch.text.lstrip("\r\n").splitlines()[0]
    found = MARKER.match(first if first.strip(" >") else text.splitlines()[-1])
    lead, marker = (found[1], found[2] or "") if found else ("", "")
    apart = line_end if text.endswith("```") else ""
    return own.start + len(text), f"{apart}{lead}{' ' * len(marker)}"


def _below_passage(key: int, way: Way) -> tuple[int, str] | None:
    """The same for a passage of the source; the block before it where it is no longer there."""
    layer, passage = way.plan.layer, way.plan.desk.passages.get(key)
    if passage is None or passage.kind == "metadata":
        return None
    last, line_end = layer.last_line(passage), way.plan.desk.habits.line_end
    at = way.through(layer.end(last))
    if not way.changed[:at].rpartition("\n")[2].strip(" >\t"):
        at = len(way.changed[:at].rstrip(" >\t\r\n"))  # it was deleted
        return (at, line_end) if at else None
    apart = line_end if passage.kind == "code" or last != passage.lines[1] else ""
    return at, f"{apart}{layer.context(passage).prefix}"


def _at_end(text: str, rest: Sequence[Query], plan: Plan) -> str:
    line_end = plan.desk.habits.line_end
    return text.rstrip() + "".join(f"{line_end}{line_end}{as_comment(query, line_end)}" for query in rest) + line_end


# Queries, listed


def query_places(text: str, asked: Sequence[Query], plan: Plan) -> tuple[Placed, ...]:
    """Each query with the line and column of its words in a text, (0, 0) where they are no longer there."""
    way = way_into(text, plan) if asked else None
    return tuple(Placed(query, *_place(query, text, way)) for query in asked if way)


def _place(query: Query, text: str, way: Way) -> tuple[int, int]:
    at = _words(query, way)
    found = way.out(at) if at >= 0 else None
    if found is None:
        return 0, 0
    return text.count("\n", 0, found) + 1, found - text.rfind("\n", 0, found)


def _words(query: Query, way: Way) -> int:
    """Where a query's words begin in the changed source, or what was written in their stead; -1 where there is no such place."""
    own = way.own(query)
    if own is None:
        passage = way.plan.desk.passages.get(query.key)
        if passage is None:
            return -1
        at = passage.place(query.index)[0] if query.index < len(passage.text) else passage.start
        own = next((place for place in way.places if place.patch.start <= at < place.patch.end), None)
        if own is None:
            return way.through(at)
    found = way.changed.find(query.quote, own.start, own.end) if query.quote else -1
    text = own.patch.text
    return found if found >= 0 else own.start + len(text) - len(text.lstrip())

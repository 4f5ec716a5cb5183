"""Places carried from the source that was handed out into another text: one that has moved on, or the one with the changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from pressout.revision.account import Placed
from pressout.revision.plan import Patch, Plan, patched
from pressout.revision.queries import Kept, Query, as_comment, kept_queries, same_query


class Same(NamedTuple):
    """Characters of the old text that stand in the new one too, `shift` further on."""

    start: int
    end: int
    shift: int


def shifts(old: str, new: str) -> list[Same]:
    """The lines that two texts share."""
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


def with_queries(text: str, asked: Sequence[Query], plan: Plan, alike: Callable[[str, str], bool]) -> str:
    """The text with each query as a comment below its block; all at the end where that would change what is read.

    A query that the text keeps already gets the answers that are new.
    """
    same, there = shifts(plan.layer.raw, text), list(kept_queries(text))
    patches: list[Patch] = []
    rest: list[Query] = []
    for number, query in enumerate(asked):
        known = next((kept for kept in there if same_query(query, kept.query)), None)
        if known:
            patches += _answered(known, query, number, plan)
            continue
        found = _below(query, number, plan)
        moved = shifted(found, same) if found else None
        if moved:
            patches.append(moved)
        else:
            rest.append(query)
    result = patched(text, sorted(patches, key=lambda patch: patch.start))
    if not alike(text, result):
        result, rest = text, list(asked)
    return _at_end(result, rest, plan) if rest else result


def _answered(known: Kept, query: Query, number: int, plan: Plan) -> Iterator[Patch]:
    more = query.replies[len(known.query.replies) :]
    if more or query.resolved != known.query.resolved:
        whole = replace(known.query, replies=(*known.query.replies, *more), resolved=query.resolved)
        yield Patch(known.start, known.end, as_comment(whole, plan.desk.habits.line_end), ("query", number))


def _below(query: Query, number: int, plan: Plan) -> Patch | None:
    passage = plan.desk.passages.get(query.key)
    if passage is None or passage.kind == "metadata":
        return None
    line_end = plan.desk.habits.line_end
    at = plan.layer.end(plan.layer.last_line(passage))
    prefix = plan.layer.context(passage).prefix
    apart = line_end if passage.kind == "code" or plan.layer.last_line(passage) != passage.lines[1] else ""
    return Patch(at, at, f"{line_end}{apart}{prefix}{as_comment(query, line_end)}", ("query", number))


def _at_end(text: str, rest: Sequence[Query], plan: Plan) -> str:
    line_end = plan.desk.habits.line_end
    return text.rstrip() + "".join(f"{line_end}{line_end}{as_comment(query, line_end)}" for query in rest) + line_end


def query_places(text: str, asked: Sequence[Query], plan: Plan) -> tuple[Placed, ...]:
    """Each query with the line and column of its words in a text, (0, 0) where they are no longer there."""
    same = shifts(plan.layer.raw, text)
    return tuple(Placed(query, *_place(query, text, same, plan)) for query in asked)


def _place(query: Query, text: str, same: Sequence[Same], plan: Plan) -> tuple[int, int]:
    passage = plan.desk.passages.get(query.key)
    if passage is None:
        return 0, 0
    at = passage.place(query.index)[0] if query.index < len(passage.text) else passage.start
    near = [each for each in same if each.start <= at]
    if not near:
        return 1, 1
    if at >= near[-1].end:  # the line was changed: its words may still stand after the last line that was not
        offset = near[-1].end + near[-1].shift
        found = text.find(query.quote, offset) if query.quote else -1
        offset = found if 0 <= found < offset + len(passage.text) + 2000 else offset
    else:
        offset = at + near[-1].shift
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)

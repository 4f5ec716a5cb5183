"""The account of a take-back: what became of each change, and the comments; the sums always add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from pressout.readers.docx.values import Change, Standing, WordFile
from pressout.revision.foreign import told
from pressout.revision.notes import STILL_CALLED
from pressout.revision.plan import Owner, Plan, tied
from pressout.revision.queries import Query
from pressout.revision.returned import Sign, Traced
from pressout.revision.shapes import shape_of

Fate = Literal["applied", "refused", "conflict", "declined"]
UNPROVED = "no Markdown was found that says exactly this; make it by hand"
FATES: tuple[Fate, ...] = ("applied", "refused", "conflict", "declined")


class Settled(NamedTuple):
    """A change and what became of it: the paragraph as the editor wants it, and its line in the source as handed out, or 0."""

    change: Change
    fate: Fate
    reason: str = ""
    text: str = ""
    line: int = 0
    tracked: bool = True


class Placed(NamedTuple):
    """A query and where its words stand in the source, counted from 1; (0, 0) where that is not known."""

    query: Query
    line: int
    column: int


@dataclass(frozen=True)
class Outcome:
    """What a take-back gives: the new text of the source, each change with its fate, the comments."""

    text: str
    changes: tuple[Settled, ...] = ()
    queries: tuple[Placed, ...] = ()
    notes: tuple[str, ...] = ()

    def count(self, fate: Fate) -> int:
        return sum(change.fate == fate for change in self.changes)

    @property
    def sums(self) -> str:
        """ "31 changes: 29 applied, 1 refused, 1 conflict; 4 queries"."""
        applied, refused, conflicts, declined = (self.count(fate) for fate in FATES)
        parts = [f"{applied} applied", f"{refused} refused", _many(conflicts, "conflict")]
        if declined:
            parts.append(f"{declined} declined")
        queries = "1 query" if len(self.queries) == 1 else f"{len(self.queries)} queries"
        return f"{_many(len(self.changes), 'change')}: {', '.join(parts)}; {queries}"


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def as_object(outcome: Outcome) -> dict[str, object]:
    """An outcome as JSON has it: the sums, each change with its fate, each query with its place."""
    changes = [
        {"kind": each.change.kind, "author": each.change.author, "date": each.change.date, "tracked": each.tracked}
        | {"fate": each.fate, "reason": each.reason, "line": each.line, "text": each.text}
        for each in outcome.changes
    ]
    return {"sums": outcome.sums, "changes": changes, "queries": query_objects(outcome)}


def query_objects(outcome: Outcome) -> list[dict[str, object]]:
    """The queries as JSON has them."""
    return [
        {"line": line, "column": column, "author": query.author, "date": query.date, "quote": query.quote, "text": query.text}
        | {"resolved": query.resolved}
        | {"replies": [{"author": reply.author, "date": reply.date, "text": reply.text} for reply in query.replies]}
        for query, line, column in outcome.queries
    ]


class Account(NamedTuple):
    """What the account is made of."""

    returned: WordFile
    lines: Sequence[Traced]
    plan: Plan
    conflicts: frozenset[Owner]
    unwanted: frozenset[int]


def account(entries: Account, text: str, asked: tuple[Placed, ...]) -> Outcome:
    """Each change of the file and each untracked one, with its fate."""
    left = list(_left(entries.plan))
    owners = _owners(entries)
    fates = _Fates(entries, frozenset(tied(entries.plan)), _made(entries), {each.change.index: each for each in left})
    changes = [_settled(change, owners.get(change.index, set()), fates) for change in entries.returned.changes]
    plainly = list(_untracked(entries))
    tracked = {owner for each in owners.values() for owner in each}
    untracked = [
        _settled(Change(len(changes) + number, kind), {owner}, fates)._replace(tracked=False)
        for number, (kind, owner) in enumerate([*plainly, *_unsaid(entries.plan, tracked, {owner for _, owner in plainly})])
    ]
    count = len(changes) + len(untracked)
    rest = [
        each._replace(change=replace(each.change, index=count + number), tracked=False)
        for number, each in enumerate(each for each in left if each.change.index < 0)
    ]
    return Outcome(text, (*changes, *untracked, *rest), asked)


class _Fates(NamedTuple):
    """What decides on the fates of changes: the owners given up, the changes of pressout's own words, those that can't be made."""

    entries: Account
    dropped: frozenset[Owner]
    made: frozenset[int]
    left: Mapping[int, Settled]


def _settled(change: Change, owners: set[Owner], fates: _Fates) -> Settled:
    entries, dropped, made, left = fates
    plan = entries.plan
    if change.index in entries.unwanted:
        return Settled(change, "declined", f"the changes of {change.author or 'nobody'} are not wanted")
    if change.index in left:
        return left[change.index]._replace(change=change)
    if change.kind == "row":
        return Settled(change, "refused", "rows are put in and taken out by hand")
    clashing = sorted(owners & entries.conflicts)
    if clashing:
        return Settled(change, "conflict", "the source has changed there too", _text(clashing[0], plan), _line(clashing[0], plan))
    lost = sorted(owner for owner in owners if owner in dropped or owner[0] == "line")
    if lost:
        called = plan.notes.still_called(plan.gone)
        reason = STILL_CALLED if any(kind == "gone" and key in called for kind, key in lost) else UNPROVED
        return Settled(change, "refused", reason, _text(lost[0], plan), _line(lost[0], plan))
    others = [owner for owner in owners if owner[0] != "draft" or not plan.homed[owner[1]].fixed]
    if change.index in made or (owners and not others):
        return Settled(change, "refused", "pressout makes these words itself")
    return Settled(change, "applied")


def _left(plan: Plan) -> Iterator[Settled]:
    """What an editor did and no source can say, each with its change, or with one of no index where it is none of its own."""
    for each in plan.foreign:
        text, line = told([each.sign]), _line(("draft", each.at), plan)
        for index in each.sign.changes if each.sign.standing is Standing.INSERTED else (-1,):
            yield Settled(Change(index, "insertion"), "refused", "Markdown has no place for it here", text, line)
    for held in plan.held:
        yield Settled(Change(held.change, held.kind), "refused", held.reason, f"[{held.called}]", _line_at(held.line, plan))


def _text(owner: Owner, plan: Plan) -> str:
    kind, index = owner
    return told(plan.homed[index].draft.signs) if kind == "draft" else ""


def _line(owner: Owner, plan: Plan) -> int:
    """The line of the source where a change is; of a new paragraph, that of the one before it."""
    kind, index = owner
    if kind == "line":
        return _line_at(index, plan)
    homes = [index] if kind == "gone" else [entry.home for entry in plan.homed[index::-1]]
    return next((plan.desk.passages[home].lines[0] for home in homes if home in plan.desk.passages), 0)


def _line_at(line: int, plan: Plan) -> int:
    """The line of the source that a line of the sent file is of; where it is of none, that of the one before it."""
    before = [(at, key) for key, at in plan.sent.line_of.items() if at <= line and key in plan.desk.passages]
    return plan.desk.passages[max(before)[1]].lines[0] if before else 0


def _owners(entries: Account) -> Mapping[int, set[Owner]]:
    """Whose each tracked change is."""
    found: dict[int, set[Owner]] = defaultdict(set)
    for index, entry in enumerate(entries.plan.homed):
        for change in (*entry.draft.changes, *(change for sign in entry.draft.edited for change in sign.changes)):
            found[change].add(("draft", index))
    gone, lost = set(entries.plan.gone), set(entries.plan.lost)
    for traced in entries.lines:
        changes = {*traced.line.changes, *(change for sign in traced.edited for change in sign.changes)}
        keys = {sign.origin.key for sign in traced.signs if sign.origin is not None} & gone if changes else ()
        for change in changes:
            found[change].update(("gone", key) for key in keys)
            found[change].update({("line", traced.sent)} if traced.sent in lost else ())
    return found


def _made(entries: Account) -> frozenset[int]:
    """The changes that touch nothing but what pressout had put in itself, and those of whole rows."""
    touched: dict[int, bool] = {}
    for traced in entries.lines:
        for sign in traced.edited:
            for change in sign.changes:
                touched[change] = touched.get(change, True) and sign.generated
    rows = {change.index for change in entries.returned.changes if change.kind == "row"}
    return frozenset({change for change, made in touched.items() if made} | rows)


def _untracked(entries: Account) -> Iterator[tuple[Literal["insertion", "deletion"], Owner]]:
    """Edits without tracking: stretches that were never sent, and sent ones that are not there."""
    for index, entry in enumerate(entries.plan.homed):
        if entry.draft.as_sent:
            continue
        for _ in _runs([not sign.sent and sign.standing is not Standing.INSERTED for sign in entry.draft.signs]):
            yield "insertion", ("draft", index)
    there = {traced.sent for traced in entries.lines}
    for line in entries.plan.lost:
        if line not in there and "\ufffc" in entries.plan.sent.file.lines[line].text_before:
            yield "deletion", ("line", line)
    owners = {entry.home: ("draft", index) for index, entry in enumerate(entries.plan.homed) if entry.stays}
    sent, whole = entries.plan.sent, {traced.sent for traced in entries.lines if traced.as_sent}
    open_keys = {key for line, keys in enumerate(sent.keys) if line not in whole for key in keys}
    lines = (line for line in entries.lines if not line.as_sent or not open_keys.isdisjoint(sent.keys[line.sent]))
    seen = {(sign.origin.key, sign.origin.start) for line in lines for sign in line.signs if sign.origin is not None}
    for line, origins in enumerate(sent.where):
        if line in whole:
            continue
        missing = [origin is not None and (origin.key, origin.start) not in seen for origin in origins]
        for at in _runs(missing):
            origin = origins[at]
            if origin is not None:
                yield "deletion", owners.get(origin.key, ("gone", origin.key))


def _unsaid(
    plan: Plan, tracked: set[Owner], told: set[Owner]
) -> Iterator[tuple[Literal["insertion", "deletion", "paragraph"], Owner]]:
    """What else became other without tracking: paragraphs that were parted, joined, moved or made of another kind."""
    told = tracked | told
    parted = {plan.homed[index].home for kind, index in tracked if kind == "draft"} - {-1}
    for index, entry in enumerate(plan.homed):
        if entry.fixed or ("draft", index) in told or not entry.draft.text.strip():
            continue
        if not entry.stays and entry.home in parted:
            continue  # the rest of a paragraph whose new mark was tracked
        if not entry.stays:
            yield "insertion", ("draft", index)
        elif plan.is_changed(index) or plan.shapes[index] != shape_of(plan.sent.file.lines[plan.sent.line_of[entry.home]].now):
            yield "paragraph", ("draft", index)
    with_marks = {key for keys in plan.notes.going.values() for key in keys}
    yield from (("deletion", ("gone", key)) for key in plan.gone if ("gone", key) not in told and key not in with_marks)


def _runs(flags: Sequence[bool]) -> Iterator[int]:
    """Where each stretch of true begins."""
    for at, flag in enumerate(flags):
        if flag and (at == 0 or not flags[at - 1]):
            yield at


__all__ = ["Account", "Outcome", "Settled", "Sign", "account"]

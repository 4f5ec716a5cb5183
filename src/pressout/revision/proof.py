"""The proof of a take-back: the changed source, drawn as Word again, says paragraph by paragraph what the editor's file says."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from pressout.readers.docx.values import Line, Marks
from pressout.revision.letters import target_marks, unlinked
from pressout.revision.notes import in_order
from pressout.revision.origins import key_of, like
from pressout.revision.plan import Owner, Patch, Plan, Seat, placed, tied
from pressout.revision.returned import Sign
from pressout.revision.shapes import Shape, shape_of

# Blanks that a language's rule puts in, as French has them before a question mark: an editor may type none there
RULED = re.compile(r"\s+(?=[;:!?%»])|(?<=«)\s+")


class Signature(NamedTuple):
    """What a paragraph says: its shape, its words as typed with blanks made one, and how many letters stand in which marks."""

    shape: Shape
    text: str
    marks: tuple[tuple[int, Marks], ...]


class Entry(NamedTuple):
    """A paragraph that the changed source must give, or gives: the line of the sent file that it was, or -1; whose change it is."""

    signature: Signature
    line: int
    owner: Owner | None


def sent_signatures(lines: Sequence[Line]) -> list[Signature | None]:
    """The signature of each line of a file that pressout made; None for those that say nothing of the source."""
    return [_of_line(line) for line in lines]


def _of_line(line: Line) -> Signature | None:
    shape = shape_of(line.now)
    last = max((place for place, piece in enumerate(line.pieces) if piece.generated), default=-1)
    return _signature(shape, ((piece.text, piece.now) for piece in line.pieces[last + 1 :]))


def _signature(shape: Shape, runs: Iterable[tuple[str, Marks]]) -> Signature | None:
    if shape.kind == "made":
        return None
    words: list[str] = []
    marks: list[tuple[int, Marks]] = []
    for text, written in unlinked(runs):
        # A link within the article is named after a heading's words, which may have changed
        mark = written._replace(link="") if written.link.startswith("#") else written
        plain = _plain(text)
        words.append(text)
        count = len("".join(plain.split()))
        if count and marks and marks[-1][1] == mark:
            marks[-1] = (marks[-1][0] + count, mark)
        elif count:
            marks.append((count, mark))
    text = " ".join(_plain(RULED.sub("", "".join(words))).split())
    if not text:
        return None
    return Signature(_told(shape), text, tuple(marks))


def _plain(text: str) -> str:
    return like(text).replace("…", "...").replace("---", "-").replace("--", "-")


def expected(plan: Plan, sent: Sequence[Signature | None]) -> list[Entry]:
    """The paragraphs that the source must give once the plan is carried out, the new ones in the seats that they were given."""
    dropped = tied(plan)
    gone = {plan.sent.line_of[key] for key in plan.gone if ("gone", key) not in dropped}
    staying = {plan.sent.line_of[entry.home]: index for index, entry in enumerate(plan.homed) if entry.stays}
    seated: dict[Seat, list[int]] = {}
    for index, seat in plan.seats.items():
        if ("draft", index) not in dropped:
            seated.setdefault(seat, []).append(index)
    entries: list[Entry] = []
    for line, signature in enumerate(sent):
        _add_new(entries, seated.get(Seat(line, before=True), ()), plan)
        index = staying.get(line, -1)
        if index >= 0 and ("draft", index) not in dropped and _differs(index, line, plan):
            _add(entries, _of_draft(index, plan), line, ("draft", index))
        elif line not in gone:
            _add(entries, _fitted(signature, index, plan), line, None)
        _add_new(entries, seated.get(Seat(line), ()), plan)
    return _in_order(entries, plan) if plan.notes.marks else entries


def _in_order(entries: Sequence[Entry], plan: Plan) -> list[Entry]:
    """The paragraphs with the notes in the order in which the changed source calls them."""
    labels = [plan.notes.lines.get(_told_at(entry, plan), "") for entry in entries]
    called = [_called(entry, plan) for entry in entries]
    return [entries[place] for place in in_order(labels, called)]


def _told_at(entry: Entry, plan: Plan) -> int:
    """The line of the sent file that an entry is, or that it was put beside."""
    return plan.seats[entry.owner[1]].line if entry.line < 0 and entry.owner else entry.line


def _called(entry: Entry, plan: Plan) -> tuple[str, ...]:
    """The labels of the notes that the marks in a paragraph call."""
    if entry.owner is None:
        return plan.notes.calls.get(entry.line, ())
    return tuple(plan.notes.called(sign.origin for sign in plan.homed[entry.owner[1]].draft.objects))


def _differs(index: int, line: int, plan: Plan) -> bool:
    return plan.shapes[index] != shape_of(plan.sent.file.lines[line].now) or plan.is_changed(index)


def _fitted(signature: Signature | None, index: int, plan: Plan) -> Signature | None:
    if signature is None or index not in plan.fitted:
        return signature
    return signature._replace(shape=_told(plan.fitted[index]))


def _told(shape: Shape) -> Shape:
    """A shape as it is compared: how an inner list is counted is not."""
    return shape._replace(ordered=False) if shape.level else shape


def _add_new(entries: list[Entry], new: Iterable[int], plan: Plan) -> None:
    for index in new:
        _add(entries, _of_draft(index, plan), -1, ("draft", index))


def _add(entries: list[Entry], signature: Signature | None, line: int, owner: Owner | None) -> None:
    if signature is not None:
        entries.append(Entry(signature, line, owner))


def _of_draft(index: int, plan: Plan) -> Signature | None:
    entry = plan.homed[index]
    line = plan.sent.line_of.get(entry.home, -1)
    counted = line >= 0 and any(piece.generated for piece in plan.sent.file.lines[line].pieces)
    return _signature(plan.shape(index), _runs(entry.draft.signs, counted, plan))


def _runs(signs: Sequence[Sign], counted: bool, plan: Plan) -> Iterator[tuple[str, Marks]]:
    """The signs with their marks, without the label of a line that is counted; what pressout puts between two passages stays."""
    behind = next((place for place, sign in enumerate(signs) if sign.origin is not None), len(signs)) if counted else 0
    for place, sign in enumerate(signs):
        if place >= behind or not sign.generated:
            yield sign.text, sign.now if sign.generated else target_marks(sign, plan.desk)


class Blame(NamedTuple):
    """Whose changes did not come out: in their words or marks, which another form may cure, or in what kind of block they are.

    `near` are those of them that may be innocent: what went wrong is not theirs, but beside it.
    """

    words: set[Owner]
    kind: set[Owner]
    near: set[Owner]


def found_entries(lines: Sequence[Line], changes: Sequence[Patch], plan: Plan) -> list[Entry]:
    """The paragraphs that the changed source gave, each with the line that it was, or with whose change wrote it."""
    places = list(placed(changes))
    starts = [place.start for place in places]
    entries: list[Entry] = []
    for line in lines:
        signature = _of_line(line)
        if signature is None:
            continue
        key = next(map(key_of, line.anchors), -1)
        at = bisect_right(starts, key) - 1
        before = places[at] if key >= 0 and at >= 0 else None
        if before and key < before.end:
            entries.append(Entry(signature, _home_line(before.patch.owner, plan), before.patch.owner))
        else:
            shift = before.end - before.patch.end if before else 0
            entries.append(Entry(signature, plan.sent.line_of.get(key - shift, -1), None))
    return entries


def _home_line(owner: Owner, plan: Plan) -> int:
    kind, index = owner
    return plan.sent.line_of.get(plan.homed[index].home, -1) if kind == "draft" and plan.homed[index].stays else -1


def blamed(wanted: Sequence[Entry], found: Sequence[Entry], changes: Sequence[Patch], plan: Plan) -> Blame:
    """The owners of the changes that did not come out as they should; those nearest by where nobody's own paragraph differs."""
    blame = Blame(set(), set(), set())
    ours, theirs = [entry.signature for entry in wanted], [entry.signature for entry in found]
    if ours == theirs:
        return blame
    for tag, first, last, there, until in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            _blame(blame, wanted[first:last], found[there:until], changes, plan)
    if not (blame.words or blame.kind):
        blame.words.update(patch.owner for patch in changes)
        blame.near.update(blame.words)
    return blame


def _blame(blame: Blame, wanted: Sequence[Entry], found: Sequence[Entry], changes: Sequence[Patch], plan: Plan) -> None:
    suspects = {patch.owner for patch in changes}
    own = {entry.owner for entry in (*wanted, *found) if entry.owner is not None} & suspects
    if own:
        shapes = {entry.owner: entry.signature[0] for entry in found if entry.owner}
        texts = {entry.owner: entry.signature[1:] for entry in found if entry.owner}
        for entry in wanted:
            if entry.owner in own and texts.get(entry.owner) == entry.signature[1:] and shapes[entry.owner] != entry.signature[0]:
                blame.kind.add(entry.owner)
        blame.words.update(own - blame.kind)
        return
    near = {owner for entry in (*wanted, *found) if entry.line >= 0 for owner in _near(entry.line, changes, plan)}
    blame.words.update(near)
    blame.near.update(near)


def _near(line: int, changes: Sequence[Patch], plan: Plan) -> Iterator[Owner]:
    """The changes next to a line in the source, before and behind it."""
    key = next((key for key, there in plan.sent.line_of.items() if there == line), -1)
    before = [patch for patch in changes if patch.start <= key]
    behind = [patch for patch in changes if patch.start > key]
    yield from (patch.owner for patch in (*before[-1:], *behind[:1]))

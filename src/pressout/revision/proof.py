"""The proof of a take-back: the changed source, drawn as Word again, says paragraph by paragraph what the editor's file says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from pressout.readers.docx.values import Line, Marks
from pressout.readers.sourcemap import OBJECT
from pressout.revision.letters import target_marks, unlinked
from pressout.revision.origins import like
from pressout.revision.plan import Owner, Plan, tied
from pressout.revision.returned import Sign
from pressout.revision.shapes import Shape, shape_of


class Signature(NamedTuple):
    """What a paragraph says: its shape, its words as typed with blanks made one, and how many letters stand in which marks."""

    shape: Shape
    text: str
    marks: tuple[tuple[int, Marks], ...]


class Entry(NamedTuple):
    """A paragraph that the changed source must give, and whose change made it what it is."""

    signature: Signature
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
        mark = replace(written, link="") if written.link.startswith("#") else written
        plain = like(text).replace("…", "...").replace("---", "-").replace("--", "-")
        words.append(plain)
        count = len("".join(plain.split()))
        if count and marks and marks[-1][1] == mark:
            marks[-1] = (marks[-1][0] + count, mark)
        elif count:
            marks.append((count, mark))
    text = " ".join("".join(words).split())
    if not text:
        return None
    return Signature(shape._replace(ordered=False) if shape.level else shape, text, tuple(marks))


def expected(plan: Plan, sent: Sequence[Signature | None]) -> list[Entry]:
    """The paragraphs that the source must give once the plan is carried out."""
    dropped = tied(plan)
    left = {plan.sent.line_of[key] for key in plan.gone if ("gone", key) in dropped} | set(plan.lost)
    kept = [(line, sent[line]) for line in sorted(left)]
    entries: list[Entry] = []
    for index, entry in enumerate(plan.homed):
        line = entry.draft.sent if entry.fixed else plan.sent.line_of.get(entry.home, -1)
        if entry.stays or entry.fixed:
            while kept and kept[0][0] < line:
                _add(entries, kept.pop(0)[1], None)
        if entry.fixed or ("draft", index) in dropped:
            _add(entries, sent[line] if entry.stays or entry.fixed else None, None)
        elif entry.stays and plan.shapes[index] == shape_of(plan.sent.file.lines[line].now) and not plan.is_changed(index):
            _add(entries, sent[line], None)
        else:
            _add(entries, _of_draft(index, plan), ("draft", index))
    for _, signature in kept:
        _add(entries, signature, None)
    return entries


def _add(entries: list[Entry], signature: Signature | None, owner: Owner | None) -> None:
    if signature is not None:
        entries.append(Entry(signature, owner))


def _of_draft(index: int, plan: Plan) -> Signature | None:
    entry = plan.homed[index]
    line = plan.sent.line_of.get(entry.home, -1)
    counted = line >= 0 and any(piece.generated for piece in plan.sent.file.lines[line].pieces)
    return _signature(plan.shapes[index], _runs(entry.draft.signs, counted, plan))


def _runs(signs: Sequence[Sign], counted: bool, plan: Plan) -> Iterator[tuple[str, Marks]]:
    for sign in signs:
        if not (counted and sign.generated):
            yield sign.text, sign.now if sign.generated else target_marks(sign, plan.desk)


class Blame(NamedTuple):
    """Whose changes did not come out: in their words or marks, which another form may cure, or in what kind of block they are."""

    words: set[Owner]
    kind: set[Owner]


def blamed(wanted: Sequence[Entry], lines: Sequence[Line], suspects: frozenset[Owner]) -> Blame:
    """The owners of the changes that did not come out as they should; those nearest by where nobody's own paragraph differs."""
    found = [signature for line in lines if (signature := _of_line(line)) is not None]
    ours = [entry.signature for entry in wanted]
    blame = Blame(set(), set())
    if ours == found:
        return blame
    for tag, first, last, there, until in SequenceMatcher(None, ours, found, autojunk=False).get_opcodes():
        if tag == "replace" and last - first == until - there:
            for at in range(last - first):
                is_kind = ours[first + at][1:] == found[there + at][1:]
                (blame.kind if is_kind else blame.words).update(_near(wanted, first + at, first + at + 1, suspects))
        elif tag != "equal":
            (blame.kind if tag == "insert" else blame.words).update(_near(wanted, first, last, suspects))
    return blame if blame.words or blame.kind else Blame(set(), set(suspects))


def _near(wanted: Sequence[Entry], first: int, last: int, suspects: frozenset[Owner]) -> set[Owner]:
    own = {entry.owner for entry in wanted[first:last] if entry.owner in suspects and entry.owner is not None}
    if own:
        return own
    before = next((entry.owner for entry in reversed(wanted[:first]) if entry.owner in suspects), None)
    after = next((entry.owner for entry in wanted[last:] if entry.owner in suspects), None)
    return {owner for owner in (before, after) if owner is not None}


__all__ = ["OBJECT", "Entry", "Signature", "blamed", "expected", "sent_signatures"]

"""The plan of a take-back: each paragraph's change as a patch of the source, and which of them stand or fall together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pressout.readers.docx.values import Standing
from pressout.readers.sourcemap import Passage
from pressout.revision.blocks import Context, Layer
from pressout.revision.fields import can_hold, field_value
from pressout.revision.homes import Homed, Sending
from pressout.revision.letters import Desk, Letter, letters, target_marks
from pressout.revision.placing import Room, planned
from pressout.revision.shapes import Shape
from pressout.revision.writing import Form, Setting, Style, Writer, final

Written = tuple[Form, list[Letter]]
Owner = tuple[str, int]
"""Whose change a patch is: ("draft", its index), or ("gone", the key of a passage that was deleted)."""


class Patch(NamedTuple):
    """Characters of the source, from `start` to before `end`, and what takes their place."""

    start: int
    end: int
    text: str
    owner: Owner


@dataclass
class Plan:
    """What is to become of each paragraph. `form` is the form a paragraph is tried in, `dropped` are those given up."""

    homed: Sequence[Homed]
    shapes: Sequence[Shape]
    writer: Writer
    layer: Layer
    sent: Sending
    levels: Mapping[int, int]
    gone: tuple[int, ...]
    lost: tuple[int, ...] = ()  # lines of the sent file that are gone and no passages: a picture's, a date's
    form: dict[int, int] = field(default_factory=dict)
    dropped: set[Owner] = field(default_factory=set)
    _letters: dict[int, list[Letter]] = field(default_factory=dict)
    _forms: dict[int, tuple[list[Written], Iterator[Written]]] = field(default_factory=dict)
    _changed: dict[int, bool] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        return self.writer.desk

    def letters(self, index: int) -> list[Letter]:
        if index not in self._letters:
            self._letters[index] = letters(self.homed[index].draft.signs, self.homed[index].draft.gone, self.desk)
        return self._letters[index]

    def form_of(self, index: int, turn: int) -> Written | None:
        """The form that a paragraph is tried in on its turn, counted from 0; None when there is none left."""
        if index not in self._forms:
            self._forms[index] = [], self.writer.forms(self.letters(index), self.setting(index))
        found, more = self._forms[index]
        while len(found) <= turn:
            following = next(more, None)
            if following is None:
                return None
            found.append(following)
        return found[turn]

    def is_changed(self, index: int) -> bool:
        """Whether the words or the marks of a paragraph in its place differ from what was sent."""
        if index not in self._changed:
            self._changed[index] = _is_changed(self.homed[index], self.sent, self.desk)
        return self._changed[index]

    def setting(self, index: int) -> Setting:
        entry = self.homed[index]
        if entry.stays:
            return setting_of(self.desk.passages[entry.home])
        return {"heading": "heading", "title": "heading", "code": "code"}.get(self.shapes[index].kind, "paragraph")  # type: ignore[return-value]

    def written(self, index: int, style: Style) -> str | None:
        """The paragraph in the form that is its turn; None when there is none left."""
        found = self.form_of(index, self.form.get(index, 0))
        return final(found[1], found[0], style, self.desk) if found else None


def setting_of(passage: Passage) -> Setting:
    """How the text of a passage is written."""
    match passage.kind:
        case "code":
            return "code"
        case "heading":
            return "heading"
        case "metadata":
            return "metadata"
        case "paragraph" if not any(container.kind == "cell" for container in passage.path):
            return "paragraph"
        case "paragraph":
            return "cell"
        case _:
            return "caption"


def _is_changed(entry: Homed, sent: Sending, desk: Desk) -> bool:
    draft = entry.draft
    line = sent.line_of.get(entry.home, -1)
    if line < 0 or draft.joined > 1 or len(draft.signs) != len(sent.file.lines[line].text_before):
        return True
    # A program that has lost the paragraph's style has lost the marks that came with it
    styled = draft.before.style == sent.file.lines[line].now.style
    for sign, origin in zip(draft.signs, sent.where[line], strict=True):
        if sign.origin != origin or not sign.sent or sign.standing is not Standing.KEPT:
            return True
        if (
            origin is not None
            and (styled or sign.changes)
            and target_marks(sign, desk) != desk.sent.get((origin.key, origin.start))
        ):
            return True
    return False


# The patches


def patches(plan: Plan) -> list[Patch]:
    """All patches of a round, in the order of the source; the paragraphs that nothing can be written for are dropped."""
    found = [*_in_place(plan), *_deletions(plan), *_insertions(plan)]
    dropped = tied(plan)
    return sorted((patch for patch in found if patch.owner not in dropped), key=lambda patch: (patch.start, patch.end))


def _in_place(plan: Plan) -> Iterator[Patch]:
    for index, entry in enumerate(plan.homed):
        owner = ("draft", index)
        if not entry.stays or owner in plan.dropped:
            continue
        passage = plan.desk.passages[entry.home]
        if plan.is_changed(index):
            text = plan.written(index, Style(setting_of(passage)))
            if text is None or (passage.kind == "metadata" and not can_hold(plan.letters(index), passage)):
                plan.dropped.add(owner)
                continue
            start, end = content(passage, plan.desk)
            if passage.kind not in ("code", "verse"):
                text = text.rstrip(" ") if not _ends_blank(passage) else text
            if passage.kind == "metadata":
                text = field_value(text, (start, end), plan.layer.raw)
            yield Patch(start, end, text, owner)
        if passage.kind == "heading" and plan.shapes[index].kind == "heading":
            yield from _level(index, passage, plan)


def _ends_blank(passage: Passage) -> bool:
    """Whether a passage's own last character is a blank, as in a cell that holds nothing else."""
    return passage.text[-1:].isspace()


def content(passage: Passage, desk: Desk) -> tuple[int, int]:
    """The raw range of a passage's text with its marks, without what makes it a block."""
    glyphs = desk.inlines.glyphs(passage)
    if not glyphs:
        return passage.start, passage.end
    first, last = glyphs[0], glyphs[-1]
    opened = sum(len(wrap.open) for wrap in first.wraps)
    return first.start - opened, last.end + sum(len(wrap.close) for wrap in last.wraps)


def _level(index: int, passage: Passage, plan: Plan) -> Iterator[Patch]:
    """A heading's other level; one that was underlined gets hashes."""
    sent_shape = plan.levels.get(plan.shapes[index].level, plan.shapes[index].level)
    if sent_shape == passage.level or plan.shapes[index].level == _sent_level(index, plan):
        return
    hashes = "#" * max(1, min(6, sent_shape))
    end = content(passage, plan.desk)[1]
    if plan.layer.raw[passage.start] == "#":
        yield Patch(passage.start, passage.start + passage.level, hashes, ("draft", index))
    else:
        yield Patch(passage.start, passage.start, f"{hashes} ", ("draft", index))
        yield Patch(end, passage.end, "", ("draft", index))


def _sent_level(index: int, plan: Plan) -> int:
    from pressout.revision.shapes import shape_of

    return shape_of(plan.sent.file.lines[plan.sent.line_of[plan.homed[index].home]].now).level


def _deletions(plan: Plan) -> Iterator[Patch]:
    """The passages that are gone; neighbours go together, so that their blank lines do too."""
    run: list[Passage] = []
    for key in plan.gone:
        passage = plan.desk.passages[key]
        if ("gone", key) in plan.dropped:
            continue
        if not deletable(passage):
            plan.dropped.add(("gone", key))
            continue
        start, end = plan.layer.deletion([passage])
        yield Patch(start, end, "", ("gone", key))
    del run


def deletable(passage: Passage) -> bool:
    """Whether a passage has its lines to itself."""
    return passage.kind in ("paragraph", "heading", "code", "verse") and not any(
        container.kind in ("cell", "table", "html", "figure", "definition") for container in passage.path
    )


NOWHERE = Room(Context(), None)


@dataclass
class _Cursor:
    """Where new blocks go now: behind the last paragraph in its place, of the same story."""

    at: int = -1
    room: Room = NOWHERE
    story: str = ""


def _insertions(plan: Plan) -> Iterator[Patch]:
    cursor = _Cursor()
    waiting: list[int] = []
    for index, entry in enumerate(plan.homed):
        if entry.draft.place.note != cursor.story:
            cursor = _Cursor(story=entry.draft.place.note)
            _give_up(waiting, plan)
        if entry.stays:
            passage = plan.desk.passages[entry.home]
            if passage.kind == "metadata":
                continue
            if waiting:
                yield from _before(passage, waiting, plan)
                waiting = []
            cursor.at = plan.layer.end(plan.layer.last_line(passage))
            cursor.room = Room(plan.layer.context(passage), plan.shapes[index])
        elif wants_place(index, plan):
            following = _next_item(index, plan, cursor)
            if cursor.at < 0 or following:
                waiting.append(index)
            else:
                yield from _behind(index, cursor, plan)
    _give_up(waiting, plan)


def _give_up(waiting: list[int], plan: Plan) -> None:
    plan.dropped.update(("draft", index) for index in waiting)
    waiting.clear()


def wants_place(index: int, plan: Plan) -> bool:
    """Whether a paragraph that is new here is to be written: not the empty ones, nor those that pressout makes itself."""
    owner = ("draft", index)
    if (
        owner in plan.dropped
        or plan.homed[index].fixed
        or not plan.homed[index].draft.text.strip()
        or plan.shapes[index].kind == "made"
    ):
        return False
    if plan.homed[index].draft.place.table >= 0:
        plan.dropped.add(owner)
        return False
    return True


def _next_item(index: int, plan: Plan, cursor: _Cursor) -> bool:
    """Whether a new list item belongs to the list that follows, because none stands before it."""
    shape = plan.shapes[index]
    if shape.kind != "item" or cursor.room.context.levels:
        return False
    for later in range(index + 1, len(plan.homed)):
        if plan.homed[later].stays:
            passage = plan.desk.passages[plan.homed[later].home]
            return plan.shapes[later].kind == "item" and bool(plan.layer.context(passage).levels)
    return False


def _before(passage: Passage, waiting: list[int], plan: Plan) -> Iterator[Patch]:
    """New blocks at the beginning of a story or a list, before its first paragraph."""
    context = plan.layer.context(passage)
    at = plan.layer.start(passage.lines[0])
    line_end = plan.desk.habits.line_end
    for index in waiting:
        shape = plan.shapes[index]
        as_item = shape.kind == "item" and bool(context.levels)
        level = context.levels[-1] if as_item else None
        plan_of = planned(shape, Room(Context(quote=context.quote, note=context.note), None), plan.levels)
        first, prefix = (level.lead + level.marker, level.inside) if level else ("", "")
        if not level and plan_of:
            first, prefix = plan_of.first, plan_of.prefix
        text = _block(index, first, prefix, plan) if level or plan_of else None
        if text is None:
            plan.dropped.add(("draft", index))
            continue
        apart = "" if level and level.tight else prefix.rstrip() + line_end if ">" in prefix else line_end
        yield Patch(at, at, text + line_end + apart, ("draft", index))


def _behind(index: int, cursor: _Cursor, plan: Plan) -> Iterator[Patch]:
    """A new block behind the last one."""
    shape = plan.shapes[index]
    found = planned(shape, cursor.room, plan.levels)
    text = _block(index, found.first, found.prefix, plan) if found else None
    if found is None or text is None:
        plan.dropped.add(("draft", index))
        return
    line_end = plan.desk.habits.line_end
    blank = found.prefix.rstrip() if ">" in found.prefix else ""
    before = f"{line_end}{blank}{line_end}" if found.apart else line_end
    line = plan.layer.line_at(cursor.at) + 1
    following = plan.layer.text(line) if line < len(plan.layer.lines) else ""
    crowded = bool(following.strip()) and (found.apart or shape.kind != "item" or _is_deeper(line, found.context, plan))
    yield Patch(cursor.at, cursor.at, before + text + (line_end + blank if crowded else ""), ("draft", index))
    cursor.room = Room(found.context, shape)


def _is_deeper(line: int, context: Context, plan: Plan) -> bool:
    """Whether the item on a line stands deeper than the new one before it: it would be read as more of its text."""
    there = next((passage for passage in plan.layer.passages if passage.lines[0] == line), None)
    return there is not None and len(plan.layer.context(there).levels) > len(context.levels)


def _block(index: int, first: str, prefix: str, plan: Plan) -> str | None:
    setting = plan.setting(index)
    text = plan.written(index, Style(setting, prefix))
    if text is None:
        return None
    if setting != "code":
        return first + text.strip(" ")
    line_end = plan.desk.habits.line_end
    return f"{first}```{line_end}{prefix}{text}{line_end}{prefix}```"


# Which stand or fall together


def tied(plan: Plan) -> set[Owner]:
    """The owners given up, and all that share words with them: a paragraph is not taken out where it was not put in."""
    linked: dict[Owner, set[Owner]] = defaultdict(set)
    gone = set(plan.gone)
    for index, entry in enumerate(plan.homed):
        if entry.stays and not plan.is_changed(index):
            continue
        keys = {sign.origin.key for sign in entry.draft.signs if sign.origin is not None} | {entry.home}
        for key in keys & gone:
            linked["draft", index].add(("gone", key))
            linked["gone", key].add(("draft", index))
        if not entry.stays:
            for other, staying in enumerate(plan.homed):
                if staying.stays and staying.home in keys:
                    linked["draft", index].add(("draft", other))
                    linked["draft", other].add(("draft", index))
    result, waiting = set[Owner](), list(plan.dropped)
    while waiting:
        owner = waiting.pop()
        if owner not in result:
            result.add(owner)
            waiting += linked[owner]
    return result


def patched(raw: str, changes: Sequence[Patch]) -> str:
    """The source with its patches; of two that overlap, the second is left out (a deleted block takes its edits with it)."""
    pieces: list[str] = []
    at = 0
    for patch in changes:
        if patch.start < at:
            continue
        pieces += raw[at : patch.start], patch.text
        at = patch.end
    return "".join([*pieces, raw[at:]])

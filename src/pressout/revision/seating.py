"""Seating: where new blocks go among those that stay, and how each is written there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pressout.readers.sourcemap import OBJECT, Passage
from pressout.revision.blocks import Context
from pressout.revision.placing import Kept, Planned, Room, kept, planned
from pressout.revision.plan import Patch, Plan, Seat, content, deletable
from pressout.revision.shapes import Shape, shape_of
from pressout.revision.writing import Style

NOTHING = "<!-- -->"  # what stands where Markdown needs something and nothing is to be read
NOWHERE = Room(Context(), None)


@dataclass
class _Cursor:
    """Where new blocks go now: behind the last paragraph in its place, of the same story.

    Unless what is no passage has come since: a picture, a callout's title.
    """

    at: int = -1
    line: int = -1
    room: Room = NOWHERE
    story: str = ""
    passed: bool = False
    attributed: bool = False
    verse: tuple[int, int] | None = None  # where another line of the verse goes, which is otherwise passed whole
    key: int = -1  # of that paragraph
    hole: Passage | None = None  # what a term meant, and does no more


def insertions(plan: Plan) -> Iterator[Patch]:
    """The patches of the new blocks; `plan.seats` tells then where each of them is."""
    plan.seats.clear()
    plan.fitted.clear()
    plan.filled.clear()
    cursor = _Cursor()
    waiting: list[int] = []
    for index, entry in enumerate(plan.homed):
        if entry.draft.place.note != cursor.story:
            cursor = _Cursor(story=entry.draft.place.note)
            _give_up(waiting, plan)
        if entry.stays:
            passage = plan.desk.passages[entry.home]
            if passage.kind == "metadata" or is_emptied(index, plan):
                continue
            yield from _before(passage, waiting, plan, cursor)
            waiting = []
            found = _kept(passage, index, plan, _with_refused(passage, plan, cursor))
            yield from _fit(found, passage, index, plan)
            yield from _parted(passage, index, plan, cursor)
            yield from _numbered(passage, index, plan, cursor.room)
            cursor = _behind_passage(passage, index, plan, found.room)
        elif entry.fixed and (OBJECT in entry.draft.text or cursor.at >= 0):
            cursor.passed = True
        elif wants_place(index, plan):
            following = _next(index, plan)
            if following >= 0 and (cursor.at < 0 or cursor.passed or _next_item(index, following, plan, cursor)):
                waiting.append(index)
            elif cursor.at < 0:
                plan.dropped.add(("draft", index))
            else:
                yield from _behind(index, cursor, plan)
    _give_up(waiting, plan)


def is_emptied(index: int, plan: Plan) -> bool:
    """Whether nothing is left of a paragraph, which then goes with its lines."""
    return not plan.homed[index].draft.text.strip() and deletable(plan.desk.passages[plan.homed[index].home])


def _with_refused(passage: Passage, plan: Plan, cursor: _Cursor) -> Room:
    """The room before a passage, with those in it that are gone in Word and could not be taken away here."""
    room, refused = cursor.room, {key for kind, key in plan.dropped if kind == "gone"}
    for key in sorted(key for key in refused if cursor.key < key < passage.key):
        other = plan.desk.passages[key]
        shape = shape_of(plan.sent.file.lines[plan.sent.line_of[key]].now)
        room = kept(plan.layer.context(other), _column(other, plan), shape, room).room
    return room


def _kept(passage: Passage, index: int, plan: Plan, room: Room) -> Kept:
    found = kept(plan.layer.context(passage), _column(passage, plan), plan.shapes[index], room)
    if found.room.shape is not None and found.room.shape != plan.shapes[index]:
        plan.fitted[index] = found.room.shape
    return found


def _column(passage: Passage, plan: Plan) -> int:
    """Where a passage begins on its line, or its item's marker."""
    context = plan.layer.context(passage)
    return len(context.levels[-1].lead) if context.first else passage.start - plan.layer.start(plan.layer.line_at(passage.start))


def _fit(found: Kept, passage: Passage, index: int, plan: Plan) -> Iterator[Patch]:
    """What puts a paragraph that stays to the right or the left; its further lines go on from the first, unless they are code."""
    if found.lead is None or ("fit", index) in plan.dropped:
        return
    context = plan.layer.context(passage)
    begin = context.levels[-1].lead if context.first else context.prefix
    first, last = passage.lines
    for line in range(first, last + 1 if passage.kind == "code" else first + 1):
        start = plan.layer.start(line)
        old = begin if line == first else context.prefix
        if plan.layer.text(line).startswith(old):
            new = found.lead if line == first else found.room.context.prefix
            yield Patch(start, start + len(old), new, ("fit", index))


def _numbered(passage: Passage, index: int, plan: Plan, room: Room) -> Iterator[Patch]:
    """The number of the item that a counted list begins with once those before it are gone: the list counts from where it did."""
    context = plan.layer.context(passage)
    if (
        not (context.first and context.levels[-1].ordered)
        or len(room.levels) >= len(context.levels)
        or ("fit", index) in plan.dropped
    ):
        return
    item = next(container for container in reversed(passage.path) if container.kind == "item")
    before = [inside for start, inside in plan.layer.items(passage) if start < item.start]
    if any(stands(each, plan) for inside in before for each in inside) or not before:
        return
    number, own = _first_number(passage, plan), plan.layer.number(item.start)
    if number != plan.layer.raw[slice(*own)]:
        yield Patch(*own, number, ("fit", index))


def stands(passage: Passage, plan: Plan) -> bool:
    """Whether a passage is still where it was."""
    return passage.key not in plan.gone or ("gone", passage.key) in plan.dropped


def _parted(passage: Passage, index: int, plan: Plan, cursor: _Cursor) -> Iterator[Patch]:
    """What keeps indented code from being more of an item, of a definition or of other such code that now stands before it."""
    if not _is_indented(passage, plan) or plan.layer.context(passage).prefix or not _goes_on(cursor, plan):
        return
    if _previous(passage, plan) != cursor.key and ("fit", index) not in plan.dropped:
        start, line_end = plan.layer.start(passage.lines[0]), plan.desk.habits.line_end
        yield Patch(start, start, f"{NOTHING}{line_end}{line_end}", ("fit", index))


def _goes_on(cursor: _Cursor, plan: Plan) -> bool:
    """Whether indented code would be more of what is at the cursor (CommonMark 0.31, 4.4)."""
    before, shape = cursor.room.context, cursor.room.shape
    if before.levels or before.prefix.isspace():
        return True
    there = plan.desk.passages.get(cursor.key)
    code = shape is not None and shape.kind == "code" and not cursor.passed
    return code and there is not None and _is_indented(there, plan)


def _is_indented(passage: Passage, plan: Plan) -> bool:
    """Whether a passage is code that blanks make it, not fences."""
    start = plan.layer.start(passage.lines[0])
    return passage.kind == "code" and (plan.layer.raw[start : start + 4].isspace() or plan.layer.raw[start] == "\t")


def _previous(passage: Passage, plan: Plan) -> int:
    """The key of the passage before one, -1 for the first."""
    return max((each.key for each in plan.layer.passages if each.key < passage.key), default=-1)


def _behind_passage(passage: Passage, index: int, plan: Plan, room: Room) -> _Cursor:
    line = max(plan.sent.last_line(other.key) for other in plan.layer.together(passage))
    at, story = plan.layer.end(plan.layer.last_line(passage)), plan.homed[index].draft.place.note
    own = (plan.layer.end(passage.lines[1]), plan.sent.last_line(passage.key)) if passage.kind == "verse" else None
    cursor = _Cursor(at, line, room, story, attributed=passage.kind == "attribution", verse=own, key=passage.key)
    opening = plan.opening(passage)
    if opening is not None and (index + 1 == len(plan.homed) or plan.homed[index + 1].home != opening.key):
        cursor.hole = opening
        cursor.at = plan.layer.end(plan.layer.last_line(opening))
        cursor.room = Room(plan.layer.context(opening), shape_of(plan.sent.file.lines[plan.sent.line_of[opening.key]].now))
    return cursor


def _next(index: int, plan: Plan) -> int:
    """The next paragraph of the story that stays in its place, -1 where there is none."""
    story = plan.homed[index].draft.place.note
    for later in range(index + 1, len(plan.homed)):
        if plan.homed[later].draft.place.note != story:
            return -1
        if plan.homed[later].stays and plan.desk.passages[plan.homed[later].home].kind != "metadata":
            return later
    return -1


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


def _next_item(index: int, following: int, plan: Plan, cursor: _Cursor) -> bool:
    """Whether a new list item belongs to the list that follows, because none stands before it."""
    if plan.shapes[index].kind != "item" or cursor.room.context.levels or plan.shapes[following].kind != "item":
        return False
    return bool(plan.layer.context(plan.desk.passages[plan.homed[following].home]).levels)


def _before(passage: Passage, waiting: list[int], plan: Plan, cursor: _Cursor) -> Iterator[Patch]:
    """New blocks at the beginning of a story or a list, before its first paragraph."""
    if not waiting:
        return
    context = plan.layer.context(passage)
    at = plan.layer.start(min(other.lines[0] for other in plan.layer.together(passage)))
    own = plan.sent.line_of[passage.key]
    seat = Seat(min(plan.sent.line_of.get(other.key, own) for other in plan.layer.together(passage)), before=True)
    line_end = plan.desk.habits.line_end
    room = Room(Context(quote=context.quote, note=context.note), None)
    for index in waiting:
        item = _first_item(plan.shapes[index], context, room, _first_number(passage, plan))
        found, tight = item or planned(plan.shapes[index], room, plan.levels), item is not None and context.levels[0].tight
        text = _block(index, found, plan) if found else None
        if found is None or text is None:
            plan.dropped.add(("draft", index))
            continue
        plan.seats[index] = seat
        apart = "" if tight else found.prefix.rstrip() + line_end if ">" in found.prefix else line_end
        yield Patch(at, at, text + line_end + apart, ("draft", index))
        room = cursor.room = found.room


def _first_number(passage: Passage, plan: Plan) -> str:
    """The number that the list of a passage begins with, empty where it does not count."""
    items = plan.layer.items(passage)
    return plan.layer.raw[slice(*plan.layer.number(items[0][0]))] if items else ""


def _first_item(shape: Shape, context: Context, room: Room, number: str) -> Planned | None:
    """An item that is to be the first of the list that follows, with that list's marker."""
    if shape.kind != "item" or room.levels or not context.levels or context.levels[0].ordered != shape.ordered:
        return None
    level = context.levels[0]
    if level.ordered and len(context.levels) == 1:
        level = level._replace(marker=number + level.marker.lstrip("0123456789"))
    inside = Context(level.inside, (level,), context.quote, True, context.note)
    return Planned(level.lead + level.marker, level.inside, False, Room(inside, shape._replace(level=0), (shape.level,)))


def _behind(index: int, cursor: _Cursor, plan: Plan) -> Iterator[Patch]:
    """A new block behind the last one."""
    shape = plan.shapes[index]
    found = planned(shape, cursor.room, plan.levels)
    text = _block(index, found, plan) if found else None
    if found is None or text is None:
        plan.dropped.add(("draft", index))
        return
    if cursor.verse and shape == cursor.room.shape:
        yield _verse_line(index, cursor.verse, text, plan)
        return
    plan.seats[index] = Seat(cursor.line)
    if cursor.hole is not None and not stands(cursor.hole, plan) and shape == cursor.room.shape:
        yield _filled(index, cursor.hole, plan)
        cursor.hole = None
        return
    line_end = plan.desk.habits.line_end
    blank = found.prefix.rstrip() if ">" in cursor.room.context.prefix else ""
    if cursor.attributed:
        blank = blank[:-1].rstrip()  # who said the words ends their quotation: the next one is another
    before = f"{line_end}{blank}{line_end}" if found.apart else line_end
    line = plan.layer.line_at(cursor.at) + 1
    following = plan.layer.text(line) if line < len(plan.layer.lines) else ""
    crowded = bool(following.strip(" >\t\r\n")) and (
        found.apart or shape.kind != "item" or _is_deeper(line, found.room.context, plan)
    )
    yield Patch(cursor.at, cursor.at, before + text + (line_end + blank if crowded else ""), ("draft", index))
    cursor.room, cursor.attributed = found.room, False


def _filled(index: int, hole: Passage, plan: Plan) -> Patch:
    plan.filled.add(hole.key)
    text = plan.written(index, Style("paragraph", plan.layer.context(hole).prefix)) or ""
    return Patch(*content(hole, plan.desk), text.strip(" "), ("draft", index))


def _verse_line(index: int, behind: tuple[int, int], text: str, plan: Plan) -> Patch:
    plan.seats[index] = Seat(behind[1])
    return Patch(behind[0], behind[0], plan.desk.habits.line_end + text, ("draft", index))


def _is_deeper(line: int, context: Context, plan: Plan) -> bool:
    """Whether the item on a line stands deeper than the new one before it and would be read as more of its text.

    An item may follow text at once but for one that counts from another number than 1 (CommonMark 0.31, 5.3).
    """
    there = next((passage for passage in plan.layer.passages if passage.lines[0] == line), None)
    levels = plan.layer.context(there).levels if there is not None else ()
    return len(levels) > len(context.levels) and levels[-1].ordered and not levels[-1].marker.startswith(("1.", "1)"))


def _block(index: int, found: Planned, plan: Plan) -> str | None:
    """The text of a new block; what shape it has got is kept for the proof."""
    setting = plan.setting(index)
    text = plan.written(index, Style(setting, found.prefix))
    if text is None:
        return None
    if found.room.shape is not None and found.room.shape != plan.shapes[index]:
        plan.fitted[index] = found.room.shape
    if setting != "code":
        return found.first + text.strip(" ")
    line_end = plan.desk.habits.line_end
    return f"{found.first}```{line_end}{found.prefix}{text}{line_end}{found.prefix}```"

"""New blocks: each written with the marker, the indent and the blank lines that its place asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pressout.revision.blocks import Context, Level, next_marker
from pressout.revision.shapes import Shape


class Room(NamedTuple):
    """Where a block goes: what stands before it, of what shape that is, and the levels in Word of the lists that are open there."""

    context: Context
    shape: Shape | None
    words: tuple[int, ...] = ()

    @property
    def levels(self) -> tuple[Level, ...]:
        return self.context.levels

    def depth(self, level: int) -> int:
        """How deep an item of a level in Word stands here: below those that are open and higher, for there may be none."""
        return sum(word < level for word in self.words)


class Planned(NamedTuple):
    """How a new block is written: what its first and its further lines begin with, whether a blank line stands before it.

    `room` is what it leaves behind it, its shape among that: an item that nothing stands above is of the first level, and what
    nothing stands before that it could continue is a paragraph.
    """

    first: str
    prefix: str
    apart: bool
    room: Room


def planned(shape: Shape, room: Room, levels: Mapping[int, int]) -> Planned | None:
    """How a block of a shape is written after what is there; None where nothing of that shape can stand."""
    context = room.context
    if shape.kind == "continued" and not context.levels:
        shape = Shape("body")
    if shape == room.shape and shape.kind not in ("item", "heading", "title", "code", "made"):
        return Planned(context.prefix, context.prefix, True, room._replace(context=context._replace(first=False)))
    match shape.kind:
        case "item":
            return _item(shape, room)
        case "continued":
            return Planned(context.prefix, context.prefix, True, Room(context._replace(first=False), shape, room.words))
        case "quote":
            quote = context.quote or "> "
            return Planned(quote, quote, True, Room(Context(quote, (), quote), shape))
        case "heading":
            outer = _outside(context)
            return Planned(f"{outer.prefix}{'#' * levels.get(shape.level, shape.level)} ", outer.prefix, True, Room(outer, shape))
        case "body" | "code":
            outer = _outside(context)
            return Planned(outer.prefix, outer.prefix, True, Room(outer, shape))
        case _:
            return None


def _outside(context: Context) -> Context:
    """Outside of all lists and quotes, but within a note."""
    return Context("    ", (), "", False, context.note) if context.note else Context()


def _item(shape: Shape, room: Room) -> Planned:
    context, depth = room.context, room.depth(shape.level)
    outer = context.levels[:depth]
    beside = context.levels[depth] if depth < len(context.levels) else None
    if beside is not None and (depth > 0 or beside.ordered == shape.ordered):
        level = beside._replace(marker=next_marker(beside.marker))
        return _after(level, outer, room, shape, apart=not level.tight)
    lead = outer[-1].inside if outer else context.quote or _outside(context).prefix
    level = Level(lead, "1. " if shape.ordered else "- ", shape.ordered, True)
    return _after(level, outer, room, shape, apart=not context.levels or beside is not None)


def _after(level: Level, outer: tuple[Level, ...], room: Room, shape: Shape, *, apart: bool) -> Planned:
    context, depth = room.context, len(outer)
    inside = Context(level.inside, (*outer, level), context.quote, True, context.note)
    left = Room(inside, shape._replace(level=depth), (*room.words[:depth], shape.level))
    return Planned(level.lead + level.marker, level.inside, apart, left)


# What stays, in a list that has changed round it


class Kept(NamedTuple):
    """A paragraph that stays: the room behind it, and what its line must begin with, None where it stands well as it is."""

    room: Room
    lead: str | None = None


def kept(context: Context, column: int, shape: Shape, room: Room) -> Kept:
    """How a paragraph of a list that stays fits behind what stands before it now; `column` is where it, or its marker, begins.

    It must belong to as many items as it does in Word, of those that are open (CommonMark 0.31, 5.2: to those whose text
    begins no further right than it does, the innermost by four columns at most).
    """
    if not context.levels or (room.levels and room.context.quote != context.quote):
        return Kept(_as_sent(context, shape))
    around = context.levels[:-1] if context.first else context.levels
    if room.levels[: len(around)] == around and len(room.words) >= len(around):
        words = room.words[: len(around)]
        return Kept(Room(context, shape, (*words, shape.level) if context.first else words))
    return _kept_item(context, column, shape, room) if context.first else _kept_inside(context, column, shape, room)


def _as_sent(context: Context, shape: Shape) -> Room:
    return Room(context, shape, tuple(range(len(context.levels))))


def _kept_item(context: Context, column: int, shape: Shape, room: Room) -> Kept:
    own = context.levels[-1]
    word = shape.level if shape.kind == "item" else len(context.levels) - 1
    depth = room.depth(word)
    lead = own.lead
    if not _fits(column, depth, room, context):
        lead = room.levels[depth].lead if depth < len(room.levels) else _base(depth, room, context)
    level = own._replace(lead=lead)
    inside = context._replace(prefix=level.inside, levels=(*room.levels[:depth], level))
    now = shape._replace(level=depth) if shape.kind == "item" else shape
    return Kept(Room(inside, now, (*room.words[:depth], word)), None if lead == own.lead else lead)


def _kept_inside(context: Context, column: int, shape: Shape, room: Room) -> Kept:
    depth = min(len(context.levels), len(room.levels))
    lead = None if _fits(column, depth, room, context) else _base(depth, room, context)
    levels = room.levels[:depth]
    prefix = context.prefix if lead is None else lead
    now = Shape("body") if shape.kind == "continued" and not depth else shape
    return Kept(Room(context._replace(prefix=prefix, levels=levels), now, room.words[:depth]), lead)


def _fits(column: int, depth: int, room: Room, context: Context) -> bool:
    base = len(_base(depth, room, context))
    if depth == 0:
        return column == base
    return sum(len(level.inside) <= column for level in room.levels) == depth and column - base <= 3


def _base(depth: int, room: Room, context: Context) -> str:
    """What the line of a block so deep begins with; that of none as its own list did."""
    return room.levels[depth - 1].inside if depth else context.levels[0].lead

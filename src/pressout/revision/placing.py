"""New blocks: each written with the marker, the indent and the blank lines that its place asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pressout.revision.blocks import Context, Level, next_marker
from pressout.revision.shapes import Shape


class Room(NamedTuple):
    """Where a new block goes: what stands before it, and of what shape that is."""

    context: Context
    shape: Shape | None


class Planned(NamedTuple):
    """How a new block is written: what its first and its further lines begin with, whether a blank line stands before it."""

    first: str
    prefix: str
    apart: bool
    context: Context


def planned(shape: Shape, room: Room, levels: Mapping[int, int]) -> Planned | None:
    """How a block of a shape is written after what is there; None where nothing of that shape can stand."""
    context = room.context
    if shape == room.shape and shape.kind not in ("item", "heading", "title", "code", "made"):
        return Planned(context.prefix, context.prefix, True, context._replace(first=False))
    match shape.kind:
        case "item":
            return _item(shape, context)
        case "continued" if context.levels:
            return Planned(context.prefix, context.prefix, True, context._replace(first=False))
        case "quote":
            quote = context.quote or "> "
            return Planned(quote, quote, True, Context(quote, (), quote))
        case "heading":
            outer = _outside(context)
            return Planned(f"{outer.prefix}{'#' * levels.get(shape.level, shape.level)} ", outer.prefix, True, outer)
        case "body" | "continued" | "code":
            outer = _outside(context)
            return Planned(outer.prefix, outer.prefix, True, outer)
        case _:
            return None


def _outside(context: Context) -> Context:
    """Outside of all lists and quotes, but within a note."""
    return Context("    ", (), "", False, context.note) if context.note else Context()


def _item(shape: Shape, context: Context) -> Planned:
    if shape.level < len(context.levels):
        level = context.levels[shape.level]
        made = level._replace(marker=next_marker(level.marker))
        return _after(made, context.levels[: shape.level], context, apart=not level.tight)
    marker = "1. " if shape.ordered else "- "
    lead = context.prefix if context.levels else (context.quote or _outside(context).prefix)
    return _after(Level(lead, marker, shape.ordered, True), context.levels, context, apart=not context.levels)


def _after(level: Level, outer: tuple[Level, ...], context: Context, *, apart: bool) -> Planned:
    inside = Context(level.inside, (*outer, level), context.quote, True, context.note)
    return Planned(level.lead + level.marker, level.inside, apart, inside)

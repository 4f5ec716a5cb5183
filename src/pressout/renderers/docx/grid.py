"""The grid of a table: cells in their columns whatever they span, and columns as wide as their words ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pressout.model import Align, Cell, Row, Table
from pressout.walk import plain_text

LONGEST = 60  # letters of a cell that count for its column's width; what is longer is turned over
# A number with what stands before it; from its decimal point on; "1.5" and "1.000.000,5" and "ca. 12 %" are all numbers
NUMBER = re.compile(r"\D*(?:\d[\d\s'’.,]*?)??\d([.,]\d+)?(\D*)")


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of one row: a cell, the continuation of one that reaches down from above, or an empty one where none is."""

    cell: Cell
    column: int
    span: int
    merge: Literal["", "restart", "continue"] = ""


Slots = tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's rows as slots that fill them, and the width of each column in points."""

    head: tuple[Slots, ...]
    body: tuple[Slots, ...]
    widths: tuple[float, ...]


def grid(table: Table, room: float, letter: float) -> Grid:
    """The table's grid, `room` points wide, `letter` points being what a letter takes."""
    head, body = list(_rows(table.head)), list(_rows(table.body))
    count = max([len(table.columns), 1, *(_end(row) for row in (*head, *body))])
    head, body = [_filled(row, count) for row in head], [_filled(row, count) for row in body]
    return Grid(tuple(head), tuple(body), tuple(_widths(table, [*head, *body], count, (room, letter))))


def _rows(rows: Sequence[Row]) -> Iterator[Slots]:
    """The slots of each row: a cell that reaches down takes its columns from the rows below (HTML 4.9.12)."""
    reaching: dict[int, tuple[Slot, int]] = {}  # by column: the slot above and how many rows it still fills
    for index, row in enumerate(rows):
        slots = tuple(_row(row, reaching, len(rows) - index))
        yield slots
        for slot in slots:
            left = reaching[slot.column][1] - 1 if slot.merge == "continue" else min(slot.cell.rowspan, len(rows) - index) - 1
            reaching.pop(slot.column, None)
            if left > 0:
                reaching[slot.column] = (slot, left)


def _row(row: Row, reaching: dict[int, tuple[Slot, int]], rows_left: int) -> Iterator[Slot]:
    cells = iter(row.cells)
    column, last = 0, max(reaching, default=-1)
    while True:
        if column in reaching:
            above = reaching[column][0]
            yield Slot(Cell((), header=above.cell.header), column, above.span, "continue")
            column += above.span
            continue
        cell = next(cells, None)
        if cell is None and column > last:
            return
        wanted = max(1, cell.colspan) if cell else 1
        # Two spans that overlap: the one from above keeps its place
        free = next((width for width in range(1, wanted) if column + width in reaching), wanted)
        yield Slot(cell or Cell(()), column, free, "restart" if cell and cell.rowspan > 1 and rows_left > 1 else "")
        column += free


def _end(row: Slots) -> int:
    return row[-1].column + row[-1].span if row else 0


def _filled(row: Slots, count: int) -> Slots:
    """The row with empty cells for the columns that it lacks."""
    return (*row, *(Slot(Cell(()), column, 1) for column in range(_end(row), count)))


# Widths


def _widths(table: Table, rows: Sequence[Slots], count: int, measure: tuple[float, float]) -> Iterator[float]:
    """The columns' widths, which fill the room: those asked for, and for the others what their longest cells ask.

    Each column has room for its longest word; what is left goes to those that have more words than one.
    """
    room, letter = measure
    least, most = [1] * count, [1] * count
    for slot in (slot for row in rows for slot in row if slot.span == 1 and slot.merge != "continue"):
        text = plain_text((slot.cell,))
        longest = max(map(len, text.split()), default=1)
        least[slot.column] = max(least[slot.column], min(longest, LONGEST))
        most[slot.column] = max(most[slot.column], min(len(text), LONGEST))
    asked = [table.columns[column].width if column < len(table.columns) else None for column in range(count)]
    free = room * max(0.0, 1 - sum(width or 0 for width in asked))
    needs = [needed * letter for column, needed in enumerate(least) if asked[column] is None]
    wishes = [wished * letter for column, wished in enumerate(most) if asked[column] is None]
    shared = iter(_shared(needs, wishes, free))
    for width in asked:
        yield room * width if width else next(shared)


def _shared(needs: Sequence[float], wishes: Sequence[float], room: float) -> Iterator[float]:
    """The room shared out: the needs first, then by what each still wishes for; by the needs alone where they are too much."""
    if sum(needs) >= room or sum(needs) == 0:
        yield from (room * need / (sum(needs) or 1) for need in needs)
        return
    more = [max(0.0, wish - need) + need / 4 for need, wish in zip(needs, wishes, strict=True)]
    rest = room - sum(needs)
    yield from (need + rest * share / sum(more) for need, share in zip(needs, more, strict=True))


# Decimals


def fractions(grid: Grid, aligns: Sequence[Align]) -> dict[int, int]:
    """For each column aligned on the decimal point, how many letters its longest fraction has."""
    longest: dict[int, int] = {}
    for slot in (slot for row in grid.body for slot in row if slot.column < len(aligns) and aligns[slot.column] == "decimal"):
        longest[slot.column] = max(longest.get(slot.column, 0), len(fraction(slot.cell) or ""))
    return longest


def fraction(cell: Cell) -> str | None:
    """What stands in a cell from the decimal point on; nothing after a whole number, None where there is no number."""
    text = plain_text((cell,)).strip()
    found = NUMBER.fullmatch(text)
    return None if found is None else (found[1] or "") + found[2]

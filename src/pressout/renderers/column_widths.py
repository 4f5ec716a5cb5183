"""How wide a table and its columns are, by the rule of CSS for automatic tables, counted in characters instead of measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressout.model import Align, Cell
from pressout.walk import plain_text

if TYPE_CHECKING:
    from pressout.theme.looks import Theme

LINE = 80  # characters; about what a page takes in the size of tables
LETTER = 0.48  # of the size: what a character takes on average in the face of a table
SMALL = 0.8  # of the size of other tables: the type of a table that is too wide for a page
PADDING = 3  # characters; the space that cells keep from each other


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, the column in which it begins, and how it is aligned there."""

    cell: Cell
    column: int
    align: Align


def lines_of(theme: Theme) -> tuple[float, float]:
    """How many characters of a table stand beside each other on a page, and on one that is turned: 0 in columns, which can't be."""
    page, letter = theme.page, theme.styles["table-cell"].size * LETTER
    room = (page.width - page.inner - page.outer - page.column_gap * (page.columns - 1)) / page.columns
    turned = page.height - page.inner - page.outer if page.columns == 1 else 0.0
    return room / letter, turned / letter


def small_share(theme: Theme) -> float:
    """The type of a table that is too wide for its page, as a share of that of other tables; never less than the theme's least."""
    return min(1.0, max(SMALL, theme.least / theme.styles["table-cell"].size))


def breadth(rows: Iterable[Sequence[Place]], columns: int) -> float:
    """How many characters a table needs at the least: the longest words of its columns beside each other."""
    return sum(_extent(rows, columns)[0]) + PADDING * columns


def measured(rows: Iterable[Sequence[Place]], columns: int) -> list[float | None]:
    """Each column's share of the width: room for its longest word, and of what is left as much as its longest cell asks for.

    CSS 2.2, 17.5.2.2. Cells that span columns are left out.
    """
    least, most = _extent(rows, columns)
    wanted = sum(most) - sum(least)
    left = max(0.0, LINE - sum(least) - PADDING * columns)
    given = min(1.0, left / wanted) if wanted else 0.0
    widths = [PADDING + low + (high - low) * given for low, high in zip(least, most, strict=True)]
    return [width / sum(widths) for width in widths]


def _extent(rows: Iterable[Sequence[Place]], columns: int) -> tuple[list[float], list[float]]:
    """For each column its longest word and its longest cell."""
    least, most = [0.0] * columns, [0.0] * columns
    for place in (place for row in rows for place in row if place.cell.colspan == 1 and place.column < columns):
        words = plain_text((place.cell,))
        most[place.column] = max(most[place.column], len(words))
        least[place.column] = max(least[place.column], max(map(len, words.split()), default=0))
    return least, most

"""Column widths of a long table, by the rule of CSS for automatic tables, counted in characters instead of measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pressout.walk import plain_text

if TYPE_CHECKING:
    from pressout.renderers.html_tables import Place

LINE = 80  # characters; about what a page takes in the size of tables
PADDING = 3  # characters; the space that cells keep from each other


def measured(rows: Iterable[Sequence[Place]], columns: int) -> list[float | None]:
    """Each column's share of the width: room for its longest word, and of what is left as much as its longest cell asks for.

    CSS 2.2, 17.5.2.2. Cells that span columns are left out.
    """
    least, most = [0.0] * columns, [0.0] * columns
    for place in (place for row in rows for place in row if place.cell.colspan == 1 and place.column < columns):
        words = plain_text((place.cell,))
        most[place.column] = max(most[place.column], len(words))
        least[place.column] = max(least[place.column], max(map(len, words.split()), default=0))
    wanted = sum(most) - sum(least)
    left = max(0.0, LINE - sum(least) - PADDING * columns)
    given = min(1.0, left / wanted) if wanted else 0.0
    widths = [PADDING + low + (high - low) * given for low, high in zip(least, most, strict=True)]
    return [width / sum(widths) for width in widths]

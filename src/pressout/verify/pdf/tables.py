"""The tables of a tag tree: their rows and header cells, and whether all rows have as many columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from pressout.verify.pdf.tags import Tag, TagTree

CELLS = ("TH", "TD")
MOST_SPANNED = 10_000  # rows or columns of one cell; more is a mistake


@dataclass(slots=True)
class TaggedTable:
    """A table's elements but for those of tables in it, and its cells, row by row."""

    parts: list[Tag] = field(default_factory=list)
    rows: list[list[Tag]] = field(default_factory=list)

    @property
    def heads(self) -> list[Tag]:
        return [cell for row in self.rows for cell in row if cell.standard == "TH"]


def tables_of(tree: TagTree) -> list[TaggedTable]:
    """The tables in reading order."""
    tables = {id(tag): TaggedTable() for tag in tree.tags if tag.standard == "Table"}
    for tag in tree.tags:
        around = next((above for above in tag.within() if above.standard == "Table"), tag)
        if around is tag:
            continue
        table = tables[id(around)]
        table.parts.append(tag)
        if tag.standard == "TR":
            table.rows.append([])
        elif tag.standard in CELLS and table.rows:
            table.rows[-1].append(tag)
    return list(tables.values())


def crooked(table: TaggedTable) -> list[int]:
    """How many columns its rows have, if that is not the same in all, the fewest first; cells may span several of either."""
    if any("/C" in cell.element for row in table.rows for cell in row):
        return []  # its spans may stand in a class that is told elsewhere
    widths: set[int] = set()
    spanning: list[tuple[int, int]] = []  # rows that a cell goes on through, and its columns
    for row in table.rows:
        spans = [(_span(cell, "/RowSpan"), _span(cell, "/ColSpan")) for cell in row]
        widths.add(sum(columns for _, columns in (*spanning, *spans)))
        spanning = [(rows - 1, columns) for rows, columns in (*spanning, *spans) if rows > 1]
    return sorted(widths) if len(widths) > 1 else []


def _span(cell: Tag, name: str) -> int:
    said = cell.attributes().get(name, 1)
    return min(max(1, int(said)), MOST_SPANNED)

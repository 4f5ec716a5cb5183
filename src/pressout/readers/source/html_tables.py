"""HTML tables: rows and cells that may span several, put on the grid that the spans make."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from pressout.model import Align, Blocks, Cell, Column, Inlines, Row, Table
from pressout.readers.source.blocks import BlockReader
from pressout.readers.source.html_elements import Child, Element
from pressout.readers.source.html_inlines import attributes_of_tag
from pressout.readers.sourcemap import Container, PassageKind

Flow = Callable[[BlockReader, Iterable[Child]], Blocks]
Words = Callable[[BlockReader, PassageKind, Element | None], Inlines]
WIDEST = 1000  # columns; HTML has the same limit


class Grid:
    """Which places of a table are taken, row by row."""

    def __init__(self, height: int) -> None:
        self.height = height
        self.width = 0
        self._until: list[int] = []  # of each column: the first row in which it is free

    def free(self, row: int, column: int) -> int:
        """The first free column of a row, from one on."""
        while self._busy(row, column):
            column += 1
        return column

    def _busy(self, row: int, column: int) -> bool:
        return column < len(self._until) and self._until[column] > row

    def take(self, row: int, column: int, cell: Cell) -> Cell:
        """Take a cell's places; the cell comes back no larger than what was free and what the table holds."""
        width = 1
        while width < min(cell.colspan, WIDEST - column) and not self._busy(row, column + width):
            width += 1
        height = min(cell.rowspan, self.height - row)
        self.width = max(self.width, column + width)
        self._until.extend([0] * (self.width - len(self._until)))
        self._until[column : column + width] = [row + height] * width
        return replace(cell, colspan=width, rowspan=height)


def html_table(reader: BlockReader, element: Element, flow: Flow, words: Words) -> Blocks:
    span = reader.copy.span(element.start, element.end)
    lines = table_rows(element)
    if not lines:
        return flow(
            reader, [child for child in element.children if child not in list(element.elements("caption", "colgroup", "col"))]
        )
    grid = Grid(len(lines))
    with reader.inside(Container("table", span.start)):
        caption = words(reader, "caption", next(element.elements("caption"), None))
        rows = [table_row(reader, line, (grid, number), flow) for number, (line, _) in enumerate(lines)]
    head = head_length(lines, rows)
    columns = tuple(Column(align) for align in column_aligns(rows, grid.width))
    attributes = attributes_of_tag(element.tag)
    return (Table(columns, tuple(rows[:head]), tuple(rows[head:]), caption, span=span, attributes=attributes),)


def table_rows(element: Element) -> list[tuple[Element, str]]:
    """The rows with the part of the table that they stand in; a foot that is written first is read last."""
    parts = [(part, part.tag.name) for part in element.elements("thead", "tbody", "tfoot", "tr")]
    parts.sort(key=lambda part: {"thead": 0, "tfoot": 2}.get(part[1], 1))
    return [(row, name) for part, name in parts for row in ([part] if name == "tr" else part.elements("tr"))]


def table_row(reader: BlockReader, element: Element, place: tuple[Grid, int], flow: Flow) -> Row:
    grid, number = place
    cells: list[Cell] = []
    column = 0
    for child in element.elements("td", "th"):
        column = grid.free(number, column)
        span = reader.copy.span(child.start, child.end)
        with reader.inside(Container("cell", span.start, row=number, column=column)):
            blocks = flow(reader, child.children)
        asked = Cell(blocks, child.tag.name == "th", align_of(child), *spans_of(child, grid.height - number), span=span)
        cell = grid.take(number, column, replace(asked, attributes=attributes_of_tag(child.tag)))
        if cell.colspan < asked.colspan:
            reader.report.warn("this cell would lie over another, or reach too far; it is cut", span, hint="lower its colspan")
        cells.append(cell)
        column += cell.colspan
    return Row(tuple(cells), span=reader.copy.span(element.start, element.end))


def spans_of(element: Element, left: int) -> tuple[int, int]:
    """How many columns and rows a cell asks for; no rows at all means all that are left."""
    columns, rows = (element.tag.attributes.get(name, "1").strip() for name in ("colspan", "rowspan"))
    wide = int(columns) if columns.isdecimal() and len(columns) < 6 else 1
    high = int(rows) if rows.isdecimal() and len(rows) < 6 else 1
    return min(max(wide, 1), WIDEST), high or left


def align_of(element: Element) -> Align:
    """The alignment by the attribute, the style or the class."""
    style = element.tag.attributes.get("style", "").replace(" ", "").lower()
    asked = element.tag.attributes.get("align", "").lower()
    sides: tuple[Align, ...] = ("left", "center", "right")
    for side in sides:
        if asked == side or f"text-align:{side}" in style:
            return side
    return "decimal" if asked in ("char", "decimal") else ""


def head_length(lines: list[tuple[Element, str]], rows: list[Row]) -> int:
    """How many rows are the head: those marked so, else the first ones that hold nothing but header cells."""
    marked = sum(name == "thead" for _, name in lines)
    if marked:
        return marked
    length = 0
    while length < len(rows) - 1 and rows[length].cells and all(cell.header for cell in rows[length].cells):
        length += 1
    return length


def column_aligns(rows: list[Row], width: int) -> list[Align]:
    """Each column's alignment: that of all its body cells, where they agree."""
    found: list[set[Align]] = [set() for _ in range(width)]
    for row in rows:
        column = 0
        for cell in row.cells:
            if not cell.header and cell.colspan == 1 and column < width:
                found[column].add(cell.align)
            column += cell.colspan
    return [aligns.pop() if len(aligns) == 1 else "" for aligns in found]

"""HTML tables: rows, and cells that may span several of them, put on the grid that the spans make."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pressout.diagnostics import Span
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

    def __init__(self, head: int, height: int) -> None:
        self.head = head  # rows; a cell of the head ends with it, as HTML has it
        self.height = height
        self.width = 0
        self.begun: set[int] = set()  # the columns in which a cell begins
        self._until: list[int] = []  # of each column: the first row in which it is free

    def free(self, row: int, column: int) -> int:
        """The first free column of a row, from one on."""
        while self._busy(row, column):
            column += 1
        return column

    def _busy(self, row: int, column: int) -> bool:
        return column < len(self._until) and self._until[column] > row

    def left(self, row: int) -> int:
        """How many rows a cell that begins in this one may fill."""
        return (self.head if row < self.head else self.height) - row

    def take(self, row: int, column: int, cell: Cell) -> Cell:
        """Take a cell's places; the cell comes back no larger than what was free and what the table holds."""
        width = 1
        while width < min(cell.colspan, WIDEST - column) and not self._busy(row, column + width):
            width += 1
        height = min(cell.rowspan, self.left(row))
        self.begun.add(column)
        self.width = max(self.width, column + width)
        self._until.extend([0] * (self.width - len(self._until)))
        self._until[column : column + width] = [row + height] * width
        return replace(cell, colspan=width, rowspan=height)


def html_table(reader: BlockReader, element: Element, flow: Flow, words: Words) -> Blocks:
    """`<table>`: the rows of `<thead>`, or the first ones of nothing but `<th>`, are its head. Without rows, its caption."""
    span = reader.copy.span(element.start, element.end)
    lines = table_rows(element)
    if not lines:
        return flow(reader, list(element.elements("caption"))[:1])
    marked = sum(name == "thead" for _, name in lines)
    grid = Grid(marked, len(lines))
    with reader.inside(Container("table", span.start)):
        caption = words(reader, "caption", next(element.elements("caption"), None))
        rows = [table_row(reader, line, (grid, number), flow) for number, (line, _) in enumerate(lines)]
    rows = list(squeezed(rows, grid.begun))
    head = marked or head_length(rows)
    columns = tuple(Column(align) for align in column_aligns(rows, len(grid.begun)))
    attributes = attributes_of_tag(element.tag)
    return (Table(columns, tuple(rows[:head]), tuple(rows[head:]), caption, span=span, attributes=attributes),)


def table_rows(element: Element) -> list[tuple[Element, str]]:
    """The rows with the part of the table that they stand in; a foot that is written first is read last."""
    parts = [(part, part.tag.name) for part in element.elements("thead", "tbody", "tfoot", "tr")]
    parts.sort(key=lambda part: {"thead": 0, "tfoot": 2}.get(part[1], 1))
    return [(row, name) for part, name in parts for row in ([part] if name == "tr" else part.elements("tr"))]


def table_row(reader: BlockReader, element: Element, place: tuple[Grid, int], flow: Flow) -> Row:
    """A row: each cell stands in the first column that no span from above or from before it has taken."""
    grid, number = place
    cells: list[Cell] = []
    column = 0
    for child in element.elements("td", "th"):
        column = grid.free(number, column)
        span = reader.copy.span(child.start, child.end)
        with reader.inside(Container("cell", span.start, row=number, column=column)):
            blocks = flow(reader, child.children)
        columns, deep = (wanted(reader, child, name, span) for name in ("colspan", "rowspan"))
        asked = Cell(blocks, child.tag.name == "th", align_of(child), max(columns, 1), deep or grid.left(number), span=span)
        cell = grid.take(number, column, replace(asked, attributes=attributes_of_tag(child.tag)))
        report_cut(reader, asked, cell)
        cells.append(cell)
        column += cell.colspan
    return Row(tuple(cells), span=reader.copy.span(element.start, element.end))


def wanted(reader: BlockReader, element: Element, name: str, span: Span) -> int:
    """How many columns or rows a cell asks for; no rows at all means all that are left."""
    asked = element.tag.attributes.get(name, "1").strip()
    if re.fullmatch(r"\+?[0-9]{1,9}", asked) and (int(asked) or name == "rowspan"):
        return int(asked)
    reader.report.warn(f"'{asked}' is no {name}; the cell takes one", span, hint=f'write {name}="2", for example')
    return 1


def report_cut(reader: BlockReader, asked: Cell, taken: Cell) -> None:
    """Warn of each span that got less than it asked for."""
    if taken.colspan < asked.colspan:
        reader.report.warn("this cell would lie over another, or reach too far; it is cut", asked.span, hint="lower its colspan")
    if taken.rowspan < asked.rowspan:
        reader.report.warn("this cell reaches below the rows that there are; it is cut", asked.span, hint="lower its rowspan")


def squeezed(rows: list[Row], begun: set[int]) -> Iterator[Row]:
    """The rows without the columns in which no cell begins, which nobody sees: Word, for one, has room for 63 only."""
    grid = Grid(0, len(rows))
    for number, row in enumerate(rows):
        cells: list[Cell] = []
        column = 0
        for cell in row.cells:
            column = grid.free(number, column)
            grid.take(number, column, cell)
            cells.append(replace(cell, colspan=sum(column <= each < column + cell.colspan for each in begun)))
            column += cell.colspan
        yield replace(row, cells=tuple(cells))


def align_of(element: Element) -> Align:
    """The alignment by the attribute, the style or the class."""
    style = element.tag.attributes.get("style", "").replace(" ", "").lower()
    asked = element.tag.attributes.get("align", "").lower()
    sides: tuple[Align, ...] = ("left", "center", "right")
    for side in sides:
        if asked == side or f"text-align:{side}" in style:
            return side
    return "decimal" if asked in ("char", "decimal") else ""


def head_length(rows: list[Row]) -> int:
    """How many rows are the head where none are marked so: the first ones that hold nothing but header cells.

    A header that reaches down to rows of figures names those rows: then there is no head.
    """
    length = 0
    while length < len(rows) - 1 and rows[length].cells and all(cell.header for cell in rows[length].cells):
        length += 1
    reach = max((number + cell.rowspan for number, row in enumerate(rows[:length]) for cell in row.cells), default=0)
    return length if reach <= length else 0


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

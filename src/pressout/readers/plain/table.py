"""Tables of plain text: rows whose cells are parted by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pressout.model import Align, Cell, Column, Paragraph, Row, Table
from pressout.readers.plain.inlines import Setting
from pressout.readers.plain.kinds import Piece
from pressout.readers.plain.lines import SPACE, Line, Passage

FIGURE = re.compile(r"[+\-−–±~<>≈]?\s?[$€£¥]?\s?\d[\d.,'’\s\u00a0]*\s?(?:%|‰|[^\W\d_]{1,3}|[$€£¥])?")


def table_of(rows: list[Piece], setting: Setting) -> Table:
    """The table of these rows; the first is its head, unless it holds figures as the others do."""
    texts = [[cell.text if cell else "" for cell in cells_of(piece)] for piece in rows]
    columns = tuple(Column(_align(cells)) for cells in zip(*texts[1:], strict=True))
    headed = not any(FIGURE.fullmatch(text) for text in texts[0])
    made = tuple(_row(piece, setting, columns, header=headed and not number) for number, piece in enumerate(rows))
    first, last = rows[0].passage.span(setting.file), rows[-1].passage.span(setting.file)
    span = type(first)(first.file, first.line, first.column, first.start, last.end)
    return Table(columns, made[:1] if headed else (), made[1:] if headed else made, span=span)


def cells_of(piece: Piece) -> Iterator[Line | None]:
    """The cells of a row as lines of their own; None where one is empty."""
    line = piece.passage.lines[0]
    start = 0
    yield from [None] * line.tabs[0]
    for text in line.text.split("\t"):
        inner = text.strip(SPACE)
        before = start + len(text) - len(text.lstrip(SPACE))
        yield Line(inner, line.start + before, line.number, line.column + before, 0, 0) if inner else None
        start += len(text) + 1
    yield from [None] * line.tabs[1]


def _align(cells: tuple[str, ...]) -> Align:
    filled = [cell for cell in cells if cell]
    return "right" if filled and all(map(FIGURE.fullmatch, filled)) else ""


def _row(piece: Piece, setting: Setting, columns: tuple[Column, ...], *, header: bool) -> Row:
    cells = tuple(_cell(line, setting, column.align, header) for line, column in zip(cells_of(piece), columns, strict=True))
    return Row(cells, span=piece.passage.span(setting.file))


def _cell(line: Line | None, setting: Setting, align: Align, header: bool) -> Cell:
    if not line:
        return Cell((), header, align)
    passage = Passage((line,))
    span = passage.span(setting.file)
    return Cell((Paragraph(setting.inlines(passage), span=span),), header, align, span=span)

"""Tables: rows and cells of pipe tables, their caption, source and columns."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import cast

from markdown_it.token import Token

from pressout.model import Align, Block, Cell, Column, Inlines, Paragraph, Row, Table
from pressout.readers.source.attributes import Written, moved
from pressout.readers.source.blocks import BlockReader, text_placement
from pressout.readers.source.inline_rules import ATTRIBUTES
from pressout.readers.source.meaning import Said, said_of
from pressout.readers.source.placement import Placement, by_cells
from pressout.readers.source.recording import BEGIN
from pressout.readers.sourcemap import Container

ALIGNS = ("left", "center", "right", "decimal")


def table_caption(reader: BlockReader, token: Token) -> tuple[Block, ...]:
    """A caption that stands before its table."""
    caption, own = caption_words(reader)
    return table(reader, reader.take(), caption, [*own, *token.meta.get(ATTRIBUTES, ())])


def caption_words(reader: BlockReader) -> tuple[Inlines, list[Written]]:
    """The words of a table's caption, and the attributes behind them."""
    inline = reader.take()
    reader.take()
    placement = text_placement(reader, inline)
    written: Written | None = inline.meta.get(ATTRIBUTES)
    own = [moved(written, placement.place, placement.end)] if written else []
    return reader.leaf("caption", reader.inlines(inline, placement)), own


def table(reader: BlockReader, token: Token, caption: Inlines = (), own: list[Written] | None = None) -> tuple[Block, ...]:
    """A pipe table with its caption, which was read before it (`caption`, `own`) or stands below it."""
    span = reader.span(token)
    with reader.inside(Container("table", span.start)):
        head, body = rows(reader, span.start)
        written = [*(own or []), *token.meta.get(ATTRIBUTES, ())]
        if reader.next_is("caption_open") and reader.tokens[reader.index].meta["above"]:
            opener = reader.take()
            caption, below = caption_words(reader)
            written.extend([*below, *opener.meta.get(ATTRIBUTES, ())])
        told = said_of(reader, "table", written)
        caption = caption or told.words("caption")
        source = told.words("source")
    made = Table((), head, body, caption, source, span=span, attributes=told.attributes)
    return (with_columns(made, told),)


def rows(reader: BlockReader, start: int) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows of the head and of the body."""
    head: list[Row] = []
    body: list[Row] = []
    while (token := reader.take()).type != "table_close":
        if token.type == "tr_open":
            number = len(head) + len(body)
            made = row(reader, token, number)
            (head if any(cell.header for cell in made.cells) else body).append(made)
    return tuple(head), tuple(body)


def row(reader: BlockReader, token: Token, number: int) -> Row:
    """A row of cells; words behind the last column are named and left out, as on GitHub."""
    placements, start = by_cells(reader.copy, token.meta[BEGIN]), reader.copy.raw(token.meta[BEGIN])
    cells: list[Cell] = []
    while (opener := reader.take()).nesting > 0:
        inline = reader.take()
        reader.take()
        place = placements[len(cells)] if len(cells) < len(placements) else Placement([])
        with reader.inside(Container("cell", start, row=number, column=len(cells))):
            cells.append(cell(reader, opener, inline, place))
    left = [place for place in placements[len(cells) :] if place.segments[0].end > place.segments[0].start]
    if left:
        begin, end = left[0].place(0), reader.copy.line_end(reader.copy.line(token.meta[BEGIN]))
        message = f"this row has {len(cells) + len(left)} cells and the table {len(cells)} columns; what is too much is left out"
        reader.report.warn(
            message, reader.copy.span(begin, end), hint="add columns to the head, or write \\| for a pipe that is text"
        )
    return Row(tuple(cells), span=reader.span(token))


def cell(reader: BlockReader, opener: Token, inline: Token, place: Placement) -> Cell:
    """A cell, its words in a paragraph; an empty one has none."""
    reading = reader.inlines(inline, place)
    align = cast(Align, str(opener.attrs.get("style", "")).removeprefix("text-align:"))
    header = opener.type == "th_open"
    if not reading.content:
        return Cell((), header, align)
    first, last = reading.content[0].span, reading.content[-1].span
    span = replace(first, end=last.end) if first and last else None
    content = reader.leaf("paragraph", reading, span)
    return Cell((Paragraph(content, span=span),), header, align, span=span)


def with_columns(made: Table, told: Said) -> Table:
    """The table with its columns: `align` and `widths` among the attributes speak for all cells of a column, in order."""
    first = (*made.head, *made.body)[0].cells if made.head or made.body else ()
    aligns: list[Align] = [cell.align for cell in first]
    warn_columns(told, len(aligns))
    for index, name in enumerate(listed(told.value("align"))[: len(aligns)]):
        if name in ALIGNS:
            aligns[index] = cast(Align, name)
    widths = shares(listed(told.value("widths")), len(aligns))
    columns = tuple(Column(align, width) for align, width in zip(aligns, widths, strict=True))
    head = "header-column" in made.attributes.classes
    return replace(
        made,
        columns=columns,
        head=tuple(aligned(row, aligns, head) for row in made.head),
        body=tuple(aligned(row, aligns, head) for row in made.body),
    )


def warn_columns(told: Said, count: int) -> None:
    """Name what `widths` and `align` say that no column can follow."""
    widths, aligns = told.item("widths"), told.item("align")
    report, copy = told.reader.report, told.reader.copy
    if widths and None in shares(listed(widths.value), count):
        hint = f'write {count} numbers: widths="{",".join("1" * count)}"'
        report.warn(f"'{widths.value}' are no widths for {count} columns", copy.span(widths.start, widths.end), hint=hint)
    if aligns and (len(listed(aligns.value)) > count or not set(listed(aligns.value)) <= set(ALIGNS)):
        hint = f"write one of {', '.join(ALIGNS)} for each column"
        report.warn(f"'{aligns.value}' aligns no {count} columns", copy.span(aligns.start, aligns.end), hint=hint)


def listed(value: str) -> list[str]:
    """The values of a list that is written with commas or blanks."""
    return value.replace(",", " ").split()


def shares(widths: list[str], count: int) -> list[float | None]:
    """Widths as shares of their sum, where there is a number for each column."""
    try:
        numbers = [float(width.removesuffix("%")) for width in widths]
    except ValueError:
        return [None] * count
    if len(numbers) != count or not math.isfinite(sum(numbers)) or sum(numbers) <= 0:
        return [None] * count
    found = [round(number / sum(numbers), 4) for number in numbers]
    return [None] * count if min(found) <= 0 else list(found)


def aligned(row: Row, aligns: list[Align], head: bool) -> Row:
    """A row with its columns' alignments; with `head`, its first cell names it."""
    cells = tuple(
        replace(cell, align=aligns[index], header=cell.header or (head and index == 0)) for index, cell in enumerate(row.cells)
    )
    return replace(row, cells=cells)

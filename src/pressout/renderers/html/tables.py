"""Tables as XHTML: captions, header cells with their scope, spans, columns aligned on the decimal point."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pressout.model import Blocks, Cell, Column, NoteReference, Row, Table
from pressout.renderers.column_widths import SMALL, Place, breadth, measured
from pressout.renderers.html.inlines import inlines_html
from pressout.renderers.html.markup import Context, attributes_of, element, key, lead, line_key, text
from pressout.terms import label, term
from pressout.walk import plain_text, walk

LONG = 60  # rows; WeasyPrint measures all cells of a table anew on each of its pages, unless its columns have widths
SHORT = 6  # rows; a table of so few is not cut at a page's end
LONG_ROW = 1000  # characters; a row with so many in a cell may be longer than a page, and goes on over its end
SCREEN = 30  # characters of a table that stand beside each other on a telephone
WIDE = "wide"  # the class by which an article asks for a turned page
LONG_WORD = 24  # letters; a longer word may break in a cell, or it would push the table off the page

DrawBlocks = Callable[[Blocks, Context], str]


class Fit(NamedTuple):
    """What a table that is wider than a line of text asks for: a page that is turned, smaller type, words broken anywhere."""

    turned: bool = False
    small: bool = False
    squeezed: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """What all cells of a table share: how blocks are drawn, and the longest fraction of each decimal column, in digits."""

    context: Context
    draw: DrawBlocks
    fractions: Mapping[int, int]


def table_html(table: Table, context: Context, draw: DrawBlocks) -> str:
    """A table in a frame of its own, its source and, in print, its notes under it; `draw` draws a cell's blocks."""
    # A head is repeated on each page and a note is not; by custom, too, the notes of a table stand under it
    inside = replace(context, footnotes={})
    parts = (_table(table, inside, draw), _source(table, context), _notes(table, context))
    attributes = {**attributes_of(table, context, "table-frame", *_fit(table, context)), **_scrolled(table, context)}
    return element("div", "\n" + "".join(f"{part}\n" for part in parts if part), attributes)


def _fit(table: Table, context: Context) -> Iterator[str]:
    """How a table is fitted to a printed page: kept on one, set in smaller type, on a page that is turned, its words broken."""
    if context.epub:
        return
    if len(table.body) <= SHORT and not any(map(is_long_row, table.body)):
        yield "short"
    fit = fit_of(table, context.line, context.turned_line)
    if fit.turned:
        yield "turned"
    if fit.small:
        yield "small-type"
    if fit.squeezed:
        yield "squeezed"


def fit_of(table: Table, line: float, turned_line: float) -> Fit:
    """How a table comes to fit its page, in print and in Word alike.

    `line` and `turned_line` are how many characters of it stand beside each other on a page, and on one that is turned, or 0.
    """
    needed = _breadth(table)
    turned = turned_line > 0 and (WIDE in table.attributes.classes or needed > line / SMALL)
    room = turned_line if turned else line
    return Fit(turned, needed > room, needed > room / SMALL)


def _breadth(table: Table) -> float:
    return breadth(places((*table.head, *table.body), table.columns), len(table.columns))


def _scrolled(table: Table, context: Context) -> dict[str, str]:
    """A table that may be wider than a screen scrolls in its frame, by the keyboard too, and the frame has a name.

    It is no region: those are landmarks, whose names have to differ, and tables without captions are all called alike.
    """
    if not context.epub or _breadth(table) <= SCREEN:
        return {}
    label = plain_text(table.caption) or text(term("table", context.lang))
    return {"tabindex": "0", "role": "group", "aria-label": label}


def _table(table: Table, context: Context, draw: DrawBlocks) -> str:
    head, body = places(table.head, table.columns), places(table.body, table.columns)
    drawing = Drawing(context, draw, _fractions(body, context))
    is_long = len(body) > LONG and not context.epub
    widths = measured(head + body, len(table.columns)) if is_long else [column.width for column in table.columns]
    parts = (
        _caption(table, context),
        _columns(widths),
        _rows("thead", table.head, head, drawing),
        _rows("tbody", table.body, body, drawing),
    )
    return element(
        "table", "\n" + "".join(f"{part}\n" for part in parts if part), {"class": "table measured" if is_long else "table"}
    )


def _caption(table: Table, context: Context) -> str:
    label = caption_label("table", table.number, context)
    words = " ".join(filter(None, (label, inlines_html(table.caption, context))))
    return element("caption", words, {"class": "caption", **line_key(table.caption, context)}) if words else ""


def caption_label(kind: str, number: str, context: Context) -> str:
    """ "Table 3" before a caption, in the document's language; nothing where there is no number."""
    return element("span", text(label(kind, number, context.lang)), {"class": "caption-label"}) if number else ""


def _columns(widths: Sequence[float | None]) -> str:
    if all(width is None for width in widths):
        return ""
    styles = (f"width:{width:.4%}" if width is not None else "" for width in widths)
    return element("colgroup", "".join(element("col", "", {"style": style}) for style in styles))


def _source(table: Table, context: Context) -> str:
    words = inlines_html(table.source, context)
    return element("p", words, {"class": "source-note", **line_key(table.source, context)}) if words else ""


def _notes(table: Table, context: Context) -> str:
    """In print, the notes whose first marks stand in the table."""
    marks = (piece for piece in walk((table,)) if isinstance(piece, NoteReference) and not piece.repeated)
    notes = "".join(context.footnotes.get(mark.label, "") for mark in marks)
    return element("div", notes, {"class": "table-notes"}) if notes else ""


# Cells


def places(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[tuple[Place, ...], ...]:
    """The cells of each row with their columns: one that reaches down takes its column from the rows below (HTML 4.9.12)."""
    taken: dict[int, int] = {}
    return tuple(tuple(_row_places(row, columns, taken)) for row in rows)


def _row_places(row: Row, columns: Sequence[Column], taken: dict[int, int]) -> Iterator[Place]:
    """The places of a row; `taken` counts, for each column, the rows that a cell above still fills."""
    before, column = dict(taken), 0
    for cell in row.cells:
        while before.get(column, 0) > 0:
            column += 1
        align = cell.align or (columns[column].align if column < len(columns) else "")
        yield Place(cell, column, align)
        for spanned in range(column, column + cell.colspan):
            taken[spanned] = cell.rowspan
        column += cell.colspan
    for spanned in taken:
        taken[spanned] = max(0, taken[spanned] - 1)


def _rows(tag: str, rows: Sequence[Row], placed: Sequence[Sequence[Place]], drawing: Drawing) -> str:
    if not rows:
        return ""
    drawn = (
        element("tr", "".join(_cell(place, tag == "thead", drawing) for place in cells), _row_attributes(row, drawing.context))
        for row, cells in zip(rows, placed, strict=True)
    )
    return element(tag, "\n" + "".join(f"{row}\n" for row in drawn))


def _row_attributes(row: Row, context: Context) -> Mapping[str, str]:
    return attributes_of(row, context, "long-row" if is_long_row(row) and not context.epub else "")


def is_long_row(row: Row) -> bool:
    """Whether a row may be longer than a page."""
    return any(map(is_long, row.cells))


def is_long(cell: Cell) -> bool:
    """Whether a cell has so many words that its row may be longer than a page."""
    return len(plain_text((cell,))) > LONG_ROW


def _cell(place: Place, in_head: bool, drawing: Drawing) -> str:
    cell, context = place.cell, drawing.context
    # A head cell without words is none to those who hear an e-book (axe); in PDF/UA every column must have one (7.5)
    header = cell.header and (not context.epub or bool(plain_text((cell,)).strip()))
    attributes = {
        **attributes_of(cell, context, *_classes(place)),
        "scope": _scope(cell, in_head) if header else "",
        "colspan": str(cell.colspan) if cell.colspan > 1 else "",
        "rowspan": str(cell.rowspan) if cell.rowspan > 1 else "",
        **key(lead(cell.blocks), context),
    }
    content = _decimal(place, drawing) or drawing.draw(cell.blocks, context)
    return element("th" if header else "td", content, attributes)


def _classes(place: Place) -> tuple[str, ...]:
    role = "table-head" if place.cell.header else "table-cell"
    words = plain_text((place.cell,)).split()
    return role, f"align-{place.align}" if place.align else "", "long-word" if max(map(len, words), default=0) > LONG_WORD else ""


def _scope(cell: Cell, in_head: bool) -> str:
    if in_head:
        return "colgroup" if cell.colspan > 1 else "col"
    return "rowgroup" if cell.rowspan > 1 else "row"


# Decimals

# The languages at hand that write 12.5; the others write 12,5 (CLDR)
POINTED = {"en", "zh", "ja", "ko", "he", "hi", "ta", "th"}


def _number(cell: Cell, context: Context) -> re.Match[str] | None:
    """The number in a cell: its whole part and what precedes it, its fraction with the point, what follows it."""
    point, grouping = (".", ",") if context.lang.partition("-")[0] in POINTED else (",", ".")
    return re.fullmatch(rf"(\D*\d(?:[\d\s{grouping}'’]*\d)?)(\{point}\d+)?(\D*)", plain_text((cell,)).strip())


def _fractions(rows: Sequence[Sequence[Place]], context: Context) -> dict[int, int]:
    """For each column aligned on the decimal point, how many digits its longest fraction has."""
    longest: dict[int, int] = {}
    for place in (place for row in rows for place in row if place.align == "decimal"):
        found = _number(place.cell, context)
        digits = len(found[2] or ".") - 1 if found else 0
        longest[place.column] = max(longest.get(place.column, 0), digits)
    return longest


def _decimal(place: Place, drawing: Drawing) -> str:
    """A plain number in a decimal column: its fraction stands in a box as wide as the column's longest; else nothing."""
    width = drawing.fractions.get(place.column, 0) if place.align == "decimal" else 0
    paragraph = lead(place.cell.blocks)
    if not width or paragraph is None or len(paragraph.content) != 1 or len(place.cell.blocks) != 1:
        return ""
    found = _number(place.cell, drawing.context)
    if not found:
        return ""
    # The point is about as wide as half a digit
    fraction = element("span", text((found[2] or "") + found[3]), {"class": "fraction", "style": f"min-width:{width + 0.5}ch"})
    return text(found[1]) + fraction

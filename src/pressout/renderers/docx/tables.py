"""Tables in Word: spans, heads that are repeated on each page, rows that no page parts, columns aligned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pressout.model import Align, Blocks, Table
from pressout.renderers.column_widths import lines_of
from pressout.renderers.docx.captions import write_caption
from pressout.renderers.docx.grid import Grid, Slot, Slots, fraction, fractions, grid
from pressout.renderers.docx.inlines import write_inlines
from pressout.renderers.docx.looks import CELLS, small_type
from pressout.renderers.docx.page import turned_page
from pressout.renderers.docx.properties import rule_attributes
from pressout.renderers.docx.story import Place, await_bookmark, paragraph, spoken
from pressout.renderers.docx.styles import PLAIN, Setting
from pressout.renderers.docx.xml import Element, add, clean, qualified, style_name, twips
from pressout.renderers.html.tables import Fit, fit_of, is_long
from pressout.theme.looks import SPECIAL_TABLES, TABLE, Style
from pressout.walk import plain_text

WriteBlocks = Callable[[Element, Blocks, Place], None]

TABLE_STYLES = {TABLE: "ArticleTable", **{kind: f"{style_name(kind).replace(' ', '')}Table" for kind in SPECIAL_TABLES}}
LETTER = 0.55  # of the size: what a letter takes on average, with a little room to spare
DIGIT = 0.5  # of the size


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the rows of one table share: its grid, the place that its cells inherit from, how each column is aligned."""

    grid: Grid
    head: Style
    cell: Style
    place: Place
    write: WriteBlocks
    aligns: tuple[Align, ...]
    fractions: Mapping[int, int]
    on_ground: bool


def write_table(parent: Element, table: Table, place: Place, write: WriteBlocks) -> None:
    """A table, on a page that is turned where print turns it; `write` writes a cell's blocks."""
    fit = fit_in(table, place)
    if fit.turned and parent.tag == qualified("w:body"):
        with turned_page(parent, place) as there:
            _write_table(parent, table, replace(there, small=fit.small), write)
    else:
        _write_table(parent, table, replace(place, small=fit.small), write)


def fit_in(table: Table, place: Place) -> Fit:
    """How a table is fitted to its page: as in print. An editor's file has it as it is, because its pages are nobody's."""
    return Fit() if place.file.edition.anchors else fit_of(table, *lines_of(place.file.theme))


def _write_table(parent: Element, table: Table, place: Place, write: WriteBlocks) -> None:
    """A table between its caption and its source.

    A paragraph always follows, because Word joins two tables that touch, and leaves no space after one.
    """
    if table.caption or table.number:
        write_caption(parent, "table", table, place)
    drawing = _drawing(table, place, write)
    element = add(parent, "w:tbl")
    _write_properties(element, table, place)
    columns = add(element, "w:tblGrid")
    for width in drawing.grid.widths:
        add(columns, "w:gridCol", w=twips(width))
    for index, slots in enumerate(drawing.grid.head):
        _write_row(element, slots, drawing, ends_head=index == len(drawing.grid.head) - 1, head=True)
    for slots in drawing.grid.body:
        _write_row(element, slots, drawing)
    if not table.source:
        with paragraph(parent, "spacer", replace(place, setting=PLAIN)):
            return
    with paragraph(parent, "source-note", place, table.source[0].span) as line:
        write_inlines(line, table.source, place)


def cell_margin(cell: Style) -> float:
    """What parts a cell's words from the line between two columns, in points; there is none at the table's own edges."""
    return 2 * cell.padding


def _drawing(table: Table, place: Place, write: WriteBlocks) -> Drawing:
    """Nothing that encloses the table visibly goes on inside it: Word has no ground behind a table."""
    head, cell = (place.file.theme.style(role, place.setting.section) for role in CELLS)
    if place.small:
        head, cell = small_type(head, place.file.theme), small_type(cell, place.file.theme)
    inner = replace(
        place,
        setting=Setting(place.setting.section) if place.setting.section else PLAIN,
        indent=0.0,
        outdent=0.0,
        own=(0.0, 0.0),
        list_role="",
        depth=0,
    )
    drawn = grid(table, place.room, cell.size * LETTER)
    aligns = tuple(column.align for column in table.columns)
    on_ground = bool(place.file.theme.styles[kind_of(table)].background)
    return Drawing(drawn, head, cell, inner, write, aligns, fractions(drawn, aligns), on_ground)


def kind_of(table: Table) -> str:
    """Which of the looks of tables as a whole it has."""
    return next((name for name in table.attributes.classes if name in SPECIAL_TABLES), TABLE)


def _write_properties(element: Element, table: Table, place: Place) -> None:
    properties = add(element, "w:tblPr")
    add(properties, "w:tblStyle", val=TABLE_STYLES[kind_of(table)])
    if place.rtl:
        add(properties, "w:bidiVisual")
    add(properties, "w:tblW", w=twips(place.room), type="dxa")
    if place.indent:
        add(properties, "w:tblInd", w=twips(place.indent), type="dxa")
    if any(column.width for column in table.columns):
        add(properties, "w:tblLayout", type="fixed")
    one_head = "1" if len(table.head) == 1 else "0"
    look = {"firstRow": one_head, "lastRow": "0", "firstColumn": "0", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    add(properties, "w:tblLook", val="0620" if one_head == "1" else "0600", **look)
    if table.caption:
        # What a screen reader says of the table before it reads it
        add(properties, "w:tblCaption", val=clean(plain_text(table.caption)))


def _write_row(element: Element, slots: Slots, drawing: Drawing, *, head: bool = False, ends_head: bool = False) -> None:
    row = add(element, "w:tr")
    properties = add(row, "w:trPr")
    if not any(is_long(slot.cell) for slot in slots):
        add(properties, "w:cantSplit")  # LibreOffice cuts off what of such a row is longer than a page
    if head:
        add(properties, "w:tblHeader")
    rule = ends_head and len(drawing.grid.head) > 1 and drawing.head.rule_below.width > 0
    for slot in slots:
        cell = add(row, "w:tc")
        _write_cell_properties(cell, slot, drawing, rule=rule)
        _write_cell(cell, slot, drawing)


def _write_cell_properties(cell: Element, slot: Slot, drawing: Drawing, *, rule: bool) -> None:
    """A cell's geometry. The rule under a head of one row is the table style's, which knows no longer heads."""
    properties = add(cell, "w:tcPr")
    add(properties, "w:tcW", w=twips(_width(slot, drawing)), type="dxa")
    if slot.span > 1:
        add(properties, "w:gridSpan", val=str(slot.span))
    if slot.merge:
        add(properties, "w:vMerge", **({"val": "restart"} if slot.merge == "restart" else {}))
    if rule:
        add(add(properties, "w:tcBorders"), "w:bottom", **rule_attributes(drawing.head.rule_below))
    at_start, at_end = _at_edges(slot, drawing)
    if at_start or at_end:
        margins = add(properties, "w:tcMar")
        for side, at_edge in (("w:left", at_start), ("w:right", at_end)):
            if at_edge:
                add(margins, side, w="0", type="dxa")


def _at_edges(slot: Slot, drawing: Drawing) -> tuple[bool, bool]:
    """Whether a cell's words stand at the table's own edges; on a ground none do."""
    if drawing.on_ground:
        return False, False
    return slot.column == 0, slot.column + slot.span == len(drawing.grid.widths)


def _width(slot: Slot, drawing: Drawing) -> float:
    return sum(drawing.grid.widths[slot.column : slot.column + slot.span])


def _write_cell(parent: Element, slot: Slot, drawing: Drawing) -> None:
    """A cell's blocks; a cell without any has an empty paragraph, and bears the anchor of the cell itself."""
    cell = slot.cell
    align = cell.align or (drawing.aligns[slot.column] if slot.column < len(drawing.aligns) else "")
    inner = _width(slot, drawing) - cell_margin(drawing.cell) * (2 - sum(_at_edges(slot, drawing)))
    around = spoken(drawing.place, cell.attributes)
    place = replace(
        around,
        text=("table-head" if cell.header else "table-cell") + "-small" * around.small,
        width=inner,
        align="right" if align == "decimal" else align,
        decimal=_point(slot, align, inner, drawing),
    )
    await_bookmark(place.file, cell.attributes)
    if cell.blocks:
        drawing.write(parent, cell.blocks, place)
        return
    with paragraph(parent, place.text, place, None if slot.merge == "continue" else cell.span):
        return


def _point(slot: Slot, align: Align, width: float, drawing: Drawing) -> float:
    """Where the decimal points of a column stand, from the cell's edge; 0 where its numbers are as well aligned at the right."""
    longest = drawing.fractions.get(slot.column, 0)
    if align != "decimal" or not longest or fraction(slot.cell) is None:
        return 0.0
    return max(0.0, width - longest * DIGIT * drawing.cell.size)

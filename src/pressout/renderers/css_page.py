"""Pages in sheets: paper, margins, columns, running head and folio."""

from __future__ import annotations

from collections.abc import Iterator

from pressout.renderers.css_sheet import Sheet, letters_of, number, rule

# A long title must not push the other boxes of its margin aside, nor run into a second line
ONE_LINE = {"width": "100%", "white-space": "nowrap", "overflow": "hidden", "text-overflow": "ellipsis"}
CORNERS = tuple(f"@{edge}-{side}" for edge in ("top", "bottom") for side in ("left", "right"))


def page_rules(sheet: Sheet) -> Iterator[str]:
    """The page with its margins, running head and folio; the first page has neither."""
    page = sheet.theme.page
    yield f"@page {{ size: {number(page.width)}pt {number(page.height)}pt; }}"
    for side in ("left", "right"):
        yield f"@page :{side} {{ {_margins(sheet, side)} {' '.join(_margin_boxes(sheet, side))} }}"
    yield f"@page :first {{ {' '.join(f'{corner} {{ content: none; }}' for corner in CORNERS)} }}"
    if page.columns > 1:
        yield rule("main", {"columns": str(page.columns), "column-gap": f"{number(page.column_gap)}pt"})


def _margins(sheet: Sheet, side: str) -> str:
    page = sheet.theme.page
    # the back of a right page is at its left, whatever the direction; where pages are all alike the inner margin begins the line
    inner_is_left = (side == "right") if page.mirrored else sheet.direction == "ltr"
    left, right = (page.inner, page.outer) if inner_is_left else (page.outer, page.inner)
    return f"margin: {number(page.top)}pt {number(right)}pt {number(page.bottom)}pt {number(left)}pt;"


def _margin_boxes(sheet: Sheet, side: str) -> Iterator[str]:
    """Head and folio stand at the outer edge of the text, or where each line begins if pages are all alike."""
    page = sheet.theme.page
    where = side if page.mirrored else ("left" if sheet.direction == "ltr" else "right")
    if page.running_head:
        yield _margin_box(sheet, "running-head", f"top-{where}", "string(running-head)")
    if page.folios:
        yield _margin_box(sheet, "folio", f"bottom-{where}", "counter(page)")


def _margin_box(sheet: Sheet, role: str, corner: str, content: str) -> str:
    """A box in the margin, two lines from the text."""
    style = sheet.theme.styles[role]
    edge, _, side = corner.partition("-")
    towards = "bottom" if edge == "top" else "top"
    placed = {"text-align": side, "vertical-align": towards, f"padding-{towards}": f"{number(2 * sheet.theme.line)}pt"}
    declarations = {"content": content, **sheet.family(style.font), **letters_of(sheet, style, style), **placed, **ONE_LINE}
    return rule(f"@{corner}", declarations)

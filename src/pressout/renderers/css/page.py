"""Pages in sheets: paper, margins, columns, running head and folio."""

from __future__ import annotations

from collections.abc import Iterator

from pressout.renderers.css.styles import Sheet, letters_of, number, rule
from pressout.theme.looks import Style, Theme

# A long title must not push the other boxes of its margin aside, nor run into a second line
LETTER = 0.58  # of the size: what a letter of a heading takes on average, in bold type
LONG_WORD = 12  # letters; in a measure that holds fewer, even short words would be parted
ENDS = "4 4"  # letters that stay before and behind the sign
HEADINGS = ("title", "subtitle", *(f"heading-{level}" for level in range(1, 7)))
ONE_LINE = {"width": "100%", "white-space": "nowrap", "overflow": "hidden", "text-overflow": "ellipsis"}
STRINGS = {
    "title": "string(running-head)",
    "chapter": "string(chapter, start)",
    "section": "string(section, start)",
    "slug": "string(slug)",
}
LOGO_CORNER = "top-center"  # where both corners are taken
HEAD_CORNERS = ("@top-left", "@top-center", "@top-right", "@left-top", "@right-top")
CORNERS = (
    f"@{LOGO_CORNER}",
    *(f"@{a}-{b}" for side in ("left", "right") for edge in ("top", "bottom") for a, b in ((side, edge), (edge, side))),
)


def page_rules(sheet: Sheet) -> Iterator[str]:
    """The page with its margins, running head and folio; the first page has neither."""
    page = sheet.theme.page
    yield f"@page {{ size: {number(page.width)}pt {number(page.height)}pt; }}"
    for side in ("left", "right"):
        yield f"@page :{side} {{ {_margins(sheet, side)} {' '.join(_margin_boxes(sheet, side))} }}"
    yield f"@page turned {{ size: {number(page.height)}pt {number(page.width)}pt; }}"
    yield f"@page :first {{ {' '.join(f'{corner} {{ content: none; }}' for corner in CORNERS)} }}"
    yield from _front(sheet)
    yield from _strings(sheet)
    yield from _long_words(sheet)
    if sheet.theme.house.logo_in("head"):
        yield ".head-logo { position: running(head-logo); line-height: 0; }"
    if page.columns > 1:
        yield rule("main", {"columns": str(page.columns), "column-gap": f"{number(page.column_gap)}pt"})


def _front(sheet: Sheet) -> Iterator[str]:
    """The pages before the text, which have neither head nor folio until the contents, and where chapters begin."""
    theme = sheet.theme
    side = "right" if theme.page.mirrored and theme.chapters.start == "right" else "page"
    if theme.front.cover:
        yield f".cover-page {{ break-after: {side}; }}"
    if theme.front.title_page:
        yield f"@page title-page {{ {' '.join(f'{corner} {{ content: none; }}' for corner in CORNERS)} }}"
        yield ".title-block, .imprint-block { page: title-page; }"
        yield f".imprint-block, .title-block:not(:has(+ .imprint-block)) {{ break-after: {side}; }}"
        # the lists of figures and tables follow the contents on the same page
        yield f".contents:first-of-type, main {{ break-before: {side}; }}"
    if theme.chapters.start != "run":
        yield f"main > section {{ page: chapter; break-before: {side}; }}"
        yield f"@page :nth(1 of chapter) {{ {' '.join(f'{corner} {{ content: none; }}' for corner in HEAD_CORNERS)} }}"
    if side == "right":
        yield f"@page :blank {{ {' '.join(f'{corner} {{ content: none; }}' for corner in CORNERS)} }}"


def _strings(sheet: Sheet) -> Iterator[str]:
    """What the running heads of later pages say."""
    heads = {sheet.theme.page.left_head, sheet.theme.page.right_head}
    # beside the text a long title would run down the page; above it the line cuts it off
    shortened = sheet.theme.page.heads == "side"
    yield (
        "body { string-set: running-head attr(data-head); }" if shortened else ".title { string-set: running-head content(text); }"
    )
    if "slug" in heads:
        yield "body { string-set: slug attr(data-slug); }"
    if heads & {"chapter", "section"}:
        yield ".heading-1 { string-set: chapter content(text), section content(text); }"
        yield ".heading-2 { string-set: section content(text); }"


def _long_words(sheet: Sheet) -> Iterator[str]:
    """Headings part no words but those that no line of theirs holds, which would else break anywhere."""
    for role in HEADINGS:
        style = sheet.theme.styles[role]
        letters = letters_in_line(sheet.theme, style)
        if not style.hyphens:
            yield rule(f"body .{role}", {"hyphens": "auto", "hyphenate-limit-chars": f"{max(letters, LONG_WORD)} {ENDS}"})


def letters_in_line(theme: Theme, style: Style) -> int:
    """About how many letters of a heading's type a line across the page holds."""
    page = theme.page
    return int((page.width - page.inner - page.outer - style.indent - style.outdent) / (style.size * LETTER))


def _margins(sheet: Sheet, side: str) -> str:
    page = sheet.theme.page
    # the back of a right page is at its left, whatever the direction; where pages are all alike the inner margin begins the line
    inner_is_left = (side == "right") if page.mirrored else sheet.direction == "ltr"
    left, right = (page.inner, page.outer) if inner_is_left else (page.outer, page.inner)
    return f"margin: {number(page.top)}pt {number(right)}pt {number(page.bottom)}pt {number(left)}pt;"


def _margin_boxes(sheet: Sheet, side: str) -> Iterator[str]:
    """Running head and folio: above and below the text, or in the outer margin, level with its first and its last line."""
    page = sheet.theme.page
    begins, ends = ("left", "right") if sheet.direction == "ltr" else ("right", "left")
    if page.heads == "side":
        outer = side if page.mirrored else ends
        corners = f"{outer}-top", f"{outer}-bottom"
    else:
        outer = side if page.mirrored else begins
        inner = "left" if outer == "right" else "right"
        corners = f"top-{outer}", f"bottom-{outer}"
        if page.folio_at == "head":
            corners = (f"top-{inner}", f"top-{outer}") if page.mirrored else (f"top-{begins}", f"top-{ends}")
    if sheet.theme.house.logo_in("head"):
        free = "right" if corners[0].endswith("left") else "left"
        corner = LOGO_CORNER if page.folio_at == "head" else f"top-{begins if page.heads == 'side' else free}"
        yield _logo_box(sheet, corner)
    if page.running_head:
        head = page.left_head if page.mirrored and side == "left" else page.right_head
        yield _margin_box(sheet, "running-head", corners[0], STRINGS[head])
    if page.folios:
        yield _margin_box(sheet, "folio", corners[1], "counter(page)")


def _logo_box(sheet: Sheet, corner: str) -> str:
    """The logo of the house in a running head, on the line of its words."""
    return rule(f"@{corner}", {"content": "element(head-logo)", "vertical-align": "bottom", "padding-bottom": _lines(sheet, 2)})


def _margin_box(sheet: Sheet, role: str, corner: str, content: str) -> str:
    style = sheet.theme.styles[role]
    declarations = {
        "content": content,
        **sheet.family(style.font),
        **letters_of(sheet, style, style),
        **_place(sheet, corner, style),
    }
    return rule(f"@{corner}", declarations)


def _place(sheet: Sheet, corner: str, style: Style) -> dict[str, str]:
    """Two lines from the text above and below it; beside it, a line and a half from the text and from the paper's edge.

    Where that would bring it nearer to the paper's edge than to the text, as double-spaced lines would, it stands midway.
    """
    edge, _, where = corner.partition("-")
    if edge in ("top", "bottom"):
        towards = "bottom" if edge == "top" else "top"
        margin = sheet.theme.page.top if edge == "top" else sheet.theme.page.bottom
        gap = max(0.0, min(2 * sheet.theme.line, (margin - style.leading) / 2))
        return {"text-align": where, "vertical-align": towards, f"padding-{towards}": f"{number(gap)}pt", **ONE_LINE}
    return {"text-align": "start", "vertical-align": where, "padding": f"0 {_lines(sheet, 1.5)}"}


def _lines(sheet: Sheet, count: float) -> str:
    return f"{number(count * sheet.theme.line)}pt"

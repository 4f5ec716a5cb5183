"""Blocks inside blocks in sheets: lists, tables, figures and notes, where the look of one role depends on where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from pressout.renderers.column_widths import SMALL, small_share
from pressout.renderers.css.styles import Declarations, Sheet, border, differing, number, rule, selector
from pressout.theme.keys import BOX
from pressout.theme.looks import SPECIAL_TABLES, TABLE, Style

# Blocks that hold others: the last of these leaves its space to the block, which has one of its own
HOLDERS = (
    *(".answer", ".aside", ".callout", ".definition", ".details", ".quote", ".pull-quote", ".epigraph", ".verse", ".abstract"),
    *("li", ".table-frame"),
)
# Those whose paragraphs have no class of their own
INDENTING = (
    *("answer", "aside", "callout", "definition", "details", "quote", "pull-quote", "epigraph", "verse", "abstract"),
    "note",
)
# Inner lists differ from outer ones by their signs
SIGNS = {"ul": "\\2022", "ul ul": "\\2013", "ul ul ul": "\\25AA"}


def block_rules(sheet: Sheet) -> Iterator[str]:
    """The rules of all that stands in something else, in the order in which they win over one another."""
    boxes = [f"section.{section}" for section, looks in sheet.theme.sections.items() if BOX in looks]
    last = [f"{holder} > :last-child" for holder in (*HOLDERS, *boxes, *(f"{box} > :last-child" for box in boxes))]
    yield rule(", ".join(last), {"margin-bottom": "0"})
    yield from _first_lines(sheet)
    yield from _lists(sheet)
    yield from _tables(sheet)
    yield from _figures(sheet)


def _first_lines(sheet: Sheet) -> Iterator[str]:
    """Paragraphs in another block begin as that one's role says, which need not be as those of the running text."""
    usual = sheet.body.first_line
    for role in INDENTING:
        style = sheet.theme.styles[role]
        if style.first_line != usual:
            inside = ", ".join(f"{where} p" for where in selector(role).split(", "))
            yield rule(inside, {"text-indent": sheet.length(style.first_line, style)})
    if usual:
        yield rule("li p", {"text-indent": "0"})


def _lists(sheet: Sheet) -> Iterator[str]:
    body = sheet.body
    space = sheet.length(body.space_after, body)
    for where, sign in SIGNS.items():
        yield rule(where, {"list-style-type": f'"{sign}\\2002"'})
    yield rule("li > ul, li > ol", {"margin-top": "0", "margin-bottom": "0"})
    yield rule("li > p, li > .paragraph", {"margin-top": space, "margin-bottom": "0"})
    yield rule(".loose > li + li", {"margin-top": space})
    if space != "0":  # who wrote an article stands right below its title
        yield rule(".contents li > p", {"margin-top": "0"})


def _tables(sheet: Sheet) -> Iterator[str]:
    """No verticals: a rule above and below the table, one under its head; cells as wide apart as two of their paddings."""
    table, head, cell = (sheet.theme.styles[role] for role in (TABLE, "table-head", "table-cell"))
    yield rule(".table-frame", _spaced(sheet, table))
    yield rule(".table", {"width": "100%", **_rules(table)})
    yield rule("thead", {"border-bottom": border(head.rule_below)})
    yield rule("thead th, thead td", {"vertical-align": "bottom"})
    sides = f"padding-{sheet.start}", f"padding-{sheet.end}"
    yield rule(".table th, .table td", {side: sheet.length(2 * cell.padding, cell) for side in sides})
    yield rule(".table tr > :first-child", {sides[0]: "0"})
    yield rule(".table tr > :last-child", {sides[1]: "0"})
    for kind in SPECIAL_TABLES:
        yield from _special_table(sheet, kind, 2 * cell.padding, cell)
    if not sheet.relative:
        share = small_share(sheet.theme)
        small = {"font-size": f"{number(cell.size * share)}pt", "line-height": f"{number(cell.leading * share)}pt"}
        if share > SMALL:  # what type cannot save is saved by words that break
            small |= {"overflow-wrap": "anywhere", "hyphens": "auto"}
        yield rule(".small-type .table-head, .small-type .table-cell", small)


def _special_table(sheet: Sheet, kind: str, apart: float, cell: Style) -> Iterator[str]:
    """Where its look is another than that of tables: rules, lines between columns, a ground, from whose edges words keep away."""
    table, look = sheet.theme.styles[TABLE], sheet.theme.styles[kind]
    usual, own = _rules(table), _rules(look)
    yield rule(f".{kind} > .table", differing(own, usual))
    if look.rule_start.width:
        yield rule(f".{kind} > .table tr > * + *", {f"border-{sheet.start}": border(look.rule_start)})
    if look.background:
        yield rule(f".{kind} > .table tr > *", {"background-color": look.background, "color": look.colour})
        yield rule(f".{kind} > .table tr > :first-child", {f"padding-{sheet.start}": sheet.length(apart, cell)})
        yield rule(f".{kind} > .table tr > :last-child", {f"padding-{sheet.end}": sheet.length(apart, cell)})


def _rules(look: Style) -> Declarations:
    return {"border-top": border(look.rule_above), "border-bottom": border(look.rule_below)}


def _figures(sheet: Sheet) -> Iterator[str]:
    """A caption stands as near to what it is of as it says, under a figure or above a table; the space round both is theirs."""
    caption = sheet.theme.styles["caption"]
    near = sheet.length(caption.space_before, caption)
    yield rule(".figure, .code-figure", _spaced(sheet, sheet.theme.styles[TABLE]))
    yield rule(".figure > .caption", {"margin-bottom": "0"})
    if not sheet.relative:  # the line that a figure beside the text stands in has no height
        yield rule(".beside > .figure", {"line-height": sheet.leading(sheet.body)})
    yield rule(".table > .caption, .code-figure > .caption", {"margin-top": "0", "margin-bottom": near, "text-align": "start"})
    yield rule(".code-figure > .code-block", {"margin-top": "0", "margin-bottom": "0"})
    yield rule(".caption-label, .keywords-label", {"font-weight": "700"})


def _spaced(sheet: Sheet, style: Style) -> Declarations:
    # these have letters of the body's size, and so have the ems of their spaces
    return {
        "margin-top": sheet.length(style.space_before, sheet.body),
        "margin-bottom": sheet.length(style.space_after, sheet.body),
    }


def footnote_rules(sheet: Sheet) -> Iterator[str]:
    """WeasyPrint 70 gives the blank space between the blocks of a footnote lines of its own: these get no height."""
    yield "div.footnote { line-height: 0; }"
    yield rule("div.footnote > *", {"line-height": sheet.leading(sheet.theme.styles["note"])})
    yield ".footnote::footnote-marker { display: block; height: 0; line-height: 0; }"

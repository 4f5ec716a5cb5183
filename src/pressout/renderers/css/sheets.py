"""Sheets: a theme as CSS for the printed page and for the e-book, from the one look that Word gets too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pressout.renderers.code_looks import code_rules
from pressout.renderers.css.blocks import block_rules, footnote_rules
from pressout.renderers.css.fonts import font_address, font_faces, upright
from pressout.renderers.css.night import night_rules
from pressout.renderers.css.page import page_rules
from pressout.renderers.css.styles import (
    PAGE_ROLES,
    PARTS,
    VARIANTS,
    Declarations,
    Sheet,
    bare,
    block_of,
    border,
    differing,
    letters_of,
    number,
    rule,
    selector,
)
from pressout.terms import direction as usual_direction
from pressout.theme.keys import BOX
from pressout.theme.looks import INLINE_ROLES, ROLES, TITLE_BLOCK, Rule, Style, Theme, framed

LISTS = ("list-bullet", "list-number")
# These stand inside blocks that have a look too, so they say all of their own instead of leaving the body's to be inherited.
INNER_ROLES = ("attribution", "callout-title", "details-summary", "credit", "table-head", "contents-1", "contents-2", "contents-3")
# The size of these is a share of what they stand in
CARRIERS = {"callout-title": "callout", "details-summary": "details", "credit": "caption"}
# A level of the contents stands inside the one above it
ABOVE = {"contents-2": "contents-1", "contents-3": "contents-2"}

# What a browser's own sheet says of an element must not come between the element and its role's look.
RESET = """\
h1, h2, h3, h4, h5, h6, th { font-size: inherit; font-weight: inherit; text-align: inherit; }
h1, h2, h3, h4, h5, h6, p, ul, ol, dl, dd, blockquote, figure, pre { margin: 0; padding: 0; }
pre, code { font-family: inherit; font-size: inherit; }
table { border-collapse: collapse; }
th, td { padding: 0; vertical-align: top; }"""


def print_sheet(theme: Theme, lang: str = "en", direction: str = "") -> str:
    """The sheet of the printed page; its fonts have addresses that `fonts.font_file` knows, and no folder of this machine."""
    sheet = Sheet(theme, lang, False, direction or usual_direction(lang), "inline-start", "inline-end")
    rules = (*page_rules(sheet), *_rules(sheet), *footnote_rules(sheet), _names(theme), theme.print_css)
    parts = (font_faces(theme, font_address), *rules)
    return "\n".join(filter(None, parts))


def _names(theme: Theme) -> str:
    """The theme's colours and measures by name, for its own print.css."""
    measures = {"line": theme.line, "inner": theme.page.inner, "outer": theme.page.outer}
    lengths = {f"--{name}": f"{number(points)}pt" for name, points in measures.items()}
    return rule("html", {**lengths, **{f"--{name}": colour for name, colour in theme.colours.items()}})


def epub_sheet(theme: Theme, lang: str = "en", direction: str = "") -> str:
    """The sheet of an e-book: everything in shares of the size that its reader chose, the theme's families named first."""
    direction = direction or usual_direction(lang)
    start, end = ("right", "left") if direction == "rtl" else ("left", "right")
    sheet = Sheet(theme, lang, True, direction, start, end)
    return "\n".join(filter(None, (*_rules(sheet), theme.epub_css, *night_rules(sheet))))


def _rules(sheet: Sheet) -> Iterator[str]:
    """The rules of all roles, then those of sections with a look of their own, which are more exact."""
    yield RESET
    yield from _body(sheet)
    yield from _faces(sheet)
    for role in ROLES:
        if role not in ("body", *PAGE_ROLES):
            yield _inline(sheet, role) if role in INLINE_ROLES else _role(sheet, role)
    yield from _title_block(sheet)
    for section, looks in sheet.theme.sections.items():
        for kind, style in looks.items():
            yield from _section_kind(sheet, section, kind, style)
    yield from block_rules(sheet)
    yield from (rule(*each) for each in code_rules(sheet.theme))
    if upright(sheet.lang) or sheet.theme.upright:
        yield "em { font-style: normal; font-weight: 700; }"


def _body(sheet: Sheet) -> Iterator[str]:
    """Letters are inherited from the body by all that says nothing else; space and indents are each paragraph's."""
    letters = dict(letters_of(sheet, sheet.body, sheet.body))
    if sheet.relative:
        # neither size nor colour: those are the reader's to choose, by night too
        del letters["font-size"], letters["color"]
    yield rule("body", {"margin": "0", **sheet.family(sheet.body.font), **letters})
    yield rule("p, .paragraph", _around_paragraphs(sheet))


def _faces(sheet: Sheet) -> Iterator[str]:
    """Each face said once, for all roles that have it."""
    for use in sheet.theme.fonts:
        roles = [role for role in ROLES if sheet.theme.styles[role].font == use and _names_face(sheet.theme, role)]
        yield rule(", ".join(selector(role) for role in roles if role not in PARTS), sheet.family(use))
        # What a reader does not know among several selectors makes it drop the whole rule
        yield from (rule(selector(role), sheet.family(use)) for role in roles if role in PARTS)


def _names_face(theme: Theme, role: str) -> bool:
    inherited = theme.styles[role].font == theme.styles["body"].font and role not in INNER_ROLES
    return not inherited and role not in ("body", *PAGE_ROLES)


def _role(sheet: Sheet, role: str) -> str:
    """The rule of a role, without what its element inherits or has from the role of which it is a variant."""
    style, body = sheet.theme.styles[role], sheet.body
    usual = sheet.theme.styles[VARIANTS.get(role, "body")]
    letters = letters_of(sheet, style, sheet.theme.styles[CARRIERS.get(role, "body")])
    inherited = letters_of(sheet, usual, body)
    letters = {name: value for name, value in letters.items() if inherited[name] != value or _said(sheet, role, name)}
    block = differing(_block(sheet, role, style), block_of(sheet, usual) if role in VARIANTS else _unsaid(sheet, style))
    return rule(selector(role), {**letters, **block, **_on_ground(style, usual)})


def _said(sheet: Sheet, role: str, name: str) -> bool:
    """Whether a role says what its element may have from the body too: not if a cell's own or the reader's comes first."""
    return role in INNER_ROLES and name != "text-align" and not (sheet.relative and name == "color")


def _block(sheet: Sheet, role: str, style: Style) -> Declarations:
    """What stands round a role, for the element that has it: a list's indent is room for its signs, a level's what it adds."""
    if role in ABOVE:
        return block_of(sheet, replace(style, indent=style.indent - sheet.theme.styles[ABOVE[role]].indent))
    if role == "table-head":
        return block_of(sheet, replace(style, rule_below=Rule()))  # the head has it as a whole
    if role not in LISTS:
        return block_of(sheet, style)
    block = {**block_of(sheet, style), "text-indent": "0"}
    return {**block, f"margin-{sheet.start}": "0", f"padding-{sheet.start}": block[f"margin-{sheet.start}"]}


def _title_block(sheet: Sheet) -> Iterator[str]:
    """The rules round the title block as a whole, where it has any; inside them its last line leaves no space."""
    style = sheet.theme.styles[TITLE_BLOCK]
    yield rule(f".{TITLE_BLOCK}", differing(block_of(sheet, style), block_of(sheet, bare(style))))
    if style.rule_below.width:
        yield rule(f".{TITLE_BLOCK} > :last-child", {"margin-bottom": "0"})


def _inline(sheet: Sheet, role: str) -> str:
    """Letters inside a line: their size is a share of the line's, whatever that is, and they have no space of their own."""
    style, relative = sheet.theme.styles[role], replace(sheet, relative=True)
    letters = differing(letters_of(relative, style, sheet.body), letters_of(relative, sheet.body, sheet.body))
    own = {name: value for name, value in letters.items() if name not in ("line-height", "text-align", "hyphens")}
    ground = {"background-color": style.background} if style.background else {}
    return rule(selector(role), {**own, **ground, **_frame(relative, style), **_on_ground(style, sheet.body)})


def _frame(sheet: Sheet, style: Style) -> Declarations:
    """The rules round letters inside a line, which Word draws on all four sides or none."""
    if not framed(style):
        return {}
    gap = sheet.length(style.rule_below.gap, style)
    return {"border": border(style.rule_below), "padding": f"0 {gap}", "border-radius": "0.2em"}


def _section_kind(sheet: Sheet, section: str, kind: str, style: Style) -> Iterator[str]:
    """What is different inside a section: the box as a whole, or a kind beside the look that it has elsewhere."""
    here = f"section.{section}"
    if kind == BOX:
        yield rule(here, {**differing(block_of(sheet, style), block_of(sheet, bare(style))), **_on_ground(style, sheet.body)})
        return
    usual = sheet.theme.styles[kind]
    letters = differing(letters_of(sheet, style, sheet.body), letters_of(sheet, usual, sheet.body))
    face = sheet.family(style.font) if style.font != usual.font else {}
    block = differing(_block(sheet, kind, style), _block(sheet, kind, usual))
    if kind == "body":
        yield rule(here, {**face, **letters})
        yield rule(f"{here} p", block)
    else:
        yield rule(f"{here} {selector(kind)}", {**face, **letters, **block, **_on_ground(style, usual)})


def _around_paragraphs(sheet: Sheet) -> Declarations:
    return differing(block_of(sheet, sheet.body), block_of(sheet, bare(sheet.body)))


def _unsaid(sheet: Sheet, style: Style) -> Declarations:
    """What need not be said round a style: what is so after RESET, but for what a paragraph that has its role would keep."""
    paragraphs = _around_paragraphs(sheet)
    return {name: value for name, value in block_of(sheet, bare(style)).items() if name not in paragraphs}


def _on_ground(style: Style, usual: Style) -> Declarations:
    """Letters on a ground of their own keep their own colour where a reader turns all others white."""
    return {"color": style.colour} if style.background and style.background != usual.background else {}

"""Sheets: a theme as CSS, in points for the page and in ems for the e-reader, from the one look that Word gets too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pressout.looks import INLINE_ROLES, ROLES, Rule, Style, Theme
from pressout.renderers.css_fonts import font_address, font_faces, joined, stack, upright
from pressout.terms import direction as usual_direction
from pressout.theme_keys import BOX

Declarations = Mapping[str, str]

PAGE_ROLES = ("running-head", "folio")  # in the margins of a page, where no element is
LISTS = ("list-bullet", "list-number")
# These stand inside blocks that have a look too, so they say all of their own instead of leaving the body's to be inherited.
INNER_ROLES = ("attribution", "callout-title", "credit", "table-head", "contents-1", "contents-2", "contents-3")
# Where the selector of a role is not simply its class
SELECTORS = {"abstract": "div.abstract", "link": "a", "note": ".note, .footnote", "note-mark": ".note-reference"}
# An element of these roles has the class of another too, whose look it changes
VARIANTS = {role: "callout" for role in ROLES if role.startswith("callout-") and role != "callout-title"}
# The size of these is a share of what they stand in
CARRIERS = {"callout-title": "callout", "credit": "caption"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the rules of one sheet share: `relative` lengths are ems, others points; `start` and `end` name the sides of a line."""

    theme: Theme
    lang: str
    relative: bool
    direction: str
    start: str
    end: str

    def size(self, style: Style, carrier: Style) -> str:
        return f"{_number(style.size / carrier.size)}em" if self.relative else f"{_number(style.size)}pt"

    def length(self, points: float, style: Style) -> str:
        """A length of a block of that style; its ems are of its own size."""
        if not points:
            return "0"
        return f"{_number(points / style.size)}em" if self.relative else f"{_number(points)}pt"

    def leading(self, style: Style) -> str:
        return _number(style.leading / style.size) if self.relative else f"{_number(style.leading)}pt"


def print_sheet(theme: Theme, lang: str = "en", direction: str = "") -> str:
    """The sheet of the printed page; its fonts have addresses that `css_fonts.font_file` knows, and no folder of this machine."""
    sheet = Sheet(theme, lang, False, direction or usual_direction(lang), "inline-start", "inline-end")
    rules = (*_page(sheet), RESET, *_rules(sheet), *_footnotes(sheet), *_language(sheet))
    parts = (font_faces(theme, font_address), *rules, theme.print_css)
    return "\n".join(filter(None, parts))


def epub_sheet(theme: Theme, lang: str = "en", direction: str = "") -> str:
    """The sheet of an e-book: everything in shares of the size that its reader chose, the theme's families named first."""
    direction = direction or usual_direction(lang)
    start, end = ("right", "left") if direction == "rtl" else ("left", "right")
    sheet = Sheet(theme, lang, True, direction, start, end)
    return "\n".join(filter(None, (RESET, *_rules(sheet), *_language(sheet), theme.epub_css)))


# What a browser's own sheet says of an element must not come between an element and its role's look.
RESET = """\
h1, h2, h3, h4, h5, h6, th { font-size: inherit; font-weight: inherit; text-align: inherit; }
h1, h2, h3, h4, h5, h6, p, ul, ol, dl, dd, blockquote, figure, pre { margin: 0; padding: 0; }
pre, code { font-family: inherit; font-size: inherit; }
table { border-collapse: collapse; }
th, td { padding: 0; vertical-align: top; }"""


# Rules


def _rules(sheet: Sheet) -> Iterator[str]:
    """The rules of all roles, then those of sections with a look of their own, which are fewer and more exact."""
    theme = sheet.theme
    yield from _body(sheet)
    for use, font in theme.fonts.items():
        selectors = [_selector(role) for role in ROLES if theme.styles[role].font == use and _names_font(theme, role)]
        yield _rule(", ".join(selectors), {"font-family": stack(font, sheet.lang)} if selectors else {})
    for role in ROLES:
        if role not in ("body", *PAGE_ROLES):
            yield from _role(sheet, role)
    for section, looks in theme.sections.items():
        yield from _section(sheet, section, looks)


def _names_font(theme: Theme, role: str) -> bool:
    return role not in ("body", *PAGE_ROLES) and (role in INNER_ROLES or theme.styles[role].font != theme.styles["body"].font)


def _body(sheet: Sheet) -> Iterator[str]:
    """Letters are inherited from the body by all that says nothing else; space and indents are each paragraph's."""
    body = sheet.theme.styles["body"]
    letters = dict(letters_of(sheet, body, body))
    if sheet.relative:
        # neither size nor colour: those are the reader's to choose, by night too
        del letters["font-size"], letters["color"]
    yield _rule("body", {"margin": "0", "font-family": stack(sheet.theme.fonts[body.font], sheet.lang), **letters})
    yield _rule("p, .paragraph", _around_paragraphs(sheet))


def _role(sheet: Sheet, role: str) -> Iterator[str]:
    style, body = sheet.theme.styles[role], sheet.theme.styles["body"]
    if role in INLINE_ROLES:
        yield _rule(_selector(role), _inline(sheet, style, body))
        return
    carrier = sheet.theme.styles[CARRIERS.get(role, "body")]
    usual = sheet.theme.styles[VARIANTS[role]] if role in VARIANTS else body
    letters = letters_of(sheet, style, carrier)
    if role not in INNER_ROLES:
        letters = _differing(letters, letters_of(sheet, usual, body))
    block = _differing(block_of(sheet, _nested(sheet, role)), block_of(sheet, usual) if role in VARIANTS else _unsaid(sheet, style))
    yield _rule(_selector(role), {**letters, **(_list_block(block, sheet) if role in LISTS else block), **_on_ground(style, usual)})
    if role in LISTS and not style.joined:
        yield _rule(f".{role} > li + li", {"margin-top": sheet.length(style.space_after, style)})


def _nested(sheet: Sheet, role: str) -> Style:
    """The style of a role; a level of the contents stands inside the one above it, and so is set in only by what is more."""
    style, above = sheet.theme.styles[role], {"contents-2": "contents-1", "contents-3": "contents-2"}.get(role)
    return replace(style, indent=style.indent - sheet.theme.styles[above].indent) if above else style


def _section(sheet: Sheet, section: str, looks: Mapping[str, Style]) -> Iterator[str]:
    """What is different inside a section: its box, then each kind, beside the look that the kind has elsewhere."""
    styles = sheet.theme.styles
    body = styles["body"]
    here = f"section.{section}"
    for kind, style in looks.items():
        if kind == BOX:
            block = _differing(block_of(sheet, style), block_of(sheet, _blank(style)))
            yield _rule(here, {**block, **_on_ground(style, body)})
            continue
        usual = styles[kind]
        letters = _differing(letters_of(sheet, style, body), letters_of(sheet, usual, body))
        if style.font != usual.font:
            letters = {"font-family": stack(sheet.theme.fonts[style.font], sheet.lang), **letters}
        block = _differing(block_of(sheet, style), block_of(sheet, usual))
        if kind == "body":
            yield _rule(here, letters)
            yield _rule(f"{here} p", block)
        else:
            block = _list_block(block, sheet) if kind in LISTS else block
            yield _rule(f"{here} {_selector(kind)}", {**letters, **block, **_on_ground(style, usual)})


def _selector(role: str) -> str:
    return SELECTORS.get(role, f".{role}")


def _around_paragraphs(sheet: Sheet) -> Declarations:
    body = sheet.theme.styles["body"]
    return _differing(block_of(sheet, body), block_of(sheet, _blank(body)))


def _unsaid(sheet: Sheet, style: Style) -> Declarations:
    """What need not be said round a style: what is so after RESET, but for what a paragraph that has its role would keep."""
    paragraphs = _around_paragraphs(sheet)
    return {name: value for name, value in block_of(sheet, _blank(style)).items() if name not in paragraphs}


def _blank(style: Style) -> Style:
    """A style with the same letters and nothing round them, as every element is after RESET."""
    return Style(size=style.size, leading=style.leading)


def _differing(declarations: Declarations, usual: Declarations) -> Declarations:
    return {name: value for name, value in declarations.items() if usual.get(name) != value}


def _rule(selector: str, declarations: Declarations) -> str:
    inside = " ".join(f"{name}: {value};" for name, value in declarations.items())
    return f"{selector} {{ {inside} }}" if inside else ""


def _footnotes(sheet: Sheet) -> Iterator[str]:
    """WeasyPrint 70 gives the blank space between the blocks of a footnote lines of its own: these get no height."""
    yield "div.footnote { line-height: 0; }"
    yield _rule("div.footnote > *", {"line-height": sheet.leading(sheet.theme.styles["note"])})


# Declarations


def letters_of(sheet: Sheet, style: Style, carrier: Style) -> Declarations:
    """The letters of a style, all of which an element inherits; their size is a share of the carrier's where it is relative."""
    return {
        "font-size": sheet.size(style, carrier),
        "line-height": sheet.leading(style),
        "font-weight": str(style.weight),
        "font-style": "italic" if style.italic and not upright(sheet.lang) else "normal",
        "font-variant-caps": "small-caps" if style.small_caps else "normal",
        "text-transform": "uppercase" if style.uppercase else "none",
        "letter-spacing": sheet.length(style.tracking, style) if style.tracking and not joined(sheet.lang) else "normal",
        "color": style.colour,
        "text-align": style.align,
        "hyphens": "auto" if style.hyphens else "manual",
    }


def block_of(sheet: Sheet, style: Style) -> Declarations:
    """What stands round the letters of a style: space, indents, ground, rules, and where pages may end."""
    start, end = sheet.start, sheet.end
    rules = {"top": style.rule_above, end: style.rule_end, "bottom": style.rule_below, start: style.rule_start}
    return {
        "margin-top": sheet.length(style.space_before, style),
        "margin-bottom": sheet.length(style.space_after, style),
        f"margin-{start}": sheet.length(style.indent, style),
        f"margin-{end}": sheet.length(style.outdent, style),
        "text-indent": sheet.length(style.first_line, style),
        "background-color": style.background or "transparent",
        **{f"border-{side}": _border(rule) for side, rule in rules.items()},
        **{f"padding-{side}": sheet.length(rule.gap if rule.width else style.padding, style) for side, rule in rules.items()},
        "break-before": "page" if style.page_break_before else "auto",
        "break-after": "avoid" if style.keep_with_next else "auto",
        "break-inside": "avoid" if style.keep_together else "auto",
    }


def _border(rule: Rule) -> str:
    # rules keep their points in an e-book too: a hairline of ems would come and go with the size of the letters
    return f"{_number(rule.width)}pt solid {rule.colour}" if rule.width else "none"


def _list_block(block: Declarations, sheet: Sheet) -> Declarations:
    """A list's indent is room for its markers, and what hangs out of it is the marker."""
    inside = {name: value for name, value in block.items() if name != "text-indent"}
    if f"margin-{sheet.start}" in inside:
        inside[f"padding-{sheet.start}"] = inside.pop(f"margin-{sheet.start}")
    return inside


def _on_ground(style: Style, usual: Style) -> Declarations:
    """Letters on a ground of their own keep their own colour where a reader turns all others white."""
    return {"color": style.colour} if style.background and style.background != usual.background else {}


def _inline(sheet: Sheet, style: Style, body: Style) -> Declarations:
    """Letters inside a line: their size is a share of the line's, whatever that is, and they have no space of their own."""
    relative = replace(sheet, relative=True)
    letters = _differing(letters_of(relative, style, body), letters_of(relative, body, body))
    ground = {"background-color": style.background} if style.background else {}
    own = {name: value for name, value in letters.items() if name not in ("line-height", "text-align", "hyphens")}
    return {**own, **ground, **_on_ground(style, body)}


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


# The page


def _page(sheet: Sheet) -> Iterator[str]:
    """The page with its margins, running head and folio; the first page has neither."""
    page = sheet.theme.page
    yield f"@page {{ size: {_number(page.width)}pt {_number(page.height)}pt; }}"
    for side in ("left", "right"):
        yield f"@page :{side} {{ {_margins(sheet, side)} {' '.join(_margin_boxes(sheet, side))} }}"
    yield "@page :first { @top-left { content: none } @top-right { content: none }"
    yield "  @bottom-left { content: none } @bottom-right { content: none } }"
    if page.columns > 1:
        yield f"main {{ columns: {page.columns}; column-gap: {_number(page.column_gap)}pt; }}"


def _margins(sheet: Sheet, side: str) -> str:
    page = sheet.theme.page
    # the back of a right page is at its left, whatever the direction; where pages are all alike the inner margin begins the line
    inner_is_left = (side == "right") if page.mirrored else sheet.direction == "ltr"
    left, right = (page.inner, page.outer) if inner_is_left else (page.outer, page.inner)
    return f"margin: {_number(page.top)}pt {_number(right)}pt {_number(page.bottom)}pt {_number(left)}pt;"


def _margin_boxes(sheet: Sheet, side: str) -> Iterator[str]:
    """Head and folio stand at the outer edge of the text, or where each line begins if pages are all alike."""
    page, styles = sheet.theme.page, sheet.theme.styles
    where = side if page.mirrored else ("left" if sheet.direction == "ltr" else "right")
    for wanted, edge, role, content in (
        (page.running_head, "top", "running-head", "string(running-head)"),
        (page.folios, "bottom", "folio", "counter(page)"),
    ):
        style = styles[role]
        letters = {**letters_of(sheet, style, style), "text-align": where, "vertical-align": "bottom" if edge == "top" else "top"}
        gap = {f"padding-{'bottom' if edge == 'top' else 'top'}": f"{_number(2 * sheet.theme.line)}pt"}
        box = {"content": content, "font-family": stack(sheet.theme.fonts[style.font], sheet.lang), **letters, **gap, **ONE_LINE}
        if wanted:
            yield _rule(f"@{edge}-{where}", box)


# A long title must not push the other boxes of its margin aside, nor run into a second line
ONE_LINE = {"width": "100%", "white-space": "nowrap", "overflow": "hidden", "text-overflow": "ellipsis"}


# Languages


def _language(sheet: Sheet) -> Iterator[str]:
    """What a script asks for: emphasis without slant, no space between letters that join."""
    if upright(sheet.lang):
        yield "em { font-style: normal; font-weight: 700; }"

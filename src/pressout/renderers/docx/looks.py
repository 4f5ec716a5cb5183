"""A theme's looks as Word's paragraphs take them: the roles that only Word has, and what a box does to what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pressout.renderers.column_widths import small_share
from pressout.renderers.docx.properties import end_inset, start_inset
from pressout.renderers.parts import DROP
from pressout.renderers.reading import ASIDE, DETAILS
from pressout.theme.looks import ROLES, TABLE, TITLE_BLOCK, Rule, Style, Theme

CALLOUTS = tuple(role for role in ROLES if role.startswith("callout-") and role != "callout-title")
BOXES = (*CALLOUTS, ASIDE, DETAILS)
QUOTES = ("quote", "pull-quote", "epigraph")
LISTS = ("list-bullet", "list-number")
CELLS = ("table-head", "table-cell")
SMALL_CELLS = tuple(f"{role}-small" for role in CELLS)

# What stands in the title block, in lines as wide as it is
TITLE_ROLES = ("logo", "series", "title", "subtitle", "standfirst", "authors", "date", "keywords")

# Roles that only Word has, and the role of the theme whose look each takes. An `inner` one is not the last of its kind in what
# holds it, or not the first; a `loose` one is an item's with blank lines between the items; an `even` one is for left-hand
# pages, a `turned` one for pages that are turned for a table; a `small` one is a wide table's.
WORD_ROLES: Mapping[str, str] = {
    **{f"{role}-inner": role for role in (*QUOTES, *LISTS, *BOXES)},
    **{f"{role}-loose": role for role in LISTS},
    **{f"{role}-even": role for role in ("running-head", "folio")},
    **{f"{role}-{side}": "caption" for role in ("figure", "caption") for side in ("center", "right")},
    "lead-in-body-text": "body",
    "list-continue": "list-bullet",
    "figure": "caption",
    "table-caption": "caption",
    "gap": "body",
    "title-drop": "body",
    "title-top-rule": "body",
    "title-end-rule": "body",
    "spacer": "body",
    "thematic-break": "body",
    "contents-entry": "contents-2",
    "endnote": "note",
    **dict(zip(SMALL_CELLS, CELLS, strict=True)),
    **{f"{role}-turned": "running-head" for role in ("running-head", "running-head-even")},
}
ON_DEMAND = ("-small", "-turned", "-rule")  # variants that few files need, and none has that does not
SPACER = 1.0  # points: the height of a paragraph that parts a table or a box from what follows
BREAK = 0.4  # of the text's width on either side of the rule of a thematic break
HAIRLINE = 0.5  # points
HANG = 1.2  # times the size of a line of a contents list, as far as what is turned over is set in, in print too

Drawn = str | tuple[Rule, ...]  # a ground's colour, else the rules round a block


def drawn_by(look: Style) -> Drawn:
    """The ground of a look, else its rules; nothing where it has neither."""
    rules = (look.rule_start, look.rule_end, look.rule_above, look.rule_below)
    return look.background or (rules if any(rule.width for rule in rules) else "")


def fitted(role: str, look: Style, theme: Theme) -> Style:
    """A role's look as its paragraphs in Word have it."""
    match role:
        case "table-cell" | "table-head":
            # The cell has the padding, the ground and the rules, not the paragraphs in it
            return replace(look, padding=0, background="", rule_start=Rule(), rule_end=Rule(), rule_above=Rule(), rule_below=Rule())
        case "verse":
            return replace(look, joined=True, keep_with_next=look.keep_together)  # each of its lines is a paragraph
        case "contents-entry":
            return _hanging(replace(look, indent=0))
        case "contents-1" | "contents-2" | "contents-3":
            return _hanging(look)
        case "lead-in-body-text":
            return replace(look, keep_with_next=True)
        case "list-continue":
            return replace(look, first_line=0, joined=False)
        case "table-caption":
            # Its space before is how near it stands to what it is of
            return replace(look, keep_with_next=True, space_before=around_tables(theme).space_before, space_after=look.space_before)
        case "figure":
            return replace(look, keep_with_next=True, space_before=around_tables(theme).space_before, space_after=0)
        case "spacer":
            return replace(look, size=1, leading=SPACER, space_after=around_tables(theme).space_after)
        case "gap":
            return replace(look, size=1, leading=SPACER, space_after=0)
        case "title-drop":
            return replace(look, size=1, leading=round(DROP * theme.page.height, 2), space_after=0, keep_with_next=True)
        case "title-top-rule" | "title-end-rule":
            return _title_rule(role, look, theme.style(TITLE_BLOCK))
        case _ if role in TITLE_ROLES:
            block = theme.style(TITLE_BLOCK)
            return replace(look, indent=look.indent + block.indent, outdent=look.outdent + block.outdent)
        case "thematic-break":
            return _break(look, theme)
        case "running-head" | "folio" if theme.page.mirrored:
            return replace(look, align="end")
        case _ if role in WORD_ROLES:
            return _varied(role, look, theme)
        case _:
            return look


def _varied(role: str, look: Style, theme: Theme) -> Style:
    base, _, variant = role.rpartition("-")
    match variant:
        case "even":
            return replace(look, align="start")
        case "center" | "right":
            return replace(fitted(base, look, theme), align="center" if variant == "center" else "end")
        case "turned":
            return fitted(base, look, theme)
        case "small":
            return fitted(base, small_type(look, theme), theme)
        case "loose":
            return replace(look, joined=False)
        case "inner" if base in QUOTES:
            # More of the quotation follows, or who said it
            return replace(look, space_before=0, space_after=theme.style("body").space_after, keep_with_next=True)
        case "inner" if base in LISTS:
            return replace(look, space_before=0, space_after=0)
        case "inner":
            return replace(look, space_before=0)
        case _:
            return look


def _hanging(look: Style) -> Style:
    """A line of a contents list, what is turned over set in as in print; a theme's own hanging stays."""
    hang = round(HANG * look.size, 2)
    return look if look.first_line < 0 else replace(look, indent=look.indent + hang, first_line=-hang)


def _title_rule(role: str, look: Style, block: Style) -> Style:
    """The rule above or below the title block, as the edge of a line of its own: the block's own lines differ in their indents."""
    line = replace(look, size=1, leading=SPACER, first_line=0, indent=block.indent, outdent=block.outdent)
    above, below = block.rule_above, block.rule_below
    if role == "title-top-rule":
        return replace(line, space_after=above.gap, rule_below=replace(above, gap=0), keep_with_next=True)
    return replace(line, space_before=below.gap, space_after=block.space_after, rule_above=replace(below, gap=0))


def small_type(look: Style, theme: Theme) -> Style:
    """The type of a table that is too wide for its page, in whole half points."""
    share = small_share(theme)
    return replace(look, size=round(2 * look.size * share) / 2, leading=round(2 * look.leading * share) / 2)


def _break(look: Style, theme: Theme) -> Style:
    """A short rule in the middle of the measure and of three lines."""
    side = (theme.page.width - theme.page.inner - theme.page.outer) * BREAK
    half = look.leading / 2
    rule = Rule(HAIRLINE, look.colour)
    after = look.space_after + half
    return replace(look, size=2, leading=half, indent=side, outdent=side, space_after=after, rule_below=rule)


def around_tables(theme: Theme) -> Style:
    """The look of tables as a whole: the space round them and round figures, and their rules."""
    return theme.styles.get(TABLE) or theme.style("body")


def inside_box(look: Style, box: Style) -> Style:
    """A look inside a box: the box's ground, its rules on the sides without one of its own, and text set in as far."""
    at_start, at_end = start_inset(look) > 0, end_inset(look) > 0
    return replace(
        look,
        background=look.background or box.background,
        padding=look.padding if look.background else box.padding,
        indent=look.indent + box.indent + (start_inset(box) if at_start else 0),
        outdent=look.outdent + box.outdent + (end_inset(box) if at_end else 0),
        rule_start=look.rule_start if at_start else box.rule_start,
        rule_end=look.rule_end if at_end else box.rule_end,
        rule_above=look.rule_above if look.rule_above.width else box.rule_above,
        rule_below=look.rule_below if look.rule_below.width else box.rule_below,
    )

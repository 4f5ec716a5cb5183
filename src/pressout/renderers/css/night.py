"""Night in sheets: an e-book's colours where its reader has asked for light letters on a dark ground."""

from __future__ import annotations

from collections.abc import Iterator

from pressout.colours import NIGHT, by_night, contrast, ground_by_night
from pressout.renderers.code_looks import code_rules_by_night
from pressout.renderers.css.styles import PAGE_ROLES, VARIANTS, Sheet, rule, selector
from pressout.theme.keys import BOX
from pressout.theme.looks import ROLES, SPECIAL_TABLES, TABLE, TITLE_BLOCK, Style


def night_rules(sheet: Sheet) -> Iterator[str]:
    """The dark likeness of every colour that the sheet has set by day; what has none of its own is left to the reader."""
    rules = list(filter(None, _rules(sheet)))
    if rules:
        yield "@media (prefers-color-scheme: dark) {"
        # page, text and links are then the program's own for the dark, where it has not dressed them itself
        yield "  html { color-scheme: dark; }"
        yield from (f"  {line}" for line in rules)
        yield "}"


def _rules(sheet: Sheet) -> Iterator[str]:
    theme, ground = sheet.theme, _lightest(sheet)
    for role in ROLES:
        if role not in PAGE_ROLES:
            yield _rule(selector(role), theme.styles[role], theme.styles[VARIANTS.get(role, "body")], ground)
    yield _lines(".table", theme.styles[TABLE], ground)
    for kind in SPECIAL_TABLES:
        look, columns = theme.styles[kind], f".{kind} > .table tr > * + *"
        yield _rule(f".{kind} > .table tr > *", look, sheet.body, ground)
        yield _lines(f".{kind} > .table", look, ground)
        if look.rule_start.width:
            yield rule(columns, {f"border-{sheet.start}-color": by_night(look.rule_start.colour, ground)})
    yield _lines(f".{TITLE_BLOCK}", theme.styles[TITLE_BLOCK], ground)
    yield _lines(".table-head", theme.styles["table-head"], ground)
    yield from (rule(*each) for each in code_rules_by_night(theme))
    for section, looks in theme.sections.items():
        for kind, style in looks.items():
            here = f"section.{section}" if kind == BOX else f"section.{section} {selector(kind)}"
            yield _rule(here, style, sheet.body if kind == BOX else theme.styles[kind], ground)


def _rule(where: str, style: Style, usual: Style, ground: str) -> str:
    colours: dict[str, str] = {}
    if style.background and style.background != usual.background:
        colours["background-color"] = ground_by_night(style.background)
    if colours or style.colour != usual.colour:
        colours["color"] = by_night(style.colour, ground)
    return rule(where, colours)


def _lines(where: str, style: Style, ground: str) -> str:
    """The rules above and below a table or its head: black by day, they would vanish by night."""
    sides = {"top": style.rule_above, "bottom": style.rule_below}
    return rule(where, {f"border-{side}-color": by_night(line.colour, ground) for side, line in sides.items() if line.width})


def _lightest(sheet: Sheet) -> str:
    """The lightest of the dark grounds: letters that stand out from it stand out from all."""
    looks = [sheet.theme.styles, *sheet.theme.sections.values()]
    grounds = {ground_by_night(style.background) for look in looks for style in look.values() if style.background}
    return max({NIGHT, *grounds}, key=lambda ground: contrast(ground, "#000000"))

"""A theme's look in Word's terms: the properties of a run and of a paragraph, in whole half points, twips and eighths."""

from __future__ import annotations

from collections.abc import Mapping

from pressout.renderers.css.fonts import joined, upright
from pressout.renderers.docx.fonts import Typefaces
from pressout.renderers.docx.xml import Element, add, twips
from pressout.theme.keys import WIDEST_GAP
from pressout.theme.looks import Rule, Style

# An element's path below w:rPr or w:pPr -> its attributes, in the order of Word's schema. Every property is always there, so
# that a style is what differs from the one it is based on.
Properties = Mapping[str, Mapping[str, str]]

RUN_ORDER = (
    "w:rFonts",
    "w:b",
    "w:bCs",
    "w:i",
    "w:iCs",
    "w:caps",
    "w:smallCaps",
    "w:strike",
    "w:noProof",
    "w:color",
    "w:spacing",
    "w:sz",
    "w:szCs",
    "w:u",
    "w:bdr",
    "w:shd",
    "w:vertAlign",
)

BOLD = 600  # from this weight on Word's bold is nearer than its regular
TIGHT = 1.3  # of the size: less leading than most faces' own line asks, so that only an exact line keeps it
EDGE = "4"  # eighths of a point: the border that carries the padding of a ground without rules
ALIGNMENTS = {"start": "left", "center": "center", "end": "right", "justify": "both"}


def run_properties(look: Style, typefaces: Typefaces) -> Properties:
    """The letters of a look, without the slant or the space between letters that the language's script can't have."""
    half_points = str(round(look.size * 2))
    italic = look.italic and not upright(typefaces.lang)
    tracking = 0.0 if joined(typefaces.lang) else look.tracking
    return {
        "w:rFonts": typefaces.names(look.font),
        "w:b": _switch(look.weight >= BOLD),
        "w:bCs": _switch(look.weight >= BOLD),
        "w:i": _switch(italic),
        "w:iCs": _switch(italic),
        "w:caps": _switch(look.uppercase),
        "w:smallCaps": _switch(look.small_caps),
        "w:color": {"val": look.colour.removeprefix("#").upper()},
        "w:spacing": {"val": twips(tracking)},
        "w:sz": {"val": half_points},
        "w:szCs": {"val": half_points},
    }


def paragraph_properties(look: Style, rtl: bool, tall: bool = False) -> Properties:
    """The paragraph of a look. Word's left and right indents follow the direction of the text, its borders do not.

    `tall` scripts need more than Latin's line: their lines are never cut.
    """
    borders = {"w:pBdr/" + side: _border(rule, look) for side, rule in edges(look, rtl).items()}
    return {
        "w:keepNext": _switch(look.keep_with_next),
        "w:keepLines": _switch(look.keep_together),
        "w:pageBreakBefore": _switch(look.page_break_before),
        **borders,
        "w:shd": ground(look.background),
        "w:suppressAutoHyphens": _switch(not look.hyphens),
        "w:spacing": _spacing(look, tall),
        "w:ind": indents(look),
        "w:contextualSpacing": _switch(look.joined),
        "w:jc": {"val": ALIGNMENTS[look.align]},
    }


def _switch(on: bool) -> Mapping[str, str]:
    return {} if on else {"val": "0"}


def edges(look: Style, rtl: bool) -> Mapping[str, Rule]:
    """The rules of a look by the side of the page, in the order of Word's schema."""
    start, end = ("w:right", "w:left") if rtl else ("w:left", "w:right")
    sides = {"w:top": look.rule_above, "w:bottom": look.rule_below, start: look.rule_start, end: look.rule_end}
    return {side: sides[side] for side in ("w:top", "w:left", "w:bottom", "w:right")}


def _border(rule: Rule, look: Style) -> Mapping[str, str]:
    """A rule; where there is none, an edge in the colour of the ground, because Word knows no other padding."""
    if rule.width:
        return rule_attributes(rule)
    if look.background and look.padding:
        colour = look.background.removeprefix("#").upper()
        return {"val": "single", "sz": EDGE, "space": str(min(round(WIDEST_GAP), round(look.padding))), "color": colour}
    return {"val": "nil"}


def rule_attributes(rule: Rule) -> Mapping[str, str]:
    """A rule as the attributes of a border: eighths of a point, whole points of gap (ECMA-376 part 1, 17.3.4)."""
    return {
        "val": "single",
        "sz": str(max(2, round(rule.width * 8))),
        "space": str(min(round(WIDEST_GAP), round(rule.gap))),
        "color": rule.colour.removeprefix("#").upper(),
    }


def inset(rule: Rule, look: Style) -> float:
    """How far, in points, a rule or the padding of a ground keeps the text from its edge."""
    if rule.width:
        return rule.width + rule.gap
    return look.padding if look.background else 0


def start_inset(look: Style) -> float:
    """Points from the text to the outer edge of its rule or ground at the line's start."""
    return inset(look.rule_start, look)


def end_inset(look: Style) -> float:
    """Points from the text to the outer edge of its rule or ground at the line's end."""
    return inset(look.rule_end, look)


def indents(look: Style) -> Mapping[str, str]:
    """The indents of the text itself: Word draws a border outside of them."""
    first = {"firstLine": twips(look.first_line)} if look.first_line >= 0 else {"hanging": twips(-look.first_line)}
    return {"left": twips(look.indent + start_inset(look)), "right": twips(look.outdent + end_inset(look)), **first}


def ground(colour: str) -> Mapping[str, str]:
    """A ground as the attributes of `w:shd`; no colour is `auto`."""
    return {"val": "clear", "color": "auto", "fill": colour.removeprefix("#").upper() or "auto"}


def _spacing(look: Style, tall: bool) -> Mapping[str, str]:
    """Leading that is at least so much, lest a picture or a taller script be cut; exact where the face would force it open."""
    exact = look.leading < look.size * TIGHT and not tall
    return {
        "before": twips(look.space_before),
        "after": twips(look.space_after),
        "line": twips(look.leading),
        "lineRule": "exact" if exact else "atLeast",
    }


def difference(own: Properties, base: Properties) -> Properties:
    """The properties in which a style departs from the one it is based on."""
    return {path: values for path, values in own.items() if values != base.get(path)}


def write_properties(parent: Element, properties: Properties) -> None:
    """The properties as elements; those on a path such as `w:pBdr/w:top` share their outer element."""
    outer: dict[str, Element] = {}
    for path, values in properties.items():
        group, _, name = path.rpartition("/")
        if group and group not in outer:
            outer[group] = add(parent, group)
        add(outer.get(group, parent), name, **values)

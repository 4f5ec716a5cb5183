"""Styles in sheets: the declarations that a theme's style stands for, in points for the page and in ems for the e-reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pressout.renderers.css.fonts import joined, stack, upright
from pressout.theme.looks import ROLES, Rule, Style, Theme

Declarations = Mapping[str, str]

PAGE_ROLES = ("running-head", "folio")  # in the margins of a page, where no element is
# Where the selector of a role is not simply its class
SELECTORS = {
    "abstract": "div.abstract",
    "link": "a",
    "note": ".note, .footnote",
    "note-mark": ".note-reference",
    "step-number": ".steps > li::marker",
}
PARTS = ("step-number",)  # what dresses a part of an element, which not every e-reader knows
# An element of these roles has the class of another too, whose look it changes
VARIANTS = {role: "callout" for role in ROLES if role.startswith("callout-") and role != "callout-title"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the rules of one sheet share: `relative` lengths are ems, others points; `start` and `end` name the sides of a line."""

    theme: Theme
    lang: str
    relative: bool
    direction: str
    start: str
    end: str

    @property
    def body(self) -> Style:
        return self.theme.styles["body"]

    def size(self, style: Style, carrier: Style) -> str:
        """The size of a style's letters, as a share of what carries them where sizes are relative."""
        return f"{number(style.size / carrier.size)}em" if self.relative else f"{number(style.size)}pt"

    def length(self, points: float, style: Style) -> str:
        """A length of a block of that style; its ems are of its own size."""
        if not points:
            return "0"
        return f"{number(points / style.size)}em" if self.relative else f"{number(points)}pt"

    def inset(self, points: float) -> float:
        """An indent; what hangs out into the margin of a page has no room to do so on a screen."""
        return max(points, 0) if self.relative else points

    def leading(self, style: Style) -> str:
        return number(style.leading / style.size) if self.relative else f"{number(style.leading)}pt"

    def family(self, use: str) -> Declarations:
        return {"font-family": stack(self.theme.fonts[use], self.lang)}


def letters_of(sheet: Sheet, style: Style, carrier: Style) -> Declarations:
    """The letters of a style but for their face, all of which an element inherits."""
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
        f"margin-{start}": sheet.length(sheet.inset(style.indent), style),
        f"margin-{end}": sheet.length(sheet.inset(style.outdent), style),
        "text-indent": sheet.length(style.first_line, style),
        "background-color": style.background or "transparent",
        **{f"border-{side}": border(rule) for side, rule in rules.items()},
        **{f"padding-{side}": sheet.length(rule.gap if rule.width else style.padding, style) for side, rule in rules.items()},
        "break-before": "page" if style.page_break_before else "auto",
        "break-after": "avoid" if style.keep_with_next else "auto",
        "break-inside": "avoid" if style.keep_together else "auto",
    }


def border(line: Rule) -> str:
    """The value of a `border` property, in points."""
    # rules keep their points in an e-book too: a hairline of ems would come and go with the size of the letters
    return f"{number(line.width)}pt solid {line.colour}" if line.width else "none"


def bare(style: Style) -> Style:
    """A style of the same size with nothing round it."""
    return Style(size=style.size, leading=style.leading)


def differing(declarations: Declarations, usual: Declarations) -> Declarations:
    """The declarations whose values are not the usual ones."""
    return {name: value for name, value in declarations.items() if usual.get(name) != value}


def selector(role: str) -> str:
    """What selects a role's elements: a tag where the role has one of its own, else a class."""
    return SELECTORS.get(role, f".{role}")


def rule(where: str, declarations: Declarations) -> str:
    """A rule of a sheet, nothing where it says nothing."""
    inside = " ".join(f"{name}: {value};" for name, value in declarations.items())
    return f"{where} {{ {inside} }}" if inside and where else ""


def number(value: float) -> str:
    """A number of at most four decimals, without zeros at its end."""
    return f"{value:.4f}".rstrip("0").rstrip(".")

"""Variants: any theme made easier to read, in large print or for readers with dyslexia."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pressout.theme.looks import PageLayout, Rule, Style, Theme

LARGE_PRINT = 16.0  # points; the least that the Clear Print guidelines of the RNIB call large print
LEAST_LARGE = 14.0  # points, for notes and captions
LARGE_MARGIN = 0.11  # of the page's width: large letters need the room
EASY_SIZE = 12.0  # points; the British Dyslexia Association's style guide asks for 12 to 14
EASY_LEADING = 1.5  # of the size, from the same guide
EASY_TRACKING = 0.03  # of the size
SPREAD_WORDS = "p, li, dd, td, th, .paragraph { word-spacing: 0.12em; }\n"


def varied(theme: Theme, name: str) -> Theme:
    """The theme in a variant, one of VARIANTS."""
    return VARIANTS[name](theme)


def _large_print(theme: Theme) -> Theme:
    """Everything larger by one factor, the largest things by less; wider lines, and no word parted."""
    body = theme.styles["body"]
    factor = max(1.0, LARGE_PRINT / body.size)

    def larger(style: Style) -> Style:
        beyond = max(1.0, style.size / (2 * body.size))
        size = _half_points(max(LEAST_LARGE, style.size * factor / beyond**0.5))
        return _plainer(_scaled(style, factor), size)

    side = min(theme.page.inner, LARGE_MARGIN * theme.page.width), min(theme.page.outer, LARGE_MARGIN * theme.page.width)
    page = replace(theme.page, inner=side[0], outer=side[1], columns=1, heads="above")
    hanging = page.outer / theme.page.outer / factor if theme.page.outer else 1.0
    looks = _restyled(theme, larger, hanging)
    line = _points(theme.line * factor)
    return replace(looks, line=line, page=_whole_lines(page, line), least=LEAST_LARGE)


def _dyslexia(theme: Theme) -> Theme:
    """The companion face for the text too, its letters apart; no italics nor capitals, no line justified, no word parted."""
    body = theme.styles["body"]
    factor = max(1.0, EASY_SIZE / body.size)
    line = max(theme.line * factor, body.size * factor * EASY_LEADING)

    def easier(style: Style) -> Style:
        size = _half_points(style.size * factor)
        wide = style.tracking if style.font == "mono" else max(style.tracking * factor, size * EASY_TRACKING)
        weight = max(style.weight, 600) if style.italic and style.weight < 600 else style.weight
        spread = replace(_plainer(_scaled(style, line / theme.line), size), tracking=_points(wide))
        return replace(spread, italic=False, small_caps=False, uppercase=False, weight=700 if weight == 600 else weight)

    fonts = {**theme.fonts, "text": theme.fonts["display"]}
    looks = _restyled(theme, easier, 1.0 / (line / theme.line))
    page = _whole_lines(replace(theme.page, heads="above"), _points(line))
    spread = replace(looks, print_css=theme.print_css + SPREAD_WORDS, epub_css=theme.epub_css + SPREAD_WORDS)
    return replace(spread, fonts=fonts, line=_points(line), page=page, upright=True)


VARIANTS: Mapping[str, Callable[[Theme], Theme]] = {"large-print": _large_print, "dyslexia": _dyslexia}


def _restyled(theme: Theme, change: Callable[[Style], Style], hanging: float) -> Theme:
    """Every look changed; what hangs out into the margin does so by a share of what it did, because that is narrower."""

    def changed(style: Style) -> Style:
        new = change(style)
        return replace(new, outdent=_points(new.outdent * hanging)) if new.outdent < 0 else new

    styles = {role: changed(style) for role, style in theme.styles.items()}
    sections = {section: {kind: changed(style) for kind, style in looks.items()} for section, looks in theme.sections.items()}
    return replace(theme, styles=styles, sections=sections)


def _scaled(style: Style, factor: float) -> Style:
    """All lengths of a look by one factor, so that whole lines stay whole; its size is the caller's to set."""

    def gap(rule: Rule) -> Rule:
        return replace(rule, gap=_points(rule.gap * factor))

    return replace(
        style,
        leading=_points(style.leading * factor),
        tracking=_points(style.tracking * factor),
        indent=_points(style.indent * factor),
        outdent=_points(style.outdent * factor),
        first_line=_points(style.first_line * factor),
        space_before=_points(style.space_before * factor),
        space_after=_points(style.space_after * factor),
        padding=_points(style.padding * factor),
        rule_start=gap(style.rule_start),
        rule_end=gap(style.rule_end),
        rule_above=gap(style.rule_above),
        rule_below=gap(style.rule_below),
    )


def _plainer(style: Style, size: float) -> Style:
    """A look at a size, ragged and with whole words; its lines never closer than the letters are tall."""
    align = "start" if style.align == "justify" else style.align
    return replace(style, size=size, align=align, hyphens=False, leading=max(style.leading, _points(size * 1.1)))


def _whole_lines(page: PageLayout, line: float) -> PageLayout:
    lines = int((page.height - page.top - page.bottom) // line)
    return replace(page, bottom=_points(page.height - page.top - lines * line))


def _half_points(size: float) -> float:
    return int(size * 2 + 0.5) / 2


def _points(length: float) -> float:
    return round(length, 2)

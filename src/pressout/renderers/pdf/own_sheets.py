"""A theme's own sheets: where in them stands what the layout of a page stumbles over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate

import tinycss2

from pressout.diagnostics import PressoutError, Span
from pressout.edition import Edition
from pressout.model import Document
from pressout.renderers.pdf.page import as_style, page_html
from pressout.theme import Theme


def place_on_page(document: Document, theme: Theme, line: int, column: int) -> Span | None:
    """The place in a sheet of the theme of what stands here in the style of the page; None where pressout wrote that itself."""
    page = page_html(document, theme, Edition(), contents=False)
    style = page.partition("<style>")[2].partition("</style>")[0]
    own = as_style(theme.print_css)
    start = _offset(style, line, column) - style.rindex(own)
    # what may end a style is escaped in it by a sign of its own
    return _place(theme, start - own.count("<\\/", 0, start)) if start >= 0 else None


def place_of(theme: Theme, words: str) -> Span | None:
    """Where these words stand first in the sheets of a theme."""
    start = theme.print_css.find(words) if words else -1
    return _place(theme, start) if start >= 0 else None


def _place(theme: Theme, offset: int) -> Span | None:
    """The file, line and column of a place in all sheets of a theme, one after the other."""
    ends = accumulate(len(text) for text in theme.print_sheets.values())
    for (name, text), end in zip(theme.print_sheets.items(), ends, strict=True):
        start = offset - end + len(text)
        if offset < end:
            return Span(name, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start), start, start)
    return None


def refuse_faulty_rule(error: Exception, theme: Theme, draw: Callable[[Theme], object]) -> None:
    """Raises PressoutError where it is a rule in a sheet of the theme that no page can be laid out with.

    `draw` is tried with the rules up to one of them, until that is found with which it begins to fail.
    """
    cuts = [0, *_ends(theme), len(theme.print_css)]
    if _fails(theme, 0, draw):
        return
    low, high = 0, len(cuts) - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _fails(theme, cuts[middle], draw) else (middle, high)
    words = f"no page can be laid out with this rule: WeasyPrint stops at it ({type(error).__name__})"
    raise PressoutError(words, _place(theme, cuts[low]), hint="leave it out, or write it otherwise") from error


def _ends(theme: Theme) -> Iterator[int]:
    """Where each rule of the theme's sheets ends and the next one begins."""
    for rule in tinycss2.parse_stylesheet(theme.print_css, skip_comments=True, skip_whitespace=True):
        start = _offset(theme.print_css, rule.source_line, rule.source_column)
        if start:
            yield start


def _offset(sheet: str, line: int, column: int) -> int:
    return sum(len(each) + 1 for each in sheet.split("\n")[: line - 1]) + column - 1


def _fails(theme: Theme, end: int, draw: Callable[[Theme], object]) -> bool:
    try:
        draw(replace(theme, print_css=theme.print_css[:end]))
    except Exception:
        return True
    return False

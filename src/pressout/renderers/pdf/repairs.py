"""Repairs: what WeasyPrint 70.0 gets wrong in a line, mended from outside; its version is pinned, and a test shows each fault."""

from __future__ import annotations

from functools import partial
from typing import Any

import weasyprint.pdf.fonts
from fontTools.ttLib import TTFont
from weasyprint.layout import inline
from weasyprint.text.line_break import split_first_line

Split = tuple[
    Any, int, int | None, float, float, float
]  # layout, bytes in the line, where the next resumes, width, height, baseline


def repair_fonts() -> None:
    """Keep the times in embedded fonts: those of pictures, such as emoji, would be stamped with the clock."""
    weasyprint.pdf.fonts.TTFont = partial(TTFont, recalcTimestamp=False)


def repair_lines() -> None:
    """Let text that fills its line but for its last space stay whole: WeasyPrint ends the line after the first word of it.

    `split_first_line` counts the last space, so that the text seems too long, and then looks for a break from its start.
    It is seen where emphasis, code or a link follows: one line in some hundreds ends after a word or two.
    """
    inline.split_first_line = _split_first_line


def _split_first_line(text: str, style: Any, context: Any, max_width: float | None, *more: Any, **others: Any) -> Split:
    def split(text: str, width: float | None) -> Split:
        result: Split = split_first_line(text, style, context, width, *more, **others)
        return result

    usual = split(text, max_width)
    if usual[2] is None or max_width is None or not text.endswith(" ") or style["white_space"] != "normal":
        return usual
    several_words = b" " in text.encode()[: usual[1]].strip()
    if several_words or split(text.rstrip(" "), None)[3] > max_width:
        return usual
    return split(text, None)

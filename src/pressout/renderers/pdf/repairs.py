"""Repairs: what WeasyPrint 70.0 gets wrong, mended from outside; its version is pinned, and a test shows each fault."""

from __future__ import annotations

from functools import partial
from typing import Any

import weasyprint.pdf.fonts
from fontTools.ttLib import TTFont
from weasyprint.layout import block, inline
from weasyprint.layout.block import _linebox_layout
from weasyprint.layout.inline import split_text_box
from weasyprint.text.line_break import split_first_line, strut

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


def even_lines() -> None:
    """Let a line whose letters come from a fallback face be as high as the others, and stand as they do.

    `split_text_box` centres the letters of whatever face in the line's height, while the line itself is placed by the first face,
    so that lines of Chinese, Japanese, Arabic or Hindi grow. Browsers place all letters by the first face (CSS Inline 3, 5.1).
    """
    inline.split_text_box = _split_text_box


def _split_text_box(*arguments: Any, **others: Any) -> tuple[Any, int | None, Any]:
    box, resume_at, line_break = split_text_box(*arguments, **others)
    if box is not None and box.style["line_height"] != "normal":
        height, baseline = strut(box.style)
        box.margin_top += baseline - box.baseline
        box.margin_bottom = height - box.height - box.margin_top
        box.baseline = baseline
    return box, resume_at, line_break


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


def repair_notes() -> None:
    """Keep notes on the page of their marks where another paragraph asks for their room.

    WeasyPrint puts off any note of the page to the next one, so that a line at the page's foot fits that can't stand alone.
    """
    block._linebox_layout = _lines_of_a_paragraph


def _lines_of_a_paragraph(context: Any, *more: Any) -> Any:
    page_is_empty = more[4]
    crowded = context.current_page_footnotes and not page_is_empty
    return _linebox_layout(_OwnNotes(context) if crowded else context, *more)


class _OwnNotes:
    """The context of a layout, but for the notes that other paragraphs have put on the page."""

    def __init__(self, context: Any) -> None:
        object.__setattr__(self, "context", context)
        object.__setattr__(self, "others", set(map(id, context.current_page_footnotes)))

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.context, name)
        return [note for note in found if id(note) not in self.others] if name == "current_page_footnotes" else found

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self.context, name, value)

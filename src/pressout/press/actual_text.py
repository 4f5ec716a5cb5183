"""Which printed pieces must say their text besides, since the glyphs do not give it back."""

from __future__ import annotations

import re

# Scripts whose glyphs stand in another order than their letters, or for several of them (Unicode 15, chapters 12, 13 and 16)
REORDERED = re.compile("[\u0900-\u0dff\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1a20-\u1aaf]")
LINE_END_HYPHEN = "\u2010"
SOFT_HYPHEN = "\u00ad"


def actual_text(text: str) -> str:
    """What is to be read for a piece of printed text; nothing where its glyphs say it.

    A hyphen that a line end made is a soft hyphen to those who listen (ISO 32000-1, 14.8.2.2.3).
    """
    if text.endswith(LINE_END_HYPHEN):
        return text[:-1] + SOFT_HYPHEN
    return text if REORDERED.search(text) else ""

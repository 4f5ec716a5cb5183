"""Long boxes and short code: which of the blocks that a page may not part would leave half a page white, and which would not."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

from pressout.renderers.length import LETTER
from pressout.theme import Theme
from pressout.theme.keys import BOX

LONG = 0.4  # of a page's depth; a box that is deeper, moved to the next page, could leave as much of this one empty
BOXES = ("section", "aside", "div")
LINES = ("p", "li", "dt", "dd", "tr", "h2", "h3", "h4", "h5", "h6")
PICTURES = ("img", "embed")
PICTURE = 10  # lines; a guess
CODE = 12  # lines; code as short as that is read as one thing, and leaves no more than a fifth of a page empty
FOLDED = 60  # characters; about as many of a line of code stand in one of the page


def loosen_boxes(root: Any, theme: Theme) -> None:
    """Let pages end inside the long ones among the sections and callouts that are kept whole; the page is changed."""
    depth = LONG * (theme.page.height - theme.page.top - theme.page.bottom)
    for element in root.iter():
        if element.tag in BOXES and _is_kept(element, theme) and _depth(element, theme) > depth:
            element.set("style", "break-inside: auto")


def keep_code(root: Any) -> None:
    """Let no page end inside short code; the page is changed."""
    for code in root.iter("pre"):
        lines = "".join(code.itertext()).splitlines()
        if sum(max(1, ceil(len(line) / FOLDED)) for line in lines) <= CODE:
            code.set("style", f"break-inside: avoid; {code.get('style', '')}")


def _is_kept(element: Any, theme: Theme) -> bool:
    role, *others = (element.get("class") or "").split() or [""]
    if element.tag == "section":
        box = theme.sections.get(role, {}).get(BOX)
        return bool(box and box.keep_together)
    return role == "callout" and any(theme.style(other).keep_together for other in others if other.startswith("callout-"))


def _depth(element: Any, theme: Theme) -> float:
    """About how deep an element's lines reach, in points, with a third of a line between the blocks."""
    body, page = theme.style("body"), theme.page
    width = (page.width - page.inner - page.outer - page.column_gap * (page.columns - 1)) / page.columns
    lines = sum(ceil(letters * LETTER * body.size / width) + 1 / 3 for letters in _lengths(element))
    pictures = PICTURE * sum(inside.tag in PICTURES for inside in element.iter())
    return (lines + pictures) * body.leading


def _lengths(element: Any) -> Iterator[int]:
    """How many letters each line or paragraph of an element has; a list inside an item counts by itself."""
    for block in element.iter():
        if block.tag in LINES and not any(child.tag in LINES for child in block):
            yield len("".join(block.itertext()).strip())
    for code in element.iter("pre"):
        yield from (len(line) for line in "".join(code.itertext()).splitlines())

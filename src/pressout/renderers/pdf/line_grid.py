"""The grid of lines: what is no text takes the room of whole lines, so that the lines after it meet those of the facing page."""

from __future__ import annotations

from typing import Any

from weasyprint.css import AnonymousStyle
from weasyprint.formatting_structure.boxes import TableBox
from weasyprint.layout import block
from weasyprint.layout.block import block_level_layout

STEP = "data-step"  # on an element: its height is a multiple of so many pixels, as block-step-size of CSS Rhythmic Sizing has it
FLOWS = ("body", "main", "section")
NEAR = 0.05  # pixels; heights so near to a step are on it
TEXT = ("p", "ul", "ol", "dl")
SLIGHT = 0.15  # of a step: what a high letter adds to a line of text; a line more for it would be seen as a gap
POINT = 4 / 3  # pixels
SIDES = ("top", "bottom")


def keep_grid() -> None:
    """Teach WeasyPrint 70.0, which has no grid and no steps, the steps of blocks."""
    block.block_level_layout = _stepped


def step_blocks(root: Any, line: float) -> None:
    """Give each block that stands among the text the step of a line, in points; the page is changed."""
    for flow in root.iter():
        if flow.tag in FLOWS:
            for child in flow:
                child.set(STEP, f"{line * POINT:.4f}")


def _stepped(context: Any, box: Any, bottom_space: float, *more: Any, **others: Any) -> Any:
    result = block_level_layout(context, box, bottom_space, *more, **others)
    laid_out, resume_at = result[:2]
    if laid_out is not None and resume_at is None and _has_step(laid_out):
        _grow(laid_out, float(box.element.get(STEP)), context.page_bottom - bottom_space)
    return result


def _has_step(box: Any) -> bool:
    """A section without a ground or rules of its own is as high as what stands in it."""
    of_element = box.element is not None and "::" not in (box.element_tag or "") and not isinstance(box.style, AnonymousStyle)
    if not of_element or isinstance(box, TableBox) or not box.is_in_normal_flow() or not box.element.get(STEP):
        return False
    return box.element_tag not in FLOWS or _is_framed(box)


def _is_framed(box: Any) -> bool:
    return any(getattr(box, f"{what}_{side}{end}") for side in SIDES for what, end in (("padding", ""), ("border", "_width")))


def _grow(box: Any, step: float, page_end: float) -> None:
    """Add room below, or, where a ground or rules show it, above and below alike; none where the page ends."""
    room = -box.border_height() % step
    slight = step * SLIGHT if box.element_tag in TEXT else NEAR
    if room < NEAR or step - room < slight or box.border_box_y() + box.border_height() + room > page_end:
        return
    box.height += room
    if _is_framed(box):
        for child in box.children:
            child.translate(0, room / 2)

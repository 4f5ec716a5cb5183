"""The room of notes at the foot of a page, added up from each one's own: WeasyPrint lays all of them out anew for each new one."""

from __future__ import annotations

from itertools import pairwise
from math import inf
from typing import Any
from weakref import WeakKeyDictionary

from weasyprint.formatting_structure import build
from weasyprint.layout import LayoutContext
from weasyprint.layout.block import block_level_layout

FEW = 2  # notes, which are laid out as usual
Room = tuple[float, float]  # pixels: the height of an area with some notes, and what stands round it

_usual = LayoutContext._update_footnote_area
_known: WeakKeyDictionary[Any, dict[tuple[Any, ...], Room]] = WeakKeyDictionary()


def add_up_notes() -> None:
    """Teach WeasyPrint 70.0 to measure a note once: a page of 25 notes is else laid out 325 notes long, each time it is tried."""
    LayoutContext._update_footnote_area = _update


def _update(context: Any) -> bool:
    """Whether the notes outgrow their area, which is then as high as they are, and the page's text as much shorter."""
    area, notes = context.current_footnote_area, context.current_page_footnotes
    limited = area.style["max_height"].value != inf
    if context.in_column or limited or len(notes) <= FEW:
        return bool(_usual(context))
    if area.height != "auto":
        context.page_bottom += area.margin_height()
    area.children = notes
    area.height, around = _room(context, notes)
    context.page_bottom -= area.height + around
    return False


def _room(context: Any, notes: list[Any]) -> Room:
    """The room of notes, from those of each two neighbours: only the space between two hangs on more than one (CSS 2.2, 8.3.1)."""
    around = _measured(context, notes[:2])[1]
    pairs = sum(_measured(context, list(pair))[0] for pair in pairwise(notes))
    return pairs - sum(_measured(context, [note])[0] for note in notes[1:-1]), around


def _measured(context: Any, notes: list[Any]) -> Room:
    known = _known.setdefault(context, {})
    area = context.current_footnote_area
    key = (area.page.width, *notes)
    if key not in known:
        area.children = notes
        laid_out = block_level_layout(context, build.create_anonymous_boxes(area.deepcopy()), -inf, None, area.page)[0]
        known[key] = laid_out.height, laid_out.margin_height() - laid_out.height
        area.children = context.current_page_footnotes
    return known[key]

"""Fold signs in a PDF: a small arrow before each line of code that only the page's width began, drawn and no part of the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.document import Document as Layout
from weasyprint.formatting_structure.boxes import LineBox

from pressout.renderers.pdf.line_numbers import POINT, page_streams

FOLDS = "long-line"  # the class of a line of code that may be folded; its later parts stand two ems further in
# In ems of the code, from where a folded part begins and its baseline, downwards: a hook from above to the right, then its head
HOOK = ((-1.35, -0.62), (-1.35, -0.26), (-0.75, -0.26))
HEAD = ((-0.93, -0.42), (-0.75, -0.26), (-0.93, -0.10))
THICK = 0.07  # ems
GREY = 0.4  # as dark as a muted colour; it says something, if not to be read


def sign_folds(layout: Layout, pdf: pydyf.PDF) -> None:
    """Draw an arrow before each part of a line of code but its first, as an artifact: neither copied nor read aloud."""
    for page_box, stream in page_streams(layout, pdf):
        drawn = [_arrow(line, line.style["font_size"]) for line in _folded(page_box)]
        if drawn:
            stream.append(b"/Artifact BMC q %.2f G 1 J 1 j %s Q EMC" % (GREY, b" ".join(drawn)))


def _folded(box: Any) -> Iterator[Any]:
    """The lines that are no line's beginning, of every long line of code inside a box."""
    element = getattr(box, "element", None)
    if element is not None and element.tag == "span" and FOLDS in element.get("class", "").split():
        yield from [child for child in getattr(box, "children", ()) if isinstance(child, LineBox)][1:]
        return
    for child in getattr(box, "children", ()):
        yield from _folded(child)


def _arrow(line: Any, size: float) -> bytes:
    def path(points: tuple[tuple[float, float], ...]) -> bytes:
        placed = [((line.position_x + x * size) * POINT, (line.position_y + line.baseline + y * size) * POINT) for x, y in points]
        steps = [b"%.2f %.2f %s" % (*point, b"l" if index else b"m") for index, point in enumerate(placed)]
        return b" ".join([*steps, b"S"])

    return b"%.2f w %s %s" % (THICK * size * POINT, path(HOOK), path(HEAD))

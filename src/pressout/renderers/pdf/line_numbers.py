"""Line numbers in a PDF: figures drawn in the margin beside the lines that were laid out, as no part of the text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pydyf
from weasyprint.document import Document as Layout
from weasyprint.formatting_structure.boxes import FootnoteAreaBox, LineBox, MarginBox

from pressout.theme.looks import Theme

POINT = 0.75  # of a pixel of CSS
GAP = 18.0  # points between a number and the text
SHARE = 0.7  # of the text's size
# What is no line of the text: it has a place of its own, or is counted by itself
UNCOUNTED = {"table", "nav", "caption", "figcaption", "aside", "pre"}


def number_lines(layout: Layout, pdf: pydyf.PDF, theme: Theme) -> None:
    """Draw the numbers of every so many lines of the text, counted anew on each page, as Word does it too."""
    font = theme.fonts["text"].files.get((400, False))
    if not theme.page.line_numbers or font is None:
        return
    for page_box, stream in page_streams(layout, pdf):
        stream.append(b" ".join(_drawn(page_box, theme, font)))


def page_streams(layout: Layout, pdf: pydyf.PDF) -> Iterator[tuple[Any, list[bytes]]]:
    """Each page's box, and what is drawn on it so far: lengths there are points, downwards from the top."""
    objects = {item.number: item for item in pdf.objects}
    contents = {f"{number} 0 R".encode(): item for number, item in objects.items()}
    for page, reference in zip(layout.pages, pdf.pages["Kids"][::3], strict=True):
        yield page._page_box, contents[objects[reference]["Contents"]].stream


def _drawn(page_box: Any, theme: Theme, font: Path) -> Iterator[bytes]:
    size = theme.styles["body"].size * SHARE
    left = page_box.content_box_x() * POINT - GAP
    right = (page_box.content_box_x() + page_box.width) * POINT + GAP
    yield b"/Artifact BMC q 0.35 g"
    for count, line in enumerate(_lines(page_box), start=1):
        if count % theme.page.line_numbers == 0:
            baseline = (line.position_y + line.baseline) * POINT
            leftward = line.style["direction"] == "rtl"
            width = sum(_figure(font, figure)[1] for figure in str(count)) * size
            yield _number(str(count), right if leftward else left - width, baseline, (font, size))
    yield b"Q EMC"


def _lines(box: Any) -> Iterator[Any]:
    """The lines of the text on a page, from above downwards; lines inside a line, as of a footnote's mark, are part of it."""
    for child in getattr(box, "children", ()):
        if isinstance(child, LineBox):
            if any(getattr(part, "width", 0) for part in child.children):
                yield child
        elif (
            (child.element_tag or "").partition("::")[2] != "marker"
            and child.element_tag not in UNCOUNTED
            and not isinstance(child, (FootnoteAreaBox, MarginBox))
        ):
            yield from _lines(child)


def _number(figures: str, x: float, baseline: float, look: tuple[Path, float]) -> bytes:
    font, size = look
    parts = []
    for figure in figures:
        outline, width = _figure(font, figure)
        parts.append(b"q %.4f 0 0 %.4f %.2f %.2f cm %s Q" % (size, -size, x, baseline, outline))
        x += width * size
    return b" ".join(parts)


@cache
def _figure(font: Path, figure: str) -> tuple[bytes, float]:
    """The outline of a figure in the operators of PDF, and its width; both in shares of the size."""
    from fontTools.pens.basePen import BasePen
    from fontTools.ttLib import TTFont

    class Operators(BasePen):  # type: ignore[misc]
        def __init__(self, glyphs: Any) -> None:
            super().__init__(glyphs)
            self.written: list[str] = []

        def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
            self.written.append(f"{_at(point)} m")

        def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
            self.written.append(f"{_at(point)} l")

        def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
            self.written.append(f"{' '.join(map(_at, points))} c")

        def _closePath(self) -> None:  # noqa: N802
            self.written.append("h")

    def _at(point: tuple[float, float]) -> str:
        return f"{point[0] / units:.4f} {point[1] / units:.4f}"

    with TTFont(font) as file:
        units, glyphs = file["head"].unitsPerEm, file.getGlyphSet()
        name = file.getBestCmap()[ord(figure)]
        pen = Operators(glyphs)
        glyphs[name].draw(pen)
        return " ".join([*pen.written, "f"]).encode(), glyphs[name].width / units

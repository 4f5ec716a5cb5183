"""How the text of a page is painted: each run's colour, size and place, and the page as it looks without any text."""

from __future__ import annotations

import ctypes
import importlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pressout.verify.pdf.graphics import PLAIN, Matrix, times
from pressout.verify.typography.lines import BOLD

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 2000  # pixels; a page is drawn with one to the point, a poster with fewer
DEEPEST = 10  # forms within forms
FILLED, STROKED = (0, 2, 4, 6), (1, 5)  # modes of text rendering (ISO 32000-1, table 106); 3 and 7 paint nothing
OPAQUE = 255
HEIGHT = 1.0  # of the size; so high is a text's ground at least, lest a rule through low letters be taken for it
NAME = 200  # bytes of a font's name
Colour = tuple[int, int, int]  # red, green and blue, each to 255
Paint = tuple[int, int, int, int]  # red, green, blue and opacity, each to 255
Box = tuple[float, float, float, float]  # left, bottom, right, top; points
PAPER: Colour = (255, 255, 255)
EVERYWHERE: Box = (-math.inf, -math.inf, math.inf, math.inf)


@dataclass(frozen=True, slots=True)
class Run:
    """A text that is painted in one go; `ink` is nothing where that is a pattern. `thing` is PDFium's own."""

    thing: Any = field(repr=False)
    ink: Paint | None
    size: float
    bold: bool
    box: Box


class Sheet:
    """A page of PDFium's, its runs of text in the order of drawing, and its ground: the page drawn without them."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._raw = importlib.import_module("pypdfium2.raw")
        self._scale = min(1, SIDE / max(*page.get_size(), 1))  # pixels to the point
        self._shapes: list[Box] = []  # the room of all that is no text
        count = self._raw.FPDFPage_CountObjects(page)
        tops = [self._raw.FPDFPage_GetObject(page, index) for index in range(count)]
        self.runs = tuple(run for top in tops for run in self._runs(top, PLAIN, 1.0, DEEPEST))
        self._texts: Any = None

    def ground(self, run: Run) -> list[tuple[int, Colour]]:
        """How many pixels of each colour are beneath a run; none where it stands outside the paper.

        The page is drawn only if something but text stands near one of its texts: all others stand on bare paper.
        """
        (left, bottom, right, top), short = run.box, (HEIGHT * run.size - (run.box[3] - run.box[1])) / 2
        room = (left, bottom - max(0, short), right, top + max(0, short))
        if self._is_on_paper(room) and not any(_meet(room, shape, 2 / self._scale) for shape in self._shapes):
            return [(1, PAPER)]
        ground, place = self._drawn_without_text
        corners = [place.to_bitmap(x, y) for x in (room[0], room[2]) for y in (room[1], room[3])]
        across, down = zip(*corners, strict=True)
        width, height = ground.size
        box = (max(0, min(across)), max(0, min(down)), min(width, max(across) + 1), min(height, max(down) + 1))
        if box[0] >= box[2] or box[1] >= box[3]:
            return []
        found: Any = ground.crop(box).getcolors((box[2] - box[0]) * (box[3] - box[1]))  # never too many colours for its room
        return list(found)

    def _is_on_paper(self, room: Box) -> bool:
        left, bottom, right, top = self._paper
        return room[0] >= left and room[1] >= bottom and room[2] <= right and room[3] <= top

    @cached_property
    def _paper(self) -> Box:
        """What is seen of the page."""
        left, bottom, right, top = self._page.get_cropbox()
        return left, bottom, right, top

    def words(self, run: Run) -> str:
        """What a run says; only spaces where it paints nothing."""
        raw = self._raw
        if self._texts is None:
            self._texts = self._page.get_textpage()
        length = raw.FPDFTextObj_GetText(run.thing, self._texts, None, 0)
        letters = (ctypes.c_ushort * (length // 2 + 1))()
        raw.FPDFTextObj_GetText(run.thing, self._texts, letters, length)
        return bytes(letters)[: max(0, length - 2)].decode("utf-16-le", errors="replace")

    def close(self) -> None:
        if self._texts:
            self._texts.close()
        self._page.close()

    @cached_property
    def _drawn_without_text(self) -> tuple[Image, Any]:
        """The picture of the page, in which a point is one pixel where the paper is not huge, and the way from points to pixels."""
        for run in self.runs:
            self._raw.FPDFPageObj_SetIsActive(run.thing, False)
        bitmap = self._page.render(scale=self._scale, draw_annots=False, may_draw_forms=False)
        for run in self.runs:
            self._raw.FPDFPageObj_SetIsActive(run.thing, True)
        return bitmap.to_pil().convert("RGB"), bitmap.get_posconv(self._page)

    # Runs

    def _runs(self, thing: Any, around: Matrix, opacity: float, depth: int) -> Iterator[Run]:
        """The runs of an object: it is one, or a form that holds some."""
        raw = self._raw
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield from self._run(thing, around, opacity)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth:
            paint = self._paint(thing, raw.FPDFPageObj_GetFillColor)
            within = times(self._matrix(thing), around)
            opacity *= paint[3] / OPAQUE if paint else 1
            for index in range(raw.FPDFFormObj_CountObjects(thing)):
                yield from self._runs(raw.FPDFFormObj_GetObject(thing, index), within, opacity, depth - 1)
        else:
            self._shapes.append(self._bounds(thing, around) or EVERYWHERE)

    def _run(self, thing: Any, around: Matrix, opacity: float) -> Iterator[Run]:
        raw = self._raw
        mode, size, box = raw.FPDFTextObj_GetTextRenderMode(thing), ctypes.c_float(), self._bounds(thing, around)
        if mode not in (*FILLED, *STROKED) or not box:
            return
        ink = self._paint(thing, raw.FPDFPageObj_GetStrokeColor if mode in STROKED else raw.FPDFPageObj_GetFillColor)
        if ink:
            ink = (*ink[:3], round(ink[3] * opacity))
        raw.FPDFTextObj_GetFontSize(thing, size)
        _, _, c, d, _, _ = times(self._matrix(thing), around)
        if box[2] > box[0] and box[3] > box[1] and (ink is None or ink[3]):
            yield Run(thing, ink, abs(size.value) * (c * c + d * d) ** 0.5, self._is_bold(thing), box)

    def _bounds(self, thing: Any, around: Matrix) -> Box | None:
        """Where an object stands on the page; nothing where PDFium does not tell."""
        edges = [ctypes.c_float() for _ in range(4)]
        if not self._raw.FPDFPageObj_GetBounds(thing, *edges):
            return None
        left, bottom, right, top = (edge.value for edge in edges)
        return _around([_put(x, y, around) for x in (left, right) for y in (bottom, top)])

    def _matrix(self, thing: Any) -> Matrix:
        matrix = self._raw.FS_MATRIX()
        self._raw.FPDFPageObj_GetMatrix(thing, matrix)
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _paint(self, thing: Any, ask: Any) -> Paint | None:
        parts = [ctypes.c_uint() for _ in range(4)]
        if not ask(thing, *parts):
            return None
        red, green, blue, opacity = (part.value for part in parts)
        return red, green, blue, opacity

    def _is_bold(self, thing: Any) -> bool:
        name = ctypes.create_string_buffer(NAME)
        self._raw.FPDFFont_GetBaseFontName(self._raw.FPDFTextObj_GetFont(thing), name, NAME)
        face = name.value.decode(errors="replace").lower()
        return any(word in face for word in BOLD)


def _put(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _meet(one: Box, other: Box, near: float) -> bool:
    """Whether two boxes have room in common, or are no farther apart than that."""
    return one[0] <= other[2] + near and other[0] <= one[2] + near and one[1] <= other[3] + near and other[1] <= one[3] + near


def _around(points: list[tuple[float, float]]) -> Box:
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)

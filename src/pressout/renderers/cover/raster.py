"""Raster: a plain SVG drawn as a bitmap, its text set by Pango.

Shops want covers as bitmaps. A renderer of all of SVG (resvg) takes 0.3 s of CPU for a cover of 1600 x 2560 pixels, WeasyPrint
the same before there is a bitmap, and all the rest of an EPUB 0.01 s. The shapes and the lines of text that a typographic cover is
made of take 0.02 s.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pressout.diagnostics import PressoutError
from pressout.renderers.cover.canvas import Canvas
from pressout.renderers.cover.pango import Face, typesetter

if TYPE_CHECKING:
    from lxml.etree import _Element

SVG = "{http://www.w3.org/2000/svg}"
LENGTHS = ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "font-size", "stroke-width")
SMOOTH = 2  # times as many pixels are drawn across and down, so that slanting edges come out smooth

Point = tuple[float, float]


def draw(svg: str, files: tuple[Path, ...] = (), pictures: Mapping[str, bytes] | None = None, scale: int = 1) -> bytes:
    """The SVG as a PNG, `scale` pixels to one of its own; its text in these font files, else in the system's.

    It may hold rect, circle, ellipse, line, polygon and text of one line, with plain fills, and an image whose address is a key of
    `pictures`; anything else is an error.
    """
    from lxml import etree

    try:
        root = etree.fromstring(svg.encode())
    except etree.XMLSyntaxError as error:
        raise PressoutError(f"the cover is no SVG: {error.msg}") from None
    _enlarge(root, scale)
    canvas = Canvas(int(_number(root, "width")), int(_number(root, "height")))
    for element in root.iter(etree.Element):
        _draw(element, canvas, files, pictures or {})
    return canvas.png()


def _enlarge(root: _Element, scale: int) -> None:
    """Every length of the picture multiplied."""
    for element in root.iter() if scale != 1 else ():
        for name in LENGTHS:
            if name in element.attrib:
                element.set(name, str(_number(element, name) * scale))
        if "points" in element.attrib:
            element.set("points", " ".join(f"{x * scale},{y * scale}" for x, y in _points(element.get("points", ""))))


def _draw(element: _Element, canvas: Canvas, files: tuple[Path, ...], pictures: Mapping[str, bytes]) -> None:
    match str(element.tag).removeprefix(SVG):
        case "rect":
            _rectangle(element, canvas)
        case "circle" | "ellipse":
            _ellipse(element, canvas)
        case "polygon":
            _shape(element, canvas, _points(element.get("points", "")))
        case "line":
            _shape(element, canvas, _stroke(element))
        case "text":
            _text(element, canvas, files)
        case "image":
            _picture(element, canvas, pictures)
        case "svg" | "title" | "g":
            return
        case other:
            raise PressoutError(f"a cover draws no <{other}>", hint="use rect, circle, ellipse, line, polygon and text")


def _picture(element: _Element, canvas: Canvas, pictures: Mapping[str, bytes]) -> None:
    from PIL import Image

    address = element.get("href", "")
    if address not in pictures:
        raise PressoutError(f"a cover shows no picture '{address}'", hint="use the address that `logo.href` gives")
    size = round(_number(element, "width")), round(_number(element, "height"))
    with Image.open(io.BytesIO(pictures[address])) as picture:
        shown = picture.convert("RGBA").resize(size, Image.Resampling.LANCZOS)
    canvas.picture(shown, round(_number(element, "x")), round(_number(element, "y")))


def _rectangle(element: _Element, canvas: Canvas) -> None:
    left, top = _number(element, "x"), _number(element, "y")
    right, bottom = left + _number(element, "width"), top + _number(element, "height")
    canvas.rectangle(_fill(element), (round(left), round(top), round(right), round(bottom)))


def _ellipse(element: _Element, canvas: Canvas) -> None:
    x, y, radius = (_number(element, name) for name in ("cx", "cy", "r"))
    across, down = _number(element, "rx") or radius, _number(element, "ry") or radius
    _shape(element, canvas, [(x - across, y - down), (x + across, y + down)])


def _shape(element: _Element, canvas: Canvas, points: list[Point]) -> None:
    """A shape with smooth edges: drawn as a mask that is larger, where it lies on the canvas."""
    from PIL import Image, ImageDraw

    width, height = canvas.image.size
    left, top = (max(0, int(min(point[axis] for point in points))) for axis in (0, 1))
    right = min(width, int(max(x for x, _ in points)) + 1)
    bottom = min(height, int(max(y for _, y in points)) + 1)
    if right <= left or bottom <= top:
        return
    mask = Image.new("L", ((right - left) * SMOOTH, (bottom - top) * SMOOTH))
    corners = [((x - left) * SMOOTH, (y - top) * SMOOTH) for x, y in points]
    pen = ImageDraw.Draw(mask)
    if str(element.tag) in (f"{SVG}circle", f"{SVG}ellipse"):
        pen.ellipse(corners, fill=255)
    else:
        pen.polygon(corners, fill=255)
    canvas.cover(_fill(element), mask.reduce(SMOOTH), left, top)


def _text(element: _Element, canvas: Canvas, files: tuple[Path, ...]) -> None:
    """A line of text from its anchor, which is a start, middle or end as its direction has it."""
    from PIL import Image

    words = " ".join("".join(map(str, element.itertext())).split())
    if not words:
        return
    ink = typesetter(files).draw(words, _face(element))
    if not ink.width or not ink.height:
        return
    mask = Image.frombuffer("L", (ink.width, ink.height), ink.coverage)
    leftward = element.get("direction") == "rtl"
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[element.get("text-anchor", "start")]
    left = _number(element, "x") - ink.advance * (1 - share if leftward else share) + ink.left
    canvas.cover(_fill(element), mask, round(left), round(_number(element, "y")) + ink.top)


def _face(element: _Element) -> Face:
    return Face(
        element.get("font-family", "serif").replace("'", ""),
        max(0.0, _number(element, "font-size")),
        int(_number(element, "font-weight", 400)),
        element.get("font-style") == "italic",
        element.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        element.get("direction") == "rtl",
    )


def _points(words: str) -> list[Point]:
    numbers = [float(word) for word in words.replace(",", " ").split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _stroke(line: _Element) -> list[Point]:
    """The four corners of a line as wide as its stroke."""
    x1, y1, x2, y2 = (_number(line, name) for name in ("x1", "y1", "x2", "y2"))
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1.0
    half = _number(line, "stroke-width", 1) / 2
    across, down = (y2 - y1) / length * half, (x1 - x2) / length * half
    return [(x1 + across, y1 + down), (x2 + across, y2 + down), (x2 - across, y2 - down), (x1 - across, y1 - down)]


def _fill(element: _Element) -> str:
    return element.get("stroke" if str(element.tag) == f"{SVG}line" else "fill", "#000000")


def _number(element: _Element, name: str, default: float = 0) -> float:
    value = element.get(name, default)
    try:
        return float(value)
    except ValueError:
        raise PressoutError(f"'{value}' is no {name} for a cover", hint="write pixels, as a number alone") from None

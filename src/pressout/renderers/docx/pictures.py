"""Pictures in Word: their parts, each once, and the drawings that show them, with alt text or marked as decoration."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pressout.model import Image, Picture
from pressout.renderers.docx.xml import EMU, NAMESPACES, Element, add, clean
from pressout.renderers.drawings import draw_vector
from pressout.theme.looks import Theme

PIXEL = 0.75  # points in a CSS pixel
ENDINGS: Mapping[str, str] = {"image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif", "image/svg+xml": "svg"}
SVG = "image/svg+xml"
THOUSANDTHS = 100_000  # of a percent, in which DrawingML counts shares
TALLEST = 0.75  # of the page's text: a picture leaves room for its caption

# Extensions of DrawingML, each known by its own identifier (MS-ODRAWXML 2.3)
DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
VECTOR = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"

WIDTH = re.compile(r"(\d+(?:\.\d+)?)(%|em|rem|px|pt|mm|cm|in|)")
UNITS: Mapping[str, float] = {"": PIXEL, "px": PIXEL, "pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0}


class PicturePart(NamedTuple):
    """A picture's part of the file."""

    name: str
    media_type: str
    data: bytes


@dataclass(slots=True)
class Pictures:
    """The pictures of one file, each once. `shown` counts the drawings, because each has a number of its own."""

    theme: Theme
    parts: dict[str, PicturePart] = field(default_factory=dict)
    shown: int = 0

    def part(self, name: str, media_type: str, data: bytes) -> str:
        """The name of the part that holds the picture."""
        if name not in self.parts:
            self.parts[name] = PicturePart(f"media/image{len(self.parts) + 1}.{ENDINGS[media_type]}", media_type, data)
        return self.parts[name].name

    def drawn(self, picture: Picture) -> str:
        """The name of the part that holds an SVG as a bitmap, for what can't draw it: Word before 2016, LibreOffice."""
        name = f"{picture.name}.png"
        return self.parts[name].name if name in self.parts else self.part(name, "image/png", draw_vector(picture, self.theme))


class Size(NamedTuple):
    """Width and height in points."""

    width: float
    height: float


def size(image: Image, picture: Picture, room: float, theme: Theme) -> Size:
    """How large a picture is shown: as asked for, else as its pixels say, and never larger than the page has room."""
    width = min(_wanted(image, room, theme) or picture.width * PIXEL, room)
    height = width * picture.height / picture.width
    tallest = (theme.page.height - theme.page.top - theme.page.bottom) * TALLEST
    return Size(width, height) if height <= tallest else Size(width * tallest / height, tallest)


def _wanted(image: Image, room: float, theme: Theme) -> float:
    """The width that `{width=...}` asks for, in points; 0 where it asks for none."""
    found = WIDTH.fullmatch(dict(image.attributes.values).get("width", "").replace(" ", ""))
    if not found:
        return 0
    number, unit = float(found[1]), found[2]
    match unit:
        case "%":
            return room * number / 100
        case "em" | "rem":
            return theme.styles["body"].size * number
        case _:
            return UNITS[unit] * number


class Drawing(NamedTuple):
    """A picture as it will be shown: `number` is the drawing's own, `bitmap` and `vector` lead to its parts.

    `cut` is the share of its width that is not shown at either side, and that of its height at top and bottom.
    """

    number: int
    name: str
    extent: Size
    bitmap: str
    vector: str = ""
    cut: tuple[float, float] = (0.0, 0.0)


def write_drawing(run: Element, drawing: Drawing, image: Image, description: str = "") -> None:
    """The drawing as a letter of the line, with the picture's alt text and its longer description, if it has one."""
    across, down = (str(round(length * EMU)) for length in drawing.extent)
    inline = add(add(run, "w:drawing"), "wp:inline", distT="0", distB="0", distL="0", distR="0")
    add(inline, "wp:extent", cx=across, cy=down)
    words = clean("\n\n".join(filter(None, (image.alt, description))))
    attributes = {} if image.decorative else {"descr": words}
    attributes |= {"title": clean(image.title)} if image.title else {}
    properties = add(inline, "wp:docPr", id=str(drawing.number), name=clean(drawing.name), **attributes)
    if image.decorative:
        extension = add(add(properties, "a:extLst"), "a:ext", uri=DECORATIVE)
        add(extension, "adec:decorative", val="1")
    add(add(inline, "wp:cNvGraphicFramePr"), "a:graphicFrameLocks", noChangeAspect="1")
    _write_graphic(inline, drawing)


def write_page_filler(run: Element, drawing: Drawing, words: str) -> None:
    """The drawing over the whole of its page, behind whatever stands there, with its alt text."""
    placed = {"simplePos": "0", "relativeHeight": "0", "behindDoc": "1", "locked": "1", "layoutInCell": "1", "allowOverlap": "1"}
    anchor = add(add(run, "w:drawing"), "wp:anchor", distT="0", distB="0", distL="0", distR="0", **placed)
    add(anchor, "wp:simplePos", x="0", y="0")
    for axis in ("wp:positionH", "wp:positionV"):
        add(add(anchor, axis, relativeFrom="page"), "wp:posOffset").text = "0"
    across, down = (str(round(length * EMU)) for length in drawing.extent)
    add(anchor, "wp:extent", cx=across, cy=down)
    add(anchor, "wp:wrapNone")
    add(anchor, "wp:docPr", id=str(drawing.number), name=clean(drawing.name), descr=clean(words))
    add(anchor, "wp:cNvGraphicFramePr")
    _write_graphic(anchor, drawing)


def _write_graphic(place: Element, drawing: Drawing) -> None:
    data = add(add(place, "a:graphic"), "a:graphicData", uri=NAMESPACES["pic"])
    _write_picture(add(data, "pic:pic"), drawing)


def _write_picture(picture: Element, drawing: Drawing) -> None:
    outer = add(picture, "pic:nvPicPr")
    add(outer, "pic:cNvPr", id=str(drawing.number), name=clean(drawing.name))
    add(outer, "pic:cNvPicPr")
    fill = add(picture, "pic:blipFill")
    blip = add(fill, "a:blip", r_embed=drawing.bitmap)
    if drawing.vector:
        add(add(add(blip, "a:extLst"), "a:ext", uri=VECTOR), "asvg:svgBlip", r_embed=drawing.vector)
    if any(drawing.cut):
        sides, ends = (str(round(share * THOUSANDTHS)) for share in drawing.cut)
        add(fill, "a:srcRect", l=sides, t=ends, r=sides, b=ends)
    add(add(fill, "a:stretch"), "a:fillRect")
    shape = add(picture, "pic:spPr")
    frame = add(shape, "a:xfrm")
    add(frame, "a:off", x="0", y="0")
    add(frame, "a:ext", cx=str(round(drawing.extent.width * EMU)), cy=str(round(drawing.extent.height * EMU)))
    add(add(shape, "a:prstGeom", prst="rect"), "a:avLst")

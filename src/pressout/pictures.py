"""Pictures: what a file's bytes show, and how large; made fit for print, e-readers and Word alike."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from pressout.model import Picture

if TYPE_CHECKING:
    from lxml.etree import _Element
    from PIL.Image import Image

KEPT = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif"}
ORIENTATION = 0x0112  # EXIF's tag; 1 is upright
LARGEST = 100_000_000  # pixels; more is a mistake or an attack, and would fill the memory
UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54}
SVG = "{http://www.w3.org/2000/svg}"
ACTIVE = (f"{SVG}script", f"{SVG}foreignObject", f"{SVG}handler", f"{SVG}listener")
DEFAULT_SIZE = (300.0, 150.0)  # CSS 2.2 section 10.3.2, for a picture that says nothing of its size


def as_picture(data: bytes, name: str) -> Picture | str:
    """The picture in these bytes; or why there is none, as words that follow "the picture '...'"."""
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<", data):
        return _vector(data, name)
    return _bitmap(data, name)


def _bitmap(data: bytes, name: str) -> Picture | str:
    """PNG, JPEG and GIF stay as they are; any other kind, and a photograph that lies on its side, is drawn anew."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > LARGEST:
                return f"has {image.width} x {image.height} pixels, which is more than any page can show"
            image.load()
            kind = KEPT.get(image.format or "", "")
            if kind and image.getexif().get(ORIENTATION, 1) == 1:
                return Picture(name, kind, image.width, image.height, data)
            return _redrawn(image, name)
    except UnidentifiedImageError:
        return "is no picture that can be read (PNG, JPEG, GIF, SVG, WebP, TIFF, BMP and AVIF can)"
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return "is broken"


def _redrawn(image: Image, name: str) -> Picture:
    """The picture upright, as JPEG where it was one, else as PNG, which all readers and Word know."""
    from PIL import ImageOps

    form = "JPEG" if image.format == "JPEG" else "PNG"
    upright = ImageOps.exif_transpose(image)
    if form == "PNG" and upright.mode not in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        upright = upright.convert("RGBA" if "A" in upright.getbands() else "RGB")
    drawn = io.BytesIO()
    upright.save(drawn, form, **({"quality": 92} if form == "JPEG" else {}))
    ending = "" if form == "JPEG" else ".png"
    return Picture(name + ending, KEPT[form], upright.width, upright.height, drawn.getvalue())


def _vector(data: bytes, name: str) -> Picture | str:
    """An SVG without scripts and without anything from elsewhere."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return "is broken"
    if root.tag != f"{SVG}svg":
        return "is no picture that can be read"
    # Those in attributes, as drawing programs write them for namespaces, are resolved all the same
    etree.strip_elements(root, etree.Entity, with_tail=False)
    for element in list(root.iter(etree.Element)):
        _tame(element)
    width, height = _size(root)
    clean = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return Picture(name, "image/svg+xml", max(1, round(width)), max(1, round(height)), clean)


def _tame(element: _Element) -> None:
    """Take away what acts, and what points out of the file."""
    parent = element.getparent()
    if element.tag in ACTIVE and parent is not None:
        parent.remove(element)
        return
    for key, value in element.attrib.items():
        local = str(key).rpartition("}")[2]
        leads_out = local == "href" and not re.match(r"#|data:image/(?!svg)", str(value).strip(), re.IGNORECASE)
        if local.startswith("on") or leads_out or _fetches(str(value)) or "javascript:" in str(value).lower():
            del element.attrib[key]
    if element.tag == f"{SVG}style" and element.text and _fetches(element.text):
        element.text = None


def _fetches(css: str) -> bool:
    """Whether a value asks for another file."""
    return bool(re.search(r"@import|url\(\s*['\"]?(?!\s*['\"]?(?:#|data:image/))", css, re.IGNORECASE))


def _size(root: _Element) -> tuple[float, float]:
    """Width and height in CSS pixels: as given, else from the view box, which also gives a missing one of the two."""
    box = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", root.get("viewBox") or "")]
    across, down = (box[2], box[3]) if len(box) == 4 and box[2] > 0 and box[3] > 0 else DEFAULT_SIZE
    width, height = _length(root.get("width")), _length(root.get("height"))
    if width and height:
        return width, height
    if width:
        return width, width * down / across
    if height:
        return height * across / down, height
    return across, down


def _length(value: str | None) -> float:
    """A length in CSS pixels; 0 where there is none, or it is a share of something else."""
    found = re.fullmatch(r"\s*([\d.]+)\s*([a-z]*)\s*", value or "")
    if not found or found[2] not in UNITS:
        return 0.0
    return float(found[1]) * UNITS[found[2]]

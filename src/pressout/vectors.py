"""Vectors: an SVG with its size, without what acts and without what points elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressout.model import Picture

if TYPE_CHECKING:
    from lxml.etree import _Element

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MEDIA_TYPE = "image/svg+xml"
ACTIVE = frozenset({"script", "foreignObject", "handler", "listener", "iframe", "audio", "video", "canvas"})
ANIMATIONS = frozenset({"animate", "animateColor", "animateMotion", "animateTransform", "set"})
# CSS pixels; em and ex at the sixteen pixels that browsers begin with
UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "em": 16.0, "ex": 8.0}
NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
LENGTH = re.compile(rf"\s*({NUMBER})\s*([a-z]*)\s*")
NOTHING = re.compile(r"\s*\+?0+(?:\.0*)?\s*[a-z%]*\s*")  # a side that is 0 turns drawing off: SVG 1.1, section 5.1.2
DEFAULT_SIZE = (300.0, 150.0)  # CSS 2.2 section 10.3.2, for a picture that says nothing of its size
LARGEST_SIDE = 100_000.0  # pixels
MOST_SHAPES = 200_000  # drawn; a file that repeats itself in itself could ask for as many as it likes
OWN = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,])", re.IGNORECASE)
# url(...) that is neither a fragment nor a bitmap in the file itself
FETCH = re.compile(r"url\(\s*(['\"]?)(?!#|data:image/(?:png|jpeg|gif|webp)[;,])[^)]*\)", re.IGNORECASE)
IMPORT = re.compile(r"@import[^;]*(?:;|$)", re.IGNORECASE)
ESCAPED = re.compile(r"\\[0-9a-f]", re.IGNORECASE)  # how CSS hides a letter


def as_vector(data: bytes, name: str) -> Picture | str:
    """The SVG in these bytes, which may come from anybody; or why there is none."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return "is broken"
    if root.tag != f"{SVG}svg":
        return "is no picture that can be read"
    _tame(root)
    if not _Shapes(root).are_few():
        return f"repeats itself into more than {MOST_SHAPES} shapes"
    if all(NOTHING.fullmatch(root.get(side) or "") for side in ("width", "height")):
        return "is 0 wide and 0 high, so there is nothing to see"
    width, height = _settle_size(root)
    clean = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return Picture(name, MEDIA_TYPE, max(1, round(width)), max(1, round(height)), clean)


def _tame(root: _Element) -> None:
    """Take away what acts, what leads out of the file, and what drawing programs noted for themselves, paths among it."""
    from lxml import etree

    # Those in attributes, as drawing programs write them for namespaces, are resolved all the same
    etree.strip_elements(root, etree.Entity, with_tail=False)
    for element in list(root.iter(etree.Element)):
        if element is not root and _is_unwanted(element):
            _drop(element)
            continue
        for key, value in element.attrib.items():
            _tame_attribute(element, str(key), str(value))
        if element.tag == f"{SVG}style" and element.text:
            element.text = _tame_css(element.text)
    etree.cleanup_namespaces(root)


def _drop(element: _Element) -> None:
    """Take an element out, but for the text after it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is None:
        parent.text = (parent.text or "") + (element.tail or "")
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    parent.remove(element)


def _is_unwanted(element: _Element) -> bool:
    tag = str(element.tag)
    if not tag.startswith(SVG):
        return True
    kind, aim = tag.removeprefix(SVG), element.get("attributeName", "").rpartition(":")[2]
    return kind in ACTIVE or (kind in ANIMATIONS and (aim == "href" or aim.startswith("on")))


def _tame_attribute(element: _Element, key: str, value: str) -> None:
    local = key.rpartition("}")[2]
    foreign = key.startswith("{") and key not in (f"{XLINK}href", SPACE, LANG)
    leads_out = local == "href" and not OWN.match(value)
    if foreign or leads_out or local.lower().startswith("on") or "javascript:" in value.lower():
        del element.attrib[key]
    elif local == "style" or "url(" in value.lower():
        element.set(key, _tame_css(value))


def _tame_css(css: str) -> str:
    return "" if ESCAPED.search(css) else FETCH.sub("none", IMPORT.sub("", css))


@dataclass(slots=True)
class _Shapes:
    """How many elements an SVG draws once its `use` elements are followed; counts by id, None while one is being counted."""

    root: _Element
    named: dict[str, _Element] = field(default_factory=dict)
    counts: dict[str, int | None] = field(default_factory=dict)

    def are_few(self) -> bool:
        self.named = {element.get("id", ""): element for element in self.root.iter(f"{SVG}*")}
        try:
            return self._count(self.root) <= MOST_SHAPES
        except RecursionError:
            return False

    def _count(self, element: _Element) -> int:
        count = 0
        for each in element.iter(f"{SVG}*"):
            count += 1
            target = (each.get("href") or each.get(f"{XLINK}href") or "").strip() if each.tag == f"{SVG}use" else ""
            count += self._count_named(target[1:]) if target.startswith("#") else 0
        return count

    def _count_named(self, name: str) -> int:
        """A circle is more than any limit."""
        if name not in self.named:
            return 0
        if name not in self.counts:
            self.counts[name] = None
            self.counts[name] = self._count(self.named[name])
        count = self.counts[name]
        return MOST_SHAPES + 1 if count is None else count


def _settle_size(root: _Element) -> tuple[float, float]:
    """Width and height in CSS pixels, written into the picture, since Word and e-readers do not work them out."""
    width, height = _size(root)
    if not root.get("viewBox"):
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    return width, height


def _size(root: _Element) -> tuple[float, float]:
    """As given, else from the view box, which also gives a missing one of the two."""
    box = [float(number) for number in re.findall(NUMBER, root.get("viewBox") or "")]
    across, down = (box[2], box[3]) if len(box) == 4 and box[2] > 0 and box[3] > 0 else DEFAULT_SIZE
    width, height = _length(root.get("width")), _length(root.get("height"))
    if width and height:
        return width, height
    if width:
        return width, min(width * down / across, LARGEST_SIDE)
    if height:
        return min(height * across / down, LARGEST_SIDE), height
    return min(across, LARGEST_SIDE), min(down, LARGEST_SIDE)


def _length(value: str | None) -> float:
    """A length in CSS pixels; 0 where there is none, or it is a share of something else."""
    found = LENGTH.fullmatch(value or "")
    if not found or found[2] not in UNITS:
        return 0.0
    return min(max(float(found[1]), 0.0) * UNITS[found[2]], LARGEST_SIDE)

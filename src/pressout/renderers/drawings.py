"""Drawings: an SVG as a bitmap, for programs and devices that draw none themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressout.model import Picture
from pressout.theme import Theme
from pressout.theme.fonts import read_letters

if TYPE_CHECKING:
    from lxml.etree import _Element

FINE = 2  # pixels of a drawn SVG in one of its own, so that it prints at 192 to the inch
MOST_PIXELS = 40_000_000  # a drawing with more is made coarser; nobody sees it so large
FAMILIES = re.compile(r"(font-family\s*:\s*[^;}]+)")  # in a sheet


def draw_vector(picture: Picture, theme: Theme, fine: float = FINE) -> bytes:
    """An SVG as PNG, `fine` pixels to one of its own; its text in the theme's faces, so that the machine's fonts change nothing.

    Only for letters that those faces lack are the system's asked.
    """
    from lxml import etree
    from resvg import render, usvg

    options = usvg.Options.default()
    for font in theme.fonts.values():
        for path in font.files.values():
            options.load_font_file(str(path))
    root = etree.fromstring(picture.data)
    text = theme.fonts.get("text")
    if text:
        options.font_family = text.family
        _stand_in(root, text.family)
        regular = text.files.get((400, False))
        letters = set("".join(map(str, root.itertext()))) - set("\n\t\r")
        if regular is None or not letters <= read_letters(regular):
            options.load_system_fonts()
    tree = usvg.Tree.from_str(etree.tostring(root, encoding="unicode"), options)
    across, down = tree.int_size()
    fine = min(fine, (MOST_PIXELS / (across * down)) ** 0.5)
    size = max(1, round(across * fine)), max(1, round(down * fine))
    return bytes(render(tree, (fine, 0, 0, 0, fine, 0), bg_size=size))


def _stand_in(root: _Element, family: str) -> None:
    """Name a family after those that a text asks for: text whose families are all missing would not be drawn at all."""
    from lxml import etree

    for element in root.iter(etree.Element):
        if "font-family" in element.attrib:
            element.set("font-family", f"{element.get('font-family')}, {family}")
        if "style" in element.attrib:
            element.set("style", FAMILIES.sub(rf"\1, {family}", str(element.get("style"))))
        if str(element.tag).endswith("}style") and element.text:
            element.text = FAMILIES.sub(rf"\1, {family}", element.text)

"""Drawings: an SVG as a bitmap, for programs and devices that draw none themselves."""

from __future__ import annotations

from pressout.model import Picture
from pressout.theme import Theme

FINE = 2  # pixels of a drawn SVG in one of its own, so that it prints at 192 to the inch


def draw_vector(picture: Picture, theme: Theme, fine: float = FINE) -> bytes:
    """An SVG as PNG, `fine` pixels to one of its own; its text in the theme's faces, so that the machine's fonts change nothing."""
    from resvg import render, usvg

    options = usvg.Options.default()
    for font in theme.fonts.values():
        for path in font.files.values():
            options.load_font_file(str(path))
    text = theme.fonts.get("text")
    if text:
        options.font_family = text.family
    tree = usvg.Tree.from_str(picture.data.decode(), options)
    across, down = tree.int_size()
    return bytes(render(tree, (fine, 0, 0, 0, fine, 0), bg_size=(round(across * fine), round(down * fine))))

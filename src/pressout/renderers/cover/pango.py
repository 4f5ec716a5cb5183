"""Pango, by ctypes: lines of text broken, measured and drawn, with a font found for every script.

WeasyPrint sets its text with the same library, so it is there wherever a PDF can be made; importing WeasyPrint for it would cost
an EPUB 0.9 s of CPU.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, Structure, byref, c_char_p, c_double, c_int, c_ubyte, c_uint, c_ushort, c_void_p
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pressout.diagnostics import PressoutError

UNIT = 1024  # Pango's units in a pixel
SOFT_HYPHEN = "\u00ad"  # where a line may part a word; Pango shows a hyphen there, and only there
WORD_JOINER = "\u2060"  # where no line may break
WRAP_WORD, WRAP_WORD_OR_CHARACTER = 0, 2  # PangoWrapMode
LEFTWARD = 1  # PANGO_DIRECTION_RTL
ITALIC = 2  # PANGO_STYLE_ITALIC
GREY = 2  # FT_PIXEL_MODE_GRAY: a byte a pixel


@dataclass(frozen=True, slots=True)
class Face:
    """How text is set: `size` in pixels; `family` may name several, the first before its stand-ins, parted by commas."""

    family: str
    size: float
    weight: int = 400
    italic: bool = False
    lang: str = ""
    leftward: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line as Pango breaks it, in pixels: `ascent` and `descent` are what its ink reaches above and below the baseline.

    `width` is its advance, and more where ink reaches out of that.
    """

    text: str
    width: int
    ascent: int
    descent: int


@dataclass(frozen=True, slots=True)
class Ink:
    """A line drawn: a byte of coverage a pixel, row by row; `left` and `top` place it from the line's left end on the baseline.

    `advance` is the width of the line, which is not that of its ink.
    """

    coverage: bytes
    width: int
    height: int
    left: int
    top: int
    advance: int


class Typesetter:
    """Sets text in these font files and, for characters that they lack, in those of the system."""

    def __init__(self, files: tuple[Path, ...]) -> None:
        self._pango = pango = _load()
        config = pango.FcInitLoadConfigAndFonts()
        for file in files:
            pango.FcConfigAppFontAddFile(config, str(file).encode())
        fonts = pango.pango_ft2_font_map_new()
        pango.pango_ft2_font_map_set_resolution(fonts, 72.0, 72.0)
        pango.pango_fc_font_map_set_config(fonts, config)
        self._context = pango.pango_font_map_create_context(fonts)
        # widths then grow with the size, so that what is measured at one size holds at all
        pango.pango_context_set_round_glyph_positions(self._context, 0)

    def lines(self, text: str, face: Face, width: float, *, inside_words: bool = False) -> tuple[Line, ...]:
        """The text broken to the width, below 0 not at all; a wider word stands out, unless lines may break inside words."""
        with self._layout(text, face) as layout:
            self._pango.pango_layout_set_width(layout, int(width * UNIT) if width >= 0 else -1)
            self._pango.pango_layout_set_wrap(layout, WRAP_WORD_OR_CHARACTER if inside_words else WRAP_WORD)
            count = self._pango.pango_layout_get_line_count(layout)
            return tuple(self._line(layout, index, text.encode()) for index in range(count))

    def draw(self, text: str, face: Face) -> Ink:
        """One line of text, drawn."""
        with self._layout(text, face) as layout:
            ink, logical = _Rectangle(), _Rectangle()
            self._pango.pango_layout_get_pixel_extents(layout, byref(ink), byref(logical))
            buffer = (c_ubyte * max(1, ink.width * ink.height))()
            bitmap = _Bitmap(ink.height, ink.width, ink.width, ctypes.cast(buffer, c_void_p), 256, GREY)
            self._pango.pango_ft2_render_layout(byref(bitmap), layout, -ink.x, -ink.y)
            baseline = self._pango.pango_layout_get_baseline(layout) // UNIT
            return Ink(bytes(buffer), ink.width, ink.height, ink.x, ink.y - baseline, logical.width)

    def lacking(self, text: str, face: Face) -> int:
        """How many characters no font here has."""
        with self._layout(text, face) as layout:
            return int(self._pango.pango_layout_get_unknown_glyphs_count(layout))

    @contextmanager
    def _layout(self, text: str, face: Face) -> Iterator[int]:
        pango, context = self._pango, self._context
        pango.pango_context_set_language(context, pango.pango_language_from_string((face.lang or "en").encode()))
        pango.pango_context_set_base_dir(context, LEFTWARD if face.leftward else 0)
        description = pango.pango_font_description_new()
        pango.pango_font_description_set_family(description, face.family.encode())
        pango.pango_font_description_set_weight(description, face.weight)
        pango.pango_font_description_set_style(description, ITALIC if face.italic else 0)
        pango.pango_font_description_set_absolute_size(description, face.size * UNIT)
        layout = pango.pango_layout_new(context)
        pango.pango_layout_set_font_description(layout, description)
        pango.pango_layout_set_auto_dir(layout, 0)
        pango.pango_layout_set_text(layout, text.encode(), -1)
        try:
            yield layout
        finally:
            pango.pango_font_description_free(description)
            pango.g_object_unref(layout)

    def _line(self, layout: int, index: int, text: bytes) -> Line:
        line = self._pango.pango_layout_get_line_readonly(layout, index)
        ink, logical = _Rectangle(), _Rectangle()
        self._pango.pango_layout_line_get_pixel_extents(line, byref(ink), byref(logical))
        start, end = line.contents.start, line.contents.start + line.contents.length
        width = max(logical.width, ink.x + ink.width) - min(0, ink.x)
        words = text[start:end].decode().strip()
        shown = words.removesuffix(SOFT_HYPHEN) + "-" * words.endswith(SOFT_HYPHEN)
        shown = shown.replace(SOFT_HYPHEN, "").replace(WORD_JOINER, "")
        return Line(shown, width, -ink.y, ink.y + ink.height)


@cache
def typesetter(files: tuple[Path, ...]) -> Typesetter:
    """One for each set of fonts: reading the system's list of fonts takes 20 ms and more."""
    return Typesetter(files)


class _Rectangle(Structure):
    _fields_ = (("x", c_int), ("y", c_int), ("width", c_int), ("height", c_int))


class _Line(Structure):
    _fields_ = (("layout", c_void_p), ("start", c_int), ("length", c_int))


class _Bitmap(Structure):
    """FreeType's FT_Bitmap."""

    _fields_ = (
        ("rows", c_uint),
        ("width", c_uint),
        ("pitch", c_int),
        ("buffer", c_void_p),
        ("greys", c_ushort),
        ("pixel_mode", c_ubyte),
        ("palette_mode", c_ubyte),
        ("palette", c_void_p),
    )


# What each function gives back and takes, as in the headers of Pango 1.50, GObject 2.74 and Fontconfig 2.14
FUNCTIONS: dict[str, tuple[Any, ...]] = {
    "g_object_unref": (None, c_void_p),
    "FcInitLoadConfigAndFonts": (c_void_p,),
    "FcConfigAppFontAddFile": (c_int, c_void_p, c_char_p),
    "pango_ft2_font_map_new": (c_void_p,),
    "pango_ft2_font_map_set_resolution": (None, c_void_p, c_double, c_double),
    "pango_fc_font_map_set_config": (None, c_void_p, c_void_p),
    "pango_ft2_render_layout": (None, c_void_p, c_void_p, c_int, c_int),
    "pango_font_map_create_context": (c_void_p, c_void_p),
    "pango_context_set_base_dir": (None, c_void_p, c_int),
    "pango_context_set_language": (None, c_void_p, c_void_p),
    "pango_context_set_round_glyph_positions": (None, c_void_p, c_int),
    "pango_language_from_string": (c_void_p, c_char_p),
    "pango_font_description_new": (c_void_p,),
    "pango_font_description_free": (None, c_void_p),
    "pango_font_description_set_family": (None, c_void_p, c_char_p),
    "pango_font_description_set_weight": (None, c_void_p, c_int),
    "pango_font_description_set_style": (None, c_void_p, c_int),
    "pango_font_description_set_absolute_size": (None, c_void_p, c_double),
    "pango_layout_new": (c_void_p, c_void_p),
    "pango_layout_set_text": (None, c_void_p, c_char_p, c_int),
    "pango_layout_set_width": (None, c_void_p, c_int),
    "pango_layout_set_wrap": (None, c_void_p, c_int),
    "pango_layout_set_auto_dir": (None, c_void_p, c_int),
    "pango_layout_set_font_description": (None, c_void_p, c_void_p),
    "pango_layout_get_baseline": (c_int, c_void_p),
    "pango_layout_get_line_count": (c_int, c_void_p),
    "pango_layout_get_line_readonly": (POINTER(_Line), c_void_p, c_int),
    "pango_layout_get_pixel_extents": (None, c_void_p, c_void_p, c_void_p),
    "pango_layout_get_unknown_glyphs_count": (c_int, c_void_p),
    "pango_layout_line_get_pixel_extents": (None, c_void_p, c_void_p, c_void_p),
}
# By the prefix of its functions, the longest first: a library's file on Linux, macOS and Windows
LIBRARIES = {
    "pango_ft2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    "pango_fc": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    "pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "Fc": ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
    "g_object": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
}


@cache
def _load() -> SimpleNamespace:
    functions = SimpleNamespace()
    for name, (result, *arguments) in FUNCTIONS.items():
        prefix = next(prefix for prefix in LIBRARIES if name.startswith(prefix))
        function = getattr(_library(LIBRARIES[prefix]), name)
        function.restype, function.argtypes = result, arguments
        setattr(functions, name, function)
    return functions


@cache
def _library(names: tuple[str, ...]) -> ctypes.CDLL:
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    raise PressoutError(
        f"cannot draw the cover: the library '{names[0]}' is not installed",
        hint="on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0; or give the article a picture as its `cover:`",
    )

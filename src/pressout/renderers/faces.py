"""Faces that travel in a file: a font's file with no more letters than are needed, where its maker allows that."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable
from ctypes.util import find_library
from functools import cache
from pathlib import Path

from pressout.theme.fonts import read_rights

# fsType of OpenType's OS/2 table
USAGE, RESTRICTED, EDITABLE = 0x000F, 0x0002, 0x0008  # no embedding but by the maker's leave; in files that may be changed
WHOLE = 0x0100  # no subsetting

FEATURES = 6  # HB_SUBSET_SETS_LAYOUT_FEATURE_TAG: which features of the font's layout tables are kept
NOTDEF_OUTLINE = 0x40  # HB_SUBSET_FLAGS_NOTDEF_OUTLINE: the box that stands for a letter which the face lacks


def may_travel(path: Path, *, editable: bool = False) -> bool:
    """Whether a font's maker lets it travel in a file; `editable` is in one that its readers may change."""
    usage = read_rights(path) & USAGE
    return usage == 0 or bool(usage & EDITABLE) if editable else usage != RESTRICTED


@cache
def with_letters(path: Path, letters: frozenset[str], *, forms: bool = False) -> bytes:
    """The font with these letters alone, as far as it has them; the whole of it where its maker forbids less.

    `forms` keeps their small capitals, old-style figures and the like. HarfBuzz takes 1 ms of CPU for a face, fontTools 300.
    """
    if read_rights(path) & WHOLE:
        return path.read_bytes()
    return by_harfbuzz(path, letters, forms) or by_fonttools(path, letters, forms)


def by_harfbuzz(path: Path, letters: Iterable[str], forms: bool = False) -> bytes:
    """HarfBuzz's subset of a font; nothing where HarfBuzz is missing, or cannot."""
    library = _harfbuzz()
    if library is None:
        return b""
    data = path.read_bytes()
    whole = library.hb_blob_create(data, len(data), 0, None, None)
    face, wanted = library.hb_face_create(whole, 0), library.hb_subset_input_create_or_fail()
    unicodes = library.hb_subset_input_unicode_set(wanted)
    for letter in letters:
        library.hb_set_add(unicodes, ord(letter))
    library.hb_subset_input_set_flags(wanted, NOTDEF_OUTLINE)
    if forms:
        features = library.hb_subset_input_set(wanted, FEATURES)
        library.hb_set_clear(features)
        library.hb_set_invert(features)
    made = library.hb_subset_or_fail(face, wanted)
    written = library.hb_face_reference_blob(made)  # the empty blob where nothing was made
    length = ctypes.c_uint()
    start = library.hb_blob_get_data(written, ctypes.byref(length))
    subset = ctypes.string_at(start, length.value) if length.value else b""
    library.hb_subset_input_destroy(wanted)
    for used in (face, made):
        library.hb_face_destroy(used)
    for used in (whole, written):
        library.hb_blob_destroy(used)
    return subset


def by_fonttools(path: Path, letters: Iterable[str], forms: bool = False) -> bytes:
    """The same by fontTools, which is always there."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    with TTFont(path, recalcTimestamp=False) as font:
        options = Options(notdef_outline=True, **({"layout_features": ["*"]} if forms else {}))
        subsetter = Subsetter(options)
        subsetter.populate(text="".join(letters))
        subsetter.subset(font)
        written = io.BytesIO()
        font.save(written)
        return written.getvalue()


@cache
def _harfbuzz() -> ctypes.CDLL | None:
    """The library with the types of what is called in it; its handles are pointers, which C's int would cut off."""
    name = find_library("harfbuzz-subset")
    if not name:
        return None
    library = ctypes.CDLL(name)
    pointer, number = ctypes.c_void_p, ctypes.c_uint
    calls = {
        "hb_blob_create": (pointer, [ctypes.c_char_p, number, ctypes.c_int, pointer, pointer]),
        "hb_blob_destroy": (None, [pointer]),
        "hb_blob_get_data": (pointer, [pointer, ctypes.POINTER(number)]),
        "hb_face_create": (pointer, [pointer, number]),
        "hb_face_destroy": (None, [pointer]),
        "hb_face_reference_blob": (pointer, [pointer]),
        "hb_set_add": (None, [pointer, ctypes.c_uint32]),
        "hb_set_clear": (None, [pointer]),
        "hb_set_invert": (None, [pointer]),
        "hb_subset_input_create_or_fail": (pointer, []),
        "hb_subset_input_destroy": (None, [pointer]),
        "hb_subset_input_set": (pointer, [pointer, number]),
        "hb_subset_input_set_flags": (None, [pointer, number]),
        "hb_subset_input_unicode_set": (pointer, [pointer]),
        "hb_subset_or_fail": (pointer, [pointer, pointer]),
    }
    for function, (result, arguments) in calls.items():
        getattr(library, function).restype, getattr(library, function).argtypes = result, arguments
    return library

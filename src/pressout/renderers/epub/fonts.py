"""Fonts in an EPUB: the theme's faces with the letters that the book needs, where their makers allow that."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from pressout.diagnostics import Report
from pressout.renderers.css.fonts import font_faces, used_cuts
from pressout.renderers.epub.package import File
from pressout.theme import Theme
from pressout.theme.fonts import Cut

RESTRICTED = 0x0002  # fsType of OpenType's OS/2 table: no embedding but by the maker's leave
WHOLE = 0x0100  # no subsetting
KINDS = {"glyf": (".ttf", "font/ttf"), "CFF ": (".otf", "font/otf")}


def embedded(theme: Theme, letters: str, report: Report) -> tuple[str, tuple[File, ...]]:
    """The rules for the sheet, and the files; the same letters give the same bytes."""
    files: dict[tuple[str, Cut], File] = {}
    for use, cut, path in _faces(theme):
        made = _subset(path, letters)
        if made is None:
            report.warn(f"the font '{path.name}' may not be embedded: its maker forbids it", hint="choose another in the theme")
            continue
        data, ending, kind = made
        name = f"fonts/{use}-{cut[0]}{'-italic' if cut[1] else ''}{ending}"
        files[use, cut] = File(f"font-{len(files) + 1}", name, kind, data)
    rules = font_faces(theme, lambda use, cut: files[use, cut].name if (use, cut) in files else "")
    kept = "\n".join(line for line in rules.splitlines() if 'url("")' not in line)
    return f"{kept}\n", tuple(files.values())


def _faces(theme: Theme) -> Iterator[tuple[str, Cut, Path]]:
    for use, font in theme.fonts.items():
        for cut in used_cuts(theme, use):
            yield use, cut, font.files[cut]


def _subset(path: Path, letters: str) -> tuple[bytes, str, str] | None:
    """The font with these letters alone, its ending and its media type; None where its licence forbids it."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    with TTFont(path, recalcTimestamp=False) as font:
        rights = font["OS/2"].fsType
        if rights & 0x000F == RESTRICTED:
            return None
        if not rights & WHOLE:
            subsetter = Subsetter(Options(layout_features=["*"], notdef_outline=True))
            subsetter.populate(text=letters)
            subsetter.subset(font)
        written = io.BytesIO()
        font.flavor = None
        font.save(written)
        return (written.getvalue(), *KINDS["glyf" if "glyf" in font else "CFF "])

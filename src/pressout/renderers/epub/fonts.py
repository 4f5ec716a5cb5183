"""Fonts in an EPUB: the theme's faces with the letters that the book needs, where their makers allow that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pressout.diagnostics import Report
from pressout.renderers.css.fonts import font_faces, used_cuts
from pressout.renderers.epub.package import File
from pressout.renderers.faces import may_travel, with_letters
from pressout.theme import Theme
from pressout.theme.fonts import Cut

CFF = b"OTTO"  # how an OpenType font with PostScript outlines begins


def embedded(theme: Theme, letters: str, report: Report) -> tuple[str, tuple[File, ...]]:
    """The rules for the sheet, and the files; the same letters give the same bytes."""
    files: dict[tuple[str, Cut], File] = {}
    for use, cut, path in _faces(theme):
        if not may_travel(path):
            report.warn(f"the font '{path.name}' may not be embedded: its maker forbids it", hint="choose another in the theme")
            continue
        data = with_letters(path, frozenset(letters), forms=True)
        ending, kind = (".otf", "font/otf") if data.startswith(CFF) else (".ttf", "font/ttf")
        name = f"fonts/{use}-{cut[0]}{'-italic' if cut[1] else ''}{ending}"
        files[use, cut] = File(f"font-{len(files) + 1}", name, kind, data)
    rules = font_faces(theme, lambda use, cut: files[use, cut].name if (use, cut) in files else "")
    kept = "\n".join(line for line in rules.splitlines() if 'url("")' not in line)
    return f"{kept}\n", tuple(files.values())


def _faces(theme: Theme) -> Iterator[tuple[str, Cut, Path]]:
    for use, font in theme.fonts.items():
        for cut in used_cuts(theme, use):
            yield use, cut, font.files[cut]

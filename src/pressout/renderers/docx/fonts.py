"""The faces of a Word file: a family for every script, and what stands in where one is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pressout.terms import language
from pressout.theme.looks import Font, Theme

Generic = Literal["serif", "sans-serif", "monospace"]

# What stands in for a theme's face on a machine without it: faces that come with Word on Windows and macOS
STAND_INS: Mapping[Generic, str] = {"serif": "Cambria", "sans-serif": "Calibri", "monospace": "Consolas"}

# Office's faces for the scripts that a Latin face lacks, by language: serif, sans serif
EAST_ASIAN: Mapping[str, tuple[str, str]] = {
    "ja": ("Yu Mincho", "Yu Gothic"),
    "ko": ("Batang", "Malgun Gothic"),
    "zh-Hans": ("SimSun", "Microsoft YaHei"),
    "zh-Hant": ("PMingLiU", "Microsoft JhengHei"),
}
COMPLEX: Mapping[str, tuple[str, str]] = {
    "": ("Times New Roman", "Arial"),  # Arabic and Hebrew among others
    "th": ("Leelawadee UI", "Leelawadee UI"),
    **dict.fromkeys(("bn", "gu", "hi", "kn", "ml", "mr", "ne", "pa", "si", "ta", "te"), ("Nirmala UI", "Nirmala UI")),
}


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The theme's fonts as Word asks for them: one family for Latin, one for East Asian, one for complex scripts."""

    theme: Theme
    lang: str

    def names(self, use: str) -> Mapping[str, str]:
        """The attributes of w:rFonts for one of the theme's fonts."""
        font = self.theme.fonts.get(use) or Font("")
        family = font.family or STAND_INS[font.generic]
        east_asian, complex_script = self._script_faces(font.generic)
        # Quotation marks, dashes and dots stand in Latin and in East Asian type: here they are as wide as the text's own letters
        hint = {"hint": "eastAsia"} if east_asian else {}
        return {**hint, "ascii": family, "hAnsi": family, "eastAsia": east_asian or family, "cs": complex_script}

    def _script_faces(self, generic: Generic) -> tuple[str, str]:
        index = 0 if generic == "serif" else 1
        east_asian = EAST_ASIAN.get(language(self.lang), ("", ""))
        return east_asian[index], COMPLEX.get(language(self.lang), COMPLEX[""])[index]

"""Fonts in sheets: their @font-face rules, the families to try one after the other, and what a script does without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from pressout.theme.fonts import Cut
from pressout.theme.looks import Font, Theme

SCHEME = "pressout-font:"  # what a sheet calls a font file, so that no folder of this machine stands in it
USUAL_WEIGHTS = {400, 700}  # of running text and of what is strong in it

# A Han character looks otherwise in each language, and a font is made for one of them (the endings of Noto CJK's families)
HAN = {"ja": "JP", "ko": "KR", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK", "zh-mo": "HK"}
HAN_DEFAULT = " CJK SC"
# Letterspacing tears these scripts apart
JOINED = frozenset({"ar", "bn", "ckb", "fa", "gu", "hi", "kn", "ml", "mr", "ne", "pa", "ps", "sd", "ta", "te", "ug", "ur"})
# These have no italic
UPRIGHT = JOINED | {"he", "ja", "km", "ko", "lo", "my", "si", "th", "yi", "zh"}


def font_faces(theme: Theme, address: Callable[[str, Cut], str]) -> str:
    """The @font-face rules for the cuts that a theme uses; `address` names the file of a font's use and cut."""
    return "\n".join(
        f'@font-face {{ font-family: {_quoted(font.family)}; src: url("{address(use, cut)}");'
        f" font-weight: {cut[0]}; font-style: {'italic' if cut[1] else 'normal'}; }}"
        for use, font in theme.fonts.items()
        for cut in used_cuts(theme, use)
    )


def used_cuts(theme: Theme, use: str) -> Iterator[Cut]:
    """The cuts of a font that a theme needs: those of its styles, and the italic and bold of text in each."""
    looks = [theme.styles, *theme.sections.values()]
    weights = USUAL_WEIGHTS | {style.weight for look in looks for style in look.values() if style.font == use}
    yield from (cut for cut in theme.fonts[use].files if cut[0] in weights)


def font_address(use: str, cut: Cut) -> str:
    """The address of a cut in a sheet for print, such as `pressout-font:text-700-italic`: it names no folder of this machine."""
    weight, italic = cut
    return f"{SCHEME}{use}-{weight}{'-italic' if italic else ''}"


def font_file(theme: Theme, address: str) -> Path | None:
    """The file that an address in a sheet stands for; None where this theme has no such font."""
    use, _, cut = address.removeprefix(SCHEME).partition("-")
    weight, _, slant = cut.partition("-")
    if use not in theme.fonts or not weight.isdecimal():
        return None
    return theme.fonts[use].files.get((int(weight), slant == "italic"))


def stack(font: Font, lang: str) -> str:
    """The value of `font-family`: the theme's own family, those for what it lacks, and at last its kind."""
    return ", ".join([*map(_quoted, (font.family, *_fallback(font, lang))), font.generic])


def _fallback(font: Font, lang: str) -> Iterator[str]:
    """The fallback families, with the one for Han characters made for the language of the text."""
    tag = lang.lower()
    ending = HAN.get(tag) or HAN.get(tag.partition("-")[0])
    for family in font.fallback:
        yield family.replace(HAN_DEFAULT, f" CJK {ending}") if ending else family


def upright(lang: str) -> bool:
    """Whether the script of a language has no italic: emphasis is then shown in another way."""
    return lang.lower().partition("-")[0] in UPRIGHT


def joined(lang: str) -> bool:
    """Whether the letters of a language's script hang together, so that no space may be added between them."""
    return lang.lower().partition("-")[0] in JOINED


def _quoted(family: str) -> str:
    return '"' + family.replace("\\", "\\\\").replace('"', '\\"') + '"'

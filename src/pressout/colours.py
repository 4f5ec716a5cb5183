"""Colours: how well letters stand out from their ground, and a colour's likeness for reading by night."""

from __future__ import annotations

import colorsys
from functools import cache

ENOUGH = 4.5  # contrast of letters to their ground: WCAG 2.2, success criterion 1.4.3, level AA
ENOUGH_LARGE = 3.0  # the same for letters of 18 points, or of 14 points bold

NIGHT = "#121212"  # the ground that a reading program is likely to set by night
LIGHTEST = 0.9  # of lightness, from 0 to 1; pure white dazzles by night
STEP = 0.01


@cache  # a theme has few colours in many pairs
def contrast(letters: str, ground: str) -> float:
    """The contrast of two colours written `#rrggbb`, from 1 (none) to 21 (black on white): WCAG 2.2's contrast ratio."""
    lighter, darker = sorted((_luminance(letters), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


CALM = 0.5  # of saturation: a light colour of more glows in the dark


def by_night(letters: str, ground: str = NIGHT) -> str:
    """The letters' colour as light as it was dark, and lighter still until they stand out from a dark ground; never glaring."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(letters))
    saturation = min(saturation, CALM)
    lightness = max(lightness, min(LIGHTEST, 1 - lightness))
    while True:
        lighter = _written(colorsys.hls_to_rgb(hue, lightness, saturation))
        if contrast(lighter, ground) >= ENOUGH or lightness >= 1:
            return lighter
        lightness = min(1.0, lightness + STEP)


def ground_by_night(ground: str) -> str:
    """A light ground as a dark one of its hue, a little lighter than the page round it."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(ground))
    return _written(colorsys.hls_to_rgb(hue, max(0.14, 1 - lightness), min(saturation, 0.25)))


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _written(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)

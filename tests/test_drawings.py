"""Drawings that become bitmaps: no word of theirs is lost, whatever font it asks for and whatever script it is in."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from conftest import THEMES
from pressout.diagnostics import Report
from pressout.model import Picture
from pressout.renderers.drawings import draw_vector
from pressout.theme import load_theme

ASKED = {
    "none": "{}",
    "a name": '<g font-family="Helvetica">{}</g>',
    "a kind": '<g font-family="No Such Face, sans-serif">{}</g>',
    "a style": '<g style="font-family: Arial; fill: #000000">{}</g>',
    "a sheet": "<style>text {{ font-family: 'Times New Roman', serif; fill: black }}</style>{}",
}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="30">{}</svg>'


@pytest.mark.parametrize("words", ["Words", "图表"])
@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("theme", ["plain", "manuscript"])
def test_words_are_drawn(theme: str, asked: str, words: str) -> None:
    assert theme in THEMES
    data = SVG.format(ASKED[asked].format(f'<text x="5" y="20">{words}</text>')).encode()
    drawn = draw_vector(Picture("a.svg", "image/svg+xml", 100, 30, data), load_theme(theme, Report()))
    box = Image.open(io.BytesIO(drawn)).getbbox()
    assert box is not None
    assert box[2] - box[0] > 30


def test_letters_of_no_size_are_passed_over(capfd: pytest.CaptureFixture[str]) -> None:
    data = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 30"><text font-size="-1e9" x="5" y="20">Hi</text></svg>'
    assert draw_vector(Picture("a.svg", "image/svg+xml", 100, 30, data), load_theme("plain", Report()))
    assert capfd.readouterr().err == ""  # Pango complains there by itself

"""The lines of the text stand on one grid, so that those of facing pages meet; measured on the finished PDF."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from weasyprint import HTML
from weasyprint.layout import block
from weasyprint.layout.block import block_level_layout

from conftest import ARTICLES, need
from pressout.diagnostics import Report
from pressout.edition import Edition
from pressout.model import Source
from pressout.prepare import prepare
from pressout.readers import read
from pressout.renderers import render
from pressout.renderers.pdf.line_grid import keep_grid, step_blocks
from pressout.theme import load_theme
from pressout.verify.typography.lines import can_read_lines, read_lines
from pressout.verify.typography.text import Text, text_of

OFF = 0.3  # points that a baseline may stand beside its grid
STRAY = 0.02  # of the lines: those in a box in a box, and the date of a title page
RUNNING = [article for article in ARTICLES if article.stem != "specimen"]  # which shows each kind once, and has little running text
PAGE = "<style>@page { size: 400pt; margin: 50pt } p { margin: 0; font: 10pt/15pt 'Source Serif Pro' } div { height: 37pt }</style>"


@pytest.mark.parametrize("theme", ["briefing", "report"])
def test_the_lines_of_facing_pages_meet(library: Path, theme: str) -> None:
    need(not can_read_lines(), "pypdfium2")
    line = load_theme(theme, Report()).line
    lines = strays = 0
    for article in RUNNING:
        phases = phases_of(text_of(read_lines((library / theme / f"{article.stem}.pdf").read_bytes())), line)
        usual, _ = Counter(round(phase) for page in phases for phase in page).most_common(1)[0]
        every = [phase for page in phases for phase in page]
        near = [phase for phase in every if abs(phase - usual) < 1]
        grid = sum(near) / len(near)
        lines += len(every)
        strays += sum(abs(phase - grid) > OFF for phase in every)
    assert lines > 300
    assert strays / lines < STRAY


def phases_of(text: Text, line: float) -> list[list[float]]:
    """How far each line of the running text, page by page, stands above a grid from the paper's foot."""
    body = [
        [each.baseline % line for each in column.lines if text.is_body(each) and not text.is_heading(each)]
        for column in text.columns
    ]
    return [page for page in body if page]


@pytest.mark.parametrize("stepped", [True, False])
def test_a_block_takes_whole_lines(stepped: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(block, "block_level_layout", block_level_layout)
    keep_grid()
    page = HTML(string=f"{PAGE}<body><p>above</p><div></div><p>below</p></body>")
    if stepped:
        step_blocks(page.etree_element, 15)
    boxes = [box for box in page.render().pages[0]._page_box.descendants() if box.element_tag == "p" and hasattr(box, "baseline")]
    distance = (boxes[-1].position_y - boxes[0].position_y) * 0.75
    assert distance == pytest.approx(60 if stepped else 52)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ja", "プロジェクトを立ち上げた時に、そのプロジェクトを宣伝しないといけない。"),
        ("ar", "تساعد مدونات السلوك في حماية جميع المشاركين وليس المشرفين فقط. "),
        ("hi", "यह लेख बताता है कि पृष्ठ पर पंक्तियाँ समान दूरी पर खड़ी रहती हैं। "),
    ],
)
def test_lines_of_every_script_stand_as_far_apart(lang: str, words: str) -> None:
    """Measured on the finished file: letters of a fallback face, bold ones among them, stand on the grid of the theme's lines."""
    need(not can_read_lines(), "pypdfium2")
    theme = load_theme("plain", Report())
    paragraph = f"{words * 6}**{words}** Latin {words}\n\n"
    source = Source(f"---\ntitle: A\nlang: {lang}\ntoc: false\n---\n\n" + paragraph * 5, "a.md")
    document = prepare(read(source, Report(), ".md"), theme, Edition(), Report())
    data = render("pdf", document, theme, Edition(), Report()).data
    baselines = [line.baseline for line in read_lines(data)[0].lines if round(line.size, 1) == theme.style("body").size]
    steps = [above - below for above, below in pairwise(sorted(baselines, reverse=True)) if above - below > OFF]
    assert len(steps) > 10
    assert {round(step / theme.line, 2) for step in steps} == {1, 2}

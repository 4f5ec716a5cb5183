"""Speed, as ratios of CPU seconds that are measured in turns in one process, so that a busy machine changes little."""

from __future__ import annotations

import os
import statistics

import pytest

from conftest import THEMES
from pdf_speed import SHORT, beside_weasyprint, in_turns, proof, tags_of_forty_pages
from pressout.diagnostics import Report
from pressout.pipeline import draw

# A time is measured, it is no test that fails on a slow day
pytestmark = pytest.mark.skipif(not os.environ.get("PRESSOUT_BENCH"), reason="measures times: PRESSOUT_BENCH=1 runs it")


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_books_cost_little_beside_the_print(theme: str) -> None:
    """The EPUB and the Word file together take less than a fifth of the PDF."""
    checked = proof(SHORT, theme)
    works = (lambda form=form: draw(form, checked, Report()) for form in ("pdf", "epub", "docx"))
    pdf, epub, docx = map(statistics.median, in_turns(*works, rounds=5))
    assert epub + docx < 0.2 * pdf, (epub, docx, pdf)


def test_print_costs_what_weasyprint_costs(theme: str) -> None:
    """Less than 1.15 times WeasyPrint alone on the very page that `inspect --stage html` shows."""
    ours, plain = map(statistics.median, beside_weasyprint(theme))
    assert ours < 1.15 * plain, (ours, plain)


def test_tags_cost_little() -> None:
    """Less than a tenth of the CPU at forty pages, and a file less than a tenth larger than with WeasyPrint's own tags."""
    passes = tags_of_forty_pages()
    assert passes.share < 0.1
    assert passes.sizes[0] < 1.1 * passes.sizes[1], passes.sizes

"""Speed, as ratios of CPU seconds that are measured in turns in one process, so that a busy machine changes little."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable

import pytest

from conftest import ROOT, THEMES
from pressout.diagnostics import Report
from pressout.order import Order, complete
from pressout.pipeline import Proof, check, draw, read_article

# A time is measured, it is no test that fails on a slow day; `report`, with its cover, took 1.6 times as long when measured
pytestmark = pytest.mark.skipif(not os.environ.get("PRESSOUT_BENCH"), reason="measures times: PRESSOUT_BENCH=1 runs it")

ARTICLE = ROOT / "input" / "die-letzte-schaltsekunde.md"  # about five pages without pictures


@pytest.fixture(params=THEMES)
def proof(request: pytest.FixtureRequest) -> Proof:
    order = complete(Order(theme=request.param), ARTICLE)
    return check(read_article(ARTICLE, order, Report()), order, Report())


def medians(*works: Callable[[], object], rounds: int) -> list[float]:
    """The median CPU seconds of each work, after one warm round, in turns."""
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(rounds + 1):
        for work, taken in zip(works, seconds, strict=True):
            begun = time.process_time()
            work()
            taken.append(time.process_time() - begun)
    return [statistics.median(taken[1:]) for taken in seconds]


def test_books_cost_little_beside_the_print(proof: Proof) -> None:
    """The EPUB and the Word file together take less than a fifth of the PDF."""
    pdf, epub, docx = medians(*(lambda form=form: draw(form, proof, Report()) for form in ("pdf", "epub", "docx")), rounds=5)
    assert epub + docx < 0.2 * pdf, (epub, docx, pdf)


def test_print_costs_what_weasyprint_costs(proof: Proof) -> None:
    """Less than 1.15 times WeasyPrint alone on the very page that `inspect --stage html` shows."""
    from weasyprint import HTML

    from pressout.renderers.pdf.page import page_html

    html = page_html(proof.document, proof.theme, proof.edition)
    works = (lambda: draw("pdf", proof, Report()), lambda: HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"))
    ours, plain = medians(*works, rounds=9)
    assert ours < 1.15 * plain, (ours, plain)

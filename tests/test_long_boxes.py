"""Long boxes and code: what is short moves whole to the next page, what is long begins where it stands."""

from __future__ import annotations

import subprocess

import pytest

from pressout.diagnostics import Report
from pressout.edition import Edition
from pressout.model import Source
from pressout.prepare import prepare
from pressout.readers import read
from pressout.renderers import render
from pressout.theme import load_theme

WORDS = "Words of the running text that fill the page down to where the box is to stand. " * 5
POINT = "- A point of the box that needs two lines of it, or as good as two, to be made by its author\n"
ARTICLE = "---\ntitle: Boxes\nlang: en\ntoc: false\n---\n\n{before}## Key points\n\n{points}\n## After\n\nWords.\n"


def pages(points: int) -> list[str]:
    """The text of each page of a briefing whose first page is two thirds full before its box."""
    theme = load_theme("briefing", Report())
    source = Source(ARTICLE.format(before=f"{WORDS}\n\n" * 4, points=POINT * points), "a.md")
    drawn = render("pdf", prepare(read(source, Report(), ".md"), theme, Edition(), Report()), theme, Edition(), Report())
    said = subprocess.run(["pdftotext", "-raw", "-", "-"], input=drawn.data, capture_output=True, check=True)
    return said.stdout.decode().split("\f")


@pytest.mark.parametrize(("points", "first"), [(6, 0), (16, 3)])
def test_only_a_long_box_is_parted_by_a_page(points: int, first: int) -> None:
    found = pages(points)
    parts = [page.count("A point of the box") for page in found]
    assert sum(parts) == points
    assert (parts[0] == 0) if first == 0 else (parts[0] >= first)
    assert ("Key points" in found[0]) is bool(first)


@pytest.mark.parametrize("name", ["briefing", "plain", "report"])
def test_no_page_parts_key_points(name: str) -> None:
    theme = load_theme(name, Report())
    parts = (f"{WORDS}\n\n" * (number % 4 + 1) + f"## Key points\n\n{POINT * 6}\n## After {number}\n\n" for number in range(8))
    source = Source("---\ntitle: Boxes\nlang: en\ntoc: false\n---\n\n" + "".join(parts) + "Words.\n", "a.md")
    drawn = render("pdf", prepare(read(source, Report(), ".md"), theme, Edition(), Report()), theme, Edition(), Report())
    said = subprocess.run(["pdftotext", "-raw", "-", "-"], input=drawn.data, capture_output=True, check=True).stdout.decode()
    counts = [page.count("A point of the box") for page in said.split("\f")]
    assert sum(counts) == 6 * 8
    assert not any(count % 6 for count in counts)


@pytest.mark.parametrize(("lines", "parted"), [(6, False), (40, True)])
def test_only_long_code_is_parted_by_a_page(lines: int, parted: bool) -> None:
    theme = load_theme("plain", Report())
    code = "```\n" + "a line of code\n" * lines + "```\n\n"
    listings = (f"Words {number}.\n\n" * (number % 5 + 1) + code for number in range(24))
    source = Source("---\ntitle: Code\nlang: en\ntoc: false\n---\n\n" + "".join(listings), "a.md")
    drawn = render("pdf", prepare(read(source, Report(), ".md"), theme, Edition(), Report()), theme, Edition(), Report())
    said = subprocess.run(["pdftotext", "-raw", "-", "-"], input=drawn.data, capture_output=True, check=True).stdout.decode()
    counts = [page.count("a line of code") for page in said.split("\f")]
    assert sum(counts) == 24 * lines
    assert any(count % lines for count in counts) is parted

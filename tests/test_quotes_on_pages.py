"""Quotations on pages: who said it stands on the page of the words that end the quotation."""

from __future__ import annotations

import subprocess

from pressout.diagnostics import Report
from pressout.edition import Edition
from pressout.model import Source
from pressout.prepare import prepare
from pressout.readers import read
from pressout.renderers import render
from pressout.theme import load_theme

SAID = "Words that somebody said, as many as three lines of a page can hold of them and a few more beside. " * 3
SPEAKER = "Speaker number {number}"
QUOTES = 120


def test_no_page_begins_with_who_said_it() -> None:
    theme = load_theme("plain", Report())
    quotes = (f"> {SAID}\n>\n> — {SPEAKER.format(number=number)}\n\n" + "Words.\n\n" * (number % 7) for number in range(QUOTES))
    source = Source("---\ntitle: Quotes\nlang: en\n---\n\n" + "".join(quotes), "a.md")
    drawn = render("pdf", prepare(read(source, Report(), ".md"), theme, Edition(), Report()), theme, Edition(), Report())
    said = subprocess.run(["pdftotext", "-raw", "-", "-"], input=drawn.data, capture_output=True, check=True).stdout.decode()
    assert said.count("Speaker number") == QUOTES
    assert not [page[:80] for page in said.split("\f") if "Speaker number" in "".join(page.splitlines()[:2])]

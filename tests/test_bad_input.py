"""Bad input: what is wrong is named where it stands, all else is built in every format, and large is no worse than long."""

from __future__ import annotations

import os
import re
import subprocess
import time
from pathlib import Path

import pytest

from conftest import pressout
from pressout.diagnostics import Report
from pressout.edition import Edition
from pressout.model import Document, Source
from pressout.prepare import prepare
from pressout.readers.markdown import parse_article
from pressout.renderers import render
from pressout.theme import Theme, load_theme
from words import docx_text, epub_text, letters, pdf_text

READERS = {"pdf": pdf_text, "epub": epub_text, "docx": docx_text}
TEXTS = re.compile(r"Text\d+\.")
# What is wrong, between two words that must arrive; what is said of it; and what of it stays to be seen
WRONG = {
    "See @fig-gone here.": ("nothing here is called 'fig-gone'", "@fig-gone"),
    "See [](#nowhere){.page} here.": ("nothing here is called 'nowhere'", "[](#nowhere){.page}"),
    "See [the words](#astray) here.": ("nothing here is called 'astray'", "the words"),
    "A mark.[^gone]": ("there is no note 'gone'", "[^gone]"),
    "Empty.[^empty]\n\n[^empty]:": ("the note 'empty' has no text", "[^empty]"),
    "Twice.[^twice]\n\n[^twice]: First text.\n\n[^twice]: Second text.": ("there are two notes 'twice'", "[^twice]: Second text."),
    "Alone.\n\n[^alone]: Nobody calls me.": ("the note 'alone' is never called", "[^alone]: Nobody calls me."),
    "## First {#same}\n\n## Second {#same}": ("the id 'same' is given twice", "Second"),
    "[One]{#alike} and [two]{#alike}": ("the id 'alike' is given twice", "and two"),
    "[Noted]{#note-1} is a span.": ("'note-1' is an id that notes have; it becomes 'note-1-2'", "Noted is"),
    "<table><tr><td rowspan=9>deep</td><td>x</td></tr></table>": ("reaches below the rows", "deep"),
    "<table><tr><td>a</td><td rowspan=2>b</td></tr><tr><td colspan=2>over</td></tr></table>": ("would lie over another", "over"),
    "<table><tr><td colspan=many>odd</td></tr></table>": ("'many' is no colspan", "odd"),
    "{colour=red}\nA red paragraph.": ("no paragraph knows the attribute 'colour'", "A red paragraph."),
    "![Grey](a.png){width=-5%}": ("'-5%' is no width", "Grey"),
    "![Grey](a.png){width=0}": ("'0' is no width", "Grey"),
    "## Two names {#one #two}": ("a block has one id, and 'two' is taken", "Two names"),
    "An [open phrase{.x} in a line.": ("these attributes stand behind nothing", "[open phrase{.x}"),
    "An ==open mark in a line.": ("'==' opens here and never closes", "==open mark"),
    "An <b>open tag in a line.": ("<b> is never closed", "open tag"),
    "::: aside\nIn an open division.": ("this division is never closed", "In an open division."),
}


def article(wrong: str) -> str:
    return f"---\ntitle: Wrong\nlang: en\n---\n\nbefore\n\n{wrong}\n\nbehind\n"


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_has_its_place(wrong: str) -> None:
    report = Report()
    ready(article(wrong), report)
    said = [each for each in report.diagnostics if WRONG[wrong][0] in each.message]
    assert said, report.diagnostics
    assert said[0].span
    assert 8 <= said[0].span.line <= 8 + wrong.count("\n")
    assert said[0].span.column >= 1


def test_all_that_is_wrong_is_built_in_every_format(tmp_path: Path) -> None:
    """All at once, by the real command; the diagnostics on standard error are as many kinds as there are faults."""
    (tmp_path / "wrong.md").write_text(article("\n\n".join(WRONG)), encoding="utf-8")
    said = pressout("build", "wrong.md", "--out", "out", folder=tmp_path)
    assert said.status == 0, said.errors
    assert "Traceback" not in said.errors
    for fault, _ in WRONG.values():
        assert re.search(rf"wrong\.md:\d+:\d+: warning: .*{re.escape(fault)}", said.errors), fault
    for form, text_of in READERS.items():
        text = letters(text_of(tmp_path / "out" / f"wrong.{form}"))
        lost = [seen for _, seen in WRONG.values() if letters(seen) not in text]
        assert not lost, (form, lost)
        assert "before" in text
        assert "behind" in text


def test_a_long_word_in_code_folds_within_its_page(tmp_path: Path) -> None:
    """A string of 2,000 letters: each stands on the page."""
    (tmp_path / "long.md").write_text(article(f'```python\nx = {{"key": "{"abcdefgh" * 250}"}}\n```'), encoding="utf-8")
    assert pressout("build", "long.md", "--to", "pdf", "--out", ".", folder=tmp_path).status == 0
    said = subprocess.run(["pdftotext", "-bbox", tmp_path / "long.pdf", "-"], capture_output=True, check=True).stdout.decode()
    width = float(re.search(r'<page width="([\d.]+)"', said)[1])  # type: ignore[index]
    words = re.findall(r'xMax="([\d.]+)" yMax="[\d.]+">([^<]*)</word>', said)
    assert "abcdefgh" * 250 in "".join(word for _, word in words)
    assert max(float(right) for right, _ in words) < width


MANY = {
    "headings": lambda count: "".join(f"{'#' * (2 + n % 4)} Heading {n}\n\nText{n}.\n\n" for n in range(count)),
    "notes": lambda count: "".join(f"Text{n}.[^{n}]\n\n[^{n}]: Note {n}.\n\n" for n in range(count)),
    "rows": lambda count: "| a | b |\n|---|--:|\n" + "".join(f"| Text{n}. | {n} |\n" for n in range(count)),
    "quotes": lambda count: "> " * (count // 20) + "Text0.",
    "lists": lambda count: "".join("  " * n + f"- Text{n}.\n" for n in range(count // 20)),
    "divisions": lambda count: "".join(f"::: d\nText{n}.\n\n" for n in range(count // 20)) + ":::\n" * (count // 20),
    "a long line of code": lambda count: f"```\n{'=' * (count // 10)}\n```\n\nText0.",
}


@pytest.mark.parametrize("what", MANY)
def test_much_of_a_kind_keeps_its_words(what: str, tmp_path: Path) -> None:
    """A thousand of a kind, fifty in one another, as a book and for Word."""
    keeps_words(MANY[what](1000), ("epub", "docx"), tmp_path)


@pytest.mark.skipif(not os.environ.get("PRESSOUT_BENCH"), reason="measures times: PRESSOUT_BENCH=1 runs it")
@pytest.mark.parametrize("what", MANY)
def test_ten_thousand_of_a_kind_are_built(what: str, tmp_path: Path) -> None:
    """Ten thousand of a kind, five hundred in one another, in all three formats: under six minutes of one core."""
    begun = time.process_time()
    keeps_words(MANY[what](10_000), ("pdf", "epub", "docx"), tmp_path)
    taken = time.process_time() - begun
    print(f"\n10,000 {what}: {taken:.0f} CPU seconds")
    assert taken < 360


def keeps_words(text: str, forms: tuple[str, ...], folder: Path) -> None:
    document, theme = ready(article(text), Report())
    for form in forms:
        path = folder / f"much.{form}"
        path.write_bytes(render(form, document, theme, Edition(), Report()).data)
        assert set(TEXTS.findall(READERS[form](path))) >= set(TEXTS.findall(text)), form


def ready(text: str, report: Report) -> tuple[Document, Theme]:
    theme = load_theme("plain", report)
    return prepare(parse_article(Source(text, "wrong.md"), report).document, theme, Edition(), report), theme

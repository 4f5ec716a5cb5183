"""No word is lost: every block of our own articles stands in every output, its words in their order."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conftest import THEMES, every_article
from words import Words, blocks, docx_text, epub_text, letters, missing, pdf_text, source_blocks

TEXTS = {"pdf": pdf_text, "epub": epub_text, "docx": docx_text}
# Where a PDF's text is not in reading order, or not in the letters that were written: pdftotext's own limits
FRONT = re.compile(r"(By|Published) ")
NOTE = re.compile(r"\[\d+\]")  # its mark is set as the format sets marks
UNREADABLE = re.compile(r"[\u0590-\u08ff\u0900-\u0dff]")


@pytest.mark.parametrize("form", TEXTS)
@every_article
def test_every_block_is_there(library: Path, article: Path, theme: str, form: str) -> None:
    text = article.read_text(encoding="utf-8")
    running, elsewhere = source_blocks(text) if article.suffix == ".md" else plain_blocks(text, left_out(library, article))
    if form == "pdf":
        running = [words for words in running if not UNREADABLE.search("".join(words))]
    assert not missing((running, elsewhere), letters(TEXTS[form](library / theme / f"{article.stem}.{form}")))


def left_out(library: Path, article: Path) -> set[int]:
    """The numbers of the lines that the command said it left out."""
    found = json.loads((library / THEMES[0] / "report.json").read_text())["diagnostics"]
    return {each["line"] for each in found if each["message"].startswith("left out: ") and Path(each["file"]).name == article.name}


def plain_blocks(text: str, without: set[int]) -> tuple[list[Words], list[Words]]:
    """The words of a plain text's lines, and of its notes; without author and date, which are set anew."""
    lines = [line for number, line in enumerate(text.splitlines(), 1) if number not in without and not FRONT.match(line)]
    notes = [line for line in lines if NOTE.match(line)]
    running = "\n\n".join(line for line in lines if line not in notes)
    return blocks(NOTE.sub("", running)), blocks(NOTE.sub("", "\n\n".join(notes)))


def test_oracle_sees_a_lost_word() -> None:
    source = source_blocks("One *two* three.[^a]\n\n- four\n- five\n\n[^a]: six")
    assert missing(source, "onetwothreefourfivesix") == []
    assert missing(source, "onetwpage7othreefoursixfive") == []
    assert missing(source, "onethreefourfivesix") == ["one two three"]
    assert missing(source, "fouronetwothreefivesix") == ["four"]
    assert missing(source, "onetwothreefourfive") == ["six"]

"""No word is lost: every block of our own articles stands in every output, its words in their order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import every_article
from words import docx_text, epub_text, letters, missing, pdf_text, source_blocks

TEXTS = {"pdf": pdf_text, "epub": epub_text, "docx": docx_text}
# Where a PDF's text is not in reading order, or not in the letters that were written: pdftotext's own limits
UNREADABLE = re.compile(r"[\u0590-\u08ff\u0900-\u0dff]")


@pytest.mark.parametrize("form", TEXTS)
@every_article
def test_every_block_is_there(library: Path, article: Path, theme: str, form: str) -> None:
    running, elsewhere = source_blocks(article.read_text(encoding="utf-8"))
    if form == "pdf":
        running = [words for words in running if not UNREADABLE.search("".join(words))]
    assert not missing((running, elsewhere), letters(TEXTS[form](library / theme / f"{article.stem}.{form}")))


def test_oracle_sees_a_lost_word() -> None:
    source = source_blocks("One *two* three.[^a]\n\n- four\n- five\n\n[^a]: six")
    assert missing(source, "onetwothreefourfivesix") == []
    assert missing(source, "onetwpage7othreefoursixfive") == []
    assert missing(source, "onethreefourfivesix") == ["one two three"]
    assert missing(source, "fouronetwothreefivesix") == ["four"]
    assert missing(source, "onetwothreefourfive") == ["six"]

"""No word is lost: every block of our own articles stands in every output, its words in their order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import every_article
from words import compare, docx_text, epub_text, letters, pdf_text, source_blocks

TEXTS = {"pdf": pdf_text, "epub": epub_text, "docx": docx_text}
# Where a PDF's text is not in reading order, or not in the letters that were written: pdftotext's own limits
UNREADABLE = re.compile(r"[\u0590-\u08ff\u0900-\u0dff]")


@pytest.mark.parametrize("form", TEXTS)
@every_article
def test_every_block_is_there(library: Path, article: Path, theme: str, form: str) -> None:
    text = article.read_text(encoding="utf-8")
    blocks = [words for words in source_blocks(text) if form != "pdf" or not UNREADABLE.search("".join(words))]
    lost, moved = compare(blocks, letters(TEXTS[form](library / theme / f"{article.stem}.{form}")))
    assert not lost
    # Notes go where the format sets its notes, captions where the theme sets them; nothing else leaves its place
    movable = len(re.findall(r"\^\[|^\[\^|^: |^Table: |!\[|<caption|source=|credit=", text, re.MULTILINE))
    assert len(moved) <= movable, moved


def test_oracle_sees_a_lost_word() -> None:
    blocks = list(source_blocks("One *two* three.\n\n- four\n- five"))
    assert compare(blocks, "onetwothreefourfive") == ([], [])
    assert compare(blocks, "onethreefourfive") == (["one two three"], [])
    assert compare(blocks, "fouronetwothreefive") == ([], ["four"])
    assert compare(blocks, "onetwpage7othreefourfive") == ([], [])

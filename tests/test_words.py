"""No word is lost: every block of our own articles stands in every output, its words in their order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import THEMES, every_article
from words import docx_text, epub_text, letters, missing, pdf_text, plain_blocks, readable, source_blocks

TEXTS = {"pdf": pdf_text, "epub": epub_text, "docx": docx_text}


@pytest.mark.parametrize("form", TEXTS)
@every_article
def test_every_block_is_there(library: Path, article: Path, theme: str, form: str) -> None:
    text = article.read_text(encoding="utf-8")
    source = source_blocks(text) if article.suffix == ".md" else plain_blocks(text, left_out(library, article))
    assert not missing(
        readable(source) if form == "pdf" else source, letters(TEXTS[form](library / theme / f"{article.stem}.{form}"))
    )


def left_out(library: Path, article: Path) -> set[int]:
    """The numbers of the lines that the command said it left out."""
    found = json.loads((library / THEMES[0] / "report.json").read_text())["diagnostics"]
    return {each["line"] for each in found if each["message"].startswith("left out: ") and Path(each["file"]).name == article.name}


def test_oracle_sees_a_lost_word() -> None:
    source = source_blocks("One *two* three.[^a]\n\n- four\n- five\n\n[^a]: six")
    assert missing(source, "onetwothreefourfivesix") == []
    assert missing(source, "onetwpage7othreefoursixfive") == []
    assert missing(source, "onethreefourfivesix") == ["one two three"]
    assert missing(source, "fouronetwothreefivesix") == ["four"]
    assert missing(source, "onetwothreefourfive") == ["six"]

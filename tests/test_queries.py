"""Queries: an editor's comments at their places, in the terminal and in the source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import desk
from pressout.cli import main

ARTICLE = "# One\n\nA first paragraph\nof two lines.\n\n- an item\n- another item\n"


@pytest.fixture
def returned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(ARTICLE)
    CliRunner().invoke(main, ["handoff", "a.md", "--out", "."], catch_exceptions=False)
    path = Path("back.docx")
    path.write_bytes(desk.comment(Path("a-handoff.docx").read_bytes(), "another item", "Which -- one?"))
    return path


def test_a_query_is_listed_at_its_words(returned: Path) -> None:
    answer = CliRunner().invoke(main, ["queries", str(returned)], catch_exceptions=False)
    assert answer.output == 'a.md:7:3: Ed Itor, 2026-11-01: "another item" -> Which -- one?\n'


def test_a_query_is_kept_below_its_block(returned: Path) -> None:
    CliRunner().invoke(main, ["takeback", str(returned), "--queries", "keep"], catch_exceptions=False)
    assert Path("a.md").read_text() == ARTICLE + "  <!-- query(Ed Itor, 2026-11-01): Which - - one? -->\n"
    answer = CliRunner().invoke(main, ["queries", "a.md", "--json"], catch_exceptions=False)
    (query,) = json.loads(answer.output)
    assert (query["line"], query["author"], query["text"]) == (8, "Ed Itor", "Which - - one?")

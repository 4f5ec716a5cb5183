"""Queries: an editor's comments at their places, in the terminal and in the source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import desk
from pressout.cli import main
from pressout.diagnostics import Report
from pressout.model import Source
from pressout.readers.docx import read_word
from pressout.revision.handoff import Terms, hand_off
from pressout.theme import load_theme
from pressout.verify.docx_verdict import verify

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


def test_an_answer_goes_out_as_a_reply(returned: Path, tmp_path: Path) -> None:
    """A query answered in the source is a comment of the next handoff, the answer a reply to it in the same thread."""
    CliRunner().invoke(main, ["takeback", str(returned), "--queries", "keep"], catch_exceptions=False)
    text = Path("a.md").read_text().replace(" -->", "\n  answer(Ann Author, 2026-11-03): The second -->")
    Path("a.md").write_text(text)
    CliRunner().invoke(main, ["handoff", "a.md", "--out", ".", "--force"], catch_exceptions=False)
    file = read_word(Path("a-handoff.docx").read_bytes(), "a-handoff.docx")
    asked, answer = file.comments
    assert (asked.author, asked.text, asked.parent) == ("Ed Itor", "Which - - one?", "")
    assert (answer.author, answer.text, answer.parent) == ("Ann Author", "The second", asked.id)
    (line,) = [line for line in file.lines if any(piece.comments for piece in line.pieces)]
    assert line.text_now == "another item"
    CliRunner().invoke(main, ["takeback", "a-handoff.docx", "--queries", "keep"], catch_exceptions=False)
    assert Path("a.md").read_text() == text, "what the source keeps already is not written twice"


def test_an_anonymous_answer_has_no_name(tmp_path: Path) -> None:
    text = "One.\n\n<!-- query(Ed, 2026-11-01): Why?\nanswer(Ann Author, 2026-11-03): So -->\n"
    data = hand_off(Source(text, "a.md"), Terms(anonymous=True), load_theme("plain", Report()), Report()).data
    assert [comment.author for comment in read_word(data, "a.docx").comments] == ["Ed", "Author"]


def test_a_file_with_replies_is_valid(tmp_path: Path) -> None:
    """By Microsoft's validator, where it is installed: a thread of two on a paragraph, one on a note's block."""
    text = "One.[^n]\n\n<!-- query(Ed, 2026-11-01) resolved: Why?\nanswer(Ann, 2026-11-03): So -->\n\n[^n]: A note.\n"
    text += "\n<!-- query(Bo, ): Here? -->\n"
    data = hand_off(Source(text, "a.md"), Terms(), load_theme("plain", Report()), Report()).data
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    assert [found for check in verify(path).checks for found in check.found] == []

"""Handing out: a file that knows where it came from, the record of it, and the commands."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import desk
from pressout.cli import main
from pressout.diagnostics import Report
from pressout.model import Source
from pressout.readers.docx import read_word
from pressout.revision.handoff import Terms, digest_of, hand_off, label
from pressout.theme import load_theme

ARTICLE = "---\ntitle: One\nauthor: Ann Author\n---\n\nA first paragraph.\n\nA second one.\n"
THEME = load_theme("plain", Report())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(ARTICLE)
    assert run("handoff", "a.md", "--to", "Ed Itor", "--due", "2026-12-01", "--out", ".").exit_code == 0
    return Path("a.md")


def test_the_same_terms_give_the_same_bytes() -> None:
    source = Source(ARTICLE, "a.md")
    first, second = (hand_off(source, Terms(to=("Ed",)), THEME, Report()) for _ in range(2))
    assert first == second
    assert hand_off(source, Terms(to=("Bo",)), THEME, Report()).id != first.id


def test_the_file_knows_its_source() -> None:
    file = read_word(hand_off(Source(ARTICLE, "dir/a.md"), Terms(), THEME, Report()).data, "a.docx")
    found = label(file)
    assert found is not None
    assert (found.source, found.digest, found.base) == ("a.md", digest_of(ARTICLE), ARTICLE)
    assert file.properties["pressout.handoff"] == found.id


@pytest.mark.parametrize("terms", [Terms(anonymous=True), Terms(embed=False)])
def test_a_source_need_not_travel(terms: Terms) -> None:
    data = hand_off(Source(ARTICLE, "a.md"), terms, THEME, Report()).data
    found = label(read_word(data, "a.docx"))
    assert found is not None
    assert found.base is None
    assert (b"Ann Author" in desk.document(data).encode()) is not terms.anonymous


def test_changes_are_tracked() -> None:
    data = hand_off(Source(ARTICLE, "a.md"), Terms(), THEME, Report()).data
    assert "<w:trackRevisions/>" in desk.document(data, "word/settings.xml")


def test_a_file_goes_home_once_and_can_be_undone(article: Path) -> None:
    Path("back.docx").write_bytes(desk.replace(Path("a-handoff.docx").read_bytes(), "first", "1st"))
    assert "2 changes: 2 applied" in run("takeback", "back.docx", "--dry-run").output
    assert article.read_text() == ARTICLE
    assert "2 changes: 2 applied" in run("takeback", "back.docx").output
    assert article.read_text() == ARTICLE.replace("first", "1st")
    (report,) = Path(".pressout").rglob("report.json")
    kept = json.loads(report.read_text())
    assert kept["sums"].startswith("2 changes: 2 applied")
    assert [change["fate"] for change in kept["changes"]] == ["applied", "applied"]
    assert "taken back already" in run("takeback", "back.docx").output
    assert "came back: 2 changes: 2 applied" in run("handoffs").output
    assert run("takeback", "back.docx", "--undo").exit_code == 0
    assert article.read_text() == ARTICLE
    assert "Ed Itor, due 2026-12-01  is out" in run("handoffs").output


def test_what_is_out_is_not_overwritten(article: Path) -> None:
    article.write_text(ARTICLE.replace("second", "next"))
    answer = run("handoff", "a.md", "--out", ".")
    assert answer.exit_code == 1
    assert "has been out with Ed Itor since" in answer.output
    assert run("handoff", "a.md", "--out", ".", "--force").exit_code == 0


def test_an_error_stands_alone(article: Path) -> None:
    answer = CliRunner().invoke(main, ["handoff", "nowhere.md"], catch_exceptions=False)
    assert (answer.exit_code, answer.output) == (1, "nowhere.md: error: cannot be read: there is no such file or folder\n")


def test_without_its_record_the_file_brings_its_base(article: Path) -> None:
    shutil.rmtree(".pressout")
    Path("back.docx").write_bytes(desk.replace(Path("a-handoff.docx").read_bytes(), "first", "1st"))
    assert run("takeback", "back.docx").exit_code == 0
    assert article.read_text() == ARTICLE.replace("first", "1st")


def test_a_source_that_is_gone_is_said(article: Path) -> None:
    article.rename("b.md")
    answer = run("takeback", "a-handoff.docx")
    assert answer.exit_code == 1
    assert "--source" in answer.output
    assert run("takeback", "a-handoff.docx", "--source", "b.md").exit_code == 0


def test_a_word_file_of_somebody_elses_is_said(article: Path) -> None:
    import docx

    docx.Document().save("foreign.docx")
    answer = run("takeback", "foreign.docx")
    assert answer.exit_code == 1
    assert "does not say which handoff it comes from" in answer.output
    assert run("takeback", "none.docx").exit_code == 1
    Path("macros.docm").write_bytes(b"PK")
    assert "macros" in run("takeback", "macros.docm").output
    assert article.read_text() == ARTICLE

"""A handoff whose record is gone gets one when its file comes home: nothing is written that cannot be undone."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import desk
from pressout.cli import main

ARTICLE = "---\ntitle: One\n---\n\nA first paragraph of some words.\n\nA second one with others.\n"
EDITED = ARTICLE.replace("first", "1st")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article that was handed out, the file that came back, and no record."""
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(ARTICLE)
    run("handoff", "a.md", "--out", ".")
    Path("back.docx").write_bytes(desk.replace(Path("a-handoff.docx").read_bytes(), "first", "1st"))
    shutil.rmtree(".pressout")


def without_id() -> None:
    """The file as one comes home whose program keeps neither properties nor parts of others."""
    data = Path("back.docx").read_bytes()
    part = re.sub("urn:pressout:handoff:1", "urn:lost", desk.document(data, "customXml/item1.xml"))
    data = desk.change(data, "docProps/custom.xml", {"pressout.handoff": "lost"})
    Path("back.docx").write_bytes(desk.change(data, "customXml/item1.xml", {desk.document(data, "customXml/item1.xml"): part}))


@pytest.mark.parametrize("known", [True, False])
def test_what_is_taken_home_can_be_undone(known: bool) -> None:
    if not known:
        without_id()
    arguments = ("takeback", "back.docx", "--source", "a.md")
    assert "2 changes: 2 applied" in run(*arguments).output
    assert Path("a.md").read_text() == EDITED
    assert "taken back already" in run(*arguments).output
    assert "came back: 2 changes: 2 applied" in run("handoffs").output
    assert run(*arguments, "--undo").output == "a.md: as it was before\n"
    assert Path("a.md").read_text() == ARTICLE
    assert "2 changes: 2 applied" in run(*arguments).output
    assert Path("a.md").read_text() == EDITED


def test_trying_keeps_nothing() -> None:
    run("takeback", "back.docx", "--dry-run")
    run("queries", "back.docx")
    assert not Path(".pressout").exists()


def test_a_second_file_of_the_handoff_starts_from_the_same_base() -> None:
    run("takeback", "back.docx")
    Path("next.docx").write_bytes(desk.replace(Path("a-handoff.docx").read_bytes(), "others", "more"))
    assert "2 changes: 2 applied" in run("takeback", "next.docx").output
    assert Path("a.md").read_text() == EDITED.replace("others", "more")


def test_an_id_leads_to_no_other_folder(tmp_path: Path) -> None:
    """The id of a record that is made anew was read in the file."""
    data = Path("back.docx").read_bytes()
    part = desk.document(data, "customXml/item1.xml")
    evil = re.sub(' id="[^"]*"', ' id="/../../../evil"', part, count=1)
    Path("back.docx").write_bytes(desk.change(data, "customXml/item1.xml", {part: evil}))
    assert "2 changes: 2 applied" in run("takeback", "back.docx").output
    assert all(".pressout" in path.parts or path.parent == tmp_path for path in tmp_path.rglob("*") if path.is_file())
    assert not list(tmp_path.parent.glob("evil*"))
    assert run("takeback", "back.docx", "--undo").exit_code == 0


def test_the_first_lines_of_the_editors_page_can_be_run() -> None:
    Path("briefing.md").write_text(ARTICLE)
    page = (Path(__file__).parent.parent / "docs" / "editor.md").read_text(encoding="utf-8")
    lines = [shlex.split(line) for line in page.partition("\n## ")[0].splitlines() if line.startswith("    pressout ")]
    assert [line[1] for line in lines] == ["handoff", "takeback", "queries", "handoffs"]
    for line in lines:
        assert run(*line[1:]).exit_code == 0, line

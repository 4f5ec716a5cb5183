"""Files that do not come from an article are turned away whole; those that do come home, whatever they lost on their way."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

import desk
from pressout.cli import main
from roundtrip import profiles
from roundtrip.trial import article

INPUT = Path(__file__).parent.parent / "input"
ARTICLE = """\
---
title: A paper
---

## Key points

- The first of two points, which is short.

## FAQ

### Does it need more?

No. What follows a question is its answer.
"""
OTHER = "# Another\n\nNothing of this stands in the paper about points and their answers.\n\nAnd this is all of it.\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def nameless(data: bytes) -> bytes:
    """The file without all that says which handoff it is."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            if not name.startswith(("customXml/", "docProps/custom")):
                archive.writestr(name, source.read(name))
    return target.getvalue()


def saved_by_word(data: bytes) -> bytes:
    return desk.change(data, "docProps/app.xml", {">pressout<": ">Microsoft Office Word<"})


def saved_by_google(data: bytes) -> bytes:
    return profiles.flattened(saved_by_word(data))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(ARTICLE)
    Path("other.md").write_text(OTHER)


def refused(*arguments: str) -> str:
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    answer = run("takeback", *arguments)
    assert answer.exit_code == 1, answer.output
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before, "nothing is written"
    return answer.output


def test_a_file_of_another_program_is_turned_away() -> None:
    file = docx.Document()
    file.add_paragraph("Minutes of a meeting")
    file.add_paragraph("Nobody came.")
    file.save("foreign.docx")
    said = refused("foreign.docx", "--source", "a.md")
    assert "begins 'Minutes of a meeting', and its text is not that of 'a.md'" in said
    assert "pressout handoff a.md" in said
    assert "begins 'Minutes of a meeting'" in refused("foreign.docx")


@pytest.mark.parametrize("name", ["other-handoff.docx", "nameless.docx", "other.docx"])
def test_the_file_of_another_article_is_turned_away(name: str) -> None:
    run("handoff", "other.md", "--out", ".")
    run("build", "other.md", "--to", "docx", "--out", ".")
    Path("nameless.docx").write_bytes(nameless(Path("other-handoff.docx").read_bytes()))
    assert "'a.md'" in refused(name, "--source", "a.md")


@pytest.mark.parametrize("saved", [bytes, saved_by_word, saved_by_google])
def test_the_file_of_a_build_is_turned_away(saved: type[bytes]) -> None:
    run("build", "a.md", "--to", "docx", "--out", ".")
    Path("a.docx").write_bytes(saved(Path("a.docx").read_bytes()))
    assert "made by 'pressout build', not by 'pressout handoff'" in refused("a.docx", "--source", "a.md")


def test_the_file_of_a_build_that_looks_like_a_handoff_changes_nothing() -> None:
    """Where nothing is set otherwise, no program's file can tell which of the two it is, and it is the same."""
    run("build", "other.md", "--to", "docx", "--out", ".")
    Path("other.docx").write_bytes(saved_by_google(Path("other.docx").read_bytes()))
    assert "other.md: 0 changes: " in run("takeback", "other.docx", "--source", "other.md").output


def test_a_handoff_of_google_docs_is_known_by_its_headings() -> None:
    """A question is a heading there, which Google Docs keeps."""
    run("handoff", "a.md", "--out", ".")
    whole = saved_by_google(nameless(Path("a-handoff.docx").read_bytes()))
    Path("back.docx").write_bytes(desk.replace(whole, "short", "brief"))
    assert "2 changes: 2 applied" in run("takeback", "back.docx", "--source", "a.md").output


def test_a_handoff_that_lost_its_id_comes_home() -> None:
    run("handoff", "a.md", "--out", ".")
    whole = saved_by_word(profiles.without_anchors(nameless(Path("a-handoff.docx").read_bytes())))
    Path("back.docx").write_bytes(desk.replace(whole, "short", "brief"))
    assert "2 changes: 2 applied" in run("takeback", "back.docx", "--source", "a.md").output
    assert Path("a.md").read_text() == ARTICLE.replace("short", "brief")


@pytest.mark.parametrize("profile", ["realistic", "google", "accepted"])
def test_a_heavy_edit_without_an_id_comes_home(profile: str) -> None:
    sent = article(INPUT / "die-letzte-schaltsekunde.md")
    edited, _ = profiles.returned(sent.sent, profile, 7, 60)
    Path("a.md").write_text(sent.source.text)
    Path("back.docx").write_bytes(saved_by_word(profiles.without_anchors(nameless(edited.docx))))
    answer = run("takeback", "back.docx", "--source", "a.md", "--dry-run")
    assert "changes: " in answer.output, answer.output


def test_a_source_that_was_written_anew_is_still_that_of_its_handoff() -> None:
    run("handoff", "a.md", "--out", ".")
    Path("a.md").write_text(OTHER)
    Path("back.docx").write_bytes(desk.replace(Path("a-handoff.docx").read_bytes(), "short", "brief"))
    assert "2 conflicts" in run("takeback", "back.docx").output
    assert Path("a.md").read_text() == OTHER

"""What comes back and is no edited Word file: each is said in a clear line, and the source stays as it is."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import desk
from pressout.cli import main

ARTICLE = "# One\n\nA first paragraph.\n\nA second one.\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)  # the container of .doc, and of any Office file behind a password
BILLION_LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:document xmlns:w'


@pytest.fixture
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The file of an article that is out; the user is in the article's folder."""
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(ARTICLE)
    CliRunner().invoke(main, ["handoff", "a.md", "--out", ".", "--no-embed"], catch_exceptions=False)
    return Path("a-handoff.docx").read_bytes()


def refused(name: str, data: bytes, *options: str) -> str:
    """What is said of a file that cannot be taken back; nothing was written."""
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    Path(name).write_bytes(data)
    answer = CliRunner().invoke(main, ["takeback", name, *options], catch_exceptions=False)
    assert answer.exit_code == 1
    assert {path: path.read_bytes() for path in before} == before
    return answer.output


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def test_a_zip_bomb_is_not_opened(sent: bytes) -> None:
    bomb = with_part(sent, "word/media/image1.png", bytes(60_000_000))
    assert len(bomb) < 200_000
    assert "unpacks to 60 MB and was not opened" in refused("back.docx", bomb)


@pytest.mark.parametrize("name", ["locked.docx", "old.docx"])
def test_a_password_and_an_old_file_are_said(sent: bytes, name: str) -> None:
    answer = refused(name, OLE)
    assert "is protected by a password or is an old .doc file" in answer
    assert "save a .doc as .docx" in answer


def test_macros_are_not_opened(sent: bytes) -> None:
    assert "holds macros" in refused("back.docx", with_part(sent, "word/vbaProject.bin", b"macro"))
    assert "may hold macros" in refused("back.docm", sent)


def test_entities_are_not_expanded(sent: bytes) -> None:
    laughing = desk.change(sent, "word/document.xml", {"<w:document xmlns:w": BILLION_LAUGHS})
    assert "declares a document type" in refused("back.docx", laughing)


@pytest.mark.parametrize("cut", [10, 2000, -200])
def test_a_file_that_was_cut_off_is_said(sent: bytes, cut: int) -> None:
    assert "is damaged or no Word file" in refused("back.docx", sent[:cut])


def test_another_zip_is_said(sent: bytes) -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    assert "is no Word file" in refused("back.docx", book.getvalue())


@pytest.mark.parametrize("ending", [".doc", ".odt", ".rtf"])
def test_other_formats_need_libreoffice(sent: bytes, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    answer = refused(f"back{ending}", b"text")
    assert f"'{ending}' files are read with LibreOffice, which is not installed" in answer
    assert "save it as .docx" in answer


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_an_odt_is_read_with_libreoffice(sent: bytes, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    Path("back.docx").write_bytes(desk.untracked(sent, "A first paragraph.", "A first, longer paragraph."))
    command = ["soffice", profile, "--headless", "--convert-to", "odt", "back.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    answer = CliRunner().invoke(main, ["takeback", "back.odt"], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    assert Path("a.md").read_text() == ARTICLE.replace("first ", "first, longer ")


def test_a_source_that_is_gone_or_renamed_is_asked_for(sent: bytes) -> None:
    back = desk.replace(sent, "first", "1st")
    Path("a.md").rename("b.md")
    assert "say with --source where it is now" in refused("back.docx", back)
    assert CliRunner().invoke(main, ["takeback", "back.docx", "--source", "b.md"]).exit_code == 0
    assert Path("b.md").read_text() == ARTICLE.replace("first", "1st")


def test_a_base_that_is_gone_has_two_ways_out(sent: bytes) -> None:
    """The record is lost, the source did not travel, and it has changed since: its state of then must be named."""
    back = desk.replace(sent, "first", "1st")
    shutil.rmtree(".pressout")
    Path("then.md").write_text(ARTICLE)
    Path("a.md").write_text(ARTICLE + "\nMore.\n")
    answer = refused("back.docx", back)
    assert "cannot be found" in answer
    answer = refused("back.docx", back, "--source", "a.md")
    assert "'.pressout/handoffs'" in answer
    assert "--base" in answer
    assert CliRunner().invoke(main, ["takeback", "back.docx", "--source", "a.md", "--base", "then.md"]).exit_code == 0
    assert Path("a.md").read_text() == ARTICLE.replace("first", "1st") + "\nMore.\n"

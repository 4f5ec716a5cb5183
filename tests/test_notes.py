"""Notes in finished files: numbered by chapter in all three formats, and endnotes that the contents lead to."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from conftest import pressout

CHAPTERS = """\
---
title: Chapters
lang: en
{settings}
---

Before the first.[^a]

# One

First[^b] and second.[^c]

# Two

First[^d] again.

[^a]: Note of the front.

[^b]: Note of one.

[^c]: Second of one.

[^d]: Note of two.
"""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module", params=["plain", "report"])
def by_chapter(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("notes"), "note-numbering: chapter", request.param)


def built(folder: Path, settings: str, theme: str) -> Path:
    (folder / "notes.md").write_text(CHAPTERS.format(settings=settings), encoding="utf-8")
    said = pressout("build", "notes.md", "--theme", theme, "--out", ".", folder=folder)
    assert said.status == 0, said.errors
    return folder


def test_each_chapter_prints_its_notes_from_1(by_chapter: Path) -> None:
    said = subprocess.run(["pdftotext", "-raw", by_chapter / "notes.pdf", "-"], capture_output=True, check=True).stdout.decode()
    for note in ("1 Note of the front.", "1 Note of one.", "2 Second of one.", "1 Note of two."):
        assert note in said


def test_each_chapter_of_a_book_counts_its_notes_from_1(by_chapter: Path) -> None:
    archive = zipfile.ZipFile(by_chapter / "notes.epub")
    pages = [etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xhtml")]
    marks = [mark.text for page in pages for mark in page.iterfind(".//{*}a[@role='doc-noteref']")]
    assert marks == ["1", "1", "2", "1"]


def test_word_counts_notes_anew_in_each_section(by_chapter: Path) -> None:
    """Word shows its own numbers: each section of the file restarts them, and a section ends before each chapter's heading."""
    body = etree.fromstring(zipfile.ZipFile(by_chapter / "notes.docx").read("word/document.xml")).find(f"{W}body")
    assert body is not None
    sections = list(body.iter(f"{W}sectPr"))
    assert all(section.find(f"{W}footnotePr/{W}numRestart[@{W}val='eachSect']") is not None for section in sections)
    counts, count = [], 0
    for paragraph in body:
        count += len(list(paragraph.iter(f"{W}footnoteReference")))
        if paragraph.tag == f"{W}sectPr" or paragraph.find(f".//{W}sectPr") is not None:
            counts.append(count)
            count = 0
    assert [count for count in counts if count] == [1, 2, 1]


def test_contents_lead_to_endnotes(tmp_path: Path) -> None:
    folder = built(tmp_path, "notes: endnotes\ntoc: true", "plain")
    words = subprocess.run(["pdftotext", "-layout", folder / "notes.pdf", "-"], capture_output=True, check=True).stdout.decode()
    assert words.count("Notes") == 2, words
    navigation = zipfile.ZipFile(folder / "notes.epub").read("EPUB/nav.xhtml").decode()
    assert ">Notes</a>" in navigation
    entries = [
        "".join(entry.itertext())
        for entry in etree.fromstring(zipfile.ZipFile(folder / "notes.docx").read("word/document.xml")).iter(f"{W}p")
        if entry.find(f"{W}pPr/{W}pStyle[@{W}val='TOC1']") is not None
    ]
    assert any("Notes" in entry for entry in entries), entries

"""Where pages turn in the midst of things: each edge of the page-list, read in both finished files."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from conftest import need
from pressout.diagnostics import Report
from pressout.order import Order
from pressout.pipeline import build
from pressout.renderers.epub import pages as epub_pages
from test_pagelist import Marks, wrong

XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
HEAD = "---\ntitle: An edge\nlang: en\ntoc: false\n---\n"
WORDS = "Many plain words stand in this line, and none of them is like another one of number {}. "


def paragraph(number: int, length: int = 6) -> str:
    return WORDS.format(number) * length


def made(text: str, folder: Path, order: Order | None = None) -> tuple[Path, Path]:
    """The article as PDF and EPUB of one build."""
    need(shutil.which("pdftotext"), "pdftotext")
    source = folder / "edge.md"
    source.write_text(text if text.startswith("---") else HEAD + text)
    order = order or Order(theme="plain")
    build(source, replace(order, formats=("pdf", "epub"), out=folder), Report())
    return folder / "edge.pdf", folder / "edge.epub"


def marks(epub: Path) -> Iterator[etree._Element]:
    archive = zipfile.ZipFile(epub)
    for name in sorted(archive.namelist()):
        if name.endswith(".xhtml"):
            root = etree.fromstring(archive.read(name))
            yield from (each for each in root.iter() if each.get(TYPE) == "pagebreak")


def around(epub: Path) -> list[set[str]]:
    """The elements in which each mark stands."""
    return [{etree.QName(each).localname for each in mark.iterancestors()} for mark in marks(epub)]


def test_in_a_list(tmp_path: Path) -> None:
    items = "\n".join(f"- {paragraph(number, 1)}\n  1. {paragraph(number + 500, 2)}" for number in range(36))
    pdf, epub = made(f"Words before.\n\n{items}\n", tmp_path)
    assert wrong(pdf, epub) == []
    assert sum("li" in found for found in around(epub)) >= 3


def test_in_a_table(tmp_path: Path) -> None:
    rows = "\n".join(f"| Row {number} | {paragraph(number, 1)} | {number * 7} |" for number in range(70))
    pdf, epub = made(
        f"Words before.\n\n| Name | What it says | Sum |\n|---|---|---:|\n{rows}\n\n: All rows\n\nWords after.\n", tmp_path
    )
    assert wrong(pdf, epub) == []
    assert sum("td" in found or "th" in found for found in around(epub)) >= 3


def test_page_that_begins_with_a_picture(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("L", (1500, 1600), 160).save(picture, "PNG")
    (tmp_path / "grey.png").write_bytes(picture.getvalue())
    text = "".join(f'{paragraph(number, 9)}\n\n![Grey](grey.png "Grey of number {number}")\n\n' for number in range(5))
    pdf, epub = made(text, tmp_path)
    assert wrong(pdf, epub) == []
    after = [mark.getnext() for mark in marks(epub)]
    assert sum(each is not None and etree.QName(each).localname == "figure" for each in after) >= 2


def test_in_endnotes(tmp_path: Path) -> None:
    text = "".join(f"{paragraph(number)}[^n{number}]\n\n" for number in range(20))
    text += "".join(f"[^n{number}]: {paragraph(number + 400, 7)}\n\n" for number in range(20))
    pdf, epub = made(HEAD.replace("toc: false", "toc: false\nnotes: endnotes") + text, tmp_path)
    assert wrong(pdf, epub) == []
    entries = Marks(epub.read_bytes()).entries
    assert sum(href.startswith("notes.xhtml") for _, href in entries) >= 2


def test_under_notes_that_fill_the_page(tmp_path: Path) -> None:
    called = "".join(f" and more[^n{number}]" for number in range(14))
    notes = "".join(f"[^n{number}]: {paragraph(number + 900, 12)}\n\n" for number in range(14))
    text = "".join(f"{paragraph(number)}\n\n" for number in range(2, 14))
    pdf, epub = made(f"Words before{called}.\n\n{text}{notes}", tmp_path)
    assert wrong(pdf, epub) == []
    assert len(Marks(epub.read_bytes()).entries) >= 4


def test_over_split_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub_pages, "LARGEST", 6000)
    text = "".join(f"## Part {number}\n\n" + f"{paragraph(number, 9)}\n\n" * 3 for number in range(14))
    pdf, epub = made(text, tmp_path)
    assert wrong(pdf, epub) == []
    files = {href.partition("#")[0] for _, href in Marks(epub.read_bytes()).entries}
    assert len(files) >= 4


def test_two_columns(tmp_path: Path) -> None:
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "theme.toml").write_text('extends = "plain"\n[page]\ncolumns = 2\ncolumn-gap = "1 line"\n')
    text = "".join(f"## Part {number}\n\n{paragraph(number, 9)}\n\n- {paragraph(number + 300, 3)}\n\n" for number in range(16))
    pdf, epub = made(text, tmp_path, Order(theme=str(tmp_path / "two")))
    assert wrong(pdf, epub) == []
    assert len(Marks(epub.read_bytes()).entries) >= 3


def test_in_a_note_longer_than_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Print has such notes at its end; so has the EPUB, where they can be shown, and come after the text of all its files."""
    monkeypatch.setattr(epub_pages, "LARGEST", 6000)
    text = "".join(f"## Part {number}\n\n{paragraph(number, 20)}[^n{number}]\n\n" for number in range(6))
    text += "".join(f"[^n{number}]: {paragraph(number + 400, 120 if number == 1 else 2)}\n\n" for number in range(6))
    pdf, epub = made(text, tmp_path)
    assert wrong(pdf, epub) == []
    assert any(href.startswith("notes.xhtml") for _, href in Marks(epub.read_bytes()).entries)
    assert "aside" not in set().union(*around(epub))


def test_in_long_notes_of_a_collection(tmp_path: Path) -> None:
    need(shutil.which("pdftotext"), "pdftotext")
    for name, length in (("one", 120), ("two", 2)):
        text = f"{paragraph(1)}[^a]\n\n{paragraph(2)}[^b]\n\n[^a]: {paragraph(3, length)}\n\n[^b]: {paragraph(4)}\n"
        (tmp_path / f"{name}.md").write_text(HEAD.replace("An edge", f"Article {name}") + text)
    (tmp_path / "all.toml").write_text('title = "All"\nlang = "en"\narticles = ["one.md", "two.md"]\n')
    build(tmp_path / "all.toml", Order(theme="plain", formats=("pdf", "epub"), out=tmp_path), Report())
    assert wrong(tmp_path / "all.pdf", tmp_path / "all.epub") == []
    notes = etree.fromstring(zipfile.ZipFile(tmp_path / "all.epub").read("EPUB/notes.xhtml"))
    # each article's notes begin at 1 again, so that its title must stand over them
    assert [title.text for title in notes.iter() if title.get("class") == "heading-2 notes-article"] == [
        "Article one",
        "Article two",
    ]
    assert [len(each) for each in notes.iter(f"{XHTML}ol")] == [2, 2]

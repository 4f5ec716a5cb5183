"""Notes in print: each on the page of its mark, and one that is longer than a page at the end, whole, which is said."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from conftest import pressout


def article(paragraphs: int) -> str:
    more = "of the note, with words enough to fill a line and more of its page."
    note = "".join(f"    Paragraph number{n} {more}\n\n" for n in range(paragraphs))
    text = "A text.[^a] It goes on.[^b]\n\n[^a]: The first.\n\n"
    return f"---\ntitle: Notes\nlang: en\n---\n\n{text}{note}[^b]: The last, a zebra.\n"


def built(folder: Path, paragraphs: int) -> tuple[str, str]:
    """What the command said, and the words of the PDF's pages, without those beyond their edges."""
    (folder / "notes.md").write_text(article(paragraphs))
    said = pressout("build", "notes.md", "--to", "pdf", "--theme", "plain", folder=folder)
    assert said.status == 0
    text = subprocess.run(["pdftotext", "-enc", "UTF-8", "output/notes.pdf", "-"], cwd=folder, capture_output=True, check=True)
    return said.errors, text.stdout.decode()


def test_a_note_longer_than_a_page_loses_nothing(tmp_path: Path) -> None:
    said, text = built(tmp_path, 60)
    assert [n for n in range(60) if f"number{n} " not in text] == []
    assert "zebra" in text
    assert "notes.md:8:1: warning: a note is longer than a page: the PDF has its notes at the end" in said


def test_a_note_that_fits_stays_at_the_foot(tmp_path: Path) -> None:
    said, text = built(tmp_path, 8)
    assert "number7 " in text
    assert "longer than a page" not in said


@pytest.mark.parametrize("lines", range(33, 36))
def test_a_note_stays_on_the_page_of_its_mark(tmp_path: Path, lines: int) -> None:
    """However the page ends: of a paragraph that would leave one line, nothing stands there, and no note makes room for it."""
    filler = "".join(f"- Item {n}.\n" for n in range(lines))
    last = "A paragraph that has many lines and so cannot leave a single one. " * 8
    source = f"---\ntitle: Notes\nlang: en\n---\n\nA mark.[^a]\n\n{filler}\n{last}\n\n[^a]: The zebra's note.\n"
    (tmp_path / "notes.md").write_text(source)
    assert pressout("build", "notes.md", "--to", "pdf", "--theme", "plain", folder=tmp_path).status == 0
    text = subprocess.run(["pdftotext", "-l", "1", "output/notes.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    assert "zebra" in text.stdout.decode()

"""Notes in print: each on the page of its mark, and one that is longer than a page at the end, whole, which is said."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import FootnoteAreaBox, TextBox
from weasyprint.layout import LayoutContext

from conftest import pressout
from pressout.renderers.pdf import note_room, render  # noqa: F401  the second teaches WeasyPrint


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


@pytest.mark.parametrize("lead", ["", "@page { @footnote { max-height: 10em } }"])
def test_the_room_of_notes_is_the_sum_of_what_each_needs(monkeypatch: pytest.MonkeyPatch, lead: str) -> None:
    """Pages and places are as where WeasyPrint lays out all notes of a page anew for each of them, and fewer are laid out."""
    style = "@page { size: 9in } .note { float: footnote; footnote-display: block } .note > * { display: block; margin: 3px 0 }"
    notes = (f"<p>Words of {n}.<span class=note><span>{'A note. ' * (n % 2 * 20 + 1)}</span></span></p>" for n in range(36))
    page = f"<style>{style} {lead}</style>{''.join(notes)}"
    ours, counted = _places(page, monkeypatch)
    monkeypatch.setattr(LayoutContext, "_update_footnote_area", note_room._usual)
    usual, all_counted = _places(page, monkeypatch)
    assert ours == usual
    assert bool(lead) or counted < all_counted * 0.75


def _places(page: str, monkeypatch: pytest.MonkeyPatch) -> tuple[list[tuple[str, float, float]], int]:
    """The text of each piece and where it stands on its page; and how many notes were laid out for that."""
    count = 0

    def counting(area: FootnoteAreaBox) -> FootnoteAreaBox:
        nonlocal count
        count += len(area.children)
        return deepcopy(area)

    deepcopy = FootnoteAreaBox.deepcopy
    monkeypatch.setattr(FootnoteAreaBox, "deepcopy", counting)
    layout = HTML(string=page).render()
    monkeypatch.setattr(FootnoteAreaBox, "deepcopy", deepcopy)
    boxes = ((n, box) for n, sheet in enumerate(layout.pages) for box in sheet._page_box.descendants() if isinstance(box, TextBox))
    return [(f"{n} {box.text}", round(box.position_x, 3), round(box.position_y, 3)) for n, box in boxes], count

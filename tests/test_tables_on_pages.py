"""Tables and pages: what leads to a turned table turns with it, and a row that is longer than a page goes on over its end."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

from conftest import pressout

HEAD = "---\ntitle: Tables\nlang: en\n---\n\nText before it.\n\n"
TURNED = "## The heading\n\nThe words that lead to it:\n\n| A | B |\n|---|---|\n| a | b |\n\n: Turned {.wide}\n\nText after it.\n"
LONG = f"## The heading\n\n| A | B |\n|---|---|\n| first | one |\n| long | {'Words in a row that goes on and on. ' * 300}END |\n"


def built(folder: Path, source: str) -> tuple[list[str], str]:
    """The text of each page of the PDF, and the Word file's document.xml."""
    (folder / "tables.md").write_text(HEAD + source)
    assert pressout("build", "tables.md", "--to", "pdf,docx", "--theme", "plain", folder=folder).status == 0
    shown = subprocess.run(["pdftotext", "-layout", "output/tables.pdf", "-"], cwd=folder, capture_output=True, check=True)
    with zipfile.ZipFile(folder / "output" / "tables.docx") as package:
        return shown.stdout.decode().split("\f"), package.read("word/document.xml").decode()


def test_a_heading_and_the_words_that_lead_to_a_turned_table_turn_with_it(tmp_path: Path) -> None:
    pages, document = built(tmp_path, TURNED)
    assert "Text before it" in pages[0]
    assert "The heading" not in pages[0]
    assert [("The heading" in pages[1], "that lead to it" in pages[1], "Turned" in pages[1])] == [(True, True, True)]
    assert "Text after it" in pages[2]
    upright, turned, *_ = (line for line in document.split("<w:p>") if "<w:sectPr" in line)
    assert "Text before it" in upright
    assert 'w:orient="landscape"' in turned
    assert document.index(upright) < document.index("The heading") < document.index("that lead to it") < document.index(turned)


def test_a_row_longer_than_a_page_leaves_no_page_empty(tmp_path: Path) -> None:
    pages, document = built(tmp_path, LONG)
    assert "Words in a row" in pages[0]
    assert "END" in "".join(pages[1:])
    rows = document.split("<w:tr>")[1:]
    assert [("w:cantSplit" in row) for row in rows] == [True, True, False]

"""Code that is folded in print: each part of a line but the first has a sign before it, which nobody copies or hears."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pikepdf

from conftest import pressout

LONG = "return [line[start : start + width] for start in range(0, len(line), width)] or ['']  # an empty line is a line"
SHORT = "width = 72"
FENCE = "```"


def arrows(file: Path) -> int:
    """How many of the strokes in artifacts have a corner: the hooks and heads of arrows; a rule has none."""
    corners = artifact = 0
    with pikepdf.open(file) as pdf:
        for page in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "BMC" | "BDC":
                        artifact = int(str(operands[0]) == "/Artifact")
                    case "m":
                        lines = 0
                    case "l":
                        lines += 1
                    case "S":
                        corners += artifact * (lines == 2)
    return corners // 2


def test_a_folded_line_of_code_says_so_and_its_text_does_not(tmp_path: Path) -> None:
    (tmp_path / "code.md").write_text(f"---\ntitle: Code\nlang: en\n---\n\n{FENCE}\n{SHORT}\n{LONG}\n{FENCE}\n")
    assert pressout("build", "code.md", "--to", "pdf", "--theme", "plain", folder=tmp_path).status == 0
    file = tmp_path / "output" / "code.pdf"
    text = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True, text=True).stdout
    lines = text.strip().splitlines()
    parts = lines[lines.index(SHORT) + 1 :]
    assert "".join("".join(parts).split()) == "".join(LONG.split())
    assert arrows(file) == len(parts) - 1 >= 1


def test_code_that_fits_its_page_has_no_sign(tmp_path: Path) -> None:
    (tmp_path / "code.md").write_text(f"---\ntitle: Code\nlang: en\n---\n\n{FENCE}\n{SHORT}\n{FENCE}\n")
    assert pressout("build", "code.md", "--to", "pdf", "--theme", "plain", folder=tmp_path).status == 0
    assert arrows(tmp_path / "output" / "code.pdf") == 0

"""The README's commands do what they say: each line of its `sh` blocks is run, in a copy of the project's own folders."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from conftest import ROOT, pressout

BLOCKS = re.findall(r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
LINES = [re.split(r"\s+# ", line)[0].strip() for block in BLOCKS for line in block.splitlines() if line.strip()]
ELSEWHERE = ("git clone", "cd ", "pip install")  # what cannot be run inside a test; make's targets are looked up


def test_readme_shows_the_two_commands() -> None:
    assert "make demo" in LINES
    assert any(line.startswith("pressout build") for line in LINES)


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("pressout")])
def test_command_runs(line: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "input", tmp_path / "input")
    for article in (tmp_path / "input").glob("*.*"):
        shutil.copy(article, tmp_path)
    shutil.copytree(ROOT / "input" / "pictures", tmp_path / "pictures")
    said = pressout(*shlex.split(line)[1:], folder=tmp_path)
    assert said.status == 0, said.errors


def test_other_lines_are_known() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    others = [line for line in LINES if not line.startswith(("pressout", *ELSEWHERE))]
    assert not [line for line in others if not re.fullmatch(r"make (\w+)", line) or line.split()[1] not in targets]


def test_files_that_it_links_to_are_there() -> None:
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", (ROOT / "README.md").read_text())
    assert not [target for target in targets if "://" not in target and not (ROOT / target).exists()]

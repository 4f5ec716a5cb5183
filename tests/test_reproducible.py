"""The same bytes twice: in another folder, on another day, in another time zone, locale and order of hashing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import ROOT, THEMES, need, pressout
from stages import Stages

ELSEWHERE = {"TZ": "Pacific/Apia", "LC_ALL": "C", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "4242", "HOME": "/nonexistent"}
ANOTHER_DAY = "2037-11-30 23:59:50"


def test_same_bytes_elsewhere_and_later(library: Path, tmp_path: Path) -> None:
    faketime = shutil.which("faketime")
    need(faketime, "faketime, from Debian's package of that name,")
    shutil.copytree(ROOT / "input", tmp_path / "a place with spaces" / "input")
    before = [str(faketime), ANOTHER_DAY]
    for theme in THEMES:
        folder = tmp_path / "a place with spaces"
        said = pressout("build", "--theme", theme, "--out", theme, folder=folder, settings=ELSEWHERE, before=before)
        assert said.status == 0, said.errors
        made = sorted(path.name for path in (folder / theme).iterdir())
        assert made == sorted(path.name for path in (library / theme).iterdir() if path.suffix != ".json")
        different = [name for name in made if (folder / theme / name).read_bytes() != (library / theme / name).read_bytes()]
        assert not different


def test_date_comes_from_the_environment(tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH dates what the article does not date: another epoch makes other bytes, the same one the same."""
    (tmp_path / "undated.md").write_text("# Undated\n\nWords.\n")
    for out, epoch in (("one", "1700000000"), ("two", "1700000000"), ("three", "1800000000")):
        said = pressout("build", "undated.md", "--to", "epub", "--out", out, folder=tmp_path, settings={"SOURCE_DATE_EPOCH": epoch})
        assert said.status == 0, said.errors
    one, two, three = ((tmp_path / out / "undated.epub").read_bytes() for out in ("one", "two", "three"))
    assert one == two
    assert one != three


def test_emoji_know_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The font of an emoji is made anew for the PDF, with the time in it; Debian's fonts-noto-color-emoji shows it."""
    made = []
    for now in (3_600_000_000, 3_800_000_000):
        monkeypatch.setattr("fontTools.ttLib.tables._h_e_a_d.timestampNow", lambda now=now: now)
        made.append(Stages("# Smile\n\nA face: 😀.\n", "md", ROOT / "input", "plain").rendered("pdf"))
    assert made[0] == made[1]

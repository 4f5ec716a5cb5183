"""The command `themes`: a new theme works, a specimen has all formats, a check finds what is wrong and nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from conftest import ROOT, THEMES, pressout


def test_the_list_says_what_each_theme_is_for() -> None:
    lines = pressout("themes").out.splitlines()
    assert [line.split()[0] for line in lines] == list(THEMES)
    assert all(len(line.split()) > 4 for line in lines)


def test_the_themes_that_are_shipped_have_no_finding() -> None:
    said = pressout("themes", "check", *THEMES)
    assert (said.status, said.errors) == (0, "")
    assert [line.partition(",")[0] for line in said.out.splitlines()] == [f"{theme}: 0 findings" for theme in THEMES]


def test_what_is_wrong_comes_first_and_what_is_no_fault_is_shown_if_asked_for(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "theme.toml").write_text("[style.note]\nsize = 5\n")
    said = pressout("themes", "check", "mine", folder=tmp_path)
    assert ".toml: note: " not in said.errors
    assert said.out.startswith("mine: 2 findings, 8 notes: --verbose shows them")
    more = pressout("themes", "check", "-v", "mine", folder=tmp_path)
    kinds = [line.split(": ")[1] for line in more.errors.splitlines() if ".toml" in line]
    assert kinds == ["warning"] * 2 + ["note"] * 8


def test_the_themes_of_a_folder_are_listed_and_found_by_their_names(tmp_path: Path) -> None:
    for name, toml in (("house", 'description = "Of our house"\n[page]\npaper = "A5"\n'), ("torn", "[page]\npaper = 3\n")):
        (tmp_path / "themes" / name).mkdir(parents=True)
        (tmp_path / "themes" / name / "theme.toml").write_text(toml)
    lines = pressout("themes", folder=tmp_path).out.splitlines()
    assert [line.split()[0] for line in lines] == ["house", "torn", *THEMES]
    assert lines[0].endswith("Of our house")
    assert "torn/theme.toml:2:1: 'paper' is 3" in lines[1]
    (tmp_path / "article.md").write_text("---\ntitle: T\nlang: en\ntheme: house\n---\n\nWords.\n")
    (tmp_path / "bare.md").write_text("---\ntitle: T\nlang: en\n---\n\nWords.\n")
    (tmp_path / "pressout.toml").write_text('theme = "house"\n')
    for article, asked in (("article.md", ()), ("bare.md", ()), ("bare.md", ("--theme", "house"))):
        said = pressout("build", tmp_path / article, "-o", tmp_path / "a.docx", *asked, folder=tmp_path)
        assert said.status == 0, said.errors
        with zipfile.ZipFile(tmp_path / "a.docx") as word:
            assert 'w:pgSz w:w="8391"' in word.read("word/document.xml").decode()


def test_a_new_theme_works_at_once_and_is_not_written_over(tmp_path: Path) -> None:
    begun = pressout("themes", "new", "house", "--cover", folder=tmp_path)
    assert begun.status == 0
    assert sorted(path.name for path in (tmp_path / "themes" / "house").iterdir()) == ["cover.svg.jinja", "theme.toml"]
    assert pressout("themes", folder=tmp_path).out.startswith("house ")
    assert pressout("themes", "check", "house", folder=tmp_path).status == 0
    assert "pressout themes show house" in begun.out
    shown = pressout("themes", "show", "house", "--out", "shown", folder=tmp_path)
    assert (shown.status, shown.errors) == (0, "note: made the folder 'shown'\n")
    assert {path.suffix for path in (tmp_path / "shown").glob("house-specimen.*")} == {".pdf", ".epub", ".docx"}
    again = pressout("themes", "new", "house", folder=tmp_path)
    assert again.status == 1
    assert "there is a theme already" in again.errors
    assert "--theme 'looks/My House/'" in pressout("themes", "new", "looks/My House", folder=tmp_path).out


@pytest.mark.parametrize("name", ["plain", "looks/report", "./plain", "", " ", ".", "..", "themes/"])
def test_a_new_theme_has_a_name_that_is_not_pressouts(tmp_path: Path, name: str) -> None:
    """A theme `plain` in the folder would hide the one that it extends, and extend itself."""
    said = pressout("themes", "new", name, folder=tmp_path)
    assert said.status == 2
    assert ("a theme of pressout's own" if name[-1:].isalpha() else "names no theme") in said.errors
    assert not list(tmp_path.iterdir())


def test_a_new_theme_of_any_other_name_is_toml(tmp_path: Path) -> None:
    assert pressout("themes", "new", 'a\\b"c', folder=tmp_path).status == 0
    assert "ab" in pressout("themes", folder=tmp_path).out.splitlines()[0].partition(" ")[2]


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('[style.title]\ncolour = "#cccccc"\n', "title: #cccccc on #ffffff has a contrast of 1.61"),
        ('[colour]\nmuted = "#999999"\n', "date: #999999 on #ffffff"),
        ("[style.note]\nsize = 5\n", "note: 5 points are too small to read"),
        ("[style.title]\nleading = 20\n", "title: its lines run into each other"),
        ("[style.titel]\nsize = 20\n", "did you mean 'title'?"),
        ('[colour]\naccent = "reddish"\n', "which is no colour of this theme"),
        ('[font.text]\nfamily = "Nowhere Sans"\n', "the font 'Nowhere Sans' is nowhere"),
        ('[font.text]\nfamily = "Sorce Sans Pro"\n', "did you mean 'Source Sans Pro'?"),
        ('extends = "mine"\n', "extends this theme in turn"),
    ],
)
def test_a_check_finds_what_is_wrong(tmp_path: Path, toml: str, said: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "theme.toml").write_text(toml)
    found = pressout("themes", "check", "./mine", folder=tmp_path)
    assert found.status == 1
    assert said in found.errors
    assert "theme.toml" in found.errors


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ unknown }}", "'unknown' is undefined"),
        ("{% include '/etc/passwd' %}", "/etc/passwd"),
        ("{% import 'os' as os %}{{ os.listdir() }}", "os"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "unsafe"),
    ],
)
def test_a_strangers_cover_reads_and_runs_nothing(tmp_path: Path, template: str, said: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "theme.toml").write_text('description = "a stranger\'s"\n')
    (tmp_path / "mine" / "cover.svg.jinja").write_text(template)
    built = pressout("build", ROOT / "input" / "specimen.md", "--theme", tmp_path / "mine", "--to", "epub", "--out", tmp_path)
    assert built.status == 1
    assert said in built.errors
    assert "root:" not in built.errors

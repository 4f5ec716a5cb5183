"""Input that asks for too much, or for nothing: it is one line with the right exit status, no traceback, no dead process."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import pressout

HEAD = "---\ntitle: T\nlang: en\n---\n\n"
LONG = "a" * 300


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("half.md", '---\ntitle: "a\\uD800"\n---\n\nText.\n', "half.md:2:10: error: the metadata is no YAML"),
        ("none.md", '---\ntitle: "\\U00110000"\n---\n\nText.\n', "error: the metadata is no YAML"),
        ("theme.md", f"---\ntitle: T\nlang: en\ntheme: {LONG}\n---\n\nText.\n", "file name too long"),
        ("list.toml", 'articles = ["a\\u0000.md"]\n', "list.toml:1:1: error: a NUL character has no place here"),
        ("deep.toml", "articles = " + "[" * 5000, "deep.toml:1:1: error: not TOML that can be read: too many brackets"),
        ("long.toml", f'articles = ["{LONG}.md"]\n', "error"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text)
    found = pressout("build", name, "--to", "epub", folder=tmp_path)
    assert found.status == 1
    assert said in found.errors
    assert "internal error" not in found.errors
    assert "Traceback" not in found.errors


def test_a_name_that_no_disk_takes(tmp_path: Path) -> None:
    found = pressout("build", f"{LONG}.md", folder=tmp_path)
    assert (found.status, "file name too long" in found.errors, "internal" in found.errors) == (1, True, False)


def test_an_empty_name_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{HEAD}Text.\n")
    assert pressout("build", "", folder=tmp_path).status == 2
    assert pressout("send", "a.epub", "--to", "", folder=tmp_path).status == 2
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("size", ['width="99999" height="99999"', 'width="-5" height="1e400"', 'width="1e-9" height="90000"'])
def test_a_drawing_of_any_size_is_drawn(tmp_path: Path, size: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect width="5" height="5"/></svg>'
    (tmp_path / "s.svg").write_text(drawing)
    (tmp_path / "a.md").write_text(f"{HEAD}![A square](s.svg)\n")
    assert pressout("build", "a.md", "--to", "docx,epub", "--device", "kindle", folder=tmp_path).status == 0


@pytest.mark.parametrize("widths", ["nan,inf", "1e308,1e308", "1e-320,1", "1,0"])
def test_widths_that_are_none_are_named(tmp_path: Path, widths: str) -> None:
    (tmp_path / "a.md").write_text(f'{HEAD}| a | b |\n|---|---|\n| c | d |\n\n: Table {{widths="{widths}"}}\n')
    found = pressout("build", "a.md", "--to", "docx", folder=tmp_path)
    assert found.status == 0
    assert f"'{widths}' are no widths for 2 columns" in found.errors

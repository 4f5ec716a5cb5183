"""The house that publishes: its logo and its imprint stand where its theme says, in all three formats, with alt text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree
from PIL import Image

from conftest import pressout
from pressout.diagnostics import Diagnostic, PressoutError, Report
from pressout.edition import Edition
from pressout.model import Author, Document, Heading, Metadata, Paragraph, Text
from pressout.prepare import prepare
from pressout.renderers import render
from pressout.theme import load_theme
from pressout.theme.check import check_theme

COLOUR = (18, 200, 7)  # of the logo, and of nothing else
ALT, IMPRINT = "Two lamps of the Observatory", "The Observatory Press, Greenwich"
HOUSE = """\
extends = "{}"
[house]
logo = "pictures/logo.png"
logo-alt = "{}"
logo-at = [{}]
imprint = "{}"
"""


def house(folder: Path, base: str = "plain", *places: str, alt: str = ALT) -> Path:
    """A theme with a logo in those places."""
    (folder / "mine" / "pictures").mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (600, 200), COLOUR).save(folder / "mine" / "pictures" / "logo.png")
    listed = ", ".join(f'"{place}"' for place in places)
    (folder / "mine" / "theme.toml").write_text(HOUSE.format(base, alt, listed, IMPRINT), encoding="utf-8")
    return folder / "mine"


def drawn(form: str, theme: Path, **asked: Any) -> bytes:
    words = tuple(Paragraph((Text("Words that fill a page. " * 60),)) for _ in range(6))
    document = Document(
        Metadata(title=(Text("A title"),), authors=(Author("Ada"),), lang="en"), (Heading(1, (Text("One"),)), *words)
    )
    look, edition = load_theme(theme, Report()), Edition(**asked)
    return render(form, prepare(document, look, edition, Report()), look, edition, Report()).data


def pictures_by_page(pdf: bytes) -> list[int]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [sum(str(step.operator) == "Do" for step in pikepdf.parse_content_stream(page)) for page in opened.pages]


@pytest.mark.parametrize("base", ["plain", "briefing", "manuscript"])
def test_the_logo_stands_above_the_title_of_the_pdf_and_says_what_it_shows(base: str, tmp_path: Path) -> None:
    made = drawn("pdf", house(tmp_path, base, "title"))
    first, *others = pictures_by_page(made)
    assert (first, set(others)) == (1, {0})
    with pikepdf.open(io.BytesIO(made)) as pdf:
        said = [str(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"]
    assert said == [ALT]


@pytest.mark.parametrize("base", ["plain", "briefing", "manuscript"])
def test_the_logo_stands_in_the_heads_of_the_pdf(base: str, tmp_path: Path) -> None:
    made = drawn("pdf", house(tmp_path, base, "head"))
    first, *others = pictures_by_page(made)
    assert (first, set(others)) == (0, {1})
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert not [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"]


def parts(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def test_the_logo_stands_in_the_epub(tmp_path: Path) -> None:
    book = parts(drawn("epub", house(tmp_path, "plain", "title", "head")))
    page = book.read("EPUB/title.xhtml").decode()
    assert f'alt="{ALT}"' in page
    assert page.index("<img") < page.index("<h1")
    assert [name for name in book.namelist() if name.startswith("EPUB/images/logo-")]
    assert COLOUR not in colours(book.read("EPUB/cover.png"))


def test_the_logo_of_a_device_without_drawings_is_a_bitmap(tmp_path: Path) -> None:
    theme = house(tmp_path, "plain", "title")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20" fill="#12c807"/></svg>'
    (theme / "pictures" / "logo.png").write_text(svg)
    kinds = {name.rpartition(".")[2] for name in parts(drawn("epub", theme, device="kindle")).namelist() if "logo" in name}
    assert kinds == {"png"}


@cache
def colours(png: bytes) -> frozenset[Any]:
    return frozenset(colour for _, colour in Image.open(io.BytesIO(png)).convert("RGB").getcolors(1 << 24) or ())


@pytest.mark.parametrize("base", ["plain", "report"])
def test_the_logo_stands_on_the_cover(base: str, tmp_path: Path) -> None:
    cover = parts(drawn("epub", house(tmp_path, base, "cover"))).read("EPUB/cover.png")
    assert COLOUR in colours(cover)


def test_the_logo_stands_on_the_cover_of_the_pdf(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(drawn("pdf", house(tmp_path, "report", "cover")))) as pdf:
        sizes = {
            (int(each.Width), int(each.Height)) for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/Width" in each
        }
    assert (600, 200) in sizes


def drawings(word: zipfile.ZipFile, name: str) -> Iterator[str]:
    root = etree.fromstring(word.read(f"word/{name}.xml"))
    yield from (each.get("descr", "") for each in root.iter("{*}docPr"))


@pytest.mark.parametrize("base", ["plain", "manuscript", "report"])
def test_the_logo_stands_in_word(base: str, tmp_path: Path) -> None:
    word = parts(drawn("docx", house(tmp_path, base, "title", "head")))
    assert [said for said in drawings(word, "document") if not said.startswith("Cover: ")] == [ALT]
    assert list(drawings(word, "running-head")) == [ALT]
    assert ("word/running-head-even.xml" in word.namelist()) is (base == "report")


@pytest.mark.parametrize("base", ["plain", "report"])
def test_the_imprint_is_printed_once_in_every_format(base: str, tmp_path: Path) -> None:
    theme = house(tmp_path, base, "title")
    word = parts(drawn("docx", theme)).read("word/document.xml").decode()
    book = parts(drawn("epub", theme)).read("EPUB/title.xhtml").decode()
    assert (word.count(IMPRINT), book.count(IMPRINT)) == (1, 1)
    (tmp_path / "a.md").write_text("# T\n\nWords.\n", encoding="utf-8")
    said = pressout("inspect", "a.md", "--theme", theme, "--stage", "html", folder=tmp_path)
    assert said.out.count(IMPRINT) == 1


# A stranger's theme


@pytest.mark.parametrize("target", ["../secret.png", "/etc/hostname", "pictures/link.png"])
def test_nothing_outside_the_theme_is_a_logo(target: str, tmp_path: Path) -> None:
    theme = house(tmp_path, "plain", "title")
    Image.new("RGB", (9, 9)).save(tmp_path / "secret.png")
    (theme / "pictures" / "link.png").symlink_to(tmp_path / "secret.png")
    (theme / "theme.toml").write_text(f'[house]\nlogo = "{target}"\n', encoding="utf-8")
    with pytest.raises(PressoutError, match="outside the theme's folder"):
        load_theme(theme, Report())


def test_a_child_has_the_logo_of_its_parents_folder(tmp_path: Path) -> None:
    house(tmp_path, "plain", "title")
    (tmp_path / "child").mkdir()
    (tmp_path / "child" / "theme.toml").write_text('extends = "mine"\n')
    logo = load_theme(tmp_path / "child", Report()).house.logo
    assert logo is not None
    assert logo.picture is not None


def checked(theme: Path) -> list[Diagnostic]:
    report = Report()
    check_theme(load_theme(theme, report), report)
    return [each for each in report.diagnostics if "logo" in each.message]


def test_a_theme_is_told_what_its_logo_lacks(tmp_path: Path) -> None:
    assert checked(house(tmp_path, "plain", "title")) == []
    theme = house(tmp_path, "plain", "title", alt="")
    Image.new("RGB", (120, 40), COLOUR).save(theme / "pictures" / "logo.png")
    assert [each.message for each in checked(theme)] == [
        "the logo 'pictures/logo.png' has no alt text",
        "the logo 'pictures/logo.png' is 120 px wide and prints at 102 dpi",
    ]

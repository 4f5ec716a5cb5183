"""An EPUB for a device: what the device asks for is there, and no word is other than in the plain one."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from conftest import ROOT, need, pressout
from pressout.edition import Edition
from pressout.renderers import render
from pressout.renderers.epub.kobo import in_sentences
from pressout.verify.epub import can_run_epubcheck, epubcheck, own_checks
from stages import Stages

XHTML = "{http://www.w3.org/1999/xhtml}"


@cache
def specimen() -> Stages:
    return Stages((ROOT / "input" / "specimen.md").read_text(encoding="utf-8"), "md", ROOT / "input", "plain")


@cache
def parts(**asked: object) -> dict[str, bytes]:
    stages = specimen()
    edition = replace(Edition(), **asked)  # type: ignore[arg-type]
    data = render("epub", stages.ready, stages.theme, edition, stages.report).data
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {"": data, **{name: archive.read(name) for name in archive.namelist()}}


def words(page: bytes) -> str:
    return "".join(str(text) for text in next(etree.fromstring(page).iter(f"{XHTML}body")).itertext()).strip()


def sentences(markup: str) -> list[tuple[str, str]]:
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{markup}</body></html>'.encode()
    spans = etree.fromstring(in_sentences(page)).iter(f"{XHTML}span")
    return [(str(span.get("id")), str(span.text)) for span in spans if span.get("class") == "koboSpan"]


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<p>One. Two! Three</p>", ["One. ", "Two! ", "Three"]),
        ("<p>“One.” Two.</p>", ["“One.” ", "Two."]),
        ("<p>A <em>word. More</em> here.</p>", ["A ", "word. ", "More", " here."]),
        ("<p>第一句。第二句。</p>", ["第一句。", "第二句。"]),
        ("<ul> <li>3.5 mm</li> </ul>", ["3.5 mm"]),
        ("<pre>x = 1. y</pre>", []),
    ],
)
def test_sentences(markup: str, found: list[str]) -> None:
    assert [words for _, words in sentences(markup)] == found


def test_sentences_are_counted_by_paragraph() -> None:
    found = [name for name, _ in sentences("<h1>T</h1><p>One. Two.</p><p>Three.</p>")]
    assert found == ["kobo.1.1", "kobo.2.1", "kobo.2.2", "kobo.3.1"]


def test_kobo_has_the_same_words() -> None:
    plain, kobo = parts(), parts(device="kobo")
    for name in ("EPUB/title.xhtml", "EPUB/text.xhtml"):
        assert words(plain[name]) == words(kobo[name])
    ids = re.findall(rb'id="([^"]+)"', kobo["EPUB/text.xhtml"])
    assert len(ids) == len(set(ids))
    assert kobo["EPUB/nav.xhtml"] == plain["EPUB/nav.xhtml"]


def test_apple_is_told_of_faces() -> None:
    name = "META-INF/com.apple.ibooks.display-options.xml"
    assert b'specified-fonts">false<' in parts(device="apple")[name]
    assert b'specified-fonts">true<' in parts(device="apple", embed_fonts=True)[name]
    assert name not in parts()


def test_kindle_gets_bitmaps_that_it_knows() -> None:
    names = [name for name in parts(device="kindle") if name.startswith("EPUB/images/")]
    assert names
    assert all(name.endswith((".png", ".jpg", ".gif")) for name in names), names


def test_grey_pictures_are_grey() -> None:
    pictures = {name: data for name, data in parts(greyscale=True).items() if name.endswith((".png", ".jpg"))}
    assert {Image.open(io.BytesIO(data)).mode for data in pictures.values()} <= {"L", "LA"}
    assert len(pictures) > 1


def test_embedded_faces_hold_the_letters_and_no_more() -> None:
    from fontTools.ttLib import TTFont

    made = parts(embed_fonts=True)
    fonts = [name for name in made if name.startswith("EPUB/fonts/")]
    sheet = made["EPUB/style.css"].decode()
    assert sorted(re.findall(r'url\("(fonts/[^"]+)"\)', sheet)) == sorted(name.removeprefix("EPUB/") for name in fonts)
    letters = set(TTFont(io.BytesIO(made[next(name for name in fonts if "text-400." in name)])).getBestCmap())
    assert ord("a") in letters
    assert ord("Ŵ") not in letters
    assert sum(len(made[name]) for name in fonts) < 1_000_000


@pytest.mark.parametrize(
    "asked", [{"device": "kobo"}, {"device": "apple", "embed_fonts": True}, {"device": "kindle", "greyscale": True}], ids=str
)
def test_validators_find_nothing(asked: dict[str, object], tmp_path: Path) -> None:
    need(not can_run_epubcheck(), can_run_epubcheck())
    path = tmp_path / "book.epub"
    path.write_bytes(parts(**asked)[""])
    assert own_checks(path.read_bytes()) == epubcheck(path) == []


def test_kobo_knows_its_own_by_the_ending(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# T\n\nWords.\n", encoding="utf-8")
    assert pressout("build", "a.md", "--to", "epub", "--device", "kobo", folder=tmp_path).status == 0
    assert [path.name for path in (tmp_path / "output").iterdir()] == ["a.kepub.epub"]


def opened(data: bytes) -> dict[str, object]:
    """What a reading program learns of a book when it opens it: the order of its files, its contents, where each entry leads."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    package = etree.fromstring(archive.read("EPUB/content.opf"))
    files = {each.get("id"): each.get("href") for each in package.iter("{*}item")}
    order = [files[each.get("idref")] for each in package.iter("{*}itemref")]
    pages = {name: etree.fromstring(archive.read(f"EPUB/{name}")) for name in order}
    links = [(str(link.get("href")), "".join(map(str, link.itertext()))) for link in pages["nav.xhtml"].iter(f"{XHTML}a")]
    places = {}
    for href, _ in links:
        name, _, fragment = href.partition("#")
        there = pages[name] if not fragment else next(each for each in pages[name].iter() if each.get("id") == fragment)
        places[href] = "".join(map(str, there.itertext())).split()
    return {"order": order, "links": links, "places": places}


def test_a_kepub_opens_like_the_epub() -> None:
    plain, kobo = opened(parts()[""]), opened(parts(device="kobo")[""])
    assert plain == kobo
    assert len(plain["links"]) > 10  # type: ignore[arg-type]


@pytest.mark.parametrize("options", [("--device", "kobo"), ("--device", "kindle", "--greyscale")], ids=" ".join)
def test_same_bytes_again(options: tuple[str, ...], tmp_path: Path) -> None:
    for seed in ("1", "4242"):
        settings = {"PYTHONHASHSEED": seed, "TZ": "Pacific/Apia" if seed == "1" else "UTC"}
        build = ("build", ROOT / "input" / "specimen.md", "--to", "epub", "--no-page-list", "--embed-fonts")
        said = pressout(*build, *options, "--out", seed, folder=tmp_path, settings=settings)
        assert said.status == 0, said.errors
    one, two = (next((tmp_path / seed).iterdir()).read_bytes() for seed in ("1", "4242"))
    assert one == two

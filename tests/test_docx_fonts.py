"""The theme's faces inside a Word file: which travel, with which letters, and that another program sets its text in them."""

from __future__ import annotations

import io
import os
import shutil
import struct
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from conftest import ROOT
from pressout.diagnostics import Report
from pressout.edition import Edition
from pressout.model import Code, Document, Emphasis, Inlines, Metadata, Paragraph, Strong, Text
from pressout.renderers.docx.render import render
from pressout.renderers.faces import by_fonttools, by_harfbuzz, may_travel
from pressout.theme import Theme, load_theme
from pressout.theme.fonts import LETTERS
from wordfile import Parts, W, specimen, theme

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CUTS = {"Regular": (False, False), "Bold": (True, False), "Italic": (False, True), "BoldItalic": (True, True)}


def drawn(*words: Inlines, look: Theme | None = None, edition: Edition | None = None, report: Report | None = None) -> Parts:
    document = Document(Metadata(title=(Text("A title"),), lang="en"), tuple(map(Paragraph, words)))
    return Parts(render(document, look or theme(), edition or Edition(), report or Report()).data)


def faces(parts: Parts) -> Mapping[tuple[str, str], TTFont]:
    """The fonts of a Word file by family and cut, unlocked as ECMA-376 part 1, 17.8.1 tells."""
    if "word/_rels/fontTable.xml.rels" not in parts.archive.namelist():
        return {}
    leads = etree.fromstring(parts.archive.read("word/_rels/fontTable.xml.rels"))
    targets = {each.get("Id"): each.get("Target") for each in leads}
    found = {}
    for font in parts.all("font", "fontTable"):
        for each in font:
            if (target := targets.get(each.get(f"{R}id"))) is not None:
                cut = each.tag.removeprefix(f"{W}embed")
                found[font.get(f"{W}name"), cut] = TTFont(io.BytesIO(unlocked(parts, target, each.get(f"{W}fontKey"))))
    return found


def unlocked(parts: Parts, target: str, key: str) -> bytes:
    data = bytearray(parts.archive.read(f"word/{target}"))
    digits = key.strip("{}").replace("-", "")
    reverse = [int(digits[place : place + 2], 16) for place in range(30, -1, -2)]
    for place in range(32):
        data[place] ^= reverse[place % 16]
    return bytes(data)


def test_the_faces_in_use_travel_and_no_others() -> None:
    plain = set(faces(drawn((Text("Words"),))))
    # the title is bold in the companion face, which Word's own heads stand in, too
    assert ("Source Serif Pro", "Regular") in plain
    assert ("Source Sans Pro", "Bold") in plain
    assert not [face for face in plain if face[0] == "Source Code Pro" or (face[0] == "Source Serif Pro" and face[1] != "Regular")]
    more = set(faces(drawn((Emphasis((Text("slanted"),)), Strong((Emphasis((Text("both"),)),)), Code("code")))))
    assert more - plain == {("Source Serif Pro", "Italic"), ("Source Serif Pro", "BoldItalic"), ("Source Code Pro", "Regular")}


def test_a_face_is_what_the_table_says_it_is() -> None:
    found = faces(specimen("briefing")[1])
    assert len(found) >= 8
    for (family, cut), font in found.items():
        assert font["name"].getDebugName(1) == family
        bold, italic = CUTS[cut]
        assert (bool(font["OS/2"].fsSelection & 32), bool(font["OS/2"].fsSelection & 1)) == (bold, italic)


def test_a_face_has_the_letters_of_the_text_and_of_what_may_be_added() -> None:
    letters = {cut: set(font.getBestCmap()) for (family, cut), font in faces(drawn((Text("Words"),))).items() if "Serif" in family}
    assert set(map(ord, LETTERS)) <= letters["Regular"]
    assert not {ord("Ж"), ord("Ω")} & letters["Regular"]
    greek = faces(drawn((Text("A λ"),)))["Source Serif Pro", "Regular"].getBestCmap()
    assert {ord("λ"), ord("Ω")} <= set(greek)
    assert ord("Ж") not in greek


@pytest.mark.parametrize(
    ("edition", "wanted"),
    [
        (Edition(), True),
        (Edition(anchors=True), False),
        (Edition(anchors=True, embed_fonts=True), True),
        (Edition(embed_fonts=False), False),
    ],
    ids=["a file to read", "an editor's", "an editor's who wants them", "a file without"],
)
def test_a_file_for_an_editor_stays_small(edition: Edition, wanted: bool) -> None:
    parts = drawn((Text("Words"),), edition=edition)
    assert bool(faces(parts)) is wanted
    assert bool(parts.all("embedTrueTypeFonts", "settings")) is wanted


def test_the_same_words_give_the_same_keys() -> None:
    first, second = (drawn((Text("Words"),)).archive.read("word/fontTable.xml") for _ in range(2))
    other = drawn((Text("Слова"),)).archive.read("word/fontTable.xml")
    assert first == second
    assert first != other


# What its maker forbids

RIGHTS = [(0, True, True), (2, False, False), (4, True, False), (8, True, True), (12, True, True), (0x100, True, True)]


@pytest.mark.parametrize(("rights", "read_only", "edited"), RIGHTS)
def test_what_a_font_may(rights: int, read_only: bool, edited: bool, tmp_path: Path) -> None:
    path = with_rights(tmp_path / "font.ttf", rights)
    assert (may_travel(path), may_travel(path, editable=True)) == (read_only, edited)


@pytest.mark.parametrize("rights", [2, 4])
def test_a_face_whose_maker_forbids_it_stays_at_home(rights: int, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "themes" / "fonts" / "source-code-pro", tmp_path / "mine")
    for path in (tmp_path / "mine").glob("*.ttf"):
        with_rights(path, rights)
    (tmp_path / "mine" / "theme.toml").write_text("")
    report = Report()
    found = faces(drawn((Code("code"), Text(" and text")), look=load_theme(tmp_path / "mine", report), report=report))
    assert {family for family, _ in found} == {"Source Serif Pro", "Source Sans Pro"}
    assert [each.message for each in report.diagnostics] == [
        "the font 'SourceCodePro-Regular.ttf' does not travel in the Word file: its maker forbids it"
    ]


def with_rights(path: Path, rights: int) -> Path:
    """A font with another fsType, its bytes changed in place."""
    data = bytearray((ROOT / "themes" / "fonts" / "source-code-pro" / "SourceCodePro-Regular.ttf").read_bytes())
    if path.exists():
        data = bytearray(path.read_bytes())
    (count,) = struct.unpack_from(">H", data, 4)
    (start,) = (
        place for tag, place in (struct.unpack_from(">4s4xI", data, 12 + 16 * each) for each in range(count)) if tag == b"OS/2"
    )
    struct.pack_into(">H", data, start + 8, rights)
    path.write_bytes(data)
    return path


def test_both_ways_to_a_subset_keep_the_same_letters() -> None:
    path = ROOT / "themes" / "fonts" / "source-code-pro" / "SourceCodePro-Regular.ttf"
    one, other = (TTFont(io.BytesIO(make(path, "abcž≠"))) for make in (by_harfbuzz, by_fonttools))
    assert set(one.getBestCmap()) == set(other.getBestCmap()) == set(map(ord, "abcž≠"))


# Another program


@pytest.mark.skipif(not os.environ.get("PRESSOUT_SOAK"), reason="part of `make soak`: it starts LibreOffice")
def test_libreoffice_sets_the_text_in_them(tmp_path: Path) -> None:
    """The faces are in no folder that fontconfig knows, so that they can only come out of the file."""
    installed = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=True).stdout
    assert "Source Serif Pro" not in installed
    (tmp_path / "with.docx").write_bytes(specimen("briefing")[1].data)
    (tmp_path / "without.docx").write_bytes(drawn((Text("Words"),), edition=Edition(embed_fonts=False)).data)
    own = f"-env:UserInstallation=file://{tmp_path}/office"
    for name in ("with.docx", "without.docx"):
        subprocess.run(["soffice", own, "--headless", "--convert-to", "pdf", name], cwd=tmp_path, capture_output=True, check=True)
    shown = {
        name: subprocess.run(["pdffonts", tmp_path / f"{name}.pdf"], capture_output=True, text=True, check=True).stdout
        for name in ("with", "without")
    }
    assert all(
        face in shown["with"] for face in ("SourceSerifPro-Regular", "SourceSerifPro-It", "SourceSansPro-Bold", "SourceCodePro")
    )
    assert "Source" not in shown["without"]

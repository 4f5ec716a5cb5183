"""Profiles of a PDF: a screen's has smaller pictures and the same pages; and the article's file inside, if that is asked for."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from conftest import pressout
from pressout.verify.pdf.examine import examine

ARTICLE = "---\ntitle: Profile\nlang: en\n---\n\nWords.\n\n![A grey wedge](wedge.png)\n\nMore words.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article with one large picture, built for print and for a screen."""
    folder = tmp_path_factory.mktemp("profiles")
    (folder / "article.md").write_text(ARTICLE)
    Image.effect_noise((2400, 1600), 90).convert("RGB").save(folder / "wedge.png")
    for profile, more in (("print", ()), ("screen", ("--attach-source",))):
        given = ("--theme", "plain", "--to", "pdf", "--profile", profile, "--out", profile)
        assert pressout("build", "article.md", *given, *more, folder=folder).status == 0
    return folder


def test_a_screen_gets_smaller_pictures_of_the_same_size(folder: Path) -> None:
    print_, screen = (examine((folder / profile / "article.pdf").read_bytes())[1] for profile in ("print", "screen"))
    assert print_ is not None
    assert screen is not None
    (fine,), (coarse,) = print_.drawn.pictures, screen.drawn.pictures
    assert fine.size == pytest.approx(coarse.size, abs=0.5)
    assert 295 < fine.ppi[0] < 305
    assert 149 < coarse.ppi[0] < 155
    assert screen.size < print_.size / 2


def test_the_source_travels_and_the_claims_hold(folder: Path) -> None:
    with pikepdf.open(folder / "screen" / "article.pdf") as pdf:
        (name,) = pdf.attachments
        (file,) = pdf.Root.AF
        assert pdf.attachments[name].get_file().read_bytes().decode() == ARTICLE
        assert str(file.AFRelationship) == "/Source"
    with pikepdf.open(folder / "print" / "article.pdf") as pdf:
        assert not pdf.attachments
    assert name == "article.md"
    assert pressout("verify", "screen/article.pdf", "--strict", folder=folder).status == 0


def test_standard_input_has_no_file(tmp_path: Path) -> None:
    given = ("-", "--from", "md", "--theme", "plain", "-o", "a.pdf", "--attach-source")
    said = pressout("build", *given, folder=tmp_path, stdin=ARTICLE.replace("![A grey wedge](wedge.png)", "").encode())
    assert said.status == 0
    assert "the source has no file to be attached" in said.errors

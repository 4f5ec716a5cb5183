"""The tag tree of finished PDFs: one element for each thing of the article, and its words in their order."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import html

from conftest import ARTICLES, every_article, pressout
from pressout.press.actual_text import actual_text

# What each tag of a page's XHTML becomes, counted there by another parser than the one that laid it out
COUNTED = {
    "section": "Sect",
    "table": "Table",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "li": "LI",
    "img": "Figure",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "figcaption": "Caption",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
}
IN_LATIN = tuple(article for article in ARTICLES if article.stem != "specimen")  # poppler reads no ActualText in a structure


def tree(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element, in reading order."""
    waiting = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        if element.S == "/Contents":  # pressout's own words
            continue
        yield element
        kids = element.get("/K", [])
        waiting += [kid for kid in reversed(list(kids)) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def page(article: Path, theme: str) -> Any:
    """The body of the very page that the PDF was laid out from."""
    said = pressout("inspect", article, "--stage", "html", "--theme", theme)
    assert said.status == 0, said.errors
    return html.document_fromstring(said.out.encode()).find("body")


@every_article
def test_each_element_has_one_tag(library: Path, article: Path, theme: str) -> None:
    body = page(article, theme)
    for contents in body.xpath("//nav"):
        contents.drop_tree()
    with pikepdf.open(library / theme / f"{article.stem}.pdf") as pdf:
        tags = Counter(str(element.S)[1:] for element in tree(pdf))
    wanted = Counter(COUNTED[str(element.tag)] for element in body.iter() if element.tag in COUNTED)
    wanted["LI"] += sum(element.getprevious() is None or element.getprevious().tag == "dd" for element in body.iter("dt"))
    wanted["Note"] = len(body.xpath("//*[contains(concat(' ', @class, ' '), ' footnote ')]"))
    assert {kind: tags[kind] for kind in wanted} == dict(wanted)


@pytest.mark.parametrize("article", IN_LATIN, ids=lambda path: path.stem)
def test_tags_hold_the_words_in_order(library: Path, article: Path) -> None:
    found = subprocess.run(
        ["pdfinfo", "-struct-text", library / "briefing" / f"{article.stem}.pdf"], capture_output=True, text=True, check=True
    ).stdout
    spoken = "".join("".join(_words(found)).split()).casefold()  # a style may print capitals
    body = page(article, "briefing")
    for contents in body.xpath("//nav"):
        contents.drop_tree()
    written = "".join("".join(body.itertext()).split()).casefold()
    assert spoken.replace("\u2010", "") == written.replace("\u2010", "")


def _words(structure: str) -> Iterator[str]:
    """The text in poppler's account of a structure, but for the signs of lists, which pressout made, and letters in pictures."""
    kind = ""
    for line in structure.splitlines():
        text = re.fullmatch(r' +"(.*)"', line)
        kind = kind if text else line.strip().partition(" ")[0]
        if text and kind not in ("Lbl", "Figure"):
            yield text[1]


def test_repeated_heads_and_running_matter_are_artifacts(tmp_path: Path) -> None:
    rows = "\n".join(f"| {number} | a cell |" for number in range(120))
    (tmp_path / "long.md").write_text(f"---\ntitle: Long\nlang: en\n---\n\n| No. | Words |\n|--|--|\n{rows}\n")
    assert pressout("build", "long.md", "--to", "pdf", "--out", ".", folder=tmp_path).status == 0
    with pikepdf.open(tmp_path / "long.pdf") as pdf:
        tags = Counter(str(element.S)[1:] for element in tree(pdf))
        artifacts = sum(b"/Pagination" in page.Contents.read_bytes() for page in pdf.pages)
        assert len(pdf.pages) > 2
        assert (tags["Table"], tags["THead"], tags["TR"], tags["TH"]) == (1, 1, 121, 2)
        assert artifacts == len(pdf.pages) - 1  # a first page has neither a running head nor a head that stood before


def test_a_note_follows_its_mark(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("---\ntitle: Note\nlang: en\n---\n\nBefore[^a] after it.\n\n[^a]: The note.\n\nLast.\n")
    assert pressout("build", "note.md", "--to", "pdf", "--out", ".", folder=tmp_path).status == 0
    said = subprocess.run(["pdfinfo", "-struct-text", tmp_path / "note.pdf"], capture_output=True, text=True, check=True).stdout
    places = [said.index(word) for word in ('"Before"', "Reference", "Note <note-1>", "The note.", "after it.", '"Last."')]
    assert places == sorted(places)


def test_endnotes_are_notes_in_a_section_that_the_contents_name(tmp_path: Path) -> None:
    notes = "[^a]: The first.\n\n    Its second paragraph.\n\n[^b]: The other."
    (tmp_path / "note.md").write_text(
        f"---\ntitle: Note\nlang: en\nnotes: endnotes\ntoc: true\n---\n\n## One\n\nText[^a] and more[^b].\n\n- An item\n\n{notes}\n"
    )
    assert pressout("build", "note.md", "--to", "pdf", "--out", ".", folder=tmp_path).status == 0
    with pikepdf.open(tmp_path / "note.pdf") as pdf:
        kinds = Counter(str(element.S)[1:] for element in tree(pdf))
    assert (kinds["Note"], kinds["L"], kinds["LI"], kinds["Sect"]) == (2, 1, 1, 2)
    said = subprocess.run(["pdftotext", tmp_path / "note.pdf", "-"], capture_output=True, text=True, check=True).stdout
    assert said.count("Notes") == 2
    checked = pressout("verify", "note.pdf", "--source", "note.md", folder=tmp_path)
    assert checked.status == 0, checked.out


def test_both_claims_stand_in_the_metadata(library: Path) -> None:
    with pikepdf.open(library / "plain" / "specimen.pdf") as pdf:
        metadata = pdf.Root.Metadata.read_bytes().decode()
        spoken = [element.get("/Lang") for element in tree(pdf)]
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert re.search(r'pdfaid:part="3"', metadata)
    assert re.search(r'pdfaid:conformance="A"', metadata)
    assert {"fr", "de", "el", "ru", "ar", "he", "ja", "zh-Hans", "hi"} <= {str(lang) for lang in spoken}


@pytest.mark.parametrize(
    ("printed", "read"),
    [("press", ""), ("accessi\u2010", "accessi\u00ad"), ("well-known", ""), ("मुद्रण", "मुद्रण"), ("அச்சு", "அச்சு")],
)
def test_glyphs_that_do_not_say_their_text(printed: str, read: str) -> None:
    assert actual_text(printed) == read

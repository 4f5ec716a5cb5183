"""The checks of Word files find what they are for: each fault, made on purpose, is named."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from pressout.renderers.archive import pack
from pressout.verify.docx import facts, own_checks
from wordfile import drawn, line, specimen

DOCUMENT = "word/document.xml"
BY_HAND = '<w:rPr><w:sz w:val="40"/></w:rPr>'
NO_LIST = '<w:pPr><w:numPr><w:numId w:val="99"/></w:numPr>'
# The fault, the part that has it, and what brings it in
FAULTS: dict[str, tuple[str, Callable[[str], str]]] = {
    "is not well-formed": ("word/styles.xml", lambda xml: xml[:-9]),
    "the style 'Nowhere' is not defined": (DOCUMENT, lambda xml: xml.replace('"Heading1"', '"Nowhere"', 1)),
    "the list '99' is not defined": (DOCUMENT, lambda xml: xml.replace("<w:pPr>", NO_LIST, 1)),
    "the bookmark 0 has no end": (DOCUMENT, lambda xml: xml.replace('<w:bookmarkEnd w:id="0"/>', "", 1)),
    "2 bookmarks are called 'lists'": (DOCUMENT, lambda xml: xml.replace('"phrases"', '"Lists"')),
    "1 stretches of text are formatted by hand, past the styles": (DOCUMENT, lambda xml: xml.replace("<w:t", BY_HAND + "<w:t", 1)),
    "1 references lead nowhere: they print as 'Error!'": (
        DOCUMENT,
        lambda xml: re.sub(r"(<w:t[^>]*>)", r"\1Error! ", xml, count=1),
    ),
    "a cell does not end with a paragraph": (DOCUMENT, lambda xml: xml.replace("</w:p></w:tc>", "</w:p><w:tbl/></w:tc>", 1)),
}


def parts() -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(specimen(anchors=True)[1].data))
    return {name: archive.read(name) for name in archive.namelist()}


def found(data: bytes) -> list[str]:
    return [diagnostic.message for diagnostic in own_checks(data)]


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(fault: str) -> None:
    name, change = FAULTS[fault]
    whole = parts()
    assert fault in found(pack({**whole, name: change(whole[name].decode()).encode()}))


def test_a_part_that_is_missing_is_named() -> None:
    whole = parts()
    del whole["word/media/image1.png"]
    assert found(pack(whole)) == ["the part 'word/media/image1.png' is not there"]


def test_what_is_no_archive_is_no_word_file() -> None:
    assert found(b"not a zip archive")[0].startswith("is no Word file")


def test_a_locked_file_and_a_foreign_archive_are_told_apart() -> None:
    assert found(b"\xd0\xcf\x11\xe0 and more") == [
        "is no Word file that can be read: it is protected by a password, or of a Word before 2007"
    ]
    assert found(pack({"other.txt": b"words"})) == ["is no Word file: it has no word/document.xml"]


def test_a_right_file_has_no_fault() -> None:
    assert found(drawn(line("A paragraph.")).data) == []


def test_the_language_is_that_of_the_article() -> None:
    """Word's styles name a region besides, by which it chooses a dictionary."""
    data = specimen()[1].data
    assert b'w:val="en-US"' in zipfile.ZipFile(io.BytesIO(data)).read("word/styles.xml")
    assert facts(data)["language"] == "en"

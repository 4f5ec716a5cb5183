"""The EPUB as a whole: its links lead somewhere, its metadata is true, its text is the document's, its bytes are the same again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from conftest import ROOT, need
from pressout.diagnostics import Report, Severity
from pressout.edition import Edition
from pressout.model import Abbreviation, Author, Code, CodeBlock, CrossReference, Document, Metadata, Text
from pressout.renderers.epub import pages as epub_pages
from pressout.renderers.epub.metadata import Identifier, identify
from pressout.renderers.epub.render import render
from pressout.theme import Theme, load_theme
from pressout.verify.epub import can_run_epubcheck, epubcheck, open_book, own_checks
from pressout.walk import everything, plain_text
from stages import Stages
from words import letters

XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
PNG = "image.png"
LABEL = 120  # letters: the date, the authors and the keywords of the title page are the longest that are no text of the document

WHOLE = """---
title: Words & signs < three
subtitle: A second line
author: [Ada Setzer, Ben Leser]
date: 2025-09-15
lang: en
series: Specimens
issue: No. 3
keywords: [one, two]
publisher: A house
rights: CC BY 4.0
description: What it is about.
---

## First {#one}

A paragraph with a note.[^a] See [the second](#two).

### Inside

Words.

## Second {#two}

A second mark[^a] and another note.[^b]

## Third

![A grey wedge](pictures/grey-wedge.png)

[^a]: The note's words.
[^b]: More, with a [way back](#one).
"""


@pytest.fixture(scope="module")
def theme() -> Theme:
    return load_theme("plain", Report())


class Epub:
    """The parts of a finished EPUB."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        archive = zipfile.ZipFile(io.BytesIO(data))
        self.parts = {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}
        self.package = etree.fromstring(self.parts["content.opf"])

    def page(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name])

    @property
    def spine(self) -> list[str]:
        """The names of the pages in reading order."""
        names = {item.get("id"): str(item.get("href")) for item in self.package.iter("{*}item")}
        return [names[item.get("idref")] for item in self.package.iter("{*}itemref")]

    @property
    def text(self) -> list[str]:
        """The words of the title page and the text, in reading order."""
        pages = [self.page(name) for name in self.spine if name.startswith(("title", "text"))]
        return " ".join(" ".join(body.itertext()) for page in pages for body in page.iter(f"{XHTML}body")).split()

    def meta(self, name: str) -> list[str]:
        """What the metadata says under a property, or as Dublin Core."""
        metas = (meta for meta in self.package.iter("{*}meta") if meta.get("property") == name)
        core = self.package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")
        return [str(element.text) for element in (*core, *metas)]


def made(text: str, folder: Path = ROOT / "input") -> Epub:
    return Epub(Stages(text, "md", folder, "plain").rendered("epub"))


def drawn(document: Document, theme: Theme) -> Epub:
    return Epub(render(document, theme, Edition(), Report()).data)


@pytest.fixture(scope="module")
def whole() -> Epub:
    return made(WHOLE)


# What is in it


def test_parts_and_their_order(whole: Epub) -> None:
    assert whole.spine == ["cover.xhtml", "title.xhtml", "nav.xhtml", "text.xhtml"]
    titles = [next(whole.page(name).iter(f"{XHTML}title")).text for name in whole.spine]
    assert titles == ["Cover", "Words & signs < three", "Contents", "Words & signs < three"]
    assert {"style.css", "toc.ncx", "cover.png"} < set(whole.parts)
    assert own_checks(whole.data) == []


def test_contents_and_landmarks(whole: Epub) -> None:
    toc, marks = whole.page("nav.xhtml").iter(f"{XHTML}nav")
    assert [(link.text, link.get("href")) for link in toc.iter(f"{XHTML}a")] == [
        ("First", "text.xhtml#one.heading"),
        ("Inside", "text.xhtml#inside.heading"),
        ("Second", "text.xhtml#two.heading"),
        ("Third", "text.xhtml#third.heading"),
    ]
    assert [link.get(TYPE) for link in marks.iter(f"{XHTML}a")] == ["cover", "titlepage", "toc", "bodymatter"]
    points = list(whole.page("toc.ncx").iter("{*}navPoint"))
    assert [point.find("{*}content").get("src") for point in points] == [link.get("href") for link in toc.iter(f"{XHTML}a")]
    assert [point.get("playOrder") for point in points] == ["1", "2", "3", "4"]


def test_short_contents_are_no_page() -> None:
    epub = made("# Title\n\nWords alone.\n")
    assert epub.spine == ["cover.xhtml", "title.xhtml", "text.xhtml"]
    assert next(epub.page("nav.xhtml").iter(f"{XHTML}a")).get("href") == "text.xhtml"
    assert own_checks(epub.data) == []


def test_contents_as_asked() -> None:
    said = "---\ntitle: T\ntoc: {}\n---\n\n## One\n\n## Two\n\n## Three\n"
    assert "nav.xhtml" in made(said.format("true")).spine
    assert "nav.xhtml" not in made(said.format("false")).spine


def test_lists_of_figures_and_tables_as_asked() -> None:
    text = (ROOT / "input" / "specimen.md").read_text(encoding="utf-8").replace("lang: en\n", "lang: en\nlof: true\nlot: true\n", 1)
    epub = made(text)
    found = {nav.get(TYPE): [link.text for link in nav.iter(f"{XHTML}a")] for nav in epub.page("nav.xhtml").iter(f"{XHTML}nav")}
    assert [str(label)[:8] for label in found["loi"]] == [f"Figure\u00a0{number}" for number in range(1, len(found["loi"]) + 1)]
    assert len(found["loi"]) >= 2
    assert str(found["lot"][0]).startswith("Table\u00a01 Type sizes")
    assert own_checks(epub.data) == []


def test_no_cover_where_none_is_wanted() -> None:
    epub = made("---\ntitle: T\ncover: false\n---\n\nWords.\n")
    assert "cover.xhtml" not in epub.spine
    assert not [name for name in epub.parts if "cover" in name]
    assert ["no cover picture" in str(found) for found in own_checks(epub.data)] == [True]


def test_notes_stand_with_their_marks_and_lead_back(whole: Epub) -> None:
    page = whole.page("text.xhtml")
    ids = {element.get("id"): element for element in page.iter() if element.get("id")}
    marks = [link for link in page.iter(f"{XHTML}a") if link.get(TYPE) == "noteref"]
    notes = [aside for aside in page.iter(f"{XHTML}aside") if aside.get(TYPE) == "footnote"]
    assert [mark.text for mark in marks] == ["1", "1", "2"]
    assert [mark.get("href") for mark in marks] == ["#note-1", "#note-1", "#note-2"]
    assert [note.get("id") for note in notes] == ["note-1", "note-2"]
    for note in notes:
        back = next(link for link in note.iter(f"{XHTML}a") if link.get("role") == "doc-backlink")
        assert ids[str(back.get("href"))[1:]] in marks


def test_every_page_names_its_encoding_and_language(whole: Epub) -> None:
    for name in ("cover.xhtml", "title.xhtml", "nav.xhtml", "text.xhtml"):
        assert whole.parts[name].startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
        assert whole.page(name).get("lang") == "en"


def test_prefix_is_declared_only_where_it_is_used() -> None:
    epub = made("# T\n\n## Key points\n\n- one\n")
    assert b"epub:prefix" in epub.parts["text.xhtml"]
    assert b"epub:prefix" not in epub.parts["nav.xhtml"]


@pytest.mark.parametrize("article", ["accessible-publishing.md", "die-letzte-schaltsekunde.md", "specimen.md"])
def test_words_are_the_documents_in_their_order(article: str) -> None:
    """Every piece of text stands behind the one before it; between two there is room for a label, a number or a mark alone."""
    stages = Stages((ROOT / "input" / article).read_text(encoding="utf-8"), "md", ROOT / "input", "plain")
    stream, at = letters("".join(Epub(stages.rendered("epub")).text)), 0
    captions = set[int]()
    for piece in everything(stages.ready):
        words = letters(piece.text) if isinstance(piece, Text | Code | CodeBlock | Abbreviation) else ""
        if isinstance(piece, CrossReference) and piece.form == "page":  # the specimen names its figure right before the page
            captions.update(map(id, piece.content))
        words = "" if words == "onpage" else words  # this book has no pages
        if isinstance(piece, CodeBlock):  # its caption stands above it
            words = letters(plain_text(piece.caption)) + words
            captions.update(map(id, piece.caption))
        if id(piece) in captions:
            continue
        start = stream.find(words, at)
        assert 0 <= start - at < LABEL, piece
        at = start + len(words)


def test_long_text_is_split_between_sections(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    stages = Stages(WHOLE, "md", ROOT / "input", "plain")
    one = drawn(stages.ready, theme)
    monkeypatch.setattr(epub_pages, "LARGEST", 300)
    several = drawn(stages.ready, theme)
    assert several.spine[3:] == ["text-1.xhtml", "text-2.xhtml", "text-3.xhtml"]
    assert own_checks(several.data) == []
    assert b'href="text-2.xhtml#two"' in several.parts["text-1.xhtml"]
    assert b'href="text-1.xhtml#note-1"' in several.parts["text-2.xhtml"]
    assert sorted(several.text) == sorted(one.text)


def test_right_to_left_throughout() -> None:
    epub = made("---\ntitle: مدونة\nlang: ar\n---\n\n## واحد\n\nكلمات.\n")
    assert epub.package.get("dir") == "rtl"
    assert next(epub.package.iter("{*}spine")).get("page-progression-direction") == "rtl"
    assert {epub.page(name).get("dir") for name in epub.spine} == {"rtl"}


def test_same_bytes_again(theme: Theme) -> None:
    document = Stages(WHOLE, "md", ROOT / "input", "plain").ready
    assert drawn(document, theme).data == drawn(replace(document, folder=Path("/elsewhere")), theme).data


# What it says of itself


def test_metadata(whole: Epub) -> None:
    assert whole.meta("title") == ["Words & signs < three", "A second line"]
    assert whole.meta("title-type") == ["main", "subtitle"]
    assert whole.meta("creator") == ["Ada Setzer", "Ben Leser"]
    assert whole.meta("role") == ["aut", "aut"]
    assert whole.meta("date") == ["2025-09-15"]
    assert whole.meta("subject") == ["one", "two"]
    assert whole.meta("publisher") + whole.meta("rights") == ["A house", "CC BY 4.0"]
    assert whole.meta("description") == ["What it is about."]
    assert whole.meta("belongs-to-collection") + whole.meta("group-position") == ["Specimens", "3"]
    assert whole.meta("language") == ["en"]


def test_who_helped_has_a_role_of_their_own() -> None:
    people = "author: Ada\neditors: [Clara, Dan]\ntranslator: Emil\nillustrator: Fritz"
    epub = made(f"---\ntitle: T\nlang: en\n{people}\n---\n\nText.\n")
    assert (epub.meta("creator"), epub.meta("contributor")) == (["Ada"], ["Clara", "Dan", "Emil", "Fritz"])
    assert epub.meta("role") == ["aut", "edt", "edt", "trl", "ill"]


def test_untitled_article_takes_the_name_of_its_file(theme: Theme) -> None:
    epub = drawn(Document(Metadata(), (), name="notes/briefing.md"), theme)
    assert epub.meta("title") == ["briefing"]
    assert epub.meta("language") == ["en"]
    assert own_checks(epub.data) == []


@pytest.mark.parametrize(
    ("given", "identifier"),
    [
        ("978-3-16-148410-0", Identifier("urn:isbn:9783161484100", "15")),
        ("ISBN 0-306-40615-2", Identifier("urn:isbn:0306406152", "02")),
        ("https://doi.org/10.1000/182", Identifier("doi:10.1000/182", "06")),
        ("urn:uuid:6BA7B810-9DAD-11D1-80B4-00C04FD430C8", Identifier("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8")),
        ("house-2025-7", Identifier("house-2025-7")),
    ],
)
def test_identifiers_as_shops_read_them(given: str, identifier: Identifier) -> None:
    assert identify(Document(Metadata(identifier=given), ()), Report()) == identifier


def test_wrong_check_digit_is_said() -> None:
    report = Report()
    identify(Document(Metadata(identifier="978-3-16-148410-1"), ()), report)
    assert "978-3-16-148410-1" in str(report.diagnostics[0])


def test_made_up_identifier_hangs_on_the_article_alone() -> None:
    first = Document(Metadata(title=(Text("T"),), authors=(Author("A"),), lang="en"), (), name="a.md")
    same = replace(first, name="b.md", folder=Path("/elsewhere"))
    other = replace(first, metadata=replace(first.metadata, lang="de"))
    assert identify(first, Report()) == identify(same, Report()) != identify(other, Report())


# What it says of its accessibility


@pytest.fixture
def gallery(tmp_path: Path) -> Path:
    """A folder with a still picture and one that moves."""
    frames = [Image.new("L", (8, 8), shade) for shade in (0, 255)]
    frames[0].save(tmp_path / "moving.gif", save_all=True, append_images=frames[1:])
    Image.new("RGB", (8, 8)).save(tmp_path / PNG)
    return tmp_path


def claims(text: str, folder: Path) -> set[str]:
    epub = made(f"---\ntitle: T\nlang: en\n---\n\n{text}\n", folder)
    names = ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard")
    said = {value for name in names for value in epub.meta(f"schema:{name}")}
    return said | ({"conforms"} if epub.meta("dcterms:conformsTo") else set())


def test_text_alone_is_textual(gallery: Path) -> None:
    said = claims("Words.", gallery)
    assert {"textual", "none", "conforms"} <= said
    assert not {"visual", "textual,visual", "alternativeText"} & said


def test_described_picture_is_visual_and_told(gallery: Path) -> None:
    assert {"visual", "textual", "textual,visual", "alternativeText", "conforms"} <= claims(f"![A square]({PNG})", gallery)


def test_silent_picture_promises_nothing(gallery: Path) -> None:
    said = claims(f"![A square]({PNG})\n\n![]({PNG})", gallery)
    assert "visual" in said
    assert not {"alternativeText", "conforms"} & said


def test_decoration_is_not_visual(gallery: Path) -> None:
    said = claims(f"![]({PNG}){{.decorative}}", gallery)
    assert "visual" not in said
    assert "conforms" in said


def test_moving_picture_is_no_promise_of_harmlessness(gallery: Path) -> None:
    said = claims("![It moves](moving.gif)", gallery)
    assert "unknown" in said
    assert not {"none", "conforms"} & said


def test_missing_picture_and_headless_table_do_not_conform(gallery: Path) -> None:
    assert "conforms" not in claims("![A square](nowhere.png)", gallery)
    assert "conforms" not in claims("<table><tr><td>a</td><td>b</td></tr></table>", gallery)


# What a check finds in a broken one

FAULTS = {
    "mimetype": ("mimetype", b"application/epub+zip", b"application/zip", "is not 'mimetype'"),
    "language": ("EPUB/content.opf", b"<dc:language>en<", b"<dc:language>English (UK)<", "language is missing or is none"),
    "no language": ("EPUB/content.opf", b"<dc:language>en</dc:language>", b"", "language is missing or is none"),
    "no cover": ("EPUB/content.opf", b'properties="cover-image"', b"", "no cover picture"),
    "no ncx": ("EPUB/content.opf", b"application/x-dtbncx+xml", b"text/xml", "no NCX"),
    "lost part": ("EPUB/content.opf", b'href="style.css"', b'href="sheet.css"', "not in the archive"),
    "untold access": ("EPUB/content.opf", b'"schema:accessMode"', b'"schema:accessModes"', "says nothing of its accessibility"),
    "false alt": ("EPUB/text.xhtml", b'alt="A grey wedge"', b'alt=""', "promises alternative texts"),
    "false pages": ("EPUB/content.opf", b"readingOrder", b"pageNavigation", "promises page numbers"),
    "encoding": ("EPUB/text.xhtml", b' encoding="UTF-8"', b"", "does not name its encoding"),
    "malformed": ("EPUB/text.xhtml", b"</main>", b"", "not well-formed"),
    "dead link": ("EPUB/text.xhtml", b'href="#two"', b'href="#nowhere"', "link to nothing"),
    "dead file": ("EPUB/nav.xhtml", b'href="text.xhtml#one.heading"', b'href="chapter.xhtml#one"', "link to nothing"),
    "link to body": ("EPUB/text.xhtml", b"<body ", b'<body id="two" ', "link to the body"),
    "no source": ("EPUB/cover.xhtml", b'src="cover.png"', b"", "picture without a file"),
    "network": ("EPUB/cover.xhtml", b'src="cover.png"', b'src="https://example.org/a.png"', "from a network"),
    "no alt": ("EPUB/cover.xhtml", b"alt=", b"title=", "without a text in its place"),
    "skipped level": ("EPUB/text.xhtml", b"h3", b"h4", "leaves a level"),
    "script": ("EPUB/text.xhtml", b"</main>", b"<script/></main>", "<script>"),
    "no page language": ("EPUB/text.xhtml", b'lang="en" xml:lang="en"', b"", "does not say its language"),
    "no package": ("META-INF/container.xml", b"content.opf", b"other.opf", "no package document"),
}


def broken(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The EPUB with one fault planted."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(written, "w") as copy:
        for name in archive.namelist():
            content = archive.read(name)
            copy.writestr(name, content.replace(old, new) if name == part else content)
    return written.getvalue()


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault_is_found(whole: Epub, fault: str) -> None:
    part, old, new, message = FAULTS[fault]
    changed = broken(whole.data, part, old, new)
    assert changed != whole.data
    assert any(message in str(found) for found in own_checks(changed)), own_checks(changed)


def test_entities_of_entities_are_given_to_no_judge(whole: Epub) -> None:
    """EPUBCheck spells them out, and does not come to an end."""
    entities = b'<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><html'
    changed = broken(whole.data, "EPUB/text.xhtml", b"<html", entities)
    assert open_book(changed) is None
    assert ["defines entities by other entities" in str(found) for found in own_checks(changed)] == [True]


def test_frames_of_tables_are_no_landmarks() -> None:
    """Tables without captions have one name, and Ace asks for another name of each landmark."""
    rows = "| One long word | Another long word | A third long word | A fourth |\n|---|---|---|---|\n| a | b | c | d |\n\n"
    stages = Stages(f"# T\n\n{rows}Words.\n\n{rows}", "md", ROOT / "input", "plain")
    page = Epub(stages.rendered("epub")).page("text.xhtml")
    assert [each.get("role") for each in page.iter() if each.get("tabindex")] == ["group", "group"]


@pytest.mark.parametrize(("name", "message"), [("../evil.txt", "outside its folder"), ("EPUB/a b.css", "not safe everywhere")])
def test_names_that_harm_are_found(whole: Epub, name: str, message: str) -> None:
    written = io.BytesIO(whole.data)
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr(name, b"")
    assert any(message in str(found) for found in own_checks(written.getvalue()))


def test_no_zip_is_no_epub() -> None:
    assert "is no EPUB" in str(own_checks(b"PK, or so it says")[0])


def test_epubcheck_is_heard(whole: Epub, tmp_path: Path) -> None:
    """A fault that only EPUBCheck sees comes back with its code and its place."""
    need(not can_run_epubcheck(), can_run_epubcheck())
    path = tmp_path / "broken.epub"
    path.write_bytes(broken(whole.data, "EPUB/text.xhtml", b"</main>", b"<p><p>words</p></p></main>"))
    assert own_checks(path.read_bytes()) == []
    (found,) = epubcheck(path)
    assert found.severity is Severity.ERROR
    assert found.message.startswith("RSC-005")
    assert found.file.startswith("EPUB/text.xhtml:")

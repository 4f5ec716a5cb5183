"""The page-list: every page of the PDF with text has its mark in the EPUB, before the word with which that page begins."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from conftest import ROOT, every_article, need, pressout
from pressout.diagnostics import Report
from pressout.edition import Page
from pressout.renderers.epub.render import render
from pressout.verify.epub import can_run_epubcheck, epubcheck, own_checks
from stages import Stages

XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
SEEN = 14  # letters after a mark that are looked for on its page
LONGEST = 60  # letters; of so many in a row on a page without a mark some are the article's
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
LABEL = re.compile(r"\b(?:Figure|Table|Abbildung|Tabelle)\s\d+")  # pressout's own words, as those of MADE are
MADE = {"note-reference", "note-number", "cross-reference", "page-reference", "heading-number", "caption-label", "notes-article"}


def letters(words: str) -> str:
    words = unicodedata.normalize("NFKC", words)
    return "".join(character for character in words if character.isalpha()).casefold()


def printed(path: Path) -> list[str]:
    """The letters of each page, in the order in which they are drawn."""
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    return [letters(LABEL.sub("", page)) for page in done.stdout.decode().split("\f")[:-1]]


class Marks:
    """What an EPUB says of pages: its list, and the words round each mark."""

    def __init__(self, data: bytes) -> None:
        archive = zipfile.ZipFile(io.BytesIO(data))
        self.files = {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}
        nav = etree.fromstring(self.files["nav.xhtml"])
        lists = [each for each in nav.iter(f"{XHTML}nav") if each.get(TYPE) == "page-list"]
        links = lists[0].iter(f"{XHTML}a") if lists else ()
        self.entries = [(str(link.text), str(link.get("href"))) for link in links]
        self.words: dict[str, str] = {}
        self.text = ""
        for name in sorted(
            (name for name in self.files if name.startswith(("title", "text", "notes"))),
            key=lambda name: ("title text notes".find(name[:4]), name),
        ):
            self._read(etree.fromstring(self.files[name]).find(f"{XHTML}body"), name)

    def _read(self, element: etree._Element, name: str) -> None:
        """The text as it goes on, and how much of it stands before each mark; what pressout made itself is left out."""
        if element.get(TYPE) == "pagebreak":
            self.words[f"{name}#{element.get('id')}"] = self.text
        elif element.tag == f"{XHTML}details":  # a long description, which print hasn't
            pass
        elif not MADE & set((element.get("class") or "").split()) and element.get("class") != "task-state":
            self.text += element.text or ""
            for child in element:
                self._read(child, name)
        self.text += element.tail or ""

    def after(self, href: str) -> str:
        return self.text[len(self.words[href]) :]


def wrong(pdf: Path, epub: Path) -> list[str]:
    """What is wrong with the marks of an EPUB, held against the pages of the PDF."""
    pages, marks = printed(pdf), Marks(epub.read_bytes())
    numbers = [int(label) for label, _ in marks.entries]
    found = [] if numbers == sorted(set(numbers)) and len(marks.words) == len(numbers) else [f"out of order: {numbers}"]
    for label, href in marks.entries:
        if href not in marks.words:
            found.append(f"page {label}: no mark")
            continue
        words = marks.after(href).split()
        first, after = letters(words[0]) if words else "", letters(" ".join(words[:40]))[:SEEN]
        if RIGHT_TO_LEFT.search(after) or href.startswith("title"):
            after = first  # poppler turns the order of the words round; contents may follow the title
        page, above = pages[int(label) - 1], pages[int(label) - 2] if label != "1" else ""
        turns = [turn for turn in range(max(1, len(first))) if after[turn:] in page and (not turn or first[:turn] in above)]
        if not turns:
            found.append(f"page {label}: '{' '.join(words[:8])}' is not on it")
        elif turns[0] == 0 and (before := letters(marks.words[href])[-SEEN:]) and page[: page.find(after)].endswith(before):
            found.append(f"page {label}: begins before '{' '.join(words[:8])}'")
    stream = letters(marks.text)
    # what the first mark has nothing before it of, a cover may show again on a page without one
    covers = numbers[0] - 1 if numbers and not letters(marks.words[marks.entries[0][1]]) else 0
    for number, page in enumerate(pages[covers:], covers + 1):
        if number not in numbers and any(page[at : at + LONGEST] in stream for at in range(0, len(page) - LONGEST + 1, 20)):
            found.append(f"page {number}: has text, and no mark")
    return found


@every_article
def test_marks_stand_where_pages_begin(library: Path, article: Path, theme: str) -> None:
    need(shutil.which("pdftotext"), "pdftotext")
    pdf = library / theme / f"{article.stem}.pdf"
    assert wrong(pdf, pdf.with_suffix(".epub")) == []


# Where a mark goes


def marked(text: str, *pages: tuple[str, int]) -> str:
    """The body of an EPUB whose pages begin at the blocks with these words, at characters of their reading text."""
    stages = Stages(f"---\ntitle: T\nlang: en\n---\n\n{text}\n", "md", ROOT / "input", "plain")
    starts = tuple(
        Page(str(number), stages.source.text.index(words), character) for number, (words, character) in enumerate(pages, 1)
    )
    stages.edition = replace(stages.edition, pages=starts, paginated="t.pdf")
    body = stages.epub().partition("<main>")[2]
    body = re.sub(r'<span id="page.(\d)" role="doc-pagebreak" epub:type="pagebreak" aria-label="\1"/>', r"|\1|", body)
    return re.sub(r"\s+", " ", body)


@pytest.mark.parametrize(
    ("text", "pages", "expected"),
    [
        ("Some hyphenated words.", [("Some", 10)], "Some |1|hyphenated words."),
        ("Some words that go on, and on.", [("Some", 5), ("Some", 16)], "Some |1|words that |2|go on, and on."),
        ("Some *words that* go.", [("Some", 5)], "Some |1| <em>words that</em> go."),
        ("Some *words that* go.", [("Some", 11)], "Some <em>words |1|that</em> go."),
        ("Words[^a] with a note.\n\n[^a]: It.", [("Words", 7)], "</a> |1|with"),
        ("- one\n- two", [("two", 0)], "|1|two"),
        ("| a | b |\n|---|---|\n| c | d |", [("d |", 0)], "|1|d"),
        ("活字は\n読者に仕える。", [("活字", 3)], "<p>活字は|1|読者に仕える。</p>"),
        ("活字は読者に仕える。", [("活字", 4)], "<p>活字は読|1|者に仕える。</p>"),
        ("x\n\n```\nab\n<cd>\n```", [("```", 4)], "ab &lt;|1|cd&gt;"),
        ("A *b* `code here`.", [("A *b*", 9)], "|1|"),
    ],
)
def test_mark_in_text(text: str, pages: list[tuple[str, int]], expected: str) -> None:
    assert expected in marked(text, *pages)


def test_mark_before_a_heading_is_a_block_of_its_own_that_goes_where_the_heading_goes() -> None:
    block = r'<div class="division" id="page.1"[^>]*/>'
    assert re.search(rf"<section[^>]*>\s*{block}\s*<h2", marked("## A heading\n\nWords.", ("## A", 0)))
    stages = Stages("# T\n\nWords.\n", "md", ROOT / "input", "plain")
    # without this, a screen that has no room for the heading keeps the mark, and entries of both lists lead there
    assert re.search(rb'div\[role="doc-pagebreak"\] { break-after: avoid; }', Marks(stages.rendered("epub")).files["style.css"])


@pytest.mark.parametrize("start", ["![", "A caption"])
def test_mark_stands_before_a_figure(start: str) -> None:
    text = '![A grey wedge](pictures/grey-wedge.png "A caption")'
    assert re.search(r'<div class="division" id="page.1"[^>]*/>\s*<figure', marked(text, (start, 0)))


def test_pages_without_text_have_no_entry() -> None:
    stages = Stages("# T\n\nSome words.\n", "md", ROOT / "input", "plain")
    pages = (Page("1"), Page("2", stages.source.text.index("T")), Page("3"))
    marks = Marks(render(stages.ready, stages.theme, replace(stages.edition, pages=pages), Report()).data)
    assert [label for label, _ in marks.entries] == ["2"]


def test_a_page_on_which_only_a_note_goes_on_has_none() -> None:
    text = "One.[^a]\n\nTwo.\n\n[^a]: The note."
    assert [number in marked(text, ("One", 0), ("The note", 4), ("Two", 0)) for number in ("|1|", "|2|", "|3|")] == [
        True,
        False,
        True,
    ]


def test_epub_without_pages_promises_none() -> None:
    stages = Stages("# T\n\nWords.\n", "md", ROOT / "input", "plain")
    package = Marks(stages.rendered("epub")).files["content.opf"].decode()
    assert "pageNavigation" not in package
    assert "pageBreakSource" not in package


# The build


def test_page_list_without_a_pdf_draws_one_and_keeps_it_to_itself(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# T\n\nWords.\n", encoding="utf-8")
    assert pressout("build", "a.md", "--to", "epub", "--page-list", folder=tmp_path).status == 0
    assert sorted(path.name for path in (tmp_path / "output").iterdir()) == ["a.epub"]
    marks = Marks((tmp_path / "output" / "a.epub").read_bytes())
    assert marks.entries == [("1", "title.xhtml#page.1")]
    assert b'"pageBreakSource">a.pdf<' in marks.files["content.opf"]


def test_no_page_list_where_none_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# T\n\nWords.\n", encoding="utf-8")
    assert pressout("build", "a.md", "--to", "pdf,epub", "--no-page-list", folder=tmp_path).status == 0
    assert Marks((tmp_path / "output" / "a.epub").read_bytes()).entries == []


def test_validators_find_nothing(tmp_path: Path) -> None:
    need(not can_run_epubcheck(), can_run_epubcheck())
    assert pressout("build", "input/specimen.md", "--to", "epub", "--page-list", "--out", tmp_path).status == 0
    path = tmp_path / "specimen.epub"
    assert own_checks(path.read_bytes()) == epubcheck(path) == []

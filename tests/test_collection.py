"""Collections: several articles in one PDF, EPUB and Word file, each with its own language, notes, pictures and place."""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from conftest import ROOT, need, pressout
from pressout.diagnostics import PressoutError, Report
from pressout.order import Order
from pressout.pipeline import build
from pressout.verify.epub import can_run_epubcheck, epubcheck, own_checks
from test_pagelist import wrong

XHTML = "{http://www.w3.org/1999/xhtml}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TYPE = "{http://www.idpf.org/2007/ops}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

LIST = """\
title = "Four articles"
subtitle = "And \\"one\\" more"
series = "The reader"
number = 12
date = 2025-11-03
editors = ["Ada Setzer", "Ben Leser"]
publisher = "The Observatory Press"
identifier = "978-3-16-148410-0"
lang = "en"
articles = ["die-letzte-schaltsekunde.md", "one/first.md", "two/second.md", 'specimen.md']
"""
FIRST = """\
---
title: A short piece
author: Cy Druck
date: 2025-10-30
lang: en
note-numbering: chapter
---
Words with a note.[^a] See [the figure](#fig-one) and [the other article](../two/second.md), its
[second part](../two/second.md#introduction) too.

## Introduction

Another note.[^b]

![A dot](dot.png "The first dot"){#fig-one}

[^a]: The first note of the first.
[^b]: The second note of the first.
"""
SECOND = """\
---
title: مقالة قصيرة
author: ليلى
lang: ar
---
## Introduction {#introduction}

كلمات مع ملاحظة.[^a] وهذه @fig-one.

![نقطة](dot.png "النقطة الثانية"){#fig-one}

[^a]: ملاحظة المقالة الثانية.
"""


def dot(grey: int) -> bytes:
    """A PNG of one grey, 64 pixels wide."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes([grey]) * 64) * 64
    header = struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def shelf(folder: Path) -> Path:
    """A folder with four articles and their list: two of our own, two with notes, ids and pictures that clash."""
    for name, text, grey in (("one/first.md", FIRST, 0), ("two/second.md", SECOND, 200)):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(text)
        (folder / name).with_name("dot.png").write_bytes(dot(grey))
    for name in ("die-letzte-schaltsekunde.md", "specimen.md", "pictures"):
        source = ROOT / "input" / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    (folder / "issue.toml").write_text(LIST)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collection in all three formats, in the theme whose chapters begin on a page anyway."""
    folder = shelf(tmp_path_factory.mktemp("shelf"))
    said = pressout("build", "issue.toml", "--theme", "briefing", folder=folder)
    assert said.status == 0, said.errors
    assert "3 files of 4 articles" in said.out
    return folder / "output"


@pytest.fixture(scope="module")
def epub(made: Path) -> dict[str, bytes]:
    archive = zipfile.ZipFile(made / "issue.epub")
    return {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}


def pages(epub: dict[str, bytes]) -> dict[str, etree._Element]:
    return {name: etree.fromstring(data) for name, data in epub.items() if name.endswith(".xhtml")}


# The EPUB


def test_each_article_is_a_file_in_its_own_language(epub: dict[str, bytes]) -> None:
    roots = {name: root for name, root in pages(epub).items() if name.startswith("text-")}
    spoken = {name: (root.get("lang"), root.get(LANG), root.get("dir")) for name, root in sorted(roots.items())}
    assert list(spoken.values()) == [("de", "de", "ltr"), ("en", "en", "ltr"), ("ar", "ar", "rtl"), ("en", "en", "ltr")]
    titles = [root.findtext(f"{XHTML}head/{XHTML}title") for _, root in sorted(roots.items())]
    assert titles == ["Die letzte Schaltsekunde", "A short piece", "مقالة قصيرة", "A specimen of every kind"]
    for root in roots.values():
        assert [heading.text for heading in root.iter(f"{XHTML}h2")] == [root.findtext(f"{XHTML}head/{XHTML}title")]
        assert not list(root.iter(f"{XHTML}h1"))


def test_a_sheet_for_each_direction(epub: dict[str, bytes]) -> None:
    sheets = {name: root.find(f"{XHTML}head/{XHTML}link").get("href") for name, root in pages(epub).items()}
    assert sheets["text-3.xhtml"] == "style-ar.css"
    assert sheets["title.xhtml"] == sheets["text-2.xhtml"] == "style.css"
    assert b"padding-right" in epub["style-ar.css"]
    assert epub["style-ar.css"] != epub["style.css"]


def test_every_link_leads_somewhere_and_no_id_is_given_twice(epub: dict[str, bytes]) -> None:
    roots = pages(epub)
    ids = {name: [each.get("id") for each in root.iter() if each.get("id")] for name, root in roots.items()}
    assert all(len(found) == len(set(found)) for found in ids.values())
    everywhere = [each for found in ids.values() for each in found if not each.startswith("page.")]
    assert len(everywhere) == len(set(everywhere))
    for name, root in roots.items():
        for link in root.iter(f"{XHTML}a"):
            file, _, fragment = str(link.get("href")).partition("#")
            if ":" not in file:
                assert (file or name) in ids and (not fragment or fragment in ids[file or name]), link.get("href")


def test_a_link_to_another_article_leads_to_it(epub: dict[str, bytes]) -> None:
    links = {link.text: link.get("href") for link in pages(epub)["text-2.xhtml"].iter(f"{XHTML}a")}
    whole = pages(epub)["text-3.xhtml"].find(f".//{XHTML}section")
    assert links["the other article"] == f"text-3.xhtml#{whole.get('id')}"
    assert links["second part"].startswith("text-3.xhtml#introduction")
    part = next(each for each in whole.iter(f"{XHTML}section") if each.get("id") == links["second part"].partition("#")[2])
    assert part.find(f"{XHTML}h3").text == "Introduction"


def test_notes_and_figures_begin_at_one_in_each_article(epub: dict[str, bytes]) -> None:
    for name in ("text-1.xhtml", "text-2.xhtml", "text-3.xhtml", "text-4.xhtml"):
        marks = [link.text for link in pages(epub)[name].iter(f"{XHTML}a") if link.get("role") == "doc-noteref"]
        assert marks[:1] == ["1"], name
        assert name != "text-2.xhtml" or marks == ["1", "2"]  # whatever an article asks for by itself
    labels = {
        name: next(span.text for span in pages(epub)[name].iter(f"{XHTML}span") if span.get("class") == "caption-label")
        for name in ("text-1.xhtml", "text-2.xhtml", "text-3.xhtml")
    }
    assert labels["text-1.xhtml"].startswith(("Abbildung\u00a01", "Tabelle\u00a01"))
    assert labels["text-2.xhtml"] == "Figure\u00a01"
    assert labels["text-3.xhtml"] == "شكل\u00a01"
    assert "شكل\u00a01" in "".join(pages(epub)["text-3.xhtml"].find(f"{XHTML}body").itertext()).replace(
        labels["text-3.xhtml"], "", 1
    )


def test_pictures_of_one_name_are_each_articles_own(epub: dict[str, bytes]) -> None:
    shown = [pages(epub)[name].find(f".//{XHTML}img").get("src") for name in ("text-2.xhtml", "text-3.xhtml")]
    assert len(set(shown)) == 2
    assert epub[shown[0]] != epub[shown[1]]


def test_metadata_of_the_whole(epub: dict[str, bytes]) -> None:
    package = etree.fromstring(epub["content.opf"])
    found = [(etree.QName(each).localname, each.text) for each in package[0]]
    assert [text for name, text in found if name == "title"] == ["Four articles", "And “one” more"]
    assert [text for name, text in found if name == "language"] == ["en", "de", "ar"]
    creators = [text for name, text in found if name == "creator"]
    assert creators == ["Die Redaktion von pressout", "Cy Druck", "ليلى", "Ada Setzer", "Ben Leser"]
    assert [text for name, text in found if name == "contributor"] == ["Ada Setzer", "Ben Leser"]
    assert ("identifier", "urn:isbn:9783161484100") in found
    assert ("date", "2025-11-03") in found
    assert ("meta", "edt") in found
    assert ("meta", "12") in found


def test_contents_name_the_authors(epub: dict[str, bytes]) -> None:
    nav = next(each for each in pages(epub)["nav.xhtml"].iter(f"{XHTML}nav") if each.get(TYPE) == "toc")
    tops = [item for item in nav.find(f"{XHTML}ol")]
    assert [item.find(f"{XHTML}a").text for item in tops][1:3] == ["A short piece", "مقالة قصيرة"]
    assert [item.findtext(f"{XHTML}a/{XHTML}span") for item in tops][1:3] == [" · Cy Druck", " · ليلى"]
    assert [item.find(f"{XHTML}a").get("lang") for item in tops] == ["de", None, "ar", None]
    assert tops[1].find(f"{XHTML}ol/{XHTML}li/{XHTML}a").text == "Introduction"


def test_page_list_is_that_of_the_print(made: Path) -> None:
    assert wrong(made / "issue.pdf", made / "issue.epub") == []


def test_a_large_article_is_split_at_its_own_sections(tmp_path: Path) -> None:
    sections = "".join(f"\n## Part {number}\n\n{'Many words stand here. ' * 6000}\n" for number in range(4))
    (tmp_path / "large.md").write_text(f"# Large\n{sections}")
    (tmp_path / "small.md").write_text("# Small\n\nWords.\n")
    assert pressout("build", "--together", ".", "--to", "epub", "--out", "made", folder=tmp_path).status == 0
    archive = zipfile.ZipFile(tmp_path / "made" / f"{tmp_path.name}.epub")
    names = sorted(name for name in archive.namelist() if "/text-" in name)
    assert names == [*(f"EPUB/text-1-{number}.xhtml" for number in range(1, 5)), "EPUB/text-2.xhtml"]
    headings = [heading.text for heading in etree.fromstring(archive.read("EPUB/text-1-4.xhtml")).iter(f"{XHTML}h3")]
    assert headings == ["Part 3"]
    assert own_checks((tmp_path / "made" / f"{tmp_path.name}.epub").read_bytes()) == []


# The PDF


def printed(path: Path) -> list[str]:
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def test_each_article_begins_a_page_and_names_it(made: Path) -> None:
    found = printed(made / "issue.pdf")
    starts = [
        next(number for number, page in enumerate(found) if number and page.lstrip().startswith(title))
        for title in ("Die letzte", "A short piece", "A specimen")
    ]
    assert starts == sorted(starts)
    heads = [re.sub(r"\s+", " ", found[start + 1]) for start in (starts[0], starts[2])]
    assert "Die letzte Schaltsekunde" in heads[0]
    assert "A specimen of every kind" in heads[1]
    assert "Cy Druck" in found[0] and "Editors: Ada Setzer, Ben Leser" in found[0]


def test_each_article_begins_a_page_in_columns_too(tmp_path: Path) -> None:
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "theme.toml").write_text('extends = "plain"\n[page]\ncolumns = 2\n')
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.md").write_text(f"# About {name}\n\nFew words.\n")
    said = pressout("build", "--together", ".", "--theme", "./two", "-o", "out.pdf", folder=tmp_path)
    assert said.status == 0, said.errors
    assert [page.split("\n")[0] for page in printed(tmp_path / "out.pdf")[1:]] == ["About a", "About b", "About c"]


def test_outline_by_article(made: Path) -> None:
    with pikepdf.open(made / "issue.pdf") as pdf, pdf.open_outline() as outline:
        whole = outline.root[0]
        assert whole.title == "Four articles"
        assert [item.title for item in whole.children] == [
            "Die letzte Schaltsekunde",
            "A short piece",
            "مقالة قصيرة",
            "A specimen of every kind",
        ]
        assert [item.title for item in whole.children[1].children] == ["Introduction"]


# Word


def word_part(made: Path, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(made / "issue.docx").read(f"word/{name}" if "." in name else f"word/{name}.xml"))


def test_word_has_headings_bookmarks_and_contents(made: Path) -> None:
    document = word_part(made, "document")
    names = [each.get(f"{WORD}name") for each in document.iter(f"{WORD}bookmarkStart")]
    assert len(names) == len(set(names))
    styles = {
        "".join(each.itertext()): each.find(f"{WORD}pPr/{WORD}pStyle").get(f"{WORD}val") for each in document.iter(f"{WORD}p")
    }
    assert styles["A short piece"] == "Heading1"
    assert styles["Introduction"] == "Heading2"
    assert styles["Cy Druck"] == "Authors"
    links = {each.get(f"{WORD}anchor") for each in document.iter(f"{WORD}hyperlink")} - {None}
    assert links <= set(names)
    fields = " ".join(each.text or "" for each in document.iter(f"{WORD}instrText"))
    assert 'TOC \\o "1-1" \\h \\z \\t "Authors,2"' in fields


def test_word_names_the_article_at_the_head_of_its_pages(made: Path) -> None:
    """Word finds the title by its field, other programs show what the part of the article's own section says."""
    parts = {each.get("Id"): each.get("Target") for each in word_part(made, "_rels/document.xml.rels")}
    shown = ""
    heads: dict[str, list[str]] = {}
    for block in word_part(made, "document")[0]:
        if block.find(f"{WORD}pPr/{WORD}pStyle[@{WORD}val='Heading1']") is not None:
            shown = "".join(block.itertext())
        for reference in block.iter(f"{WORD}headerReference"):
            part = word_part(made, str(parts[reference.get(RELATION)]))
            heads.setdefault(shown, []).append("".join(each.text or "" for each in part.iter(f"{WORD}t")))
            assert [each.text.strip() for each in part.iter(f"{WORD}instrText")] == ["STYLEREF 1"]
    assert heads.pop("") == ["Four articles"]
    assert len(heads) == 4
    assert heads == {title: [title] for title in heads}


def test_word_counts_notes_and_figures_anew(made: Path) -> None:
    document = word_part(made, "document")
    restarts = [each.get(f"{WORD}val") for each in document.iter(f"{WORD}numRestart")]
    ways = [each.get(f"{WORD}orient") for each in document.iter(f"{WORD}pgSz")]
    going_on = 2 * ways.count("landscape")  # a page that is turned for a table, and the text behind it
    assert restarts == ["eachSect"] * (len(ways) - going_on) and (len(ways), going_on) == (7, 2)
    marks = [each.get(f"{WORD}id") for each in document.iter(f"{WORD}footnoteReference")]
    assert len(marks) == len(set(marks))
    fields = [each.text for each in document.iter(f"{WORD}instrText") if each.text and "SEQ" in each.text]
    assert fields and all(r"\s 1" in field for field in fields)


def test_word_knows_each_articles_language(made: Path) -> None:
    document = word_part(made, "document")
    arabic = [each for each in document.iter(f"{WORD}p") if "كلمات" in "".join(each.itertext())]
    assert arabic[0].find(f"{WORD}pPr/{WORD}bidi") is not None
    captions = ["".join(words.text or "" for words in each.iter(f"{WORD}t")) for each in document.iter(f"{WORD}p")]
    assert any(caption.startswith("Tabelle\u00a01") for caption in captions)
    assert any(caption.startswith("شكل\u00a01") for caption in captions)


# Right, and the same again


def test_validators_find_nothing(made: Path) -> None:
    need(not can_run_epubcheck(), "EPUBCheck, which needs Java,")
    assert epubcheck(made / "issue.epub") == []
    assert own_checks((made / "issue.epub").read_bytes()) == []


def test_same_bytes_again(made: Path, tmp_path: Path) -> None:
    folder = shelf(tmp_path / "elsewhere")
    settings = {"PYTHONHASHSEED": "77", "TZ": "Pacific/Apia"}
    said = pressout("build", "issue.toml", "--theme", "briefing", folder=folder, settings=settings)
    assert said.status == 0, said.errors
    for name in ("issue.pdf", "issue.epub", "issue.docx"):
        assert (folder / "output" / name).read_bytes() == (made / name).read_bytes(), name


def test_diagnostics_name_the_articles_own_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nWords.\n")
    (tmp_path / "b.md").write_text("# B\n\nWords.\n\n![](nowhere.png)\n")
    (tmp_path / "list.toml").write_text('title = "T"\nlang = "en"\narticles = ["b.md", "a.md"]\n')
    said = pressout("check", "list.toml", folder=tmp_path)
    assert "b.md:5:1: warning: the picture 'nowhere.png' is missing" in said.errors
    assert said.errors.index("b.md") < said.errors.index("a.md")


def test_a_folder_together(tmp_path: Path) -> None:
    (tmp_path / "my-week").mkdir()
    for name in ("a.md", "b.txt"):
        (tmp_path / "my-week" / name).write_text(f"# About {name[0]}\n\nWords of one article.\n")
    said = pressout("build", "--together", "my-week", "--to", "docx", "--json", folder=tmp_path)
    assert said.status == 0, said.errors
    document = zipfile.ZipFile(tmp_path / "output" / "my-week.docx").read("word/document.xml").decode()
    assert "My week" in document and "About a" in document and "About b" in document


# What is wrong: one line with its place, and nothing written

WRONG = {
    "no TOML": ('title = "T', "list.toml:1:11: error: not TOML"),
    "unknown key": ('titel = "T"\narticles = ["a.md"]', "list.toml:1:1: error: no such key: 'titel'"),
    "wrong type": ('title = "T"\ndate = 12\narticles = ["a.md"]', "list.toml:2:1: error: 'date' is a day, like 2025-11-03"),
    "no day": ('date = "soon"\narticles = ["a.md"]', "list.toml:1:1: error: 'soon' is no day"),
    "no language": ('lang = "?"\narticles = ["a.md"]', "list.toml:1:1: error: 'lang' is a language's tag"),
    "a number for a switch": ('toc = 1\narticles = ["a.md"]', "list.toml:1:1: error: 'toc' is true or false"),
    "not names": ('title = "T"\narticles = [1]', "list.toml:2:1: error: 'articles' is a list of files"),
    "missing": ('articles = [\n  "a.md",\n  "c.md",\n]', "list.toml:3:3: error: 'c.md' is not there"),
    "twice": ('articles = ["a.md", "./a.md"]', "list.toml:1:21: error: './a.md' is named twice"),
    "empty": ('title = "T"\narticles = []', "list.toml:2:1: error: the list names no articles"),
    "none": ('title = "T"', "list.toml:1:1: error: the list names no articles"),
    "itself": ('articles = ["list.toml"]', "list.toml:1:13: error: 'list.toml' is a list itself"),
    "a list in a list": ('articles = ["other.toml"]', "list.toml:1:13: error: 'other.toml' is a list itself"),
    "outside": ('articles = ["../a.md"]', "list.toml:1:13: error: '../a.md' lies outside the folder of the list"),
    "a folder": ('articles = ["deep"]', "list.toml:1:13: error: 'deep' is a folder"),
    "another kind": ('articles = ["a.doc"]', "list.toml:1:13: error: 'a.doc' is not of a kind that pressout reads"),
    "an empty article": ('articles = ["a.md", "empty.md"]', "empty.md: error: the file is empty"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_list_with_a_mistake(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, message = WRONG[fault]
    folder = tmp_path / "here"
    (folder / "deep").mkdir(parents=True)
    for name, words in (
        ("a.md", "# A\n\nWords.\n"),
        ("a.doc", "x"),
        ("empty.md", ""),
        ("other.toml", ""),
        ("../a.md", "# A\n\nB\n"),
    ):
        (folder / name).write_text(words)
    (folder / "list.toml").write_text(text)
    monkeypatch.chdir(folder)
    report = Report()
    with pytest.raises(PressoutError) as refused:
        build(Path("list.toml"), Order(formats=("epub",)), report)
    assert message in "\n".join(map(str, [*report.diagnostics, refused.value.diagnostic]))
    assert not (folder / "output").exists()


def test_a_mistake_is_one_line_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "list.toml").write_text('titel = "T"\narticles = ["c.md"]\n')
    said = pressout("build", "list.toml", folder=tmp_path)
    assert said.status == 1
    lines = [line for line in said.errors.splitlines() if " error: " in line]
    assert [line.partition(": ")[0] for line in lines[:2]] == ["list.toml:1:1", "list.toml:2:13"]
    assert "Traceback" not in said.errors and not (tmp_path / "output").exists()


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    head = "---\nlang: en\n---\n"
    (tmp_path / "a.md").write_text(head + '# A\n\nWords.[^n]\n\n## One "quoted" thing\n\nMore.\n\n[^n]: A note.\n')
    (tmp_path / "b c.md").write_text(head + "# B\n\nOther words, of [the first](a.md#one-quoted-thing).\n\n- An item\n")
    (tmp_path / "issue.toml").write_text('title = "Both"\nlang = "en"\narticles = ["a.md", "b c.md"]')
    return tmp_path


def test_handoff_of_a_collection_says_what_to_type(pair: Path) -> None:
    said = pressout("handoff", "issue.toml", folder=pair)
    assert said.status == 1
    assert "issue.toml: error: is a collection, whose articles are handed out one by one" in said.errors
    assert "hint: pressout handoff a.md 'b c.md'\n" in said.errors


def test_inspect_shows_a_collection_at_each_stage(pair: Path) -> None:
    shown = {stage: pressout("inspect", "issue.toml", "--stage", stage, folder=pair).out for stage in ("read", "prepared", "html")}
    assert re.findall("Heading @4:1 level=1: '(.)'", shown["read"]) == ["A", "B"]
    assert "Section" in shown["prepared"] and "{#a .article}" in shown["prepared"]
    assert shown["html"].index(">A</h2>") < shown["html"].index(">B</h2>")
    outline = json.loads(pressout("inspect", "issue.toml", "--stage", "outline", "--json", folder=pair).out)
    # the quotes are those that were written, as in the outline of an article
    assert [(each["level"], each["text"]) for each in outline["headings"]] == [(2, "A"), (3, 'One "quoted" thing'), (2, "B")]
    read = json.loads(pressout("inspect", "issue.toml", "--stage", "read", "--json", folder=pair).out)
    assert len(read["articles"]) == 2


def test_verify_holds_a_pdf_against_its_collection(pair: Path) -> None:
    assert pressout("build", "issue.toml", "--to", "pdf", folder=pair).status == 0

    def article() -> tuple[int, dict[str, object]]:
        said = pressout("verify", "output/issue.pdf", "--source", "issue.toml", "--json", folder=pair)
        checks = {each["name"]: each["found"] for each in json.loads(said.out)["files"][0]["checks"]}
        return len(checks["its article"]), json.loads(said.out)["files"][0]["details"]["article"]

    found, details = article()
    assert (found, details["missing"]) == (0, [])
    (pair / "b c.md").write_text("---\nlang: en\n---\n# B\n\nOther words, which the file has not.\n\n- An item\n")
    found, details = article()
    assert found and details["missing"]


def test_word_names_the_whole_on_left_pages(pair: Path) -> None:
    assert pressout("build", "issue.toml", "--theme", "report", "--to", "docx", folder=pair).status == 0
    archive = zipfile.ZipFile(pair / "output" / "issue.docx")
    heads = {
        name: "".join(etree.fromstring(archive.read(name)).itertext()) for name in archive.namelist() if "running-head" in name
    }
    assert heads["word/running-head-even.xml"] == "Both"
    assert [heads[f"word/running-head-{number}.xml"].strip() for number in (1, 2)] == ["STYLEREF 1 A", "STYLEREF 1 B"]


def test_the_label_of_keywords_is_bold_in_word(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("---\ntitle: One\nlang: en\nkeywords: [time, paper]\n---\n\nWords.\n")
    built = build(tmp_path, Order(files=(tmp_path / "all.docx",)), Report())
    (line,) = (each for each in word_part_of(tmp_path / "all.docx").iter(f"{WORD}p") if "time, paper" in "".join(each.itertext()))
    first, *rest = line.iter(f"{WORD}r")
    styles = [run.find(f"{WORD}rPr/{WORD}rStyle") for run in (first, *rest)]
    assert "".join(first.itertext()) == "Keywords" and len(built.files) == 1
    assert styles[0] is not None and styles[0].get(f"{WORD}val") == "CaptionLabel"
    assert not any(style is not None for style in styles[1:])


def word_part_of(path: Path) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))

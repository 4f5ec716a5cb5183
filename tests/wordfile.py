"""Word files for tests: drawn from the specimen or from a few blocks, and looked into part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache

from lxml import etree

from conftest import ROOT
from pressout.diagnostics import Report
from pressout.edition import Edition
from pressout.files import read_source
from pressout.model import Author, Block, Document, Metadata, Note, Paragraph, Text
from pressout.prepare import prepare
from pressout.readers import read
from pressout.renderers.docx.render import render
from pressout.theme import load_theme
from pressout.theme.looks import Theme

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPECIMEN = ROOT / "input" / "specimen.md"


class Parts:
    """The parts of a Word file, read when they are first asked for."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.archive = zipfile.ZipFile(io.BytesIO(data))

    @cache  # noqa: B019, a few files in one test run
    def part(self, name: str) -> etree._Element:
        return etree.fromstring(self.archive.read(f"word/{name}.xml"))

    def all(self, kind: str, name: str = "document") -> list[etree._Element]:
        return list(self.part(name).iter(f"{W}{kind}"))

    def fields(self) -> list[tuple[str, str]]:
        """What each field of the text asks for and what it shows, in the order of their ends."""
        found, opened = [], []
        for run in self.part("document").iter(f"{W}r"):
            match value(run, "fldChar", "fldCharType"):
                case "begin":
                    opened.append(["", ""])
                case "end":
                    found.append(tuple(opened.pop()))
                case _ if opened:
                    opened[-1][0] += "".join(run.itertext(f"{W}instrText")).strip()
                    opened[-1][1] += text(run)
        return found

    def paragraphs(self, style: str) -> list[etree._Element]:
        return [each for each in self.all("p") if value(each, "pPr/pStyle") == style]


def value(element: etree._Element | None, path: str, attribute: str = "val") -> str:
    """An attribute of what stands at a path of Word's names below an element; nothing where there is none."""
    found = None if element is None else element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return "" if found is None else found.get(f"{W}{attribute}", "")


def text(element: etree._Element) -> str:
    return "".join(element.itertext(f"{W}t"))


@cache
def theme(name: str = "plain") -> Theme:
    return load_theme(name, Report())


@cache
def specimen(theme_name: str = "plain", anchors: bool = False) -> tuple[Document, Parts]:
    report = Report()
    source = read_source(SPECIMEN, report)
    edition = Edition(anchors=anchors)
    document = prepare(read(source, report, ".md"), theme(theme_name), edition, report)
    return document, Parts(render(document, theme(theme_name), edition, report).data)


def drawn(
    *blocks: Block,
    lang: str = "en",
    notes: tuple[Note, ...] = (),
    settings: Mapping[str, object] | None = None,
    look: str = "plain",
) -> Parts:
    """A Word file of these blocks, under a title and by an author."""
    metadata = Metadata(title=(Text("A title"),), authors=(Author("Ada Setzer"),), lang=lang, settings=settings or {})
    return Parts(render(Document(metadata, blocks, notes), theme(look), Edition(), Report()).data)


def line(words: str) -> Paragraph:
    return Paragraph((Text(words),))

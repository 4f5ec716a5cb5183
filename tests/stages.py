"""The stages of a small document as text: as read, prepared, and as each format's body."""

from __future__ import annotations

import io
import json
import posixpath
import re
import zipfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from lxml import etree

from pressout import dump
from pressout.diagnostics import Report
from pressout.edition import Edition
from pressout.model import Document, Source
from pressout.outline import outline
from pressout.prepare import prepare
from pressout.readers import read
from pressout.readers.markdown import parse_article
from pressout.readers.sourcemap import Passage
from pressout.renderers import render
from pressout.renderers.html.document import blocks_html, context_for, title_block
from pressout.theme import Theme, load_theme


class Stages:
    """One source, taken through each stage when a test first asks for it; the report collects what every stage has to say."""

    def __init__(self, text: str, form: str, folder: Path, theme: str) -> None:
        self.source = Source(text, f"input.{form}", folder)
        self.form = form
        self.theme_name = theme
        self.report = Report()
        self.edition = Edition()

    @cached_property
    def as_read(self) -> Document:
        return read(self.source, self.report, f".{self.form}")

    @cached_property
    def theme(self) -> Theme:
        return load_theme(self.theme_name, self.report)

    @cached_property
    def ready(self) -> Document:
        return prepare(self.as_read, self.theme, self.edition, self.report)

    def rendered(self, form: str) -> bytes:
        return render(form, self.ready, self.theme, self.edition, self.report).data

    def metadata(self) -> str:
        return dump.metadata_text(self.as_read.metadata)

    def model(self) -> str:
        return dump.as_text(self.as_read)

    def spans(self) -> str:
        return dump.as_text(self.as_read, spans=True)

    def prepared(self) -> str:
        return dump.as_text(self.ready)

    def outline(self) -> str:
        return json.dumps(outline(self.ready), indent=1, ensure_ascii=False)

    def map(self) -> str:
        """Each passage of the source map, and below it the raw text that each run of its characters came from."""
        passages = parse_article(self.source, self.report).map.passages
        return "\n".join(line for passage in passages for line in self._passage_lines(passage))

    def _passage_lines(self, passage: Passage) -> Iterator[str]:
        path = "".join(f" in {container.kind}" for container in passage.path)
        yield f"{passage.kind}{path} at {passage.key}: {passage.text!r}"
        for run in passage.runs:
            words, raw = passage.text[run.at : run.at + run.length], self.source.text[run.start : run.end]
            yield f"  {run.start}: {raw!r}" if words == raw else f"  {run.start}: {raw!r} read as {words!r}"

    def html(self) -> str:
        """The body of the printed page: the title block where there is a title, then the blocks."""
        context = context_for(self.ready, "print")
        title = title_block(self.ready.metadata, context) + "\n" if self.ready.metadata.title else ""
        return title + blocks_html(self.ready.blocks, context)

    def epub(self) -> str:
        """The body of each file of the EPUB but the cover and the navigation, in the order of its spine."""
        archive = zipfile.ZipFile(io.BytesIO(self.rendered("epub")))
        package = next(name for name in archive.namelist() if name.endswith(".opf"))
        root = etree.fromstring(archive.read(package))
        hrefs = {item.get("id"): item.get("href") or "" for item in root.iter("{*}item")}
        spine = [hrefs[item.get("idref")] for item in root.iter("{*}itemref")]
        names = [posixpath.join(posixpath.dirname(package), href) for href in spine if not re.search(r"(nav|cover)\.xhtml$", href)]
        return "\n".join(_pretty(body) for name in names for body in etree.fromstring(archive.read(name)).iter("{*}body"))

    def docx(self) -> str:
        """The body of the Word file, without the page layout, which is the theme's."""
        archive = zipfile.ZipFile(io.BytesIO(self.rendered("docx")))
        body = next(etree.fromstring(archive.read("word/document.xml")).iter("{*}body"))
        for section in body.findall("{*}sectPr"):
            body.remove(section)
        return _pretty(body)

    def diagnostics(self) -> str:
        return "\n".join(map(str, self.report.diagnostics)) or "none"


def _pretty(element: etree._Element) -> str:
    """The element indented, its namespace declarations left out: the prefixes say enough."""
    etree.indent(element)
    return re.sub(r' xmlns(:\w+)?="[^"]*"', "", etree.tostring(element, encoding="unicode", with_tail=False))

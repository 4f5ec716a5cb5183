"""The stages of a small document as text: as read, prepared, and as each format's body."""

from __future__ import annotations

import io
import json
import re
import zipfile
from functools import cached_property
from pathlib import Path

from lxml import etree

from pressout import dump
from pressout.diagnostics import Report
from pressout.edition import Edition
from pressout.model import Document, Source
from pressout.outline import outline
from pressout.renderers import render
from pressout.theme import Theme


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
        from pressout.readers import read

        return read(self.source, self.report, f".{self.form}")

    @cached_property
    def theme(self) -> Theme:
        from pressout.theme import load_theme

        return load_theme(self.theme_name, self.report)

    @cached_property
    def ready(self) -> Document:
        from pressout.prepare import prepare

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
        return dump.as_text(self.as_ready)

    def outline(self) -> str:
        return json.dumps(outline(self.ready), indent=1, ensure_ascii=False)

    def epub(self) -> str:
        """The body of each chapter file of the EPUB, in the order of its spine."""
        archive = zipfile.ZipFile(io.BytesIO(self.rendered("epub")))
        names = [name for name in archive.namelist() if name.endswith(".xhtml") and not re.search(r"(nav|cover)\.xhtml$", name)]
        return "\n".join(_pretty(body) for name in names for body in etree.fromstring(archive.read(name)).iter("{*}body"))

    def docx(self) -> str:
        """The body of the Word file."""
        archive = zipfile.ZipFile(io.BytesIO(self.rendered("docx")))
        body = next(etree.fromstring(archive.read("word/document.xml")).iter("{*}body"))
        return _pretty(body)

    def diagnostics(self) -> str:
        return "\n".join(map(str, self.report.diagnostics)) or "none"


def _pretty(element: etree._Element) -> str:
    """The element indented, its namespace declarations left out: the prefixes say enough."""
    etree.indent(element)
    return re.sub(r' xmlns(:\w+)?="[^"]*"', "", etree.tostring(element, encoding="unicode", with_tail=False))

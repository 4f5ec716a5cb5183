"""The Markdown reader: one parse gives the document and the map of its text."""

from __future__ import annotations

from dataclasses import dataclass

from pressout.diagnostics import Report
from pressout.model import Document, Metadata, Source
from pressout.readers.blocks import BlockReader
from pressout.readers.kinds import KINDS
from pressout.readers.sourcemap import SourceMap, copy_of
from pressout.readers.syntax import tokens_of


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read: what it is, and where in the file each character of its text stands."""

    document: Document
    map: SourceMap


def read_markdown(source: Source, report: Report) -> Document:
    """The document that a Markdown text is. What is wrong in it goes to the report, and stays visible as text."""
    return parse_article(source, report).document


def parse_article(source: Source, report: Report) -> Article:
    """The document and its source map, from one parse."""
    copy = copy_of(source)
    tokens, env = tokens_of(copy.text)
    reader = BlockReader(copy, report, env, tokens, KINDS)
    blocks = reader.blocks()
    for written in env["orphans"]:
        report.warn("these attributes stand before no block", copy.span(written.start, written.end))
    document = Document(Metadata(), blocks, tuple(reader.notes), source.name, source.folder)
    return Article(document, SourceMap(tuple(reader.passages)))

"""The Markdown reader: one parse gives the document and the map of its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pressout.diagnostics import Report
from pressout.model import Document, Source
from pressout.readers.source.blocks import BlockReader
from pressout.readers.source.fields import FieldReader
from pressout.readers.source.frontmatter import front_matter
from pressout.readers.source.kinds import KINDS
from pressout.readers.source.leftovers import warn_abbreviations, warn_targets
from pressout.readers.source.syntax import DEEPEST, tokens_of
from pressout.readers.sourcemap import FORBIDDEN, Copy, SourceMap, copy_of


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
    report_forbidden(source, copy, report)
    matter = front_matter(copy, report)
    fields = FieldReader(matter, report)
    metadata = fields.metadata()
    tokens, env = tokens_of(hidden(copy.text, matter.end))
    reader = BlockReader(copy, report, env, tokens, KINDS, passages=fields.passages, notes=fields.notes)
    blocks = reader.blocks()
    warn_lost(reader)
    document = Document(metadata, blocks, tuple(reader.notes), source.name, source.folder)
    return Article(document, SourceMap(tuple(reader.passages)))


def hidden(text: str, end: int) -> str:
    """The text with blanks up to an offset: what follows keeps its places."""
    return re.sub(r"[^\n]", " ", text[:end]) + text[end:]


def report_forbidden(source: Source, copy: Copy, report: Report) -> None:
    """Name the first character that no XML file, so no EPUB and no Word file, may hold."""
    found = FORBIDDEN.search(source.text)
    if found:
        count = len(FORBIDDEN.findall(source.text))
        place = copy.span(0, 0) if found.start() < copy.shift else copy.file_span(found.start(), found.end())
        more = f", and {count - 1} more like it" if count > 1 else ""
        report.warn(f"the character U+{ord(found[0]):04X} may stand in no XML file{more}; a mark stands in its place", place)


def warn_lost(reader: BlockReader) -> None:
    """Say what was read and could not be used; `abbreviated` are the places of the abbreviations that no text has."""
    for written in reader.env["orphans"]:
        reader.report.warn("these attributes stand before no block", reader.copy.span(written.start, written.end))
    for short, place in reader.env["abbreviated"].items():
        hint = f"take the line out, or write \\*[{short}] if it is text"
        reader.report.warn(f"the abbreviation '{short}' stands nowhere in the text", reader.copy.span(*place), hint=hint)
    warn_abbreviations(reader)
    warn_targets(reader)
    deep = reader.env.get("too deep")
    if deep is not None:
        message = f"blocks stand more than {DEEPEST} deep in one another here, so the marks of the inner ones are kept as text"
        reader.report.warn(message, reader.copy.span(deep, deep))

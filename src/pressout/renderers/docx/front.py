"""The title block in Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pressout.diagnostics import Span
from pressout.model import Inlines, Metadata, Text
from pressout.renderers.docx.blocks import write_blocks, write_line
from pressout.renderers.docx.inlines import write_image, write_words
from pressout.renderers.docx.story import Place, inside, paragraph
from pressout.renderers.docx.xml import Element
from pressout.renderers.parts import title_drops
from pressout.terms import long_date, term
from pressout.theme.looks import TITLE_BLOCK, Rule


def write_title_block(body: Element, place: Place) -> None:
    """The title block: logo, series, title, subtitle, standfirst, authors, date, abstract, keywords."""
    metadata = place.file.document.metadata
    if title_drops(place.file.document, place.file.theme) and not place.file.edition.anchors:
        with paragraph(body, "title-drop", place):
            pass
    block = place.file.theme.style(TITLE_BLOCK)
    _write_rule(body, "title-top-rule", block.rule_above, place)
    if metadata.logo:
        with paragraph(body, "logo", place) as line:
            write_image(line, metadata.logo, place)
    for role, content, keys in _lines(metadata, place.file.lang):
        if content:
            write_line(body, role, content, place, *keys)
    within = inside(place, "abstract")
    write_blocks(
        body, metadata.abstract, replace(within, indent=within.indent + block.indent, outdent=within.outdent + block.outdent)
    )
    if metadata.keywords:
        with paragraph(body, "keywords", place, *_keys(metadata, "keywords")) as line:
            write_words(line, term("keywords", place.file.lang), place, "caption-label")
            write_words(line, f" {', '.join(metadata.keywords)}", place)
    _write_rule(body, "title-end-rule", block.rule_below, place)


def _write_rule(body: Element, role: str, rule: Rule, place: Place) -> None:
    """A rule above or below the title block; an editor's file, of which every line comes back, goes without."""
    if rule.width and not place.file.edition.anchors:
        with paragraph(body, role, place):
            pass


def _lines(metadata: Metadata, lang: str) -> Iterator[tuple[str, Inlines, list[Span]]]:
    """The lines of the title block: their roles, their words, where these stand in the source."""
    series = ", ".join(filter(None, (metadata.series, metadata.issue)))
    authors = ", ".join(author.name + (f" ({author.affiliation})" if author.affiliation else "") for author in metadata.authors)
    editors = ", ".join(editor.name for editor in metadata.editors)
    yield "series", _text(series), _keys(metadata, "series", "issue")
    yield "title", metadata.title, _keys(metadata, "title")
    yield "subtitle", metadata.subtitle, _keys(metadata, "subtitle")
    yield "standfirst", metadata.description, _keys(metadata, "description")
    yield "authors", _text(authors or (editors and f"{term('editors', lang)}: {editors}")), _keys(metadata, "author")
    yield "date", _text(long_date(metadata.date, lang) if metadata.date else ""), []


def _keys(metadata: Metadata, *names: str) -> list[Span]:
    """Where the printed pieces of these fields begin; a title that was a heading begins with the heading."""
    pieces = [span for key, span in metadata.spans.items() if key.rpartition(".")[0] in names]
    return pieces or [metadata.spans[name] for name in names if name in metadata.spans]


def _text(words: str) -> Inlines:
    return (Text(words),) if words else ()

"""What stands before the text in Word: the title block, and the contents as a field with its entries already in it."""

from __future__ import annotations

from collections.abc import Iterator

from pressout.diagnostics import Span
from pressout.model import Blocks, Inlines, Metadata, Section, Text
from pressout.renderers.docx_blocks import write_blocks, write_line
from pressout.renderers.docx_inlines import begin_field, end_field, field, write_words
from pressout.renderers.docx_story import Line, Place, WordFile, inside, paragraph
from pressout.renderers.docx_xml import Element, add
from pressout.terms import long_date, term
from pressout.walk import plain_text, walk

LETTER = 0.47  # of the size: a letter's width on average, to reckon how many pages a text will fill
EM_SPACE = "\u2003"


def write_front(body: Element, place: Place) -> None:
    """The title block, and after it the contents where the text is long."""
    metadata = place.file.document.metadata
    for role, content, keys in _lines(metadata, place.file.lang):
        if content:
            write_line(body, role, content, place, *keys)
    write_blocks(body, metadata.abstract, inside(place, "abstract"))
    if metadata.keywords:
        with paragraph(body, "keywords", place, *_keys(metadata, "keywords")) as line:
            write_words(line, term("keywords", place.file.lang), place, "caption-label")
            write_words(line, f" {', '.join(metadata.keywords)}", place)
    if _wants_contents(place.file):
        _write_contents(body, place)


def _lines(metadata: Metadata, lang: str) -> Iterator[tuple[str, Inlines, list[Span]]]:
    """The lines of the title block: their roles, their words, where these stand in the source."""
    series = ", ".join(filter(None, (metadata.series, metadata.issue)))
    authors = (author.name + (f" ({author.affiliation})" if author.affiliation else "") for author in metadata.authors)
    yield "series", _text(series), _keys(metadata, "series", "issue")
    yield "title", metadata.title, _keys(metadata, "title")
    yield "subtitle", metadata.subtitle, _keys(metadata, "subtitle")
    yield "standfirst", metadata.description, _keys(metadata, "description")
    yield "authors", _text(", ".join(authors)), _keys(metadata, "author")
    yield "date", _text(long_date(metadata.date, lang) if metadata.date else ""), []


def _keys(metadata: Metadata, *names: str) -> list[Span]:
    """Where the printed pieces of these fields begin; a title that was a heading begins with the heading."""
    pieces = [span for key, span in metadata.spans.items() if key.rpartition(".")[0] in names]
    return pieces or [metadata.spans[name] for name in names if name in metadata.spans]


def _text(words: str) -> Inlines:
    return (Text(words),) if words else ()


# Contents


def _wants_contents(file: WordFile) -> bool:
    """Whether the article asks for contents, or is longer than the theme lets an article be without."""
    asked = file.document.metadata.settings.get("toc")
    if isinstance(asked, bool):
        return asked
    page, body = file.theme.page, file.theme.styles["body"]
    lines = (page.height - page.top - page.bottom) / body.leading
    letters = (page.width - page.inner - page.outer) / (body.size * LETTER)
    text = sum(len(piece.text) for piece in walk(file.document.blocks) if isinstance(piece, Text))
    return text / (lines * letters) > file.theme.contents_pages


def _write_contents(body: Element, place: Place) -> None:
    """The contents. Their page numbers are left to Word, which fills them in when it prints or is asked to: nobody else knows them.

    A file that told Word to do so when it is opened would make it ask its reader a question that none understands.
    """
    levels = place.file.theme.contents_levels
    entries = list(_entries(place.file.document.blocks, levels))
    if not entries:
        return
    write_line(body, "contents-title", (Text(term("contents", place.file.lang)),), place)
    for section in entries:
        with paragraph(body, f"contents-{min(section.heading.level, 3)}", place) as line:
            if section is entries[0]:
                begin_field(line.element, rf'TOC \o "1-{levels}" \h \z \p "{EM_SPACE}"')
            _write_entry(line, section, place)
            if section is entries[-1]:
                end_field(line.element)
    write_line(body, "spacer", (), place)


def _entries(blocks: Blocks, levels: int) -> Iterator[Section]:
    for block in blocks:
        match block:
            case Section() if block.heading.level <= levels:
                yield block
                yield from _entries(block.blocks, levels)
            case _:
                continue


def _write_entry(line: Line, section: Section, place: Place) -> None:
    name = place.file.names.name(section.attributes.id)
    link = Line(add(line.element, "w:hyperlink", anchor=name, history="1"), line.style)
    number = f"{section.heading.number} " if section.heading.number else ""
    write_words(link, f"{number}{plain_text(section.heading.content)}", place)
    write_words(link, EM_SPACE, place)
    with field(link.element, rf"PAGEREF {name} \h"):
        return

"""The document as XHTML that print and EPUB share: its title block; the doors to its blocks and notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from pressout.model import Block, Document, Inlines, Metadata, Role, Section
from pressout.renderers.html.blocks import block_html, blocks_html, line_html, section_html
from pressout.renderers.html.inlines import image_html, inlines_html
from pressout.renderers.html.markup import Context, element, epub_type, line_key, text
from pressout.renderers.html.notes import at_end, endnotes_html, footnotes, notes_html, notes_in, targets
from pressout.renderers.html.roles import EPUB_PREFIX
from pressout.terms import long_date, term

__all__ = [
    "EPUB_PREFIX",
    "Context",
    "block_html",
    "blocks_html",
    "context_for",
    "endnotes_html",
    "notes_html",
    "notes_in",
    "section_html",
    "targets",
    "title_block",
]


def context_for(document: Document, medium: Literal["print", "epub"]) -> Context:
    """The context in which a document's top blocks are drawn: links lead within one file, a picture's address is its name."""
    context = Context(
        medium=medium,
        lang=document.metadata.lang or "en",
        notes={note.label: note for note in document.notes},
        level=2 if document.metadata.title else 1,
        has_abstract=bool(document.metadata.abstract) or any(map(_is_abstract, document.blocks)),
        endnotes=at_end(document),
        articles={name: metadata.lang for name, metadata in document.articles.items()},
    )
    return context if medium == "epub" or context.endnotes else replace(context, footnotes=footnotes(document.notes, context))


def _is_abstract(block: Block) -> bool:
    match block:
        case Section(role=Role.ABSTRACT):
            return True
        case _:
            return False


# The title block


def title_block(metadata: Metadata, context: Context) -> str:
    """What stands above the text: logo, series, title, subtitle, standfirst, authors, date, abstract, keywords."""
    parts = (
        _line("p", "logo", image_html(metadata.logo, context) if metadata.logo else ""),
        _line("p", "series", _joined(filter(None, (metadata.series, metadata.issue)), "series-part")),
        _reading("h1", "title", metadata.title, context),
        _reading("p", "subtitle", metadata.subtitle, context, {"role": "doc-subtitle"}),
        _reading("p", "standfirst", metadata.description, context),
        _line("p", "authors", _authors(metadata) or _editors(metadata, context)),
        _line("p", "date", _date(metadata, context)),
        _abstract(metadata, context),
        _keywords(metadata, context),
    )
    return element("header", "\n" + "".join(f"{part}\n" for part in parts if part), {"class": "title-block"})


def _reading(tag: str, role: str, words: Inlines, context: Context, roles: dict[str, str] | None = None) -> str:
    """A line of reading text, nothing where there is none."""
    if not words:
        return ""
    attributes = {"class": role, **(roles or {}), **line_key(words, context)}
    content = inlines_html(words, context)
    return line_html(content, attributes) if tag == "p" else element(tag, content, attributes)


def _line(tag: str, role: str, content: str) -> str:
    return element(tag, content, {"class": role}) if content else ""


def _joined(parts: Iterable[str], role: str) -> str:
    return ", ".join(element("span", text(part), {"class": role}) for part in parts)


def _authors(metadata: Metadata) -> str:
    return ", ".join(
        element("span", text(author.name), {"class": "author"})
        + (f" ({element('span', text(author.affiliation), {'class': 'affiliation'})})" if author.affiliation else "")
        for author in metadata.authors
    )


def _editors(metadata: Metadata, context: Context) -> str:
    names = ", ".join(element("span", text(editor.name), {"class": "author"}) for editor in metadata.editors)
    return f"{text(term('editors', context.lang))}: {names}" if names else ""


def _date(metadata: Metadata, context: Context) -> str:
    if metadata.date is None:
        return ""
    return element("time", text(long_date(metadata.date, context.lang)), {"datetime": metadata.date.isoformat()})


def _abstract(metadata: Metadata, context: Context) -> str:
    if not metadata.abstract:
        return ""
    label = term("abstract", context.lang)
    role = {"role": "doc-abstract", "aria-label": label, **epub_type("abstract", context)}
    return element("div", f"\n{blocks_html(metadata.abstract, context)}", {"class": "abstract", **role})


def _keywords(metadata: Metadata, context: Context) -> str:
    if not metadata.keywords:
        return ""
    label = element("span", text(term("keywords", context.lang)), {"class": "keywords-label"})
    return element("p", f"{label} {text(', '.join(metadata.keywords))}", {"class": "keywords"})

"""Language: which language an article is in, as its metadata name it, else as its words tell."""

from __future__ import annotations

from dataclasses import replace

from pressout.diagnostics import Report
from pressout.languages import ENOUGH, guessed_language
from pressout.model import Document, Heading, Paragraph
from pressout.terms import direction
from pressout.walk import plain_text, walk


def settle_language(document: Document, report: Report) -> Document:
    """The document with its language and direction; a language that is told by the words is reported."""
    metadata = document.metadata
    lang = metadata.lang or _told_by(_words(document), document, report)
    return replace(document, metadata=replace(metadata, lang=lang, dir=metadata.dir or direction(lang)))


def _told_by(text: str, document: Document, report: Report) -> str:
    lang = guessed_language(text)
    report.note(
        f"the article names no language; it is read as '{lang}'",
        file=document.name,
        hint=f"write `lang: {lang}`, or what it is in, between two lines of `---` at the top",
    )
    return lang


def _words(document: Document) -> str:
    """The running text, without code, up to what is enough."""
    found: list[str] = []
    length = 0
    for piece in walk(document.blocks):
        match piece:
            case Paragraph(content=content) | Heading(content=content):
                found.append(plain_text(content))
                length += len(found[-1])
            case _:
                continue
        if length > ENOUGH:
            break
    return " ".join(found)

"""Notes as XHTML: at the foot of a printed page, as asides of an EPUB, or as a list at the end; and all ids to link to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pressout.model import Document, Note, NoteReference, Paragraph
from pressout.renderers.html.blocks import FOOTNOTE, blocks_html
from pressout.renderers.html.inlines import inlines_html, mark_id, note_id
from pressout.renderers.html.markup import Context, attributes_of, element, epub_type, key, text
from pressout.terms import term
from pressout.walk import Piece, plain_text, walk

ENDNOTES = "notes.end"  # the id of the list of endnotes; no anchor made from words has a full stop


def at_end(document: Document) -> bool:
    """Whether the article asks for its notes as a list at its end."""
    return document.metadata.settings.get("notes") == "endnotes" and bool(document.notes)


def endnotes_html(document: Document, context: Context) -> str:
    """The notes as a list with a heading, where the article asks for that; each leads back to its mark."""
    if not at_end(document):
        return ""
    title = element(f"h{context.level}", text(term("notes", context.lang)), {"class": "heading-1"})
    lists = _lists_of_articles(document, context) if document.articles else _list(document.notes, context)
    attributes = {"class": "endnotes level-1", "id": ENDNOTES, "role": "doc-endnotes", **epub_type("endnotes", context)}
    return element("section", f"\n{title}\n{lists}", attributes) + "\n"


def _lists_of_articles(document: Document, context: Context) -> str:
    """The notes of each article of a collection, which begin at 1 again, below the article's title."""
    lists = []
    for article in document.blocks:
        notes = notes_in((article,), context)
        metadata = document.articles[article.attributes.id]
        spoken = {"lang": metadata.lang} if metadata.lang != document.metadata.lang else {}
        title = element(f"h{context.level + 1}", text(plain_text(metadata.title)), {"class": "heading-2 notes-article", **spoken})
        lists += [f"{title}\n{_list(notes, context)}"] if notes else []
    return "".join(lists)


def _list(notes: Iterable[Note], context: Context) -> str:
    items = "".join(f"{_note(note, 'li', context)}\n" for note in sorted(notes, key=lambda note: note.number))
    return element("ol", f"\n{items}", {"class": "endnote-list"}) + "\n"


def notes_html(notes: Iterable[Note], context: Context) -> str:
    """The notes one after the other, for the end of an EPUB's file; each leads back to its mark."""
    return "".join(f"{_note(note, 'aside', context)}\n" for note in notes)


def notes_in(pieces: Iterable[Piece], context: Context) -> tuple[Note, ...]:
    """The notes whose first marks stand in these blocks, and those whose first marks stand in these notes, by number."""
    found: list[Note] = []
    waiting: list[Piece] = list(pieces)
    while waiting:
        new = [context.notes[mark.label] for mark in _first_marks(waiting) if mark.label in context.notes]
        waiting = [note for note in new if note not in found]
        found += [note for note in new if note not in found]
    return tuple(sorted(found, key=lambda note: note.number))


def _first_marks(pieces: Iterable[Piece]) -> Iterator[NoteReference]:
    for piece in walk(pieces):
        match piece:
            case NoteReference(repeated=False):
                yield piece
            case _:
                continue


def footnotes(notes: Iterable[Note], context: Context) -> dict[str, str]:
    """The markup of each note as it follows its mark in print, with those that are first marked in it."""
    return {
        note.label: "".join(_in_one_line(_footnote(each, context)) for each in (note, *notes_in(note.blocks, context)))
        for note in notes
    }


def _in_one_line(markup: str) -> str:
    """WeasyPrint 70 folds no blank space in footnotes: a line end in the markup would end a line on the page."""
    return markup if "<pre" in markup else markup.replace("<br/>\n", "<br/>").replace("\n", " ")


def _footnote(note: Note, context: Context) -> str:
    """A note of one paragraph is a span, which may stand in a paragraph; one of several blocks is a div."""
    match note.blocks:
        case (Paragraph(content=content),):
            words = f"{_way_back(note, context)} {inlines_html(content, context)}"
            return element("span", words, {**_note_attributes(note, context, FOOTNOTE), **key(note.blocks[0], context)})
        case _:
            return _note(note, "div", context, FOOTNOTE)


def _note(note: Note, tag: str, context: Context, role: str = "note") -> str:
    """A note of any blocks, its number before the first."""
    match note.blocks:
        case (Paragraph(content=content) as first, *rest):
            words = f"{_way_back(note, context)} {inlines_html(content, context)}"
            lead = element("p", words, {**attributes_of(first, context), **key(first, context)})
            content_html = f"{lead}\n{blocks_html(tuple(rest), context)}"
        case _:
            content_html = f"{element('p', _way_back(note, context))}\n{blocks_html(note.blocks, context)}"
    return element(tag, f"\n{content_html}", _note_attributes(note, context, role))


def _note_attributes(note: Note, context: Context, role: str) -> dict[str, str]:
    own = {**attributes_of(note, context, role), "id": note_id(note.number)}
    # Items of a list of endnotes are items: the roles of single endnotes are deprecated (DPUB-ARIA 1.1)
    return own if context.endnotes else {**own, "role": "doc-footnote", **epub_type("footnote", context)}


def _way_back(note: Note, context: Context) -> str:
    """The number of a note, which leads back to its mark."""
    attributes = {
        "class": "note-number",
        "href": context.href(mark_id(note.number)),
        **({"role": "doc-backlink", "aria-label": f"{note.shown}. {term('back-to-text', context.lang)}"} if context.epub else {}),
    }
    return element("a", str(note.shown), attributes)


# Targets


def targets(pieces: Iterable[Piece], notes: Iterable[Note]) -> Iterator[str]:
    """Every id that a link may name in the XHTML of these blocks and notes: so that links find the file in which it stands."""
    for piece in walk((*pieces, *notes)):
        if piece.attributes.id:
            yield piece.attributes.id
        match piece:
            case NoteReference(repeated=False, number=number) if number:
                yield mark_id(number)
            case Note(number=number):
                yield note_id(number)
            case _:
                continue

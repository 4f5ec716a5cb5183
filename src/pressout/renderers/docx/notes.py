"""Notes in Word: its own footnotes, the lines that part them from the text, and notes that are called from notes."""

from __future__ import annotations

from dataclasses import replace

from pressout.model import Attributes, Heading, Note, NoteReference, Paragraph, Text
from pressout.renderers.docx.blocks import write_blocks, write_line
from pressout.renderers.docx.headings import number_heading
from pressout.renderers.docx.inlines import write_inlines, write_words
from pressout.renderers.docx.story import (
    ENDNOTES,
    Line,
    NoteForm,
    Place,
    Story,
    WordFile,
    anchored,
    await_bookmark,
    paragraph,
    spoken,
)
from pressout.renderers.docx.xml import Element, add, root
from pressout.renderers.html.notes import ENDNOTES as TITLE
from pressout.terms import term
from pressout.walk import walk

# Word's own notes: the line above all others, and that above what continues from the page before; settings.xml names them too
SEPARATORS = {"-1": ("separator", "w:separator"), "0": ("continuationSeparator", "w:continuationSeparator")}


def notes_story(form: NoteForm) -> Story:
    """The part that holds the notes, with Word's separators in it."""
    notes = root(f"w:{form.part}", "w", "r", "wp", "a", "pic", "adec", "asvg")
    for identifier, (kind, sign) in SEPARATORS.items():
        separator = add(notes, form.note, type=kind, id=identifier)
        line = add(separator, "w:p")
        add(add(line, "w:pPr"), "w:spacing", before="0", after="0", line="240", lineRule="auto")
        add(add(line, "w:r"), sign)
    return Story(f"{form.part}.xml", notes, is_notes=True)


def write_notes(file: WordFile, place: Place) -> None:
    """The notes that the text has called, each with those that it calls itself."""
    written = {note.label for note in file.called}
    for note in file.called:
        element = add(place.story.root, file.note_form.note, id=str(note.number))
        _write_note(element, note, replace(place, text=file.note_form.text), written)


def write_notes_title(body: Element, place: Place) -> None:
    """The heading of notes that stand at the end, where Word sets them behind the last paragraph."""
    file = place.file
    if file.note_form is ENDNOTES and file.called:
        title = Heading(1, (Text(term("notes", file.lang)),))
        number_heading(title, file)
        await_bookmark(file, Attributes(id=TITLE))
        write_line(body, "heading-1", title.content, place)


def _write_note(element: Element, note: Note, place: Place, written: set[str]) -> None:
    """A note's paragraphs after its number; Word counts the number itself, but for a note that is called from a note."""
    own_number = not len(element)
    place = spoken(place, note.attributes)
    match note.blocks:
        case (Paragraph(content=content, span=span) as first, *rest):
            place_of_first = spoken(place, first.attributes)
        case blocks:
            content, span, rest, place_of_first = (), None, list(blocks), place
    with paragraph(element, place.text, place_of_first) as line:
        _write_mark(line, note, own_number, place)
        write_words(line, " ", place)
        # LibreOffice loses a bookmark that begins before the number of any note but the first
        with anchored(line.element, place.file, span):
            write_inlines(line, content, place_of_first)
    write_blocks(element, tuple(rest), place)
    for inner in _called(note, place.file):
        if inner.label not in written:
            written.add(inner.label)
            _write_note(element, inner, place, written)


def _write_mark(line: Line, note: Note, own_number: bool, place: Place) -> None:
    form = place.file.note_form
    if not own_number:
        write_words(line, str(note.shown), place, form.mark)
        return
    run = add(line.element, "w:r")
    add(add(run, "w:rPr"), "w:rStyle", val=place.file.styles.character(frozenset({form.mark}), line.style).id)
    add(run, form.own_mark)


def _called(note: Note, file: WordFile) -> list[Note]:
    """The notes that this one calls."""
    labels = [piece.label for piece in walk(note.blocks) if isinstance(piece, NoteReference)]
    return [file.notes[label] for label in labels if label in file.notes]

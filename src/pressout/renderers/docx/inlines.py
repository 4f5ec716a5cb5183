"""Inlines as Word's runs: words with their marks, links, fields, pictures in a line, the marks of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import assert_never

from pressout.model import (
    Abbreviation,
    Code,
    CrossReference,
    Emphasis,
    Highlight,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteReference,
    Phrase,
    SmallCaps,
    SoftBreak,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from pressout.renderers.docx.languages import kind, stretches, tag
from pressout.renderers.docx.pictures import SVG, Drawing, size, write_drawing
from pressout.renderers.docx.story import Line, Place, close_bookmark, open_bookmark, spoken
from pressout.renderers.docx.styles import WordStyle
from pressout.renderers.docx.xml import Element, add, add_text, clean
from pressout.renderers.reading import KEYBOARD, address, without_false_spaces
from pressout.walk import plain_text

# Characters that Word has elements for: as letters they would be drawn wrongly, or not at all
ATOMS = {"\t": "w:tab", "\n": "w:br", "\u00ad": "w:softHyphen", "\u2011": "w:noBreakHyphen"}
ATOM = re.compile("([\t\n\u00ad\u2011])")
BLANK = re.compile("[\t\n\r]")  # a space in running text, whatever it is in code
# Classes of phrases that are marks in Word
PHRASE_MARKS = {"underline": "underline", "inserted": "inserted", "keywords-label": "caption-label"}


@dataclass(frozen=True, slots=True)
class Tone:
    """What a run inherits: the marks on it, by role, and the style of the paragraph around it."""

    around: WordStyle
    marks: frozenset[str] = frozenset()


def write_inlines(line: Line, content: Inlines, place: Place, *marks: str) -> None:
    """The inlines into a paragraph."""
    _write(line.element, content, Tone(line.style, frozenset(marks)), place)


def write_words(line: Line, words: str, place: Place, *marks: str) -> None:
    """Words of pressout's own into a paragraph."""
    _write_text(line.element, words, Tone(line.style, frozenset(marks)), place)


def _write(parent: Element, content: Inlines, tone: Tone, place: Place) -> None:
    for piece in without_false_spaces(content):
        if piece.attributes.id:
            bookmark = open_bookmark(parent, place.file.names.name(piece.attributes.id), place.file)
            _write_inline(parent, piece, tone, spoken(place, piece.attributes))
            close_bookmark(parent, bookmark)
        else:
            _write_inline(parent, piece, tone, spoken(place, piece.attributes))


def _write_inline(parent: Element, piece: Inline, tone: Tone, place: Place) -> None:
    def marked(mark: str, content: Inlines) -> None:
        _write(parent, content, replace(tone, marks=tone.marks | {mark}), place)

    match piece:
        case Text(text=text) | Abbreviation(text=text):
            _write_text(parent, BLANK.sub(" ", text), tone, place)
        case SoftBreak():
            _write_text(parent, " ", tone, place)
        case LineBreak():
            add(_run(parent, tone, place), "w:br")
        case Emphasis(content=content):
            marked("emphasis", content)
        case Strong(content=content):
            marked("strong", content)
        case Strikethrough(content=content):
            marked("strikethrough", content)
        case Superscript(content=content):
            marked("superscript", content)
        case Subscript(content=content):
            marked("subscript", content)
        case SmallCaps(content=content):
            marked("small-caps", content)
        case Highlight(content=content):
            marked("highlight", content)
        case Phrase(content=content):
            marks = frozenset(PHRASE_MARKS[name] for name in piece.attributes.classes if name in PHRASE_MARKS)
            _write(parent, content, replace(tone, marks=tone.marks | marks), place)
        case Code(text=text):
            _write_text(parent, text, replace(tone, marks=tone.marks | {_code_mark(piece)}), place)
        case Link():
            _write_link(parent, piece, tone, place)
        case Image():
            _write_image(parent, piece, tone, place)
        case NoteReference():
            _write_note_mark(parent, piece, tone, place)
        case CrossReference():
            _write_reference(parent, piece, tone, place)
        case _:
            assert_never(piece)


def _code_mark(code: Code) -> str:
    return KEYBOARD if KEYBOARD in code.attributes.classes else "code"


# Words


def _write_text(parent: Element, text: str, tone: Tone, place: Place) -> None:
    for words, rtl in stretches(clean(text), place.rtl):
        fill_run(_run(parent, tone, place, rtl=rtl), words)


def fill_run(run: Element, text: str) -> None:
    """Text into a run, its tabs, line ends and special hyphens as Word's own elements."""
    if not ATOM.search(text):
        add_text(run, text)
        return
    for piece in ATOM.split(text):
        if piece in ATOMS:
            add(run, ATOMS[piece])
        elif piece:
            add_text(run, piece)


def _run(parent: Element, tone: Tone, place: Place, *, rtl: bool = False) -> Element:
    """A new run with its marks, direction and language, the first as one style, for a run has no more."""
    run = add(parent, "w:r")
    if tone.marks or rtl or place.lang:
        properties = add(run, "w:rPr")
        if tone.marks:
            add(properties, "w:rStyle", val=place.file.styles.character(tone.marks, tone.around).id)
        if rtl:
            add(properties, "w:rtl")
        if place.lang:
            add(properties, "w:lang", **{kind(place.lang): tag(place.lang)})
    return run


# Links and references


def _write_link(parent: Element, link: Link, tone: Tone, place: Place) -> None:
    """A link; where its target can't be reached from the finished file, its words alone."""
    content = link.content or (Text(link.target),)
    target = _target(link, place)
    if not target:
        _write(parent, content, tone, place)
        return
    title = {"tooltip": clean(link.title)} if link.title else {}
    element = add(parent, "w:hyperlink", **target, **title, history="1")
    _write(element, content, replace(tone, marks=tone.marks | {"link"}), place)


def _target(link: Link, place: Place) -> dict[str, str]:
    if link.target.startswith("#"):
        return {"anchor": _name(link.target[1:], place)} if link.target != "#" else {}
    outside = address(clean(link.target))
    return {"r_id": place.story.relate("hyperlink", outside)} if outside else {}


def _name(identifier: str, place: Place) -> str:
    """The bookmark of an id; that of a note is round its mark."""
    return place.file.names.name(f"{identifier}-mark" if identifier in place.file.references.notes else identifier)


def _write_reference(parent: Element, reference: CrossReference, tone: Tone, place: Place) -> None:
    """A field that shows what it refers to, with its words in it already; a plain link where no field could show them.

    The page of a reference is Word's to count: it does so when it prints, LibreOffice at once.
    """
    content = reference.content or (Text(reference.target),)
    if reference.target in place.file.references.notes:
        _write_note_reference(parent, reference, tone, place)
        return
    found = place.file.references.fields.get((reference.target, reference.form))
    if found is None:
        _write(add(parent, "w:hyperlink", anchor=place.file.names.name(reference.target)), content, tone, place)
        return
    name = place.file.names.name(reference.target, found.part)
    if reference.form == "page":
        with _field(parent, rf"PAGEREF {name} \h", tone, place):
            _write(parent, content, tone, place)
        return
    number = plain_text(content).removeprefix(found.before).removesuffix(found.after)
    _write_text(parent, found.before, tone, place)
    shown = (Text(number),) if found.before or found.after else content
    with _field(parent, " ".join(filter(None, ("REF", name, found.switches, r"\h"))), tone, place):
        _write(parent, shown, tone, place)
    _write_text(parent, found.after, tone, place)


def _write_note_reference(parent: Element, reference: CrossReference, tone: Tone, place: Place) -> None:
    """ "Note 3": its number as the field that Word has for that."""
    number = str(place.file.references.notes[reference.target])
    before, _, after = plain_text(reference.content).rpartition(number)
    _write_text(parent, before, tone, place)
    with _field(parent, rf"NOTEREF {_name(reference.target, place)} \h", tone, place):
        _write_text(parent, number, tone, place)
    _write_text(parent, after, tone, place)


@contextmanager
def _field(parent: Element, instruction: str, tone: Tone, place: Place) -> Iterator[None]:
    """A field round the runs that are written meanwhile: what it shows until a program works it out anew.

    Word has a shorter form, in one element, whose words other programs drop. LibreOffice gives a field the look of its first run.
    """
    add(_run(parent, tone, place), "w:fldChar", fldCharType="begin")
    add(_run(parent, tone, place), "w:instrText", xml_space="preserve").text = f" {instruction} "
    add(_run(parent, tone, place), "w:fldChar", fldCharType="separate")
    yield
    add(_run(parent, tone, place), "w:fldChar", fldCharType="end")


def write_field(line: Line, instruction: str, words: str, place: Place, *marks: str) -> None:
    """A field that shows these words."""
    tone = Tone(line.style, frozenset(marks))
    with _field(line.element, instruction, tone, place):
        _write_text(line.element, words, tone, place)


def begin_field(line: Line, instruction: str) -> None:
    """The beginning of a field over several paragraphs."""
    add(add(line.element, "w:r"), "w:fldChar", fldCharType="begin")
    add(add(line.element, "w:r"), "w:instrText", xml_space="preserve").text = f" {instruction} "
    add(add(line.element, "w:r"), "w:fldChar", fldCharType="separate")


def end_field(line: Line) -> None:
    """Close the field that was opened last."""
    add(add(line.element, "w:r"), "w:fldChar", fldCharType="end")


# Pictures and notes


def write_image(line: Line, image: Image, place: Place, description: str = "") -> None:
    """A picture as a letter of the paragraph; one that is missing leaves its alt text."""
    _write_image(line.element, image, Tone(line.style), place, description)


def _write_image(parent: Element, image: Image, tone: Tone, place: Place, description: str = "") -> None:
    picture = image.picture
    if picture is None:
        _write_text(parent, image.alt or PurePosixPath(image.target).name, tone, place)
        return
    pictures = place.file.pictures
    pictures.shown += 1
    own = place.story.relate("image", pictures.part(picture.name, picture.media_type, picture.data))
    is_vector = picture.media_type == SVG
    bitmap = place.story.relate("image", pictures.drawn(picture)) if is_vector else own
    extent = size(image, picture, place.room, place.file.theme)
    drawing = Drawing(pictures.shown, picture.name, extent, bitmap, own if is_vector else "")
    write_drawing(add(parent, "w:r"), drawing, image, description)


def _write_note_mark(parent: Element, mark: NoteReference, tone: Tone, place: Place) -> None:
    """The mark of a note. Word numbers it by itself; a note that is marked again is referred to by a field.

    Word has no notes in notes: there the mark is a plain number, and the note follows in the same place.
    """
    note = place.file.notes.get(mark.label)
    if note is None or mark.number == 0:
        _write_text(parent, f"[^{mark.label}]", tone, place)
        return
    form = place.file.note_form
    raised = replace(tone, marks=frozenset({form.mark}))
    name = _name(f"note-{mark.number}", place)
    if mark.repeated and not place.story.is_notes:
        with _field(parent, rf"NOTEREF {name} \f \h", raised, place):
            _write_text(parent, str(mark.shown), raised, place)
        return
    referred = mark.label in place.file.references.marked and not mark.repeated
    bookmark = open_bookmark(parent, name, place.file) if referred else ""
    if place.story.is_notes:
        _write_text(parent, str(mark.shown), raised, place)
    else:
        place.file.called.append(note)
        add(_run(parent, raised, place), form.reference, id=str(mark.number))
    if bookmark:
        close_bookmark(parent, bookmark)

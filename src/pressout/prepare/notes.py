"""Notes: their order and numbers by their marks; notes without a mark, and marks without a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pressout.diagnostics import Report
from pressout.model import Block, Document, Inline, Inlines, Note, NoteReference, Paragraph, Section, Text
from pressout.walk import Piece, remake, rewrite_inlines, walk

INLINE = "^"  # begins the label of a note that is written where it stands


def collect_notes(document: Document, report: Report) -> Document:
    """The notes numbered in the order of their first marks; what leads nowhere stays visible as it was written.

    The marks within notes come after those of the text, so that the text's own run 1, 2, 3. Of two notes of one label the
    first is used; the reader has told of the second.
    """
    written = {note.label: note for note in reversed(document.notes)}
    left = list(_left_over(document, written, report))
    document = replace(document, blocks=(*document.blocks, *(block for note in left for block in _shown(note))))
    shown = frozenset(note.label for note in left if note is written[note.label])
    usable = {label: note for label, note in written.items() if note.blocks and label not in shown}
    marks = _Marks(dict(_places(document, usable)), frozenset(written), shown, report)
    notes = (replace(written[label], number=number, earlier=earlier) for label, (number, earlier) in marks.numbers.items())
    document = replace(document, notes=tuple(notes))
    return remake(document, lambda block: (block,), marks.in_inlines)


def _places(document: Document, notes: Mapping[str, Note]) -> Iterator[tuple[str, tuple[int, int]]]:
    """By its label, the number of each note and how many precede its chapter where each chapter counts from 1."""
    placed: dict[str, None] = {}
    for chapter in _chapters(document):
        earlier = len(placed)
        for label in _order(chapter, notes):
            if label not in placed:
                placed[label] = None
                yield label, (len(placed), earlier)


def _chapters(document: Document) -> Iterator[tuple[Piece, ...]]:
    """What numbers notes from 1: the document, or what precedes its sections and each of these; endnotes are one list."""
    settings = document.metadata.settings
    text = _text(document)
    if settings.get("note-numbering") != "chapter" or settings.get("notes") == "endnotes":
        yield text
        return
    starts = [index for index, piece in enumerate(text) if isinstance(piece, Section)]
    for begin, end in pairwise([0, *starts, len(text)]):
        yield text[begin:end]


def _left_over(document: Document, written: Mapping[str, Note], report: Report) -> Iterator[Note]:
    """The notes that no mark leads to; what such a note calls is called from where it is shown."""
    called = set(_order(_text(document), written))
    for note in document.notes:
        if note is written[note.label]:
            if note.label in called or note.label.startswith(INLINE):
                continue
            if note.blocks:  # else the reader has told what is wrong
                _warn_unused(note, report)
        called.update(_order(note.blocks, written))
        yield note


def _text(document: Document) -> tuple[Piece, ...]:
    head = document.metadata
    return (*head.title, *head.subtitle, *head.description, *head.abstract, *document.blocks)


def _order(text: Iterable[Piece], notes: Mapping[str, Note]) -> list[str]:
    """The labels of the notes that are called, each once, in the order of their first marks; then those called by notes."""
    order: dict[str, None] = {}
    waiting = [text]
    for pieces in waiting:  # grows while it is gone through
        for label in _called(pieces):
            if label in notes and label not in order:
                order[label] = None
                waiting.append(notes[label].blocks)
    return list(order)


def _called(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in walk(pieces):
        match piece:
            case NoteReference(label=label):
                yield label
            case _:
                continue


@dataclass(slots=True)
class _Marks:
    """What the marks of notes become, and which have been met."""

    numbers: dict[str, tuple[int, int]]  # and how many notes precede the chapter
    written: frozenset[str]
    shown: frozenset[str]  # in the text, since nothing leads to them
    report: Report
    met: set[str] = field(default_factory=set)

    def in_inlines(self, inlines: Inlines) -> Inlines:
        return rewrite_inlines(inlines, self._mark)

    def _mark(self, inline: Inline) -> Inlines:
        match inline:
            case NoteReference(label=label) if label in self.numbers:
                repeated = label in self.met
                self.met.add(label)
                number, earlier = self.numbers[label]
                return (replace(inline, number=number, earlier=earlier, repeated=repeated),)
            case NoteReference(label=label) if label.startswith(INLINE):  # the reader has told that it holds nothing
                return (Text("^[]", span=inline.span),)
            case NoteReference(label=label):
                self._warn(label, inline)
                return (Text(f"[^{label}]", span=inline.span),)
            case _:
                return (inline,)

    def _warn(self, label: str, mark: Inline) -> None:
        """Say what is wrong with a mark; of notes that stand in the text all is said."""
        if label not in self.shown:
            trouble = "has no text" if label in self.written else "is nowhere to be found"
            self.report.warn(f"the note '{label}' {trouble}", mark.span, hint=f"write `[^{label}]: the note` on a line of its own")


def _warn_unused(note: Note, report: Report) -> None:
    report.warn(
        f"the note '{note.label}' is never called; it stands at the end of the text",
        note.span,
        hint=f"write [^{note.label}] where it belongs, or take it out",
    )


def _shown(note: Note) -> Iterator[Block]:
    """A note that nothing leads to, as it was written, where the text ends."""
    sign = Text(f"[^{note.label}]: ", span=note.span)
    match note.blocks:
        case (Paragraph() as first, *rest):
            yield replace(first, content=(sign, *first.content))
            yield from rest
        case blocks:
            yield Paragraph((sign,), span=note.span)
            yield from blocks

"""Notes: their order and numbers by their marks; notes without a mark, and marks without a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from pressout.diagnostics import Report
from pressout.model import Block, Document, Inline, Inlines, Note, NoteReference, Paragraph, Text
from pressout.walk import Piece, remake, rewrite_inlines, walk


def collect_notes(document: Document, report: Report) -> Document:
    """The notes numbered in the order of their first marks; what leads nowhere stays visible as it was written.

    The marks within notes come after those of the text, so that the text's own run 1, 2, 3.
    """
    written = {note.label: note for note in document.notes}
    order = _order(document, {label for label, note in written.items() if note.blocks})
    marks = _Marks({label: number for number, label in enumerate(order, 1)}, frozenset(written), report)
    document = replace(document, notes=tuple(replace(written[label], number=number) for label, number in marks.numbers.items()))
    document = remake(document, lambda block: (block,), marks.in_inlines)
    unused = [note for note in written.values() if note.label not in marks.numbers and note.blocks]
    return replace(document, blocks=(*document.blocks, *(block for note in unused for block in _shown(note, report))))


def _order(document: Document, known: set[str]) -> list[str]:
    """The labels of the notes that are called, each once, in the order of their first marks; then those called by notes."""
    notes = {note.label: note for note in document.notes}
    head = document.metadata
    order: dict[str, None] = {}
    waiting: list[Iterable[Piece]] = [(*head.title, *head.subtitle, *head.description, *head.abstract, *document.blocks)]
    for pieces in waiting:  # grows while it is gone through
        for label in _called(pieces):
            if label in known and label not in order:
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

    numbers: dict[str, int]
    written: frozenset[str]
    report: Report
    met: set[str] = field(default_factory=set)

    def in_inlines(self, inlines: Inlines) -> Inlines:
        return rewrite_inlines(inlines, self._mark)

    def _mark(self, inline: Inline) -> Inlines:
        match inline:
            case NoteReference(label=label) if label in self.numbers:
                repeated = label in self.met
                self.met.add(label)
                return (replace(inline, number=self.numbers[label], repeated=repeated),)
            case NoteReference(label=label):
                trouble = "has no text" if label in self.written else "is nowhere to be found"
                hint = f"write `[^{label}]: the note` on a line of its own"
                self.report.warn(f"the note '{label}' {trouble}", inline.span, hint=hint)
                return (Text(f"[^{label}]", span=inline.span),)
            case _:
                return (inline,)


def _shown(note: Note, report: Report) -> Iterator[Block]:
    """A note that nothing leads to, as it was written, where the text ends."""
    report.warn(
        f"the note '{note.label}' is never called; it stands at the end of the text",
        note.span,
        hint=f"write [^{note.label}] where it belongs, or take it out",
    )
    sign = Text(f"[^{note.label}]: ", span=note.span)
    match note.blocks:
        case (Paragraph() as first, *rest):
            yield replace(first, content=(sign, *first.content))
            yield from rest
        case blocks:
            yield Paragraph((sign,), span=note.span)
            yield from blocks

"""Reading text: the characters of each leaf block as the source map counts them, by the offset at which the block begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from pressout.model import (
    Abbreviation,
    Callout,
    Code,
    CodeBlock,
    CrossReference,
    Definition,
    Document,
    Figure,
    Heading,
    Image,
    Inlines,
    LineBreak,
    Node,
    NoteReference,
    Paragraph,
    QuestionAnswer,
    Quote,
    SoftBreak,
    Table,
    Text,
    Verse,
)
from pressout.walk import Piece, children, everything

OBJECT = "\ufffc"  # what a picture, a note's mark or a cross reference is in the reading text


def reading_texts(document: Document) -> dict[int, str]:
    """The reading text of every leaf block, by the offset at which it begins in the source."""
    return {node.span.start: reading_text(content) for node, content in leaf_runs(document) if node.span is not None}


def leaf_runs(document: Document) -> Iterator[tuple[Node, Inlines]]:
    """The runs of all leaf blocks in reading order, each with the node whose start is its key."""
    head = document.metadata
    return chain(_keyed(head.title, head.subtitle, head.description), *map(runs_of, everything(document)))


def runs_of(piece: Piece) -> Iterator[tuple[Node, Inlines]]:
    """The runs of inlines that are a node's own, each with the node whose start is its key."""
    match piece:
        case Paragraph(content=content) | Heading(content=content):
            yield piece, content
        case CodeBlock(text=text, caption=caption):
            yield piece, (Text(text),)
            yield from _keyed(caption)
        case Quote(attribution=words) | QuestionAnswer(question=words) | Callout(title=words):
            yield from _keyed(words)
        case Verse(lines=lines, attribution=words):
            yield from _keyed(*lines, words)
        case Table(caption=caption, source=words) | Figure(caption=caption, credit=words):
            yield from _keyed(caption, words)
        case Definition(terms=terms):
            yield from _keyed(*terms)
        case _:
            return


def _keyed(*runs: Inlines) -> Iterator[tuple[Node, Inlines]]:
    return ((run[0], run) for run in runs if run)


def reading_text(content: Iterable[Piece]) -> str:
    """The characters of a run as the source map counts them: a break is a line end, an object is one character."""
    return "".join(map(_characters, content))


def _characters(piece: Piece) -> str:
    match piece:
        case Text(text=text) | Code(text=text) | Abbreviation(text=text):
            return text
        case SoftBreak() | LineBreak():
            return "\n"
        case Image() | NoteReference() | CrossReference():
            return OBJECT
        case _:
            return reading_text(children(piece))

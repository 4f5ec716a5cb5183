"""The page-list: marks in the text where the pages of the printed edition begin, and the list that leads to them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from pressout.edition import Page
from pressout.model import (
    Abbreviation,
    Block,
    Blocks,
    Code,
    CodeBlock,
    CrossReference,
    Division,
    Document,
    Figure,
    Image,
    Inline,
    Inlines,
    Phrase,
    Text,
)
from pressout.renderers.epub.navigation import Entry
from pressout.renderers.epub.pages import Plan
from pressout.renderers.html.page_breaks import code_breaks, labels, page_break
from pressout.renderers.reading import UNSPACED
from pressout.renderers.reading_text import leaf_runs, reading_text, runs_of
from pressout.walk import everything, remake, rewrite_inlines, walk, within

# Scripts whose lines end between any two syllables, without a hyphen: Hangul, Thai, Lao, Burmese, Khmer
UNHYPHENATED = re.compile("[\u1100-\u11ff\uac00-\ud7ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class Marks:
    """Where the marks go: into runs and code, before characters of their reading text; before figures.

    Runs and rows of pictures are known by their identity, which they keep while a document is made anew from the leaves up.
    """

    runs: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    code: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    figures: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


def marked(document: Document, pages: Iterable[Page]) -> Document:
    """The document with a mark where each page begins; a page without text of the source has none.

    Where a page begins in a note, the notes are a list at the end, as they are in print: a reader shows a note at the foot only
    as it is called, and one before the text of another file would be out of order.
    """
    starts = _in_order(document, pages)
    if _notes(document) & {page.block for page in starts}:
        settings = {**document.metadata.settings, "notes": "endnotes"}
        document = replace(document, metadata=replace(document.metadata, settings=settings))
    marks = _marks(document, starts)

    def block(made: Block) -> Blocks:
        match made:
            case Figure(images=images) if id(images) in marks.figures:
                return (*(Division((), attributes=page_break(label)) for label in marks.figures[id(images)]), made)
            case CodeBlock(span=span, attributes=own) if span and span.start in marks.code:
                return (replace(made, attributes=replace(own, values=own.values + code_breaks(marks.code[span.start]))),)
            case _:
                return (made,)

    def inlines(run: Inlines) -> Inlines:
        for character, label in reversed(marks.runs.get(id(run), ())):
            run = _inserted(run, character, Phrase((), attributes=page_break(label)))
        return run

    return remake(document, block, inlines)


def with_page_numbers(document: Document) -> Document:
    """References that ask for a page show its number; what is referred to stands where its first word does."""
    at: dict[str, str] = {}
    waiting: list[str] = []
    label = ""
    for piece in everything(document):
        label = next((name for name, _ in labels(piece)), label)
        waiting += [piece.attributes.id] if piece.attributes.id else []
        match piece:
            case Text() | Code() | CodeBlock() | Image() | Figure():
                at |= {name: label for name in waiting if label and name not in at}
                waiting.clear()
            case _:
                continue

    def inlines(run: Inlines) -> Inlines:
        return rewrite_inlines(run, lambda piece: (_with_number(piece, at),))

    return remake(document, lambda block: (block,), inlines)


def _with_number(piece: Inline, at: Mapping[str, str]) -> Inline:
    match piece:
        case CrossReference(form="page", target=target) if target in at:
            return replace(piece, content=(Text(at[target]),))
        case _:
            return piece


def page_entries(plan: Plan) -> tuple[Entry, ...]:
    """The list of the pages that are marked, in the order of reading."""
    parts = (plan.title, *plan.text)
    found = ((part.name, label) for part in parts for piece in walk((*part.pieces, *part.notes)) for label in labels(piece))
    return tuple(Entry(label, f"{name}#{identifier}") for name, (label, identifier) in found)


# Where pages begin


def _marks(document: Document, pages: Iterable[Page]) -> Marks:
    """The place of each page. One that begins with a figure, or with its caption, is marked before the figure."""
    runs = {node.span.start: (node, run) for node, run in leaf_runs(document) if node.span is not None}
    figures = dict(_figures(document))
    found = Marks()
    for page in pages:
        key = page.block or 0
        node, run = runs.get(key, (None, ()))
        match node:
            case _ if key in figures and not page.character:
                found.figures[id(figures[key].images)].append(page.label)
            case CodeBlock():
                found.code[key].append((page.character, page.label))
            case _ if run:
                found.runs[id(run)].append((_word(reading_text(run), page.character), page.label))
            case _:
                continue
    return found


def _figures(document: Document) -> Iterator[tuple[int, Figure]]:
    """Each figure by its own key, which is that of its pictures, and by that of its caption."""
    for piece in everything(document):
        match piece:
            case Figure(span=span):
                nodes = [node.span for node, _ in runs_of(piece)][:1]
                yield from ((place.start, piece) for place in (span, *nodes) if place is not None)
            case _:
                continue


def _in_order(document: Document, pages: Iterable[Page]) -> list[Page]:
    """The pages with text. Those on which only a note goes on are out of the order of an EPUB, unless no text follows them."""
    notes = _notes(document)
    kept: list[Page] = []
    for page in reversed([page for page in pages if page.block is not None]):
        if page.block not in notes or not kept or kept[-1].block in notes:
            kept.append(page)
    return kept[::-1]


def _notes(document: Document) -> set[int | None]:
    """The keys of what stands in notes."""
    return {node.span.start for piece in walk(document.notes) for node, _ in runs_of(piece) if node.span is not None}


def _word(text: str, character: int) -> int:
    """Where the word begins that stands there: one that was hyphenated over the turn is marked as a whole."""
    start = character
    while 0 < start < len(text) and _joins(text[start]) and _joins(text[start - 1]):
        start -= 1
    return start


def _joins(character: str) -> bool:
    if UNSPACED.match(character) or UNHYPHENATED.match(character):
        return False
    return character.isalnum() or character == SOFT_HYPHEN or unicodedata.category(character).startswith("M")


# Marks in runs


def _inserted(run: Inlines, character: int, mark: Phrase) -> Inlines:
    """The run with a mark before that character of its reading text, outside of what begins there."""
    for index, piece in enumerate(run):
        if character == 0:
            return (*run[:index], mark, *run[index:])
        size = len(reading_text((piece,)))
        if character < size:
            return (*run[:index], *_split(piece, character, mark), *run[index + 1 :])
        character -= size
    return (*run, mark)


def _split(piece: Inline, character: int, mark: Phrase) -> Inlines:
    match piece:
        case Text(text=words) | Code(text=words):
            rest = replace(piece.attributes, id="")
            return replace(piece, text=words[:character]), mark, replace(piece, text=words[character:], attributes=rest)
        case Abbreviation():
            return mark, piece
        case _:
            return (within(piece, partial(_inserted, character=character, mark=mark)),)

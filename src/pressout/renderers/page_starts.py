"""Page starts: the block and the reading character with which each printed page begins, from the boxes that were laid out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from weasyprint.document import Document as Layout
from weasyprint.formatting_structure.boxes import TextBox

from pressout.edition import Page
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
HYPHENS = "-\u2010"
# What stands on the page and not in the source, or is one character there
MADE = {"heading-number", "caption-label", "note-number", "note-reference", "cross-reference", "page-reference", "missing-picture"}


def page_starts(layout: Layout, document: Document) -> tuple[Page, ...]:
    """Each page with its label; where a page has none of the source's text, its block is None."""
    follower = Follower(_texts(document), _keys(layout._html.etree_element))
    return tuple(follower.page(str(number), page._page_box) for number, page in enumerate(layout.pages, start=1))


class Follower:
    """Follows each block's text through the boxes. Layout drops spaces at line ends and puts hyphens in, so letters are counted."""

    def __init__(self, texts: Mapping[int, str], keys: Mapping[Any, int]) -> None:
        self.texts = texts
        self.keys = keys
        self.letters = {key: _letters(text) for key, text in texts.items()}
        self.read = dict.fromkeys(texts, 0)

    def page(self, label: str, box: Any) -> Page:
        """The next page; its boxes are in reading order, those of the notes after the text's."""
        begins = [place for child in box.descendants() if isinstance(child, TextBox) and (place := self._follow(child))]
        if not begins:
            return Page(label)
        key, letter = begins[0]
        return Page(label, key, _place(self.texts[key], letter))

    def _follow(self, box: Any) -> tuple[int, int] | None:
        """The block and the letter with which the box begins; None where its text is not the source's, or was read before."""
        key = -1 if "::" in (box.element_tag or "") else self.keys.get(box.element, -1)
        shown = _letters(box.text)
        if key not in self.texts or not shown:
            return None
        start = self.read[key]
        count = _matching(shown, self.letters[key][start : start + len(shown)])
        self.read[key] = start + count
        return (key, start) if count else None


def _letters(text: str) -> str:
    return "".join(text.replace(OBJECT, "").split())


def _matching(shown: str, expected: str) -> int:
    """How many of the source's letters are shown: all, all but a hyphen at the line's end, or none."""
    if shown.casefold() == expected.casefold():
        return len(expected)
    return len(shown) - 1 if shown[-1] in HYPHENS and shown[:-1].casefold() == expected[:-1].casefold() else 0


def _place(text: str, letter: int) -> int:
    """Where in the reading text the letter with that number stands."""
    places = (index for index, character in enumerate(text) if character != OBJECT and not character.isspace())
    return next(islice(places, letter, None), len(text))


def _keys(root: Any) -> dict[Any, int]:
    """The block to which the text of each element belongs, by its `data-key`."""
    keys: dict[Any, int] = {}
    waiting: list[tuple[Any, int | None]] = [(root, None)]
    while waiting:
        element, outer = waiting.pop()
        key = int(element.get("data-key", outer or -1))
        made = not MADE.isdisjoint(element.get("class", "").split())
        if key >= 0 and not made:
            keys[element] = key
        waiting.extend((child, None if made else key) for child in element)
    return keys


# The reading text


def _texts(document: Document) -> dict[int, str]:
    """The reading text of every leaf block, by the offset at which it begins in the source."""
    head = document.metadata
    leaves = chain(_keyed(head.title, head.subtitle, head.description), *map(_runs, everything(document)))
    return {node.span.start: _reading_text(content) for node, content in leaves if node.span is not None}


def _runs(piece: Piece) -> Iterator[tuple[Node, Inlines]]:
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


def _reading_text(content: Iterable[Piece]) -> str:
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
            return _reading_text(children(piece))

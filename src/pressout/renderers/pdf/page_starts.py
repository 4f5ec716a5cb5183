"""Page starts: the block and the reading character with which each printed page begins, from the boxes that were laid out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from weasyprint.document import Document as Layout
from weasyprint.formatting_structure.boxes import ReplacedBox, TextBox

from pressout.edition import Page
from pressout.model import Document, Figure
from pressout.renderers.reading_text import OBJECT, reading_texts
from pressout.walk import everything

HYPHENS = "-\u2010"
# What stands on the page and not in the source, or is one character there
MADE = {"heading-number", "caption-label", "note-number", "note-reference", "cross-reference", "page-reference", "missing-picture"}


def page_starts(layout: Layout, document: Document) -> tuple[Page, ...]:
    """Each page with its label; where a page has none of the source's text, its block is None."""
    pictures = frozenset(_figures(document))
    follower = Follower(reading_texts(document), _keys(layout._html.etree_element), pictures)
    return tuple(follower.page(str(number), page._page_box) for number, page in enumerate(layout.pages, start=1))


class Follower:
    """Follows each block's text through the boxes. Layout drops spaces at line ends and puts hyphens in, so letters are counted."""

    def __init__(self, texts: Mapping[int, str], keys: Mapping[Any, int], pictures: frozenset[int]) -> None:
        self.texts = texts
        self.keys = keys
        self.pictures = pictures
        self.letters = {key: _letters(text) for key, text in texts.items()}
        self.read = dict.fromkeys(texts, 0)

    def page(self, label: str, box: Any) -> Page:
        """The next page; its boxes are in reading order, those of the notes after the text's."""
        begins = [place for child in box.descendants() if (place := self._begin(child))]
        if not begins:
            return Page(label)
        key, letter = begins[0]
        return Page(label, key, _place(self.texts.get(key, ""), letter))

    def _begin(self, box: Any) -> tuple[int, int] | None:
        """The block and the letter with which the box begins, if it holds text or a figure's picture of the source."""
        if isinstance(box, TextBox):
            return self._follow(box)
        key = self.keys.get(box.element, -1) if isinstance(box, ReplacedBox) else -1
        return (key, 0) if key in self.pictures else None

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


def _figures(document: Document) -> Iterator[int]:
    """The keys of all figures: a page may begin with a picture."""
    for piece in everything(document):
        match piece:
            case Figure(span=span) if span is not None:
                yield span.start
            case _:
                continue


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
        key = int(element.get("data-key", -1 if outer is None else outer))
        made = not MADE.isdisjoint(element.get("class", "").split())
        if key >= 0 and not made:
            keys[element] = key
        waiting.extend((child, None if made else key) for child in element)
    return keys

"""A second look at a PDF's lines: words that make ladders of hyphens, or that a page's end parts, are tied and laid out anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from weasyprint.document import Document as Layout
from weasyprint.formatting_structure.boxes import FootnoteAreaBox, LineBox, MarginBox, TableBox, TextBox

from pressout.diagnostics import Report
from pressout.renderers.pdf.ties import LONGEST, Tie, text_at

LOOKS = 2  # layouts after the first; each costs as much as it did
LADDER = 3  # lines in a row that may end on a hyphen
HYPHENS = "-\u00ad\u2010"

Ties = tuple[tuple[Tie, ...], ...]  # those found in the first layout, then those of the next, which count the first ones' spans too


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that should not end on its hyphen, and the word to tie; None where that can't be done."""

    page: int
    ladder: bool
    word: Tie | None


def look_again(layout: Layout, again: Callable[[Ties], Layout], report: Report) -> Layout:
    """The layout, or the best of at most two further ones in which the offending words are tied; what remains is noted.

    `again` lays the same page out with these ties; it is not called where no line offends.
    """
    best, fewest = layout, _faults(layout)
    latest = fewest
    ties: Ties = ()
    for _ in range(LOOKS):
        words = tuple(fault.word for fault in latest if fault.word)
        if not words:
            break
        ties = (*ties, words)
        layout = again(ties)
        latest = _faults(layout)
        if len(latest) < len(fewest):
            best, fewest = layout, latest
    _tell(fewest, report)
    return best


def _tell(faults: list[Fault], report: Report) -> None:
    for ladder, what in ((True, "more than three lines in a row end on a hyphen"), (False, "the page ends on a hyphen")):
        pages = sorted({fault.page for fault in faults if fault.ladder is ladder})
        if pages:
            numbers = ", ".join(map(str, pages))
            report.note(f"{what}: on page{'s' if len(pages) > 1 else ''} {numbers}", hint="other words in that paragraph mend it")


# The lines of the text


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph on a page; `hyphen` says that it ends on one, `word` is what it parts."""

    page: int
    paragraph: Any
    hyphen: bool
    word: Tie | None


def _faults(layout: Layout) -> list[Fault]:
    lines = list(_lines(layout))
    return [*_ladders(lines), *_page_ends(lines)]


def _ladders(lines: list[Line]) -> Iterator[Fault]:
    """In each ladder every fourth line."""
    for _, paragraph in groupby(lines, key=lambda line: id(line.paragraph)):
        length = 0
        for line in paragraph:
            length = length + 1 if line.hyphen else 0
            if length > LADDER:
                yield Fault(line.page, True, line.word)
                length = 0


def _page_ends(lines: list[Line]) -> Iterator[Fault]:
    last = {line.page: line for line in lines}
    yield from (Fault(page, False, line.word) for page, line in last.items() if line.hyphen and page < lines[-1].page)


def _lines(layout: Layout) -> Iterator[Line]:
    """The lines of the running text, without those of tables, of notes and of the margins."""
    reader = _Reader({element: number for number, element in enumerate(layout._html.etree_element.iter())})
    for number, page in enumerate(layout.pages, 1):
        for paragraph, box in _line_boxes(page._page_box):
            hyphen, word = reader.read_line(box)
            yield Line(number, paragraph, hyphen, word)


def _line_boxes(box: Any) -> Iterator[tuple[Any, Any]]:
    for child in getattr(box, "children", ()):
        if isinstance(child, LineBox):
            yield box.element, child
        elif not isinstance(child, (FootnoteAreaBox, MarginBox, TableBox)):
            yield from _line_boxes(child)


@dataclass(slots=True)
class _Reader:
    """Follows each element's own letters through the boxes: those that are no spaces, since lines drop spaces at their ends."""

    numbers: dict[Any, int]
    places: dict[Any, list[tuple[int, int]]] = field(default_factory=dict)  # the slot and the offset of each letter
    read: dict[Any, int] = field(default_factory=dict)

    def read_line(self, line: Any) -> tuple[bool, Tie | None]:
        """Whether the line ends on a hyphen between letters, and the word that it parts."""
        boxes = [box for box in line.descendants() if isinstance(box, TextBox) and box.text.strip()]
        for box in boxes:
            self._count(box)
        text = boxes[-1].text.rstrip() if boxes else ""
        if len(text) < 2 or text[-1] not in HYPHENS or not text[-2].isalpha():
            return False, None
        return True, self._word(boxes[-1].element)

    def _count(self, box: Any) -> None:
        """Count the box's letters as read; a hyphen that is not the text's own was put there by the line's end."""
        if "::" in (box.element_tag or "") or box.element not in self.numbers:
            return
        letters, start = "".join(box.text.split()), self.read.get(box.element, 0)
        own = self._letters(box.element, start, len(letters))
        added = letters[-1] in HYPHENS and own[len(letters) - 1 : len(letters)] != letters[-1]
        self.read[box.element] = start + len(letters) - added

    def _letters(self, element: Any, start: int, count: int) -> str:
        if element not in self.places:
            self.places[element] = [
                (slot, offset)
                for slot in range(len(element) + 1)
                for offset, letter in enumerate(text_at(element, slot))
                if not letter.isspace()
            ]
        places = self.places[element][start : start + count]
        return "".join(text_at(element, slot)[offset] for slot, offset in places)

    def _word(self, element: Any) -> Tie | None:
        """The word in which an element's text was left; None where it is too long to be tied, or goes on in another element."""
        places, end = self.places.get(element, []), self.read.get(element, 0)
        if not 0 < end <= len(places):
            return None
        slot, offset = places[end - 1]
        text = text_at(element, slot)
        start = max((place for place in range(offset) if text[place].isspace()), default=-1) + 1
        stop = next((place for place in range(offset, len(text)) if text[place].isspace()), len(text))
        return Tie(self.numbers[element], slot, start, stop) if stop - start <= LONGEST and stop > offset + 1 else None

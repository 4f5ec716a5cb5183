"""Kinds: what each passage of a plain text is, as far as its own marks and those of its neighbours tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from pressout.readers.plain.marks import ANSWER, ATTRIBUTION, NOTE, QUESTION, RULE, ItemMark, item_mark
from pressout.readers.plain.lines import Passage
from pressout.readers.plain.sentences import ends_question, ends_sentence, length_in_words

HASHES = re.compile(r"(#{1,6})[ \t]+(?=\S)")
UNDERLINE = re.compile(r"([=\-~])\1{2,}")
LONGEST_ATTRIBUTION = 25  # words
LONGEST_HEADING = 20  # words of a numbered or underlined heading
NOTE_MARK = re.compile(r"\[(\d{1,3}|\*)\]")


class Kind(Enum):
    """BARE is a paragraph or a heading without marks; HEADING is marked as one, or found to be one."""

    BARE = auto()
    HEADING = auto()
    ITEM = auto()
    QUESTION = auto()
    ANSWER = auto()
    ATTRIBUTION = auto()
    NOTE = auto()
    ROW = auto()
    RULE = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage and its kind; the first `skip` characters are its mark. `value` is an item's number, `level` a heading's."""

    passage: Passage
    kind: Kind
    skip: int = 0
    value: int = 0
    level: int = 0

    @property
    def text(self) -> str:
        return self.passage.text[self.skip :]


def mark(passages: list[Passage]) -> list[Piece]:
    """A piece for each passage, but underlines taken into the headings above them."""
    labels = note_labels(passages)
    listed = _listed(passages)
    rows = _rows(passages)
    pieces: list[Piece] = []
    for place, passage in enumerate(passages):
        if place in rows:
            pieces.append(Piece(passage, Kind.ROW))
        elif pieces and _is_underline(pieces[-1], passage):
            pieces[-1] = Piece(pieces[-1].passage, Kind.HEADING, level=1 if passage.text[0] == "=" else 2)
        else:
            after = passages[place + 1].text if place + 1 < len(passages) else ""
            pieces.append(_piece(passage, after, listed.get(place), labels, pieces))
    return pieces


def note_labels(passages: Iterable[Passage]) -> frozenset[str]:
    """The labels of the notes: each begins one passage and is marked in another."""
    marked = Counter(label for passage in passages for label in NOTE_MARK.findall(passage.text))
    begun = Counter(found[1] for passage in passages if (found := NOTE.match(passage.text)))
    return frozenset(label for label, times in begun.items() if times == 1 and marked[label] > 1)


def _piece(passage: Passage, after: str, item: ItemMark | None, labels: frozenset[str], before: list[Piece]) -> Piece:
    text = passage.text
    if item:
        return Piece(passage, Kind.ITEM, item.length, item.value)
    if RULE.fullmatch(text):
        return Piece(passage, Kind.RULE)
    if (found := NOTE.match(text)) and found[1] in labels:
        return Piece(passage, Kind.NOTE, found.end())
    if found := HASHES.match(text):
        return Piece(passage, Kind.HEADING, found.end(), level=len(found[1]))
    if (found := QUESTION.match(text)) and (ends_question(text) or ANSWER.match(after)):
        return Piece(passage, Kind.QUESTION, found.end())
    if (found := ANSWER.match(text)) and before and before[-1].kind is Kind.QUESTION:
        return Piece(passage, Kind.ANSWER, found.end())
    if (found := ATTRIBUTION.match(text)) and before and before[-1].kind is Kind.BARE and _may_credit(text):
        return Piece(passage, Kind.ATTRIBUTION, found.end())
    return Piece(passage, Kind.BARE)


def _may_credit(text: str) -> bool:
    return length_in_words(text) <= LONGEST_ATTRIBUTION and not (ends_sentence(text) and length_in_words(text) > 10)


def _is_underline(above: Piece, passage: Passage) -> bool:
    fits = above.kind is Kind.BARE and length_in_words(above.text) <= LONGEST_HEADING and not ends_sentence(above.text)
    return fits and passage.gap == 0 and UNDERLINE.fullmatch(passage.text) is not None


def _listed(passages: list[Passage]) -> dict[int, ItemMark]:
    """The places of list items: all with bullets, and those numbered ones that count up and are not headings."""
    marks = {place: found for place, passage in enumerate(passages) if (found := item_mark(passage.text))}
    listed = {place: found for place, found in marks.items() if found.kind == "bullet"}
    for sequence in _sequences(marks):
        if not _are_headings(sequence, marks, passages):
            listed |= {place: marks[place] for place in sequence}
    return listed


def _sequences(marks: dict[int, ItemMark]) -> Iterator[list[int]]:
    """The numbered places, as far as each counts one further than an earlier one, two at the least."""
    open_ones: dict[tuple[str, int], list[int]] = {}
    found: list[list[int]] = []
    for place, each in marks.items():
        if each.kind == "bullet":
            continue
        sequence = open_ones.pop((each.kind, each.value - 1), None)
        if sequence is None:
            sequence = []
            found.append(sequence)
        sequence.append(place)
        open_ones[each.kind, each.value] = sequence
    return (sequence for sequence in found if len(sequence) > 1)


def _are_headings(sequence: list[int], marks: dict[int, ItemMark], passages: list[Passage]) -> bool:
    """Whether numbered lines are headings: short, without a full stop, and most with text of their own below."""
    apart = sum(any(between not in marks for between in range(first + 1, second)) for first, second in pairwise(sequence))
    short = all(
        length_in_words(passages[place].text) <= LONGEST_HEADING and not ends_sentence(passages[place].text) for place in sequence
    )
    return short and 2 * apart >= len(sequence) - 1


def _rows(passages: list[Passage]) -> set[int]:
    """The places of a table's rows: neighbours with the same number of tabs inside."""
    counts = [passage.text.count("\t") for passage in passages]
    return {
        place
        for first in range(len(counts) - 1)
        if counts[first] and counts[first] == counts[first + 1]
        for place in (first, first + 1)
    }

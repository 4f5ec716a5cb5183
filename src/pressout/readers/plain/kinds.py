"""Kinds: what each passage of a plain text is, as far as its own marks and those of its neighbours tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby, pairwise

from pressout.readers.plain.code import code_places
from pressout.readers.plain.lines import Passage
from pressout.readers.plain.marks import ANSWER, ATTRIBUTION, NOTE, NOTE_MARK, QUESTION, ItemMark, is_rule, item_mark
from pressout.readers.plain.sentences import ends_question, ends_sentence, length_in_words

HASHES = re.compile(r"(#{1,6})[ \t]+(?=\S)")
UNDERLINE = re.compile(r"([=\-~])\1{2,}")
LONGEST_ATTRIBUTION = 25  # words
LONGEST_HEADING = 20  # words of a numbered or underlined heading


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
    CODE = auto()


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


def find_kinds(passages: list[Passage]) -> list[Piece]:
    """A piece for each passage, but the rules under headings, which are taken into them."""
    labels = note_labels(passages)
    items = _items(passages)
    rows = _rows(passages)
    code = code_places(passages)
    pieces: list[Piece] = []
    for place, passage in enumerate(passages):
        if place in code or place in rows:
            pieces.append(Piece(passage, Kind.CODE if place in code else Kind.ROW))
        elif pieces and _is_underline(pieces[-1], passage):
            pieces[-1] = Piece(pieces[-1].passage, Kind.HEADING, level=1 if passage.text[0] == "=" else 2)
        elif item := items.get(place):
            pieces.append(Piece(passage, Kind.ITEM, item.length, item.value))
        else:
            above = pieces[-1].kind if pieces else Kind.RULE
            after = passages[place + 1].text if place + 1 < len(passages) else ""
            pieces.append(_by_mark(passage, labels) or _by_neighbours(passage, above, after))
    return pieces


def note_labels(passages: list[Passage]) -> frozenset[str]:
    """The labels of the notes: each begins one passage and is marked in another."""
    marked = Counter(label for passage in passages for label in NOTE_MARK.findall(passage.text))
    begun = Counter(found[1] for passage in passages if (found := NOTE.match(passage.text)))
    return frozenset(label for label, times in begun.items() if times == 1 and marked[label] > 1)


def _by_mark(passage: Passage, labels: frozenset[str]) -> Piece | None:
    """The piece whose first characters say what it is."""
    text = passage.text
    if is_rule(text):
        return Piece(passage, Kind.RULE)
    if (found := NOTE.match(text)) and found[1] in labels:
        return Piece(passage, Kind.NOTE, found.end())
    if found := HASHES.match(text):
        return Piece(passage, Kind.HEADING, found.end(), level=len(found[1]))
    return None


def _by_neighbours(passage: Passage, above: Kind, after: str) -> Piece:
    """A question is marked and asks or is answered, an answer follows one, an attribution follows what it credits."""
    text = passage.text
    if QUESTION.match(text) and (ends_question(text) or ANSWER.match(after)):
        return Piece(passage, Kind.QUESTION)
    if ANSWER.match(text) and above is Kind.QUESTION:
        return Piece(passage, Kind.ANSWER)
    if (found := ATTRIBUTION.match(text)) and above is Kind.BARE and _credits(text) and not ATTRIBUTION.match(after):
        return Piece(passage, Kind.ATTRIBUTION, found.end())
    return Piece(passage, Kind.BARE)


def _credits(text: str) -> bool:
    """Whether a line behind a dash names somebody; in a dialogue it says something."""
    return length_in_words(text) <= LONGEST_ATTRIBUTION and not ends_sentence(text) and not ends_question(text)


def _is_underline(above: Piece, passage: Passage) -> bool:
    fits = above.kind is Kind.BARE and length_in_words(above.text) <= LONGEST_HEADING and not ends_sentence(above.text)
    return fits and passage.gap == 0 and UNDERLINE.fullmatch(passage.text) is not None


def _items(passages: list[Passage]) -> dict[int, ItemMark]:
    """The places of list items: all with bullets, and those numbered ones that count up and are not headings."""
    marks = {
        place: found for place, passage in enumerate(passages) if (found := item_mark(passage.text)) and not is_rule(passage.text)
    }
    items = {place: found for place, found in marks.items() if found.kind == "bullet"}
    for sequence in _sequences(marks):
        if not _are_headings(sequence, marks, passages):
            items |= {place: marks[place] for place in sequence}
    # A number given twice, or a lone first item that says a whole sentence
    beside = {place for place in marks if place - 1 in items and items[place - 1].kind == marks[place].kind}
    lone = {place for place, mark in marks.items() if mark.value == 1 and ends_sentence(passages[place].text)}
    return items | {place: marks[place] for place in beside | lone}


def _sequences(marks: dict[int, ItemMark]) -> Iterator[list[int]]:
    """The numbered places, as far as each counts one further than an earlier one, two at the least."""
    latest: dict[tuple[str, int], list[int]] = {}
    sequences: list[list[int]] = []
    for place, mark in marks.items():
        if mark.kind == "bullet":
            continue
        sequence = latest.pop((mark.kind, mark.value - 1), [])
        if not sequence:
            sequences.append(sequence)
        sequence.append(place)
        latest[mark.kind, mark.value] = sequence
    return (sequence for sequence in sequences if len(sequence) > 1)


def _are_headings(sequence: list[int], marks: dict[int, ItemMark], passages: list[Passage]) -> bool:
    """Whether numbered lines are headings: short, without a full stop, and most with text of their own below."""
    texts = [passages[place].text for place in sequence]
    if any(length_in_words(text) > LONGEST_HEADING or ends_sentence(text) for text in texts):
        return False
    apart = sum(any(between not in marks for between in range(first + 1, second)) for first, second in pairwise(sequence))
    return 2 * apart >= len(sequence) - 1


def _rows(passages: list[Passage]) -> set[int]:
    """The places of a table's rows: neighbours with the same number of tabs, some of them between words."""
    rows: set[int] = set()
    for tabs, run in groupby(range(len(passages)), lambda place: tabs_in(passages[place])):
        places = list(run)
        if tabs and len(places) > 1 and any("\t" in passages[place].text for place in places):
            rows.update(places)
    return rows


def tabs_in(passage: Passage) -> int:
    """The tabs of a line, with those round its words."""
    before, after = passage.lines[0].tabs
    return before + passage.text.count("\t") + after

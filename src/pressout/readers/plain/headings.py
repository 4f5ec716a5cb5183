"""Headings of a plain text: which bare lines are headings, judged by their own look and by what stands round them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pressout.readers.plain.kinds import Kind, Piece
from pressout.readers.plain.marks import ATTRIBUTION, DEPTH, counted_label, item_mark
from pressout.readers.plain.sentences import (
    COLONS,
    EXCLAMATIONS,
    FULL_STOPS,
    PAUSES,
    ends_question,
    ends_sentence,
    last_sign,
    length_in_words,
    sentence_breaks,
)

LONGEST = 220  # characters of a heading
LONGEST_COUNTED = 20  # words of one that counts on with others
ENOUGH = 1.0  # a line with this score is a heading
MANY = 4  # this many bare lines in a row are a list without bullets, not headings over headings
NO_HEADING = re.compile(
    r"https?://|www\.|\S+@\S+\.\w|[{}<>=\\\t]|^@|^[A-Za-z_.]+\(.*\)$|"
    r"^(?:photos?|image|picture|credits?|source|foto|bild|quelle|crédit|fuente|fonte|źródło|фото|источник|صورة|المصدر|写真|出典|사진|출처|图|来源|圖|來源)"
    r"\b[^:：]{0,20}[:：]",
    re.IGNORECASE,
)
PAUSE = re.compile(f"[{PAUSES}]")
PAIRS = ("()", "“”", "[]", "（）", "「」", "«»")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is written: the empty lines before most passages, and the share of its paragraphs that end in no sign."""

    gap: int
    unsigned: float


def heading_places(pieces: list[Piece]) -> list[int]:
    """The places of the bare pieces that are headings, in order."""
    manner = manner_of(pieces)
    likely = [
        may_be_heading(piece) and look(piece.text, manner) + _setting(pieces, place, manner) >= ENOUGH
        for place, piece in enumerate(pieces)
    ]
    places = [place for run in _runs(likely) for place in _headings_of(run, pieces)]
    return sorted({*places, *_counted_on(places, pieces)})


def _counted_on(places: list[int], pieces: list[Piece]) -> set[int]:
    """The places of lines that count on with headings: after "Step 1: Plan" and "Step 2: Print", "Step 3: Bind it." is one too."""
    counts: dict[str, set[int]] = {}
    for place in places:
        label, count = counted_label(pieces[place].text)
        counts.setdefault(label, set()).update({count} - {0})
    found = set()
    for place, piece in enumerate(pieces[:-1]):
        label, count = counted_label(piece.text) if piece.kind is Kind.BARE else ("", 0)
        known = counts.get(label, set())
        if count and len(known) > 1 and {count - 1, count + 1} & known and length_in_words(piece.text) <= LONGEST_COUNTED:
            found.add(place)
    return found


def manner_of(pieces: list[Piece]) -> Manner:
    """How a text sets its paragraphs, judged by its own: what its headings differ from."""
    gaps = sorted(piece.passage.gap for piece in pieces[1:])
    paragraphs = [piece.text for piece in pieces if piece.kind is Kind.BARE and length_in_words(piece.text) > 25]
    unsigned = sum(last_sign(text).isalnum() for text in paragraphs)
    return Manner(gaps[len(gaps) // 2] if gaps else 0, unsigned / len(paragraphs) if paragraphs else 0.0)


def may_be_heading(piece: Piece) -> bool:
    """Whether a piece is a bare line, short and with letters, and no attribution or other thing that heads nothing."""
    text = piece.text
    if piece.kind is not Kind.BARE or len(text) > LONGEST:
        return False
    return any(map(str.isalpha, text)) and not NO_HEADING.search(text) and not ATTRIBUTION.match(text)


def look(text: str, manner: Manner) -> float:
    """How much the line alone looks like a heading: above 1 it does, below 0 it hardly can be one."""
    asks = ends_question(text)
    return _ending(text, manner) + _length(length_in_words(text), asks=asks) + _beginning(text) + _inside(text)


def _ending(text: str, manner: Manner) -> float:
    """Headings end in a word or a question mark; where paragraphs do so as well, that says less."""
    sign = last_sign(text)
    if ends_question(text):
        return 0.6
    if sign in EXCLAMATIONS:
        return 0.0
    if sign in COLONS:
        return -1.5
    if sign in PAUSES or (sign in FULL_STOPS and ends_sentence(text)):
        return -3.0
    return 1.2 * (1 - manner.unsigned)


def _length(words: float, *, asks: bool) -> float:
    """Most headings have two to ten words; questions may be longer."""
    if words <= 9:
        return 0.8
    if words <= 14:
        return 0.5
    return max(0.2 - (words - 14) / (25 if asks else 12), -2.5)


def _beginning(text: str) -> float:
    """A small first letter goes on with something, but for names like iPhone."""
    first = next(each for each in text if each.isalnum())
    return -1.5 if first.islower() and not text[1:2].isupper() else 0.0


def _inside(text: str) -> float:
    """What belongs to sentences takes away; the capitals of a title add."""
    mark = item_mark(text)
    breaks = sentence_breaks(text[mark.length :] if mark else text)
    unclosed = sum(text.count(pair[0]) != text.count(pair[1]) for pair in PAIRS)
    pauses = length_in_words(text) > 12 and PAUSE.search(text) is not None
    return -0.8 * min(breaks, 2) - 0.5 * unclosed - 0.2 * pauses + (0.3 if _is_title_case(text) else 0.0)


def _is_title_case(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{4,}", text)
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _setting(pieces: list[Piece], place: int, manner: Manner) -> float:
    """What the neighbours say for or against a heading at this place."""
    piece = pieces[place]
    score = 0.6 if piece.passage.gap > manner.gap else 0.0
    if place and pieces[place - 1].kind is Kind.BARE and last_sign(pieces[place - 1].text) in COLONS:
        score -= 1.0
    if place and _is_bare_word(pieces[place - 1]):
        score -= 0.25
    if place + 1 == len(pieces):
        return score - 2.0
    after = pieces[place + 1]
    if len(after.text) > 1.5 * len(piece.text) or (
        after.kind is Kind.BARE and (not may_be_heading(after) or ends_sentence(after.text))
    ):
        score += 0.4
    if (
        last_sign(piece.text) in COLONS
        and after.kind is Kind.BARE
        and length_in_words(piece.text) <= 5
        and length_in_words(after.text) >= 15
    ):
        score += 1.3
    return score


def _runs(likely: list[bool]) -> list[range]:
    """The stretches of neighbours that all look like headings."""
    runs: list[range] = []
    start = None
    for place, each in enumerate([*likely, False]):
        if each and start is None:
            start = place
        elif not each and start is not None:
            runs.append(range(start, place))
            start = None
    return runs


def _is_bare_word(piece: Piece) -> bool:
    return may_be_heading(piece) and last_sign(piece.text).isalnum()


def _headings_of(run: range, pieces: list[Piece]) -> list[int]:
    """The headings among bare lines in a row: all, or only the last where there are too many, none with nothing below."""
    if run.stop == len(pieces) or (len(run) > 1 and run.stop == len(pieces) - 1 and _is_bare_word(pieces[-1])):
        return []
    if len(run) < MANY:
        return list(run)
    return [place for place in run if place == run.stop - 1 or DEPTH.match(pieces[place].text)]

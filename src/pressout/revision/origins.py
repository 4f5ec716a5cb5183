"""Where the characters of a Word file came from: each one's place in the reading text of the source, or none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from pressout.readers.docx.values import Line, WordFile
from pressout.readers.sourcemap import Passage, SourceMap

ALIKE = str.maketrans(
    {
        **dict.fromkeys("\n\t\u00a0\u2002\u2003\u2009\u202f\u3000", " "),
        **dict.fromkeys("“”„‟«»″״「」『』", '"'),
        **dict.fromkeys("‘’‚‛‹›′׳", "'"),
        **dict.fromkeys("–—‐‑−", "-"),
    }
)
TYPED = {chr(sign): typed for sign, typed in ALIKE.items()}  # the same for one sign, which is ten times as fast
SPELLED = {"…": ("...",), "–": ("---", "--"), "—": ("---", "--")}  # what one sign may be written as in a source
GUESS_LIMIT = 6000  # characters; longer texts that differ wildly are compared by words, since the comparison is quadratic


class Origin(NamedTuple):
    """A stretch of the reading text of one passage: from `start` to before `end` (one character, but for '...' and the like)."""

    key: int
    start: int
    end: int


Origins = tuple[Origin | None, ...]


def origins(sent: WordFile, source: SourceMap) -> tuple[Origins, ...]:
    """For each line of the file as it was sent, the origin of each of its characters; None for what pressout added.

    Labels ("Figure 3"), joined metadata and list numbers have no origin; quotes and dashes have that of what was typed.
    """
    return tuple(_line_origins(line, _passages(line, source)) for line in sent.lines)


def key_of(anchor: str) -> int:
    """The passage's key in the name of its bookmark, `_po_` and the key to the base of 36."""
    try:
        return int(anchor.removeprefix("_po_"), 36)
    except ValueError:
        return -1


def _passages(line: Line, source: SourceMap) -> list[Passage]:
    found = (source.passage(key_of(anchor)) for anchor in line.anchors)
    return [passage for passage in found if passage is not None]


def _line_origins(line: Line, passages: Sequence[Passage]) -> Origins:
    text, done = line.text_before, 0
    result: list[Origin | None] = []
    for passage in passages:
        start, found = _find(text, done, passage)
        result += [None] * (start - done) + found
        done = start + len(found)
    return (*result, *([None] * (len(text) - done)))


def _find(text: str, start: int, passage: Passage) -> tuple[int, list[Origin | None]]:
    """Where a passage's text begins in the line's, after a label perhaps, and the origins of its characters."""
    for at in _beginnings(text, start, passage.text):
        found = _follow(text, at, passage)
        if found is not None:
            return at, found
    return start, _compared(text[start:], passage)


def _beginnings(text: str, start: int, wanted: str) -> Iterator[int]:
    return (at for at in range(start, len(text) + 1) if not wanted or at == len(text) or _said(text[at], wanted, 0))


def _follow(text: str, at: int, passage: Passage) -> list[Origin | None] | None:
    """Origins for as long as the two texts say the same, spaces and spellings aside; None where they part too early."""
    wanted = passage.text
    if _is_same(text[at : at + len(wanted)], wanted):
        return [Origin(passage.key, index, index + 1) for index in range(len(wanted))]
    result: list[Origin | None] = []
    index = 0
    while index < len(wanted):
        if at == len(text):
            return result if not wanted[index:].strip() else None
        length = _said(text[at], wanted, index)
        if length:
            result.append(Origin(passage.key, index, index + length))
            at, index = at + 1, index + length
        elif TYPED.get(text[at], text[at]) == " ":  # a language's rule put a space in
            result.append(None)
            at += 1
        elif TYPED.get(wanted[index], wanted[index]) == " ":  # or took one out
            index += 1
        else:
            return None
    return result


def _is_same(shown: str, wanted: str) -> bool:
    """Whether two texts say the same sign for sign; one with several signs that may be printed as one is left to `_said`."""
    return like(shown) == like(wanted) and not any(spelled in wanted for spellings in SPELLED.values() for spelled in spellings)


def _said(sign: str, wanted: str, index: int) -> int:
    """How many characters of the source a printed sign stands for here; 0 if it is another."""
    there = wanted[index]
    if sign == there:
        return 1
    for spelled in SPELLED.get(sign, ()):
        if wanted.startswith(spelled, index):
            return len(spelled)
    return int(TYPED.get(sign, sign) == TYPED.get(there, there))


def _compared(text: str, passage: Passage) -> list[Origin | None]:
    result: list[Origin | None] = [None] * len(text)
    for at, index in matches(text, passage.text):
        result[at] = Origin(passage.key, index, index + 1)
    return result


def like(text: str) -> str:
    """The text with each sign as it would be typed on a plain keyboard, character for character."""
    return text.translate(ALIKE)


def matches(first: str, second: str) -> Iterator[tuple[int, int]]:
    """Pairs of places at which two texts that differ say the same, in order; equal beginnings and ends cost nothing."""
    a, b = like(first), like(second)
    head = _shared(a, b)
    tail = _shared(a[head:][::-1], b[head:][::-1])
    yield from ((index, index) for index in range(head))
    yield from ((head + i, head + j) for i, j in _middle(a[head : len(a) - tail], b[head : len(b) - tail]))
    yield from ((len(a) - tail + index, len(b) - tail + index) for index in range(tail))


def _shared(first: str, second: str) -> int:
    return next((index for index, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))


def _middle(first: str, second: str) -> Iterator[tuple[int, int]]:
    if not first or not second or len(first) + len(second) > GUESS_LIMIT * 4:
        return
    a, b = tokens(first), tokens(second)
    starts_a, starts_b = _starts(a), _starts(b)
    for i, j, size in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
        for step in range(size):
            for offset in range(len(a[i + step])):
                yield starts_a[i + step] + offset, starts_b[j + step] + offset


def tokens(text: str) -> list[str]:
    """Words, and every other character by itself: what an editor changes is a word, not the letters that two words share."""
    result: list[str] = []
    for sign in text:
        inside = _in_word(sign)
        if result and inside and _in_word(result[-1][-1]):
            result[-1] += sign
        else:
            result.append(sign)
    return result


def _in_word(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign).startswith("M")


def _starts(pieces: Sequence[str]) -> list[int]:
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece)
    return starts


def by_anchor(sent: WordFile) -> Mapping[str, int]:
    """The index of the line that carries each anchor; of an anchor that stands twice, the first."""
    found: dict[str, int] = {}
    for index, line in enumerate(sent.lines):
        for anchor in line.anchors:
            found.setdefault(anchor, index)
    return found

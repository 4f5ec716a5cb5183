"""Sentences: how a stretch of plain text ends, how long it is in words, in any of the scripts at hand."""

from __future__ import annotations

import re

CLOSERS = "»”’\"')]}）】」』›*_\u200f\u200e "
FULL_STOPS = ".。．｡।॥۔։!！…"
QUESTION_MARKS = "?？؟՞⁇‽"
PAUSES = ",،、，;；؛·"
COLONS = ":：﹕"
# A full stop that ends an abbreviation, an initial or a number is no end of a sentence
ABBREVIATED = re.compile(
    r"(?:\b[^\W\d_]\.){2,}$|\b(?:vs|etc|Inc|Ltd|Co|Corp|Jr|Sr|St|Dr|Mr|Mrs|Ms|No|Nr|Art|bzw|z\.B|usw|cf|al)\.$|\.{3}$|…$"
)
NOTE_MARKS = re.compile(r"(?:\[\d{1,3}\]|[\u00b9\u00b2\u00b3\u2070-\u2079])+$")
IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
WORD = re.compile(r"[^\s\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
WORDS_PER_IDEOGRAPH = 0.5
INNER_END = re.compile(r"[^\W\d_]{2,}[.!?…][”’\"»)]?\s+[^\W\d_a-z]|[。！？।؟۔]\s*\S")
MEASURED = 2_000  # characters; whatever is longer than this is long


def last_sign(text: str) -> str:
    """The last character that is neither a closing quote or bracket nor a note's mark; a Greek question mark is `?`."""
    bare = NOTE_MARKS.sub("", text[-MEASURED:].rstrip(CLOSERS)).rstrip(CLOSERS)
    if not bare:
        return text[-1:]
    return "?" if bare[-1] in ";\u037e" and _is_greek(bare) else bare[-1]


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a statement does: not in a question, a colon or nothing."""
    return last_sign(text) in FULL_STOPS and not ABBREVIATED.search(text[-MEASURED:].rstrip(CLOSERS))


def ends_question(text: str) -> bool:
    return last_sign(text) in QUESTION_MARKS


def length_in_words(text: str) -> float:
    """The length in words; two ideographs make about one word."""
    measured = text[:MEASURED]
    return len(WORD.findall(measured)) + WORDS_PER_IDEOGRAPH * len(IDEOGRAPH.findall(measured))


def _is_greek(text: str) -> bool:
    return any("\u0370" <= each <= "\u03ff" and each != "\u037e" for each in text[-40:])

"""Sentences: how a stretch of plain text ends, where sentences meet in it, how long it is, in any of the scripts at hand."""

from __future__ import annotations

import re

CLOSERS = "»”’\"')]}）】」』›*_\u200f\u200e "
FULL_STOPS = ".。．｡।॥۔։…"
EXCLAMATIONS = "!！¡"
QUESTION_MARKS = "?？؟՞⁇‽"
QUESTION_MARK = re.compile(f"[{QUESTION_MARKS}]")
PAUSES = ",،、，;；؛·"
COLONS = ":：﹕"
# A full stop that ends an abbreviation or an initial ends no sentence: "the U.S.", "Smith et al."
ABBREVIATION = re.compile(
    r"(?:\b[^\W\d_]\.){2,}$|\b[^\W\d_]\.$|"
    r"\b(?:vs|etc|Inc|Ltd|Co|Corp|Jr|Sr|St|Dr|Mr|Mrs|Ms|Prof|No|Nr|Art|bzw|usw|cf|ca|al|approx|dept|est|fig|Fig|vol|pp|Abs|Bd|p\.ex)\.$"
)
REMARK = re.compile(r"\s*[(（][^()（）]{1,60}[)）]\s*$")
NOTE_MARKS = re.compile(r"(?:\[\d{1,3}\]|[\u00b9\u00b2\u00b3\u2070-\u2079])+$")
IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
WORD = re.compile(r"[^\s\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
WORDS_PER_IDEOGRAPH = 0.5
LONGEST_WORD = 40  # characters; a longer stretch without spaces counts as several words
BREAK = re.compile(r"(\S{2,}?[.!?…।۔؟])[”’\"»)]*\s+(\S)|([。！？])(?=\w)")
MEASURED = 2_000  # characters; whatever is longer than this is long


def last_sign(text: str) -> str:
    """The last character that is neither a closing quote or bracket nor a note's mark; a Greek question mark is `?`."""
    bare = _bare(text)
    if not bare:
        return text[-1:]
    return "?" if bare[-1] in ";\u037e" and _is_greek(bare) else bare[-1]


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a statement does: not in a question, an exclamation, a colon, an abbreviation or nothing."""
    return last_sign(text) in FULL_STOPS and not ABBREVIATION.search(_bare(text))


def ends_question(text: str) -> bool:
    """Whether the text ends in a question, be it with a remark in brackets behind it."""
    return last_sign(REMARK.sub("", text[-MEASURED:])) in QUESTION_MARKS


def sentence_breaks(text: str) -> int:
    """How many sentences end inside the text and are followed by another; "Tip 1." and "vs. Biden" end none."""
    found = BREAK.finditer(text[:MEASURED])
    return sum(bool(each[3]) or not (each[2].islower() or ABBREVIATION.search(each[1]) or each[1][:-1].isdigit()) for each in found)


def length_in_words(text: str) -> float:
    """The length in words; two ideographs make about one word. Of a very long text it says no more than that it is long."""
    measured = text[:MEASURED]
    words = len(WORD.findall(measured)) + WORDS_PER_IDEOGRAPH * len(IDEOGRAPH.findall(measured))
    return max(words, len(text) / LONGEST_WORD)


def _bare(text: str) -> str:
    """The end of the text without notes' marks, quotes and brackets."""
    return NOTE_MARKS.sub("", text[-MEASURED:].rstrip()).rstrip(CLOSERS)


def _is_greek(text: str) -> bool:
    return any("\u0370" <= each <= "\u03ff" and each != "\u037e" for each in text[-40:])

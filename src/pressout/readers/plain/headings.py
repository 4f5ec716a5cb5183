"""Headings of a plain text: which bare lines are headings, judged by their own look and by what stands round them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pressout.readers.plain.marks import ATTRIBUTION, DEPTH, item_mark
from pressout.readers.plain.lines import Passage
from pressout.readers.plain.sentences import (
    COLONS,
    FULL_STOPS,
    INNER_END,
    PAUSES,
    QUESTION_MARKS,
    ends_sentence,
    last_sign,
    length_in_words,
)

LONGEST = 220  # characters of a heading
MANY = 4  # this many bare lines in a row are a list without bullets, not headings of headings
NO_HEADING = re.compile(
    r"https?://|www\.|\S+@\S+\.\w|^[^\w\s]*$|^\W*\d[\d\s.,:/%-]*$|[{}<>=\\|]|^@|^[A-Za-z_.]+\(.*\)$|"
    r"^(?:photo|image|picture|credit|source|foto|bild|quelle|crédit|fuente|fonte|źródło|фото|источник|صورة|المصدر|写真|出典|사진|출처|图|来源|圖|來源)\b[^:：]{0,20}[:：]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands before and after a bare line: how much it looks like the text that a heading stands over."""

    before: str
    after: str
    gap_before: int
    gap_after: int
    common_gap: int


def heading_places(passages: list[Passage], kinds: list[str]) -> list[int]:
    """The places of the headings among passages whose `kinds` are "bare" (a heading or a paragraph) or anything else."""
    gap = _common_gap(passages)
    bare = [kind == "bare" and may_be_heading(passage) for passage, kind in zip(passages, kinds, strict=True)]
    likely = [
        is_bare and look(passages[place].text) + _setting(passages, kinds, bare, place, gap) >= 1
        for place, is_bare in enumerate(bare)
    ]
    return [place for run in _runs(likely) for place in _headings_of(run, passages, kinds)]


def may_be_heading(passage: Passage) -> bool:
    text = passage.text
    return len(text) <= LONGEST and not NO_HEADING.search(text) and not ATTRIBUTION.match(text) and any(map(str.isalpha, text))


def look(text: str) -> float:
    """How much the line alone looks like a heading: above 1 it does, below 0 it hardly can be one."""
    return _ending(text) + _length(length_in_words(text)) + _beginning(text) + _inside(text)


def _ending(text: str) -> float:
    sign = last_sign(text)
    if sign in QUESTION_MARKS:
        return 0.6
    if sign in "!！":
        return 0
    if sign in FULL_STOPS and ends_sentence(text):
        return -3
    if sign in PAUSES:
        return -3
    if sign in COLONS:
        return -1.5
    return 1.2


def _length(words: float) -> float:
    """Most headings have two to ten words; a paragraph of one short line ends in a full stop."""
    if words <= 9:
        return 0.8
    if words <= 14:
        return 0.5
    return max(0.2 - (words - 14) / 12, -2.5)


def _beginning(text: str) -> float:
    first = next(each for each in text if each.isalnum())
    return -1.5 if first.islower() and not text[1:2].isupper() else 0.0


def _inside(text: str) -> float:
    """Signs of a sentence, or of more than one, take away; the capitals of a title add."""
    bare = text.rstrip("".join(FULL_STOPS) + QUESTION_MARKS)
    mark = item_mark(text)
    sentences = len(INNER_END.findall(bare[mark.length if mark else 0 :]))
    unclosed = sum(text.count(first) != text.count(last) for first, last in ("()", "“”", "[]", "（）", "「」"))
    return -0.8 * min(sentences, 2) - 0.5 * unclosed + (0.3 if _is_title_case(text) else 0.0)


def _is_title_case(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]{4,}", text) if word[0].isupper() or word[0].islower()]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _setting(passages: list[Passage], kinds: list[str], bare: list[bool], place: int, gap: int) -> float:
    """What the neighbours say for or against a heading at this place."""
    before = passages[place - 1].text if place else ""
    after = passages[place + 1] if place + 1 < len(passages) else None
    score = 0.0
    if before and last_sign(before) in COLONS and kinds[place - 1] == "bare":
        score -= 1.0
    if after is None:
        score -= 2
    elif kinds[place + 1] == "bare" and not bare[place + 1] or len(after.text) > 1.5 * len(passages[place].text):
        score += 0.4
    if passages[place].gap > gap:
        score += 0.6
    if last_sign(passages[place].text) in COLONS and after is not None and kinds[place + 1] == "item":
        score -= 1.0
    return score


def _common_gap(passages: list[Passage]) -> int:
    """The number of empty lines before most passages."""
    gaps = sorted(passage.gap for passage in passages[1:])
    return gaps[len(gaps) // 2] if gaps else 0


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


def _headings_of(run: range, passages: list[Passage], kinds: list[str]) -> list[int]:
    """The headings among bare lines in a row: all, or only the last where there are too many, none with nothing below."""
    if run.stop == len(passages):
        return []
    if len(run) < MANY:
        return list(run)
    return [place for place in run if place == run.stop - 1 or DEPTH.match(passages[place].text)]

"""Bylines: who wrote an article and when, in the words that stand between its title and its text."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pressout.readers.plain.marks import item_mark
from pressout.readers.plain.sentences import ends_question, ends_sentence, length_in_words
from pressout.terms import month_numbers

LONGEST = 40  # words of a byline: a date and half a dozen authors
LONGEST_NAME = 5  # words; more is a phrase
YEAR = r"(?P<year>(?:19|20)\d\d)"
NUMBER = r"(?P<month>\d{1,2})"
DAY = r"(?P<day>\d{1,2})"
NAME = r"(?P<month>[^\W\d_][^\s\d.,/]{1,14})\.?"
OF = r"[ \u00a0](?:del? )?"
ZONE = r"(?: ?[ap]\.?m\.?| Uhr|Z| ?[A-Z]{2,4}|[+-]\d\d:?\d\d)"
TIME = rf"(?:[T, –—-]{{0,3}}(?:(?:at|um|à|a las|alle|às|om|o|в|στις) )?\d{{1,2}}[:.h]\d\d(?::\d\d)?{ZONE}?)?"
DATES = (
    re.compile(rf"{YEAR}[-/.]{NUMBER}[-/.]{DAY}\.?{TIME}(?!\d)"),
    re.compile(rf"{YEAR} ?[年년] ?{NUMBER} ?[月월] ?{DAY} ?[日일]{TIME}"),
    re.compile(rf"(?<!\d){DAY}(?:st|nd|rd|th|er|º|\.)?{OF}{NAME},?{OF}{YEAR}{TIME}", re.IGNORECASE),
    re.compile(rf"(?<!\w){NAME} {DAY}(?:st|nd|rd|th)?,? {YEAR}{TIME}", re.IGNORECASE),
    re.compile(rf"(?<!\d){DAY}\. ?{NUMBER}\. ?{YEAR}{TIME}"),
)
BETWEEN = " \t\u00a0·|•,;:：()[]/–—-"
PARTS = re.compile(r"\s*[|·•\t]\s*|\s+[–—-]\s+")


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says. `left` is what of it is neither a name nor a date: a reading time, a city."""

    authors: tuple[str, ...] = ()
    date: datetime.date | None = None
    modified: datetime.date | None = None
    left: str = ""


def read_byline(text: str) -> Byline | None:
    """What a line below the title says of authors and dates; None where it says anything else."""
    if length_in_words(text) > LONGEST or item_mark(text) or ends_question(text):
        return None
    rest, modified = _cut_date(text, "updated")
    rest, date = _cut_date(rest, "published")
    rest, left = _cut_reading_time(rest)
    authors: list[str] = []
    others = [left] if left else []
    for part in filter(None, (part.strip(BETWEEN) for part in PARTS.split(rest))):
        names = _names(part, bare=bool(date or modified or left))
        authors += names or ()
        others += [part] if names is None else []
    if not (authors or date or modified or left) or any(length_in_words(other) > LONGEST_NAME for other in others):
        return None
    return Byline(tuple(authors), date, modified, " · ".join(others))


def _cut_date(text: str, words: str) -> tuple[str, datetime.date | None]:
    """The text without a date and the words before it, and the date; an updated one only behind such words."""
    for pattern in DATES:
        for found in pattern.finditer(text):
            before = text[: found.start()].rstrip(BETWEEN)
            head = _without_label(before, words)
            if (date := _date(found)) and (words != "updated" or head is not None):
                return f"{before if head is None else head} | {text[found.end() :]}", date
    return text, None


def _without_label(text: str, words: str) -> str | None:
    """The text without the words at its end that lead to a date; None where there are none."""
    folded = text.casefold()
    for label in vocabulary()[words]:
        plain = label.rstrip(":")
        start = len(folded) - len(plain)
        if folded.endswith(plain) and (start == 0 or not folded[start - 1].isalpha()):
            return text[:start]
    return None


def _date(found: re.Match[str]) -> datetime.date | None:
    name = found["month"].casefold().rstrip(".")
    month = int(name) if name.isdigit() else _months().get(name, 0)
    try:
        return datetime.date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None


def _cut_reading_time(text: str) -> tuple[str, str]:
    """The text without "6 min read", and that."""
    found = re.search(rf"\d{{1,3}}[ -]?(?:{'|'.join(map(re.escape, vocabulary()['minutes']))})(?![^\W\d_])\.?", text, re.IGNORECASE)
    if not found:
        return text, ""
    parts = PARTS.split(text)
    part = next(part for part in parts if found[0] in part)
    others = re.findall(r"[^\W\d_]+", part.replace(found[0], " ").casefold())
    if not set(others) <= set(vocabulary()["reading"]):
        return text, ""
    return " | ".join(other for other in parts if other != part), part.strip(BETWEEN)


def _names(text: str, *, bare: bool) -> list[str] | None:
    """The names in a part of a byline; `bare` ones, of two words or more, need no word before them. None: it is something else."""
    named = _behind_label(text)
    if named is None and _is_label(text):
        return []
    if named is None and not (bare and length_in_words(text) > 1):
        return None
    both = "|".join(re.escape(each) for each in vocabulary()["and"])
    names = [name.strip(" .") for name in re.split(rf"\s*[,;、，]\s*(?:(?:{both})\s)?|\s+(?:{both})\s+|\s*&\s*", named or text)]
    return names if all(map(_is_name, names)) and not ends_sentence(text) else None


def _behind_label(text: str) -> str | None:
    """What stands behind the words that lead to a name."""
    folded = text.casefold().replace("：", ":")
    for label in vocabulary()["wrote"]:
        if folded.startswith(label) and not (label[-1].isalpha() and folded[len(label) : len(label) + 1].isalnum()):
            return text[len(label) :].strip(BETWEEN) or None
    return None


def _is_label(text: str) -> bool:
    return any(text.casefold() == label.rstrip(":") for words in ("published", "updated", "wrote") for label in vocabulary()[words])


def _is_name(text: str) -> bool:
    """Whether each word begins as a name does, or the script has no capitals."""
    words = re.split(r"[\s-]+", text)
    small = vocabulary()["particles"]
    fits = all(word[:1].isalpha() and (not word[0].islower() or word in small) for word in words)
    return len(words) <= LONGEST_NAME and fits and not words[0][:1].islower() and not any(map(str.isdigit, text))


@cache
def vocabulary() -> Mapping[str, tuple[str, ...]]:
    """The words of bylines, the longer before the shorter."""
    read = _read_words()
    phrases = {
        key: {phrase.strip() for line in text.splitlines() for phrase in line.split("|")} for key, text in read["phrases"].items()
    }
    words = {key: set(text.split()) for key, text in read["words"].items()}
    return {key: tuple(sorted(each - {""}, key=lambda word: (-len(word), word))) for key, each in (phrases | words).items()}


@cache
def _months() -> Mapping[str, int]:
    """The number of a month by any of its names."""
    lines = _read_words()["words"]["months"].strip().splitlines()
    forms = {name: number for number, line in enumerate(lines, 1) for name in line.split()}
    return {**forms, **month_numbers()}


@cache
def _read_words() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("pressout.readers.plain") / "bylines.toml").read_text("utf-8"))

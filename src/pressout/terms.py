"""Terms: the words that pressout prints itself, by language, and what else hangs on a language's name."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pressout.model import Direction

FALLBACK = "en"
# Subtags of ISO 15924 and of countries that tell how Chinese is written
TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
OLD_CODES = {"iw": "he", "in": "id", "ji": "yi", "no": "nb"}
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "khw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def language(lang: str) -> str:
    """The language of a BCP 47 tag without its region; Chinese with its script, `zh-Hans` or `zh-Hant`."""
    first, *rest = lang.lower().replace("_", "-").split("-")
    if first in ("zh", "cmn", "yue"):
        return "zh-Hant" if TRADITIONAL.intersection(rest) or first == "yue" else "zh-Hans"
    return OLD_CODES.get(first, first)


def direction(lang: str) -> Direction:
    """Which way the language is written, by its script where the tag names one; nothing where there is no language."""
    subtags = lang.lower().replace("_", "-").split("-")
    script = next((subtag for subtag in subtags[1:] if len(subtag) == 4 and subtag.isalpha()), "")
    if script:
        return "rtl" if script in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    if not lang:
        return ""
    return "rtl" if language(lang) in RIGHT_TO_LEFT else "ltr"


def term(name: str, lang: str) -> str:
    """The word for `name` in the language, else in English; raises KeyError for a name that is no term."""
    return str(_terms(lang).get(name) or _all_terms()[FALLBACK][name])


def label(kind: str, number: str, lang: str) -> str:
    """What a numbered thing is called, on itself and where it is referred to: "Figure 3", "第 2 页".

    `kind` is figure, table, section, note or page. Its space does not break, so that a line never begins with the number.
    """
    return term(f"{kind}-label", lang).format(number).replace(" ", "\u00a0")


def long_date(date: datetime.date, lang: str) -> str:
    """The date as it is written in running text: "15 September 2025", in the United States "September 15, 2025"."""
    terms = _terms(lang)
    months, pattern = terms["months"], terms["date"]
    if lang.lower().replace("_", "-") == "en-us":
        pattern = "{month} {day}, {year}"
    day = "1er" if date.day == 1 and language(lang) == "fr" else str(date.day)
    parts = {"day": day, "month-number": str(date.month), "year": str(date.year), "month": months[date.month - 1] if months else ""}
    written = str(pattern.format_map(parts))
    return written.translate(PERSIAN_DIGITS) if language(lang) == "fa" else written


@cache
def month_numbers() -> Mapping[str, int]:
    """The number of a month, from 1, by its full name in small letters, in any of the languages."""
    return {name.casefold(): number for terms in _all_terms().values() for number, name in enumerate(terms["months"], 1)}


def _terms(lang: str) -> dict[str, Any]:
    every = _all_terms()
    return every.get(language(lang)) or every[FALLBACK]


@cache
def _all_terms() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("pressout") / "terms.toml").read_text("utf-8"))

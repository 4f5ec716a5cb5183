"""Languages and directions as Word wants them: full tags in three kinds, and runs that go one way only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from pressout.terms import direction, language

# The country whose usage Word takes for a language that is named without one: Word's proofing tools know no bare language
COUNTRIES: Mapping[str, str] = {
    "ar": "SA",
    "be": "BY",
    "bg": "BG",
    "ca": "ES",
    "cs": "CZ",
    "da": "DK",
    "de": "DE",
    "el": "GR",
    "en": "US",
    "es": "ES",
    "et": "EE",
    "eu": "ES",
    "fa": "IR",
    "fi": "FI",
    "fr": "FR",
    "ga": "IE",
    "he": "IL",
    "hi": "IN",
    "hr": "HR",
    "hu": "HU",
    "id": "ID",
    "is": "IS",
    "it": "IT",
    "ja": "JP",
    "ko": "KR",
    "lt": "LT",
    "lv": "LV",
    "nb": "NO",
    "nl": "NL",
    "nn": "NO",
    "pl": "PL",
    "pt": "PT",
    "ro": "RO",
    "ru": "RU",
    "sk": "SK",
    "sl": "SI",
    "sr": "RS",
    "sv": "SE",
    "ta": "IN",
    "th": "TH",
    "tr": "TR",
    "uk": "UA",
    "ur": "PK",
    "vi": "VN",
}
CHINESE: Mapping[str, str] = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
EAST_ASIAN = frozenset({"ja", "ko", "zh-Hans", "zh-Hant"})
# Scripts that Word sets as "complex" without their being written from right to left
COMPLEX = frozenset({"bn", "gu", "hi", "kn", "lo", "ml", "mr", "ne", "pa", "si", "ta", "te", "th", "km", "my"})
# Scripts whose letters need more height than Latin's line
TALL = COMPLEX | EAST_ASIAN | {"ar", "ckb", "fa", "ps", "sd", "ug", "ur"}

Kind = Literal["val", "eastAsia", "bidi"]


def kind(lang: str) -> Kind:
    """Which attribute of w:lang holds the language: that of Latin, of East Asian or of complex scripts."""
    if language(lang) in EAST_ASIAN:
        return "eastAsia"
    return "bidi" if direction(lang) == "rtl" or language(lang) in COMPLEX else "val"


def is_tall(lang: str) -> bool:
    """Whether the letters of a language reach further up or down than Latin ones."""
    return language(lang) in TALL


def tag(lang: str) -> str:
    """The language with a country: `de` is `de-DE`, `zh-Hant` is `zh-TW`; one that names a country, or is unknown, stays."""
    subtags = lang.replace("_", "-").split("-")
    if any(len(subtag) == 2 and subtag.isalpha() for subtag in subtags[1:]):
        return f"{subtags[0]}-{next(subtag for subtag in subtags[1:] if len(subtag) == 2).upper()}"
    known = language(lang)
    return CHINESE.get(known) or (f"{known}-{COUNTRIES[known]}" if known in COUNTRIES else lang)


# Directions

# Hebrew, Arabic, Syriac, Thaana, N'Ko, Samaritan, Mandaic and their presentation forms; Old Semitic, Adlam and others beyond
LEFTWARD = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]"
RIGHTWARD = rf"(?:(?!{LEFTWARD})[^\W\d_])"
GAP = rf"(?:(?!{LEFTWARD})[\W_])"

LEFTWARD_LETTER = re.compile(LEFTWARD)
LEFTWARD_STRETCH = re.compile(rf"{LEFTWARD}+(?:(?:{GAP}|\d)+{LEFTWARD}+)*")
RIGHTWARD_STRETCH = re.compile(rf"{RIGHTWARD}(?:{RIGHTWARD}|{GAP}+(?={RIGHTWARD}|\d)|\d)*")


def stretches(text: str, rtl: bool) -> Iterator[tuple[str, bool]]:
    """The text in pieces that go one way, each with whether it goes leftward; what has no direction goes with the line's own.

    Word takes the font, size and order of a run from its direction, so a Latin word in an Arabic line is a run of its own.
    """
    if not rtl and text and not LEFTWARD_LETTER.search(text):
        yield text, False
        return
    other = RIGHTWARD_STRETCH if rtl else LEFTWARD_STRETCH
    place = 0
    for found in other.finditer(text):
        if found.start() > place:
            yield text[place : found.start()], rtl
        yield found[0], not rtl
        place = found.end()
    if place < len(text):
        yield text[place:], rtl

"""Slugs: words made into names that XML, addresses and people can live with."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60  # characters; an anchor is read by people, in addresses
# XML 1.0, fifth edition, section 2.3, productions 4 and 4a, without the colon: a name in any vocabulary
NAME_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NOT_FIRST = "\\-.0-9\u00b7\u0300-\u036f\u203f\u2040"
NOT_IN_NAME = re.compile(f"[^{NAME_START}{NOT_FIRST}]+")
LEADING = re.compile(f"^[{NOT_FIRST}]+")
LATIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
ACCENT = re.compile("(?<=[a-z])[\u0300-\u036f]+")
SILENT = re.compile("['’.\u00ad\u200b-\u200f]")  # "what's" is one word, and so is "cloud.gov"


def slug(words: str, kind: str) -> str:
    """The words in lower case, joined by hyphens: Latin letters without accents, those of other scripts as they are.

    A name for XML, so it begins with a letter: what stands before the first is left out, and where there is none the `kind` of
    thing that is named comes first.
    """
    plain = unicodedata.normalize("NFKD", SILENT.sub("", words.lower()).translate(LATIN))
    plain = unicodedata.normalize("NFC", ACCENT.sub("", plain))
    letters = "".join(letter if _is_word(letter) else " " for letter in plain)
    name = "-".join(NOT_IN_NAME.sub(" ", letters).split())
    return _short(LEADING.sub("", name) or "-".join(filter(None, (kind, name))))


def as_name(wanted: str) -> str:
    """The nearest name that XML allows."""
    name = NOT_IN_NAME.sub("-", wanted).strip("-")
    return f"_{name}" if LEADING.match(name) else name


def likeness(wanted: str) -> str:
    """What is alike in the anchors that different programs make of the same words: the letters and digits alone."""
    plain = unicodedata.normalize("NFKD", wanted.lower().translate(LATIN))
    return "".join(filter(_is_word, ACCENT.sub("", plain)))


def _is_word(letter: str) -> bool:
    """Letters, the marks on them, and digits."""
    kind = unicodedata.category(letter)
    return kind[0] in "LM" or kind == "Nd"


def _short(name: str) -> str:
    """Cut after the last whole word that fits; where words have no spaces, anywhere."""
    if len(name) <= LONGEST:
        return name
    return name[: LONGEST + 1].rpartition("-")[0] or name[:LONGEST]

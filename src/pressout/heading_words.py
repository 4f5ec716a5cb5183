"""Heading words: what the headings of sections with a role are called, in the languages that pressout has words for."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

from pressout.model import Role
from pressout.terms import language

OPEN_END = " …"
EMOJI_JOINERS = "\u200d\ufe0e\ufe0f\u20e3"
# "3.", "2.1", "IV.", "b)", "§ 4" before a heading's words; a lone letter or Roman number only with its dot or bracket
NUMBERING = re.compile(r"(?:§\s*)?(?:\d+(?:\.\d+)*[.):]?|[ivxlc]+[.)]|[a-z][.)])\s+", re.IGNORECASE)
# What may follow the words of a role, where the heading's own subject begins
ENDING = re.compile(r"\s*(?:[:：(（\[|]|\s[-–—‒―]\s|[—―])")
COUNTED = re.compile(r"\s(?:\d+|[ivx]+|\w)$")  # "appendix b"
QUESTION_MARKS = ("?", "？", "؟", ";", "՞")


def inferred_role(heading: str, lang: str) -> Role:
    """The role that a heading's words tell, in the language of the document; NONE where they may mean something else."""
    words = _normal(heading)
    words = words[match.end() :] if (match := NUMBERING.match(words)) else words
    closed, opened = _phrases(language(lang or "en"))
    subject = ENDING.search(words)
    for whole in (words, words[: subject.start()] if subject else words):
        plain = whole.strip(" .…!?:：。！")
        if role := closed.get(plain):
            return role
        if closed.get(COUNTED.sub("", plain)) is Role.APPENDIX:
            return Role.APPENDIX
    if words.endswith(QUESTION_MARKS):
        return Role.NONE
    return next((role for phrase, role in opened if words.startswith(phrase)), Role.NONE)


def _normal(heading: str) -> str:
    """The words in one case, composition and kind of apostrophe and space, without signs like emoji around them."""
    text = unicodedata.normalize("NFC", heading.replace("’", "'")).casefold()
    signs = {sign for sign in text if unicodedata.category(sign) in ("So", "Sk")}
    return re.sub(r"\s+", " ", text).strip("".join(signs) + EMOJI_JOINERS + " ")


@cache
def _phrases(lang: str) -> tuple[dict[str, Role], tuple[tuple[str, Role], ...]]:
    """The words that are a role's whole heading, and those with which one may begin."""
    every = tomllib.loads((files("pressout") / "heading_words.toml").read_text("utf-8"))
    rows = [(phrase, Role(role)) for part in ("any", lang) for role, phrases in every.get(part, {}).items() for phrase in phrases]
    closed = {_normal(phrase.removesuffix(OPEN_END)): role for phrase, role in rows}
    opened = tuple((_opening(phrase.removesuffix(OPEN_END)), role) for phrase, role in rows if phrase.endswith(OPEN_END))
    return closed, opened


def _opening(phrase: str) -> str:
    """With the space that ends a word, but where words have none."""
    normal = _normal(phrase)
    return normal if re.search(r"[\u3040-\u30ff\u4e00-\u9fff]$", normal) else f"{normal} "

"""Roles: what a section is for, as the writer says, else as the words of its heading tell."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from pressout.diagnostics import Report
from pressout.model import Attributes, Block, Blocks, Document, Role, Section
from pressout.prepare.questions import has_questions
from pressout.terms import language
from pressout.walk import plain_text, remake

NO_ROLE = "none"  # what a writer writes to keep a role from being inferred
OPEN_END = " …"
EMOJI_JOINERS = "\u200d\ufe0e\ufe0f\u20e3"
# "3.", "2.1", "IV.", "b)", "§ 4" before a heading's words; a lone letter or Roman number only with its dot or bracket
NUMBERING = re.compile(r"(?:§\s*)?(?:\d+(?:\.\d+)*[.):]?|[ivxlc]+[.)]|[a-z][.)])\s+", re.IGNORECASE)
# What may follow the words of a role, where the heading's own subject begins
ENDING = re.compile(r"\s*(?:[:：(（\[|]|\s[-–—‒―]\s|[—―])")
COUNTED = re.compile(r"\s(?:\d+|[ivx]+|\w)$")  # "appendix b"
QUESTION_MARKS = ("?", "？", "؟", ";", "՞")


def add_roles(document: Document, report: Report) -> Document:
    """Every section with its role: by a class or `role=` of its heading, else inferred and reported as a note."""

    def with_role(block: Block) -> Blocks:
        match block:
            case Section():
                return (_with_role(block, document.metadata.lang, report),)
            case _:
                return (block,)

    return remake(document, with_role, lambda inlines: inlines)


def _with_role(section: Section, lang: str, report: Report) -> Section:
    given = _given(section, report)
    if given is not None:
        return replace(section, role=given, attributes=_spent(section.attributes))
    words = plain_text(section.heading.content)
    role = inferred_role(words, lang)
    if role is Role.NONE or (role is Role.FAQ and not has_questions(section.blocks, lang)):
        return section
    report.note(
        f"'{words}' is taken for the section '{role.value}'",
        section.span,
        hint=f"write {{.{role.value}}} after the heading to say so, or {{role=none}} if it is not",
    )
    return replace(section, role=role)


def _given(section: Section, report: Report) -> Role | None:
    """The role that the heading's attributes name; NONE where they say that it has none."""
    named = dict(section.attributes.values).get("role")
    if named is not None:
        return _named(named, section, report)
    return next((_known(name) for name in section.attributes.classes if _known(name)), None)


def _named(name: str, section: Section, report: Report) -> Role | None:
    if name.lower() in (NO_ROLE, ""):
        return Role.NONE
    if known := _known(name):
        return known
    near = get_close_matches(name.lower(), _names(), 1)
    hint = f"did you mean '{near[0]}'?" if near else f"write one of {', '.join(_names())}"
    report.warn(f"a section has no role '{name}'", section.span, hint=hint)
    return None


def _known(name: str) -> Role | None:
    plain = name.lower().replace("_", "-")
    return Role(plain) if plain in _names() else None


@cache
def _names() -> tuple[str, ...]:
    return tuple(role.value for role in Role if role)


def _spent(attributes: Attributes) -> Attributes:
    """The attributes without what is now the section's role."""
    classes = tuple(name for name in attributes.classes if not _known(name))
    values = tuple((key, value) for key, value in attributes.values if key != "role")
    return replace(attributes, classes=classes, values=values)


def inferred_role(heading: str, lang: str) -> Role:
    """The role that a heading's words tell, in the language of the document; NONE where they may mean something else."""
    words = _normal(heading)
    words = words[match.end() :] if (match := NUMBERING.match(words)) else words
    closed, opened = _phrases(language(lang or "en"))
    subject = ENDING.search(words)
    for whole in (words, words[: subject.start()] if subject else words):
        plain = whole.strip(" .!?:：。！")
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
    every = tomllib.loads((files("pressout.prepare") / "headings.toml").read_text("utf-8"))
    rows = [(phrase, Role(role)) for part in ("any", lang) for role, phrases in every.get(part, {}).items() for phrase in phrases]
    closed = {_normal(phrase.removesuffix(OPEN_END)): role for phrase, role in rows}
    opened = tuple((_opening(phrase.removesuffix(OPEN_END)), role) for phrase, role in rows if phrase.endswith(OPEN_END))
    return closed, opened


def _opening(phrase: str) -> str:
    """With the space that ends a word, but where words have none."""
    normal = _normal(phrase)
    return normal if re.search(r"[\u3040-\u30ff\u4e00-\u9fff]$", normal) else f"{normal} "

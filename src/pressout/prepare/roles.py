"""Roles: what a section is for, as the writer says, else as the words of its heading tell."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from functools import cache

from pressout.diagnostics import Report
from pressout.heading_words import inferred_role
from pressout.model import Attributes, Block, Blocks, DefinitionList, Division, Document, List, Paragraph, Role, Section
from pressout.prepare.questions import has_dialogue, has_questions
from pressout.walk import plain_text, remake

YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")  # every entry of a bibliography has one
NO_ROLE = "none"  # what a writer writes to keep a role from being inferred


def add_roles(document: Document, report: Report, *, guess: bool = True) -> Document:
    """Every section with its role: by a class or `role=` of its heading, else inferred, if wanted, and reported as a note."""

    def with_role(block: Block) -> Blocks:
        match block:
            case Section():
                return (_with_role(block, document.metadata.lang, report, guess=guess),)
            case _:
                return (block,)

    return remake(remake(document, _undivided, lambda run: run), with_role, lambda run: run)


def _undivided(block: Block) -> Blocks:
    """A division that is named for a role and holds one section is that section."""
    match block:
        case Division(blocks=(Section() as section,)) if role := _named_in(block.attributes):
            own = section.attributes
            classes = (role.value, *own.classes, *_spent(block.attributes).classes)
            return (replace(section, attributes=replace(block.attributes, id=own.id or block.attributes.id, classes=classes)),)
        case _:
            return (block,)


def _with_role(section: Section, lang: str, report: Report, *, guess: bool) -> Section:
    given = _given(section, report)
    if given is not None:
        return replace(section, role=given, attributes=_spent(section.attributes))
    if not guess:
        return section
    words = plain_text(section.heading.content)
    role = inferred_role(words, lang)
    if role is Role.NONE and has_dialogue(section.blocks, lang):
        role = Role.FAQ
    if role is Role.NONE or not _bears_out(role, section.blocks, lang):
        return section
    report.note(
        f"'{words}' is taken for the section '{role.value}'",
        section.span,
        hint=f"write {{.{role.value}}} after the heading to say so, or {{role=none}} if it is not",
    )
    return replace(section, role=role)


def _bears_out(role: Role, blocks: Blocks, lang: str) -> bool:
    """Whether what stands below a heading is what its words announce, where that can be told."""
    match role:
        case Role.FAQ:
            return has_questions(blocks, lang)
        case Role.BIBLIOGRAPHY:
            return any(map(_lists_works, blocks))
        case _:
            return True


def _lists_works(block: Block) -> bool:
    match block:
        case List() | DefinitionList():
            return True
        case Paragraph(content=content):
            return bool(YEAR.search(plain_text(content)))
        case _:
            return False


def _given(section: Section, report: Report) -> Role | None:
    """The role that the heading's attributes name; NONE where they say that it has none."""
    named = dict(section.attributes.values).get("role")
    if named is not None:
        return _named(named, section, report)
    return _named_in(section.attributes)


def _named_in(attributes: Attributes) -> Role | None:
    return next((_known(name) for name in attributes.classes if _known(name)), None)


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

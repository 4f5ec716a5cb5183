"""Prepare: every decision that two renderers would share, as named steps from document to document."""

from __future__ import annotations

from pressout.diagnostics import Report
from pressout.edition import Edition
from pressout.model import Document
from pressout.prepare.anchors import add_anchors
from pressout.prepare.anonymity import without_names
from pressout.prepare.callouts import name_callouts
from pressout.prepare.classes import follow_classes
from pressout.prepare.depth import limit_depth
from pressout.prepare.house import add_house
from pressout.prepare.language import settle_language
from pressout.prepare.notes import collect_notes
from pressout.prepare.numbers import add_numbers
from pressout.prepare.pictures import add_pictures
from pressout.prepare.questions import find_questions
from pressout.prepare.references import resolve_references
from pressout.prepare.roles import add_roles
from pressout.prepare.sections import keep_levels, nest_sections
from pressout.prepare.title import take_title
from pressout.prepare.typography import set_typography
from pressout.theme import Theme

__all__ = ["arrange", "prepare"]


def prepare(document: Document, theme: Theme, edition: Edition, report: Report) -> Document:
    """The document as all renderers draw it; what was inferred or is likely to be wrong goes into the report."""
    return set_typography(arrange(document, theme, edition, report))


def arrange(document: Document, theme: Theme, edition: Edition, report: Report) -> Document:
    """The document prepared in all but the typography of its text, which has every sign as it was written."""
    document = limit_depth(document, report)
    document = settle_language(document, report)
    document = take_title(document, report)
    flat, document = document, nest_sections(document, report)
    if edition.anchors:
        document = keep_levels(document, flat)
    # What is guessed from words would change with the words that an editor changes
    document = add_roles(document, report, guess=not edition.anchors)
    document = document if edition.anchors else find_questions(document)
    document = follow_classes(name_callouts(document))
    document = add_house(add_pictures(document, theme, report), theme)
    document = add_anchors(document, report)
    document = add_numbers(document, theme)
    document = collect_notes(document, report)
    document = resolve_references(document, report)
    return without_names(document, report) if edition.anonymous else document

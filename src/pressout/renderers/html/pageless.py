"""Pageless: references to a page in a book that has none say what is there, without the words for a page."""

from __future__ import annotations

import re
from dataclasses import replace

from pressout.model import CrossReference, Document, Inline, Inlines, Text
from pressout.terms import language
from pressout.walk import remake

# What leads to a page's number: words that want a noun behind them, and nouns that stand alone
LEADS = {
    "en": (r"(?:on|at) (?:page|p\.)", r"(?:page|p\.)"),
    "fr": (r"(?:à|sur) (?:la )?(?:page|p\.)", r"(?:page|p\.)"),
    "de": (r"auf (?:Seite|S\.)", r"(?:Seite|S\.)"),
    "es": (r"en (?:la )?(?:página|pág\.|p\.)", r"(?:página|pág\.|p\.)"),
    "it": (r"(?:a|alla) (?:pagina|pag\.|p\.)", r"(?:pagina|pag\.|p\.)"),
    "nl": (r"op (?:pagina|bladzijde|p\.|blz\.)", r"(?:pagina|bladzijde|p\.|blz\.)"),
    "pt": (r"na (?:página|pág\.|p\.)", r"(?:página|pág\.|p\.)"),
    "pl": (r"na (?:stronie|s\.|str\.)", r"(?:strona|stronę|s\.|str\.)"),
}


def without_pages(document: Document) -> Document:
    """The document for a book without pages: "Figure 1 on page 4" is Figure 1, "see page 4" is see Figure 1."""
    leads = LEADS.get(language(document.metadata.lang))
    if not leads:
        return document
    patterns = [re.compile(rf"(^|[\s(]){lead}[\s\u00a0]+$", re.IGNORECASE) for lead in leads]

    def inlines(run: Inlines) -> Inlines:
        made: list[Inline] = []
        for piece in run:
            match piece:
                case CrossReference(form="page"):
                    _add(made, piece, patterns)
                case _:
                    made.append(piece)
        return tuple(made)

    return remake(document, lambda block: (block,), inlines)


def _add(made: list[Inline], reference: CrossReference, patterns: list[re.Pattern[str]]) -> None:
    """A reference behind what stands before it: with its name where that is not said yet, in brackets behind a preposition."""
    match made[-1:]:
        case [Text(text=words) as before]:
            within, alone = (pattern.search(words) for pattern in patterns)
            found = within or alone
        case _:
            found = None
    if not found:
        made.append(reference)
        return
    left = words[: found.start()] + found[1]
    made[-1] = replace(before, text=left)
    match made[-2:]:
        case [CrossReference(target=target), _] if target == reference.target and not left.strip():
            made.pop()
        case _ if within:
            made += [Text("("), reference, Text(")")]
        case _:
            made.append(reference)

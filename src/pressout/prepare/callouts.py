"""Callouts: a title for each callout that has none, in the document's language."""

from __future__ import annotations

from dataclasses import replace

from pressout.model import Block, Blocks, Callout, Document, Text
from pressout.terms import term
from pressout.walk import remake


def name_callouts(document: Document) -> Document:
    """Every callout with a title."""

    def named(block: Block) -> Blocks:
        match block:
            case Callout(title=()):
                return (replace(block, title=(Text(term(block.kind, document.metadata.lang)),)),)
            case _:
                return (block,)

    return remake(document, named, lambda inlines: inlines)

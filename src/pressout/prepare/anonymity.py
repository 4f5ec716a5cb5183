"""Anonymity: an article without the names of those who wrote it, for readers who shall not know them."""

from __future__ import annotations

from dataclasses import replace

from pressout.diagnostics import Report
from pressout.model import Block, Blocks, Document, Role, Section
from pressout.walk import rewrite

# Sections that say who wrote an article, and whom they know
MAKERS = ("author", "editor", "translator", "illustrator")
NAMING = frozenset({Role.ACKNOWLEDGMENTS, Role.CREDITS, Role.COLOPHON})


def without_names(document: Document, report: Report) -> Document:
    """The prepared document without those who made it, and without the sections that thank or credit; each is reported.

    What the running text says of its authors is theirs to take out.
    """

    def anonymous(block: Block) -> Blocks:
        match block:
            case Section(role=role) if role in NAMING:
                report.note(f"the section '{role.value}' is left out, because the article is anonymous", block.span)
                return ()
            case _:
                return (block,)

    metadata = document.metadata
    spans = {key: span for key, span in metadata.spans.items() if key.partition(".")[0] not in MAKERS}
    return replace(
        document,
        metadata=replace(metadata, authors=(), editors=(), translators=(), illustrators=(), spans=spans),
        blocks=rewrite(document.blocks, anonymous, lambda inlines: inlines),
    )

"""Depth: what is nested deeper than a page, an e-reader or a program can follow is set flat, no word lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pressout.diagnostics import Report, Span
from pressout.model import (
    Abbreviation,
    Block,
    Blocks,
    Code,
    CodeBlock,
    CrossReference,
    Document,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    NoteReference,
    Paragraph,
    SoftBreak,
    Text,
    ThematicBreak,
    Verse,
)
from pressout.walk import Piece, children, inside, walk, within

DEEPEST = 30  # blocks within each other, and marks within each other; Python lets functions call each other a thousand deep


def limit_depth(document: Document, report: Report) -> Document:
    """The document with nothing nested deeper than DEEPEST; where it was, is reported."""
    metadata, notes = document.metadata, document.notes
    head = (*metadata.title, *metadata.subtitle, *metadata.description, *metadata.abstract)
    if not _may_be_deep((*head, *document.blocks, *notes)):
        return document
    limit = _Limit(report)
    metadata = replace(
        metadata,
        title=limit.in_inlines(metadata.title),
        subtitle=limit.in_inlines(metadata.subtitle),
        description=limit.in_inlines(metadata.description),
        abstract=limit.in_blocks(metadata.abstract),
    )
    notes = tuple(replace(note, blocks=limit.in_blocks(note.blocks)) for note in notes)
    return replace(document, metadata=metadata, blocks=limit.in_blocks(document.blocks), notes=notes)


def _may_be_deep(pieces: tuple[Piece, ...]) -> bool:
    rows = [iter(pieces)]
    while rows:
        piece = next(rows[-1], None)
        if piece is None:
            rows.pop()
        elif len(rows) > DEEPEST:
            return True
        else:
            rows.append(children(piece))
    return False


@dataclass(slots=True)
class _Limit:
    report: Report

    def in_blocks(self, blocks: Blocks, depth: int = 0) -> Blocks:
        """The blocks, which stand at this depth, with what is too deep in them dissolved."""
        if depth < DEEPEST:
            return tuple(inside(block, lambda inner: self.in_blocks(inner, depth + 1), self.in_inlines) for block in blocks)
        leaves = tuple(leaf for block in blocks for leaf in _leaves(block))
        if leaves != blocks:
            self._say(blocks[0].span)
        return tuple(inside(leaf, tuple, self.in_inlines) for leaf in leaves)

    def in_inlines(self, run: Inlines, depth: int = 0) -> Inlines:
        if depth < DEEPEST:
            return tuple(within(inline, lambda inner: self.in_inlines(inner, depth + 1)) for inline in run)
        flat = tuple(_flat(run))
        if flat != run:
            self._say(run[0].span)
        return flat

    def _say(self, span: Span | None) -> None:
        self.report.warn(f"what is nested more than {DEEPEST} deep is set flat", span, hint="nest lists and quotes less deep")


def _leaves(block: Block) -> Iterator[Block]:
    """The paragraphs and the like in a block, in reading order; lines that stand in it directly become paragraphs."""
    waiting = [block]
    while waiting:
        block = waiting.pop()
        match block:
            case Paragraph() | Heading() | CodeBlock() | Verse() | Figure() | ThematicBreak():
                yield block
            case _:
                waiting += reversed(_parts(block))


def _parts(block: Block) -> list[Block]:
    parts: list[Block] = []

    def take_blocks(blocks: Blocks) -> Blocks:
        parts.extend(blocks)
        return ()

    def take_run(run: Inlines) -> Inlines:
        parts.extend([Paragraph(run, span=run[0].span)] if run else [])
        return ()

    inside(block, take_blocks, take_run)
    return parts


def _flat(run: Inlines) -> Iterator[Inline]:
    """What a run holds at its very inside, without marks and links."""
    for piece in walk(run):
        match piece:
            case Text() | SoftBreak() | LineBreak() | Code() | Abbreviation() | Image() | NoteReference() | CrossReference():
                yield piece
            case _:
                continue

"""Typography: a document's text in the signs of its languages, and the reading text that this is done on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple, assert_never

from pressout.model import (
    Abbreviation,
    Block,
    Blocks,
    Code,
    CrossReference,
    Document,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Marked,
    Node,
    NoteReference,
    Section,
    SoftBreak,
    Text,
)
from pressout.prepare.typographic import ATOM, VERBATIM, Piece, Stretch, typographic
from pressout.walk import inside, plain_text, within

VERBATIM_CLASS = "verbatim"


def set_typography(document: Document) -> Document:
    """The document in typographic signs: never in code, addresses, nor what has the class `verbatim`."""
    metadata, lang = document.metadata, document.metadata.lang
    metadata = replace(
        metadata,
        title=set_run(metadata.title, lang),
        subtitle=set_run(metadata.subtitle, lang),
        description=set_run(metadata.description, lang),
        abstract=_set_blocks(metadata.abstract, lang),
    )
    notes = tuple(replace(note, blocks=_set_blocks(note.blocks, _language(note, lang))) for note in document.notes)
    return replace(document, metadata=metadata, blocks=_set_blocks(document.blocks, lang), notes=notes)


def _set_blocks(blocks: Blocks, lang: str) -> Blocks:
    return tuple(_set_block(block, _language(block, lang)) for block in blocks)


def _set_block(block: Block, lang: str) -> Block:
    match block:
        case Section(heading=heading):
            return inside(block, partial(_set_blocks, lang=lang), partial(set_run, lang=_language(heading, lang)))
        case _:
            return inside(block, partial(_set_blocks, lang=lang), partial(set_run, lang=lang))


def _language(node: Node, lang: str) -> str:
    """The language inside a node that stands in `lang`."""
    if lang == VERBATIM or VERBATIM_CLASS in node.attributes.classes:
        return VERBATIM
    return node.attributes.lang or lang


def set_run(run: Inlines, lang: str) -> Inlines:
    """One run of inlines in typographic signs; a quotation that opens before an emphasis may end after it."""
    return _filled(run, _shares(run, lang), lang)


def run_pieces(run: Inlines, lang: str) -> tuple[Piece, ...]:
    """What is printed for the reading text of a run, piece by piece."""
    leaves, stretches, done = tuple(_leaves(run, lang)), [], 0
    for leaf in leaves:
        stretches += [Stretch(done, done + len(leaf.text), leaf.lang)] if leaf.lang != lang else []
        done += len(leaf.text)
    return typographic("".join(leaf.text for leaf in leaves), lang, stretches)


def _shares(run: Inlines, lang: str) -> Iterator[str]:
    """What is printed for each leaf of a run. A sign that stands for characters of two leaves goes to the first."""
    printed: list[str] = []
    for text, length in run_pieces(run, lang):
        printed += text if len(text) == length else (text, *[""] * (length - 1))
    done = 0
    for leaf in _leaves(run, lang):
        yield "".join(printed[done : done + len(leaf.text)])
        done += len(leaf.text)


class _Leaf(NamedTuple):
    """A stretch of reading text that one inline holds, and its language."""

    text: str
    lang: str


def _leaves(run: Inlines, lang: str) -> Iterator[_Leaf]:
    for inline in run:
        own = _language(inline, lang)
        match inline:
            case Text(text=text):
                yield _Leaf(text, own)
            case SoftBreak():
                yield _Leaf("\n", own)
            case LineBreak():
                yield _Leaf("\n", VERBATIM)
            case Code(text=text) | Abbreviation(text=text):
                yield _Leaf(text, VERBATIM)
            case Image() | NoteReference() | CrossReference():
                yield _Leaf(ATOM, VERBATIM)
            case Link(content=content):
                yield from _leaves(content, VERBATIM if _is_address(inline) else own)
            case Marked():
                yield from _leaves(inline.content, own)
            case _:
                assert_never(inline)


def _is_address(link: Link) -> bool:
    """Whether a link shows where it leads."""
    words = plain_text(link.content)
    return words in link.target and bool(re.search(r"[/@]", words))


def _filled(run: Inlines, shares: Iterator[str], lang: str) -> Inlines:
    """The run with what is printed in the place of its leaves, in their order; a line end that is nothing goes."""
    done: list[Inline] = []
    for inline in run:
        own = _language(inline, lang)
        match inline:
            case Text(text=text):
                share = next(shares)
                done += [inline if share == text else replace(inline, text=share)] if share or not text else []
            case SoftBreak():
                done += [inline] if next(shares) else []
            case CrossReference(content=content):
                next(shares)
                done.append(replace(inline, content=set_run(content, own)))
            case LineBreak() | Code() | Abbreviation() | Image() | NoteReference():
                next(shares)
                done.append(inline)
            case _:
                done.append(within(inline, partial(_filled, shares=shares, lang=own)))
    return tuple(done)

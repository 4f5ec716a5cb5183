"""Questions that can be asked of any node: its children, its text, the outline; and one way to rewrite a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from pressout.model import (
    Abbreviation,
    Block,
    Blocks,
    Callout,
    Cell,
    Code,
    CodeBlock,
    CrossReference,
    Definition,
    DefinitionList,
    Division,
    Emphasis,
    Figure,
    Heading,
    Highlight,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    Note,
    NoteReference,
    Paragraph,
    Phrase,
    QuestionAnswer,
    Quote,
    Row,
    Section,
    SmallCaps,
    SoftBreak,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    ThematicBreak,
    Verse,
)

Piece = Block | Inline | ListItem | Definition | Row | Cell | Note


def children(piece: Piece) -> Iterator[Piece]:
    """What stands directly inside a node, in reading order."""
    match piece:
        case (
            Text()
            | SoftBreak()
            | LineBreak()
            | Code()
            | Abbreviation()
            | Image()
            | NoteReference()
            | CodeBlock(caption=())
            | ThematicBreak()
        ):
            return
        case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript() | SmallCaps() | Highlight() | Phrase():
            yield from piece.content
        case Link() | CrossReference() | Paragraph() | Heading():
            yield from piece.content
        case Section(heading=heading, blocks=blocks):
            yield heading
            yield from blocks
        case List(items=items) | DefinitionList(items=items):
            yield from items
        case ListItem() | Division() | Note() | Cell():
            yield from piece.blocks
        case Definition(terms=terms, definitions=definitions):
            for inlines in terms:
                yield from inlines
            for blocks in definitions:
                yield from blocks
        case Quote(blocks=blocks, attribution=attribution):
            yield from blocks
            yield from attribution
        case Verse(lines=lines, attribution=attribution):
            for line in lines:
                yield from line
            yield from attribution
        case CodeBlock(caption=caption):
            yield from caption
        case Table(head=head, body=body, caption=caption, source=source):
            yield from caption
            yield from head
            yield from body
            yield from source
        case Row(cells=cells):
            yield from cells
        case Figure(images=images, caption=caption, credit=credit):
            yield from images
            yield from caption
            yield from credit
        case QuestionAnswer(question=question, answer=answer):
            yield from question
            yield from answer
        case Callout(title=title, blocks=blocks):
            yield from title
            yield from blocks
        case _:
            assert_never(piece)


def walk(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Every node, each before what it holds, in reading order."""
    for piece in pieces:
        yield piece
        yield from walk(children(piece))


def plain_text(inlines: Iterable[Piece]) -> str:
    """The words as they are read, without marks: breaks are spaces, a picture is its alt text, a note's mark is nothing."""
    return "".join(map(_text, inlines))


def _text(piece: Piece) -> str:
    match piece:
        case Text(text=text) | Code(text=text) | Abbreviation(text=text):
            return text
        case SoftBreak() | LineBreak():
            return " "
        case Image(alt=alt):
            return alt
        case CodeBlock(text=text):
            return text
        case _:
            return plain_text(children(piece))


def rewrite(blocks: Blocks, block: Callable[[Block], Blocks], inlines: Callable[[Inlines], Inlines]) -> Blocks:
    """The blocks made anew from the leaves up: `inlines` is given each run of inlines once, `block` each block after its insides.

    `block` gives back what stands in the block's place: nothing, one block or several.
    """
    return tuple(new for old in blocks for new in block(_inside(old, block, inlines)))


def _inside(old: Block, block: Callable[[Block], Blocks], inlines: Callable[[Inlines], Inlines]) -> Block:
    def deep(blocks: Blocks) -> Blocks:
        return rewrite(blocks, block, inlines)

    def row(old: Row) -> Row:
        return replace(old, cells=tuple(replace(cell, blocks=deep(cell.blocks)) for cell in old.cells))

    match old:
        case Paragraph() | Heading():
            return replace(old, content=inlines(old.content))
        case Section():
            heading = replace(old.heading, content=inlines(old.heading.content))
            return replace(old, heading=heading, blocks=deep(old.blocks))
        case List():
            return replace(old, items=tuple(replace(item, blocks=deep(item.blocks)) for item in old.items))
        case DefinitionList():
            return replace(
                old,
                items=tuple(
                    replace(item, terms=tuple(map(inlines, item.terms)), definitions=tuple(map(deep, item.definitions)))
                    for item in old.items
                ),
            )
        case Quote():
            return replace(old, blocks=deep(old.blocks), attribution=inlines(old.attribution))
        case Verse():
            return replace(old, lines=tuple(map(inlines, old.lines)), attribution=inlines(old.attribution))
        case CodeBlock():
            return replace(old, caption=inlines(old.caption))
        case Table():
            return replace(
                old,
                head=tuple(map(row, old.head)),
                body=tuple(map(row, old.body)),
                caption=inlines(old.caption),
                source=inlines(old.source),
            )
        case Figure():
            return replace(old, caption=inlines(old.caption), credit=inlines(old.credit))
        case QuestionAnswer():
            return replace(old, question=inlines(old.question), answer=deep(old.answer))
        case Callout():
            return replace(old, title=inlines(old.title), blocks=deep(old.blocks))
        case Division():
            return replace(old, blocks=deep(old.blocks))
        case ThematicBreak():
            return old
        case _:
            assert_never(old)

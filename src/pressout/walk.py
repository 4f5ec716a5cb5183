"""Questions that can be asked of any node: its children, its text, the outline; and one way to rewrite a tree."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from operator import is_
from typing import Any, TypeVar, assert_never

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
    Document,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    Marked,
    Node,
    Note,
    NoteReference,
    Paragraph,
    QuestionAnswer,
    Quote,
    Row,
    Section,
    SoftBreak,
    Table,
    Text,
    ThematicBreak,
    Verse,
)

Part = ListItem | Definition | Row | Cell
Piece = Block | Inline | Part | Note
Changed = TypeVar("Changed", bound=Node)
Value = TypeVar("Value")


def children(piece: Piece) -> Iterator[Piece]:
    """What stands directly inside a node, in reading order."""
    return chain.from_iterable(_rows_inside(piece))


def _rows_inside(piece: Piece) -> tuple[Sequence[Piece], ...]:
    """Each row of nodes that a node holds, as its blocks and then its attribution."""
    match piece:
        case Text() | SoftBreak() | LineBreak() | Code() | Abbreviation() | Image() | NoteReference() | ThematicBreak():
            return ()
        case Marked():
            return (piece.content,)
        case Link() | CrossReference() | Paragraph() | Heading():
            return (piece.content,)
        case Section(heading=heading, blocks=blocks):
            return ((heading,), blocks)
        case List() | DefinitionList():
            return (piece.items,)
        case ListItem() | Division() | Note() | Cell():
            return (piece.blocks,)
        case Definition(terms=terms, definitions=definitions):
            return (*terms, *definitions)
        case Quote(blocks=blocks, attribution=attribution):
            return (blocks, attribution)
        case Verse(lines=lines, attribution=attribution):
            return (*lines, attribution)
        case CodeBlock(caption=caption):
            return (caption,)
        case Table(head=head, body=body, caption=caption, source=source):
            return (caption, head, body, source)
        case Row(cells=cells):
            return (cells,)
        case Figure(images=images, caption=caption, credit=credit):
            return (images, caption, credit)
        case QuestionAnswer(question=question, answer=answer):
            return (question, answer)
        case Callout(title=title, blocks=blocks):
            return (title, blocks)
        case _:
            assert_never(piece)


def walk(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Every node, each before what it holds, in reading order."""
    rows = [iter(pieces)]  # a stack of our own: Python's ends at a thousand levels
    while rows:
        piece = next(rows[-1], None)
        if piece is None:
            rows.pop()
            continue
        yield piece
        inside = _rows_inside(piece)
        if inside:
            rows.append(chain.from_iterable(inside))


def everything(document: Document) -> Iterator[Piece]:
    """Every node of a document, the title block's first and the notes' last."""
    head = document.metadata
    logo = (head.logo,) if head.logo else ()
    return walk((*logo, *head.title, *head.subtitle, *head.description, *head.abstract, *document.blocks, *document.notes))


def plain_text(pieces: Iterable[Piece]) -> str:
    """The words as they are read, without marks: breaks are spaces, a picture is its alt text, a note's mark is nothing."""
    return "".join(map(_own_text, walk(pieces)))


def _own_text(piece: Piece) -> str:
    match piece:
        case Text(text=text) | Code(text=text) | Abbreviation(text=text) | CodeBlock(text=text):
            return text
        case SoftBreak() | LineBreak():
            return " "
        case Image(alt=alt):
            return alt
        case _:
            return ""


def remake(document: Document, block: Callable[[Block], Blocks], inlines: Callable[[Inlines], Inlines]) -> Document:
    """The whole document rewritten in the order in which it is read: title block, body and notes."""
    metadata = replace(
        document.metadata,
        title=inlines(document.metadata.title),
        subtitle=inlines(document.metadata.subtitle),
        description=inlines(document.metadata.description),
        abstract=rewrite(document.metadata.abstract, block, inlines),
    )
    body = rewrite(document.blocks, block, inlines)
    notes = tuple(replace(note, blocks=rewrite(note.blocks, block, inlines)) for note in document.notes)
    return replace(document, metadata=metadata, blocks=body, notes=notes)


def rewrite(blocks: Blocks, block: Callable[[Block], Blocks], inlines: Callable[[Inlines], Inlines]) -> Blocks:
    """The blocks made anew from the leaves up: `inlines` is given each run of inlines once, `block` each block after its insides.

    `block` gives back what stands in the block's place: nothing, one block or several. Any depth is borne.
    """
    open_rows = [_rewritten(blocks, block, inlines)]
    advance = partial(next, open_rows[0])
    while True:
        try:
            inner = advance()
        except StopIteration as stop:
            open_rows.pop()
            done: Blocks = stop.value
            if not open_rows:
                return done
            advance = partial(open_rows[-1].send, done)
        else:
            open_rows.append(_rewritten(inner, block, inlines))
            advance = partial(next, open_rows[-1])


def same(part: Part) -> Part:
    """A part as it is: what is given for those that a rewriting leaves alone."""
    return part


def inside(
    old: Block,
    blocks: Callable[[Blocks], Blocks],
    inlines: Callable[[Inlines], Inlines],
    part: Callable[[Part], Part] = same,
) -> Block:
    """One block with each row of blocks and each run of inlines in it made anew, for steps that go from the top down.

    `part` is given each list item, definition, row and cell before its insides, and may change its attributes.
    """
    insides = _inside(old, inlines, part)
    advance = partial(next, insides)
    while True:
        try:
            inner = advance()
        except StopIteration as stop:
            new: Block = stop.value
            return new
        advance = partial(insides.send, blocks(inner))


def rewrite_inlines(run: Inlines, inline: Callable[[Inline], Inlines]) -> Inlines:
    """The run made anew from the leaves up: `inline` is given each inline after its insides, and gives what takes its place."""
    return _row(run, [new for old in run for new in inline(within(old, partial(rewrite_inlines, inline=inline)))])


def within(old: Inline, inlines: Callable[[Inlines], Inlines]) -> Inline:
    """One inline with what stands directly in it made anew."""
    match old:
        case Marked():
            return _with(old, content=inlines(old.content))
        case Link() | CrossReference():
            return _with(old, content=inlines(old.content))
        case Text() | SoftBreak() | LineBreak() | Code() | Abbreviation() | Image() | NoteReference():
            return old
        case _:
            assert_never(old)


# These generators give out the blocks inside a node, take them back made anew, and end with the new node


def _rewritten(
    blocks: Blocks, block: Callable[[Block], Blocks], inlines: Callable[[Inlines], Inlines]
) -> Generator[Blocks, Blocks, Blocks]:
    done: list[Block] = []
    for old in blocks:
        done += block((yield from _inside(old, inlines, same)))
    return _row(blocks, done)


def _inside(old: Block, inlines: Callable[[Inlines], Inlines], part: Callable[[Part], Part]) -> Generator[Blocks, Blocks, Block]:
    match old:
        case Paragraph() | Heading():
            return _with(old, content=inlines(old.content))
        case Section(heading=heading):
            heading = _with(heading, content=inlines(heading.content))
            return _with(old, heading=heading, blocks=(yield old.blocks))
        case List(items=items):
            return _with(old, items=(yield from _items(items, part)))
        case DefinitionList(items=entries):
            return _with(old, items=(yield from _definitions(entries, inlines, part)))
        case Quote():
            return _with(old, blocks=(yield old.blocks), attribution=inlines(old.attribution))
        case Verse():
            return _with(old, lines=_row(old.lines, list(map(inlines, old.lines))), attribution=inlines(old.attribution))
        case CodeBlock():
            return _with(old, caption=inlines(old.caption))
        case Table():
            caption, head, body = inlines(old.caption), (yield from _rows(old.head, part)), (yield from _rows(old.body, part))
            return _with(old, caption=caption, head=head, body=body, source=inlines(old.source))
        case Figure():
            return _with(old, caption=inlines(old.caption), credit=inlines(old.credit))
        case QuestionAnswer():
            return _with(old, question=inlines(old.question), answer=(yield old.answer))
        case Callout():
            return _with(old, title=inlines(old.title), blocks=(yield old.blocks))
        case Division():
            return _with(old, blocks=(yield old.blocks))
        case ThematicBreak():
            return old
        case _:
            assert_never(old)


def _items(items: tuple[ListItem, ...], part: Callable[[Part], Part]) -> Generator[Blocks, Blocks, tuple[ListItem, ...]]:
    done = []
    for item in items:
        attributes = part(item).attributes
        done.append(_with(item, attributes=attributes, blocks=(yield item.blocks)))
    return _row(items, done)


def _definitions(
    items: tuple[Definition, ...], inlines: Callable[[Inlines], Inlines], part: Callable[[Part], Part]
) -> Generator[Blocks, Blocks, tuple[Definition, ...]]:
    done = []
    for item in items:
        attributes, terms, meanings = part(item).attributes, _row(item.terms, list(map(inlines, item.terms))), []
        for blocks in item.definitions:
            meanings.append((yield blocks))
        done.append(_with(item, attributes=attributes, terms=terms, definitions=_row(item.definitions, meanings)))
    return _row(items, done)


def _rows(rows: tuple[Row, ...], part: Callable[[Part], Part]) -> Generator[Blocks, Blocks, tuple[Row, ...]]:
    done = []
    for row in rows:
        row_attributes, cells = part(row).attributes, []
        for cell in row.cells:
            attributes = part(cell).attributes
            cells.append(_with(cell, attributes=attributes, blocks=(yield cell.blocks)))
        done.append(_with(row, attributes=row_attributes, cells=_row(row.cells, cells)))
    return _row(rows, done)


def _with(node: Changed, **changes: Any) -> Changed:
    """The node with other values, or the node itself where each is the one that it has: most steps change little."""
    if all(getattr(node, name) is value for name, value in changes.items()):
        return node
    return replace(node, **changes)


def _row(old: tuple[Value, ...], new: list[Value]) -> tuple[Value, ...]:
    """The new row, or the old one where nothing in it is new."""
    if len(old) == len(new) and all(map(is_, old, new)):
        return old
    return tuple(new)

"""Outline: what an article holds, for people who index, score or search: its headings, lists, questions and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from pressout.model import (
    Block,
    Blocks,
    Callout,
    CodeBlock,
    DefinitionList,
    Division,
    Document,
    Figure,
    Heading,
    List,
    ListItem,
    Paragraph,
    QuestionAnswer,
    Quote,
    Section,
    Table,
    ThematicBreak,
    Verse,
)
from pressout.walk import plain_text

Outline = dict[str, object]
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\s\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
TOP_LEVEL = 2  # the level of the highest headings in the body; the title is 1


def outline(document: Document) -> Outline:
    """The outline of a prepared document: title, headings with levels from 2, lists, questions, lines left out, other text.

    `paragraphs` is every stretch of text that is in none of the others, so that no word of the article is missing.
    """
    found: dict[str, list[object]] = {"headings": [], "lists": [], "faq": [], "dropped": [*document.dropped], "paragraphs": []}
    _add_blocks(document.blocks, found)
    for note in document.notes:
        _add_blocks(note.blocks, found)
    found["paragraphs"] += _front(document)
    return {"title": plain_text(document.metadata.title), **found}


def word_count(document: Document) -> int:
    """How many words the headings, the text and the notes have; an ideograph or kana counts as one, as Word counts."""
    blocks = (*document.blocks, *(block for note in document.notes for block in note.blocks))
    return sum(len(WORD.findall(text)) for text in _texts(blocks))


def _front(document: Document) -> list[object]:
    """The words of the title block below the title."""
    metadata = document.metadata
    texts = [plain_text(metadata.subtitle), plain_text(metadata.description), *_texts(metadata.abstract)]
    texts += [author.name for author in metadata.authors]
    texts += [day.isoformat() for day in (metadata.date, metadata.modified) if day]
    texts += [metadata.publisher, metadata.series, metadata.issue, metadata.rights]
    return [text for text in texts if text]


def _add_blocks(blocks: Blocks, found: dict[str, list[object]]) -> None:
    for block in blocks:
        _add(block, found)


def _add(block: Block, found: dict[str, list[object]]) -> None:
    match block:
        case Section(heading=heading, blocks=blocks):
            _add(heading, found)
            _add_blocks(blocks, found)
        case Heading(level=level, content=content):
            found["headings"].append({"text": plain_text(content), "level": level + TOP_LEVEL - 1})
        case List(items=items):
            found["lists"].append([_item(item) for item in items])
        case QuestionAnswer(question=question, answer=answer):
            found["faq"].append({"q": plain_text(question), "a": "\n".join(_texts(answer))})
            _add_blocks(tuple(block for block in answer if isinstance(block, List)), found)
        case Callout(blocks=blocks, title=title):
            found["paragraphs"] += filter(None, [plain_text(title)])
            _add_blocks(blocks, found)
        case Quote(blocks=blocks, attribution=attribution):
            _add_blocks(blocks, found)
            found["paragraphs"] += filter(None, [plain_text(attribution)])
        case Division(blocks=blocks):
            _add_blocks(blocks, found)
        case Paragraph() | DefinitionList() | Verse() | CodeBlock() | Table() | Figure() | ThematicBreak():
            found["paragraphs"] += _texts((block,))
        case _:
            assert_never(block)


def _item(item: ListItem) -> object:
    """An item's words; with what hangs below it, as an object."""
    below = [block for block in item.blocks if isinstance(block, List)]
    text = "\n".join(_texts(tuple(block for block in item.blocks if block not in below)))
    if not below:
        return text
    return {"text": text, "items": [_item(each) for block in below for each in block.items]}


def _texts(blocks: Blocks) -> Iterator[str]:
    """The words of each leaf of these blocks, in reading order."""
    for block in blocks:
        yield from filter(None, _block_texts(block))


def _block_texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(content=content) | Heading(content=content):
            yield plain_text(content)
        case Section(heading=heading, blocks=blocks):
            yield plain_text(heading.content)
            yield from _texts(blocks)
        case List(items=items):
            for item in items:
                yield from _texts(item.blocks)
        case DefinitionList(items=items):
            for definition in items:
                yield from map(plain_text, definition.terms)
                for blocks in definition.definitions:
                    yield from _texts(blocks)
        case Quote(blocks=blocks, attribution=attribution):
            yield from _texts(blocks)
            yield plain_text(attribution)
        case Verse(lines=lines, attribution=attribution):
            yield from map(plain_text, (*lines, attribution))
        case CodeBlock(text=text, caption=caption):
            yield plain_text(caption)
            yield text
        case Table():
            yield from _table_texts(block)
        case Figure(images=images, caption=caption, credit=credit):
            yield from (image.alt for image in images)
            yield from map(plain_text, (caption, credit))
        case QuestionAnswer(question=inlines, answer=blocks) | Callout(title=inlines, blocks=blocks):
            yield plain_text(inlines)
            yield from _texts(blocks)
        case Division(blocks=blocks):
            yield from _texts(blocks)
        case ThematicBreak():
            return
        case _:
            assert_never(block)


def _table_texts(table: Table) -> Iterator[str]:
    yield plain_text(table.caption)
    for row in (*table.head, *table.body):
        for cell in row.cells:
            yield from _texts(cell.blocks)
    yield plain_text(table.source)

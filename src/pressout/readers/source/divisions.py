"""Divisions: blocks between `:::` fences, by what their name or class makes of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from markdown_it.token import Token

from pressout.model import (
    NO_ATTRIBUTES,
    Attributes,
    Block,
    Callout,
    CalloutKind,
    Division,
    Figure,
    Image,
    Inlines,
    Paragraph,
    Quote,
    Text,
    Verse,
)
from pressout.readers.source.attributes import Item
from pressout.readers.source.blocks import BlockReader, text_placement
from pressout.readers.source.inline_rules import ATTRIBUTES
from pressout.readers.source.meaning import Said, said_of
from pressout.readers.source.syntax import CALLOUTS
from pressout.readers.sourcemap import Container, PassageKind

INDENT = "\u2003"  # em space: what a poet's two blanks are set in by


def division(reader: BlockReader, token: Token) -> tuple[Block, ...]:
    """What a division is: the first of its name and classes that says so, else blocks that share attributes."""
    if not token.meta["closed"]:
        reader.report.warn("this division is never closed", reader.span(token), hint="write ::: on a line of its own where it ends")
    names = [token.info, *(item.value for one in token.meta[ATTRIBUTES] for item in one.items if item.key == ".")]
    for name in names:
        plain = name.removeprefix("callout-")
        if plain in CALLOUTS or plain in MADE:
            return (MADE.get(plain, callout)(reader, token, plain),)
    return (plain_division(reader, token, token.info),)


def plain_division(reader: BlockReader, token: Token, name: str) -> Block:
    """A division of no kind of its own: its name is a class, its title a paragraph before its blocks."""
    span = reader.span(token)
    with reader.inside(Container("division", span.start, name)):
        title = title_paragraph(reader, token, name)
        blocks = reader.blocks()
    attributes = said_of(reader, "division", token.meta[ATTRIBUTES]).attributes
    if name and name not in attributes.classes:
        attributes = replace(attributes, classes=(name, *attributes.classes))
    return Division((*title, *blocks), span=span, attributes=attributes)


def title_paragraph(reader: BlockReader, token: Token, name: str) -> tuple[Block, ...]:
    """Words behind the name of a division: the summary of what unfolds; elsewhere kept as a paragraph."""
    title = fence_title(reader, token, "paragraph")
    attributes = Attributes(classes=("details-summary",)) if name == "details" else NO_ATTRIBUTES
    return (Paragraph(title, span=title[0].span, attributes=attributes),) if title else ()


def fence_title(reader: BlockReader, token: Token, kind: PassageKind) -> Inlines:
    """The words behind the name in the opening fence."""
    if not token.meta["title"]:
        return ()
    start, end = token.meta["title"]
    return reader.words(kind, Item("title", reader.copy.text[start:end], start, end))


def callout(reader: BlockReader, token: Token, name: str) -> Block:
    """`::: note` and its like, with their title."""
    span = reader.span(token)
    told = said_of(reader, "callout", token.meta[ATTRIBUTES])
    with reader.inside(Container("callout", span.start)):
        title = fence_title(reader, token, "callout-title") or told.words("callout-title", "title")
        blocks = reader.blocks()
    attributes = without(without(told.attributes, name), f"callout-{name}")
    return Callout(cast(CalloutKind, CALLOUTS[name]), blocks, title, span=span, attributes=attributes)


def quote(reader: BlockReader, token: Token, name: str) -> Block:
    """`::: pull-quote` and `::: epigraph`, with their attribution."""
    span = reader.span(token)
    with reader.inside(Container("quote", span.start)):
        blocks = reader.blocks()
        told = said_of(reader, "quote", token.meta[ATTRIBUTES])
        attribution = attribution_of(reader, token, told)
    made = Quote(blocks, attribution=attribution, span=span, attributes=told.attributes)
    return quote_of(replace(made, attributes=replace(made.attributes, classes=(name, *told.attributes.classes))))


def quote_of(block: Quote) -> Quote:
    """A quote whose class says that it is a pull quote or an epigraph."""
    if "pull-quote" in block.attributes.classes:
        return replace(block, kind="pull", attributes=without(block.attributes, "pull-quote"))
    if "epigraph" in block.attributes.classes:
        return replace(block, kind="epigraph", attributes=without(block.attributes, "epigraph"))
    return block


def without(attributes: Attributes, name: str) -> Attributes:
    """The attributes without a class."""
    return replace(attributes, classes=tuple(each for each in attributes.classes if each != name))


def attribution_of(reader: BlockReader, token: Token, told: Said) -> Inlines:
    """Who wrote it: the last line, behind a dash, or an attribute."""
    return line_words(reader, "attribution", token.meta.get("attribution")) or told.words("attribution")


def line_words(reader: BlockReader, kind: PassageKind, token: Token | None) -> Inlines:
    """A line that was cut off a paragraph before its text was read: a title, an attribution."""
    if not token:
        return ()
    return reader.leaf(kind, reader.line(token.content, text_placement(reader, token)))


def verse(reader: BlockReader, token: Token, name: str) -> Block:
    """The poet's lines; how far they are set in, counted from the least, in em spaces for two blanks each."""
    span = reader.span(token)
    lines: list[Inlines] = []
    tokens: list[Token] = []
    while (line := reader.take()).nesting == 0:
        tokens.append(line)
    least = min((line.meta["indent"] for line in tokens if line.content), default=0)
    with reader.inside(Container("verse", span.start)):
        for line in tokens:
            words = reader.leaf("verse", reader.inlines(line, text_placement(reader, line)))
            indent = INDENT * ((line.meta["indent"] - least) // 2)
            lines.append((indented(words, indent)) if indent and words else words)
        told = said_of(reader, "verse", token.meta[ATTRIBUTES])
        attribution = attribution_of(reader, token, told)
    return Verse(trimmed(lines), attribution, span=span, attributes=without(told.attributes, "verse"))


def indented(words: Inlines, indent: str) -> Inlines:
    """A line of verse behind its indent, which stands before its first character."""
    first = words[0].span
    return (Text(indent, span=replace(first, end=first.start) if first else None), *words)


def trimmed(lines: list[Inlines]) -> tuple[Inlines, ...]:
    """No empty line first or last, and one at most between two stanzas."""
    kept = [line for index, line in enumerate(lines) if line or (index and lines[index - 1])]
    return tuple(kept[:-1] if kept and not kept[-1] else kept)


def figure_group(reader: BlockReader, token: Token, name: str) -> Block:
    """Pictures under one caption: the paragraph; what else stands there, or a picture's own caption, keeps the group a division."""
    span, first = reader.span(token), len(reader.passages)
    with reader.inside(Container("figure", span.start)):
        blocks = reader.blocks()
        told = said_of(reader, "figure", token.meta[ATTRIBUTES])
        credit = told.words("credit")
    images: list[Image] = []
    caption: Inlines = ()
    for block in blocks:
        match block:
            case Figure(caption=()):
                images.extend(block.images)
            case Paragraph() if not caption:
                caption = block.content
            case _:
                images = []
                break
    if not images:
        reader.report.warn("this is no figure: one holds pictures and one caption, and nothing else", span)
        return Division((*blocks, *credited(reader, credit, first)), span=span, attributes=told.attributes)
    reader.passages[first:] = [
        replace(each, kind="caption") if each.kind == "paragraph" else each for each in reader.passages[first:]
    ]
    return Figure(
        tuple(images), caption, credit, told.value("description"), span=span, attributes=without(told.attributes, "figure")
    )


def credited(reader: BlockReader, credit: Inlines, first: int) -> tuple[Block, ...]:
    """The credit of what is no figure, as a paragraph; passages from `first` on are those of the division."""
    if not credit or not credit[0].span:
        return ()
    start = credit[0].span.start
    reader.passages[first:] = [replace(each, kind="paragraph") if each.key == start else each for each in reader.passages[first:]]
    return (Paragraph(credit, span=credit[0].span),)


MADE: dict[str, Callable[[BlockReader, Token, str], Block]] = {
    "pull-quote": quote,
    "epigraph": quote,
    "verse": verse,
    "figure": figure_group,
}

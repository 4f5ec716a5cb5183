"""Kinds of block: how each is made from its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from pressout.diagnostics import Span
from pressout.model import (
    Block,
    Callout,
    CalloutKind,
    CodeBlock,
    Definition,
    DefinitionList,
    Heading,
    Image,
    List,
    ListItem,
    Note,
    Paragraph,
    Quote,
    ThematicBreak,
)
from pressout.readers.source.attributes import Written, moved, parse_attributes
from pressout.readers.source.blocks import BlockReader, Kind, text_placement
from pressout.readers.source.divisions import division, line_words, quote_of
from pressout.readers.source.figures import figure
from pressout.readers.source.html_blocks import html_blocks
from pressout.readers.source.inline_rules import ATTRIBUTES
from pressout.readers.source.inlines import InlineReader
from pressout.readers.source.leftovers import warn_info, warn_titles
from pressout.readers.source.meaning import KindName, Said, said_of
from pressout.readers.source.placement import by_heading, by_lines
from pressout.readers.source.recording import BEGIN
from pressout.readers.source.tables import table, table_caption
from pressout.readers.source.unclosed import warn_code
from pressout.readers.sourcemap import Container

Blocks = tuple[Block, ...]


def said(reader: BlockReader, kind: KindName, token: Token, own: Sequence[Written] = ()) -> Said:
    """What attribute lines and the block's own attributes say."""
    return said_of(reader, kind, [*own, *token.meta.get(ATTRIBUTES, ())])


def heading(reader: BlockReader, token: Token) -> Blocks:
    """A heading, as `## Words` or underlined; an attribute behind its words is its own."""
    inline = reader.take()
    reader.take()
    if token.markup.startswith("#"):
        placement = by_heading(reader.copy, inline.meta.get("whole", inline.content), token.meta[BEGIN])
    else:
        placement = text_placement(reader, inline)
    span, level = reader.span(token), int(token.tag[1])
    content = reader.leaf("heading", reader.inlines(inline, placement), span, level)
    trailing: Written | None = inline.meta.get(ATTRIBUTES)
    own = [moved(trailing, placement.place, placement.end)] if trailing else []
    return (Heading(level, content, span=span, attributes=said(reader, "heading", token, own).attributes),)


def paragraph(reader: BlockReader, token: Token) -> Blocks:
    """A paragraph, or the figure that a picture alone in it is; none where it has no words."""
    inline = reader.take()
    reader.take()
    placement = text_placement(reader, inline)
    reading = reader.inlines(inline, placement)
    content = reading.content
    match content:
        case ():
            return ()
        case (Image() as image,):
            return (figure(reader, token, inline, image),)
        case _:
            token.meta.setdefault(BEGIN, placement.place(0))
            warn_titles(reader.report, content)
            span = reader.span(token)
            reader.leaf("paragraph", reading, span)
            return (Paragraph(content, span=span, attributes=said(reader, "paragraph", token).attributes),)


def code(reader: BlockReader, token: Token) -> Blocks:
    """Code, fenced or indented, with what its fence says of it."""
    span, line = reader.span(token), (token.map or [0])[0]
    text = token.content.removesuffix("\n")
    language, own = fence_info(reader, token.info, line) if token.type == "fence" else ("", [])
    if token.type == "fence":
        warn_code(reader, token)
    told = said(reader, "code", token, own)
    with reader.inside(Container("figure", span.start)):
        caption = told.words("caption")
    reading = InlineReader(reader.copy, by_lines(reader.copy, text, line + (token.type == "fence")), reader.env, reader.report)
    reading.add_code(text)
    reader.leaf("code", reading, span)
    return (CodeBlock(text, language, caption, span=span, attributes=told.attributes),)


def fence_info(reader: BlockReader, info: str, line: int) -> tuple[str, list[Written]]:
    """The language, and the attributes behind it; pandoc's `{.python}` names the language as a class."""
    end = reader.copy.line_end(line)
    brace = info.find("{")
    written = parse_attributes(reader.copy.text, end - len(info) + brace, end) if brace >= 0 else None
    words = info[: brace if written else None].split()
    if len(words) > 1:
        behind = info[: brace if written else None].strip().partition(words[0])[2].strip()
        warn_info(reader, behind, end - len(info) + info.index(behind, len(words[0])))
    if words:
        return str(unescapeAll(words[0])), [written] if written else []
    classes = [item for item in written.items if item.key == "."] if written else []
    if not written or not classes:
        return "", [written] if written else []
    others = tuple(item for item in written.items if item is not classes[0])
    return classes[0].value, [replace(written, items=others)]


def bare(reader: BlockReader, token: Token) -> Blocks:
    """`---`, a break between two thoughts."""
    return (ThematicBreak(span=reader.span(token), attributes=said(reader, "rule", token).attributes),)


def quote(reader: BlockReader, token: Token) -> Blocks:
    """`>`: a quotation with its attribution, or the callout that `> [!NOTE]` makes of it."""
    span = reader.span(token)
    if "callout" in token.meta:
        return (callout(reader, token),)
    with reader.inside(Container("quote", span.start)):
        blocks = reader.blocks()
        told = said(reader, "quote", token)
        attribution = line_words(reader, "attribution", token.meta.get("attribution")) or told.words("attribution")
    return (quote_of(Quote(blocks, attribution=attribution, span=span, attributes=told.attributes)),)


def callout(reader: BlockReader, token: Token) -> Callout:
    """`> [!NOTE]` and its like, with their title."""
    span = reader.span(token)
    with reader.inside(Container("callout", span.start)):
        title = line_words(reader, "callout-title", token.meta["title"])
        blocks = reader.blocks()
    told = said(reader, "callout", token)
    return Callout(cast(CalloutKind, token.meta["callout"]), blocks, title, span=span, attributes=told.attributes)


def list_block(reader: BlockReader, token: Token) -> Blocks:
    """A list with its items; an item is done, not done, or no task (None)."""
    span = reader.span(token)
    ordered = token.type == "ordered_list_open"
    tight = is_tight(reader, token)
    items: list[ListItem] = []
    with reader.inside(Container("list", span.start, token.markup, ordered)):
        while (item := reader.take()).nesting > 0:
            place = reader.span(item)
            with reader.inside(Container("item", place.start, item.info or item.markup, ordered)):
                items.append(ListItem(reader.blocks(), item.meta.get("checked"), span=place))
    start = int(token.attrs.get("start", 1))
    attributes = said(reader, "list", token).attributes
    return (List(tuple(items), ordered, start, tight, span=span, attributes=attributes),)


def is_tight(reader: BlockReader, token: Token) -> bool:
    """A list is tight where markdown-it hides the paragraphs of its items."""
    for each in reader.tokens[reader.index :]:
        if each.level <= token.level:
            return True
        if each.level == token.level + 2 and each.type == "paragraph_open":
            return each.hidden
    return True


def definition_list(reader: BlockReader, token: Token) -> Blocks:
    """Terms and what they mean."""
    span = reader.span(token)
    items: list[Definition] = []
    with reader.inside(Container("definition", span.start)):
        while (each := reader.take()).nesting > 0:
            if each.type == "dt_open":
                inline = reader.take()
                reader.take()
                term = reader.leaf("term", reader.inlines(inline, text_placement(reader, inline)))
                items.append(Definition((term,), (), span=reader.span(inline)))
            else:
                place = reader.span(each)
                blocks = reader.blocks()
                items[-1] = replace(items[-1], definitions=(*items[-1].definitions, blocks), span=joined(items[-1], place.end))
    return (DefinitionList(tuple(items), span=span, attributes=said(reader, "list", token).attributes),)


def joined(item: Definition, end: int) -> Span | None:
    """A definition's span with a new end; None where it has no place."""
    return replace(item.span, end=end) if item.span else None


def note(reader: BlockReader, token: Token) -> Blocks:
    """A note's text goes to the notes, and leaves nothing where it is written."""
    span, label = reader.span(token), str(token.meta["label"])
    with reader.inside(Container("note", span.start, label)):
        blocks = reader.blocks()
    if not blocks:
        reader.report.warn(f"the note '{label}' has no text", span, hint=f"write [^{label}]: the note's text")
    if label in reader.labels:
        reader.report.warn(f"there are two notes '{label}'; the first one is used", span, hint="give each a label of its own")
    reader.labels.add(label)
    reader.notes.append(Note(label, blocks, span=span))
    return ()


KINDS: dict[str, Kind] = {
    "heading_open": heading,
    "paragraph_open": paragraph,
    "fence": code,
    "code_block": code,
    "hr": bare,
    "blockquote_open": quote,
    "bullet_list_open": list_block,
    "ordered_list_open": list_block,
    "dl_open": definition_list,
    "footnote_reference_open": note,
    "table_open": table,
    "caption_open": table_caption,
    "division_open": division,
    "html_block": html_blocks,
}

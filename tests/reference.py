"""A reference's HTML and a document of ours, each as tags and words in one notation that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import assert_never

from pressout.model import (
    Abbreviation,
    Block,
    Callout,
    Cell,
    Code,
    CodeBlock,
    CrossReference,
    DefinitionList,
    Division,
    Emphasis,
    Figure,
    Heading,
    Highlight,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
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

EDGE = re.compile(r"\s*(⟨/?(?:p|h\d|ul|ol|li|blockquote|pre|hr|table|tr|th|td|br)(?: [^⟩]*)?⟩)\s*")
VOID = {"br", "hr", "img", "input"}
NAMED = {"a": "href", "img": "src", "ol": "start"}


def tidy(text: str) -> str:
    """One blank between words, none beside a block."""
    return EDGE.sub(r"\1", " ".join(text.split())).strip()


def tag(name: str, value: object = "") -> str:
    return f"⟨{name} {value}⟩" if value not in ("", "1", 1, None) else f"⟨{name}⟩"


def preformatted(text: str) -> str:
    return text.removesuffix("\n").replace(" ", "·").replace("\t", "→").replace("\n", "¶")


def of_html(html: str) -> str:
    """What the reference says."""
    reader = Reference()
    reader.feed(html)
    reader.close()
    return tidy("".join(reader.parts))


def words_of_html(html: str) -> str:
    """What the reference reads as: its words, and U+FFFC for a picture."""
    reader = Words()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.parts.append("\ufffc" if name == "img" else " " if EDGE.match(tag(name)) else "")

    def handle_endtag(self, name: str) -> None:
        self.parts.append(" " if EDGE.match(tag(name)) else "")

    def handle_data(self, text: str) -> None:
        self.parts.append(text)


class Reference(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._code: str | None = None

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        if name not in ("thead", "tbody", "input") and self._code is None:
            self.parts.append(tag(name, dict(attributes).get(NAMED.get(name, ""))))
        if name == "pre":
            self._code = ""

    def handle_endtag(self, name: str) -> None:
        if name == "pre":
            self.parts.append(preformatted(self._code or ""))
            self._code = None
        if name not in ("thead", "tbody", *VOID) and self._code is None:
            self.parts.append(tag(f"/{name}"))

    def handle_data(self, text: str) -> None:
        if self._code is None:
            self.parts.append(text)
        else:
            self._code += text


def of_blocks(blocks: Iterable[Block]) -> str:
    """What a document of ours says."""
    return tidy("".join(block_text(block) for block in blocks))


def enclosed(name: str, inside: str, value: object = "") -> str:
    return f"{tag(name, value)}{inside}{tag(f'/{name}')}"


def block_text(block: Block, tight: bool = False) -> str:
    match block:
        case Paragraph(content=content):
            return f" {inline_text(content)} " if tight else enclosed("p", inline_text(content))
        case Heading(level=level, content=content):
            return enclosed(f"h{level}", inline_text(content))
        case List(items=items, ordered=ordered, start=start, tight=is_tight):
            return enclosed("ol" if ordered else "ul", "".join(item_text(item, is_tight) for item in items), start)
        case Quote(blocks=blocks):
            return enclosed("blockquote", "".join(map(block_text, blocks)))
        case CodeBlock(text=text):
            return enclosed("pre", preformatted(f"{text}\n"))
        case Table(head=head, body=body):
            return enclosed("table", "".join(map(row_text, (*head, *body))))
        case Figure(images=images):
            inside = inline_text(images)
            return inside if tight else enclosed("p", inside)
        case ThematicBreak():
            return tag("hr")
        case Section() | DefinitionList() | Verse() | QuestionAnswer() | Callout() | Division():
            raise AssertionError(f"the reference knows no {block}")
        case _:
            assert_never(block)


def item_text(item: ListItem, tight: bool) -> str:
    return enclosed("li", "".join(block_text(block, tight) for block in item.blocks))


def row_text(row: Row) -> str:
    return enclosed("tr", "".join(map(cell_text, row.cells)))


def cell_text(cell: Cell) -> str:
    return enclosed("th" if cell.header else "td", "".join(block_text(block, True) for block in cell.blocks))


def inline_text(content: Iterable[Inline]) -> str:
    return "".join(map(one_inline, content))


def one_inline(node: Inline) -> str:
    match node:
        case Text(text=text) | Abbreviation(text=text):
            return text
        case SoftBreak():
            return "\n"
        case LineBreak():
            return tag("br")
        case Code(text=text):
            return enclosed("code", text)
        case Emphasis(content=content):
            return enclosed("em", inline_text(content))
        case Strong(content=content):
            return enclosed("strong", inline_text(content))
        case Strikethrough(content=content):
            return enclosed("del", inline_text(content))
        case Link(content=content, target=target):
            return enclosed("a", inline_text(content), target)
        case Image(target=target):
            return tag("img", target)
        case Superscript() | Subscript() | SmallCaps() | Highlight() | Phrase() | NoteReference() | CrossReference():
            raise AssertionError(f"the reference knows no {node}")
        case _:
            assert_never(node)

"""Markup: elements and text as well-formed XHTML, and the context in which a node is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from pressout.model import Block, Blocks, Inlines, Node, Note, Paragraph, Picture, Role
from pressout.renderers.column_widths import LINE
from pressout.terms import direction

Attributes = Mapping[str, str]
NOTHING: Attributes = {}

VOID = frozenset({"br", "col", "hr", "img", "link", "meta"})

# XML 1.0 (2.2) has no place for these characters, not even as references
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def element(tag: str, content: str = "", attributes: Attributes = NOTHING) -> str:
    """One element around markup; an empty attribute is left out, but for `alt`, where empty says decorative."""
    written = "".join(f' {name}="{_quotable(value)}"' for name, value in attributes.items() if value or name == "alt")
    return f"<{tag}{written}/>" if tag in VOID else f"<{tag}{written}>{content}</{tag}>"


def text(words: str) -> str:
    """The words as they stand between tags."""
    return escape(FORBIDDEN.sub("", words), quote=False)


def _quotable(value: str) -> str:
    """The value as it stands between double quotes."""
    return text(value).replace('"', "&quot;")


DEEPEST = 7  # indents; more do not fit beside each other in a column of a magazine


def own_link(identifier: str) -> str:
    """The target of an id in a document of one file."""
    return f"#{identifier}"


def own_source(picture: Picture) -> str:
    """The address of a picture that stands beside the page."""
    return picture.name


@dataclass(frozen=True, slots=True)
class Context:
    """Where a node is drawn. It changes on the way down and is never changed in place.

    `notes` are the document's notes by their labels; `footnotes` is the markup of those that float from their marks to the foot
    of a page, and empty where notes are set elsewhere, as `endnotes` are. `level` is the HTML level of a heading that would stand
    here, `depth` the number of lists and quotes round it. `line` is how many characters of a table stand beside each other,
    `turned_line` how many on a page that is turned, 0 where none can be. `href` gives the link to an id of this document, `source`
    the address of a picture. `articles` are the languages of a collection's articles, by the ids of their sections.
    """

    medium: Literal["print", "epub"]
    lang: str = "en"
    notes: Mapping[str, Note] = field(default_factory=dict)
    footnotes: Mapping[str, str] = field(default_factory=dict)
    level: int = 2
    depth: int = 0
    role: Role = Role.NONE
    has_abstract: bool = False
    endnotes: bool = False
    articles: Mapping[str, str] = field(default_factory=dict)
    line: float = LINE
    turned_line: float = 0.0
    href: Callable[[str], str] = own_link
    source: Callable[[Picture], str] = own_source

    @property
    def epub(self) -> bool:
        return self.medium == "epub"

    @property
    def deep(self) -> str:
        """The class of a list or quote so deep inside others that one more indent would leave no room for words."""
        return "deep" if self.depth > DEEPEST else ""


def attributes_of(node: Node, context: Context, *classes: str) -> dict[str, str]:
    """What an element takes from its node: classes (after its own ones), id, language and direction."""
    own = node.attributes
    return {
        "class": " ".join(name for name in (*classes, *own.classes) if name),
        "id": own.id,
        "lang": own.lang,
        "xml:lang": own.lang if context.epub else "",
        "dir": own.dir or direction(own.lang),
    }


def epub_type(kind: str, context: Context) -> Attributes:
    """The `epub:type` of an element, which only an EPUB has."""
    return {"epub:type": kind} if context.epub and kind else NOTHING


def key(node: Node | None, context: Context) -> Attributes:
    """In print, where a leaf block begins in the source: by it a page knows the block with which it begins."""
    if context.epub or node is None or node.span is None:
        return NOTHING
    return {"data-key": str(node.span.start)}


def line_key(line: Inlines, context: Context) -> Attributes:
    """The key of a line that is no node itself: that of its first inline."""
    return key(line[0] if line else None, context)


def lead(blocks: Blocks) -> Paragraph | None:
    """The first paragraph of a cell, an item or a definition, where it needs no tags: no other follows, nothing marks it."""
    match blocks:
        case (Paragraph(attributes=own) as paragraph, *rest) if not (own.id or own.classes or own.lang or own.dir):
            return None if any(_is_paragraph(block) for block in rest) else paragraph
        case _:
            return None


def _is_paragraph(block: Block) -> bool:
    match block:
        case Paragraph():
            return True
        case _:
            return False

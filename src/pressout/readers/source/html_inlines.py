"""HTML in a line of text: harmless tags as model nodes, what acts left out and named, unknown tags dropped from their words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pressout.diagnostics import Report, Span
from pressout.model import (
    Abbreviation,
    Attributes,
    Code,
    Direction,
    Emphasis,
    Highlight,
    Image,
    Inline,
    Inlines,
    Link,
    Phrase,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from pressout.readers.source.attributes import LANGUAGE
from pressout.readers.source.html_source import ACTIVE, Tag
from pressout.readers.source.leftovers import warn_attributes

if TYPE_CHECKING:
    from typing import Protocol

    class Maker(Protocol):
        def __call__(self, content: Inlines, /, *, span: Span, attributes: Attributes) -> Inline: ...


MARKS: dict[str, Maker] = {
    "b": Strong,
    "strong": Strong,
    "i": Emphasis,
    "em": Emphasis,
    "cite": Emphasis,
    "dfn": Emphasis,
    "var": Emphasis,
    "s": Strikethrough,
    "del": Strikethrough,
    "strike": Strikethrough,
    "sup": Superscript,
    "sub": Subscript,
    "mark": Highlight,
}
CODES = frozenset({"code", "kbd", "samp", "tt"})
CLASSES = {"u": "underline", "ins": "inserted", "small": "small", "big": "large"}
NEUTRAL = frozenset(
    {"span", "font", "bdi", "bdo", "time", "data", "center", "nobr", "wbr", "q", "a", "abbr", "acronym", "label", "picture"}
)
INLINE = frozenset({*MARKS, *CODES, *CLASSES, *NEUTRAL, "br", "img"})
CODE_CLASS = {"kbd": "keyboard", "samp": "output"}


def attributes_of_tag(tag: Tag) -> Attributes:
    """What of a tag's attributes means something here."""
    told = tag.attributes
    direction: Mapping[str, Direction] = {"ltr": "ltr", "rtl": "rtl"}
    lang = told.get("lang", told.get("xml:lang", ""))
    return Attributes(
        id=told.get("id", told.get("name", "") if tag.name == "a" else ""),
        classes=tuple(told.get("class", "").split()),
        lang=lang if LANGUAGE.fullmatch(lang) else "",
        dir=direction.get(told.get("dir", "").lower(), ""),
    )


def node_of(tag: Tag, content: Inlines, span: Span) -> Inlines:
    """What an inline element is; one that says nothing gives way to what it holds."""
    attributes = attributes_of_tag(tag)
    if tag.name in MARKS:
        return (MARKS[tag.name](content, span=span, attributes=attributes),)
    if tag.name in CODES:
        added = CODE_CLASS.get(tag.name)
        return code_nodes(content, with_class(attributes, added) if added else attributes, span)
    if tag.name in CLASSES:
        return (Phrase(content, span=span, attributes=with_class(attributes, CLASSES[tag.name])),)
    if tag.name == "a" and tag.attributes.get("href"):
        return (Link(content, tag.attributes["href"], tag.attributes.get("title", ""), span=span, attributes=attributes),)
    if tag.name in ("abbr", "acronym") and tag.attributes.get("title"):
        return abbreviated(content, tag, span)
    return (Phrase(content, span=span, attributes=attributes),) if attributes != Attributes() else content


def with_class(attributes: Attributes, name: str) -> Attributes:
    """The attributes with one more class."""
    return replace(attributes, classes=(*attributes.classes, name))


def code_nodes(content: Inlines, attributes: Attributes, span: Span) -> Inlines:
    """Code holds characters only: a mark inside stays a mark, with code in it as before."""
    match content:
        case (Text(text=text),):
            return (Code(text, span=span, attributes=attributes),)
        case _:
            return tuple(map(as_code, content))


def as_code(node: Inline) -> Inline:
    """A text as code; all else as it is, for code holds no marks."""
    match node:
        case Text(text=text, span=span):
            return Code(text, span=span)
        case _:
            return node


def abbreviated(content: Inlines, tag: Tag, span: Span) -> Inlines:
    """`<abbr title>` round plain words; words with marks stay what they are."""
    match content:
        case (Text(text=text),):
            return (Abbreviation(text, tag.attributes["title"], span=span, attributes=attributes_of_tag(tag)),)
        case _:
            return content


def image_of(tag: Tag, span: Span) -> Image:
    """`<img>`: its width and height count in pixels or per cent, and `alt=""` says that it is decoration."""
    told = tag.attributes
    sizes = tuple((name, told[name]) for name in ("width", "height") if re.fullmatch(r"\d+(?:\.\d+)?(?:%|px)?", told.get(name, "")))
    attributes = attributes_of_tag(tag)
    decorative = "alt" in told and not told["alt"]
    return Image(
        told.get("src", ""),
        told.get("alt", ""),
        told.get("title", ""),
        decorative,
        span=span,
        attributes=replace(attributes, values=sizes),
    )


def report_tag(tag: Tag, span: Span, known: bool, context: tuple[Report, dict[str, Any]]) -> None:
    """Say once a document which tags are left out, and each time what would have acted."""
    report, env = context
    for name in tag.acts:
        report.warn(f"the attribute '{name}' of <{tag.name}> is left out: it runs a program", span)
    if tag.name not in ACTIVE:
        warn_attributes(report, tag, span)
    if tag.close or known:
        return
    if tag.name in ACTIVE:
        report.warn(f"<{tag.name}> is left out: programs, looks and what stands elsewhere are no part of a document", span)
    elif tag.name not in env.setdefault("tags", set()):
        env["tags"].add(tag.name)
        report.warn(f"the tag <{tag.name}> is not known here: its words are kept", span)

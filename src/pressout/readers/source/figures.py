"""Figures: a picture alone in its paragraph, with its caption, credit and description."""

from __future__ import annotations

from dataclasses import replace

from markdown_it.token import Token

from pressout.model import Figure, Image, Inlines
from pressout.readers.source.attributes import Written, moved
from pressout.readers.source.blocks import BlockReader, text_placement
from pressout.readers.source.inline_rules import ATTRIBUTES
from pressout.readers.source.meaning import read_written, said_of
from pressout.readers.source.placement import lump
from pressout.readers.sourcemap import Container

PICTURE = ("width", "height")


def figure(reader: BlockReader, token: Token, inline: Token, image: Image) -> Figure:
    """The figure of a paragraph that holds one picture and nothing else; the picture's title is the caption."""
    span = reader.span(token)
    placement = text_placement(reader, inline)
    own = next(child for child in inline.children or [] if child.type == "image")
    written: Written | None = own.meta.get(ATTRIBUTES)
    lines = [moved(written, placement.place, placement.end)] if written else []
    with reader.inside(Container("figure", span.start)):
        said_of(reader, "figure", token.meta.get(ATTRIBUTES, ()))
        told = read_written(reader, [*lines, *token.meta.get(ATTRIBUTES, ())])
        caption = title_words(reader, inline, image)
        credit = told.words("credit")
    classes = tuple(name for name in told.attributes.classes if name != "decorative")
    picture = replace(
        image,
        title="",
        alt=told.value("alt") or image.alt,
        decorative="decorative" in told.attributes.classes,
        attributes=replace(image.attributes, id="", classes=(), values=told.attributes.values),
    )
    attributes = replace(told.attributes, classes=classes)
    return Figure((picture,), caption, credit, told.value("description"), span=span, attributes=attributes)


def title_words(reader: BlockReader, inline: Token, image: Image) -> Inlines:
    """An image's title as reading text; where it is not written as it reads, each character stands for the whole picture."""
    if not image.title or not image.span:
        return ()
    found = inline.content.rfind(image.title)
    if found > 0 and inline.content[found - 1] in "\"'(":
        placement = text_placement(reader, inline).behind(found)
    else:
        start = text_placement(reader, inline).place(0)
        placement = lump(start, start + image.span.end - image.span.start, image.title)
    return reader.leaf("caption", reader.line(image.title, placement))

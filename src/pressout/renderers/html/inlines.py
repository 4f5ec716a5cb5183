"""Inlines as XHTML: words, their emphasis, links, pictures in a line, the marks of notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import assert_never

from pressout.model import (
    Abbreviation,
    Code,
    CrossReference,
    Emphasis,
    Highlight,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteReference,
    Phrase,
    SmallCaps,
    SoftBreak,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from pressout.renderers.html.markup import Context, attributes_of, element, epub_type, text
from pressout.renderers.html.page_breaks import break_role
from pressout.renderers.reading import KEYBOARD, address, without_false_spaces

Mark = Emphasis | Strong | Strikethrough | Superscript | Subscript | SmallCaps | Highlight | Phrase


def inlines_html(content: Inlines, context: Context) -> str:
    """A run of inlines; a line end between ideographs is nothing, any other is a space."""
    return "".join(inline_html(piece, context) for piece in without_false_spaces(content))


def inline_html(piece: Inline, context: Context) -> str:
    """An inline node as XHTML."""
    match piece:
        case Text(text=words):
            return text(words)
        case SoftBreak():
            return "\n"
        case LineBreak():
            return "<br/>\n"
        case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript() | SmallCaps() | Highlight() | Phrase():
            return _marked(piece, context)
        case Abbreviation(text=words, expansion=expansion):
            return element("abbr", text(words), {**attributes_of(piece, context), "title": expansion})
        case Code(text=words):
            return _code(piece, words, context)
        case Link():
            return _link(piece, context)
        case Image():
            return image_html(piece, context)
        case NoteReference():
            return _note_mark(piece, context)
        case CrossReference():
            return _cross_reference(piece, context)
        case _:
            assert_never(piece)


def _marked(piece: Mark, context: Context) -> str:
    """Words with one mark on all of them."""
    tag, classes = _mark(piece)
    own = attributes_of(piece, context, *classes)
    if isinstance(piece, Phrase):
        own = {**own, **break_role(piece, context)}
    return element(tag, inlines_html(piece.content, context), own)


def _mark(piece: Mark) -> tuple[str, tuple[str, ...]]:
    """The element and the classes that say a mark."""
    match piece:
        case Emphasis():
            return "em", ()
        case Strong():
            return "strong", ()
        case Strikethrough():
            return "del", ()
        case Superscript():
            return "sup", ()
        case Subscript():
            return "sub", ()
        case SmallCaps():
            return "span", ("small-caps",)
        case Highlight():
            return "mark", ("highlight",)
        case Phrase():
            return "span", ()
        case _:
            assert_never(piece)


def _code(piece: Code, words: str, context: Context) -> str:
    """Code in the line, or a key of the keyboard, which has an element and a look of its own."""
    if KEYBOARD in piece.attributes.classes:
        return element("kbd", text(words), attributes_of(piece, context))
    return element("code", text(words), attributes_of(piece, context, "code"))


# Links


def _link(link: Link, context: Context) -> str:
    """A link; where its target can't be reached from the finished file, its words alone."""
    attributes = attributes_of(link, context)
    href = _href(link.target, context)
    if not href:
        return element("span", inlines_html(link.content, context), {**attributes, "title": link.title})
    content = link.content or (Text(link.target),)

    def linked(inner: str) -> str:
        return element("a", inner, {**attributes, "href": href, "title": link.title})

    return _linked_inside(content, linked, context)


def _linked_inside(content: Inlines, linked: Callable[[str], str], context: Context) -> str:
    """Emphasis that fills a whole link goes round it: WeasyPrint's Link tag fails PDF/UA 7.18.5 with an element inside."""
    match content:
        case (Emphasis(content=inner),):
            return element("em", _linked_inside(inner, linked, context))
        case (Strong(content=inner),):
            return element("strong", _linked_inside(inner, linked, context))
        case (Code(text=words),):
            return element("code", linked(text(words)), attributes_of(content[0], context, "code"))
        case _:
            return linked(inlines_html(content, context))


def _href(target: str, context: Context) -> str:
    if target.startswith("#"):
        return context.href(target[1:]) if target != "#" else ""
    return address(target)


def _cross_reference(reference: CrossReference, context: Context) -> str:
    """A live link; in print the words of one that asks for a page are the page's number, which the sheet knows."""
    by_page = reference.form == "page" and not context.epub
    attributes = attributes_of(reference, context, "page-reference" if by_page else "cross-reference")
    words = "" if by_page else inlines_html(reference.content, context) or text(reference.target)
    return element("a", words, {**attributes, "href": context.href(reference.target)})


# Pictures


def image_html(image: Image, context: Context, extra: str = "") -> str:
    """A picture; one that is missing leaves its alt text in a frame. `extra` is a longer description, for print's Alt."""
    attributes = attributes_of(image, context)
    if image.picture is None:
        words = image.alt or PurePosixPath(image.target).name[:80]
        missing = attributes_of(image, context, "missing-picture")
        return element("span", text(words), {**missing, "role": "img", "aria-label": words})
    words = " ".join(filter(None, (image.alt, extra)))
    drawn = {**attributes, "src": context.source(image.picture), "style": width_style(image)}
    if not image.decorative and (words or context.epub):
        return element("img", "", {**drawn, "alt": words, "title": image.title})
    if context.epub:
        return element("img", "", {**drawn, "alt": "", "role": "presentation"})
    # WeasyPrint tags every img as a Figure, which must have an Alt; an embed is none, and looks the same
    return element("embed", "", {**drawn, "type": image.picture.media_type})


WIDTH = re.compile(r"(?:100|\d{1,2}(?:\.\d+)?)%|\d+(?:\.\d+)?(?:em|rem|px|pt|mm|cm|in)")


def width_style(image: Image) -> str:
    """The width asked for by `{width=...}`, as a declaration; a bare number is pixels, as in HTML."""
    asked = dict(image.attributes.values).get("width", "").replace(" ", "")
    asked = f"{asked}px" if asked.isdecimal() else asked
    return f"width:{asked};" if WIDTH.fullmatch(asked) else ""


def without_width(image: Image) -> Image:
    """The picture as wide as what it stands in."""
    values = tuple(pair for pair in image.attributes.values if pair[0] != "width")
    return replace(image, attributes=replace(image.attributes, values=values))


# Notes


def note_id(number: int) -> str:
    """The id of a note's text."""
    return f"note-{number}"


def mark_id(number: int) -> str:
    """The id of the first mark that calls a note."""
    return f"note-{number}-mark"


def _note_mark(mark: NoteReference, context: Context) -> str:
    """The mark, and in print the note itself right behind it, from where it floats to the foot of the page."""
    if mark.number == 0:
        return text(f"[^{mark.label}]")
    attributes = {
        **attributes_of(mark, context, "note-reference"),
        "id": "" if mark.repeated else mark_id(mark.number),
        "href": context.href(note_id(mark.number)),
        "role": "doc-noteref",
        **epub_type("noteref", context),
    }
    footnote = "" if mark.repeated else context.footnotes.get(mark.label, "")
    return element("a", str(mark.shown), attributes) + footnote

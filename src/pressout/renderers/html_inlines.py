"""Inlines as XHTML: words, their emphasis, links, pictures in a line, the marks of notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import assert_never
from urllib.parse import quote

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
from pressout.renderers.markup import Context, attributes_of, element, epub_type, text
from pressout.walk import plain_text

# A scheme that leads out of the document to where a reader can go; a script or a file is no such place
REACHABLE = re.compile(r"(?!(?:javascript|vbscript|data|file|blob):)[a-z][a-z0-9+.-]*:", re.IGNORECASE)

# Scripts written without spaces between words: ideographs, kana, their punctuation and full-width forms (not Hangul)
UNSPACED = re.compile(
    "[\u2e80-\u312f\u3190-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f\U00020000-\U0003ffff]"
)


def inlines_html(content: Inlines, context: Context) -> str:
    """A run of inlines; a line end between ideographs is nothing, any other is a space."""
    return "".join(inline_html(piece, context) for piece in _without_false_spaces(content))


def _without_false_spaces(content: Inlines) -> Iterator[Inline]:
    for index, piece in enumerate(content):
        match piece:
            case SoftBreak() if _unspaced(
                plain_text(content[index - 1 : index])[-1:], plain_text(content[index + 1 : index + 2])[:1]
            ):
                continue
            case _:
                yield piece


def _unspaced(before: str, after: str) -> bool:
    return bool(UNSPACED.match(before) and UNSPACED.match(after))


def inline_html(piece: Inline, context: Context) -> str:
    def inside(tag: str, content: Inlines, *classes: str) -> str:
        return element(tag, inlines_html(content, context), attributes_of(piece, context, *classes))

    match piece:
        case Text(text=words):
            return text(words)
        case SoftBreak():
            return "\n"
        case LineBreak():
            return "<br/>\n"
        case Emphasis(content=content):
            return inside("em", content)
        case Strong(content=content):
            return inside("strong", content)
        case Strikethrough(content=content):
            return inside("del", content)
        case Superscript(content=content):
            return inside("sup", content)
        case Subscript(content=content):
            return inside("sub", content)
        case SmallCaps(content=content):
            return inside("span", content, "small-caps")
        case Highlight(content=content):
            return inside("mark", content, "highlight")
        case Phrase(content=content):
            return inside("span", content)
        case Abbreviation(text=words, expansion=expansion):
            return element("abbr", text(words), {**attributes_of(piece, context), "title": expansion})
        case Code(text=words):
            return element("code", text(words), attributes_of(piece, context, "code"))
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


# Links


def _link(link: Link, context: Context) -> str:
    """A link; where its target can't be reached from the finished file, its words alone."""
    attributes = attributes_of(link, context)
    address = _address(link.target, context)
    if not address:
        return element("span", inlines_html(link.content, context), {**attributes, "title": link.title})
    content = link.content or (Text(link.target),)

    def linked(inner: str) -> str:
        return element("a", inner, {**attributes, "href": address, "title": link.title})

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


def _address(target: str, context: Context) -> str:
    if target.startswith("#"):
        return context.href(target[1:]) if target != "#" else ""
    return _percent_encoded(target) if REACHABLE.match(target) else ""


def _percent_encoded(target: str) -> str:
    """The target with the characters encoded that no URL may hold; what is encoded already stays as it is."""
    encoded = re.sub(r"[\s\"<>\\^`{|}\x00-\x20]", lambda found: quote(found[0]), target.strip())
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", encoded)


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


# Notes


def note_id(number: int) -> str:
    return f"note-{number}"


def mark_id(number: int) -> str:
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
    return element("a", str(mark.number), attributes) + footnote

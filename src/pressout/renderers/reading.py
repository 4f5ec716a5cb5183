"""How words are read in every format: which line ends are no space, which addresses lead out, which paragraphs lead to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal
from urllib.parse import quote, urlsplit

from pressout.model import Figure, Inline, Inlines, Paragraph, SoftBreak, Strong
from pressout.walk import plain_text

# Classes that make a kind of their own: divisions, the line that opens one, lists, keys of the keyboard
ASIDE, DETAILS, SUMMARY, STEPS, KEYBOARD = "aside", "details", "details-summary", "steps", "keyboard"

# Scripts written without spaces between words: ideographs, kana, their punctuation and full-width forms (not Hangul)
UNSPACED = re.compile(
    "[\u2e80-\u312f\u3190-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f\U00020000-\U0003ffff]"
)
# A scheme that leads out of the document to where a reader can go; a script or a file is no such place
REACHABLE = re.compile(r"(?!(?:javascript|vbscript|data|file|blob):)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def without_false_spaces(content: Inlines) -> Iterator[Inline]:
    """The inlines without the line ends between ideographs, which are no space."""
    for index, piece in enumerate(content):
        match piece:
            case SoftBreak() if _unspaced(content[index - 1 : index], content[index + 1 : index + 3]):
                continue
            case _:
                yield piece


def _unspaced(before: Inlines, after: Inlines) -> bool:
    # Of what follows, two pieces: the first may be the mark of a page, which is no text
    return bool(UNSPACED.match(plain_text(before)[-1:]) and UNSPACED.match(plain_text(after)[:1]))


def address(target: str) -> str:
    """The address of a link out of the document, its characters encoded that no URL may hold; nothing where nobody can go."""
    if not REACHABLE.match(target):
        return ""
    # what is encoded already stays as it is
    encoded = re.sub(r"[\s\"<>\\^`{|}\x00-\x20]", lambda found: quote(found[0]), target.strip())
    encoded = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", encoded)
    return encoded if _is_whole(encoded) else ""


def _is_whole(url: str) -> bool:
    try:
        urlsplit(url)
    except ValueError:  # a bracket without its fellow
        return False
    return True


def placement(figure: Figure) -> Literal["", "left", "center", "right"]:
    """Where a figure asks to stand: beside the text, or in the middle; nothing where it takes a line of its own."""
    asked = dict(figure.attributes.values).get("placement", "") or next(
        (dict(image.attributes.values).get("placement", "") for image in figure.images), ""
    )
    match asked:
        case "left" | "center" | "right":
            return asked
        case _:
            return ""


def leads(paragraph: Paragraph) -> bool:
    """Whether a paragraph ends in a colon, or is all bold, as writers make headings that are none: it stays with what follows."""
    match paragraph.content:
        case (Strong(),):
            return True
        case _:
            return plain_text(paragraph.content[-1:]).rstrip().endswith((":", "\uff1a"))

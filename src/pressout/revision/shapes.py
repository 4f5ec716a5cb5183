"""What kind of paragraph a Word style makes, whatever theme or program it comes from."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from pressout.readers.docx.values import Layout

ShapeKind = Literal["body", "heading", "title", "item", "continued", "quote", "code", "made", "other"]
HEADING = re.compile(r"heading (\d)$")
SUFFIXES = re.compile(r" (inner|loose)$")
KINDS: tuple[tuple[str, ShapeKind], ...] = (
    ("list bullet", "item"),
    ("list number", "item"),
    ("list continue", "continued"),
    ("code block", "code"),
    ("source code", "code"),
    ("html preformatted", "code"),
    ("body text", "body"),
    ("normal", "body"),
    ("standard", "body"),
    ("default", "body"),
    ("first paragraph", "body"),
    ("block text", "quote"),
    ("intense quote", "quote"),
)
MADE = ("spacer", "gap", "title drop", "contents title", "toc heading", "toc 1", "toc 2", "toc 3", "header", "footer")


class Shape(NamedTuple):
    """A paragraph's kind; the level of a heading from 1, of a list item from 0; what a style of no known kind is called."""

    kind: ShapeKind
    level: int = 0
    ordered: bool = False
    name: str = ""


def shape_of(layout: Layout) -> Shape:
    """The shape that a layout has. "Key Points List Bullet Loose" is a list item's, as "List Bullet" is."""
    name = plain_name(layout.style)
    found = HEADING.search(name)
    if found:
        return Shape("heading", int(found[1]))
    kind = _kind(name)
    if kind == "item" or (layout.numbering and kind in ("body", "other", "continued")):
        return Shape("item", layout.level, "number" in name)
    return Shape(kind, 0, False, name if kind == "other" else "")


@cache
def plain_name(style: str) -> str:
    """The name of a style without case and without what a theme adds at its end."""
    return SUFFIXES.sub("", style.casefold().strip())


@cache
def _kind(name: str) -> ShapeKind:
    if not name:
        return "body"
    if name in MADE:
        return "made"
    if name in ("title", "quote"):
        return "title" if name == "title" else "quote"
    return next((kind for words, kind in KINDS if name == words or name.endswith(f" {words}")), "other")

"""Attributes as they are written: `{#id .class key=value key="two words"}`, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from pressout.model import NO_ATTRIBUTES, Attributes, Direction

NAME = r"[^\W\d][\w:.-]*"
ITEM = re.compile(
    rf"""[ \t\n]* (?:
      \#(?P<id>[\w:.-]+)
    | \.(?P<name>-?{NAME})
    | (?P<key>{NAME})=(?: "(?P<double>(?:[^"\\]|\\.)*)" | '(?P<single>(?:[^'\\]|\\.)*)' | (?P<bare>[^\s"'{{}}]+) )
    | (?P<unnumbered>-)
    ) (?=[\s}}])""",
    re.VERBOSE | re.DOTALL,
)
CLOSE = re.compile(r"[ \t\n]*\}")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")  # as RFC 5646 shapes their names
ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Item:
    """One attribute: `#` names an id, `.` a class; `start`, `end` is the value's place in the text that was read."""

    key: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Written:
    """The attributes between two braces, and the place of the braces."""

    items: tuple[Item, ...]
    start: int
    end: int

    def item(self, key: str) -> Item | None:
        """The last attribute of this name."""
        return next((item for item in reversed(self.items) if item.key == key), None)


def parse_attributes(text: str, start: int, limit: int) -> Written | None:
    """What stands in braces from `start` on, if it is attributes to the last character; None is text."""
    if not text.startswith("{", start, limit):
        return None
    items: list[Item] = []
    at = start + 1 + text.startswith(":", start + 1)  # kramdown, so Jekyll, writes {: .class}
    while match := ITEM.match(text, at, limit):
        items.append(item_of(match))
        at = match.end()
    close = CLOSE.match(text, at, limit)
    if not close or not items:
        return None
    return Written(tuple(items), start, close.end())


def item_of(match: re.Match[str]) -> Item:
    """The attribute that ITEM has matched, with the place of its value; `{-}` is the class `unnumbered`."""
    if match["id"]:
        return Item("#", match["id"], *match.span("id"))
    if match["name"]:
        return Item(".", match["name"], *match.span("name"))
    if match["unnumbered"]:
        return Item(".", "unnumbered", *match.span("unnumbered"))
    form = next(form for form in ("double", "single", "bare") if match[form] is not None)
    return Item(match["key"], ESCAPE.sub(r"\1", match[form]), *match.span(form))


def attributes_of(*written: Written | None) -> Attributes:
    """The attributes as the model holds them; of several braces the later one wins, classes add up."""
    attributes = NO_ATTRIBUTES
    for one in written:
        for item in one.items if one else ():
            attributes = with_item(attributes, item)
    return attributes


def with_item(attributes: Attributes, item: Item) -> Attributes:
    """The attributes with one more: classes add up, of two with one key the last counts."""
    match item.key:
        case "#" | "id":
            return replace(attributes, id=item.value)
        case "." | "class":
            added = tuple(name for name in item.value.split() if name not in attributes.classes)
            return replace(attributes, classes=attributes.classes + added)
        case "lang" if LANGUAGE.fullmatch(item.value):
            return replace(attributes, lang=item.value)
        case "dir" if item.value in ("ltr", "rtl"):
            return replace(attributes, dir=cast(Direction, item.value))
        case _:
            others = tuple(pair for pair in attributes.values if pair[0] != item.key)
            return replace(attributes, values=(*others, (item.key, item.value)))


def moved(written: Written, place: Callable[[int], int], end: Callable[[int], int]) -> Written:
    """The same attributes with their places in another text: where a range begins there, and where it ends."""
    items = tuple(replace(item, start=place(item.start), end=end(item.end)) for item in written.items)
    return Written(items, place(written.start), end(written.end))

"""HTML as it is written: tags with their attributes, and the words between them, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Literal

TAG = re.compile(
    r"""<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*)
    (?P<attributes>(?:[\s/]+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)
    [\s/]*>""",
    re.VERBOSE,
)
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
REMARK = re.compile(r"<!--(?:>|->|.*?(?:-->|\Z))|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)|<![A-Za-z].*?(?:>|\Z)", re.DOTALL)
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
WORDS = re.compile(r"[ \t\n\r\f]+|[^ \t\n\r\f&<]+|.", re.DOTALL)
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"})

# What acts, or brings a document of its own: never taken over
ACTIVE = frozenset(
    {
        *("applet", "base", "embed", "form", "frame", "frameset", "iframe", "link", "meta", "object", "param", "script", "style"),
        "template",
    }
)
SILENT = frozenset({"applet", "iframe", "object", "script", "style", "template"})  # what stands inside is no text for readers


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag by its name in small letters; `acts` are the attributes that hold a program."""

    name: str
    close: bool = False
    attributes: dict[str, str] = field(default_factory=dict)
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A tag, a word, a blank, a character, or a remark, which is no text; `start`, `end` in the text that was read."""

    kind: Literal["tag", "word", "blank", "character", "remark"]
    start: int
    end: int
    text: str = ""
    tag: Tag | None = None


def tag_of(match: re.Match[str]) -> Tag:
    """A tag that was found."""
    attributes: dict[str, str] = {}
    for name, *values in ATTRIBUTE.findall(match["attributes"]):
        attributes.setdefault(name.lower(), unescape(next(filter(None, values), "")))
    acts = tuple(name for name, value in attributes.items() if name.startswith("on") or runs(value))
    kept = {name: value for name, value in attributes.items() if name not in acts}
    return Tag(match["name"].lower(), bool(match["close"]), kept, acts)


def runs(value: str) -> bool:
    """Whether an address is a program."""
    plain = re.sub(r"[\x00-\x20]", "", value).lower()
    return plain.startswith(("javascript:", "vbscript:")) or (plain.startswith("data:") and not plain.startswith("data:image/"))


def parse_tag(text: str) -> Tag | None:
    """The tag that a text is; None where it is a comment, an instruction or a declaration."""
    match = TAG.match(text)
    return tag_of(match) if match else None


def events(text: str) -> Iterator[Event]:
    """The tags and words of a piece of HTML in order, and what is no text; left out is what a program or a style sheet says."""
    at = 0
    while at < len(text):
        match = REMARK.match(text, at) if text[at] == "<" else None
        if match:
            yield Event("remark", at, match.end(), match[0])
            at = match.end()
            continue
        match = TAG.match(text, at) if text[at] == "<" else None
        if match:
            tag = tag_of(match)
            yield Event("tag", at, match.end(), tag=tag)
            at = match.end() if tag.close or tag.name not in SILENT else behind(text, tag.name, match.end())
            continue
        event = word(text, at)
        yield event
        at = event.end


def word(text: str, at: int) -> Event:
    """The event that begins at `at`: a character reference (HTML, 13.5), else a run of words or of blanks."""
    entity = ENTITY.match(text, at) if text[at] == "&" else None
    if entity and unescape(entity[0]) != entity[0]:
        return Event("character", at, entity.end(), unescape(entity[0]))
    match = WORDS.match(text, at)
    assert match
    return Event("blank" if match[0].isspace() and match[0] != "\xa0" else "word", at, match.end(), match[0])


def behind(text: str, name: str, at: int) -> int:
    """Behind the tag that closes a silent element; without one, a program or style sheet goes on to the end."""
    match = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, at)
    return match.end() if match else len(text) if name in ("script", "style") else at

"""What a returned Word file says: pieces of text and paragraphs, each as sent and as it stands now, and who changed them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, NamedTuple

ChangeKind = Literal["insertion", "deletion", "format", "paragraph", "row", "table", "section", "property"]


@dataclass(frozen=True, slots=True)
class Change:
    """One tracked change: a `w:ins`, `w:del`, move or `...Change` element. `index` counts them from 0 in the order of the file."""

    index: int
    kind: ChangeKind
    author: str = ""
    date: str = ""


class Standing(Enum):
    """Whether something was there before the editing, is there after it, or both."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"


class Marks(NamedTuple):
    """What a run of text is marked as; `link` is its target, `#name` within the file."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    superscript: bool = False
    subscript: bool = False
    small_caps: bool = False
    highlight: bool = False
    code: bool = False
    link: str = ""


PLAIN = Marks()


class Piece(NamedTuple):
    """A stretch of text that is alike throughout.

    A line break is "\\n"; a picture, a note's mark and a reference field are one U+FFFC each, and `object` says which and
    its name or id. `generated` text is the result of a counting field. `changes` are the indexes of the changes that touch it.
    """

    text: str
    standing: Standing = Standing.KEPT
    now: Marks = PLAIN
    before: Marks = PLAIN
    generated: bool = False
    object: str = ""
    comments: frozenset[str] = frozenset()
    changes: tuple[int, ...] = ()


class Layout(NamedTuple):
    """A paragraph's style, by the style's name, and its list: the numbering's id and the level from 0."""

    style: str = ""
    numbering: str = ""
    level: int = 0


class Place(NamedTuple):
    """Where a paragraph stands: in the body or a note (`note` is its id), and in which cell, tables counted over the file."""

    note: str = ""
    table: int = -1
    row: int = -1
    column: int = -1


class Thing(NamedTuple):
    """Something at a paragraph that is no text, by what it is called; `change` is the index of the change that made it, or -1."""

    called: str
    change: int = -1


class Line(NamedTuple):
    """A paragraph of the file. `mark` is the standing of the paragraph's end: a deleted one joins it to the next."""

    pieces: tuple[Piece, ...]
    now: Layout
    before: Layout
    mark: Standing = Standing.KEPT
    anchors: tuple[str, ...] = ()
    place: Place = Place()
    row: Standing = Standing.KEPT
    changes: tuple[int, ...] = ()  # those of the mark, the layout and the row
    things: tuple[Thing, ...] = ()

    @property
    def text_before(self) -> str:
        """The text with every change rejected."""
        return "".join(piece.text for piece in self.pieces if piece.standing is not Standing.INSERTED)

    @property
    def text_now(self) -> str:
        """The text with every change accepted."""
        return "".join(piece.text for piece in self.pieces if piece.standing is not Standing.DELETED)


class Comment(NamedTuple):
    """An editor's comment; `parent` is the id of the one that it answers."""

    id: str
    author: str
    date: str
    text: str
    parent: str = ""
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file, read: its paragraphs in order (body, then notes), the changes and comments, and what pressout put in for itself.

    `properties` are the custom document properties, `parts` the custom XML parts by the namespace of their outermost element,
    `application` is the program that saved it last, as it calls itself, `around` what surrounds the text (see `surroundings`).
    """

    lines: tuple[Line, ...]
    changes: tuple[Change, ...] = ()
    comments: tuple[Comment, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, bytes] = field(default_factory=dict)
    application: str = ""
    around: Mapping[str, bytes] = field(default_factory=dict)

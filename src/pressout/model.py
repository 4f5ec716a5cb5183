"""The model: what a document is, as frozen values that know nothing of formats or looks."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pressout.diagnostics import Span


class Role(StrEnum):
    """What a section is for: a closed list; DPUB-ARIA 1.1 and EPUB SSV 1.1 give the terms where they have one."""

    NONE = ""
    ABSTRACT = "abstract"
    ACKNOWLEDGMENTS = "acknowledgments"
    ADVICE = "practical-advice"
    ANALYSIS = "analysis"
    APPENDIX = "appendix"
    BIBLIOGRAPHY = "bibliography"
    CAUTION = "caution"
    COLOPHON = "colophon"
    COMPARISON = "comparison"
    CONCLUSION = "conclusion"
    CREDITS = "credits"
    DEDICATION = "dedication"
    ERRATA = "errata"
    FAQ = "faq"
    FOREWORD = "foreword"
    GLOSSARY = "glossary"
    INTRODUCTION = "introduction"
    KEY_POINTS = "key-points"
    LEGAL = "legal"
    PREFACE = "preface"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader reads: the file's text as decoded, its line ends and byte order mark still in it; its name and folder."""

    text: str
    name: str
    folder: Path | None = None


Align = Literal["", "left", "center", "right", "decimal"]
Direction = Literal["", "ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Attributes:
    """What `{#id .class key=value}` says of a node. In a prepared document `id` is unique and every target has one."""

    id: str = ""
    classes: tuple[str, ...] = ()
    lang: str = ""  # BCP 47
    dir: Direction = ""
    values: tuple[tuple[str, str], ...] = ()


NO_ATTRIBUTES = Attributes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Anything in a document. `span` is where it stands in the source, None for what pressout made itself."""

    span: Span | None = field(default=None, compare=False, repr=False)
    attributes: Attributes = NO_ATTRIBUTES


# Inlines


@dataclass(frozen=True, slots=True)
class Text(Node):
    text: str


class SoftBreak(Node):
    """A line end in the source that is a space, or nothing between ideographs, in the reading."""

    __slots__ = ()


class LineBreak(Node):
    """A line end that the writer asked for."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Marked(Node):
    """Words under one mark; each mark is a class of its own."""

    content: Inlines


class Emphasis(Marked):
    __slots__ = ()


class Strong(Marked):
    __slots__ = ()


class Strikethrough(Marked):
    __slots__ = ()


class Superscript(Marked):
    __slots__ = ()


class Subscript(Marked):
    __slots__ = ()


class SmallCaps(Marked):
    __slots__ = ()


class Highlight(Marked):
    __slots__ = ()


class Phrase(Marked):
    """A stretch of text that carries attributes: another language, a direction, a class."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Abbreviation(Node):
    text: str
    expansion: str


@dataclass(frozen=True, slots=True)
class Code(Node):
    text: str


@dataclass(frozen=True, slots=True)
class Link(Node):
    """`target` is as in the source, percent-encoding and all; `#id` points into this document."""

    content: Inlines
    target: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of a picture and its size in pixels (SVG: CSS pixels); `name` is unique within a document."""

    name: str
    media_type: str
    width: int
    height: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Image(Node):
    """`picture` is None until prepare has found it, and stays None where it is missing: then the alt text takes its place."""

    target: str
    alt: str = ""
    title: str = ""
    decorative: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class NoteReference(Node):
    """The mark of a note; `number` is set by prepare, `repeated` where an earlier mark leads to the same note.

    Where each article of a collection or each chapter begins at 1 again, `earlier` is how many notes those before it have.
    """

    label: str
    number: int = 0
    repeated: bool = False
    earlier: int = 0

    @property
    def shown(self) -> int:
        """The number that is printed; `number` is the note's own in the whole file."""
        return self.number - self.earlier


@dataclass(frozen=True, slots=True)
class CrossReference(Node):
    """A reference to a node by its id; prepare fills `content` ("Figure 3"). `page` asks for the page where there are pages."""

    target: str
    form: Literal["label", "number", "title", "page"] = "label"
    content: Inlines = ()


Inline = (
    Text
    | SoftBreak
    | LineBreak
    | Emphasis
    | Strong
    | Strikethrough
    | Superscript
    | Subscript
    | SmallCaps
    | Highlight
    | Phrase
    | Abbreviation
    | Code
    | Link
    | Image
    | NoteReference
    | CrossReference
)
Inlines = tuple[Inline, ...]

# Blocks


@dataclass(frozen=True, slots=True)
class Paragraph(Node):
    content: Inlines


@dataclass(frozen=True, slots=True)
class Heading(Node):
    """`level` counts from 1; in a prepared document 1 is the highest below the document's title, and no level is skipped."""

    level: int
    content: Inlines
    number: str = ""


@dataclass(frozen=True, slots=True)
class Section(Node):
    """A heading and what stands under it, made by prepare from the flat headings of a reader; `attributes` holds the id."""

    heading: Heading
    blocks: Blocks
    role: Role = Role.NONE


@dataclass(frozen=True, slots=True)
class ListItem(Node):
    """`checked` is None but in a task list."""

    blocks: Blocks
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class List(Node):
    """`tight` lists have no blank lines between items; `start` is the first number of an ordered one."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    tight: bool = True


@dataclass(frozen=True, slots=True)
class Definition(Node):
    terms: tuple[Inlines, ...]
    definitions: tuple[Blocks, ...]


@dataclass(frozen=True, slots=True)
class DefinitionList(Node):
    items: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Quote(Node):
    """A `pull` quote repeats words of the text, so a screen reader need not hear it; an `epigraph` stands before a text."""

    blocks: Blocks
    kind: Literal["block", "pull", "epigraph"] = "block"
    attribution: Inlines = ()


@dataclass(frozen=True, slots=True)
class Verse(Node):
    """Lines whose breaks and indents are the poet's; an empty line parts two stanzas."""

    lines: tuple[Inlines, ...]
    attribution: Inlines = ()


@dataclass(frozen=True, slots=True)
class CodeBlock(Node):
    """`text` has no line end after its last line; `language` is the first word of the info string."""

    text: str
    language: str = ""
    caption: Inlines = ()


@dataclass(frozen=True, slots=True)
class Cell(Node):
    blocks: Blocks
    header: bool = False
    align: Align = ""
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Row(Node):
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is a share of the table's width, 0 to 1; None leaves it to the renderer."""

    align: Align = ""
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Table(Node):
    """`source` is the line under a table that says where its figures come from."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    caption: Inlines = ()
    source: Inlines = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class Figure(Node):
    """One picture, or a group under one caption. `description` is the long description of what the pictures show."""

    images: tuple[Image, ...]
    caption: Inlines = ()
    credit: Inlines = ()
    description: str = ""
    number: str = ""


class ThematicBreak(Node):
    __slots__ = ()


@dataclass(frozen=True, slots=True)
class QuestionAnswer(Node):
    question: Inlines
    answer: Blocks


CalloutKind = Literal["note", "tip", "important", "caution", "warning", "example"]


@dataclass(frozen=True, slots=True)
class Callout(Node):
    """A set-apart remark; an empty `title` is filled by prepare with the kind's name in the document's language."""

    kind: CalloutKind
    blocks: Blocks
    title: Inlines = ()


@dataclass(frozen=True, slots=True)
class Division(Node):
    """Blocks that share attributes: another language, a direction, a class."""

    blocks: Blocks


Block = (
    Section
    | Heading
    | Paragraph
    | List
    | DefinitionList
    | Quote
    | Verse
    | CodeBlock
    | Table
    | Figure
    | ThematicBreak
    | QuestionAnswer
    | Callout
    | Division
)
Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Note(Node):
    """A note's text, set where the format sets its notes; prepare numbers the notes in the order of their first marks.

    `earlier` is as in a mark.
    """

    label: str
    blocks: Blocks
    number: int = 0
    earlier: int = 0

    @property
    def shown(self) -> int:
        """The number that is printed; `number` is the note's own in the whole file."""
        return self.number - self.earlier


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    affiliation: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the article says of itself; `spans` tells where each key's value stands in the source, and where its printed pieces do.

    Those have the key's name and a number, in the order in which they are written: `author.0`, `keywords.2`.

    `title`, `subtitle`, `description` (printed as the standfirst) and `abstract` are reading text. `date` is the date of
    publication, `modified` that of the last change. `settings` holds the keys that steer a build (theme, cover, toc, ...).
    `logo` and `imprint` are those of the house that publishes it, which prepare takes from the theme.
    `editors` are printed where there are no authors; `translators` and `illustrators` are told to shops and libraries.
    `contributors` of a collection are the authors of its articles.
    """

    title: Inlines = ()
    subtitle: Inlines = ()
    description: Inlines = ()
    abstract: Blocks = ()
    authors: tuple[Author, ...] = ()
    editors: tuple[Author, ...] = ()
    translators: tuple[Author, ...] = ()
    illustrators: tuple[Author, ...] = ()
    contributors: tuple[Author, ...] = ()
    date: datetime.date | None = None
    modified: datetime.date | None = None
    lang: str = ""
    dir: Direction = ""
    keywords: tuple[str, ...] = ()
    publisher: str = ""
    rights: str = ""
    identifier: str = ""
    series: str = ""
    issue: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    logo: Image | None = None
    imprint: str = ""
    spans: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """An article: flat headings when a reader returns it, nested sections once it is prepared.

    `name` is the source's file name as diagnostics show it; pictures are looked for in `folder` and below, never elsewhere.
    `dropped` are the lines that the reader left out as no part of the article, each reported. A collection is a document too:
    `articles` is what each of its articles says of itself, by the id of the section that the article has become.
    """

    metadata: Metadata
    blocks: Blocks
    notes: tuple[Note, ...] = ()
    name: str = ""
    folder: Path | None = field(default=None, compare=False)
    dropped: tuple[str, ...] = ()
    articles: Mapping[str, Metadata] = field(default_factory=dict)

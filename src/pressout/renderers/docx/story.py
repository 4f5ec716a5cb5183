"""What is shared while a Word file is written, what a block inherits from where it stands, and how a paragraph begins and ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from pressout.diagnostics import Report, Span
from pressout.edition import Edition
from pressout.model import Align, Attributes, Document, Note
from pressout.renderers.docx.numbering import Kind, Numbering
from pressout.renderers.docx.pictures import Pictures
from pressout.renderers.docx.properties import end_inset, start_inset
from pressout.renderers.docx.references import Names, References
from pressout.renderers.docx.styles import PLAIN, Setting, Styles, WordStyle
from pressout.renderers.docx.xml import Element, add, base36, twips
from pressout.terms import direction, language
from pressout.theme.looks import Style, Theme

ANCHOR = "_po_"  # a name that begins with an underscore is hidden from those who look through a file's bookmarks
SLACK = 0.05  # points: less than a twip is no difference
NARROWEST = 36.0  # points: a line is never taken to be narrower, however deep its block is nested


@dataclass(slots=True)
class Story:
    """One part that holds paragraphs: the main text, the footnotes. `relations` are what it refers to outside itself.

    The key of a relation is its kind and its target, a part's name or an address; the value is what the text calls it.
    """

    name: str
    root: Element
    is_notes: bool = False
    relations: dict[tuple[str, str], str] = field(default_factory=dict)

    def relate(self, kind: str, target: str) -> str:
        """What the text calls a target, the same each time: `rId1` is the first."""
        return self.relations.setdefault((kind, target), f"rId{len(self.relations) + 1}")


class NoteForm(NamedTuple):
    """The names of a kind of notes: of its part, of the elements there and at a mark, and the roles of its text and its mark."""

    part: str
    note: str
    reference: str
    own_mark: str
    text: str
    mark: str


FOOTNOTES = NoteForm("footnotes", "w:footnote", "w:footnoteReference", "w:footnoteRef", "note", "note-mark")
ENDNOTES = NoteForm("endnotes", "w:endnote", "w:endnoteReference", "w:endnoteRef", "endnote", "endnote-mark")


Start = Literal["", "continuous", "nextPage", "oddPage"]  # how a section of the file begins; nothing is for the first


class Opening(NamedTuple):
    """How a section of the file begins, and what its first page goes without: `all` is head and folio.

    `turned` has the paper on its side; `goes_on` is for what belongs to the chapter or article of the section before.
    """

    start: Start
    bare: Literal["", "head", "all"] = ""
    columns: int = 1
    turned: bool = False
    goes_on: bool = False


FIRST = Opening("", "all")
Heads = tuple[tuple[str, str, str], ...]  # of each: its kind, its pages, its relation


class Marker(NamedTuple):
    """The sign or number of a list item that waits for the item's first paragraph."""

    list_number: int
    level: int


@dataclass(slots=True)
class WordFile:
    """What all stories of one file share. `waiting` are the bookmarks, `marker` the sign, that the next paragraph takes.

    `called` are the notes in the order of their marks. `numbers` are the lists that number headings, where headings are numbered.
    `heads` are the running heads and folios, `turned_heads` those of turned pages, `heads_shown` those of the last section.
    `article_heads` are both, for each article of a collection by its id.
    `opening` is how the section began that is being written. `article` is the id of the article that is being written.
    """

    document: Document
    theme: Theme
    edition: Edition
    report: Report
    styles: Styles
    references: References
    pictures: Pictures
    numbering: Numbering = field(default_factory=Numbering)
    names: Names = field(default_factory=Names)
    notes: Mapping[str, Note] = field(default_factory=dict)
    called: list[Note] = field(default_factory=list)
    numbers: Mapping[Kind, int] = field(default_factory=dict)
    heads: Heads = ()
    turned_heads: Heads = ()
    heads_shown: Heads = ()
    article_heads: dict[str, Sequence[Heads]] = field(default_factory=dict)
    opening: Opening = FIRST
    bookmarks: int = 0
    anchored: set[int] = field(default_factory=set)
    waiting: list[str] = field(default_factory=list)
    marker: Marker | None = None
    article: str = ""

    @property
    def words(self) -> str:
        """The language of pressout's own words here: the article's, else the file's."""
        own = self.document.articles.get(self.article)
        return own.lang if own else self.lang

    @property
    def notes_by_chapter(self) -> bool:
        return self.note_form is FOOTNOTES and self.document.metadata.settings.get("note-numbering") == "chapter"

    @property
    def note_form(self) -> NoteForm:
        return ENDNOTES if self.document.metadata.settings.get("notes") == "endnotes" else FOOTNOTES

    @property
    def lang(self) -> str:
        return self.document.metadata.lang or "en"

    @property
    def rtl(self) -> bool:
        return (self.document.metadata.dir or direction(self.lang)) == "rtl"


@dataclass(frozen=True, slots=True)
class Place:
    """What a block inherits. `text` is the role of a plain paragraph here; indents and `width` are points.

    `indent` is where the lines of the container begin; `own` is how much of it paragraphs of the role `text` bring along by their
    style. `depth` is how many lists enclose the block since `list_indent`; `list_closes` says that with it the outermost one ends.
    `lang` is a language other than the file's, `small` the type of a table that is wide.
    """

    file: WordFile
    story: Story
    width: float
    text: str = "body"
    setting: Setting = PLAIN
    indent: float = 0.0
    outdent: float = 0.0
    own: tuple[float, float] = (0.0, 0.0)
    list_role: str = ""
    list_variant: str = ""
    list_closes: bool = False
    list_indent: float = 0.0
    depth: int = 0
    align: Align = ""
    decimal: float = 0.0
    lang: str = ""
    rtl: bool = False
    small: bool = False

    @property
    def room(self) -> float:
        """The width of a line here."""
        return max(self.width - self.indent - self.outdent, NARROWEST)


def inside(place: Place, role: str) -> Place:
    """The place within a container of that role: a quote, a callout, an answer, a definition."""
    styles, section = place.file.styles, place.setting.section
    start, end = edges(styles.look(role, section))
    containers = place.setting.containers
    if role not in containers and styles.encloses(role, section):
        containers = (*containers, role)
    return replace(
        place,
        text=role,
        setting=replace(place.setting, containers=containers),
        indent=place.indent + start,
        outdent=place.outdent + end,
        own=(start, end),
        list_role="",
        depth=0,
    )


def edges(look: Style) -> tuple[float, float]:
    """How far a look sets its text in, at the line's start and at its end."""
    return look.indent + start_inset(look), look.outdent + end_inset(look)


def spoken(place: Place, attributes: Attributes) -> Place:
    """The place in the language and direction that a node's attributes give, if any."""
    if not attributes.lang and not attributes.dir:
        return place
    lang = attributes.lang or place.lang
    towards = attributes.dir or direction(attributes.lang)
    own = "" if language(lang) == language(place.file.lang) else lang
    return replace(place, lang=own, rtl=towards == "rtl" if towards else place.rtl)


# Paragraphs


class Line(NamedTuple):
    """A paragraph while it is being filled."""

    element: Element
    style: WordStyle


@contextmanager
def paragraph(parent: Element, role: str, place: Place, *keys: Span | None) -> Iterator[Line]:
    """A new paragraph of that role. Its bookmarks enclose all of it: the anchors of the leaves at `keys`, and the ids that wait."""
    element = add(parent, "w:p")
    style = place.file.styles.paragraph(role, place.setting)
    _write_properties(element, style, place)
    with anchored(element, place.file, *keys):
        yield Line(element, style)


def _write_properties(element: Element, style: WordStyle, place: Place) -> None:
    """The paragraph's style, and what no style can say: its number, its direction, how far its container sets it in."""
    properties = add(element, "w:pPr")
    add(properties, "w:pStyle", val=style.id)
    marker, place.file.marker = place.file.marker, None
    if marker:
        numbering = add(properties, "w:numPr")
        add(numbering, "w:ilvl", val=str(marker.level))
        add(numbering, "w:numId", val=str(marker.list_number))
    if place.decimal:
        add(add(properties, "w:tabs"), "w:tab", val="decimal", pos=twips(place.decimal))
    if place.rtl:
        add(properties, "w:bidi")
    elif place.file.rtl:
        add(properties, "w:bidi", val="0")
    if place.indent or place.outdent:
        _write_indents(properties, style, place, marked=marker is not None)
    if place.align and not place.decimal:
        add(properties, "w:jc", val=_side(place))


def _write_indents(properties: Element, style: WordStyle, place: Place, *, marked: bool) -> None:
    """The indents that are not the style's own: in a list, in a quote within a quote. A list's definition sets its items in."""
    start, end = edges(place.file.styles.look(style.role, place.setting.section))
    own_start, own_end = place.own if style.role == place.text else (0.0, 0.0)
    wanted = {
        "left": (style.indent if marked else place.indent + start - own_start, style.indent),
        "right": (place.outdent + end - own_end, style.outdent),
    }
    different = {side: twips(points) for side, (points, given) in wanted.items() if abs(points - given) > SLACK}
    if different:
        add(properties, "w:ind", **different)


def _side(place: Place) -> str:
    """Where lines stand. In a paragraph written from right to left, Word's "left" is where the line begins."""
    if place.align == "center":
        return "center"
    leftward = place.align == "left"
    return "left" if leftward != place.rtl else "right"


# Bookmarks


@contextmanager
def anchored(element: Element, file: WordFile, *keys: Span | None) -> Iterator[None]:
    """The bookmarks round what is written meanwhile."""
    opened = [open_bookmark(element, name, file) for name in _bookmarks(file, keys)]
    yield
    for identifier in reversed(opened):
        close_bookmark(element, identifier)


def _bookmarks(file: WordFile, keys: tuple[Span | None, ...]) -> list[str]:
    names, file.waiting = file.waiting, []
    for key in keys:
        if key is not None and file.edition.anchors and key.start not in file.anchored:
            file.anchored.add(key.start)
            names.append(f"{ANCHOR}{base36(key.start)}")
    return names


def open_bookmark(parent: Element, name: str, file: WordFile) -> str:
    """The start of a bookmark; gives the identifier that its end must carry."""
    identifier = str(file.bookmarks)
    file.bookmarks += 1
    add(parent, "w:bookmarkStart", id=identifier, name=name)
    return identifier


def close_bookmark(parent: Element, identifier: str) -> None:
    """End the bookmark of this number here."""
    add(parent, "w:bookmarkEnd", id=identifier)


def await_bookmark(file: WordFile, attributes: Attributes) -> None:
    """Have the next paragraph bear a block's id."""
    if attributes.id:
        file.waiting.append(file.names.name(attributes.id))

"""Joining: prepared articles made into one document, each a section of it, with all that is referred to still where it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import TypeVar
from urllib.parse import unquote

from pressout.collection.listing import Listing
from pressout.diagnostics import Report, Span
from pressout.model import (
    Attributes,
    Author,
    Block,
    Blocks,
    CrossReference,
    Document,
    Figure,
    Heading,
    Image,
    Inlines,
    Link,
    Metadata,
    Node,
    Note,
    NoteReference,
    Paragraph,
    Phrase,
    Picture,
    Section,
    Text,
)
from pressout.prepare.slugs import slug
from pressout.prepare.typography import set_typography
from pressout.terms import direction, long_date, term
from pressout.walk import everything, inside, plain_text, within

ARTICLE = "article"  # the class of a section that is an article

Named = TypeVar("Named", bound=Node)


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of a collection: its prepared document, and its file."""

    document: Document
    path: Path

    @property
    def length(self) -> int:
        """How many characters of the file the document reaches over."""
        return max((node.span.end for node in everything(self.document) if node.span), default=0)


def as_member(document: Document, report: Report) -> Document:
    """An article as it is prepared for a collection, where sections have no numbers, for these would begin anew with each article.

    References to them then say their titles. Notes stand where those of the whole do.
    """
    asked = document.metadata.settings
    if asked.get("notes") == "endnotes":
        report.note("in a collection the notes stand at the foot of the page", document.metadata.spans.get("notes"))
    if asked.get("number-sections") is True:
        report.note("in a collection sections have no numbers", document.metadata.spans.get("number-sections"))
    settings = {**asked, "number-sections": False, "note-numbering": "document"}
    return replace(document, metadata=replace(document.metadata, settings=settings))


def dated(metadata: Metadata, pieces: Sequence[Piece]) -> Metadata:
    """The metadata with a date: the collection's own, else that of its youngest article."""
    dates = [date for piece in pieces if (date := piece.document.metadata.date)]
    return metadata if metadata.date or not dates else replace(metadata, date=max(dates))


def join(listing: Listing, pieces: Sequence[Piece], report: Report) -> Document:
    """One document of all the articles; links from one to another lead to it within the file."""
    metadata = _whole(listing.metadata, pieces, listing, report)
    places = tuple(_places(pieces, listing.length))
    pictures = _Pictures()
    movers = [_Mover(piece, place, places, pictures, metadata.lang) for piece, place in zip(pieces, places, strict=True)]
    whole = set_typography(Document(metadata, (), name=listing.name, folder=listing.folder))
    return replace(
        whole,
        blocks=tuple(mover.section() for mover in movers),
        notes=tuple(note for mover in movers for note in mover.notes()),
        dropped=tuple(line for piece in pieces for line in piece.document.dropped),
        articles={place.id: piece.document.metadata for piece, place in zip(pieces, places, strict=True)},
    )


def _whole(metadata: Metadata, pieces: Sequence[Piece], listing: Listing, report: Report) -> Metadata:
    """What the list says of the whole, with what it leaves to the articles: the language, the contributors."""
    lang = metadata.lang or _language(pieces, listing, report)
    written = dict.fromkeys(author.name for piece in pieces for author in piece.document.metadata.authors)
    return replace(metadata, lang=lang, dir=direction(lang), contributors=tuple(map(Author, written)))


def _language(pieces: Sequence[Piece], listing: Listing, report: Report) -> str:
    """The language that most articles are in; of several, that of the first."""
    found = Counter(piece.document.metadata.lang for piece in pieces)
    lang = found.most_common(1)[0][0]
    if len(found) > 1:
        report.note(f"the collection names no language; it speaks '{lang}', as most of its articles do", file=listing.name)
    return lang


# Places


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an article stands in the whole: its file, its id, the new ids of what it holds, and what comes before it."""

    path: Path
    id: str
    ids: Mapping[str, str]
    order: int
    notes: int
    offset: int


def _places(pieces: Sequence[Piece], start: int) -> Iterator[_Place]:
    """The first to have an id keeps it; an article's own goes before those of what the articles hold."""
    used: set[str] = set()
    own = [_free(slug(plain_text(piece.document.metadata.title), ARTICLE), used) for piece in pieces]
    offsets = accumulate((piece.length + 1 for piece in pieces), initial=start + 1)
    notes = accumulate((len(piece.document.notes) for piece in pieces), initial=0)
    for order, (piece, name, offset, before) in enumerate(zip(pieces, own, offsets, notes, strict=False), 1):
        given = dict.fromkeys(node.attributes.id for node in everything(piece.document) if node.attributes.id)
        ids = {identifier: _free(identifier, used) for identifier in given}
        numbered = {_note_id(note.number): _note_id(note.number + before) for note in piece.document.notes}
        yield _Place(piece.path.resolve(), name, {**ids, **numbered}, order, before, offset)


def _free(wanted: str, used: set[str]) -> str:
    name, number = wanted, 2
    while name in used:
        name, number = f"{wanted}-{number}", number + 1
    used.add(name)
    return name


def _note_id(number: int) -> str:
    """The id that renderers make for a note."""
    return f"note-{number}"


@dataclass(slots=True)
class _Pictures:
    """The pictures so far, by name: two of the same bytes are one, others of one name get a number."""

    kept: dict[str, Picture] = field(default_factory=dict)

    def one_of(self, picture: Picture) -> Picture:
        path, name, number = PurePosixPath(picture.name), picture.name, 2
        while name in self.kept and self.kept[name].data != picture.data:
            name, number = f"{path.stem}-{number}{path.suffix}", number + 1
        return self.kept.setdefault(name, replace(picture, name=name))


# An article's move into the whole


@dataclass(frozen=True, slots=True)
class _Mover:
    """Gives each node of an article its place in the whole.

    Spans keep their file, line and column for diagnostics; their offsets count through the list and all the articles, one
    after the other, so that no two blocks begin at the same.
    """

    piece: Piece
    place: _Place
    places: tuple[_Place, ...]
    pictures: _Pictures
    lang: str

    def section(self) -> Section:
        """The article as a section: its title is the heading, and what stands below a title comes before the text."""
        document = self.piece.document
        metadata = document.metadata
        spoken = Attributes(lang=metadata.lang, dir=metadata.dir or direction(metadata.lang)) if self._is_foreign else Attributes()
        title = self.inlines(metadata.title)
        return Section(
            Heading(1, title, span=title[0].span if title else None),
            (*self._front(metadata), *self.blocks(document.blocks), *_imprint(metadata)),
            attributes=replace(spoken, id=self.place.id, classes=(ARTICLE,)),
        )

    @property
    def _is_foreign(self) -> bool:
        return self.piece.document.metadata.lang != self.lang

    def _front(self, metadata: Metadata) -> Iterator[Block]:
        """The lines of the article's title block, but for its title, in their order."""
        yield from _line("subtitle", self.inlines(metadata.subtitle))
        yield from _line("standfirst", self.inlines(metadata.description))
        yield from _line("authors", _text(", ".join(map(_byline, metadata.authors))))
        yield from _line("date", _text(long_date(metadata.date, metadata.lang) if metadata.date else ""))
        for block in self.blocks(metadata.abstract):
            yield _classed(block, "abstract")
        if metadata.keywords:
            label = Phrase(_text(term("keywords", metadata.lang)), attributes=Attributes(classes=("keywords-label",)))
            yield from _line("keywords", (label, *_text(f" {', '.join(metadata.keywords)}")))

    def notes(self) -> Iterator[Note]:
        document = self.piece.document
        for note in sorted(document.notes, key=lambda note: note.number):
            moved = self.node(note)
            spoken = document.metadata.lang if self._is_foreign else ""
            own = replace(moved.attributes, lang=moved.attributes.lang or spoken)
            yield replace(
                moved,
                attributes=replace(own, dir=own.dir or direction(own.lang)),
                label=self._label(note.label),
                blocks=self.blocks(note.blocks),
                number=note.number + self.place.notes,
                earlier=self.place.notes,
            )

    def _label(self, label: str) -> str:
        return f"{self.place.order}/{label}"

    def blocks(self, blocks: Blocks) -> Blocks:
        return tuple(inside(self._moved(block), self.blocks, self.inlines, self.node) for block in blocks)

    def inlines(self, inlines: Inlines) -> Inlines:
        return tuple(within(self._moved(inline), self.inlines) for inline in inlines)

    def node(self, node: Named) -> Named:
        """The node with its span and id in the whole."""
        own, span = node.attributes, node.span
        if own.id:
            own = replace(own, id=self.place.ids[own.id])
        return replace(node, span=_shifted(span, self.place.offset), attributes=own)

    def _moved(self, node: Named) -> Named:
        """The node with all that it says of itself as the whole has it; what stands in it is moved by others."""
        moved: Named = self.node(node)
        match moved:
            case Section(heading=heading):
                return replace(moved, heading=self._moved(heading))
            case Heading(level=level):
                return replace(moved, level=level + 1)
            case Figure(images=images):
                return replace(moved, images=tuple(map(self._moved, images)))
            case Image(picture=Picture() as picture):
                return replace(moved, picture=self.pictures.one_of(picture))
            case NoteReference(label=label, number=number) if number:
                return replace(moved, label=self._label(label), number=number + self.place.notes, earlier=self.place.notes)
            case CrossReference(target=target):
                return replace(moved, target=self.place.ids.get(target, target))
            case Link(target=target):
                return replace(moved, target=self._target(target))
            case _:
                return moved

    def _target(self, target: str) -> str:
        """Where a link leads: a place in this article, or in another one of the collection, is a place in the whole."""
        name, sign, fragment = target.partition("#")
        if not name:
            return f"#{self.place.ids.get(fragment, fragment)}" if sign else target
        if ":" in name or "?" in name:
            return target
        path = (self.piece.path.parent / unquote(name)).resolve()
        found = next((place for place in self.places if place.path == path), None)
        return f"#{found.ids.get(unquote(fragment), found.id)}" if found else target


def _shifted(span: Span | None, offset: int) -> Span | None:
    return replace(span, start=span.start + offset, end=span.end + offset) if span else None


def _classed(node: Named, name: str) -> Named:
    return replace(node, attributes=replace(node.attributes, classes=(name, *node.attributes.classes)))


def _line(role: str, words: Inlines) -> Iterator[Paragraph]:
    """A line of a title block, where it says anything; its key is that of its words."""
    if words:
        yield Paragraph(words, span=words[0].span, attributes=Attributes(classes=(role,)))


def _text(words: str) -> Inlines:
    return (Text(words),) if words else ()


def _byline(author: Author) -> str:
    return author.name + (f" ({author.affiliation})" if author.affiliation else "")


def _imprint(metadata: Metadata) -> Iterator[Paragraph]:
    """The article's own series, who published it and under what rights, in a line at its end."""
    series = ", ".join(filter(None, (metadata.series, metadata.issue)))
    yield from _line("imprint", _text(" · ".join(filter(None, (series, metadata.publisher, metadata.rights)))))

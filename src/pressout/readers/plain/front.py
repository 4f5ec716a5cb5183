"""The front of a plain text: its title, what stands round it, who wrote it and when."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pressout.diagnostics import Report, Span
from pressout.model import Author, Metadata
from pressout.readers.plain.bylines import Byline, read_byline
from pressout.readers.plain.inlines import Setting
from pressout.readers.plain.kinds import Kind, Piece
from pressout.readers.plain.sentences import ends_sentence, length_in_words

LONGEST_TITLE = 40  # words
LONGEST_CLOSED_TITLE = 15  # words of one that ends in a full stop, as a short paragraph may
LONGEST_KICKER = 3  # words of the rubric above a title: "Opinion", "World news"
LONGEST_STANDFIRST = 60  # words
MOST_BYLINES = 4


@dataclass(frozen=True, slots=True)
class Front:
    """The pieces that are not the text: at which place the title stands and the bylines begin, and where the text does."""

    title: int = -1
    bylines: int = 0
    text: int = 0


def read_front(pieces: list[Piece], setting: Setting, report: Report) -> tuple[Metadata, list[Piece]]:
    """What the lines before the text say, and the pieces of the text."""
    front = _find_front(pieces)
    if front.title < 0:
        return Metadata(), pieces
    title = pieces[front.title]
    metadata = Metadata(title=setting.inlines(title.passage, title.skip), spans={"title": title.passage.span(setting.file)})
    if front.title:
        metadata = _with(metadata, "series", pieces[0].text, pieces[0].passage.span(setting.file))
    for piece in pieces[front.title + 1 : front.bylines]:
        key = "description" if ends_sentence(piece.text) else "subtitle"
        metadata = _with(metadata, key, setting.inlines(piece.passage), piece.passage.span(setting.file))
    for piece in pieces[front.bylines : front.text]:
        metadata = _with_byline(metadata, read_byline(piece.text) or Byline(), piece, setting, report)
    return metadata, _without_repetition(pieces[front.text :], title, setting, report)


def _find_front(pieces: list[Piece]) -> Front:
    """Bylines stand right below the title, or below one line between that is its subtitle or standfirst."""
    if not pieces or not _may_be_title(pieces[0]):
        return Front()
    first = next((place for place in range(1, min(len(pieces), 4)) if _is_byline(pieces[place])), 0)
    if not first or not _leads_up(pieces[:first]):
        return Front(0, 1, 1)
    last = first
    while last < min(len(pieces), first + MOST_BYLINES) and _is_byline(pieces[last]):
        last += 1
    kicked = first > 1 and length_in_words(pieces[0].text) <= LONGEST_KICKER and _may_be_title(pieces[1])
    longer = length_in_words(pieces[1].text) > length_in_words(pieces[0].text)
    return Front(1 if kicked and longer else 0, first, last)


def _may_be_title(piece: Piece) -> bool:
    words = length_in_words(piece.text)
    closed = ends_sentence(piece.text) and words > LONGEST_CLOSED_TITLE
    return piece.kind in (Kind.BARE, Kind.HEADING) and words <= LONGEST_TITLE and not closed


def _is_byline(piece: Piece) -> bool:
    return piece.kind is Kind.BARE and read_byline(piece.text) is not None


def _leads_up(pieces: list[Piece]) -> bool:
    """Whether these lines, which end above a byline, can be rubric, title and standfirst, and nothing else."""
    return all(piece.kind in (Kind.BARE, Kind.HEADING) and length_in_words(piece.text) <= LONGEST_STANDFIRST for piece in pieces)


def _with(metadata: Metadata, key: str, value: object, span: Span) -> Metadata:
    return replace(metadata, **{key: value}, spans={**metadata.spans, key: span})  # type: ignore[arg-type]


def _with_byline(metadata: Metadata, byline: Byline, piece: Piece, setting: Setting, report: Report) -> Metadata:
    span = piece.passage.span(setting.file)
    if byline.left:
        report.note(f"left out: '{byline.left}'", span)
    authors = tuple(Author(name) for name in byline.authors if name not in {author.name for author in metadata.authors})
    found = {
        "authors": metadata.authors + authors if authors else None,
        "date": byline.date if not metadata.date else None,
        "modified": byline.modified if not metadata.modified else None,
    }
    for key, value in found.items():
        if value:
            metadata = _with(metadata, key, value, span)
    return metadata


def _without_repetition(pieces: list[Piece], title: Piece, setting: Setting, report: Report) -> list[Piece]:
    """The text without a first line that repeats the title."""
    if not pieces or pieces[0].text.casefold() != title.text.casefold():
        return pieces
    report.note(f"left out: '{pieces[0].text}', which repeats the title", pieces[0].passage.span(setting.file))
    return pieces[1:]

"""The front of a plain text: its title, what stands round it, who wrote it and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import dropwhile

from pressout.diagnostics import Report
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


def read_front(pieces: list[Piece], title: str, setting: Setting, report: Report) -> tuple[Metadata, list[Piece]]:
    """What the lines before the text say, and the pieces of the text. A `title` that is known already is looked for no more."""
    pieces = list(dropwhile(lambda piece: piece.kind is Kind.RULE, pieces))
    front = _find_front(pieces, title)
    metadata = Metadata()
    if front.title > 0:
        metadata = replace(_at(metadata, "series", pieces[0], setting), series=pieces[0].text)
    if front.title >= 0:
        piece = pieces[front.title]
        metadata = replace(_at(metadata, "title", piece, setting), title=setting.inlines(piece.passage, piece.skip))
        report.note(f"'{piece.text}' is taken for the title", piece.passage.span(setting.file))
    for piece in pieces[front.title + 1 : front.bylines]:
        metadata = _with_line(metadata, piece, setting)
    for piece in pieces[front.bylines : front.text]:
        metadata = _with_byline(metadata, piece, setting, report)
    known = title or (pieces[front.title].text if front.title >= 0 else "")
    return metadata, _without_repetition(pieces[front.text :], known, setting, report)


def _find_front(pieces: list[Piece], known: str) -> Front:
    """Bylines stand right below the title, or below one line between that is its subtitle or standfirst."""
    if known and pieces and not _are_same(pieces[0].text, known):
        return Front(-1, 0, _behind_bylines(pieces, 0))
    if not pieces or not _may_be_title(pieces[0]):
        return Front()
    first = next((place for place in range(1, min(len(pieces), 4)) if _is_byline(pieces[place])), 1)
    kicked = first > 1 and length_in_words(pieces[0].text) <= LONGEST_KICKER and _may_be_title(pieces[1])
    title = 1 if kicked and length_in_words(pieces[1].text) > length_in_words(pieces[0].text) else 0
    if not _lead_up(pieces[title + 1 : first]):
        return Front(0, 1, 1)
    return Front(title, first, _behind_bylines(pieces, first))


def _behind_bylines(pieces: list[Piece], place: int) -> int:
    end = min(len(pieces), place + MOST_BYLINES)
    while place < end and _is_byline(pieces[place]):
        place += 1
    return place


def _may_be_title(piece: Piece) -> bool:
    words = length_in_words(piece.text)
    closed = ends_sentence(piece.text) and words > LONGEST_CLOSED_TITLE
    return piece.kind in (Kind.BARE, Kind.HEADING) and words <= LONGEST_TITLE and not closed


def _is_byline(piece: Piece) -> bool:
    return piece.kind is Kind.BARE and read_byline(piece.text) is not None


def _lead_up(pieces: list[Piece]) -> bool:
    """Whether these lines, between a title and a byline, can be a subtitle and a standfirst, one of each at most."""
    fit = all(piece.kind in (Kind.BARE, Kind.HEADING) and length_in_words(piece.text) <= LONGEST_STANDFIRST for piece in pieces)
    return fit and len({_key_between(piece) for piece in pieces}) == len(pieces)


def _key_between(piece: Piece) -> str:
    return "description" if ends_sentence(piece.text) else "subtitle"


def _at(metadata: Metadata, key: str, piece: Piece, setting: Setting) -> Metadata:
    """The metadata with the place where it is said."""
    return replace(metadata, spans={**metadata.spans, key: piece.passage.span(setting.file)})


def _with_line(metadata: Metadata, piece: Piece, setting: Setting) -> Metadata:
    key, words = _key_between(piece), setting.inlines(piece.passage)
    metadata = _at(metadata, key, piece, setting)
    return replace(metadata, description=words) if key == "description" else replace(metadata, subtitle=words)


def _with_byline(metadata: Metadata, piece: Piece, setting: Setting, report: Report) -> Metadata:
    byline = read_byline(piece.text) or Byline()
    if byline.left:
        report.note(f"left out: '{byline.left}'", piece.passage.span(setting.file))
    authors = tuple(Author(name) for name in byline.authors if name not in {author.name for author in metadata.authors})
    if authors:
        metadata = replace(_at(metadata, "authors", piece, setting), authors=metadata.authors + authors)
    if byline.date and not metadata.date:
        metadata = replace(_at(metadata, "date", piece, setting), date=byline.date)
    if byline.modified and not metadata.modified:
        metadata = replace(_at(metadata, "modified", piece, setting), modified=byline.modified)
    return metadata


def _without_repetition(pieces: list[Piece], title: str, setting: Setting, report: Report) -> list[Piece]:
    """The text without a first line that repeats the title."""
    if not pieces or not title or not _are_same(pieces[0].text, title):
        return pieces
    report.note(f"left out: '{pieces[0].text}', which repeats the title", pieces[0].passage.span(setting.file))
    return pieces[1:]


def _are_same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())

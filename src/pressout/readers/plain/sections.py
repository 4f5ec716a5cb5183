"""Sections of a plain text: its headings with their levels, and the questions of its FAQ."""

from __future__ import annotations

from dataclasses import replace

from pressout.heading_words import inferred_role
from pressout.model import Role
from pressout.readers.plain.levels import heading_levels
from pressout.readers.plain.headings import heading_places
from pressout.readers.plain.kinds import Kind, Piece
from pressout.readers.plain.sentences import ends_question, length_in_words

LONGEST_QUESTION = 60  # words


def find_sections(pieces: list[Piece], title: str, lang: str) -> list[Piece]:
    """The pieces with the bare ones that are headings or questions named as such."""
    kinds = ["bare" if piece.kind is Kind.BARE else piece.kind.name.lower() for piece in pieces]
    pieces = _named(pieces, heading_places([piece.passage for piece in pieces], kinds), Kind.HEADING)
    pieces = _named(pieces, _questions(pieces, title, lang), Kind.QUESTION)
    return _levelled(pieces, lang)


def _named(pieces: list[Piece], places: list[int], kind: Kind) -> list[Piece]:
    chosen = frozenset(places)
    return [replace(piece, kind=kind) if place in chosen else piece for place, piece in enumerate(pieces)]


def _questions(pieces: list[Piece], title: str, lang: str) -> list[int]:
    """The places of the bare questions below a heading that announces questions."""
    everywhere = inferred_role(title, lang) is Role.FAQ
    inside = everywhere
    found: list[int] = []
    for place, piece in enumerate(pieces):
        if inside and _is_question(pieces, place):
            found.append(place)
        elif piece.kind is Kind.HEADING:
            grouped = inside and place + 1 < len(pieces) and _is_question(pieces, place + 1)
            inside = everywhere or grouped or inferred_role(piece.text, lang) is Role.FAQ
    return found


def _is_question(pieces: list[Piece], place: int) -> bool:
    """Whether a bare line asks, and what follows can be an answer."""
    piece = pieces[place]
    if (
        piece.kind not in (Kind.BARE, Kind.HEADING)
        or not ends_question(piece.text)
        or length_in_words(piece.text) > LONGEST_QUESTION
    ):
        return False
    after = pieces[place + 1].kind if place + 1 < len(pieces) else Kind.RULE
    return after in (Kind.BARE, Kind.ITEM, Kind.ROW, Kind.ANSWER) and not (
        after is Kind.BARE and ends_question(pieces[place + 1].text)
    )


def _levelled(pieces: list[Piece], lang: str) -> list[Piece]:
    headings = [place for place, piece in enumerate(pieces) if piece.kind is Kind.HEADING]
    texts = [pieces[place].text for place in headings]
    tops = {number for number, text in enumerate(texts) if inferred_role(text, lang) is not Role.NONE}
    levels = dict(zip(headings, heading_levels(texts, headings, tops), strict=True))
    return [replace(piece, level=levels[place]) if place in levels else piece for place, piece in enumerate(pieces)]

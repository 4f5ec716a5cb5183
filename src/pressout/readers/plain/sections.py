"""Sections of a plain text: its headings with their levels, and the questions of its FAQ."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pressout.heading_words import inferred_role
from pressout.model import Role
from pressout.readers.plain.headings import heading_places
from pressout.readers.plain.kinds import Kind, Piece
from pressout.readers.plain.levels import Place, heading_levels
from pressout.readers.plain.sentences import QUESTION_MARK, ends_question, length_in_words

LONGEST_QUESTION = 60  # words
ANSWERS = (Kind.BARE, Kind.HEADING, Kind.ITEM, Kind.ROW, Kind.CODE, Kind.ANSWER)


def find_sections(pieces: list[Piece], title: str, lang: str) -> list[Piece]:
    """The pieces with the bare ones that are headings or questions named as such, and each heading with its level."""
    pieces = _named(pieces, heading_places(pieces), Kind.HEADING)
    questions, inner = _faq_places(pieces, title, lang)
    pieces = _named(pieces, questions, Kind.QUESTION)
    # "No" or "It depends" below a question is its answer, not the next heading
    answers = [place + 1 for place in questions if place + 1 < len(pieces) and pieces[place + 1].kind is Kind.HEADING]
    return _levelled(_named(pieces, answers, Kind.ANSWER), inner, lang)


def _named(pieces: list[Piece], places: Collection[int], kind: Kind) -> list[Piece]:
    chosen = frozenset(places)
    return [replace(piece, kind=kind) if place in chosen else piece for place, piece in enumerate(pieces)]


def _faq_places(pieces: list[Piece], title: str, lang: str) -> tuple[list[int], set[int]]:
    """The places of the bare questions below a heading that announces questions, and of the headings between them."""
    everywhere = inferred_role(title, lang) is Role.FAQ
    asked_next = _asked_next(pieces)
    inside = everywhere
    questions: list[int] = []
    inner: set[int] = set()
    for place, piece in enumerate(pieces):
        if inside and asks(pieces, place):
            questions.append(place)
        elif piece.kind is Kind.HEADING and place - 1 not in questions[-1:]:
            role = inferred_role(piece.text, lang)
            if inside and role is Role.NONE and asked_next[place] and not everywhere:
                inner.add(place)
            else:
                inside = everywhere or role is Role.FAQ
    return questions, inner


def _asked_next(pieces: list[Piece]) -> list[bool]:
    """For each place whether the next heading or question after it is a bare question: then the FAQ goes on there."""
    following: list[bool] = []
    asked = False
    for place in range(len(pieces) - 1, -1, -1):
        following.append(asked)
        if asks(pieces, place):
            asked = True
        elif pieces[place].kind in (Kind.HEADING, Kind.QUESTION):
            asked = False
    return following[::-1]


def asks(pieces: list[Piece], place: int) -> bool:
    """Whether a bare line asks, and what follows can be an answer."""
    piece = pieces[place]
    if piece.kind not in (Kind.BARE, Kind.HEADING) or place + 1 == len(pieces):
        return False
    if not (ends_question(piece.text) or (piece.kind is Kind.HEADING and QUESTION_MARK.search(piece.text))):
        return False
    after = pieces[place + 1]
    return length_in_words(piece.text) <= LONGEST_QUESTION and after.kind in ANSWERS and not ends_question(after.text)


def _levelled(pieces: list[Piece], inner: Collection[int], lang: str) -> list[Piece]:
    headings = [
        Place(piece.text, place, inferred_role(piece.text, lang) is not Role.NONE, place in inner, piece.level)
        for place, piece in enumerate(pieces)
        if piece.kind is Kind.HEADING
    ]
    levels = {heading.place: level for heading, level in zip(headings, heading_levels(headings), strict=True)}
    return [replace(piece, level=levels[place]) if place in levels else piece for place, piece in enumerate(pieces)]

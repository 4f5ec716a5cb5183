"""What an editor did beside the text: in running heads, at the foot of pages, above notes, in the properties of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from pressout.readers.docx.surroundings import PLACES, Margin, Surroundings, read_surroundings
from pressout.readers.docx.values import Change, Piece, Standing, WordFile
from pressout.revision.account import Settled
from pressout.revision.origins import like, tokens
from pressout.revision.queries import Query
from pressout.revision.shapes import shape_of
from pressout.revision.wishes import Wishes

PROPERTY = "in the file's properties ({})"


@dataclass(frozen=True)
class Sides:
    """What surrounds a text as it came back and as it was sent. Programs write it anew, so its words are compared."""

    returned: WordFile
    sent: WordFile

    @property
    def same(self) -> bool:
        return self.returned.around == self.sent.around

    @cached_property
    def now(self) -> Surroundings:
        return read_surroundings(self.returned.around, "the returned file")

    @cached_property
    def before(self) -> Surroundings:
        return read_surroundings(self.sent.around, "the file that was sent")

    @cached_property
    def headings(self) -> frozenset[str]:
        """The words of titles and headings: a program that knows the field of a running head shows one of them."""
        lines = (line for file in (self.returned, self.sent) for line in file.lines)
        heads = (line for line in lines if shape_of(line.now).kind in ("heading", "title"))
        return frozenset(_plain(text) for line in heads for text in (line.text_now, line.text_before))


class Beside(NamedTuple):
    """A change beside the text: where, what stands there now, what stood there."""

    place: str
    text: str
    before: str
    change: Change
    tracked: bool = False


def changes_beside(sides: Sides) -> list[Beside]:
    """The changes beside the text, counted from 0, the tracked ones first."""
    if sides.same:
        return []
    tracked = [
        Beside(margin.place, _now(margin.pieces), _sent(margin.pieces), sides.now.changes[index], tracked=True)
        for margin in sides.now.margins
        for index in margin.changes
    ]
    plainly = [*_in_margins(sides), *_in_properties(sides)]
    return [*tracked, *(each._replace(change=replace(each.change, index=at)) for at, each in enumerate(plainly, len(tracked)))]


def _in_margins(sides: Sides) -> Iterator[Beside]:
    for place in PLACES.values():
        now, before = (_texts(side, place) for side in (sides.now, sides.before))
        others = [text for text in now if text not in before]
        new = [text for text in others if text not in sides.headings]
        lost = [text for text in before if text not in now]
        for at, text in enumerate(new):
            yield Beside(place, now[text], before[lost[at]] if at < len(lost) else "", Change(-1, "insertion"))
        if len(others) == len(new):
            yield from (Beside(place, "", before[text], Change(-1, "deletion")) for text in lost[len(new) :])
        things = _things(sides.now, place) - _things(sides.before, place)
        yield from (Beside(place, f"[{thing}]", "", Change(-1, "insertion")) for thing in things.elements())


def _texts(side: Surroundings, place: str) -> dict[str, str]:
    """The texts of the margins of a kind before all tracked changes, by how they compare; a page's number is none."""
    margins = (margin.pieces for margin in side.margins if margin.place == place)
    found = {_plain(_sent(piece for piece in pieces if not piece.object)): _sent(pieces) for pieces in margins}
    return {plain: text for plain, text in found.items() if plain and not plain.isdecimal()}


def _things(side: Surroundings, place: str) -> Counter[str]:
    """What is no text in the margins of a kind by its kind, such as pictures: of each as many as the fullest margin has."""
    fullest = Counter[str]()
    for margin in side.margins:
        if margin.place == place:
            kept = (piece for piece in margin.pieces if piece.standing is Standing.KEPT)
            fullest |= Counter(piece.object.partition(" ")[0] for piece in kept if piece.object)
    return fullest


def _in_properties(sides: Sides) -> Iterator[Beside]:
    """Properties that say something else now. A program that drops all of them, or names itself as the author, is no editor."""
    now, before = sides.now.properties, sides.before.properties
    for called in dict.fromkeys((*before, *now)):
        text, was = now.get(called, ""), before.get(called, "")
        dropped = not text and not any(other in before for other in now)
        named = called == "authors" and not was
        if _words(text) != _words(was) and not dropped and not named:
            yield Beside(PROPERTY.format(called), text, was, Change(-1, "property"))


def settled_beside(found: Iterable[Beside], drawn: Surroundings, wishes: Wishes) -> Iterator[Settled]:
    """What became of changes beside the text: those are applied with which the changed source is drawn of itself."""
    said = {(margin.place, _plain(_now(margin.pieces))) for margin in drawn.margins}
    said |= {(PROPERTY.format(called), _plain(text)) for called, text in drawn.properties.items()}
    for each in found:
        if each.tracked and wishes.declines(each.change):
            yield Settled(each.change, "declined", f"the changes of {each.change.author or 'nobody'} are not wanted")
        elif each.text and (each.place, _plain(each.text)) in said:
            yield Settled(each.change, "applied", tracked=each.tracked)
        else:
            yield Settled(each.change, "refused", _reason(each), each.text, tracked=each.tracked)


def _reason(each: Beside) -> str:
    gone = f' "{each.before}" is gone;' if not each.text else ""
    why = "pressout makes these words itself" if each.before else "Markdown has no place for this"
    return f"{each.place}:{gone} {why}"


def with_words_beside(asked: Sequence[Query], sides: Sides) -> tuple[Query, ...]:
    """The queries, those beside the text with the words that they are on."""
    if sides.same or not any(query.key < 0 and not query.quote for query in asked):
        return tuple(asked)
    return tuple(_with_words(query, sides.now.margins) if query.key < 0 and not query.quote else query for query in asked)


def _with_words(query: Query, margins: Iterable[Margin]) -> Query:
    for margin in margins:
        words = _now([piece for piece in margin.pieces if query.id in piece.comments])
        if words:
            return replace(query, quote=f"{margin.place}: {words}")
    return query


def _now(pieces: Iterable[Piece]) -> str:
    return _text(piece for piece in pieces if piece.standing is not Standing.DELETED)


def _sent(pieces: Iterable[Piece]) -> str:
    return _text(piece for piece in pieces if piece.standing is not Standing.INSERTED)


def _text(pieces: Iterable[Piece]) -> str:
    """The words of pieces on one line; a counted number is none, and what is no text is told by what it is."""
    texts = (f"[{piece.object.strip()}]" if piece.object else piece.text for piece in pieces if not piece.generated)
    return " ".join("".join(texts).split())


def _plain(text: str) -> str:
    return " ".join(like(text).split())


def _words(text: str) -> list[str]:
    """The words of a property: programs part the names of authors by signs of their own."""
    return [token.casefold() for token in tokens(text) if token.isalnum()]

"""The returned file laid beside the one that was sent: each character with its origin, each paragraph as it stands now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, overload

from pressout.readers.docx.values import Layout, Line, Marks, Piece, Place, Standing, WordFile
from pressout.readers.sourcemap import OBJECT
from pressout.revision.origins import Origin, Origins, matches
from pressout.revision.pairing import paired


class Sign(NamedTuple):
    """One character of the returned file. `sent` says whether it stood in the file that went out."""

    text: str
    standing: Standing
    now: Marks
    before: Marks
    origin: Origin | None
    sent: bool
    object: str = ""
    comments: frozenset[str] = frozenset()
    changes: tuple[int, ...] = ()

    @property
    def generated(self) -> bool:
        """Whether pressout had put it there itself, as it does with a figure's label."""
        return self.sent and self.origin is None


class AsSent(Sequence[Sign]):
    """The characters of a line that came back as it was sent: all of them kept, none changed, none commented.

    Most lines are such, so their signs are made only when they are asked for. `origins` has one entry a character.
    """

    __slots__ = ("_signs", "origins", "pieces")

    def __init__(self, pieces: Sequence[Piece], origins: Origins) -> None:
        self.pieces = pieces
        self.origins = origins
        self._signs: tuple[Sign, ...] | None = None

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def generated(self) -> bool:
        """Whether pressout had put some of it there itself."""
        return None in self.origins

    def made(self) -> tuple[Sign, ...]:
        """The signs themselves."""
        if self._signs is None:
            self._signs = tuple(_signs(self.pieces, ((origin, True) for origin in self.origins)))
        return self._signs

    def __len__(self) -> int:
        return len(self.origins)

    def __iter__(self) -> Iterator[Sign]:
        return iter(self.made())

    @overload
    def __getitem__(self, index: int) -> Sign: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Sign]: ...

    def __getitem__(self, index: int | slice) -> Sign | Sequence[Sign]:
        return self.made()[index]


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph as it stands with its changes accepted: `signs` without the deleted ones, `gone` those that were deleted in it.

    `anchors` are those that it carries, `changes` the changes of its marks, layout and row.
    """

    signs: Sequence[Sign]
    gone: tuple[Sign, ...]
    now: Layout
    before: Layout
    place: Place
    row: Standing
    changes: tuple[int, ...]
    anchors: tuple[str, ...]
    joined: int = 1  # how many lines of the file it was made of
    sent: int = -1  # the line of the sent file that it answers to
    led: int = 0  # how many of its lines, before the first that still says something, are gone whole

    @property
    def text(self) -> str:
        return self.signs.text if isinstance(self.signs, AsSent) else "".join(sign.text for sign in self.signs)

    @property
    def as_sent(self) -> bool:
        """Whether its characters are those that were sent, in the same marks."""
        return isinstance(self.signs, AsSent)

    @property
    def edited(self) -> Sequence[Sign]:
        """Its signs with the deleted ones; none where all is as it was sent."""
        return () if self.as_sent else (*self.signs, *self.gone)

    @property
    def objects(self) -> Sequence[Sign]:
        """The signs that stand for what is no text: notes' marks, pictures, references."""
        return [sign for sign in self.signs if sign.text == OBJECT] if OBJECT in self.text else ()

    @property
    def alone(self) -> bool:
        """Whether it is one line of the file, deleted ones before it aside."""
        return self.joined - self.led == 1


class Traced(NamedTuple):
    """A line of the returned file with its characters, and the line of the sent file that it answers to, or -1."""

    line: Line
    signs: Sequence[Sign]
    sent: int

    @property
    def as_sent(self) -> bool:
        """Whether its characters are those that were sent, in the same marks."""
        return isinstance(self.signs, AsSent)

    @property
    def edited(self) -> Sequence[Sign]:
        """Its signs; none where all is as it was sent."""
        return () if self.as_sent else self.signs


def traced(returned: WordFile, sent: WordFile, where: Sequence[Origins]) -> tuple[Traced, ...]:
    """Each line of the returned file with the origins of its characters (see `pairing`)."""
    result: list[Traced] = []
    for group, partners in paired(list(_groups(returned.lines)), sent):
        if len(group) == len(partners) == 1 and _is_as_sent(group[0], sent.lines[partners[0]]):
            result.append(Traced(group[0], AsSent(group[0].pieces, where[partners[0]]), partners[0]))
            continue
        known = _known(_text_before(group), partners, sent, where)
        for line in group:
            result.append(Traced(line, tuple(_signs(line.pieces, known)), partners[0] if partners else -1))
    return tuple(result)


def _is_as_sent(line: Line, sent: Line) -> bool:
    """Whether all characters of a line are those that were sent, in the same marks."""
    return line.pieces == sent.pieces and not any(
        piece.comments or piece.changes or piece.now != piece.before for piece in line.pieces
    )


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that were one paragraph before: an inserted mark parted them."""
    group: list[Line] = []
    for line in lines:
        if group and group[-1].place != line.place:
            yield group
            group = []
        group.append(line)
        if line.mark is not Standing.INSERTED:
            yield group
            group = []
    if group:
        yield group


def _text_before(group: Sequence[Line]) -> str:
    return "".join(line.text_before for line in group)


def _known(text: str, partners: Sequence[int], sent: WordFile, where: Sequence[Origins]) -> Iterator[tuple[Origin | None, bool]]:
    """For each character of the text before: its origin, and whether it was sent."""
    found: list[tuple[Origin | None, bool]] = [(None, False)] * len(text)
    there = "".join(sent.lines[partner].text_before for partner in partners)
    origins = [origin for partner in partners for origin in where[partner]]
    pairs = enumerate(range(len(there))) if text == there else matches(text, there)
    for at, index in pairs:
        found[at] = origins[index], True
    return iter(found)


def _signs(pieces: Sequence[Piece], known: Iterator[tuple[Origin | None, bool]]) -> Iterator[Sign]:
    for piece in pieces:
        for character in piece.text:
            origin, was_sent = (None, False) if piece.standing is Standing.INSERTED else next(known)
            yield Sign(
                character,
                piece.standing,
                piece.now,
                piece.before,
                origin,
                was_sent,
                piece.object,
                piece.comments,
                piece.changes,
            )


# The paragraphs as they stand now


def drafts(lines: Sequence[Traced]) -> tuple[Draft, ...]:
    """The paragraphs with every change accepted: joined where a mark was deleted; those that were deleted whole are left out."""
    result: list[Draft] = []
    group: list[Traced] = []
    for entry, following in pairwise([*lines, None]):
        if entry is None:
            continue
        group.append(entry)
        joins = entry.line.mark is Standing.DELETED and following is not None and following.line.place == entry.line.place
        if not joins:
            result += _draft(group)
            group = []
    return tuple(result)


def _draft(group: Sequence[Traced]) -> Iterator[Draft]:
    signs, gone = _parted(group)
    whole = group[-1].line
    if not signs and gone and whole.mark is Standing.DELETED:
        return
    # Accepting a deleted mark joins two paragraphs: the first one's properties stay if it still has text
    first = next((entry for entry in group if entry.line.text_now), group[-1])
    lead = first.line
    yield Draft(
        signs,
        gone,
        lead.now,
        lead.before,
        whole.place,
        whole.row,
        tuple(change for entry in group for change in entry.line.changes),
        tuple(anchor for entry in group for anchor in entry.line.anchors),
        len(group),
        first.sent,
        next((place for place, entry in enumerate(group) if entry is first), 0),
    )


def _parted(group: Sequence[Traced]) -> tuple[Sequence[Sign], tuple[Sign, ...]]:
    """The signs that stand, and the deleted ones."""
    if len(group) == 1 and isinstance(group[0].signs, AsSent):
        return group[0].signs, ()
    signs = [sign for entry in group for sign in entry.signs]
    stay = tuple(sign for sign in signs if sign.standing is not Standing.DELETED)
    return stay, tuple(sign for sign in signs if sign.standing is Standing.DELETED)

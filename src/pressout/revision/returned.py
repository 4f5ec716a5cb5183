"""The returned file laid beside the one that was sent: each character with its origin, each paragraph as it stands now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pressout.readers.docx.values import Layout, Line, Marks, Piece, Place, Standing, WordFile
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


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph as it stands with its changes accepted: `signs` without the deleted ones, `gone` those that were deleted in it.

    `keys` are the passages whose anchors it carries, `changes` the changes of its marks, layout and row.
    """

    signs: tuple[Sign, ...]
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
        return "".join(sign.text for sign in self.signs)

    @property
    def alone(self) -> bool:
        """Whether it is one line of the file, deleted ones before it aside."""
        return self.joined - self.led == 1


class Traced(NamedTuple):
    """A line of the returned file with its characters, and the line of the sent file that it answers to, or -1."""

    line: Line
    signs: tuple[Sign, ...]
    sent: int


def traced(returned: WordFile, sent: WordFile, where: Sequence[Origins]) -> tuple[Traced, ...]:
    """Each line of the returned file with the origins of its characters (see `pairing`)."""
    result: list[Traced] = []
    for group, partners in paired(list(_groups(returned.lines)), sent):
        known = _known(_text_before(group), partners, sent, where)
        for line in group:
            result.append(Traced(line, tuple(_signs(line.pieces, known)), partners[0] if partners else -1))
    return tuple(result)


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
    signs = tuple(sign for entry in group for sign in entry.signs if sign.standing is not Standing.DELETED)
    gone = tuple(sign for entry in group for sign in entry.signs if sign.standing is Standing.DELETED)
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


def authors(returned: WordFile) -> Mapping[str, int]:
    """How many changes each author made."""
    return Counter(change.author for change in returned.changes)

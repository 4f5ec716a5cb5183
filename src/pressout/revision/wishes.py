"""Whose changes an author wants: those of the others are taken out of the file before anything else is done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pressout.readers.docx.values import Change, Line, Piece, Standing, WordFile


@dataclass(frozen=True, slots=True)
class Wishes:
    """The names whose changes alone are taken (`accept`; none: everybody's), and those whose changes are not (`reject`)."""

    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()

    def declines(self, change: Change) -> bool:
        """Whether a change is by somebody whose changes are not wanted."""
        return change.author in self.reject or (bool(self.accept) and change.author not in self.accept)


EVERYBODY = Wishes()


def declined(file: WordFile, wishes: Wishes) -> frozenset[int]:
    """The indexes of the changes that are not wanted."""
    return frozenset(change.index for change in file.changes if wishes.declines(change))


def without(file: WordFile, unwanted: frozenset[int]) -> WordFile:
    """The file as if these changes had never been made."""
    if not unwanted:
        return file
    kinds = {change.index: change.kind for change in file.changes}
    lines: list[Line] = []
    open_line: Line | None = None
    for line in file.lines:
        marks = [index for index in line.changes if index in unwanted]
        kept = tuple(each for each in line.changes if each not in unwanted)
        settled = line._replace(pieces=_pieces(line.pieces, unwanted), changes=kept)
        if any(kinds[index] == "paragraph" for index in marks):
            settled = settled._replace(now=line.before)
        if any(kinds[index] == "row" for index in marks):
            settled = settled._replace(row=Standing.KEPT)
        split = line.mark is Standing.INSERTED and any(kinds[index] == "insertion" for index in marks)
        if line.mark is Standing.DELETED and any(kinds[index] == "deletion" for index in marks):
            settled = settled._replace(mark=Standing.KEPT)
        if open_line is not None:
            settled = _joined(open_line, settled)
        open_line = settled if split else None
        if not split:
            lines.append(settled)
    return replace(file, lines=tuple([*lines, open_line] if open_line else lines))


def _pieces(pieces: Sequence[Piece], unwanted: frozenset[int]) -> tuple[Piece, ...]:
    result = []
    for piece in pieces:
        mine = unwanted.intersection(piece.changes)
        if mine and piece.standing is Standing.INSERTED:
            continue
        if mine:
            changes = tuple(each for each in piece.changes if each not in mine)
            piece = piece._replace(standing=Standing.KEPT, now=piece.before, changes=changes)
        result.append(piece)
    return tuple(result)


def _joined(first: Line, second: Line) -> Line:
    """Two lines that were one before: the second's mark and layout are the paragraph's own."""
    return second._replace(
        pieces=(*first.pieces, *second.pieces),
        anchors=(*first.anchors, *second.anchors),
        changes=(*first.changes, *second.changes),
    )

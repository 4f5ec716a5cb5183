"""The returned file laid beside the one that was sent: each character with its origin, each paragraph as it stands now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from pressout.readers.docx.values import Layout, Line, Marks, Piece, Place, Standing, WordFile
from pressout.revision.origins import Origin, Origins, by_anchor, like, matches, tokens

ALIKE_ENOUGH = 0.35  # share of words in common below which two paragraphs are not taken for one; from trials on real posts
MOST_COMPARED = 400  # unmatched paragraphs; with more of them only equal ones are paired, for comparing is quadratic


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

    @property
    def text(self) -> str:
        return "".join(sign.text for sign in self.signs)


class Traced(NamedTuple):
    """A line of the returned file with its characters, and the line of the sent file that it answers to, or -1."""

    line: Line
    signs: tuple[Sign, ...]
    sent: int


def traced(returned: WordFile, sent: WordFile, where: Sequence[Origins]) -> tuple[Traced, ...]:
    """Each line of the returned file beside the sent one, by its anchor, else by its words."""
    groups = list(_groups(returned.lines))
    partners = _partners([_words_before(group) for group in groups], [_anchors(group) for group in groups], sent)
    result: list[Traced] = []
    for group, partner in zip(groups, partners, strict=True):
        known = _known(_text_before(group), partner, sent, where)
        for line in group:
            signs = tuple(_signs(line.pieces, known))
            result.append(Traced(line, signs, partner))
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


def _words_before(group: Sequence[Line]) -> str:
    """The text before with the names of the pictures in it: without them all pictures look alike."""
    return "".join(
        f"{piece.text}{piece.object if piece.object.startswith('picture') else ''}"
        for line in group
        for piece in line.pieces
        if piece.standing is not Standing.INSERTED
    )


def _anchors(group: Sequence[Line]) -> list[str]:
    return [anchor for line in group for anchor in line.anchors]


def _known(text: str, partner: int, sent: WordFile, where: Sequence[Origins]) -> Iterator[tuple[Origin | None, bool]]:
    """For each character of the text before: its origin, and whether it was sent."""
    if partner < 0:
        return iter([(None, False)] * len(text))
    there = sent.lines[partner].text_before
    found: list[tuple[Origin | None, bool]] = [(None, False)] * len(text)
    pairs = enumerate(range(len(there))) if text == there else matches(text, there)
    for at, index in pairs:
        found[at] = where[partner][index], True
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


# Which paragraph of the sent file a paragraph answers to


def _partners(texts: Sequence[str], anchors: Sequence[Sequence[str]], sent: WordFile) -> list[int]:
    partners = _by_anchors(texts, anchors, sent)
    _pair_equal(texts, partners, sent)
    _pair_similar(texts, partners, sent)
    return partners


def _by_anchors(texts: Sequence[str], anchors: Sequence[Sequence[str]], sent: WordFile) -> list[int]:
    """The first paragraph that carries an anchor has it; a word processor may write it again at the next."""
    places, taken = by_anchor(sent), set[int]()
    partners = [-1] * len(texts)
    for index, (text, names) in enumerate(zip(texts, anchors, strict=True)):
        found = next((places[name] for name in names if name in places and places[name] not in taken), -1)
        if found >= 0 and (text or not sent.lines[found].text_before):
            partners[index] = found
            taken.add(found)
    return partners


def _pair_equal(texts: Sequence[str], partners: list[int], sent: WordFile) -> None:
    free, missing = _unpaired(partners, sent)
    ours, theirs = [like(texts[index]) for index in free], [like(_words_before([sent.lines[index]])) for index in missing]
    for i, j, size in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        for step in range(size):
            partners[free[i + step]] = missing[j + step]


def _pair_similar(texts: Sequence[str], partners: list[int], sent: WordFile) -> None:
    free, missing = _unpaired(partners, sent)
    if len(free) * len(missing) > MOST_COMPARED**2:
        return
    bags = {index: _bag(sent.lines[index].text_before) for index in missing}
    for index in free:
        bag = _bag(texts[index])
        best = max(bags, key=lambda other: _similarity(bag, bags[other]), default=-1)
        if best >= 0 and _similarity(bag, bags[best]) >= ALIKE_ENOUGH:
            partners[index] = best
            del bags[best]


def _unpaired(partners: Sequence[int], sent: WordFile) -> tuple[list[int], list[int]]:
    taken = set(partners)
    free = [index for index, partner in enumerate(partners) if partner < 0]
    return free, [index for index, line in enumerate(sent.lines) if index not in taken and line.text_before]


def _bag(text: str) -> Counter[str]:
    return Counter(token for token in tokens(like(text)) if token.isalnum())


def _similarity(first: Counter[str], second: Counter[str]) -> float:
    """Words in common, as a share of all words of both (Dice)."""
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


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
    )


def authors(returned: WordFile) -> Mapping[str, int]:
    """How many changes each author made."""
    return Counter(change.author for change in returned.changes)

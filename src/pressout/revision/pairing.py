"""Which paragraphs of the sent file each returned one answers to: by its anchor, else by its words; several where it was joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from pressout.readers.docx.values import Line, Standing, WordFile
from pressout.readers.sourcemap import OBJECT
from pressout.revision.origins import by_anchor, like, tokens

ALIKE_ENOUGH = 0.35  # share of words in common below which two paragraphs are not taken for one; from trials on real posts
MOST_COMPARED = 400  # unmatched paragraphs; with more of them only equal ones are paired, for comparing is quadratic
MOSTLY = 0.6  # share of a paragraph's words that must be in another's to have come from there, or gone there
SENTENCE = 5  # words; fewer may stand in two places by chance, as in the cells of a table

Group = list[Line]
"""Lines that were one paragraph before the editing."""
Bag = Counter[str]


def paired(groups: Sequence[Group], sent: WordFile) -> list[tuple[Group, tuple[int, ...]]]:
    """Each group with the lines of the sent file that it was; a paragraph that was parted without tracking is one group again."""
    texts = [_words_before(group) for group in groups]
    partners = _by_anchors(texts, [_anchors(group) for group in groups], sent)
    _pair_equal(texts, partners, sent)
    _pair_similar(texts, partners, sent)
    result: list[tuple[Group, tuple[int, ...]]] = []
    for group, partner in zip(groups, partners, strict=True):
        if partner < 0 and result and _was_parted(result[-1], group, sent):
            result[-1] = [*result[-1][0], *group], result[-1][1]
        else:
            result.append((group, (partner,) if partner >= 0 else ()))
    return _joined(result, sent)


def _anchors(group: Group) -> list[str]:
    return [anchor for line in group for anchor in line.anchors]


def _words_before(group: Group) -> str:
    """The text before with the names of the pictures in it: without them all pictures look alike."""
    return "".join(
        f"{piece.text}{piece.object if piece.object.startswith('picture') else ''}"
        for line in group
        for piece in line.pieces
        if piece.standing is not Standing.INSERTED
    )


def _by_anchors(texts: Sequence[str], anchors: Sequence[Sequence[str]], sent: WordFile) -> list[int]:
    """The first paragraph that carries an anchor has it; a word processor may write it again at the next.

    A paragraph with the anchors of others before it, which are gone, is the one whose words it has; one that never had an anchor
    itself, a picture's or a label, is known by its own words, and so is one that was moved behind another's anchor.
    """
    places, taken = by_anchor(sent), set[int]()
    bare = _bare(texts, anchors, sent)
    partners = [-1] * len(texts)
    for index, (text, names) in enumerate(zip(texts, anchors, strict=True)):
        found = [places[name] for name in names if name in places and places[name] not in taken]
        found = [line for line in found if text or not sent.lines[line].text_before]
        if like(text) in bare:
            found = [line for line in found if like(_words_before([sent.lines[line]])) == like(text)]
        if len(found) > 1:
            found = _nearest(text, found, sent)
        if found:
            partners[index] = found[0]
            taken.add(found[0])
    return partners


def _bare(texts: Sequence[str], anchors: Sequence[Sequence[str]], sent: WordFile) -> set[str]:
    """The words of the sent lines that no anchor tells: those without one, and whole sentences that stand with theirs no more."""
    still = {(name, like(text)) for text, names in zip(texts, anchors, strict=True) for name in names}
    words = [like(_words_before([line])) for line in sent.lines]
    return {
        text
        for text, line in zip(words, sent.lines, strict=True)
        if not line.anchors or (len(text.split()) >= SENTENCE and not any((name, text) in still for name in line.anchors))
    }


def _nearest(text: str, lines: Sequence[int], sent: WordFile) -> list[int]:
    """The lines with that one first whose words are in a text; else the one that is most like it."""
    bag = _bag(text)
    bags = {line: _bag(sent.lines[line].text_before) for line in lines}
    first = next((line for line in lines if (bag & bags[line]).total() >= MOSTLY * max(1, bags[line].total())), None)
    best = first if first is not None else max(lines, key=lambda line: _similarity(bag, bags[line]))
    return [best, *(line for line in lines if line != best)]


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


def _was_parted(before: tuple[Group, tuple[int, ...]], group: Group, sent: WordFile) -> bool:
    """Whether a paragraph is what is missing of the one before it."""
    lines, partners = before
    if not partners or lines[-1].place != group[0].place:
        return False
    bag, missing = _bag(_words_before(group)), _bag(sent.lines[partners[0]].text_before) - _bag(_words_before(lines))
    return bool(bag) and (bag & missing).total() >= MOSTLY * max(bag.total(), missing.total())


def _joined(pairs: Sequence[tuple[Group, tuple[int, ...]]], sent: WordFile) -> list[tuple[Group, tuple[int, ...]]]:
    """The pairs, with the lines of the sent file beside theirs for those that have more words than their own line had."""
    _, missing = _unpaired([partner for _, partners in pairs for partner in partners], sent)
    left, result = set(missing), []
    for group, partners in pairs:
        found = partners
        while found and found[-1] + 1 in left and _was_joined(group, found, found[-1] + 1, sent):
            left.discard(found[-1] + 1)
            found = (*found, found[-1] + 1)
        while found and found[0] - 1 in left and _was_joined(group, found, found[0] - 1, sent):
            left.discard(found[0] - 1)
            found = (found[0] - 1, *found)
        result.append((group, found))
    return result


def _was_joined(group: Group, partners: tuple[int, ...], beside: int, sent: WordFile) -> bool:
    """Whether most words of a line of the sent file stand in a paragraph beside those of its own."""
    other = sent.lines[beside]
    if sent.lines[partners[0]].place != other.place:
        return False
    extra = _bag(_words_before(group))
    for partner in partners:
        extra = extra - _bag(sent.lines[partner].text_before)
    bag = _bag(other.text_before)
    return bool(bag) and (bag & extra).total() >= MOSTLY * bag.total()


def _bag(text: str) -> Bag:
    return Counter(token for token in tokens(like(text)) if token.isalnum() or token == OBJECT)


def _similarity(first: Bag, second: Bag) -> float:
    """Words in common, as a share of all words of both (Dice)."""
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0

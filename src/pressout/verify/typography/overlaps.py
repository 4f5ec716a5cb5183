"""Letters that are printed over those of another line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from unicodedata import combining

from pressout.verify.typography.lines import Box, Leaf, Line
from pressout.verify.typography.text import Text

SHARE = 0.25  # of the smaller letter's box: less is a descender that meets an ascender
LEAST = 1.0  # square points
SAME = 1.0  # points; a letter printed over itself is a way to make it bold
CELL = 20.0  # points: letters are compared with those of their own cells of the page


def overlaps(text: Text) -> Iterator[Line]:
    """Each line that is printed over one that was drawn before it, once."""
    for leaf in text.leaves:
        for index in sorted({upper for _, upper in _pairs(leaf)}):
            yield leaf.lines[index]


def _pairs(leaf: Leaf) -> Iterator[tuple[int, int]]:
    """The numbers of two lines of which letters overlap, the earlier one first."""
    cells: dict[tuple[int, int], list[tuple[int, str, Box]]] = defaultdict(list)
    for index, line in enumerate(leaf.lines):
        for letter in line.letters:
            if not letter.text.strip() or combining(letter.text):
                continue
            places = _cells(letter.box)
            for place in places:
                for other, said, box in cells[place]:
                    if other != index and _overlap(letter.box, box) and not _same(letter.text, letter.box, said, box):
                        yield other, index
                cells[place].append((index, letter.text, letter.box))


def _cells(box: Box) -> list[tuple[int, int]]:
    left, bottom, right, top = (int(edge // CELL) for edge in box)
    return [(across, up) for across in range(left, right + 1) for up in range(bottom, top + 1)][:16]


def _overlap(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    up = min(one[3], other[3]) - max(one[1], other[1])
    if across <= 0 or up <= 0:
        return False
    return across * up > max(LEAST, SHARE * min(_area(one), _area(other)))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _same(said: str, box: Box, other_said: str, other: Box) -> bool:
    return said == other_said and all(abs(edge - beside) < SAME for edge, beside in zip(box, other, strict=True))

"""The type area of a PDF, told from where most of its lines stand, and the lines that leave it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pressout.verify.typography.lines import Leaf, Line
from pressout.verify.typography.text import EXACT, LARGER, Text

SUPPORT = 0.04  # of the lines of a text end at its edge at least, and never less than three
RAGGED = 1.0  # of the size: so far from the longest lines of a ragged text one may end unseen
HANGING = 0.75  # of the size: so far a comma or a hyphen may hang into the margin
JUSTIFIED_SLACK = 1.5  # points
HUNG = ".,;:!?-\u2010\u00ad–—'\"’”»)"
LARGEST_BEARING = 2.0  # points; so far letters may stand from the edge at which their lines begin
MARGIN = 0.15  # of the paper's height, in which a running head or foot stands
EDGE = 10.0  # points from the paper's edge, where no printer of an office can draw
Kind = tuple[int, int, int]  # the width and height of a page in points, and 1 for a right-hand one


def overfull(text: Text) -> Iterator[Line]:
    """Lines of which the last word crosses the text's right edge; larger letters, as a title has, are not asked.

    Where a whole word stands beyond the edge, a wider block was meant.
    """
    edges = _edges(text)
    for leaf in text.leaves:
        edge = edges.get(_kind(leaf, text), 0.0)
        for line in leaf.lines:
            small = not line.running and 0 < line.size <= LARGER * text.size
            if edge and small and line.last_word < edge - EXACT and line.right > edge + _slack(line, text):
                yield line


def _slack(line: Line, text: Text) -> float:
    """How far a line may reach over the edge."""
    if not text.justified:
        return RAGGED * text.size
    return HANGING * text.size if line.text[-1:] in HUNG else JUSTIFIED_SLACK


def _edges(text: Text) -> Mapping[Kind, float]:
    """The right edge of the text on each kind of page: the furthest at which enough lines end."""
    ends: dict[Kind, list[float]] = defaultdict(list)
    kinds = {leaf.number: _kind(leaf, text) for leaf in text.leaves}
    for column in text.columns:
        ends[kinds[column.page]] += [line.right for line in column.lines if text.is_body(line)]
    near = EXACT if text.justified else RAGGED * text.size / 2
    found = {}
    for kind, rights in ends.items():
        enough = max(3, SUPPORT * len(rights))
        held = [edge for edge in rights if sum(edge - 2 * near <= other <= edge for other in rights) >= enough]
        if held:
            found[kind] = max(held)
    return found


def _kind(leaf: Leaf, text: Text) -> Kind:
    """Left and right pages are of one kind where their text begins at one edge."""
    left, bottom, right, top = leaf.paper
    mirrored = abs(text.lefts[0] - text.lefts[1]) > LARGEST_BEARING
    return round(right - left), round(top - bottom), leaf.number % 2 if mirrored else 0


def outside(text: Text) -> Iterator[Line]:
    """Lines that reach over the paper's edge or nearer than ten points to it, and text under a page's foot or over its head."""
    for leaf in text.leaves:
        for line in leaf.lines:
            if _beyond_paper(leaf, line) or (not line.running and _beyond_running(leaf, line)):
                yield line


def _beyond_paper(leaf: Leaf, line: Line) -> bool:
    left, bottom, right, top = leaf.paper
    inside = line.left >= left + EDGE and line.right <= right - EDGE
    return not (inside and line.baseline >= bottom + EDGE and line.baseline + line.size / 2 <= top - EDGE)


def _beyond_running(leaf: Leaf, line: Line) -> bool:
    """Whether a line stands under the page's foot or over its head, in the same column as these."""
    _, bottom, _, top = leaf.paper
    margin = MARGIN * (top - bottom)
    beside = [other for other in leaf.lines if other.running and other.left < line.right and other.right > line.left]
    under = any(line.baseline + EXACT < other.baseline < bottom + margin for other in beside)
    return under or any(line.baseline - EXACT > other.baseline > top - margin for other in beside)

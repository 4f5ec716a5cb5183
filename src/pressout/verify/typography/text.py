"""The running text among the lines of a PDF: its columns, its headings, its paragraphs, and which of them a page parts.

Nothing but the place, the size and the words of the lines is asked, so that files of all programs are read alike, tagged or not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from pressout.verify.typography.lines import LEVEL, Box, Leaf, Line, as_running

ALIKE = 0.04  # of the size: sizes so near are one
LARGER = 1.08  # times the text's size: a heading
NARROW = 10.0  # times the size: what is narrower is no column of text, but one of figures
REPEATED = 0.3  # of the pages: what stands on so many at one height, but for its figures, is running matter
FEW = 3  # pages; in a file of fewer, nothing is repeated often enough to be told from the text, and a number is the page's
NEAR = 1.0  # points between the heights of what is repeated
LEADING = 2.2  # times the size; lines further apart belong to two paragraphs
SPACED = 1.12  # times the usual leading of a paragraph
BEARING = 0.15  # of the size: so far a letter's ink may stand from the edge of its line
INDENT = 0.5  # of the size
SPACE = 0.6  # of the size: with its first word so much of the next line must have found room, or nobody can tell
JUSTIFIED = 0.25  # of the lines of a text end at its edge
EXACT = 0.6  # points; lines that end so near to each other end at one edge
SHORT = 0.8  # of the measure; a bold line that is longer may be the first of a paragraph
MARKER = re.compile(r"[•◦▪■‣–—*·○●□☐☑]\s|[•◦▪‣●○]$|\(?(\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)](\s|$)")
END = re.compile(r"[.!?:…。！？۔।؟][\"'”’»)\]]*\d*$")
FOLIO = re.compile(r"\W*(\d{1,4}|[ivxlc]{1,7})\W*")


@dataclass(frozen=True, slots=True)
class Column:
    """The text of one column of a page, from above downwards: its lines of any kind but running matter, and its edges."""

    page: int
    lines: tuple[Line, ...]
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Text:
    """What a file says in running text: the size of its letters, its columns in reading order, whether its lines are justified."""

    leaves: tuple[Leaf, ...]
    size: float
    columns: tuple[Column, ...]
    justified: bool
    lefts: tuple[float, float] = (0.0, 0.0)  # where the text begins, on left-hand and on right-hand pages
    measure: float = 0.0  # the widest column
    indented: bool = False  # its paragraphs begin by an indent, not by a space

    def inset(self, line: Line) -> float:
        """How far from the text's edge a line begins, in points."""
        return line.left - self.lefts[line.page % 2]

    def is_body(self, line: Line) -> bool:
        """Whether a line is of the text's size, and not code."""
        return abs(line.size - self.size) <= ALIKE * self.size and not line.fixed

    def is_heading(self, line: Line) -> bool:
        """Whether a line is larger than the text, or of its size, bold from end to end, and not full."""
        if line.fixed or MARKER.match(line.text):
            return False
        whole = {letter.face for letter in line.letters if letter.text.strip()} == {line.face}
        short = line.right - line.left < SHORT * self.measure
        return line.size > LARGER * self.size or (self.is_body(line) and line.bold and whole and short)


def text_of(leaves: tuple[Leaf, ...]) -> Text:
    """The text of a file's pages; a size of 0 where it has none."""
    leaves = tuple(_without_running(leaves))
    sizes: Counter[float] = Counter()
    for line in (line for leaf in leaves for line in leaf.lines if not line.running and not line.fixed):
        sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    text = Text(leaves, size, (), False)
    text = replace(text, columns=tuple(column for leaf in leaves for column in _columns(leaf, text)))
    measure = max((column.right - column.left for column in text.columns), default=0.0)
    text = replace(text, justified=_is_justified(text), lefts=(_left(text, 0), _left(text, 1)), measure=measure)
    return replace(text, indented=_is_indented_throughout(text))


def _is_indented_throughout(text: Text) -> bool:
    """Whether most paragraphs begin further in than they go on."""
    begins = [
        lines[0].left - lines[1].left > INDENT * lines[0].size
        for column in text.columns
        for lines in paragraphs(column, text)
        if len(lines) > 1 and text.is_body(lines[0]) and not MARKER.match(lines[0].text)
    ]
    return sum(begins) > len(begins) / 2


def _left(text: Text, side: int) -> float:
    return min((column.left for column in text.columns if column.page % 2 == side), default=0.0)


def _without_running(leaves: tuple[Leaf, ...]) -> Iterator[Leaf]:
    """The pages with their running matter known: artifacts of tagged files, and what is repeated on the pages of others."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for leaf in leaves:
        for line in leaf.lines:
            for height in (-1, 0, 1):
                seen[_repeated(line, height)].add(leaf.number)
    enough, few = max(2, REPEATED * len(leaves)), len(leaves) < FEW
    for leaf in leaves:
        yield replace(
            leaf,
            lines=tuple(
                as_running(line) if (few and _is_folio(line, leaf)) or _is_running(line, leaf, seen, enough) else line
                for line in leaf.lines
            ),
        )


def _is_running(line: Line, leaf: Leaf, seen: Mapping[tuple[str, int], set[int]], enough: float) -> bool:
    """Whether a line is an artifact, or one of the first or last two of its page and repeated on others."""
    return line.running or (_place(line, leaf) <= 1 and len(seen[_repeated(line)]) >= enough)


def _is_folio(line: Line, leaf: Leaf) -> bool:
    return _place(line, leaf) == 0 and bool(FOLIO.fullmatch(line.text))


def _place(line: Line, leaf: Leaf) -> int:
    """How many heights of lines there are between a line and the head or the foot of its page."""
    heights = sorted({round(other.baseline) for other in leaf.lines})
    place = heights.index(round(line.baseline))
    return min(place, len(heights) - 1 - place)


def _repeated(line: Line, off: int = 0) -> tuple[str, int]:
    return re.sub(r"\d+|\b[ivxlc]+\b", "0", line.text), round(line.baseline / NEAR) + off


# Columns


def _columns(leaf: Leaf, text: Text) -> Iterator[Column]:
    """The columns of a page that hold running text: what stands under each other, that which is drawn first before the others."""
    lines = [line for line in leaf.lines if not line.running]
    spans: list[tuple[float, float]] = []
    for left, right in sorted((line.left, line.right) for line in lines if text.is_body(line)):
        if spans and left < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(right, spans[-1][1]))
        else:
            spans.append((left, right))
    found = []
    for left, right in spans:
        held = [line for line in lines if line.left < right and line.right > left]
        if sum(text.is_body(line) for line in held) > 1 and right - left > NARROW * text.size:
            found.append(Column(leaf.number, tuple(sorted(held, key=lambda line: (-line.baseline, line.left))), left, right))
    yield from sorted(found, key=lambda column: min(line.index for line in column.lines))


def _is_justified(text: Text) -> bool:
    """Whether many of the lines end at one edge."""
    ends: Counter[int] = Counter()
    lines = 0
    for line in (line for column in text.columns for line in column.lines if text.is_body(line)):
        lines += 1
        ends[round(line.right / EXACT)] += 1
    return any(ends[at] + ends[at + 1] > JUSTIFIED * lines for at in list(ends))


# Paragraphs


def paragraphs(column: Column, text: Text) -> Iterator[tuple[Line, ...]]:
    """The lines of a column as they belong together; code, headings, rows of tables come line by line."""
    for block in _blocks(column, text):
        right = max(line.right for line in block) if len(block) > 2 else column.right
        begun = 0
        for index in range(1, len(block)):
            if ends_paragraph(block[index - 1], block[index], right, text) or _is_indented(block, begun, index):
                yield block[begun:index]
                begun = index
        yield block[begun:]


def _blocks(column: Column, text: Text) -> Iterator[tuple[Line, ...]]:
    """Lines that stand under each other in one size at one distance."""
    rows = _rows(column.lines)
    block: list[Line] = []
    for row in rows:
        alone = len(row) == 1 and not row[0].fixed and not text.is_heading(row[0])
        if block and not (alone and _continues(block, row[0])):
            yield tuple(block)
            block = []
        if alone:
            block.append(row[0])
        else:
            yield from ((line,) for line in row)
    if block:
        yield tuple(block)


def _rows(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines at one height together: cells of a table."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][0].baseline - line.baseline) < 0.1 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _continues(block: list[Line], line: Line) -> bool:
    last = block[-1]
    distance = last.baseline - line.baseline
    usual = min((upper.baseline - lower.baseline for upper, lower in pairwise(block)), default=distance)
    alike = abs(last.size - line.size) <= ALIKE * line.size
    return alike and distance <= LEADING * line.size and usual / SPACED <= distance <= usual * SPACED and line.left < last.right


def ends_paragraph(line: Line, following: Line, right: float, text: Text) -> bool:
    """Whether a paragraph ends between two lines: the next one has a list's sign, or its first word had found room."""
    if MARKER.match(following.text) and END.search(line.text):
        return True
    if line.hyphenated:
        return False
    return right - line.right > following.first_word + SPACE * line.size + EXACT


def _is_indented(block: tuple[Line, ...], begun: int, index: int) -> bool:
    """Whether a line begins a paragraph by its indent, after one that ends a sentence."""
    if index == begun + 1 and MARKER.match(block[begun].text):
        return False
    edge = min(line.left for line in block[begun + 1 : index] or block[begun:index])
    return block[index].left > edge + INDENT * block[index].size and bool(END.search(block[index - 1].text))


def goes_on(before: Column, after: Column, text: Text) -> bool:
    """Whether the paragraph at the foot of a column goes on at the head of the next; in doubt it does not."""
    last, first = foot(before, text), head(after, text)
    if last is None or first is None or not (text.is_body(last) and text.is_body(first)):
        return False
    if has_beside(before.lines, last) or has_beside(after.lines, first):
        return False
    if text.is_heading(last) or text.is_heading(first) or ends_paragraph(last, first, before.right, text):
        return False
    paragraph = next(each for each in paragraphs(before, text) if each[-1] is last)
    aligned = _aligned(paragraph, text.inset(first) - text.inset(last)) or _aligned(
        paragraph, first.left - after.left - last.left + before.left
    )
    if not aligned:
        return False
    if text.indented and END.search(last.text):
        return first.left - after.left < INDENT * first.size
    full = text.justified and before.right - last.right < BEARING * last.size
    return full or not END.search(last.text) or first.text[:1].islower()


def _aligned(paragraph: tuple[Line, ...], off: float) -> bool:
    """Whether a line so far from the one before goes on with its paragraph; after the first line it may stand in or out."""
    signed, size = MARKER.match(paragraph[0].text), paragraph[0].size
    if len(paragraph) > 2 or (len(paragraph) == 2 and not signed):
        return abs(off) < BEARING * size
    return off > INDENT * size if signed and len(paragraph) == 1 else off < BEARING * size


def has_beside(lines: Iterable[Line], line: Line) -> bool:
    """Whether something stands on a line's height, as in a table, or as a page's number does in a list of contents."""
    return any(other is not line and abs(other.baseline - line.baseline) < LEVEL * line.size for other in lines)


def head(column: Column, text: Text) -> Line | None:
    """The first line of a column that is text or a heading."""
    return next((line for line in column.lines if text.is_body(line) or text.is_heading(line)), None)


def foot(column: Column, text: Text) -> Line | None:
    """The last line of a column that is text or a heading; notes and captions are smaller."""
    return next((line for line in reversed(column.lines) if text.is_body(line) or text.is_heading(line)), None)


def below(column: Column, line: Line, pictures: tuple[Box, ...], reach: float) -> bool:
    """Whether something stands under a line, within so many points: words of any size, or a picture."""
    words = any(0 < line.baseline - other.baseline <= reach for other in column.lines)
    return words or any(box[1] < line.baseline and box[3] > line.baseline - reach and box[0] < line.right for box in pictures)

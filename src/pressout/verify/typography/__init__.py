"""A typographic audit of a finished PDF of any program: the faults that a proof-reader marks, with the pages where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise

from pressout.diagnostics import Diagnostic, Severity
from pressout.verify.typography.area import outside, overfull
from pressout.verify.typography.lines import Leaf, Line, read_lines
from pressout.verify.typography.overlaps import overlaps
from pressout.verify.typography.text import Column, Text, below, foot, goes_on, has_beside, paragraphs, text_of

LADDER = 3  # lines in a row that may end on a hyphen
RUNT = 4  # letters that the last line of a paragraph has at least
MEASURE = 18.0  # times the size: in what is narrower, a cell or a label, lines end as they can
BELOW_HEADING = 4.0  # leadings in which something must follow a heading
SHOWN = 60  # characters of a line
ENTRY = re.compile(r"\s{2,}\d+$|[.…,;][\"'”’»]?$")  # an entry of the contents ends on its page, and a sentence is no heading
ENOUGH = 3  # lines of text on a page; one with fewer is a title's


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault: its kind, a key of `KINDS`, the page from 1, and the line that shows it."""

    kind: str
    page: int
    line: str


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found in a file of so many pages, in the order of `KINDS`, then of the pages."""

    pages: int
    findings: tuple[Finding, ...]

    def count(self) -> Mapping[str, int]:
        """How many faults there are of each kind."""
        return {kind: sum(found.kind == kind for found in self.findings) for kind in KINDS}

    def diagnostics(self) -> list[Diagnostic]:
        """A line for each kind that was found. None makes a file wrong; what readers may not be able to read warns."""
        return [self._line(kind, pages) for kind in KINDS if (pages := [each.page for each in self.findings if each.kind == kind])]

    def _line(self, kind: str, pages: list[int]) -> Diagnostic:
        severity = Severity.WARNING if kind in UNREADABLE else Severity.NOTE
        named = ", ".join(map(str, sorted(set(pages))))
        return Diagnostic(severity, f"{kind}: {len(pages)}, on page{'s' if len(set(pages)) > 1 else ''} {named}")

    def as_object(self) -> dict[str, object]:
        """Every fault for machines."""
        return {"pages": self.pages, "count": dict(self.count()), "findings": [asdict(each) for each in self.findings]}


def audit(data: bytes) -> Audit:
    """The faults of a PDF that can be opened without a password.

    Needs pypdfium2 (`typography.lines.can_read_lines`); raises PressoutError where that cannot read the file.
    """
    text = text_of(read_lines(data))
    found = (Finding(kind, line.page, line.text[:SHOWN]) for kind, look in KINDS.items() for line in look(text))
    return Audit(len(text.leaves), tuple(found))


def widows(text: Text) -> Iterator[Line]:
    """Last lines of paragraphs that stand alone at the head of a column, with other text below."""
    for _, after in _broken(text):
        first, *others = _body(after, text)
        if len(first) == 1 and others:
            yield first[0]


def orphans(text: Text) -> Iterator[Line]:
    """First lines of paragraphs that stand alone at the foot of a column, with other text above."""
    for before, _ in _broken(text):
        *others, last = _body(before, text)
        if len(last) == 1 and others:
            yield last[0]


def stranded_headings(text: Text) -> Iterator[Line]:
    """Headings under which nothing stands, though the text goes on."""
    leaves = {leaf.number: leaf for leaf in text.leaves}
    for column, _ in pairwise(text.columns):
        last, leaf = foot(column, text), leaves[column.page]
        if last and text.is_heading(last) and _is_full(column, text) and not _is_stood_on(column, last, leaf):
            yield last


def _is_stood_on(column: Column, heading: Line, leaf: Leaf) -> bool:
    """Whether something stands below a heading, or whether the line is no heading: an entry of the contents, a pull quote."""
    entry = ENTRY.search(heading.text) or has_beside(leaf.lines, heading)
    return bool(entry) or below(column, heading, leaf.pictures, BELOW_HEADING * heading.size)


def _is_full(column: Column, text: Text) -> bool:
    """Whether a column holds running text, and is no title's."""
    return sum(text.is_body(line) and not text.is_heading(line) for line in column.lines) >= ENOUGH


def ladders(text: Text) -> Iterator[Line]:
    """The last lines of more than three in a row that end on a hyphen."""
    for paragraph in _wide(text):
        length = 0
        for index, line in enumerate(paragraph):
            length = length + 1 if line.hyphenated else 0
            if length > LADDER and (index + 1 == len(paragraph) or not paragraph[index + 1].hyphenated):
                yield line


def page_end_hyphens(text: Text) -> Iterator[Line]:
    """Lines that end a page on a hyphen."""
    for before, after in pairwise(text.columns):
        last = foot(before, text)
        if last and before.page != after.page and last.hyphenated and text.is_body(last):
            yield last


def runts(text: Text) -> Iterator[Line]:
    """Last lines of paragraphs with less than four letters; an ideograph or a syllable counts as two."""
    for paragraph in _wide(text):
        if len(paragraph) > 1 and 0 < _letters(paragraph[-1]) < RUNT:
            yield paragraph[-1]


KINDS: Mapping[str, Callable[[Text], Iterator[Line]]] = {
    "widow": widows,
    "orphan": orphans,
    "stranded heading": stranded_headings,
    "overfull line": overfull,
    "ladder of hyphens": ladders,
    "page that ends on a hyphen": page_end_hyphens,
    "runt": runts,
    "overlap": overlaps,
    "text outside the type area": outside,
}

UNREADABLE = ("overfull line", "overlap", "text outside the type area")


def _broken(text: Text) -> Iterator[tuple[Column, Column]]:
    """The pairs of columns between which a paragraph is broken."""
    pairs = ((before, after) for before, after in pairwise(text.columns) if _is_full(before, text))
    return ((before, after) for before, after in pairs if goes_on(before, after, text))


def _body(column: Column, text: Text) -> Iterator[tuple[Line, ...]]:
    """The paragraphs of a column in the letters of the text; there is one at least."""
    return (paragraph for paragraph in paragraphs(column, text) if text.is_body(paragraph[0]))


def _wide(text: Text) -> Iterator[tuple[Line, ...]]:
    """The paragraphs that are as wide as running text."""
    for column in text.columns:
        for paragraph in paragraphs(column, text):
            if max(line.right for line in paragraph) - min(line.left for line in paragraph) > MEASURE * paragraph[0].size:
                yield paragraph


def _letters(line: Line) -> int:
    return sum(1 if ord(letter) < 0x2E80 else 2 for letter in line.text if letter.isalnum())

"""The source map: where in the file each character of the reading text stands, exactly."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from pressout.diagnostics import Span
from pressout.model import Source

OBJECT = "\ufffc"  # stands in the reading text for a picture, a note's mark, a cross reference

PassageKind = Literal[
    "heading", "paragraph", "code", "caption", "source", "credit", "term", "verse", "attribution", "callout-title", "metadata"
]
ContainerKind = Literal[
    "quote", "list", "item", "note", "cell", "definition", "division", "callout", "figure", "table", "verse", "html"
]


class Run(NamedTuple):
    """`length` reading characters from `at` on; verbatim where the raw range is as long, else each stands for all of it.

    A value that is written with escapes, such as a title in YAML, is one run for each of its characters.
    """

    at: int
    length: int
    start: int
    end: int

    def place(self, index: int) -> tuple[int, int]:
        """Where a character stands in the file, from its start to before its end; `index` counts as `at` does."""
        if self.end - self.start != self.length:
            return self.start, self.end
        start = self.start + index - self.at
        return start, start + 1


@dataclass(frozen=True, slots=True)
class Container:
    """What a passage stands in: a quote, a list and its item, a note, a cell (`row` and `column` count from 0, the head first)."""

    kind: ContainerKind
    start: int
    label: str = ""
    ordered: bool = False
    row: int = 0
    column: int = 0


@dataclass(frozen=True)
class Passage:
    """A leaf block: its reading text, and for every character the raw range that it came from.

    `key` is the raw offset at which the leaf begins: the `span.start` of a Heading, Paragraph or CodeBlock, and of the first
    inline where the leaf is a caption, a credit, a term, a line of verse, an attribution or a metadata field. In the text a
    break is a line end; a picture, a note's mark and a cross reference are one U+FFFC each. `label` is the metadata field's name.
    `level` is a heading's; `start`, `end` is the leaf's own raw range, `lines` its first and last line, counted from 1.
    """

    key: int
    kind: PassageKind
    text: str
    runs: tuple[Run, ...]
    start: int
    end: int
    lines: tuple[int, int] = (0, 0)
    path: tuple[Container, ...] = ()
    level: int = 0
    label: str = ""

    def place(self, index: int) -> tuple[int, int]:
        """The raw range, from and up to, of the character at `index` of the text."""
        if not 0 <= index < len(self.text):
            raise IndexError(index)
        return self.runs[bisect_right(self._starts, index) - 1].place(index)

    def places(self) -> Iterator[tuple[int, int]]:
        """The raw ranges of all characters, in order."""
        for run in self.runs:
            for index in range(run.at, run.at + run.length):
                yield run.place(index)

    def index(self, offset: int) -> int:
        """The first character whose range ends behind a raw offset: the one that stands there, or the next one to be read."""
        run = bisect_right(self._ends, offset)
        if run == len(self.runs):
            return len(self.text)
        found = self.runs[run]
        verbatim = found.end - found.start == found.length
        return found.at + max(0, offset - found.start) if verbatim else found.at

    @cached_property
    def _starts(self) -> list[int]:
        return [run.at for run in self.runs]

    @cached_property
    def _ends(self) -> list[int]:
        return [run.end for run in self.runs]


@dataclass(frozen=True)
class SourceMap:
    """All passages of an article in reading order: metadata that is printed, the body, and notes where they are written."""

    passages: tuple[Passage, ...]

    def passage(self, key: int) -> Passage | None:
        """The passage with this key, the raw offset at which it begins."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[int, Passage]:
        return {passage.key: passage for passage in self.passages}


@dataclass(frozen=True)
class Copy:
    """The copy of a source that is parsed: no byte order mark, each line end one character; and the way back to the file.

    `pairs` are the offsets, in the copy, of line ends that are two characters in the file; `starts` those of the lines.
    """

    text: str
    name: str
    shift: int
    pairs: list[int]
    starts: list[int]

    def raw(self, offset: int) -> int:
        """The offset in the file's decoded text."""
        return offset + self.shift + (bisect_left(self.pairs, offset) if self.pairs else 0)

    def raw_end(self, offset: int) -> int:
        """Where in the file's decoded text a range ends that ends here in the copy."""
        return self.raw(offset)

    def ranges(self, length: int, start: int, end: int) -> Iterable[tuple[int, int, int]]:
        """So many characters read from a range of the copy, as ranges of the file."""
        first, behind = self.raw(start), self.raw(end)
        if behind - first == length or end - start != length:
            return ((length, first, behind),)
        return ((1, self.raw(at), self.raw(at + 1)) for at in range(start, end))  # line ends of two characters are among them

    def line(self, offset: int) -> int:
        """The line that an offset stands in, counted from 0."""
        return bisect_right(self.starts, offset) - 1

    def line_end(self, line: int) -> int:
        """Where a line ends, before its line end."""
        return self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.text)

    def lines(self, start: int, end: int) -> tuple[int, int]:
        """The first and last line, counted from 1, of a range of the file."""
        return bisect_right(self._raw_starts, start), bisect_right(self._raw_starts, max(start, end - 1))

    def span(self, start: int, end: int) -> Span:
        """A range of the copy as a range of the file, with its line and column."""
        line = self.line(start)
        return Span(self.name, line + 1, start - self.starts[line] + 1, self.raw(start), self.raw(end))

    def file_span(self, start: int, end: int) -> Span:
        """A range of the file, by its offsets there."""
        line = max(1, bisect_right(self._raw_starts, start))
        return Span(self.name, line, start - self._raw_starts[line - 1] + 1, start, end)

    @cached_property
    def _raw_starts(self) -> list[int]:
        return [self.raw(start) for start in self.starts]


FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, section 2.2: no document may hold these
BLANK = re.compile("[\x0b\x0c]")


def copy_of(source: Source) -> Copy:
    """The copy that is parsed: what XML forbids is U+FFFD there, or a space if it only parts words; nothing moves."""
    shift = 1 if source.text.startswith("\ufeff") else 0
    text = source.text[shift:]
    pairs: list[int] = []
    if "\r" in text:
        pairs = [match.start() - count for count, match in enumerate(re.finditer("\r\n", text))]
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = BLANK.sub(" ", FORBIDDEN.sub("\ufffd", text))
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return Copy(text, source.name, shift, pairs, starts)

"""The inlines of a passage of plain text: its words, its line ends, addresses of the web, marks of notes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pressout.diagnostics import Span
from pressout.model import Inline, Inlines, Link, NoteReference, SoftBreak, Text
from pressout.readers.plain.lines import Line, Passage
from pressout.readers.plain.marks import NOTE_MARK

# An address may hold pairs of brackets, and ends before the signs of the sentence that it stands in
PLAIN = r"[^\s<>\"“”«»()\[\]{}\u3000-\u303f\uff00-\uffef]"
ADDRESS = re.compile(rf"https?://{PLAIN}{{1,2000}}(?:\({PLAIN}{{0,200}}\){PLAIN}{{0,2000}}){{0,9}}(?<![.,;:!?'’*_])")


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for all passages of a text: the file's name, and the labels of the notes that it has."""

    file: str
    labels: Collection[str] = ()

    def inlines(self, passage: Passage, skip: int = 0) -> Inlines:
        """The inlines behind the first `skip` characters of a passage, each with its exact span."""
        return tuple(self._inlines(passage, skip))

    def _inlines(self, passage: Passage, skip: int) -> Iterator[Inline]:
        for place, line in enumerate(passage.lines):
            if place:
                yield SoftBreak(span=self._between(passage.lines[place - 1], line))
            yield from self._line(line, 0 if place else skip)

    def _line(self, line: Line, skip: int) -> Iterator[Inline]:
        done = skip
        for found in self._marks(line.text, skip):
            if found.start() > done:
                yield self._text(line, done, found.start())
            yield self._marked(line, found)
            done = found.end()
        if done < len(line.text):
            yield self._text(line, done, len(line.text))

    def _marks(self, text: str, skip: int) -> list[re.Match[str]]:
        """The addresses and the marks of known notes, in order; none lies within another, as an address holds no bracket."""
        addresses = list(ADDRESS.finditer(text, skip)) if "://" in text else []
        notes = [found for found in NOTE_MARK.finditer(text, skip) if found[1] in self.labels] if self.labels else []
        return sorted([*addresses, *notes], key=lambda found: found.start())

    def _marked(self, line: Line, found: re.Match[str]) -> Inline:
        span = self.span(line, found.start(), found.end())
        if found.re is NOTE_MARK:
            return NoteReference(found[1], span=span)
        return Link((self._text(line, found.start(), found.end()),), found[0], span=span)

    def _text(self, line: Line, start: int, end: int) -> Text:
        return Text(line.text[start:end], span=self.span(line, start, end))

    def span(self, line: Line, start: int, end: int) -> Span:
        """A part of a line, by its characters, as a range of the file."""
        return Span(self.file, line.number, line.column + start, line.start + start, line.start + end)

    def _between(self, first: Line, second: Line) -> Span:
        end = len(first.text)
        return Span(self.file, first.number, first.column + end, first.start + end, second.start)

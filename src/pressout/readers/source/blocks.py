"""The block reader: walks the parser's tokens, and keeps a passage of the source map for every leaf."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from markdown_it.token import Token

from pressout.diagnostics import Report, Span
from pressout.model import Block, Blocks, Inlines, Note, Paragraph
from pressout.readers.source.attributes import Item
from pressout.readers.source.inlines import InlineReader
from pressout.readers.source.placement import Placement, by_lines, lump, stretch
from pressout.readers.source.recording import BEGIN
from pressout.readers.source.syntax import parser
from pressout.readers.sourcemap import Container, Copy, Passage, PassageKind


@dataclass(slots=True)
class BlockReader:
    """Where the reading stands: the tokens and the next of them, what the passages stand in, what is found on the way."""

    copy: Copy
    report: Report
    env: dict[str, Any]
    tokens: list[Token]
    kinds: Mapping[str, Kind]
    index: int = 0
    path: tuple[Container, ...] = ()
    passages: list[Passage] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)  # of the notes that have been read

    def blocks(self) -> Blocks:
        """The blocks up to the end of the container that is open; its closing token is read."""
        blocks: list[Block] = []
        while self.index < len(self.tokens):
            token = self.take()
            if token.nesting < 0:
                break
            blocks.extend(self.kinds[token.type](self, token))
        return tuple(blocks)

    def take(self) -> Token:
        """The next token, which is then read."""
        self.index += 1
        return self.tokens[self.index - 1]

    def next_is(self, kind: str) -> bool:
        return self.index < len(self.tokens) and self.tokens[self.index].type == kind

    @contextmanager
    def inside(self, container: Container) -> Iterator[None]:
        """Passages that are read meanwhile stand in this container."""
        outer = self.path
        self.path = (*outer, container)
        yield
        self.path = outer

    def span(self, token: Token) -> Span:
        """From where a block begins to the end of its last line that is not blank."""
        first, behind = token.map or [0, 1]
        begin = token.meta.get(BEGIN, self.copy.starts[first])
        last = max(first, behind - 1)
        while last > first and not self.copy.text[self.copy.starts[last] : self.copy.line_end(last)].strip():
            last -= 1
        return self.copy.span(begin, max(begin, self.copy.line_end(last)))

    def inlines(self, token: Token, placement: Placement) -> InlineReader:
        """The reading of a token's text."""
        return InlineReader(self.copy, placement, self.env, self.report).read(token.children or [])

    def line(self, text: str, placement: Placement) -> InlineReader:
        """The reading of a line that the parser has not read as such: a title, a credit."""
        children = parser().inline.parse(text, parser(), self.env, [])
        return self.inlines(Token("inline", "", 0, content=text, children=children), placement)

    def words(self, kind: PassageKind, item: Item) -> Inlines:
        """An attribute's value as reading text; with escapes in it, every character stands for the whole value."""
        written = self.copy.text[item.start : item.end] == item.value
        placement = stretch(item.start, item.value) if written else lump(item.start, item.end, item.value)
        return self.leaf(kind, self.line(item.value, placement))

    def leaf(self, kind: PassageKind, reading: InlineReader, span: Span | None = None, level: int = 0) -> Inlines:
        """Keep the passage of a text that was read, then read the notes that were written inside it."""
        content = reading.content
        whole = span or (content[0].span if content else None)
        if whole:
            runs = tuple(reading.runs)
            end = max(whole.end, runs[-1].end) if runs else whole.end
            lines = self.copy.lines(whole.start, end)
            self.passages.append(Passage(whole.start, kind, reading.text, runs, whole.start, end, lines, self.path, level))
        for reference, token in reading.notes:
            self._note(reference.label, reference.span, self.inlines(token, reading.placement))
        return content

    def _note(self, label: str, span: Span | None, reading: InlineReader) -> None:
        blocks: Blocks = ()
        first = reading.content[0].span if reading.content else None
        if first:
            with self.inside(Container("note", first.start, label)):
                blocks = (Paragraph(self.leaf("paragraph", reading), span=first),)
        else:
            self.report.warn("this note has no text", span, hint="write ^[the note's text]")
        self.notes.append(Note(label, blocks, span=span))


Kind = Callable[[BlockReader, Token], tuple[Block, ...]]


def text_placement(reader: BlockReader, token: Token) -> Placement:
    """Where the text of a paragraph or of a heading with a line under it stood."""
    content = token.meta.get("whole", token.content)
    placement = by_lines(reader.copy, content, (token.map or [0])[0])
    return placement.behind(token.meta["from"]) if "from" in token.meta else placement

"""Blocks of a plain text: paragraphs, lists, quotes, questions and notes, made of pieces whose kinds are known."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from pressout.diagnostics import Span
from pressout.model import (
    Block,
    Blocks,
    CodeBlock,
    Heading,
    Inlines,
    List,
    ListItem,
    Note,
    Paragraph,
    QuestionAnswer,
    Quote,
    ThematicBreak,
)
from pressout.readers.plain.inlines import Setting
from pressout.readers.plain.kinds import Kind, Piece, tabs_in
from pressout.readers.plain.marks import NOTE
from pressout.readers.plain.table import table_of

DEEPEST = 9  # levels of lists, as many as Word has
SUB_BULLETS = "◦○▫⁃"  # these stand below another bullet even where the indent is lost


class Builder:
    """Takes the pieces one after the other; `place` is the next one's, `depth` counts the lists that are open."""

    def __init__(self, pieces: list[Piece], setting: Setting) -> None:
        self.pieces = pieces
        self.setting = setting
        self.place = 0
        self.depth = 0

    def blocks(self) -> Blocks:
        return tuple(self._until(()))

    def _until(self, ends: Collection[Kind]) -> Iterator[Block]:
        while (piece := self._next()) and piece.kind not in ends:
            match piece.kind:
                case Kind.NOTE:
                    self._take()
                case Kind.ITEM:
                    yield self._list()
                case Kind.ROW:
                    yield table_of(self._rows(piece), self.setting)
                case Kind.CODE:
                    yield self._code()
                case Kind.QUESTION:
                    yield self._question()
                case Kind.HEADING:
                    yield Heading(piece.level, self._words(self._take()), span=self._span(piece))
                case Kind.RULE:
                    yield ThematicBreak(span=self._span(self._take()))
                case Kind.BARE | Kind.ANSWER | Kind.ATTRIBUTION:
                    yield self._paragraph()

    def _next(self) -> Piece | None:
        return self.pieces[self.place] if self.place < len(self.pieces) else None

    def _take(self) -> Piece:
        self.place += 1
        return self.pieces[self.place - 1]

    def _words(self, piece: Piece) -> Inlines:
        return self.setting.inlines(piece.passage, piece.skip)

    def _span(self, piece: Piece, end: Span | None = None) -> Span:
        """The span of the piece, up to `end` if something follows in the same block."""
        span = piece.passage.span(self.setting.file)
        return replace(span, end=end.end) if end else span

    def _paragraph(self) -> Paragraph | Quote:
        """A paragraph, or a quote if the next line says whose words it is."""
        piece = self._take()
        paragraph = Paragraph(self._words(piece), span=self._span(piece))
        after = self._next()
        if not after or after.kind is not Kind.ATTRIBUTION:
            return paragraph
        return Quote((paragraph,), attribution=self._words(self._take()), span=self._span(piece, self._span(after)))

    def _question(self) -> QuestionAnswer:
        piece = self._take()
        answer = tuple(self._until((Kind.QUESTION, Kind.HEADING)))
        return QuestionAnswer(self._words(piece), answer, span=self._span(piece, answer[-1].span if answer else None))

    def _rows(self, first: Piece) -> list[Piece]:
        """The pieces of one table."""
        rows = [self._take()]
        while (piece := self._next()) and piece.kind is Kind.ROW and tabs_in(piece.passage) == tabs_in(first.passage):
            rows.append(self._take())
        return rows

    def _code(self) -> CodeBlock:
        """The lines of code with their indents, but for what all of them have."""
        first = last = self._take()
        lines = [*first.passage.lines]
        while (piece := self._next()) and piece.kind is Kind.CODE:
            last = self._take()
            lines += last.passage.lines
        indent, gap = min(line.indent for line in lines), min(line.gap for line in lines[1:])
        # Where empty lines part all lines of a text, only the others are the code's own
        text = "".join("\n" * (1 + line.gap - gap) + " " * (line.indent - indent) + line.text for line in lines)
        return CodeBlock(text.lstrip("\n"), span=self._span(first, self._span(last)))

    def _list(self) -> List:
        """The items that follow one another, each with what stands deeper below it."""
        self.depth += 1
        first = last = self.pieces[self.place]
        items: list[ListItem] = []
        while (piece := self._next()) and (not items or _goes_on(first, last, piece)):
            last = piece
            items.append(self._item())
        self.depth -= 1
        tight = all(len(item.blocks) == 1 or not _has_paragraphs(item.blocks[1:]) for item in items)
        span = self._span(first, items[-1].span)
        return List(tuple(items), ordered=first.value > 0, start=max(first.value, 1), tight=tight, span=span)

    def _item(self) -> ListItem:
        item = self._take()
        blocks: list[Block] = [Paragraph(self._words(item), span=self._span(item))]
        while (piece := self._next()) and self._is_inside(item, piece):
            blocks.append(self._list() if piece.kind is Kind.ITEM else self._paragraph())
        return ListItem(tuple(blocks), span=self._span(item, blocks[-1].span))

    def _is_inside(self, item: Piece, piece: Piece) -> bool:
        """Whether a piece belongs to the item above it: it is set in deeper, or its mark tells."""
        if piece.kind is Kind.BARE:
            return piece.passage.indent > item.passage.indent
        if piece.kind is not Kind.ITEM or self.depth >= DEEPEST:
            return False
        if piece.passage.indent != item.passage.indent:
            return piece.passage.indent > item.passage.indent
        if item.value:
            return not piece.value and self._is_counted_on(item)
        return not piece.value and piece.passage.text[0] in SUB_BULLETS and item.passage.text[0] not in SUB_BULLETS

    def _is_counted_on(self, item: Piece) -> bool:
        """Whether behind the bullets below a number the next number follows: then they are its own."""
        place = self.place
        while place < len(self.pieces) and self.pieces[place].kind is Kind.ITEM and not self.pieces[place].value:
            place += 1
        return place < len(self.pieces) and self.pieces[place].kind is Kind.ITEM and self.pieces[place].value == item.value + 1


def _goes_on(first: Piece, last: Piece, piece: Piece) -> bool:
    """Whether a piece is one more item of a list, after the last one."""
    if piece.kind is not Kind.ITEM or piece.passage.indent < first.passage.indent:
        return False
    return piece.value >= last.value if first.value else not piece.value


def _has_paragraphs(blocks: Collection[Block]) -> bool:
    return any(isinstance(block, Paragraph) for block in blocks)


def notes_of(pieces: list[Piece], setting: Setting) -> tuple[Note, ...]:
    """The notes, in the order in which they stand in the text."""
    notes = []
    for piece in pieces:
        if piece.kind is Kind.NOTE and (found := NOTE.match(piece.passage.text)):
            span = piece.passage.span(setting.file)
            notes.append(Note(found[1], (Paragraph(setting.inlines(piece.passage, piece.skip), span=span),), span=span))
    return tuple(notes)

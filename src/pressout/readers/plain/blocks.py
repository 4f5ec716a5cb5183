"""Blocks of a plain text: paragraphs, lists, tables, quotes, questions and notes, made of pieces whose kinds are known."""

from __future__ import annotations

from collections.abc import Iterator

from pressout.diagnostics import Span
from pressout.model import (
    Block,
    Blocks,
    Cell,
    Column,
    Heading,
    List,
    ListItem,
    Note,
    Paragraph,
    QuestionAnswer,
    Quote,
    Row,
    Table,
    ThematicBreak,
)
from pressout.readers.plain.kinds import Kind, Piece
from pressout.readers.plain.marks import NOTE
from pressout.readers.plain.lines import Line, Passage
from pressout.readers.plain.inlines import Setting


class Builder:
    """Takes pieces one after the other from a list; `place` is the next one."""

    def __init__(self, pieces: list[Piece], setting: Setting) -> None:
        self.pieces = pieces
        self.setting = setting
        self.place = 0

    def blocks(self) -> Blocks:
        return tuple(self._until(frozenset()))

    def _until(self, ends: frozenset[Kind]) -> Iterator[Block]:
        while self.place < len(self.pieces) and self.pieces[self.place].kind not in ends:
            piece = self.pieces[self.place]
            match piece.kind:
                case Kind.NOTE:
                    self.place += 1
                case Kind.ITEM:
                    yield self._list()
                case Kind.ROW:
                    yield self._table()
                case Kind.QUESTION:
                    yield self._question()
                case Kind.HEADING:
                    self.place += 1
                    yield Heading(piece.level, self.setting.inlines(piece.passage, piece.skip), span=self._span(piece))
                case Kind.RULE:
                    self.place += 1
                    yield ThematicBreak(span=self._span(piece))
                case Kind.BARE | Kind.ANSWER | Kind.ATTRIBUTION:
                    yield self._paragraph()

    def _span(self, first: Piece, last: Piece | None = None) -> Span:
        one, other = first.passage.span(self.setting.file), (last or first).passage.span(self.setting.file)
        return Span(one.file, one.line, one.column, one.start, other.end)

    def _paragraph(self) -> Block:
        piece = self.pieces[self.place]
        self.place += 1
        paragraph = Paragraph(self.setting.inlines(piece.passage, piece.skip), span=self._span(piece))
        after = self.pieces[self.place] if self.place < len(self.pieces) else None
        if not after or after.kind is not Kind.ATTRIBUTION:
            return paragraph
        self.place += 1
        return Quote((paragraph,), attribution=self.setting.inlines(after.passage, after.skip), span=self._span(piece, after))

    def _question(self) -> Block:
        piece = self.pieces[self.place]
        self.place += 1
        answer = tuple(self._until(frozenset({Kind.QUESTION, Kind.HEADING})))
        span = self._span(piece, self.pieces[self.place - 1])
        return QuestionAnswer(self.setting.inlines(piece.passage, piece.skip), answer, span=span)

    def _list(self) -> List:
        """The items that follow one another at one indent, each with the deeper ones below it."""
        first = self.pieces[self.place]
        items: list[ListItem] = []
        last = first
        while self._goes_on(first, last):
            last = self.pieces[self.place]
            items.append(self._item())
        span = self._span(first, self.pieces[self.place - 1])
        return List(tuple(items), ordered=first.value > 0, start=max(first.value, 1), span=span)

    def _goes_on(self, first: Piece, last: Piece) -> bool:
        if self.place >= len(self.pieces) or self.pieces[self.place].kind is not Kind.ITEM:
            return False
        piece = self.pieces[self.place]
        same = (piece.value > 0) == (first.value > 0)
        return (
            same
            and first.passage.indent <= piece.passage.indent
            and (piece is first or piece.value == 0 or piece.value > last.value)
        )

    def _item(self) -> ListItem:
        piece = self.pieces[self.place]
        self.place += 1
        blocks: list[Block] = [Paragraph(self.setting.inlines(piece.passage, piece.skip), span=self._span(piece))]
        while self._is_inside(piece):
            blocks.append(self._list() if self.pieces[self.place].kind is Kind.ITEM else self._paragraph())
        return ListItem(tuple(blocks), span=self._span(piece, self.pieces[self.place - 1]))

    def _is_inside(self, item: Piece) -> bool:
        """Whether the next piece stands deeper than the item, or is a bullet below a number that is counted on after it."""
        if self.place >= len(self.pieces):
            return False
        piece = self.pieces[self.place]
        if piece.kind not in (Kind.ITEM, Kind.BARE):
            return False
        return piece.passage.indent > item.passage.indent

    def _table(self) -> Table:
        rows: list[Row] = []
        first = self.pieces[self.place]
        count = first.text.count("\t")
        while (
            self.place < len(self.pieces)
            and self.pieces[self.place].kind is Kind.ROW
            and self.pieces[self.place].text.count("\t") == count
        ):
            rows.append(self._row(self.pieces[self.place], header=not rows))
            self.place += 1
        columns = tuple(Column() for _ in rows[0].cells)
        return Table(columns, tuple(rows[:1]), tuple(rows[1:]), span=self._span(first, self.pieces[self.place - 1]))

    def _row(self, piece: Piece, *, header: bool) -> Row:
        line = piece.passage.lines[0]
        cells: list[Cell] = []
        start = 0
        for text in line.text.split("\t"):
            inner = text.strip()
            before = start + (text.index(inner) if inner else 0)
            part = Passage((Line(inner, line.start + before, line.number, line.column + before, 0, 0),))
            span = part.span(self.setting.file)
            blocks = (Paragraph(self.setting.inlines(part), span=span),) if inner else ()
            cells.append(Cell(blocks, header, span=span))
            start += len(text) + 1
        return Row(tuple(cells), span=self._span(piece))


def notes_of(pieces: list[Piece], setting: Setting) -> tuple[Note, ...]:
    notes = []
    for piece in pieces:
        if piece.kind is Kind.NOTE and (found := NOTE.match(piece.passage.text)):
            span = piece.passage.span(setting.file)
            notes.append(Note(found[1], (Paragraph(setting.inlines(piece.passage, piece.skip), span=span),), span=span))
    return tuple(notes)

"""Length: how many pages a text will fill, guessed from its characters, so that nearly every document is laid out but once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from pressout.model import CodeBlock, Document, Figure, Heading, Image, Inlines, Paragraph, Row, Table, Text
from pressout.theme.looks import Style, Theme
from pressout.walk import Piece, children, plain_text

LETTER = 0.45  # of the size: the width of the average letter of a text face, with its share of spaces
IDEOGRAPH = 1.0
WIDE = ("zh", "ja", "ko")
PIXEL = 0.75  # points
TITLE = 0.5  # pages; the title block, and the half page that stays empty at the end
USED = 1.12  # what is not counted: lines that end early, pages that end early for what must stay together


@dataclass(frozen=True, slots=True)
class Column:
    """The column that text is poured into: its width and depth in points, and the width of a letter as a share of its size."""

    theme: Theme
    width: float
    depth: float
    letter: float

    def paragraph(self, pieces: Iterable[Piece], style: Style, width: float = 0.0) -> float:
        """The depth of a run of text; `width` is its own column's where it has one."""
        letters = len(plain_text(pieces))
        lines = max(1, ceil(letters * self.letter * style.size / (width or self.width)))
        return style.space_before + lines * style.leading + style.space_after


def guessed_pages(document: Document, theme: Theme) -> float:
    """The pages that the document's blocks will fill; within a fifth of the truth for most articles."""
    page = theme.page
    column = _column(document, theme, (page.width - page.inner - page.outer - page.column_gap * (page.columns - 1)) / page.columns)
    return TITLE + USED * sum(_depth(block, column) for block in document.blocks) / (column.depth * page.columns)


def guessed_title(document: Document, theme: Theme) -> float:
    """The share of a page that the lines of the title block and those of the imprint will fill."""
    page, metadata = theme.page, document.metadata
    column = _column(document, theme, page.width - page.inner - page.outer)
    lines: Mapping[str, Iterable[Piece]] = {
        "series": _words(metadata.series, metadata.issue),
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        "standfirst": metadata.description,
        "authors": _words(*(author.name + author.affiliation for author in metadata.authors)),
        "date": _words("date" if metadata.date else ""),
        "keywords": _words(*metadata.keywords),
        "imprint": _words(metadata.imprint, metadata.publisher, metadata.rights),
    }
    depths = [column.paragraph(words, theme.style(role)) for role, words in lines.items() if words]
    return sum([*depths, *(_depth(block, column) for block in metadata.abstract)]) / column.depth


def _column(document: Document, theme: Theme, width: float) -> Column:
    wide = document.metadata.lang.startswith(WIDE)
    return Column(theme, width, theme.page.height - theme.page.top - theme.page.bottom, IDEOGRAPH if wide else LETTER)


def _words(*words: str) -> Inlines:
    return tuple(Text(each) for each in words if each)


def _depth(piece: Piece, column: Column) -> float:
    """How deep a node reaches down the column, in points."""
    style = column.theme.style
    match piece:
        case Paragraph(content=content):
            return column.paragraph(content, style("body"))
        case Heading(content=content, level=level):
            return column.paragraph(content, style(f"heading-{min(level, 6)}"))
        case CodeBlock(text=text):
            return (text.count("\n") + 3) * style("code-block").leading
        case Table(head=head, body=body):
            return sum(_row(row, column) for row in (*head, *body)) + 2 * style("body").leading
        case Figure(caption=caption):
            return column.paragraph(caption, style("caption")) + sum(_depth(image, column) for image in piece.images)
        case Image(picture=picture) if picture:
            return picture.height * min(PIXEL, column.width / picture.width)
        case _:
            return sum(_depth(child, column) for child in children(piece))


def _row(row: Row, column: Column) -> float:
    style = column.theme.style("table-cell")
    width = column.width / max(1, len(row.cells))
    return max((column.paragraph((cell,), style, width) for cell in row.cells), default=0.0) + 2 * style.padding

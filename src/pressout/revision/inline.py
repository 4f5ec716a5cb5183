"""The characters of a source's passages as an editor's changes need them: as written, and in which marks each one stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from pressout.model import (
    Code,
    Emphasis,
    Highlight,
    Link,
    Phrase,
    SmallCaps,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
)
from pressout.readers.docx.values import Marks
from pressout.readers.markdown import Article
from pressout.readers.sourcemap import Passage
from pressout.walk import Piece, children, everything

WrapKind = Literal["bold", "italic", "strike", "superscript", "subscript", "small_caps", "highlight", "code", "link", "phrase"]


class Wrap(NamedTuple):
    """A mark as it is written: what opens and what closes it. `start` is its place in the source, -1 for a new one."""

    kind: WrapKind
    open: str
    close: str
    start: int = -1
    target: str = ""


Wraps = tuple[Wrap, ...]


class Glyph(NamedTuple):
    """A character of the reading text with the raw range that it came from, and the marks that it stands in, outermost first."""

    text: str
    start: int
    end: int
    wraps: Wraps


@dataclass(frozen=True)
class Inlines:
    """The glyphs of every passage of an article, by the passage's key, made when they are asked for."""

    article: Article
    raw: str
    nodes: tuple[tuple[int, int, Piece], ...] = field(repr=False)
    made: dict[int, tuple[Glyph, ...]] = field(default_factory=dict, repr=False)

    def glyphs(self, passage: Passage) -> tuple[Glyph, ...]:
        """The characters of a passage with their marks."""
        if passage.key not in self.made:
            self.made[passage.key] = tuple(_glyphs(passage, self))
        return self.made[passage.key]


def inlines(article: Article, raw: str) -> Inlines:
    """The glyphs of an article whose source text is `raw`."""
    nodes = [
        (piece.span.start, piece.span.end, piece)
        for piece in everything(article.document)
        if piece.span is not None and _kind(piece) is not None
    ]
    return Inlines(article, raw, tuple(sorted(nodes, key=lambda node: (node[0], -node[1]))))


@lru_cache(maxsize=1024)
def marks_of(wraps: Wraps) -> Marks:
    """What Word would call the marks of these wraps."""
    kinds = {wrap.kind for wrap in wraps}
    return Marks(
        bold="bold" in kinds,
        italic="italic" in kinds,
        strike="strike" in kinds,
        superscript="superscript" in kinds,
        subscript="subscript" in kinds,
        small_caps="small_caps" in kinds,
        highlight="highlight" in kinds,
        code="code" in kinds,
        link=next((wrap.target for wrap in wraps if wrap.kind == "link"), ""),
    )


def _kind(piece: Piece) -> WrapKind | None:
    match piece:
        case Strong():
            return "bold"
        case Emphasis():
            return "italic"
        case Strikethrough():
            return "strike"
        case Superscript():
            return "superscript"
        case Subscript():
            return "subscript"
        case SmallCaps():
            return "small_caps"
        case Highlight():
            return "highlight"
        case Code():
            return "code"
        case Link():
            return "link"
        case Phrase():
            return "phrase"
        case _:
            return None


def _glyphs(passage: Passage, whole: Inlines) -> Iterator[Glyph]:
    places = list(passage.places())
    if not places:
        return
    nodes = list(_within(passage, places[-1][1], whole))
    wraps = _wraps(nodes, places, whole.raw)
    for character, (start, end) in zip(passage.text, places, strict=True):
        around = tuple(wrap for begin, behind, wrap in wraps if begin <= start and end <= behind)
        yield Glyph(character, start, end, around)


def _within(passage: Passage, last: int, whole: Inlines) -> Iterator[tuple[int, int, Piece]]:
    first = bisect_left(whole.nodes, passage.start, key=lambda node: node[0])
    for start, end, piece in whole.nodes[first:]:
        if start > last:
            return
        yield start, end, piece


def _wraps(nodes: list[tuple[int, int, Piece]], places: list[tuple[int, int]], raw: str) -> list[tuple[int, int, Wrap]]:
    result = []
    for start, end, piece in nodes:
        inner = _inside(start, end, piece, places)
        kind = _kind(piece)
        if inner and kind:
            target = piece.target if isinstance(piece, Link) else ""
            result.append((start, end, Wrap(kind, raw[start : inner[0]], raw[inner[1] : end], start, target)))
    return result


def _inside(start: int, end: int, piece: Piece, places: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The raw range between a mark's opening and its closing."""
    spans = [child.span for child in children(piece) if child.span is not None]
    if spans:
        return spans[0].start, spans[-1].end
    own = [place for place in places if start <= place[0] and place[1] <= end]
    return (own[0][0], own[-1][1]) if own else None


def definitions(article: Article, raw: str) -> Mapping[str, str]:
    """The link definitions of a source by their labels, as lines to be parsed with one of its paragraphs alone."""
    taken: set[int] = set()
    for passage in article.map.passages:
        taken.update(range(passage.lines[0], passage.lines[1] + 1))
    found: dict[str, str] = {}
    for number, line in enumerate(raw.splitlines(), 1):
        bare = line.lstrip(" >")
        if number not in taken and bare.startswith("[") and "]:" in bare:
            found.setdefault(_label(bare[1 : bare.index("]:")]), bare)  # the first of a label is the one that holds
    return found


def defining(text: str, there: Mapping[str, str]) -> str:
    """Those of the definitions that a text may ask for: the others would take as long to parse as the text itself."""
    asked = _label(text)
    return "\n".join(line for label, line in there.items() if label in asked)


def _label(text: str) -> str:
    """Labels are alike whatever their case and their blanks (CommonMark, 4.7)."""
    return " ".join(text.casefold().split())


def by_key(article: Article) -> Mapping[int, Passage]:
    """The passages of an article by their keys."""
    return {passage.key: passage for passage in article.map.passages}

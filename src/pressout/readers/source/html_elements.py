"""HTML elements: the tags and words of a piece of HTML as a tree, with the blocks of Markdown that stand between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from pressout.model import Block
from pressout.readers.source.blocks import BlockReader
from pressout.readers.source.html_inlines import INLINE, report_tag
from pressout.readers.source.html_source import SILENT, VOID, Event, Tag, events
from pressout.readers.source.leftovers import warn_markup
from pressout.readers.source.placement import Placement, by_lines
from pressout.readers.source.recording import AT, PIECES

DEEPEST = 40  # elements in elements, as for blocks
GROUPS = frozenset(
    {
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "center",
        "address",
        "fieldset",
        "hgroup",
        "body",
        "html",
    }
)
BLOCKS = GROUPS | {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr", "details", "summary"),
    *("figure", "figcaption", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"),
}
ROWS = frozenset({"tbody", "thead", "tfoot"})
CLOSES = {  # elements whose end tag may be left out, and what begins where they end
    "p": BLOCKS - {"li", "dt", "dd", "figcaption", "summary", "caption", "col", "colgroup", "td", "th", "tr"} - ROWS,
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": ROWS | {"tr"},
    "td": ROWS | {"td", "th", "tr"},
    "th": ROWS | {"td", "th", "tr"},
    "thead": ROWS,
    "tbody": ROWS,
    "tfoot": ROWS,
    "caption": ROWS | {"tr", "colgroup"},
    "colgroup": ROWS | {"tr"},
}


HOLDS = {  # elements of which only these parts are read
    "table": frozenset({"caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr"}),
    **dict.fromkeys(("thead", "tbody", "tfoot"), frozenset({"tr"})),
    "tr": frozenset({"td", "th"}),
    "dl": frozenset({"dt", "dd", "div"}),
}
TITLES = frozenset({"caption", "summary", "figcaption"})  # of which an element has one
WORDS = TITLES | {"pre", "dt", "h1", "h2", "h3", "h4", "h5", "h6"}  # elements that hold words and no blocks
PARTS = TITLES | {"thead", "tbody", "tfoot", "tr", "dt"}  # elements that another one reads


@dataclass(slots=True)
class Element:
    """An element, and what stands in it: tokens of its words, other elements, blocks of Markdown; places are in the copy."""

    tag: Tag
    start: int
    end: int
    children: list[Child] = field(default_factory=list)
    closed: bool = False

    def elements(self, *names: str) -> Iterator[Element]:
        """The elements of these names that stand directly inside."""
        for child in self.children:
            match child:
                case Element(tag=tag) if tag.name in names:
                    yield child
                case _:
                    pass

    def tokens(self) -> Iterator[Token]:
        """The words inside, at any depth; a blank with the mark "parting" stands between those of one block and the next."""
        behind: Element | None = None
        for child in self.children:
            match child:
                case Token():
                    if behind and behind.closed:
                        yield parting("\n", behind.end - 1)
                    yield child
                    behind = None
                case Element():
                    yield parting("\t" if child.tag.name in ("td", "th") else "\n", child.start)
                    yield from child.tokens()
                    behind = child
                case _:
                    pass

    def strays(self, words: bool = False) -> Iterator[Child]:
        """What stands where its element is not read for it: blocks among words, words among rows, a second caption."""
        holds, words = HOLDS.get(self.tag.name), words or self.tag.name in WORDS
        titles: set[str] = set()
        for child in self.children:
            match child:
                case Element(tag=tag) if (holds and tag.name not in holds) or tag.name in titles:
                    yield child
                case Element(tag=tag):
                    titles |= {tag.name} & TITLES
                    if words or tag.name in PARTS:
                        yield from child.strays(words)
                case Token():
                    if holds:
                        yield child
                case _:
                    if holds or words:
                        yield child


Child = Token | Element | Block


def parting(sign: str, place: int) -> Token:
    """What parts two blocks where only words are read: it stands for the first or the last sign of a tag."""
    kind = "softbreak" if sign == "\n" else "text"
    return Token(kind, "", 0, content=sign, meta={AT: (place, place + 1), "blank": True, "parting": True})


class ElementReader:
    """Reads pieces of HTML, and takes the blocks between them, into one tree."""

    def __init__(self, reader: BlockReader) -> None:
        self.reader = reader
        self.root = Element(Tag(""), 0, 0)
        self._open = [self.root]

    @property
    def is_open(self) -> bool:
        """Whether an element waits for its end tag."""
        return len(self._open) > 1

    def feed(self, token: Token) -> None:
        """Read one piece of HTML."""
        placement = by_lines(self.reader.copy, token.content, (token.map or [0])[0])
        for event in events(token.content):
            start = placement.place(event.start)
            place = start, max(start, placement.end(event.end))
            if event.kind == "remark":
                warn_markup(self.reader.report, event.text, self.reader.copy.span(*place))
            elif event.tag:
                self._tag(event.tag, place, token.content[event.start : event.end])
            else:
                self._open[-1].children.append(word_token(event, placement))

    def take(self, blocks: Sequence[Block]) -> None:
        """Take blocks of Markdown; they end a paragraph that is open."""
        self._end_optional("p", frozenset({"p"}))
        self._open[-1].children.extend(blocks)

    def _tag(self, tag: Tag, place: tuple[int, int], text: str) -> None:
        if tag.name in INLINE:
            self._open[-1].children.append(Token("html_inline", "", 0, content=text, meta={AT: place, "tag": tag}))
            return
        span = self.reader.copy.span(*place)
        report_tag(tag, span, tag.name in BLOCKS, (self.reader.report, self.reader.env))
        if tag.name not in BLOCKS or tag.name in SILENT:
            return
        if tag.close:
            self._close(tag.name, place[1])
            return
        while (open_name := self._open[-1].tag.name) in CLOSES and tag.name in CLOSES[open_name]:
            self._open.pop().closed = True
        element = Element(tag, *place)
        self._open[-1].children.append(element)
        if tag.name not in VOID and len(self._open) < DEEPEST:
            self._open.append(element)

    def _close(self, name: str, end: int) -> None:
        """Close the nearest element of this name, and those left open in it."""
        depth = next((depth for depth in range(len(self._open) - 1, 0, -1) if self._open[depth].tag.name == name), 0)
        if depth:
            for element in self._open[depth:]:
                element.end = end
            self._warn_open(depth + 1)
            self._open[depth].closed = True
            del self._open[depth:]

    def finish(self) -> None:
        """Say which elements are open where the text ends."""
        self._warn_open(1)

    def _warn_open(self, depth: int) -> None:
        for element in self._open[depth:]:
            name = element.tag.name
            if name not in CLOSES:
                span = self.reader.copy.span(element.start, element.start + len(name) + 1)
                self.reader.report.warn(f"<{name}> is never closed", span, hint=f"write </{name}> where it ends")

    def _end_optional(self, name: str, beginning: frozenset[str]) -> None:
        if self._open[-1].tag.name == name and beginning & CLOSES[name]:
            self._open.pop().closed = True


def word_token(event: Event, placement: Placement) -> Token:
    """A word, a blank or a character by its name as a token with its place in the copy."""
    start = placement.place(event.start)
    end = max(start, placement.end(event.end))
    if event.kind == "blank":
        return Token(
            "softbreak" if "\n" in event.text else "text", "", 0, content=event.text, meta={AT: (start, end), "blank": True}
        )
    kind = "text_special" if event.kind == "character" else "text"
    return Token(kind, "", 0, content=event.text, meta={PIECES: [(len(event.text), start, end)]})

"""Inlines: the tokens of one leaf block as model nodes, with its reading text and the place of each character."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from markdown_it.token import Token

from pressout.diagnostics import Report, Span
from pressout.model import (
    Attributes,
    Code,
    CrossReference,
    Emphasis,
    Highlight,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteReference,
    Phrase,
    SmallCaps,
    SoftBreak,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from pressout.readers.source.attributes import Written, attributes_of
from pressout.readers.source.html_inlines import INLINE, image_of, node_of, report_tag
from pressout.readers.source.html_source import SILENT, VOID, Tag, parse_tag
from pressout.readers.source.inline_rules import ATTRIBUTES
from pressout.readers.source.leftovers import warn_markup
from pressout.readers.source.meaning import KindName, check
from pressout.readers.source.placement import Placement
from pressout.readers.source.recording import AT, PIECES
from pressout.readers.source.texts import finished
from pressout.readers.sourcemap import OBJECT, Copy, Run

DEEPEST = 40  # marks in marks; those further in are dropped from their words
FORMS: tuple[Literal["number", "title", "page"], ...] = ("number", "title", "page")
MARKS: dict[str, type[Emphasis | Strong | Strikethrough | Superscript | Subscript | Highlight]] = {
    "em": Emphasis,
    "strong": Strong,
    "s": Strikethrough,
    "sup": Superscript,
    "sub": Subscript,
    "mark": Highlight,
}


@dataclass(slots=True)
class Frame:
    """A mark that is open: what it is, where it began in the content, and what it holds so far."""

    name: str
    start: int
    token: Token | None = None
    tag: Tag | None = None
    content: list[Inline] = field(default_factory=list)
    begins: dict[int, int] = field(default_factory=dict)  # of the texts in `content`: their first reading character


class InlineReader:
    """Reads the tokens of one leaf block: `content`, the reading `text` and its `runs`."""

    def __init__(self, copy: Copy, placement: Placement, env: dict[str, Any], report: Report) -> None:
        self.copy = copy
        self.placement = placement
        self.env = env
        self.report = report
        self.content: Inlines = ()
        self.runs: list[Run] = []
        self.notes: list[tuple[NoteReference, Token]] = []
        self._text: list[str] = []
        self._length = 0
        self._frames = [Frame("", 0)]
        self._muted = 0
        self._index = 0
        self._silenced: dict[str, int] = {}

    def read(self, tokens: list[Token]) -> InlineReader:
        """Read the tokens of the block's text."""
        self._silenced = last_closing(tokens)
        for index, token in enumerate(tokens):
            self._index = index
            if token.nesting > 0:
                self._frames.append(Frame(token.type.removesuffix("_open"), self._at(token)[0], token))
            elif token.nesting < 0:
                self._close(token)
            elif not self._muted or token.type == "html_inline":
                self._leaf(token)
        self._dissolve()
        self.content = self._finished(self._frames[0])
        return self

    def add_code(self, text: str) -> None:
        """The lines of a code block: no marks in them."""
        at = 0
        for line in text.split("\n"):
            pieces = [(len(line), at, at + len(line)), (1, at + len(line), at + len(line) + 1)]
            at += len(line) + 1
            last = at > len(text)
            self._record(Token("text", "", 0, content=line + "\n"[last:], meta={PIECES: pieces[: 2 - last]}))

    @property
    def text(self) -> str:
        """The words read so far."""
        return "".join(self._text)

    def span(self, start: int, end: int) -> Span:
        """A range of the content as a range of the file."""
        place = self.placement.place(start)
        return self.copy.span(place, max(place, self.placement.end(end)))

    def _leaf(self, token: Token) -> None:
        start, end = self._at(token)
        match token.type:
            case "text" | "text_special":
                self._add_text(token)
            case "softbreak":
                self._object("\n", start, end)
                self._add(SoftBreak(span=self.span(start, end)))
            case "hardbreak":
                self._object("\n", start, end)
                self._add(LineBreak(span=self.span(start, end)))
            case "code_inline":
                self._record(token)
                self._add(Code(token.content, span=self._whole(token), attributes=self._attributes(token, "code")))
            case "image":
                self._object(OBJECT, start, end)
                self._add(self._image(token))
            case "note_reference":
                self._object(OBJECT, start, end)
                self._add(NoteReference(token.meta["label"], span=self.span(start, end)))
            case "note_inline":
                self._object(OBJECT, start, end)
                self._add(self._note(token))
            case "cross_reference":
                self._object(OBJECT, start, end)
                self._add(self._reference(token))
            case "html_inline":
                self._html(token)
            case _:
                raise AssertionError(f"no inline is made of the token {token.type}")

    def _add(self, inline: Inline) -> None:
        self._frames[-1].content.append(inline)

    def _add_text(self, token: Token) -> None:
        if not token.content:
            return
        begin = self._length
        self._record(token)
        start, end = token.meta[PIECES][0][1], token.meta[PIECES][-1][2]
        content = self._frames[-1].content
        span = self.span(start, end)
        match content[-1] if content else None:
            case Text(text=text, span=Span(line=line, column=column, start=first)):
                content[-1] = Text(text + token.content, span=Span(span.file, line, column, first, span.end))
            case _:
                self._frames[-1].begins[len(content)] = begin
                content.append(Text(token.content, span=span))

    def _record(self, token: Token) -> None:
        """Note where each character of a text token stands."""
        copy, at = self.copy, self._length
        for piece in token.meta[PIECES]:
            if not piece[0]:
                continue
            for part in self.placement.ranges(*piece):
                for length, start, end in copy.ranges(*part):
                    self.runs.append(Run(at, length, start, end))
                    at += length
        self._text.append(token.content)
        self._length = at

    def _object(self, character: str, start: int, end: int) -> None:
        """One reading character for a range of the content."""
        copy, placement = self.copy, self.placement
        self.runs.append(Run(self._length, 1, copy.raw(placement.place(start)), copy.raw_end(placement.end(end))))
        self._text.append(character)
        self._length += 1

    def _close(self, token: Token) -> None:
        self._dissolve()
        frame = self._frames.pop()
        self._add(self._marked(frame, token, self._whole_end(token)))

    def _dissolve(self) -> None:
        """Give what stands in HTML tags that were never closed to what stands around them."""
        while self._frames[-1].tag:
            frame = self._pop_tag()
            self._warn_open(frame)
            self._frames[-1].content.extend(self._finished(frame))

    def _pop_tag(self) -> Frame:
        frame = self._frames.pop()
        self._muted -= bool(frame.tag and frame.tag.name in SILENT)
        return frame

    def _html(self, token: Token) -> None:
        tag: Tag | None = token.meta.get("tag") or parse_tag(token.content)
        start, end = self._at(token)
        if not tag:
            warn_markup(self.report, token.content, self.span(start, end))
            return
        span = self.span(start, end)
        report_tag(tag, span, tag.name in INLINE, (self.report, self.env))
        if tag.close:
            self._close_tag(tag, start, end)
        elif tag.name == "br" and not self._muted:
            self._object("\n", start, end)
            self._add(LineBreak(span=span))
        elif tag.name == "img" and not self._muted:
            self._object(OBJECT, start, end)
            self._add(image_of(tag, span))
        elif self._silenced.get(tag.name, 0) > self._index or (
            tag.name in INLINE and tag.name not in VOID and len(self._frames) < DEEPEST
        ):
            self._muted += tag.name in SILENT
            self._frames.append(Frame("html", start, token, tag))
            self._quote(tag, start, end)

    def _close_tag(self, tag: Tag, start: int, end: int) -> None:
        """Close the nearest HTML tag of this name inside the innermost mark of Markdown."""
        names = []
        for frame in reversed(self._frames):
            if not frame.tag:
                return
            names.append(frame.tag.name)
            if frame.tag.name == tag.name:
                break
        for _ in names[:-1]:
            inner = self._pop_tag()
            self._warn_open(inner)
            self._frames[-1].content.extend(self._finished(inner))
        self._quote(tag, start, end)
        frame = self._pop_tag()
        if frame.tag and frame.tag.name not in SILENT:
            self._frames[-1].content.extend(node_of(frame.tag, self._finished(frame), self.span(frame.start, end)))

    def _warn_open(self, frame: Frame) -> None:
        name = frame.tag.name if frame.tag else ""
        span = self.span(*self._at(frame.token)) if frame.token else None
        self.report.warn(f"<{name}> is never closed", span, hint=f"write </{name}> where it ends")

    def _quote(self, tag: Tag, start: int, end: int) -> None:
        """What <q> stands for: a mark of quotation, which prepare sets as the language has it."""
        if tag.name == "q" and not self._muted:
            self._add_text(Token("text", "", 0, content='"', meta={PIECES: [(1, start, end)]}))

    def _finished(self, frame: Frame) -> Inlines:
        """What a frame holds, with the addresses and abbreviations in its texts known, and missing notes reported."""
        in_link = any(each.name == "link" or (each.tag and each.tag.name == "a") for each in (frame, *self._frames))
        return finished(self, frame.content, frame.begins, in_link)

    def _marked(self, frame: Frame, close: Token, end: int) -> Inline:
        content, span = self._finished(frame), self.span(frame.start, end)
        attributes = self._attributes(close, "link" if frame.name == "link" else "phrase")
        if frame.name in MARKS:
            return MARKS[frame.name](content, span=span, attributes=attributes)
        if frame.name == "link" and frame.token:
            return link_of(Link(content, str(frame.token.attrs["href"]), span=span, attributes=attributes), frame.token)
        return phrase_of(content, attributes, span)

    def _attributes(self, token: Token, kind: KindName) -> Attributes:
        """What the braces behind a token say of it."""
        written: Written | None = token.meta.get(ATTRIBUTES)
        for item in written.items if written else ():
            check(self.report, kind, item, self.span(item.start, item.end))
        return attributes_of(written)

    def _image(self, token: Token) -> Image:
        attributes = self._attributes(token, "image")
        return Image(
            str(token.attrs["src"]),
            alt=alt_text(token.children or []),
            title=str(token.attrs.get("title", "")),
            decorative="decorative" in attributes.classes,
            span=self._whole(token),
            attributes=attributes,
        )

    def _note(self, token: Token) -> NoteReference:
        span = self._whole(token)
        reference = NoteReference(f"^{span.start}", span=span)
        self.notes.append((reference, token))
        return reference

    def _reference(self, token: Token) -> CrossReference:
        attributes = self._attributes(token, "cross reference")
        return reference_to(token.meta["target"], attributes, self._whole(token))

    def _at(self, token: Token) -> tuple[int, int]:
        """The range of a token in the content; a `**` is two texts for markdown-it, and the inner one becomes the mark."""
        if AT in token.meta:
            start, end = token.meta[AT]
            return start, end
        pieces = token.meta[PIECES]
        if not pieces:
            return 0, 0
        start, end = pieces[0][1], pieces[-1][2]
        if token.type == "strong_open":
            return start - 1, end
        return start, end + 1 if token.type == "strong_close" else end

    def _whole_end(self, token: Token) -> int:
        written: Written | None = token.meta.get(ATTRIBUTES)
        return written.end if written else self._at(token)[1]

    def _whole(self, token: Token) -> Span:
        return self.span(self._at(token)[0], self._whole_end(token))


def last_closing(tokens: list[Token]) -> dict[str, int]:
    """Where the silent elements among the tokens end for the last time: what is never closed silences nothing."""
    closing: dict[str, int] = {}
    for index, token in enumerate(tokens):
        if token.type == "html_inline" and token.content.startswith("</"):
            tag = parse_tag(token.content)
            if tag and tag.name in SILENT:
                closing[tag.name] = index
    return closing


def link_of(link: Link, token: Token) -> Inline:
    """A link, or, where `[](#id)` has no words, a cross reference."""
    if not link.content and link.target.startswith("#") and len(link.target) > 1:
        return reference_to(link.target[1:], link.attributes, link.span)
    return replace(link, title=str(token.attrs.get("title", "")))


def phrase_of(content: Inlines, attributes: Attributes, span: Span) -> Inline:
    """`[text]{...}`: small capitals by their class, anything else a phrase."""
    for names, kind in ((("small-caps", "smallcaps"), SmallCaps), (("highlight", "mark"), Highlight)):
        if set(names) & set(attributes.classes):
            others = tuple(name for name in attributes.classes if name not in names)
            return kind(content, span=span, attributes=replace(attributes, classes=others))
    return Phrase(content, span=span, attributes=attributes)


def reference_to(target: str, attributes: Attributes, span: Span | None) -> CrossReference:
    """A cross reference; a class says which words of what it leads to are shown."""
    for name in FORMS:
        if name in attributes.classes:
            others = tuple(each for each in attributes.classes if each != name)
            return CrossReference(target, name, span=span, attributes=replace(attributes, classes=others))
    return CrossReference(target, span=span, attributes=attributes)


def alt_text(tokens: list[Token]) -> str:
    """The words in an image's brackets, without marks."""
    parts = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(alt_text(token.children or []))
        elif token.type in ("text", "text_special", "code_inline"):
            parts.append(token.content)
    return "".join(parts)

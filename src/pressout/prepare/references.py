"""References: what each reference points at, and the words that it shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from urllib.parse import unquote

from pressout.diagnostics import Report, Span
from pressout.model import (
    Callout,
    CodeBlock,
    CrossReference,
    Definition,
    Document,
    Figure,
    Inline,
    Inlines,
    Link,
    NoteReference,
    Phrase,
    QuestionAnswer,
    Section,
    Table,
    Text,
)
from pressout.prepare.slugs import likeness
from pressout.terms import label, term
from pressout.walk import Piece, everything, plain_text, remake, rewrite_inlines


def resolve_references(document: Document, report: Report) -> Document:
    """Cross references with their words, links within the document with ids that are there; what leads nowhere is reported."""
    targets = _Targets(document)
    references = _References(targets, document.metadata.lang, report)
    return remake(document, lambda block: (block,), references.in_inlines)


class _Targets:
    """What can be pointed at, by id; found too by what other programs would have made of the same words."""

    def __init__(self, document: Document) -> None:
        self.nodes = {piece.attributes.id: piece for piece in everything(document) if piece.attributes.id}
        self.alike = {likeness(name): name for name in self.nodes}
        repeats: Counter[str] = Counter()
        for name, piece in self.nodes.items():
            words = likeness(plain_text(_words(piece)))
            # GitHub and kramdown write "words", "words-1", "words-2" where the same words come again
            self.alike.setdefault(f"{words}{repeats[words] or ''}", name)
            repeats[words] += 1
        self.notes = {note.label: note for note in document.notes}

    def id_of(self, target: str) -> str:
        """The id that a target means; nothing where there is none."""
        for name in (target, unquote(target)):
            if name in self.nodes:
                return name
        return self.alike.get(likeness(unquote(target)), "")


@dataclass(frozen=True, slots=True)
class _References:
    targets: _Targets
    lang: str
    report: Report

    def in_inlines(self, inlines: Inlines) -> Inlines:
        return rewrite_inlines(inlines, self._resolve)

    def _resolve(self, inline: Inline) -> Inlines:
        match inline:
            case CrossReference(target=target):
                return self._reference(inline)
            case Link(target=target) if target.startswith("#"):
                return self._link(inline)
            case _:
                return (inline,)

    def _link(self, link: Link) -> Inlines:
        """A link to nothing would be an error in an EPUB: its words stay, without it."""
        name = self.targets.id_of(link.target[1:])
        if not name and (note := self.targets.notes.get(link.target[1:])):
            name = f"note-{note.number}"
        if name:
            return (replace(link, target=f"#{name}"),)
        self._report(link.target[1:], link.span)
        return link.content

    def _reference(self, reference: CrossReference) -> Inlines:
        name = self.targets.id_of(reference.target)
        if name:
            content = _shown(self.targets.nodes[name], reference.form, self.lang)
            return (replace(reference, target=name, content=content),)
        if note := self.targets.notes.get(reference.target):
            content = (Text(label("note", str(note.shown), self.lang)),)
            return (replace(reference, target=f"note-{note.number}", content=content),)
        self._report(reference.target, reference.span)
        return (Text(_source(reference), span=reference.span),)

    def _report(self, target: str, span: Span | None) -> None:
        self.report.warn(f"nothing here is called '{target}'", span, hint=self._near(target))

    def _near(self, target: str) -> str:
        return f"write {{#{target}}} after what it should lead to" if target else "name what it should lead to"


def _source(reference: CrossReference) -> str:
    """The reference as it was written."""
    short = reference.span is None or reference.span.end - reference.span.start == len(reference.target) + 1
    if short and reference.form == "label":
        return f"@{reference.target}"
    return f"[](#{reference.target})" + (f"{{.{reference.form}}}" if reference.form != "label" else "")


def _shown(piece: Piece, form: str, lang: str) -> Inlines:
    """The words of a reference. Those of the form `page` are for where there are no pages."""
    kind, number = _kind(piece)
    title = _bare(_words(piece))
    if number and not (form == "title" and title):
        return (Text(number if form == "number" else label(kind, number, lang)),)
    if not title:
        return (Text(term(kind, lang) if kind else piece.attributes.id),)
    return title if form == "title" else (Text('"'), *title, Text('"'))  # typography makes them the language's own


def _kind(piece: Piece) -> tuple[str, str]:
    """What kind of numbered thing a node is, and its number."""
    match piece:
        case Figure(number=number):
            return "figure", number
        case Table(number=number):
            return "table", number
        case Section(heading=heading):
            return "section", heading.number
        case _:
            return "", ""


def _words(piece: Piece) -> Inlines:
    """What a thing is called."""
    match piece:
        case Section(heading=heading):
            return heading.content
        case Figure(caption=caption) | Table(caption=caption) | CodeBlock(caption=caption):
            return caption
        case Callout(title=title):
            return title
        case Definition(terms=(words, *_)) | Phrase(content=words):
            return words
        case QuestionAnswer(question=question):
            return question
        case _:
            return ()


def _bare(inlines: Inlines) -> Inlines:
    """Words that may stand a second time: without ids, links and notes."""
    return rewrite_inlines(inlines, _bared)


def _bared(inline: Inline) -> Inlines:
    match inline:
        case NoteReference():
            return ()
        case Link(content=content) | CrossReference(content=content):
            return content
        case _:
            return (replace(inline, attributes=replace(inline.attributes, id="")) if inline.attributes.id else inline,)

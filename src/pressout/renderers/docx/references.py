"""What a Word file's fields refer to: the bookmarks that they need, and the words that these bookmarks hold."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pressout.model import CrossReference, Document, Figure, Link, NoteReference, QuestionAnswer, Section, Table
from pressout.terms import label
from pressout.walk import Piece, everything, plain_text, walk

Part = Literal["all", "number", "words"]  # of what is referred to: its label or the whole of it, its number alone, its words

LONGEST = 40  # characters of a bookmark's name in Word
SUFFIXES: Mapping[Part, str] = {"all": "", "number": "_no", "words": "_text"}


class Field(NamedTuple):
    """A part of what a reference leads to, so that a field can show it; `before` and `after` are its words round the number."""

    part: Part
    switches: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class References:
    """What a document's references and repeated notes need: `fields` by the id and the form of a reference.

    `marked` are the labels of the notes whose marks something refers to, `notes` the numbers of all notes by their ids.
    """

    fields: Mapping[tuple[str, str], Field]
    parts: frozenset[tuple[str, Part]]
    marked: frozenset[str]
    notes: Mapping[str, int]


def references(document: Document) -> References:
    """What the document refers to. A reference whose words no field would give back is none: it stays a link."""
    wanted: dict[tuple[str, str], str] = {}
    targets: dict[str, Piece] = {}
    marked: set[str] = set()
    notes = {f"note-{note.number}": note for note in document.notes}
    for piece in everything(document):
        if piece.attributes.id:
            targets.setdefault(piece.attributes.id, piece)
        match piece:
            case CrossReference(target=target) if target in notes:
                marked.add(notes[target].label)
            case Link(target=target) if target.startswith("#") and target[1:] in notes:
                marked.add(notes[target[1:]].label)
            case CrossReference(target=target, form=form, content=content):
                wanted[target, form] = plain_text(content)
            case NoteReference(repeated=True, label=name):
                marked.add(name)
            case _:
                continue
    lang = document.metadata.lang
    spoken = _languages(document)
    fields = {
        key: found
        for key, words in wanted.items()
        if key[0] in targets and (found := _field(targets[key[0]], key[1], words, spoken.get(key[0], lang)))
    }
    parts = frozenset((target, found.part) for (target, _), found in fields.items())
    return References(fields, parts, frozenset(marked), {name: note.shown for name, note in notes.items()})


def _languages(document: Document) -> Mapping[str, str]:
    """The language of all that is referred to in the articles of a collection, by its id; empty for a single article."""
    return {
        piece.attributes.id: metadata.lang
        for block in document.blocks
        if (metadata := document.articles.get(block.attributes.id))
        for piece in walk((block,))
        if piece.attributes.id
    }


def _field(target: Piece, form: str, words: str, lang: str) -> Field | None:
    if form == "page":
        return Field("all")
    return next((found for shown, found in _shown(target, lang) if shown == words), None)


def _shown(target: Piece, lang: str) -> Iterator[tuple[str, Field]]:
    """What fields on a target's bookmarks would show."""
    match target:
        case Section(heading=heading):
            yield plain_text(heading.content), Field("all")
            if heading.number:
                before, _, after = label("section", "\0", lang).partition("\0")
                yield heading.number, Field("all", r"\r")
                yield f"{before}{heading.number}{after}", Field("all", r"\r", before, after)
        case QuestionAnswer(question=question):
            yield plain_text(question), Field("all")
        case Figure(number=number, caption=caption) if number:
            yield label("figure", number, lang), Field("all")
            yield number, Field("number")
            yield plain_text(caption), Field("words")
        case Table(number=number, caption=caption) if number:
            yield label("table", number, lang), Field("all")
            yield number, Field("number")
            yield plain_text(caption), Field("words")
        case _:
            return


@dataclass(slots=True)
class Names:
    """The bookmarks' names by the ids of the document: letters, digits and underscores, no two alike in any case."""

    given: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def name(self, identifier: str, part: Part = "all") -> str:
        """The name of the bookmark of an id, or of a part of what it stands at."""
        if identifier not in self.given:
            self.given[identifier] = self._free(identifier)
        return self.given[identifier] + SUFFIXES[part]

    def _free(self, identifier: str) -> str:
        # A leading underscore would hide the bookmark, a leading digit is not allowed
        wanted = re.sub(r"\W", "_", identifier).lstrip("_") or "anchor"
        wanted = wanted if wanted[0].isalpha() else f"n{wanted}"
        longest = LONGEST - len(SUFFIXES["words"])
        if len(wanted) > longest or wanted.casefold() in self.used:
            digest = hashlib.sha256(identifier.encode()).hexdigest()[:8]
            wanted = f"{wanted[: longest - 9]}_{digest}"
        self.used.add(wanted.casefold())
        return wanted

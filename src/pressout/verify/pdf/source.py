"""A PDF against the article that it was made of: is each thing of the article one element of the tag tree, its text in order."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from pressout.diagnostics import Diagnostic, Severity
from pressout.model import (
    Abbreviation,
    Callout,
    Cell,
    Code,
    CodeBlock,
    CrossReference,
    DefinitionList,
    Division,
    Document,
    Image,
    List,
    ListItem,
    Note,
    QuestionAnswer,
    Quote,
    Row,
    Section,
    Table,
    Text,
)
from pressout.renderers.reading import ASIDE
from pressout.verify.pdf.tags import Tag, TagTree
from pressout.walk import Piece, walk

SILENT = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")  # neither printed nor spoken
RIGHT_TO_LEFT = ("R", "AL")
# Letters of one direction: Hebrew, Arabic and their neighbours, or others
WORD = re.compile(r"(?:(?![\W\d_])[\u0590-\u08ff])+|[^\W\d_\u0590-\u08ff]+")
# Which of two it is, the article's role for it says, and no count can
TOGETHER = {"TH": "TH and TD", "TD": "TH and TD", "Sect": "Sect and Aside", "Aside": "Sect and Aside"}
SHOWN = 60  # characters of a text that is missing


@dataclass(frozen=True, slots=True)
class Likeness:
    """How many elements of each kind the article and the PDF have, and which texts are missing or out of order."""

    counts: dict[str, tuple[int, int]]
    untold: int  # pictures without words in their place, which are no elements
    texts: int
    missing: tuple[str, ...]
    displaced: tuple[str, ...]
    backwards: int  # right-to-left texts that are not told as they are read; their words were looked for in either direction

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What the file lacks of the article, each kind once."""
        for kind, (wanted, found) in self.counts.items():
            if wanted != found:
                yield _error(f"has {found} {kind} elements where the article has {wanted}")
        if self.untold:
            have = "picture of the article has" if self.untold == 1 else "pictures of the article have"
            yield _error(f"{self.untold} {have} no alternative text, so that a listener is not told of them")
        for words, texts in (("is missing", self.missing), ("is not in its place", self.displaced)):
            if texts:
                more = f", and {len(texts) - 1} more" if len(texts) > 1 else ""
                yield _error(f"a text of the article {words}: '{texts[0][:SHOWN]}'{more}")

    def in_words(self) -> dict[str, str]:
        """The figures for people."""
        counts = ", ".join(f"{kind} {found} of {wanted}" for kind, (wanted, found) in self.counts.items())
        return {"of the article": f"{counts}; {self.texts - len(self.missing)} of {self.texts} texts"}

    def as_object(self) -> dict[str, object]:
        """The figures and the texts for a program."""
        return {
            "elements": {kind: {"article": wanted, "file": found} for kind, (wanted, found) in self.counts.items()},
            "pictures without alternative text": self.untold,
            "texts": self.texts,
            "missing": list(self.missing),
            "displaced": list(self.displaced),
            "right-to-left": self.backwards,
        }


def compare(document: Document, tree: TagTree) -> Likeness:
    """The prepared article beside the tag tree; what pressout prints of its own, as contents and labels, is passed over."""
    wanted, found = _wanted(document, tree), _found(tree)
    counts = {kind: (wanted[kind], found[kind]) for kind in wanted if wanted[kind] or found[kind]}
    spoken = _bare("".join(piece.text for piece in tree.pieces if not _in_contents(piece.tag)))
    body = [text for block in document.blocks for text in _texts(block)]
    apart = [text for note in document.notes for text in _texts(note)]
    missing, displaced, backwards = _look(body, apart, spoken)
    untold = sum(_is_untold(piece) for piece in _pieces(document))
    return Likeness(counts, untold, len(body) + len(apart), tuple(missing), tuple(displaced), backwards)


# Elements


def _wanted(document: Document, tree: TagTree) -> Counter[str]:
    """How many elements of each kind the article makes; whether its notes were too long for the foot of a page, the file says."""
    counts = Counter(
        {kind: 0 for kind in ("Sect and Aside", "Table", "TR", "TH and TD", "L", "LI", "Figure", "Note", "BlockQuote")}
    )
    for piece in _pieces(document):
        counts.update(_kinds(piece))
    if document.notes and (document.metadata.settings.get("notes") == "endnotes" or _notes_at_end(tree)):
        counts["Sect and Aside"] += 1  # the section that pressout puts them in
    return counts


def _notes_at_end(tree: TagTree) -> bool:
    """Whether the notes are a list in a section of their own; those at the foot of a page stand in what they are called from."""
    return {tag.parent.kind for tag in tree.tags if tag.kind == "Note" and tag.parent} == {"Sect"}


def _pieces(document: Document) -> Iterator[Piece]:
    return walk((*document.metadata.abstract, *document.blocks, *document.notes))


def _is_untold(piece: Piece) -> bool:
    """Whether it is a picture that is no decoration and has no words in its place: it is drawn as decoration all the same."""
    return isinstance(piece, Image) and piece.picture is not None and not (piece.decorative or piece.alt.strip())


def _kinds(piece: Piece) -> tuple[str, ...]:
    match piece:
        case Section() | QuestionAnswer() | Callout() | Quote(kind="pull"):
            return ("Sect and Aside",)
        case Division(attributes=own) if ASIDE in own.classes:
            return ("Sect and Aside",)
        case Table():
            return ("Table",)
        case Row():
            return ("TR",)
        case Cell():
            return ("TH and TD",)
        case List():
            return ("L",)
        case DefinitionList(items=items):
            return ("L", *("LI" for _ in items))
        case ListItem():
            return ("LI",)
        case Image(decorative=False, picture=picture, alt=alt) if picture is not None and alt.strip():
            return ("Figure",)
        case Note():
            return ("Note",)
        case Quote():
            return ("BlockQuote",)
        case _:
            return ()


def _found(tree: TagTree) -> Counter[str]:
    """The elements of the tree, but for those of the contents list."""
    counts: Counter[str] = Counter()
    for tag in tree.tags:
        if not _in_contents(tag):
            counts[TOGETHER.get(tag.kind, tag.kind)] += 1
    return counts


def _in_contents(tag: Tag) -> bool:
    return any(above.kind in ("Contents", "TOC") for above in tag.within())


# Texts


def _texts(block: Piece) -> Iterator[str]:
    """The stretches of text in a block, in reading order, but for references to pages: there stands the page's number."""
    elsewhere: set[int] = set()
    for piece in walk((block,)):
        match piece:
            case CrossReference(form="page", content=content):
                elsewhere.update(map(id, walk(content)))
            case _ if id(piece) in elsewhere:
                continue
            case CodeBlock(text=text, caption=caption):  # stands above its code
                elsewhere.update(map(id, walk(caption)))
                yield from chain.from_iterable(map(_texts, caption))
                yield from filter(_bare, [text])
            case Text(text=text) | Code(text=text) | Abbreviation(text=text):
                yield from filter(_bare, [text])
            case _:
                continue


def _bare(text: str) -> str:
    """The text without what is not heard, composed, and in small letters: a style may print capitals."""
    return unicodedata.normalize("NFKC", SILENT.sub("", text)).casefold().replace("\u2010", "-")


def _look(body: list[str], apart: list[str], spoken: str) -> tuple[list[str], list[str], int]:
    """Which texts are missing and which stand out of their order; a note's text stands at its mark, so anywhere.

    A page draws right-to-left lines from their left end: where a tag tree does not tell what is read instead, only words can be
    looked for, there and in what stands among them.
    """
    backwards = [text for text in (*body, *apart) if _is_backwards(text, spoken)]
    missing, displaced = _in_order([text for text in body if text not in backwards], spoken)
    missing += [text for text in apart if text not in backwards and _bare(text) not in spoken]
    missing += backwards
    if backwards:
        letters = _letters(spoken)
        missing = [text for text in missing if not all(_either_way(word, letters) for word in WORD.findall(text))]
        displaced = []
    return missing, displaced, len(backwards)


def _in_order(texts: list[str], spoken: str) -> tuple[list[str], list[str]]:
    """Which texts are missing, and which are not where they belong: between those that hold the order."""
    bare = list(map(_bare, texts))
    ends = _ends(bare, spoken)
    missing, displaced, place = [], [], 0
    for text, wanted, end in zip(texts, bare, ends, strict=True):
        at = spoken.find(wanted, place, end)
        if at >= 0:
            place = at + len(wanted)
        elif wanted in spoken:
            displaced.append(text)
        else:
            missing.append(text)
    return missing, displaced


def _ends(texts: list[str], spoken: str) -> list[int]:
    """Before which place each text must end: where the next of those begins that hold the order."""
    ends, waiting = [], _pillars(texts, spoken)
    end = len(spoken)
    for index in reversed(range(len(texts))):
        ends.append(end)
        if waiting and waiting[-1][0] == index:
            end = waiting.pop()[1]
    return ends[::-1]


def _pillars(texts: list[str], spoken: str) -> list[tuple[int, int]]:
    """Texts that stand in one place alone, and those places: the longest row of them that is in order, as patience finds it."""
    once = [(index, at) for index, text in enumerate(texts) if (at := spoken.find(text)) >= 0 and spoken.find(text, at + 1) < 0]
    lowest: list[int] = []  # the place at which the best row of each length ends
    before: list[tuple[int, int]] = []
    for index, at in once:
        length = bisect_left(lowest, at)
        lowest[length : length + 1] = [at]
        before.append((length, index))
    row: list[tuple[int, int]] = []
    places = dict(once)
    for length, index in reversed(before):
        if length == len(lowest) - 1 - len(row) and (not row or places[index] < row[-1][1]):
            row.append((index, places[index]))
    return row[::-1]


def _is_backwards(text: str, spoken: str) -> bool:
    return any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in text) and _bare(text) not in spoken


def _either_way(word: str, letters: str) -> bool:
    """Whether a word is there, in the order in which it is read or that in which it is drawn."""
    wanted = _letters(_bare(word))
    return wanted in letters or wanted[::-1] in letters


def _letters(text: str) -> str:
    """The letters alone: a vowel sign is drawn on either side of its letter."""
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def _error(message: str) -> Diagnostic:
    return Diagnostic(Severity.ERROR, message)

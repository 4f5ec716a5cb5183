"""The plan of a take-back: what is to become of each paragraph, in which form, and which changes stand or fall together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pressout.readers.docx.values import Standing
from pressout.readers.sourcemap import Container, Passage
from pressout.revision.blocks import Layer
from pressout.revision.fields import MARKED
from pressout.revision.foreign import Foreign, Held
from pressout.revision.forms import Form
from pressout.revision.homes import Homed, Sending
from pressout.revision.letters import Desk, Letter, letters, target_marks
from pressout.revision.notes import Notes
from pressout.revision.origins import key_of
from pressout.revision.shapes import Shape
from pressout.revision.writing import Setting, Style, Writer, final

SETTINGS: Mapping[str, Setting] = {"heading": "heading", "title": "heading", "code": "code"}  # all others are paragraphs
DELETABLE = ("paragraph", "heading", "code", "verse", "attribution")
Written = tuple[Form, list[Letter]]
Owner = tuple[str, int]
"""Whose change a patch is: ("draft", its index), or ("gone", the key of a passage that was deleted).

("fit", an index) is nobody's: what a paragraph that stays needs to be what it was where something else has changed before it.
"""


class Patch(NamedTuple):
    """Characters of the source, from `start` to before `end`, and what takes their place."""

    start: int
    end: int
    text: str
    owner: Owner


class Seat(NamedTuple):
    """Where a new block goes: next to the paragraph that is a line of the sent file, before or behind it."""

    line: int
    before: bool = False


@dataclass
class Plan:
    """What is to become of each paragraph. `form` is the form a paragraph is tried in, `dropped` are those given up."""

    homed: Sequence[Homed]
    shapes: Sequence[Shape]
    writer: Writer
    layer: Layer
    sent: Sending
    levels: Mapping[int, int]
    gone: tuple[int, ...]
    foreign: tuple[Foreign, ...] = ()  # what an editor put in and no source can hold
    lost: tuple[int, ...] = ()  # lines of the sent file that are gone and no passages: a picture's, a date's
    held: tuple[Held, ...] = ()  # what is told and not done
    notes: Notes = field(default_factory=Notes)
    form: dict[int, int] = field(default_factory=dict)
    dropped: set[Owner] = field(default_factory=set)
    seats: dict[int, Seat] = field(default_factory=dict)  # where the new blocks of this round go
    filled: set[int] = field(default_factory=set)  # the passages that are gone and whose places new blocks have taken
    fitted: dict[int, Shape] = field(default_factory=dict)  # the shapes that paragraphs get where theirs has nothing to hang on
    _letters: dict[int, list[Letter]] = field(default_factory=dict)
    _forms: dict[int, tuple[list[Written], Iterator[Written]]] = field(default_factory=dict)
    _changed: dict[int, bool] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        return self.writer.desk

    def shape(self, index: int) -> Shape:
        return self.fitted.get(index, self.shapes[index])

    def opening(self, term: Passage) -> Passage | None:
        """The first paragraph of what a term is said to mean; a term that has none is no term."""
        if term.kind != "term" or not term.path:
            return None
        behind = (each for each in self.layer.passages if term.path[-1] in each.path and each.key > term.key)
        first = next(behind, None)
        return first if first is not None and first.path == term.path and deletable(first) else None

    def letters(self, index: int) -> list[Letter]:
        if index not in self._letters:
            self._letters[index] = letters(self.homed[index].draft.signs, self.homed[index].draft.gone, self.desk)
        return self._letters[index]

    def form_of(self, index: int, turn: int) -> Written | None:
        """The form that a paragraph is tried in on its turn, counted from 0; None when there is none left."""
        if index not in self._forms:
            self._forms[index] = [], self.writer.forms(self.letters(index), self.setting(index))
        found, more = self._forms[index]
        while len(found) <= turn:
            following = next(more, None)
            if following is None:
                return None
            found.append(following)
        return found[turn]

    def is_changed(self, index: int) -> bool:
        """Whether the words or the marks of a paragraph in its place differ from what was sent."""
        if index not in self._changed:
            self._changed[index] = _is_changed(self.homed[index], self.sent, self.desk)
        return self._changed[index]

    @cached_property
    def links(self) -> Mapping[Owner, frozenset[Owner]]:
        """Who shares words with whom: a paragraph is not taken out where it was not put in."""
        linked: dict[Owner, set[Owner]] = defaultdict(set)
        staying = {entry.home: index for index, entry in enumerate(self.homed) if entry.stays}
        gone = set(self.gone)
        for index, entry in enumerate(self.homed):
            if entry.stays and not self.is_changed(index):
                continue
            keys = {sign.origin.key for sign in entry.draft.signs if sign.origin is not None} | {entry.home}
            keys |= self._made_of(entry)
            others: set[Owner] = {("gone", key) for key in keys & gone}
            others |= set() if entry.stays else {("draft", staying[key]) for key in keys & staying.keys()}
            held = keys | {sign.origin.key for sign in entry.draft.gone if sign.origin is not None}
            others |= {("gone", key) for mark in held for key in self.notes.going.get(mark, ())}
            for other in others:
                linked["draft", index].add(other)
                linked[other].add(("draft", index))
        for key in gone & self.notes.going.keys():
            for note in self.notes.going[key]:
                linked["gone", key].add(("gone", note))
                linked["gone", note].add(("gone", key))
        return {owner: frozenset(others) for owner, others in linked.items()}

    def _made_of(self, entry: Homed) -> set[int]:
        """The passages whose words pressout made, as those of a link without any, where they stand in a joined paragraph."""
        if not any(sign.generated for sign in entry.draft.signs):
            return set()
        keys = {key for key in map(key_of, entry.draft.anchors) if key in self.sent.line_of}
        return {key for key in keys if not any(self.sent.where[self.sent.line_of[key]])}

    def setting(self, index: int) -> Setting:
        entry = self.homed[index]
        if entry.stays:
            return setting_of(self.desk.passages[entry.home], self.layer.raw)
        return SETTINGS.get(self.shapes[index].kind, "paragraph")

    def written(self, index: int, style: Style) -> str | None:
        """The paragraph in the form that is its turn; None when there is none left."""
        found = self.form_of(index, self.form.get(index, 0))
        return final(found[1], found[0], style, self.desk) if found else None


def setting_of(passage: Passage, raw: str) -> Setting:
    """How the text of a passage is written."""
    match passage.kind:
        case "code":
            return "code"
        case "caption" | "paragraph" if any(_is_loose(container, raw) for container in passage.path):
            return "loose"
        case "heading":
            return "heading"
        case "metadata":
            return "metadata" if passage.label in MARKED else "name"
        case "paragraph" if not any(container.kind == "cell" for container in passage.path):
            return "paragraph"
        case "paragraph":
            return "cell"
        case _:
            return "caption"


def content(passage: Passage, desk: Desk) -> tuple[int, int]:
    """The raw range of a passage's text with its marks, without what makes it a block."""
    glyphs = desk.inlines.glyphs(passage)
    if not glyphs:
        return passage.start, passage.end
    first, last = glyphs[0], glyphs[-1]
    opened = sum(len(wrap.open) for wrap in first.wraps)
    return first.start - opened, last.end + sum(len(wrap.close) for wrap in last.wraps)


def deletable(passage: Passage) -> bool:
    """Whether a passage can go with its lines, or leave what says that nothing is there (see `Plan.opening`)."""
    outer = passage.path[:-1] if passage.path and passage.path[-1].kind == "definition" else passage.path
    return passage.kind in DELETABLE and not any(
        container.kind in ("cell", "table", "html", "figure", "definition") for container in outer
    )


def _is_loose(container: Container, raw: str) -> bool:
    """Whether what stands in it is told by tags or by a picture, not by its own line alone."""
    return container.kind in ("html", "figure") or (container.kind == "table" and raw[container.start : container.start + 1] == "<")


def _is_changed(entry: Homed, sent: Sending, desk: Desk) -> bool:
    draft = entry.draft
    line = sent.line_of.get(entry.home, -1)
    if draft.as_sent and draft.sent == line:
        return False
    if line < 0 or not draft.alone or len(draft.signs) != len(sent.file.lines[line].text_before):
        return True
    # A program that has lost the paragraph's style has lost the marks that came with it
    styled = draft.before.style == sent.file.lines[line].now.style
    for sign, origin in zip(draft.signs, sent.where[line], strict=True):
        if sign.origin != origin or not sign.sent or sign.standing is not Standing.KEPT:
            return True
        if origin is not None and (styled or sign.changes) and target_marks(sign, desk) != desk.sent.get(origin):
            return True
    return False


def tied(plan: Plan) -> set[Owner]:
    """The owners given up, and all that share words with them."""
    result, waiting = set[Owner](), list(plan.dropped)
    while waiting:
        owner = waiting.pop()
        if owner not in result:
            result.add(owner)
            waiting += plan.links.get(owner, ())
    return result


class Place(NamedTuple):
    """A patch as it was carried out: where what it wrote stands in the changed source, from `start` to before `end`."""

    start: int
    end: int
    patch: Patch


def patched(raw: str, changes: Sequence[Patch]) -> str:
    """The source with its patches; of two that overlap, the second is left out (a deleted block takes its edits with it)."""
    pieces: list[str] = []
    at = 0
    for place in placed(changes):
        pieces += raw[at : place.patch.start], place.patch.text
        at = place.patch.end
    return "".join([*pieces, raw[at:]])


def placed(changes: Sequence[Patch]) -> Iterator[Place]:
    """The patches that are carried out, in order, with the places of their texts."""
    at = shift = 0
    for patch in changes:
        if not patch.text and patch.start < at < patch.end:
            patch = patch._replace(start=at)  # two deletions may share the blank line between them
        if patch.start >= at:
            start = patch.start + shift
            yield Place(start, start + len(patch.text), patch)
            at, shift = patch.end, shift + len(patch.text) - (patch.end - patch.start)

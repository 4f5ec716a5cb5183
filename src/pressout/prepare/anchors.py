"""Anchors: an id for everything that can be pointed at, made of its words, the same in every build, no two alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TypeVar

from pressout.diagnostics import Report, Span
from pressout.model import Block, Blocks, Document, Figure, Inlines, Node, QuestionAnswer, Section, Table
from pressout.prepare.slugs import as_name, slug
from pressout.walk import everything, inside, plain_text, within

# The ids that renderers make for notes and for their marks
RESERVED = re.compile(r"note-\d+(-mark)?")

Named = TypeVar("Named", bound=Node)


def add_anchors(document: Document, report: Report) -> Document:
    """Every section, question, figure and table with an id; those that the writer gave stay, but for a second one like it."""
    written: dict[str, Span | None] = {}
    for node in everything(document):
        if node.attributes.id:
            written.setdefault(as_name(node.attributes.id), node.span)
    anchors = _Anchors(report, written)
    metadata = replace(
        document.metadata,
        title=anchors.in_inlines(document.metadata.title),
        subtitle=anchors.in_inlines(document.metadata.subtitle),
        description=anchors.in_inlines(document.metadata.description),
        abstract=anchors.in_blocks(document.metadata.abstract),
    )
    blocks = anchors.in_blocks(document.blocks)
    notes = tuple(replace(note, blocks=anchors.in_blocks(note.blocks)) for note in document.notes)
    return replace(document, metadata=metadata, blocks=blocks, notes=notes)


@dataclass(slots=True)
class _Anchors:
    """The ids given out so far; `written` are all that the writer gave, which none made of words may take."""

    report: Report
    written: dict[str, Span | None]
    used: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    def in_blocks(self, blocks: Blocks) -> Blocks:
        return tuple(inside(self.named(block, _made_of(block)), self.in_blocks, self.in_inlines, self.named) for block in blocks)

    def in_inlines(self, inlines: Inlines) -> Inlines:
        return tuple(within(self.named(inline), self.in_inlines) for inline in inlines)

    def named(self, node: Named, words: str = "") -> Named:
        """The node with its own id, else with one made of the words, if there are any."""
        given = node.attributes.id
        name = self._kept(given, node.span) if given else self._free(words) if words else ""
        return node if name == given else replace(node, attributes=replace(node.attributes, id=name))

    def _kept(self, given: str, span: Span | None) -> str:
        name = as_name(given) or "anchor"
        if name != given:
            self.report.warn(f"'{given}' cannot be an id; it becomes '{name}'", span, hint="begin with a letter, and use no spaces")
        if name in self.used:
            self.report.warn(f"the id '{given}' is given twice", span, hint=_first_place(self.written[name]))
            return self._free(name)
        if RESERVED.fullmatch(name):
            name = self._free(name)
            self.report.warn(f"'{given}' is an id that notes have; it becomes '{name}'", span, hint="name it otherwise")
            return name
        return self._take(name)

    def _free(self, wanted: str) -> str:
        """The name, with a number where it is taken; counting goes on from the last number, so that many alike cost no more."""
        if wanted not in self.used and wanted not in self.written and not RESERVED.fullmatch(wanted):
            return self._take(wanted)
        number = self.counts.get(wanted, 2)
        while (name := f"{wanted}-{number}") in self.used or name in self.written:
            number += 1
        self.counts[wanted] = number + 1
        return self._take(name)

    def _take(self, name: str) -> str:
        self.used.add(name)
        return name


def _first_place(span: Span | None) -> str:
    return f"it stands first in line {span.line}; references lead there" if span else ""


def _made_of(block: Block) -> str:
    """The id that the words of a block ask for; nothing for what is not pointed at."""
    match block:
        case Section(heading=heading):
            return slug(plain_text(heading.content), "section")
        case QuestionAnswer(question=question):
            return slug(plain_text(question), "question")
        case Figure(caption=caption, images=images):
            target = images[0].target if images and not images[0].target.startswith("data:") else ""
            return f"fig-{slug(plain_text(caption) or PurePosixPath(target).stem, 'picture')}"
        case Table(caption=caption):
            return f"tbl-{slug(plain_text(caption), 'table')}"
        case _:
            return ""

"""The reader of plain text: an article as it is copied or scraped from a page, without any marks of structure."""

from __future__ import annotations

import re
from dataclasses import fields, replace

from pressout.diagnostics import Report
from pressout.languages import guessed_language
from pressout.model import Document, Metadata, Source
from pressout.readers.plain.artefacts import artefact_places
from pressout.readers.plain.blocks import Builder, notes_of
from pressout.readers.plain.front import read_front
from pressout.readers.plain.inlines import Setting
from pressout.readers.plain.kinds import Kind, Piece, find_kinds, note_labels
from pressout.readers.plain.lines import Passage, join_lines, split_lines, wrap_margin
from pressout.readers.plain.sections import find_sections
from pressout.readers.sourcemap import BLANK, FORBIDDEN, copy_of
from pressout.walk import plain_text

HEAD = re.compile(r"\ufeff?\s*---")  # a text that begins so may have a front matter; its reader takes long to import


def read_plaintext(source: Source, report: Report) -> Document:
    """The article that a plain text holds, its structure guessed; each guess and each line left out is reported as a note."""
    given, text = _without_head(source, report)
    passages, dropped = _without_artefacts(_passages(text, source.name, report), source.name, report)
    setting = Setting(source.name, note_labels(passages))
    guessed, pieces = read_front(find_kinds(passages), plain_text(given.metadata.title), setting, report)
    metadata = _joined(given.metadata, guessed)
    pieces = find_sections(pieces, plain_text(metadata.title), metadata.lang or guessed_language(text))
    _report_guesses(pieces, setting, report)
    notes = given.notes + notes_of(pieces, setting)
    return Document(metadata, Builder(pieces, setting).blocks(), notes, source.name, source.folder, dropped)


def _without_head(source: Source, report: Report) -> tuple[Document, str]:
    """What a front matter says, if there is one, as a document without text; and the text, with spaces where it stands.

    What XML forbids is U+FFFD in the text, as in Markdown; nothing moves.
    """
    text = BLANK.sub(" ", FORBIDDEN.sub("\ufffd", source.text))
    if not HEAD.match(text):
        return Document(Metadata(), ()), text
    from pressout.readers.source.fields import FieldReader
    from pressout.readers.source.frontmatter import front_matter

    copy = copy_of(source)
    matter = front_matter(copy, report)
    reader = FieldReader(matter, report)
    document = Document(reader.metadata(), (), tuple(reader.notes))
    end = copy.raw(matter.end) if matter.end else 0
    return document, re.sub(r"[^\r\n]", " ", text[:end]) + text[end:]


def _joined(given: Metadata, guessed: Metadata) -> Metadata:
    """The metadata that are given, and those guessed that are not."""
    empty = Metadata()
    named = {field.name: getattr(given, field.name) for field in fields(Metadata)}
    chosen = {name: value for name, value in named.items() if value != getattr(empty, name)}
    return replace(guessed, **{**chosen, "spans": {**guessed.spans, **given.spans}})


def _passages(text: str, file: str, report: Report) -> list[Passage]:
    lines = split_lines(text)
    margin = wrap_margin(lines)
    if margin:
        report.note(f"the lines are taken as wrapped at {margin.width} characters, and joined into paragraphs", file=file)
    return join_lines(lines, margin)


def _without_artefacts(passages: list[Passage], file: str, report: Report) -> tuple[list[Passage], tuple[str, ...]]:
    """The passages without those that are no part of the article, and the texts of these."""
    places = artefact_places(passages)
    left_out = [passages[place] for place in sorted(places)]
    for passage in left_out:
        report.note(f"left out: '{passage.text}'", passage.span(file))
    if passages and len(left_out) == len(passages):
        report.warn("the text holds nothing but what stands round an article on a page", file=file)
    return [passage for place, passage in enumerate(passages) if place not in places], tuple(passage.text for passage in left_out)


def _report_guesses(pieces: list[Piece], setting: Setting, report: Report) -> None:
    for kind, name in ((Kind.HEADING, "heading"), (Kind.QUESTION, "question")):
        found = [piece for piece in pieces if piece.kind is kind]
        if found:
            lines = f"one line is taken as a {name}" if len(found) == 1 else f"{len(found)} lines are taken as {name}s"
            report.note(f"{lines}, beginning with '{found[0].text}'", found[0].passage.span(setting.file))
        elif pieces and kind is Kind.HEADING:
            report.note("no line looks like a heading", file=setting.file)

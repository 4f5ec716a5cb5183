"""The reader of plain text: an article as it is copied or scraped from a page, without any marks of structure."""

from __future__ import annotations

from pressout.diagnostics import Report
from pressout.languages import guessed_language
from pressout.model import Document, Source
from pressout.readers.plain.artefacts import artefact_places
from pressout.readers.plain.blocks import Builder, notes_of
from pressout.readers.plain.front import read_front
from pressout.readers.plain.inlines import Setting
from pressout.readers.plain.kinds import Kind, Piece, find_kinds, note_labels
from pressout.readers.plain.lines import Passage, join_lines, split_lines, wrap_margin
from pressout.readers.plain.sections import find_sections
from pressout.walk import plain_text


def read_plaintext(source: Source, report: Report) -> Document:
    """The article that a plain text holds, its structure guessed; each guess and each line left out is reported as a note."""
    passages, dropped = _without_artefacts(_passages(source, report), source.name, report)
    setting = Setting(source.name, note_labels(passages))
    metadata, pieces = read_front(find_kinds(passages), setting, report)
    pieces = find_sections(pieces, plain_text(metadata.title), guessed_language(source.text))
    _report_guesses(pieces, setting, report)
    return Document(
        metadata,
        Builder(pieces, setting).blocks(),
        notes_of(pieces, setting),
        name=source.name,
        folder=source.folder,
        dropped=dropped,
    )


def _passages(source: Source, report: Report) -> list[Passage]:
    lines = split_lines(source.text)
    margin = wrap_margin(lines)
    if margin:
        report.note(f"the lines are taken as wrapped at {margin.width} characters, and joined into paragraphs", file=source.name)
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

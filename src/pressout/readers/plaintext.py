"""The reader of plain text: an article as it is copied or scraped from a page, without any marks of structure."""

from __future__ import annotations

from dataclasses import replace

from pressout.diagnostics import Report, Span
from pressout.model import Author, Document, Metadata, Source
from pressout.readers.plain.artefacts import artefact_places
from pressout.readers.plain.bylines import read_byline
from pressout.languages import guessed_language
from pressout.readers.plain.kinds import Kind, Piece, mark, note_labels
from pressout.readers.plain.marks import item_mark
from pressout.readers.plain.lines import Passage, join_lines, split_lines
from pressout.readers.plain.blocks import Builder, notes_of
from pressout.readers.plain.inlines import Setting
from pressout.readers.plain.sections import find_sections
from pressout.readers.plain.sentences import ends_sentence, length_in_words

LONGEST_TITLE = 40  # words
BYLINES = 4  # lines below the title that may name authors and dates


def read_plaintext(source: Source, report: Report) -> Document:
    """The article that a plain text holds, its structure guessed; each guess and each line left out is reported as a note."""
    passages, dropped = _without_artefacts(join_lines(split_lines(source.text)), source.name, report)
    lang = guessed_language(source.text)
    setting = Setting(source.name, note_labels(passages))
    metadata, body = _read_front(passages, setting, report)
    title = passages[0].text if metadata.title else ""
    pieces = find_sections(mark(body), title, lang)
    _report_guesses(pieces, setting, report)
    return Document(
        replace(metadata, lang=lang),
        Builder(pieces, setting).blocks(),
        notes_of(pieces, setting),
        name=source.name,
        folder=source.folder,
        dropped=dropped,
    )


def _without_artefacts(passages: list[Passage], file: str, report: Report) -> tuple[list[Passage], tuple[str, ...]]:
    places = artefact_places(passages)
    left_out = [passages[place] for place in sorted(places)]
    for passage in left_out:
        report.note(f"left out: '{passage.text}'", passage.span(file))
    rest = [passage for place, passage in enumerate(passages) if place not in places]
    return rest, tuple(passage.text for passage in left_out)


def _read_front(passages: list[Passage], setting: Setting, report: Report) -> tuple[Metadata, list[Passage]]:
    """The title and the bylines below it, and the passages that are the text."""
    if not passages or not _may_be_title(passages[0]):
        return Metadata(), passages
    title = passages[0]
    spans: dict[str, Span] = {"title": title.span(setting.file)}
    metadata = Metadata(title=setting.inlines(title), spans=spans)
    place = 1
    while place < min(len(passages), BYLINES + 1) and (byline := read_byline(passages[place].text)):
        span = passages[place].span(setting.file)
        metadata = replace(
            metadata,
            authors=metadata.authors + tuple(map(Author, byline.authors)),
            date=metadata.date or byline.date,
            modified=metadata.modified or byline.modified,
        )
        spans |= {
            key: span for key, value in (("authors", byline.authors), ("date", byline.date), ("modified", byline.modified)) if value
        }
        if byline.left:
            report.note(f"left out: '{byline.left}'", span)
        place += 1
    return metadata, passages[place:]


def _may_be_title(passage: Passage) -> bool:
    words = length_in_words(passage.text)
    return words <= LONGEST_TITLE and not item_mark(passage.text) and not (ends_sentence(passage.text) and words > 15)


def _report_guesses(pieces: list[Piece], setting: Setting, report: Report) -> None:
    for kind, words in ((Kind.HEADING, "heading"), (Kind.QUESTION, "question")):
        found = [piece for piece in pieces if piece.kind is kind]
        if found:
            report.note(
                f"{len(found)} lines are taken as {words}s, the first is '{found[0].text}'", found[0].passage.span(setting.file)
            )

"""The desk: a file comes home, its base is found, its changes go into the source, and what was done is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pressout.diagnostics import PressoutError, Report
from pressout.files import BYTE_ORDER_MARKS, read_source, write_whole
from pressout.model import Source
from pressout.readers.docx import read_word
from pressout.readers.docx.values import WordFile
from pressout.revision.account import Outcome, as_object
from pressout.revision.convert import as_word
from pressout.revision.handoff import Label, Terms, digest_of, identifier_of, label
from pressout.revision.record import Record, Return, add_return, keep_anew, keep_report, records, records_above, undo
from pressout.revision.strangers import nameless, refuse_strangers
from pressout.revision.takeback import Base, Request, base, take_back_file
from pressout.revision.wishes import EVERYBODY, Wishes
from pressout.theme import load_theme

DEFAULT_THEME = "plain"


@dataclass(frozen=True, slots=True)
class Errand:
    """What is wanted of a take-back. `source` and `base` are named where the file's own record cannot be found.

    `asking`: only what the file asks is wanted, also of one that was taken back already.
    """

    returned: Path
    source: Path | None = None
    base: Path | None = None
    wishes: Wishes = EVERYBODY
    keep_queries: bool = False
    dry: bool = False
    asking: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A take-back that was done, or tried: the source before and after, and what became of each change."""

    source: Path
    before: str
    outcome: Outcome
    written: bool = False
    known: bool = False  # the file had been taken back already


def take_home(errand: Errand, report: Report) -> Taken:
    """Take a file back into its source; raises PressoutError, with nothing written, where it can't be."""
    data = as_word(errand.returned)
    file = read_word(data, str(errand.returned))
    found = label(file)
    record = _record(found, errand, data)
    source = _source(file, found, record, errand)
    current = read_source(source, report)
    number = _known(record, data, current.text) if record else 0
    if number and not errand.asking:
        return Taken(source, current.text, Outcome(current.text), known=True)
    start = _base(found, record, errand, current)
    if record and number:
        return Taken(source, current.text, _again(file, start, record.before(number), current.text), known=True)
    request = Request(errand.wishes, current.text, errand.keep_queries)
    if found is None or record is None or record.source != source.name:  # an author may have written all of it anew
        refuse_strangers(file, found, start, current.text, errand.returned)
    outcome = take_back_file(file, start, request)
    if errand.dry or (record is None and outcome.text == current.text):
        return Taken(source, current.text, outcome)
    record = record or _record_anew(found, source, start, data)
    keep_report(record, as_object(outcome))
    if outcome.text == current.text:
        return Taken(source, current.text, outcome)
    before, after = digest_of(current.text), digest_of(outcome.text)
    add_return(record, data, current.text, Return(digest_of(data), before, after, outcome.sums))
    write_text(source, outcome.text)
    return Taken(source, current.text, outcome, written=True)


def _record_anew(found: Label | None, source: Path, start: Base, data: bytes) -> Record:
    """A record where there is none, so that what is written can be undone, and is known the next time."""
    theme = (found.theme if found else "") or DEFAULT_THEME
    terms = Terms(theme=theme, anonymous=start.edition.anonymous)
    return keep_anew(found.id if found else identifier_of(data), source, terms, start.source.text)


def write_text(source: Path, text: str) -> None:
    """Write a source whole, in the encoding that it had."""
    encoding = _encoding(source)
    write_whole(source, text.encode(encoding))


def _encoding(source: Path) -> str:
    start = source.read_bytes()[:4] if source.exists() else b""
    return next((encoding for mark, encoding in BYTE_ORDER_MARKS if start.startswith(mark)), "utf-8")


def _known(record: Record, data: bytes, text: str) -> int:
    """The number of the return, from 1, that made the source what it is with this file; 0 if there is none."""
    known = digest_of(data), digest_of(text)
    returns = enumerate(record.returns, 1)
    return next((number for number, each in returns if not each.undone and (each.file, each.after) == known), 0)


def _again(file: WordFile, start: Base, before: str, now: str) -> Outcome:
    """What a file that is taken back says, its queries at their places in the source, which may keep them itself."""
    outcome = take_back_file(file, start, Request(current=before))
    return outcome if outcome.text == now else take_back_file(file, start, Request(current=before, keep_queries=True))


def _record(found: Label | None, errand: Errand, data: bytes) -> Record | None:
    """The handoff's record: beside the source, beside the file and above it, or where the user is."""
    near = list(_near(errand))
    if found is not None:
        return next((record for record in near if record.id == found.id), None)
    if errand.source is None:
        return None
    of_source = [record for record in records(errand.source.parent) if record.source == errand.source.name]
    digest = digest_of(data)
    came = [record for record in of_source if any(each.file == digest for each in record.returns)]
    # Of those of one day, the one that was handed out tells more than one that was made anew
    return max(came or of_source, key=lambda record: (record.since, bool(record.file)), default=None)


def _near(errand: Errand) -> Iterator[Record]:
    if errand.source is not None:
        yield from records(errand.source.parent)
    yield from records_above(errand.returned.parent)
    yield from records_above(Path())


def _source(file: WordFile, found: Label | None, record: Record | None, errand: Errand) -> Path:
    if errand.source is not None:
        return errand.source
    if record is not None:
        if record.article.is_file():
            return _near_here(record.article)
        hint = "say with --source where it is now"
        raise PressoutError(f"the source '{record.source}' is not where it was", hint=hint, file=str(record.article))
    beside = errand.returned.parent / found.source if found and found.source else None
    if beside and beside.is_file():
        return beside
    name = str(errand.returned)
    if found is None:
        raise nameless(file, errand.returned)
    hint = "name it with --source, or run this where its '.pressout' folder is"
    raise PressoutError(f"the source of handoff {found.id} cannot be found", hint=hint, file=name)


def _near_here(path: Path) -> Path:
    """The path from where the user is, if it leads down from there."""
    here = Path().resolve()
    return path.resolve().relative_to(here) if path.resolve().is_relative_to(here) else path


def _base(found: Label | None, record: Record | None, errand: Errand, current: Source) -> Base:
    """The source as it was handed out: from the record, from the file itself, or as it is named."""
    if errand.base is None and record is not None:
        theme = load_theme(record.theme, Report())
        return base(replace(current, text=record.base()), theme, record.sent(), anonymous=record.anonymous)
    text = _base_text(found, errand, current)
    theme = load_theme((found.theme if found else "") or DEFAULT_THEME, Report())
    return base(replace(current, text=text), theme, anonymous=bool(found and found.anonymous))


def _base_text(found: Label | None, errand: Errand, current: Source) -> str:
    if errand.base is not None:
        return read_source(errand.base, Report()).text
    if found is not None and found.base is not None:
        return found.base
    if found is None or found.digest == digest_of(current.text):
        return current.text
    hint = "restore its folder in '.pressout/handoffs', or name the source as it was handed out with --base"
    raise PressoutError(f"what was handed out as {found.id} cannot be found", hint=hint, file=str(errand.returned))


def take_out_again(errand: Errand, report: Report) -> Path:
    """Undo the last take-back of the file's handoff; gives the source."""
    data = as_word(errand.returned)
    file: WordFile = read_word(data, str(errand.returned))
    found = label(file)
    record = _record(found, errand, data)
    if record is None:
        raise PressoutError("there is no record of this file's handoff, so nothing to undo", file=str(errand.returned))
    source = _source(file, found, record, errand)
    text = read_source(source, report).text
    write_text(source, undo(record, digest_of(text)))
    return source

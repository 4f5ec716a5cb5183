"""The record of what is out: a folder for each handoff beside its source, with the base, the file that was sent, what came back."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from pressout.diagnostics import PressoutError
from pressout.files import write_whole
from pressout.revision.handoff import Handout, Terms, digest_of, identifier_of

FOLDER = Path(".pressout") / "handoffs"
CARD = "handoff.json"
SENT = "sent.docx"


@dataclass(frozen=True, slots=True)
class Return:
    """One coming home: the digests of the file that came, and of the source before and after it; the sums that were told."""

    file: str
    before: str
    after: str
    sums: str
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A handoff on the disk. `source` is the article's file name, beside which `.pressout` stands; `since` the day it went out."""

    folder: Path
    id: str
    source: str
    digest: str
    theme: str = "plain"
    to: tuple[str, ...] = ()
    due: str = ""
    since: str = ""
    anonymous: bool = False
    file: str = ""
    returns: tuple[Return, ...] = field(default=())

    @property
    def article(self) -> Path:
        """Where the source stands, or stood."""
        return self.folder.parents[2] / self.source

    @property
    def is_out(self) -> bool:
        """Whether no file of it has come home, but for those whose taking home was undone."""
        return not any(not each.undone for each in self.returns)

    def base(self) -> str:
        """The source as it was handed out, line ends and all."""
        return (self.folder / f"base{Path(self.source).suffix}").read_bytes().decode("utf-8", "surrogatepass")

    def sent(self) -> bytes | None:
        """The file as it was handed out; None in a record that was made anew when the file came home."""
        path = self.folder / SENT
        return path.read_bytes() if path.is_file() else None

    def path_before(self, number: int) -> Path:
        """Where the source stands as it was before a return, counted from 1."""
        return self.folder / f"before-{number}{Path(self.source).suffix}"

    def before(self, number: int) -> str:
        """The source as it was before a return, counted from 1."""
        return self.path_before(number).read_bytes().decode("utf-8", "surrogatepass")


def keep(handout: Handout, source: Path, text: str, file: Path) -> Record:
    """Write a handoff's record; one that is there already keeps its day and what came back."""
    known = next((record for record in records(source.parent) if record.id == handout.id), None)
    today = _today()
    folder = known.folder if known else source.parent / FOLDER / f"{today}-{handout.id}"
    terms = handout.terms
    fresh = Record(
        folder, handout.id, source.name, handout.digest, terms.theme, terms.to, terms.due, today, terms.anonymous, str(file)
    )
    record = replace(fresh, since=known.since, returns=known.returns) if known else fresh
    write_whole(folder / f"base{source.suffix}", text.encode("utf-8", "surrogatepass"))
    write_whole(folder / SENT, handout.data)
    write_card(record)
    return record


def keep_anew(identifier: str, source: Path, terms: Terms, base: str) -> Record:
    """Write a record for a handoff whose own is gone, from what its file still says: without that file, which came back edited."""
    today = _today()
    name = identifier if identifier.isalnum() else identifier_of(identifier)  # it was read in a file, and must lead nowhere
    folder = source.parent / FOLDER / f"{today}-{name}"
    record = Record(folder, identifier, source.name, digest_of(base), terms.theme, since=today, anonymous=terms.anonymous)
    write_whole(folder / f"base{source.suffix}", base.encode("utf-8", "surrogatepass"))
    write_card(record)
    return record


def _today() -> str:
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


def write_card(record: Record) -> None:
    """Write what a record says of itself into its folder, as JSON."""
    values = asdict(record)
    del values["folder"]
    write_whole(record.folder / CARD, (json.dumps(values, indent=1, ensure_ascii=False) + "\n").encode())


def records(folder: Path) -> list[Record]:
    """The handoffs of the articles in a folder, in the order of their days."""
    return [record for path in sorted((folder / FOLDER).glob(f"*/{CARD}")) if (record := _read(path)) is not None]


def records_above(folder: Path) -> Iterator[Record]:
    """The handoffs of a folder and of those that it is in."""
    for place in (folder.resolve(), *folder.resolve().parents):
        yield from records(place)


def _read(path: Path) -> Record | None:
    try:
        values: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        returns = tuple(Return(**each) for each in values.get("returns", ()))
        return Record(**{**values, "folder": path.parent, "to": tuple(values.get("to", ())), "returns": returns})
    except (ValueError, TypeError, OSError) as problem:
        raise PressoutError(
            "this record of a handoff cannot be read", hint="restore it, or take it away", file=str(path)
        ) from problem


def add_return(record: Record, returned: bytes, before: str, found: Return) -> Record:
    """Keep what came home: the file, the source before it, the report's sums."""
    number = len(record.returns) + 1
    write_whole(record.folder / f"returned-{number}.docx", returned)
    write_whole(record.path_before(number), before.encode("utf-8", "surrogatepass"))
    record = replace(record, returns=(*record.returns, found))
    write_card(record)
    return record


def keep_report(record: Record, report: Mapping[str, object]) -> None:
    """Keep what became of each change of the file that came home last: applied, refused, in conflict; and its queries."""
    write_whole(record.folder / "report.json", (json.dumps(report, indent=1, ensure_ascii=False) + "\n").encode())


def undo(record: Record, digest: str) -> str:
    """The source before the last return, which is marked as undone; raises PressoutError where the source has changed since."""
    last = next((number for number in range(len(record.returns), 0, -1) if not record.returns[number - 1].undone), 0)
    if not last:
        raise PressoutError("nothing of this handoff was taken back", file=str(record.article))
    if record.returns[last - 1].after != digest:
        hint = f"the source as it was before stands in '{record.path_before(last)}'"
        raise PressoutError("the source has changed since the file was taken back", hint=hint, file=str(record.article))
    before = record.before(last)
    returns = tuple(replace(each, undone=True) if number == last else each for number, each in enumerate(record.returns, 1))
    write_card(replace(record, returns=returns))
    return before

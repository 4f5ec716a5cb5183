"""Order: which articles are wanted, in which formats, and where the files go."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pressout.diagnostics import PressoutError, Report
from pressout.edition import Edition
from pressout.model import Document, Metadata
from pressout.project import Project, load_project
from pressout.readers import READERS
from pressout.renderers import RENDERERS
from pressout.theme import find_theme

STANDARD_INPUT = Path("-")
LISTING = ".toml"  # the ending of a collection's list file
OUTPUT = Path("output")  # where files go when nobody says where
FORMATS = RENDERERS


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of one build, beyond what the article says; what is empty is the project's to say, then pressout's.

    `formats` go into the folder `out`, each as the article's name with the format as its ending; `files` are named one by one.
    `form` is the ending that tells how the source is read, where its name does not. `page_list` is whether an EPUB has the page
    numbers of the PDF; where that is left open, it has them if the PDF is made too.
    """

    formats: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    out: Path | None = None
    theme: str = ""
    form: str = ""
    strict: bool = False
    page_list: bool | None = None
    edition: Edition = field(default_factory=Edition)
    project: Project = field(default_factory=Project)


def complete(order: Order, source: Path, report: Report | None = None) -> Order:
    """The order with what it left open filled in, from the pressout.toml beside the source or where the user is.

    Raises PressoutError where that is wrong; all that is wrong with it is in the report, where one is given.
    """
    project = load_project(source if source.is_dir() else source.parent, Path(), report=report)
    formats = order.formats or (() if order.files else project.formats or FORMATS)
    for name in formats:
        _known(name)
    form = order.form or source.suffix.lower()
    if form not in READERS and not is_collection(source):
        hint = f"the endings are {', '.join(READERS)}" if source.suffix else "say with --from what it is"
        raise PressoutError("pressout does not read this kind of file", file=str(source), hint=hint)
    out = order.out or project.out or OUTPUT
    return replace(order, formats=formats, out=out, form=form, project=project)


def is_collection(source: Path) -> bool:
    """Whether a source stands for several articles: a list file, or a folder."""
    return source.suffix.lower() == LISTING or source.is_dir()


def theme_name(order: Order, document: Document) -> str:
    """The theme of this build: the command's, the article's, the project's, or plain; each is meant from where it is named."""
    asked = find_theme(str(document.metadata.settings.get("theme", "")), document.folder or Path())
    return find_theme(order.theme, Path()) or asked or order.project.theme or "plain"


def edition_for(order: Order, metadata: Metadata) -> Edition:
    """What is asked of this build: the paper and the variant are the command's, the article's or the project's, in that order."""
    settings, project = metadata.settings, order.project
    return replace(
        order.edition,
        moment=moment(metadata),
        paper=order.edition.paper or str(settings.get("paper", "")) or project.paper,
        variant=order.edition.variant or str(settings.get("variant", "")) or project.variant,
    )


def _known(name: str) -> None:
    if name not in RENDERERS:
        raise PressoutError(f"there is no format '{name}'", hint=f"the formats are {', '.join(FORMATS)}")


def targets(order: Order, source: Path) -> Mapping[str, Path]:
    """The file that is wanted in each format, of a complete order; a file named by the user goes before one in the folder."""
    stem = "standard-input" if source == STANDARD_INPUT else source.resolve().name if source.is_dir() else source.stem
    in_folder = {form: (order.out or Path()) / f"{stem}.{_ending(form, order)}" for form in order.formats}
    named = {path.suffix.lower().removeprefix("."): path for path in order.files}
    for name in named:
        _known(name)
    wanted = in_folder | named
    return {form: wanted[form] for form in FORMATS if form in wanted}


def new_folder(path: Path) -> str:
    """That the folder of this file is made with it, in words, for it may be misspelt; nothing where it is there, or is OUTPUT."""
    known = path.parent == OUTPUT or path.parent.exists()
    return "" if known else f"made the folder '{path.parent}'"


def _ending(form: str, order: Order) -> str:
    """The format; Kobo takes an EPUB for one of its own kind by a longer ending."""
    return "kepub.epub" if form == "epub" and order.edition.device == "kobo" else form


def articles(sources: Iterable[Path]) -> tuple[Path, ...]:
    """The sources, each once, a folder replaced by the articles directly in it; raises PressoutError for an empty one."""
    found = (article for source in sources for article in (in_folder(source) if source.is_dir() else (source,)))
    return tuple(dict.fromkeys(found))


def in_folder(folder: Path) -> tuple[Path, ...]:
    """The articles directly in a folder, by name; PressoutError where there is none."""
    here = tuple(sorted(path for path in folder.iterdir() if path.suffix.lower() in READERS and path.is_file()))
    if not here:
        raise PressoutError("no article in this folder", file=str(folder), hint=f"an article ends in {', '.join(READERS)}")
    return here


def refuse_clashes(order: Order, sources: Iterable[Path], report: Report | None = None) -> None:
    """Raises PressoutError where two sources would write one file."""
    writers: dict[Path, Path] = {}
    for source in sources:
        for target in targets(complete(order, source, report), source).values():
            other = writers.setdefault(target.resolve(), source)
            if other != source:
                hint = "rename one of them, or build them one by one with -o"
                raise PressoutError(f"'{other}' and '{source}' would both write '{target}'", hint=hint)


def moment(metadata: Metadata) -> datetime.datetime:
    """The time that goes into files which must have one: the article's, or SOURCE_DATE_EPOCH; never the clock's."""
    day = metadata.date
    if day:
        return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return Edition().moment
    try:
        # Zip archives know no time before 1980
        return max(datetime.datetime.fromtimestamp(int(epoch), datetime.UTC), Edition().moment)
    except (ValueError, OverflowError, OSError):
        raise PressoutError(f"SOURCE_DATE_EPOCH is '{epoch}'", hint="it is a number of seconds since 1970") from None

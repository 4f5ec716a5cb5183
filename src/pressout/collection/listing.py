"""Listings: which articles make up a collection, in which order, and what the whole is called, from a list file or a folder."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pressout.diagnostics import PressoutError, Report, Span
from pressout.files import near_name
from pressout.model import Author, Inlines, Metadata, Text
from pressout.order import LISTING, in_folder
from pressout.readers import READERS
from pressout.settings_file import SettingsFile, did_you_mean, read_settings_file

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")

# What each key takes, in words that follow "'key' is"
KEYS: Mapping[str, tuple[tuple[type, ...], str]] = {
    "title": ((str,), "words in quotes"),
    "subtitle": ((str,), "words in quotes"),
    "description": ((str,), "words in quotes"),
    "series": ((str,), "words in quotes"),
    "number": ((str, int), "words in quotes, or a number"),
    "date": ((datetime.date, str), "a day, like 2025-11-03"),
    "editors": ((list,), 'a list of names, like ["Ada Setzer"]'),
    "publisher": ((str,), "words in quotes"),
    "rights": ((str,), "words in quotes"),
    "identifier": ((str,), "words in quotes"),
    "keywords": ((list,), 'a list of words, like ["time"]'),
    "lang": ((str,), "a language's tag in quotes, like 'en'"),
    "theme": ((str,), "a theme's name in quotes"),
    "cover": ((str, bool), "a picture's name in quotes, or false"),
    "toc": ((bool,), "true or false"),
    "articles": ((list,), 'a list of files, like ["one.md", "two.md"]'),
}
LISTS = ("editors", "keywords", "articles")
SETTINGS = ("theme", "cover", "toc")


@dataclass(frozen=True, slots=True)
class Listed:
    """One article of a collection: its file, and where the list names it."""

    path: Path
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A collection as it is asked for: `name` is its file's or folder's, `folder` where its cover and theme are looked for.

    `length` is how many characters the list file has.
    """

    name: str
    folder: Path
    metadata: Metadata
    articles: tuple[Listed, ...]
    length: int = 0


def read_listing(path: Path, report: Report) -> Listing:
    """The collection that a list file or a folder stands for; raises PressoutError where there is none to be made.

    Everything that is wrong with a list goes into the report before that.
    """
    if path.is_dir():
        return _of_folder(path)
    file = read_settings_file(path, "the list")
    known = {key: value for key, value in file.values.items() if _is_right(key, value, file, report)}
    articles = tuple(_listed(known.get("articles", ()), path, file, report))
    if "articles" not in file.values or known.get("articles") == []:
        hint = 'write articles = ["one.md", "two.md"], in the order of reading'
        report.error("the list names no articles", file.place("articles"), hint=hint)
    metadata = _metadata(known, file, report)
    if any(diagnostic.severity.value == "error" for diagnostic in report.diagnostics):
        raise PressoutError("nothing was written, because of the errors above")
    return Listing(str(path), path.parent, metadata, articles, len(file.text))


def _of_folder(folder: Path) -> Listing:
    """All articles of a folder, in the order of their names."""
    found = in_folder(folder)
    metadata = Metadata(title=_words(_title(folder.resolve())), settings={"toc": True})
    return Listing(str(folder), folder, metadata, tuple(map(Listed, found)))


def _title(path: Path) -> str:
    """What a file or folder is called, in words."""
    words = re.sub(r"[\s_-]+", " ", path.stem).strip()
    return words[:1].upper() + words[1:]


# The keys


def _is_right(key: str, value: object, file: SettingsFile, report: Report) -> bool:
    """Whether a key is known and has what it takes; if not, that is reported."""
    if key not in KEYS:
        report.error(f"no such key: '{key}'", file.place(key), hint=did_you_mean(key, KEYS))
        return False
    kinds, wanted = KEYS[key]
    # TOML's true is a number for Python
    fits = isinstance(value, kinds) and not (isinstance(value, bool) and bool not in kinds)
    if fits and key in LISTS:
        fits = isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value)
    if fits and key == "lang":
        fits = LANGUAGE.fullmatch(str(value)) is not None
    if not fits:
        report.error(f"'{key}' is {wanted}", file.place(key))
    return fits


def _metadata(known: Mapping[str, Any], file: SettingsFile, report: Report) -> Metadata:
    if "title" not in file.values:
        title = _title(Path(file.name))
        report.note(f"the list has no title; '{title}', from the file's name, takes its place", file=file.name)
    known = {"title": "", **known}
    return Metadata(
        title=_words(known["title"], file.place("title")) or _words(_title(Path(file.name))),
        subtitle=_words(known.get("subtitle", ""), file.place("subtitle")),
        description=_words(known.get("description", ""), file.place("description")),
        editors=tuple(map(Author, known.get("editors", ()))),
        date=_date(known.get("date"), file, report),
        lang=known.get("lang", ""),
        keywords=tuple(known.get("keywords", ())),
        publisher=known.get("publisher", ""),
        rights=known.get("rights", ""),
        identifier=known.get("identifier", ""),
        series=known.get("series", ""),
        issue=str(known.get("number", "")),
        settings={"toc": True, **{name: known[name] for name in SETTINGS if name in known}},
        spans={name: file.place(name) for name in file.values},
    )


def _words(words: str, span: Span | None = None) -> Inlines:
    return (Text(" ".join(words.split()), span=span),) if words.strip() else ()


def _date(value: object, file: SettingsFile, report: Report) -> datetime.date | None:
    match value:
        case datetime.datetime():
            return value.date()
        case datetime.date():
            return value
        case str():
            try:
                return datetime.date.fromisoformat(value)
            except ValueError:
                report.error(f"'{value}' is no day", file.place("date"), hint="write date = 2025-11-03")
        case _:
            pass
    return None


# The articles


def _listed(names: Sequence[str], path: Path, file: SettingsFile, report: Report) -> Iterator[Listed]:
    """The articles of the list that can be read, each once; what is wrong with the others is reported at their places."""
    met: dict[Path, Span] = {}
    for name, span in zip(names, _places(names, file), strict=True):
        found = path.parent / name
        trouble, hint = _trouble(found, path)
        same = met.setdefault(found.resolve(), span)
        if trouble:
            report.error(f"'{name}' {trouble}", span, hint=hint)
        elif same is not span:
            report.error(f"'{name}' is named twice", span, hint=f"it stands first in line {same.line}")
        else:
            yield Listed(found, span)


def _trouble(found: Path, listing: Path) -> tuple[str, str]:
    """What keeps a file from being an article of the collection, and what to do; nothing where nothing does."""
    root = listing.parent.resolve()
    if not found.resolve().is_relative_to(root):
        return "lies outside the folder of the list", "put it beside the list, or below"
    if found.suffix.lower() == LISTING:
        return "is a list itself, and a list holds articles alone", "name its articles here"
    if found.is_dir():
        return "is a folder", "name the articles in it"
    if not found.is_file():
        return "is not there", near_name(found)
    if found.suffix.lower() not in READERS:
        return "is not of a kind that pressout reads", f"the endings are {', '.join(READERS)}"
    return "", ""


def _places(names: Sequence[str], file: SettingsFile) -> Iterator[Span]:
    """Where each name stands in the list; where it is written in another way, the place of the list as a whole."""
    whole = file.place("articles")
    at = whole.start
    for name in names:
        found = re.compile(f"([\"']){re.escape(name)}\\1").search(file.text, at)
        if not found:
            yield whole
            continue
        at = found.end()
        line = file.text.count("\n", 0, found.start()) + 1
        column = found.start() - file.text.rfind("\n", 0, found.start())
        yield Span(file.name, line, column, found.start(), found.end())

"""Theme files: the settings of one theme.toml, each with the place where it stands, and none that pressout does not know."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pressout.diagnostics import PressoutError, Report, Span
from pressout.theme.keys import ANY, THEME, Key, Keys

Name = tuple[str, ...]  # ("style", "title", "size")

TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
ENTRY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
POSITION = re.compile(r"(.*) \(at line (\d+), column (\d+)\)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Setting:
    """One value of a theme.toml, the key that it is for, and where it stands."""

    value: object
    key: Key
    span: Span


Settings = Mapping[Name, Setting]


def read_settings(path: Path, report: Report) -> Settings:
    """The settings of a theme.toml; those that are not known are left out and reported. Raises where it cannot be read."""
    text = _text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(error, text, str(path)) from None
    places = _places(text, str(path))
    settings: dict[Name, Setting] = {}
    for name, value in _leaves((), data):
        span = next(places[name[:size]] for size in range(len(name), -1, -1) if name[:size] in places)
        known = _key(name, span, report)
        if known:
            settings[name] = Setting(value, known, span)
    return settings


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise PressoutError("the theme file is not UTF-8", file=str(path), hint="save it as UTF-8") from None
    except OSError as error:
        raise PressoutError(f"cannot read the theme file: {error.strerror}", file=str(path)) from None


def _syntax_error(error: tomllib.TOMLDecodeError, text: str, file: str) -> PressoutError:
    parts = POSITION.match(str(error))
    line, column = (int(parts[2]), int(parts[3])) if parts else (text.count("\n") + 1, 1)
    words = (parts[1] if parts else str(error)).removesuffix(" (at end of document)")
    start = sum(map(len, text.splitlines(keepends=True)[: line - 1])) + column - 1
    return PressoutError(f"not TOML: {words[:1].lower()}{words[1:]}", Span(file, line, column, start, start))


def _leaves(name: Name, value: object) -> Iterator[tuple[Name, object]]:
    """Every value that is no table, under its whole name."""
    if not isinstance(value, dict):
        yield name, value
        return
    for key, inside in value.items():
        yield from _leaves((*name, key), inside)


def _places(text: str, file: str) -> Mapping[Name, Span]:
    """Where each table and each key is written; what stands in an inline table is where that begins."""
    places: dict[Name, Span] = {(): Span(file, 1, 1, 0, 0)}
    table: Name = ()
    start = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        header, entry = TABLE.match(line), ENTRY.match(line)
        found = header or entry
        if found:
            column, end = found.start(1), len(line.rstrip())
            name = _parts(found[1]) if header else (*table, *_parts(found[1]))
            table = name if header else table
            places.setdefault(name, Span(file, number, column + 1, start + column, start + end))
        start += len(line)
    return places


def _parts(dotted: str) -> Name:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _key(name: Name, span: Span, report: Report) -> Key | None:
    """The key that a setting's name leads to; an error where it leads to none, or to a table."""
    node: Key | Keys = THEME
    for depth, part in enumerate(name):
        if isinstance(node, Key):
            report.error(f"'{name[depth - 1]}' takes {node.kind.value}, not a table", span)
            return None
        inside = node.get(part) or node.get(ANY)
        if inside is None:
            where = f" in [{'.'.join(name[:depth])}]" if depth else ""
            report.error(f"unknown key '{part}'{where}", span, hint=did_you_mean(part, node))
            return None
        node = inside
    if isinstance(node, Key):
        return node
    report.error(f"'{'.'.join(name)}' is a table: its keys stand under [{'.'.join(name)}]", span)
    return None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word nearest to one that is not known, or all where they are few."""
    words = sorted(set(known) - {ANY})
    near = difflib.get_close_matches(word, words, 1)
    if near:
        return f"did you mean '{near[0]}'?"
    return f"known are {', '.join(words)}" if len(words) <= 16 else ""

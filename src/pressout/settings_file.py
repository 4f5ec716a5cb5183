"""Settings files: TOML with the place where each key stands, which the standard library's reader does not tell."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pressout.diagnostics import PressoutError, Span
from pressout.files import decoded, near_name, reason

Name = tuple[str, ...]  # ("style", "title", "size")

TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
ENTRY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
POSITION = re.compile(r"(.*) \(at line (\d+), column (\d+)\)$", re.DOTALL)
NUL = re.compile(r"\\u0{4}|\\U0{8}")
ENDLESS = re.compile(r"\d{4300}|[\[{]{100}")  # Python reads no longer number, and tomllib no deeper list
FEW = 16  # names that a hint can list


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """What a file says, and where: `places` has each table and key; what stands in an inline table is where that begins."""

    name: str
    text: str
    values: Mapping[str, Any]
    places: Mapping[Name, Span]

    def place(self, *name: str) -> Span:
        """Where a key stands; the nearest table round it where it has no line of its own."""
        return next(self.places[name[:size]] for size in range(len(name), -1, -1) if name[:size] in self.places)


def read_settings_file(path: Path, what: str) -> SettingsFile:
    """The file; raises PressoutError where it cannot be read or is not TOML. `what` is what it is called."""
    try:
        text = decoded(path.read_bytes(), str(path)).replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise PressoutError(f"{what} cannot be read: {reason(error)}", file=str(path), hint=near_name(path)) from None
    return as_settings(text.removeprefix("\ufeff"), str(path))


def as_settings(text: str, name: str) -> SettingsFile:
    """The values of a TOML text and the lines of their keys; PressoutError with its line where it cannot be read."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(error, text, name) from None
    except (RecursionError, ValueError):
        words = "not TOML that can be read: too many brackets, or too long a number"
        raise PressoutError(words, _line_of(ENDLESS, text, name), file=name) from None
    nothing = _line_of(NUL, text, name)
    if nothing:
        raise PressoutError("a NUL character has no place here", nothing)
    return SettingsFile(name, text, values, _places(text, name))


def _line_of(pattern: re.Pattern[str], text: str, file: str) -> Span | None:
    found = pattern.search(text)
    return Span(file, text.count("\n", 0, found.start()) + 1, 1, found.start(), found.end()) if found else None


def _syntax_error(error: tomllib.TOMLDecodeError, text: str, file: str) -> PressoutError:
    parts = POSITION.match(str(error))
    end = text.count("\n") + 1, len(text) - text.rfind("\n")
    line, column = (int(parts[2]), int(parts[3])) if parts else end
    words = (parts[1] if parts else str(error)).removesuffix(" (at end of document)")
    start = sum(map(len, text.splitlines(keepends=True)[: line - 1])) + column - 1
    return PressoutError(f"not TOML: {words[:1].lower()}{words[1:]}", Span(file, line, column, start, start))


def _places(text: str, file: str) -> Mapping[Name, Span]:
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


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word nearest to one that is not known, or all where they are few."""
    words = sorted(known)
    near = difflib.get_close_matches(word, words, 1)
    if near:
        return f"did you mean '{near[0]}'?"
    return f"known are {', '.join(words)}" if len(words) <= FEW else ""

"""Theme files: the settings of one theme.toml, each with the place where it stands, and none that pressout does not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pressout.diagnostics import Report, Span
from pressout.settings_file import Name, read_settings_file
from pressout.settings_file import did_you_mean as nearest_of
from pressout.theme.keys import ANY, THEME, Key, Keys


@dataclass(frozen=True, slots=True)
class Setting:
    """One value of a theme.toml, the key that it is for, and where it stands."""

    value: object
    key: Key
    span: Span


Settings = Mapping[Name, Setting]


def read_settings(path: Path, report: Report) -> Settings:
    """The settings of a theme.toml; those that are not known are left out and reported. Raises where it cannot be read."""
    file = read_settings_file(path, "the theme file")
    settings: dict[Name, Setting] = {}
    for name, value in _leaves((), file.values):
        span = file.place(*name)
        known = _key(name, span, report)
        if known:
            settings[name] = Setting(value, known, span)
    return settings


def _leaves(name: Name, value: object) -> Iterator[tuple[Name, object]]:
    """Every value that is no table, under its whole name."""
    if not isinstance(value, dict):
        yield name, value
        return
    for key, inside in value.items():
        yield from _leaves((*name, key), inside)


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
    return nearest_of(word, set(known) - {ANY})

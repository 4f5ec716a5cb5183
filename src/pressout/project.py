"""Project: what a folder of articles wants, in its pressout.toml, where the command and the article say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pressout.diagnostics import PressoutError
from pressout.settings_file import SettingsFile, did_you_mean, read_settings_file
from pressout.theme import find_theme
from pressout.theme.keys import PAPERS
from pressout.theme.variants import VARIANTS

NAME = "pressout.toml"
CHOICES = {"paper": PAPERS, "variant": VARIANTS}
KEYS = {"theme": str, "paper": str, "variant": str, "formats": list, "out": str, "lang": str, "send": dict}


@dataclass(frozen=True, slots=True)
class Project:
    """A project's own defaults: `out` and a `theme` that is a path are meant from the folder of pressout.toml.

    `send` is its table of that name, which delivery reads.
    """

    theme: str = ""
    paper: str = ""
    variant: str = ""
    formats: tuple[str, ...] = ()
    out: Path | None = None
    lang: str = ""
    send: Mapping[str, object] = field(default_factory=dict)


def load_project(*folders: Path) -> Project:
    """The defaults from the first of these folders that has a pressout.toml; raises PressoutError where it is wrong."""
    path = next((folder / NAME for folder in folders if (folder / NAME).is_file()), None)
    if path is None:
        return Project()
    file = read_settings_file(path, "it")
    values = file.values
    for key, value in values.items():
        _check(key, value, file)
    return Project(
        theme=find_theme(values.get("theme", ""), path.parent),
        paper=values.get("paper", ""),
        variant=values.get("variant", ""),
        formats=tuple(values.get("formats", ())),
        out=path.parent / values["out"] if "out" in values else None,
        lang=values.get("lang", ""),
        send=values.get("send", {}),
    )


def _check(key: str, value: object, file: SettingsFile) -> None:
    if key not in KEYS:
        raise PressoutError(f"no such key: '{key}'", file.place(key), hint=did_you_mean(key, KEYS))
    if not isinstance(value, KEYS[key]) or (key == "formats" and not all(isinstance(each, str) for each in value)):
        wanted = {"formats": 'a list of words, like ["pdf", "epub"]', "send": "a table: [send]"}.get(key, "a word in quotes")
        raise PressoutError(f"'{key}' is {wanted}", file.place(key))
    if key in CHOICES and value not in CHOICES[key]:
        known = CHOICES[key]
        raise PressoutError(f"'{key}' is {' or '.join(known)}, not '{value}'", file.place(key), hint=did_you_mean(value, known))

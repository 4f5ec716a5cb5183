"""Project: what a folder of articles wants, in its pressout.toml, where the command and the article say nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pressout.diagnostics import PressoutError, Report, Span
from pressout.renderers import RENDERERS
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

    `send` is its table of that name, which delivery reads; `file` is where all of it stands.
    """

    theme: str = ""
    paper: str = ""
    variant: str = ""
    formats: tuple[str, ...] = ()
    out: Path | None = None
    lang: str = ""
    send: Mapping[str, object] = field(default_factory=dict)
    file: SettingsFile | None = None

    def place(self, *name: str) -> Span | None:
        """Where a key stands, or the nearest table round it; None where there is no pressout.toml."""
        return self.file.place(*name) if self.file else None


def load_project(*folders: Path, report: Report | None = None) -> Project:
    """The defaults from the first of these folders that has a pressout.toml.

    PressoutError is raised for the first thing that is wrong with it; all of them are in the report by then.
    """
    path = next((folder / NAME for folder in folders if (folder / NAME).exists()), None)
    if path is None:
        return Project()
    file = read_settings_file(path, "it")
    values = file.values
    raise_first([problem for key, value in values.items() for problem in _problems(key, value, file)], report)
    return Project(
        theme=find_theme(values.get("theme", ""), path.parent),
        paper=values.get("paper", ""),
        variant=values.get("variant", ""),
        formats=tuple(dict.fromkeys(name.lower() for name in values.get("formats", ()))),
        out=path.parent / values["out"] if "out" in values else None,
        lang=values.get("lang", ""),
        send=values.get("send", {}),
        file=file,
    )


def raise_first(problems: Sequence[PressoutError], report: Report | None) -> None:
    """Raises the first of these problems, if there are any; all of them are in the report by then."""
    if report is not None:
        for problem in problems:
            report.add(problem.diagnostic)
    if problems:
        raise problems[0]


def _problems(key: str, value: object, file: SettingsFile) -> Iterator[PressoutError]:
    """What is wrong with one key, each with its place."""
    if key not in KEYS:
        yield PressoutError(f"no such key: '{key}'", file.place(key), hint=did_you_mean(key, KEYS))
        return
    names = value if isinstance(value, list) else []
    if not isinstance(value, KEYS[key]) or not all(isinstance(each, str) for each in names):
        wanted = {"formats": 'a list of words, like ["pdf", "epub"]', "send": "a table: [send]"}.get(key, "a word in quotes")
        yield PressoutError(f"'{key}' is {wanted}", file.place(key))
        return
    for name in names:
        if name.lower() not in RENDERERS:
            yield PressoutError(f"there is no format '{name}'", file.place(key), hint=f"the formats are {', '.join(RENDERERS)}")
    if key in CHOICES and value not in CHOICES[key]:
        known = CHOICES[key]
        hint = did_you_mean(str(value), known)
        yield PressoutError(f"'{key}' is {' or '.join(known)}, not '{value}'", file.place(key), hint=hint)

"""Progress: a bar on a terminal, plain lines elsewhere, and how long each stage took."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import click

NAMES = {"read": "reading", "prepare": "preparing", "write": "writing"}  # a format's stage is called after the format


class Progress:
    """Counts the articles of a run and the seconds of its stages; `shown` is False where nobody wants to watch."""

    def __init__(self, articles: int, *, shown: bool) -> None:
        self.articles = articles
        self.seconds: dict[str, float] = {}
        self._shown = shown
        self._began = time.perf_counter()
        self._bar: Any = nullcontext()
        self._kept: list[str] = []
        self._task: Any = None
        self._name = ""

    @property
    def elapsed(self) -> float:
        """Seconds since the run began."""
        return time.perf_counter() - self._began

    def __enter__(self) -> None:
        if self._shown and sys.stderr.isatty():
            self._bar = _bar()
            self._task = self._bar.add_task("", total=self.articles)
        self._bar.__enter__()

    def __exit__(self, *error: Any) -> None:
        self._bar.__exit__(*error)
        self._task = None
        for line in self._kept:
            click.echo(line)

    def begin(self, name: str) -> None:
        """The next article has its turn."""
        if self._task is not None and self._name:
            self._bar.advance(self._task)
        self._name = name

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Around one stage of the work on an article."""
        if self._task is not None:
            self._bar.update(self._task, description=f"{self._name}: {NAMES.get(name, name.upper())}")
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began

    def say(self, line: str) -> None:
        """A line of the answer: at once, or after the bar where there is one."""
        if not self._shown:
            return
        if self._task is None:
            click.echo(line)
        else:
            self._kept.append(line)


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    return Bar(*columns, console=Console(stderr=True), transient=True)

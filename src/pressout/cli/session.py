"""What every command that reads articles shares: its options, what it says and where, and how it ends."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from pressout.diagnostics import Diagnostic, PressoutError, Report, Severity
from pressout.edition import Edition
from pressout.files import reason, themes_folder
from pressout.order import STANDARD_INPUT, Order, articles, is_collection
from pressout.readers import READERS
from pressout.theme import find_theme, theme_folder
from pressout.theme.keys import PAPERS
from pressout.theme.variants import VARIANTS

INPUT = Path("input")  # what is built when nothing is named
COLOURS = {Severity.NOTE: "cyan", Severity.WARNING: "yellow", Severity.ERROR: "red"}
Command = TypeVar("Command", bound=Callable[..., object])


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options of every command that reads articles, named as click hands them over."""

    sources: tuple[str, ...]
    form: str
    theme: str
    paper: str
    variant: str
    anonymous: bool
    strict: bool
    as_json: bool
    quiet: int
    verbose: int
    together: bool = False


def shared_options(command: Command) -> Command:
    """Gives a command the options of Options."""
    decorators = (
        click.argument("sources", nargs=-1, metavar="[SOURCE]..."),
        click.option("--from", "form", default="", metavar="md|txt", help="How to read the source; else its ending tells."),
        click.option("--theme", default="", metavar="NAME|PATH", help="The look; `pressout themes` lists them."),
        click.option("--paper", default="", metavar="NAME", help=f"The paper, whatever the article says: {', '.join(PAPERS)}."),
        click.option("--variant", default="", metavar="NAME", help=f"The theme made easier to read: {', '.join(VARIANTS)}."),
        click.option("--anonymous", is_flag=True, help="Leave out who wrote it."),
        click.option("--strict", is_flag=True, help="Let warnings fail."),
        click.option("--json", "as_json", is_flag=True, help="Answer as JSON."),
        click.option("-q", "--quiet", count=True, help="Say only what is wrong."),
        click.option("-v", "--verbose", count=True, help="Say more: timings, and where an internal error comes from."),
    )
    for decorator in reversed(decorators):
        command = decorator(command)
    return command


together = click.option(
    "--together", is_flag=True, help="Make one file of a folder's articles; a list file NAME.toml always is one."
)


def many(count: int, thing: str) -> str:
    """A number of things in words: "1 file", "1,200 words"."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def order_from(options: Options) -> Order:
    """What the shared options ask for."""
    form = f".{options.form.lower().removeprefix('.')}" if options.form else ""
    if form and form not in READERS:
        raise click.BadParameter(f"'{options.form}' is none of {', '.join(READERS)}", param_hint="--from")
    if "-" in options.sources and not form:
        raise click.UsageError("standard input has no ending: say with --from what it is")
    for name, known in ((options.paper, PAPERS), (options.variant, VARIANTS)):
        if name and name not in known:
            raise click.BadParameter(f"'{name}' is none of {', '.join(known)}")
    refuse_theme(options.theme)
    edition = Edition(paper=options.paper, variant=options.variant, anonymous=options.anonymous)
    return Order(theme=options.theme, form=form, strict=options.strict, edition=edition)


def refuse_theme(name: str) -> None:
    """Raises where the command names a theme that there is not: it was called wrongly, as with any other name of an option."""
    if not name:
        return
    themes_folder()  # where it raises, the name is not what is wrong
    try:
        theme_folder(find_theme(name, Path()))
    except PressoutError as error:
        found = error.diagnostic
        words = ": ".join(filter(None, (found.file, found.message)))
        raise click.BadParameter(f"{words} ({found.hint})" if found.hint else words, param_hint="--theme") from None


@dataclass(slots=True)
class Session:
    """One run of the command: the diagnostics of all its articles, and how they are shown."""

    options: Options
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def sources(self) -> tuple[Path, ...]:
        """The articles that are asked for; without any, all of input/."""
        if "" in self.options.sources:
            raise click.UsageError("a SOURCE has no name: a variable of the shell may be empty")
        named = [STANDARD_INPUT if name == "-" else Path(name) for name in self.options.sources]
        if not named and not INPUT.is_dir():
            raise click.UsageError("no SOURCE is named, and there is no folder input/ here")
        if self.options.together:
            return self._folders(named or [INPUT])
        with self.article():
            return articles(named or [INPUT])
        return ()

    def _folders(self, named: list[Path]) -> tuple[Path, ...]:
        """Each folder as one collection."""
        others = [path for path in named if not is_collection(path)]
        if others:
            raise click.UsageError(f"--together is for a folder or a list file, and '{others[0]}' is neither")
        return tuple(dict.fromkeys(named))

    @contextmanager
    def article(self, source: Path | None = None) -> Iterator[Report]:
        """Around the work on one article: what is wrong with it is kept, and the next one gets its turn."""
        report = Report()
        try:
            yield report
        except PressoutError as error:
            report.add(error.diagnostic)
        except OSError as error:
            report.error(f"'{error.filename}' cannot be used: {reason(error)}", file=str(source or ""))
        except (click.exceptions.Exit, click.ClickException):
            raise
        except Exception as error:
            if self.options.verbose:
                raise
            hint = "this is a fault of pressout, not of the article; -v shows where it lies"
            report.error(f"internal error: {type(error).__name__}: {error}", hint=hint, file=str(source or ""))
        finally:
            self.diagnostics += _in_order(report.diagnostics)

    def answer(self, found: Mapping[str, object], lines: Sequence[str] = ()) -> NoReturn:
        """Show the diagnostics, all at once, and `lines`; or both, `found` and the diagnostics, as JSON. Then leave.

        The status is 1 where the input is wrong.
        """
        if self.options.as_json:
            objects = [_as_object(diagnostic) for diagnostic in self.diagnostics]
            click.echo(json.dumps({**found, "diagnostics": objects}, indent=1, ensure_ascii=False))
        else:
            for diagnostic in self.diagnostics:
                if not self.options.quiet or diagnostic.severity is not Severity.NOTE:
                    click.echo(self._shown(diagnostic), err=True)
            for line in () if self.options.quiet else lines:
                click.echo(line)
        severities = {diagnostic.severity for diagnostic in self.diagnostics}
        wrong = Severity.ERROR in severities or (self.options.strict and Severity.WARNING in severities)
        raise click.exceptions.Exit(1 if wrong else 0)

    def count(self, severity: Severity) -> int:
        return sum(diagnostic.severity is severity for diagnostic in self.diagnostics)

    def _shown(self, diagnostic: Diagnostic) -> str:
        """The diagnostic with its severity in colour; nobody need act on a note, so how to is told only to those who ask."""
        if diagnostic.severity is Severity.NOTE and not self.options.verbose:
            diagnostic = replace(diagnostic, hint="")
        word = diagnostic.severity.value
        return str(diagnostic).replace(f"{word}: ", f"{click.style(word, fg=COLOURS[diagnostic.severity], bold=True)}: ", 1)


def _in_order(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics of one build: what speaks of the whole first, what ended the work last; a collection's file by file."""
    files = list(dict.fromkeys(_file(diagnostic) for diagnostic in found))
    return sorted(
        found, key=lambda diagnostic: (_position(diagnostic) == math.inf, files.index(_file(diagnostic)), _position(diagnostic))
    )


def _file(diagnostic: Diagnostic) -> str:
    return diagnostic.span.file if diagnostic.span else diagnostic.file


def _position(diagnostic: Diagnostic) -> float:
    """Where a diagnostic stands in its file."""
    if diagnostic.span:
        return diagnostic.span.start
    return math.inf if diagnostic.severity is Severity.ERROR else -1


def _as_object(diagnostic: Diagnostic) -> dict[str, object]:
    span = diagnostic.span
    place = {"file": span.file, "line": span.line, "column": span.column} if span else {"file": diagnostic.file}
    return {"severity": diagnostic.severity.value, "message": diagnostic.message, "hint": diagnostic.hint, **place}

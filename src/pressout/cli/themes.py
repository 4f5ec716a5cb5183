"""pressout themes: which looks there are, one to begin with, what one looks like, and what is wrong with one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import click

from pressout.cli.session import many
from pressout.diagnostics import Diagnostic, PressoutError, Report, Severity
from pressout.files import themes_folder, write_whole
from pressout.order import FORMATS, Order
from pressout.pipeline import build
from pressout.theme import FILE, load_theme, theme_names
from pressout.theme.check import check_theme
from pressout.theme.variants import VARIANTS

SPECIMEN = "specimen.md"
NEW = """\
extends = "plain"
description = "{name}, a look of our own"

[page]
paper = "A4"  # or A5, Letter, 6x9

[colour]
accent = "#1a4a6e"

[font.text]
family = "Source Serif Pro"

[style.title]
colour = "accent"
"""


@click.group("themes", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List the themes, begin one, show one, check one."""
    if context.invoked_subcommand:
        return
    for name in theme_names():
        click.echo(f"{name:<12} {load_theme(name, Report()).description}")


@command.command("new")
@click.argument("name", metavar="NAME")
def new(name: str) -> None:
    """Begin a theme: a folder NAME with a small theme.toml that works."""
    path = Path(name) / FILE
    if path.exists():
        _leave([Diagnostic(Severity.ERROR, "there is a theme already", hint="give the new one another name", file=str(path))])
    write_whole(path, NEW.format(name=Path(name).name.replace('"', "")).encode())
    click.echo(f"{path}: build with it by --theme {Path(name).parent / Path(name).name}/")


@command.command("show")
@click.argument("name", metavar="NAME|PATH")
@click.option("--out", default="output", metavar="DIR", help="The folder for the files; without it, output/.")
def show(name: str, out: str) -> None:
    """Make a specimen of a theme in all formats: every kind of thing once."""
    report = Report()
    stem = f"{Path(name).resolve().parent.name if Path(name).name == FILE else Path(name).name}-specimen"
    files = tuple(Path(out) / f"{stem}.{form}" for form in FORMATS)
    try:
        built = build(themes_folder() / SPECIMEN, Order(theme=name, files=files), report)
    except PressoutError as error:
        _leave([*report.diagnostics, error.diagnostic])
    for path, output in built.files.items():
        pages = f"{many(len(output.pages), 'page')}, " if output.pages else ""
        click.echo(f"{path}: {pages}{len(output.data) / 1000:,.0f} kB")
    _leave(report.diagnostics)


@command.command("check")
@click.argument("names", metavar="NAME|PATH...", nargs=-1, required=True)
def check(names: tuple[str, ...]) -> None:
    """Tell what is wrong with a theme and its variants: its keys, its contrast by day and by night, its sizes, its fonts."""
    found: list[Diagnostic] = []
    for name in names:
        own = _checked(name)
        for variant in VARIANTS if all(diagnostic.severity is not Severity.ERROR for diagnostic in own) else ():
            more = (diagnostic for diagnostic in _checked(name, variant) if diagnostic not in own)
            own += [replace(diagnostic, message=f"{variant}: {diagnostic.message}") for diagnostic in more]
        found += own
        counted = [diagnostic for diagnostic in own if diagnostic.severity is not Severity.NOTE]
        click.echo(f"{name}: {many(len(counted), 'finding')}")
    _leave(found, notes=True)


def _checked(name: str, variant: str = "") -> list[Diagnostic]:
    report = Report()
    try:
        check_theme(load_theme(name, report, variant=variant), report)
    except PressoutError as error:
        report.add(error.diagnostic)
    return list(report.diagnostics)


def _leave(found: list[Diagnostic], *, notes: bool = False) -> NoReturn:
    """Show what was found; the status is 1 where anything was wrong, which a note is not."""
    wrong = [diagnostic for diagnostic in found if diagnostic.severity is not Severity.NOTE]
    for diagnostic in dict.fromkeys(found if notes else wrong):
        click.echo(str(diagnostic), err=True)
    raise click.exceptions.Exit(1 if wrong else 0)

"""pressout themes: which looks there are, one to begin with, what one looks like, and what is wrong with one."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import NoReturn

import click

from pressout.cli.session import many
from pressout.diagnostics import Diagnostic, PressoutError, Report, Severity
from pressout.files import themes_folder, write_whole
from pressout.order import FORMATS, OUTPUT, Order, new_folder
from pressout.pipeline import build
from pressout.theme import BASE, COVER, FILE, find_theme, load_theme, own_themes, theme_names
from pressout.theme.check import check_theme
from pressout.theme.variants import VARIANTS

SPECIMEN = "specimen.md"
UNWRITTEN = re.compile(r'["\\\x00-\x1f\x7f]')  # what a name may have and a text in TOML may not, unless it is escaped
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
    """List the themes, pressout's and those in the folder themes/ here; begin one, show one, check one."""
    if context.invoked_subcommand:
        return
    own = own_themes(Path())
    for name in dict.fromkeys((*own, *theme_names())):
        click.echo(f"{name:<12} {_described(find_theme(name, Path()))}")


def _described(theme: str) -> str:
    try:
        return load_theme(theme, Report()).description
    except PressoutError as error:
        return ": ".join(filter(None, ("cannot be used", error.diagnostic.place, error.diagnostic.message)))


@command.command("new")
@click.argument("name", metavar="NAME|PATH")
@click.option("--cover", is_flag=True, help="With a cover of its own to change, as plain has it.")
def new(name: str, cover: bool) -> None:
    """Begin a theme: a folder with a small theme.toml that works, themes/NAME unless a path is given."""
    path = (Path(name) if "/" in name else Path("themes") / name) / FILE
    _refuse_name(path.parent, name)
    if path.exists():
        _leave([Diagnostic(Severity.ERROR, "there is a theme already", hint="give the new one another name", file=str(path))])
    write_whole(path, NEW.format(name=UNWRITTEN.sub("", path.parent.name)).encode())
    if cover:
        write_whole(path.parent / COVER, (themes_folder() / BASE / COVER).read_bytes())
    called = name if "/" not in name else f"{path.parent}/"
    click.echo(f"{path}: change what stands there, see it by: pressout themes show {quote(called)}")
    click.echo(f"build with it by: pressout build --theme {quote(called)}")


def _refuse_name(folder: Path, name: str) -> None:
    """Raises where a new theme has no name, or would hide the one of pressout's that it extends."""
    if not name.strip() or folder.name in ("", "themes", ".."):
        raise click.BadParameter(f"'{name}' names no theme: give it a name of its own, as in: pressout themes new house")
    if folder.name in theme_names():
        raise click.BadParameter(f"'{folder.name}' is a theme of pressout's own: give the new one another name")


@command.command("show")
@click.argument("name", metavar="NAME|PATH")
@click.option("--out", default=str(OUTPUT), metavar="DIR", help="The folder for the files, made if need be; without it, output/.")
def show(name: str, out: str) -> None:
    """Make a specimen of a theme in all formats: every kind of thing once."""
    report = Report()
    stem = f"{Path(name).resolve().parent.name if Path(name).name == FILE else Path(name).name}-specimen"
    files = tuple(Path(out) / f"{stem}.{form}" for form in FORMATS)
    folder = new_folder(files[0])
    try:
        built = build(themes_folder() / SPECIMEN, Order(theme=find_theme(name, Path()), files=files), report)
    except PressoutError as error:
        _leave([*report.diagnostics, error.diagnostic])
    if folder:
        click.echo(f"note: {folder}", err=True)
    for path, output in built.files.items():
        pages = f"{many(len(output.pages), 'page')}, " if output.pages else ""
        click.echo(f"{path}: {pages}{len(output.data) / 1000:,.0f} kB")
    _leave(report.diagnostics)


@command.command("check")
@click.argument("names", metavar="NAME|PATH...", nargs=-1, required=True)
@click.option("-v", "--verbose", is_flag=True, help="Show what is merely worth knowing, too.")
def check(names: tuple[str, ...], verbose: bool) -> None:
    """Tell what is wrong with a theme and its variants: its keys, its contrast by day and by night, its sizes, its fonts."""
    found: list[Diagnostic] = []
    for name in names:
        own = _checked(find_theme(name, Path()))
        for variant in VARIANTS if all(diagnostic.severity is not Severity.ERROR for diagnostic in own) else ():
            more = (diagnostic for diagnostic in _checked(find_theme(name, Path()), variant) if diagnostic not in own)
            own += [replace(diagnostic, message=f"{variant}: {diagnostic.message}") for diagnostic in more]
        _show(own, notes=verbose)
        notes = sum(diagnostic.severity is Severity.NOTE for diagnostic in own)
        hidden = f", {many(notes, 'note')}: --verbose shows {'it' if notes == 1 else 'them'}" if notes and not verbose else ""
        click.echo(f"{name}: {many(len(own) - notes, 'finding')}{hidden}")
        found += own
    raise click.exceptions.Exit(1 if _wrong(found) else 0)


def _checked(name: str, variant: str = "") -> list[Diagnostic]:
    report = Report()
    try:
        check_theme(load_theme(name, report, variant=variant), report)
    except PressoutError as error:
        report.add(error.diagnostic)
    return list(report.diagnostics)


def _leave(found: list[Diagnostic]) -> NoReturn:
    """Show what was found; the status is 1 where anything was wrong, which a note is not."""
    _show(found)
    raise click.exceptions.Exit(1 if _wrong(found) else 0)


def _show(found: list[Diagnostic], *, notes: bool = False) -> None:
    """The errors first, then the warnings, then the notes if they are asked for."""
    for severity in (Severity.ERROR, Severity.WARNING, *[Severity.NOTE] * notes):
        for diagnostic in dict.fromkeys(found):
            if diagnostic.severity is severity:
                click.echo(str(diagnostic), err=True)


def _wrong(found: list[Diagnostic]) -> bool:
    return any(diagnostic.severity is not Severity.NOTE for diagnostic in found)

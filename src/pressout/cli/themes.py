"""pressout themes: which looks there are."""

from __future__ import annotations

import click

from pressout.diagnostics import Report
from pressout.theme import load_theme, theme_names


@click.command("themes")
def command() -> None:
    """List the themes."""
    for name in theme_names():
        click.echo(f"{name:<12} {load_theme(name, Report()).description}")

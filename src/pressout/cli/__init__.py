"""The command `pressout`: its sub-commands are imported when they are called, so that --help costs next to nothing."""

from __future__ import annotations

import atexit
import gc
from importlib import import_module
from typing import Any

import click

# New objects between two looks for garbage; Python's own number is 700, and what a command makes it mostly keeps to its end
SELDOM = 100_000
COMMANDS = {
    "build": "Make PDF, EPUB and Word files of articles.",
    "check": "Tell what is wrong with articles, without building them.",
    "inspect": "Show an article as read, prepared, as HTML or as an outline.",
    "handoff": "Give an article to an editor as a Word file.",
    "takeback": "Take an editor's changes home into the source.",
    "queries": "List what an editor asks.",
    "handoffs": "List what is out, and with whom.",
    "send": "Send a file to an e-reader.",
    "verify": "Tell whether finished files are right.",
    "themes": "List the themes.",
    "doctor": "Tell what is installed, and what to install for the rest.",
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and a line of help, and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        atexit.register(gc.freeze)  # nor is there anything to find when it ends and all goes
        gc.set_threshold(SELDOM, *gc.get_threshold()[1:])  # a fifth of the time of a take-back goes into looks that find nothing
        command: click.Command = import_module(f"pressout.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Where a command cannot even begin, that is said as everything else is."""
        from pressout.diagnostics import PressoutError

        try:
            return super().invoke(ctx)
        except PressoutError as error:
            click.echo(str(error.diagnostic), err=True)
            raise click.exceptions.Exit(1) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def show_versions(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    """`--version`: say what is installed, and end."""
    if not wanted or ctx.resilient_parsing:
        return
    from pressout.cli.versions import version_lines

    click.echo("\n".join(version_lines()))
    ctx.exit()


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=show_versions, help="Show the versions that matter."
)
def main() -> None:
    """One article in; a print PDF, an EPUB and a Word file out.

    Without more, `pressout build` makes every article of input/ into output/.
    """

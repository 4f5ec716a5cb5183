"""pressout send: a finished file to an e-reader, by mail or onto the device that is plugged in."""

from __future__ import annotations

from pathlib import Path

import click

from pressout.delivery import send
from pressout.diagnostics import PressoutError, Report
from pressout.files import reason
from pressout.project import load_project
from pressout.verify.epub import open_book


@click.command("send")
@click.argument("file", metavar="FILE")
@click.option("--to", "name", required=True, metavar="NAME|ADDRESS|FOLDER", help="Where to; names stand in pressout.toml.")
@click.option("--dry-run", is_flag=True, help="Tell what would go where, and send nothing.")
@click.option("--again", is_flag=True, help="Send it even if the same bytes went there before.")
def command(file: str, name: str, dry_run: bool, again: bool) -> None:
    """Send a finished file to an e-reader.

    The server and the addresses stand in pressout.toml, under [send] and [send.to]; the password comes from the environment
    variable PRESSOUT_SMTP_PASSWORD or from the system's keyring.
    """
    if not name.strip():
        raise click.UsageError("--to names nobody: a variable of the shell may be empty")
    report = Report()
    try:
        click.echo(_sent(Path(file), name, report, dry_run=dry_run, again=again))
    except PressoutError as error:
        report.add(error.diagnostic)
        for diagnostic in report.diagnostics:
            click.echo(str(diagnostic), err=True)
        raise click.exceptions.Exit(1) from None
    except OSError as error:
        click.echo(f"{file}: error: '{error.filename}' cannot be used: {reason(error)}", err=True)
        raise click.exceptions.Exit(1) from None


def _sent(path: Path, name: str, report: Report, *, dry_run: bool, again: bool) -> str:
    """What was done, or would be."""
    project = load_project(Path(), path.parent, report=report)
    packed = send.parcel(path, send.target_of(name, project.send))
    _check(packed)
    server = send.server_of(project, report) if packed.mailed else None
    way = f"{path} to {packed.target}" + (f" by {server.host}" if server else "")
    before = send.sent_before(packed, Path())
    if before and not again:
        return f"{path} went to {packed.target} at {before}; nothing was sent (--again sends it once more)"
    if dry_run:
        return f"would send {way}: {len(packed.data) / 1000:,.0f} kB"
    if server:
        send.mail(packed, server)
    else:
        send.copy(packed)
    send.remember(packed, Path())
    return f"sent {way}"


def _check(packed: send.Parcel) -> None:
    """Raises PressoutError for what is called an EPUB and cannot be opened as one."""
    if packed.path.suffix.lower() != ".epub":
        return
    book = open_book(packed.data)
    if book is None or book.package is None:
        raise PressoutError(
            "is no EPUB that can be opened", file=str(packed.path), hint=f"pressout verify {packed.path} tells more"
        )

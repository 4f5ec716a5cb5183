"""pressout handoffs: what is out, with whom, since when."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pressout.diagnostics import PressoutError
from pressout.revision.record import Record, records


@click.command("handoffs")
@click.argument("folders", nargs=-1, metavar="[FOLDER]...")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def command(folders: tuple[str, ...], as_json: bool) -> None:
    """List what was handed out of a folder, or of this one and those in it: with whom, since when, and what came back."""
    try:
        found = [record for folder in _folders(folders) for record in records(folder)]
    except PressoutError as error:
        raise click.ClickException(str(error.diagnostic)) from None
    if as_json:
        click.echo(json.dumps([_as_object(record) for record in found], indent=1, ensure_ascii=False))
        return
    for record in found:
        click.echo(_line(record))
    if not found:
        click.echo("nothing is out")


def _folders(named: tuple[str, ...]) -> list[Path]:
    if named:
        return [Path(name) for name in named]
    here = Path()
    return sorted({here, *(path.parent.parent for path in here.glob("*/.pressout/handoffs"))})


def _line(record: Record) -> str:
    whom = ", ".join(record.to) or "nobody named"
    due = f", due {record.due}" if record.due else ""
    last = next((each for each in reversed(record.returns) if not each.undone), None)
    state = f"came back: {last.sums}" if last else "is out"
    return f"{record.id}  {record.since}  {record.article}  {whom}{due}  {state}"


def _as_object(record: Record) -> dict[str, object]:
    returns = [{"sums": each.sums, "undone": each.undone} for each in record.returns]
    about: dict[str, object] = {"id": record.id, "source": str(record.article), "to": list(record.to), "due": record.due}
    return about | {"since": record.since, "file": record.file, "out": record.is_out, "returned": returns}

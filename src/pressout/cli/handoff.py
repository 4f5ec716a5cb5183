"""pressout handoff: give an article to an editor as a Word file."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from pressout.cli.session import refuse_theme
from pressout.collection.listing import read_listing
from pressout.diagnostics import PressoutError, Report, Severity
from pressout.files import read_source, write_whole
from pressout.order import OUTPUT, Order, complete, is_collection, new_folder, theme_name
from pressout.readers.markdown import read_markdown
from pressout.revision.handoff import Handout, Terms, hand_off
from pressout.revision.record import keep, records
from pressout.theme import load_theme


@dataclass(frozen=True, kw_only=True)
class HandoffOptions:
    sources: tuple[str, ...]
    to: tuple[str, ...]
    due: str
    theme: str
    anonymous: bool
    out: str
    no_embed: bool
    force: bool
    as_json: bool


@click.command("handoff")
@click.argument("sources", nargs=-1, required=True, metavar="ARTICLE.md...")
@click.option("--to", multiple=True, metavar="NAME", help="Who gets it; may be repeated.")
@click.option("--due", default="", metavar="DATE", help="When it is wanted back.")
@click.option("--theme", default="", metavar="NAME|PATH", help="The look; `pressout themes` lists them.")
@click.option("--anonymous", is_flag=True, help="Leave the authors out, for a blind review; the source does not travel then.")
@click.option("--out", default="", metavar="DIR", help="The folder for the Word file, made if need be; without it, output/.")
@click.option("--no-embed", is_flag=True, help="Keep the source out of the Word file.")
@click.option("--force", is_flag=True, help="Overwrite a Word file that is still out.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def command(**given: Any) -> None:
    """Give an article to an editor: a Word file with changes tracked, which `pressout takeback` takes home."""
    options = HandoffOptions(**given)
    refuse_theme(options.theme)
    made: list[dict[str, object]] = []
    report = Report()
    for name in options.sources:
        try:
            made.append(_hand_off(Path(name), options, report))
        except PressoutError as error:
            report.add(error.diagnostic)
    for diagnostic in report.diagnostics:
        if diagnostic.severity is not Severity.NOTE:
            click.echo(str(diagnostic), err=True)
    for line in [json.dumps(made, indent=1, ensure_ascii=False)] if options.as_json else map(_said, made):
        click.echo(line)
    if report.count(Severity.ERROR):
        raise click.exceptions.Exit(1)


def _hand_off(source: Path, options: HandoffOptions, report: Report) -> dict[str, object]:
    _refuse_a_collection(source, report)
    order = complete(Order(theme=options.theme), source, report)
    if order.form not in (".md", ".markdown"):
        raise PressoutError("only a Markdown source can be handed out: changes find no way back into others", file=str(source))
    text = read_source(source, report)
    name = theme_name(order, read_markdown(text, Report()))
    terms = Terms(options.to, options.due, name, options.anonymous, not options.no_embed)
    handout = hand_off(text, terms, load_theme(name, report), report)
    target = (Path(options.out) if options.out else order.out or OUTPUT) / f"{source.stem}-handoff.docx"
    _refuse_what_is_out(source, target, handout, options)
    folder = new_folder(target)
    write_whole(target, handout.data)
    if folder:
        click.echo(f"note: {folder}", err=True)
    record = keep(handout, source, text.text, target)
    return {"source": str(source), "id": handout.id, "file": str(target), "to": list(terms.to), "record": str(record.folder)}


def _refuse_a_collection(source: Path, report: Report) -> None:
    """Each article has a source, a record and an editor of its own."""
    if is_collection(source):
        names = " ".join(shlex.quote(str(listed.path)) for listed in read_listing(source, report).articles)
        hint = f"pressout handoff {names}"
        raise PressoutError("is a collection, whose articles are handed out one by one", file=str(source), hint=hint)


def _refuse_what_is_out(source: Path, target: Path, handout: Handout, options: HandoffOptions) -> None:
    for record in records(source.parent):
        same_file = Path(record.file).resolve() == target.resolve()
        if same_file and record.is_out and record.id != handout.id and target.exists() and not options.force:
            whom = f" with {', '.join(record.to)}" if record.to else ""
            hint = "take it back first, name another folder with --out, or overwrite it with --force"
            raise PressoutError(f"this handoff has been out{whom} since {record.since}", hint=hint, file=str(target))


def _said(made: dict[str, object]) -> str:
    to = made["to"]
    whom = f" for {', '.join(to)}" if isinstance(to, list) and to else ""
    return f"{made['file']}: handoff {made['id']}{whom}, kept in {made['record']}"

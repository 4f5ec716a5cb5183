"""pressout queries: what an editor asks, in a returned Word file or kept in a source."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pressout.cli.takeback import query_lines
from pressout.diagnostics import PressoutError, Report
from pressout.files import read_source
from pressout.revision.account import Outcome, Placed, query_objects
from pressout.revision.desk import Errand, take_home
from pressout.revision.queries import kept_queries, shown


@click.command("queries")
@click.argument("file", metavar="FILE")
@click.option("--source", default="", metavar="ARTICLE.md", help="Where the source of a Word file is; else its record tells.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def command(file: str, source: str, as_json: bool) -> None:
    """List the queries of a returned Word file, or those that a Markdown source keeps: place, author, words, question."""
    path = Path(file)
    try:
        place, outcome = _of_source(path) if path.suffix.lower() in (".md", ".markdown") else _of_word(path, source)
    except PressoutError as error:
        click.echo(str(error.diagnostic), err=True)
        raise click.exceptions.Exit(1) from None
    if as_json:
        click.echo(json.dumps(query_objects(outcome), indent=1, ensure_ascii=False))
        return
    for line in query_lines(place, outcome):
        click.echo(line)


def _of_source(path: Path) -> tuple[Path, Outcome]:
    text = read_source(path, Report()).text
    return path, Outcome(text, queries=tuple(Placed(shown(kept, text), kept.line, kept.column) for kept in kept_queries(text)))


def _of_word(path: Path, source: str) -> tuple[Path, Outcome]:
    taken = take_home(Errand(path, Path(source) if source else None, dry=True, asking=True), Report())
    return taken.source, taken.outcome

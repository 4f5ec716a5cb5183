"""pressout takeback: an editor's Word file goes home into its source."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from pressout.diagnostics import PressoutError, Report
from pressout.revision.account import Outcome, Settled, as_object
from pressout.revision.desk import Errand, Taken, take_home, take_out_again
from pressout.revision.wishes import Wishes

LONGEST = 300  # characters of a paragraph that is shown on a line of its own


@dataclass(frozen=True, kw_only=True)
class TakebackOptions:
    returned: str
    source: str
    base: str
    accept: tuple[str, ...]
    reject: tuple[str, ...]
    queries: str
    dry: bool
    diff: bool
    undo: bool
    as_json: bool


@click.command("takeback")
@click.argument("returned", metavar="RETURNED.docx")
@click.option("--source", default="", metavar="ARTICLE.md", help="Where the source is; else the handoff's record tells.")
@click.option("--base", default="", metavar="FILE", help="The source as it was handed out, where its record is lost.")
@click.option(
    "--accept-by", "accept", multiple=True, metavar="NAME", help="Take the changes of this editor alone; may be repeated."
)
@click.option("--reject-by", "reject", multiple=True, metavar="NAME", help="Leave out this editor's changes; may be repeated.")
@click.option(
    "--queries",
    type=click.Choice(("list", "keep", "drop")),
    default="list",
    show_default=True,
    help="Show the comments, keep them in the source as Markdown comments, or neither.",
)
@click.option("--dry-run", "dry", is_flag=True, help="Tell what would be done, and do nothing.")
@click.option("--diff", is_flag=True, help="Show the source's lines before and after, and do nothing.")
@click.option("--undo", is_flag=True, help="Put the source back as it was before this handoff was taken back.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def command(**given: Any) -> None:
    """Take an editor's changes home: exactly those, each proved, into the source as its author writes it."""
    options = TakebackOptions(**given)
    report = Report()
    try:
        if options.undo:
            click.echo(f"{take_out_again(_errand(options), report)}: as it was before")
            return
        taken = take_home(_errand(options), report)
    except PressoutError as error:
        click.echo(str(error.diagnostic), err=True)
        raise click.exceptions.Exit(1) from None
    click.echo(_as_json(taken) if options.as_json else "\n".join(_lines(taken, options)))
    if taken.outcome.count("refused") or taken.outcome.count("conflict"):
        raise click.exceptions.Exit(1)


def _errand(options: TakebackOptions) -> Errand:
    return Errand(
        Path(options.returned),
        Path(options.source) if options.source else None,
        Path(options.base) if options.base else None,
        Wishes(options.accept, options.reject),
        keep_queries=options.queries == "keep",
        dry=options.dry or options.diff,
    )


def _lines(taken: Taken, options: TakebackOptions) -> Iterator[str]:
    if taken.known:
        yield f"{taken.source}: this file was taken back already; nothing was done"
        return
    outcome = taken.outcome
    if options.diff:
        before, after = taken.before.splitlines(), outcome.text.splitlines()
        yield from difflib.unified_diff(before, after, str(taken.source), str(taken.source), lineterm="")
    for text, changes in _left(outcome).items():
        yield _refusal(changes, text, taken)
    if options.queries == "list":
        yield from query_lines(taken.source, outcome)
    yield f"{taken.source}: {outcome.sums}"
    untracked = sum(not change.tracked for change in outcome.changes)
    if untracked:
        yield f"{untracked} of the changes {'was' if untracked == 1 else 'were'} made without tracking"
    if outcome.text == taken.before:
        yield "the source stays as it is"
    elif not taken.written:
        yield "nothing was written"


def _left(outcome: Outcome) -> dict[str, list[Settled]]:
    """The changes that were not made, by the paragraph that they are in."""
    found: dict[str, list[Settled]] = {}
    for change in outcome.changes:
        if change.fate in ("refused", "conflict"):
            found.setdefault(f"{change.line} {change.reason} {change.text}", []).append(change)
    return found


def _refusal(changes: list[Settled], key: str, taken: Taken) -> str:
    del key
    first = changes[0]
    place = f"{taken.source}:{first.line}" if first.line else str(taken.source)
    kinds = ", ".join(dict.fromkeys(change.change.kind for change in changes))
    wanted = f'\n  as the editor has it: "{first.text}"' if first.text else ""
    return f"{place}: {first.fate}: {first.reason} ({kinds}){wanted}"


def query_lines(source: Path, outcome: Outcome) -> Iterator[str]:
    """Each query on a line: its place, who asks, the words, what is asked, and the answers."""
    for query, line, column in outcome.queries:
        place = f"{source}:{line}:{column}" if line else str(source)
        state = " (resolved)" if query.resolved else ""
        yield f'{place}: {query.author}, {query.date}: "{query.quote[:LONGEST]}" -> {query.text}{state}'
        for reply in query.replies:
            yield f"  {reply.author}, {reply.date[:10]}: {reply.text}"


def _as_json(taken: Taken) -> str:
    answer = {"source": str(taken.source), "written": taken.written, "known": taken.known}
    return json.dumps(answer | as_object(taken.outcome), indent=1, ensure_ascii=False)

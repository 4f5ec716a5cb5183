"""pressout verify: are the finished files right, on one page for people, or as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressout.cli.session import COLOURS, many, refuse_theme
from pressout.diagnostics import Diagnostic, PressoutError, Report, Severity
from pressout.verify import Check, Verdict, verify

if TYPE_CHECKING:
    from pressout.pipeline import Proof

MOST = 10  # findings of one check that are shown; the rest is counted


@click.command("verify")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--source",
    metavar="ARTICLE",
    default="",
    help="The article, or the list of a collection, that a PDF was made of: is all of it there?",
)
@click.option("--theme", metavar="NAME|PATH", default="", help="The theme that it was made in.")
@click.option("--strict", is_flag=True, help="Let warnings fail.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON, with all that was found.")
def command(files: tuple[str, ...], source: str, theme: str, strict: bool, as_json: bool) -> None:
    """Tell whether finished files are right: by the validators of their formats, and by what shops and readers refuse.

    The status is 1 where one is wrong.
    """
    if source and len(files) > 1:
        raise click.UsageError("--source is the article of one FILE")
    refuse_theme(theme)
    verdicts = [_verdict(Path(name), Path(source) if source else None, theme) for name in files]
    if as_json:
        click.echo(json.dumps({"files": [_as_object(verdict) for verdict in verdicts]}, indent=1, ensure_ascii=False))
    else:
        for line in (line for verdict in verdicts for line in _lines(verdict)):
            click.echo(line)
    wrong = any(not verdict.right or (strict and verdict.count(Severity.WARNING)) for verdict in verdicts)
    raise click.exceptions.Exit(1 if wrong else 0)


def _verdict(path: Path, source: Path | None, theme: str) -> Verdict:
    """The verdict; on what cannot be read, that it cannot."""
    report = Report()
    try:
        return verify(path, _proof(source, theme, report) if source else None)
    except PressoutError as error:
        report.add(error.diagnostic)
        return Verdict(path, {}, (Check("reading", tuple(report.diagnostics)),))


def _proof(source: Path, theme: str, report: Report) -> Proof:
    """The article, or the collection, as it is printed; what is wrong with it is not asked here, but of its pressout.toml."""
    from pressout.order import Order, complete
    from pressout.pipeline import proof_of

    return proof_of(source, complete(Order(theme=theme), source, report), Report())


def _lines(verdict: Verdict) -> Iterator[str]:
    state = click.style("right", fg="green", bold=True) if verdict.right else click.style("wrong", fg="red", bold=True)
    yield f"{verdict.path}: {state}"
    for name, fact in verdict.facts.items():
        yield f"  {name}: {fact}"
    for check in verdict.checks:
        yield f"  {check.name}: {_sum(check)}"
        for diagnostic in check.found[:MOST]:
            yield f"    {_shown(diagnostic)}"
        if len(check.found) > MOST:
            yield f"    and {len(check.found) - MOST} more, which --json shows"


def _sum(check: Check) -> str:
    if check.missing:
        return f"was not asked; it needs {check.missing}"
    counts = Counter(diagnostic.severity for diagnostic in check.found)
    return (
        ", ".join(many(counts[severity], severity.value) for severity in reversed(Severity) if counts[severity]) or "nothing found"
    )


def _shown(diagnostic: Diagnostic) -> str:
    word = diagnostic.severity.value
    place = f"{diagnostic.place}: " if diagnostic.place else ""
    hint = f" ({diagnostic.hint})" if diagnostic.hint else ""
    return f"{place}{click.style(word, fg=COLOURS[diagnostic.severity], bold=True)}: {diagnostic.message}{hint}"


def _as_object(verdict: Verdict) -> dict[str, object]:
    checks = [
        {"name": check.name, "asked": not check.missing, "needs": check.missing, "found": list(map(_as_finding, check.found))}
        for check in verdict.checks
    ]
    return {
        "file": str(verdict.path),
        "right": verdict.right,
        "facts": dict(verdict.facts),
        "details": dict(verdict.details),
        "checks": checks,
    }


def _as_finding(diagnostic: Diagnostic) -> dict[str, str]:
    return {
        "severity": diagnostic.severity.value,
        "place": diagnostic.place,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }

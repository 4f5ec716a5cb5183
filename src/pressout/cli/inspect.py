"""pressout inspect: an article, or a collection of them, at each stage of its way."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from pressout.cli.session import Options, Session, order_from, shared_options
from pressout.diagnostics import Report
from pressout.dump import as_json, as_text
from pressout.order import Order, complete, is_collection
from pressout.outline import outline
from pressout.pipeline import proof_of, read_articles
from pressout.prepare import arrange


@dataclass(frozen=True, kw_only=True)
class InspectOptions(Options):
    stage: str


@click.command("inspect")
@shared_options
@click.option(
    "--stage", type=click.Choice(("read", "prepared", "html", "outline")), default="prepared", show_default=True, help="Which one."
)
def command(**given: Any) -> None:
    """Show an article or a collection as read, prepared, as the HTML that the print is drawn from, or as an outline."""
    options = InspectOptions(**given)
    order = order_from(options)
    # The diagnostics go beside the answer, never into it
    session = Session(replace(options, as_json=False))
    sources = session.sources()
    if len(sources) > 1:
        raise click.UsageError("inspect shows one SOURCE")
    for source in sources:
        with session.article(source) as report:
            click.echo(_stage(source, options, complete(order, source, report), report), nl=False)
    session.answer({})


def _stage(source: Path, options: InspectOptions, order: Order, report: Report) -> str:
    """What there is to see at a stage."""
    if options.stage == "read":
        return _read(source, options, order, report)
    if options.stage == "outline":
        # People look for the words that were written, not for the spaces and quotes that typography makes of them
        found = outline(proof_of(source, order, report, prepared=arrange).document)
        return _json(found) if options.as_json else "".join(_outline_lines(found))
    proof = proof_of(source, order, report)
    match options.stage:
        case "html":
            from pressout.renderers.pdf.page import page_html

            page = page_html(proof.document, proof.theme, proof.edition)
            return _json({"html": page}) if options.as_json else page
        case _:
            return _json(as_json(proof.document)) if options.as_json else as_text(proof.document, spans=True)


def _read(source: Path, options: InspectOptions, order: Order, report: Report) -> str:
    """The article as it was read; of a collection each of them, one after the other."""
    documents = read_articles(source, order, report)
    if not options.as_json:
        return "".join(as_text(document, spans=True) for document in documents)
    found = [as_json(document) for document in documents]
    return _json({"articles": found} if is_collection(source) else found[0])


def _json(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _outline_lines(found: dict[str, Any]) -> list[str]:
    """The headings, indented by level, and how much of the rest there is."""
    headings = [f"{'  ' * (heading['level'] - 1)}{heading['text']}\n" for heading in found["headings"]]
    counts = [
        f"{len(found[name])} {words}" for name, words in (("lists", "lists"), ("faq", "questions"), ("dropped", "lines left out"))
    ]
    return [f"{found['title']}\n", *headings, f"({', '.join(counts)})\n"]

"""pressout check: the diagnostics of a build, without a build."""

from __future__ import annotations

from typing import Any

import click

from pressout.cli.session import Options, Session, many, order_from, shared_options, together
from pressout.diagnostics import Severity
from pressout.order import complete
from pressout.pipeline import proof_of


@click.command("check")
@shared_options
@together
def command(**given: Any) -> None:
    """Tell what is wrong with articles, without building them."""
    options = Options(**given)
    order = order_from(options)
    session = Session(options)
    sources = session.sources()
    for source in sources:
        with session.article(source) as report:
            wanted = complete(order, source, report)
            proof_of(source, wanted, report)
    counts = ", ".join(many(session.count(severity), severity.value) for severity in reversed(Severity))
    session.answer({"sources": [str(source) for source in sources]}, [f"{many(len(sources), 'article')}: {counts}"])

"""What a PDF costs beside WeasyPrint alone: seconds of CPU, the share of the tags, bytes; all in one process, in turns.

    python tests/pdf_speed.py

prints the medians as rows for docs/print.md, and writes every sample into docs/print-speed.json.
"""

from __future__ import annotations

import json
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

import weasyprint.pdf
from weasyprint import HTML
from weasyprint.pdf.tags import add_tags as plain_tags

from pressout.diagnostics import Report
from pressout.order import Order, complete
from pressout.pipeline import Proof, check, draw, read_article
from pressout.press import archive
from pressout.renderers.pdf import render
from pressout.renderers.pdf.page import page_html
from pressout.renderers.pdf.supplies import Supplies

ROOT = Path(__file__).parents[1]
SHORT = ROOT / "input" / "die-letzte-schaltsekunde.md"  # about five pages without pictures
LONG = ROOT / "input" / "accessible-publishing.md"  # eight pages in the theme plain
TIMES = 5  # forty pages
ROUNDS = 9
THEMES = tuple(sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.toml")))


def seconds(work: Callable[[], object]) -> float:
    """Of CPU, for one turn."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def in_turns(*works: Callable[[], object], rounds: int = ROUNDS) -> list[list[float]]:
    """The CPU seconds of each work, after one warm round, one after the other."""
    samples = [[seconds(work) for work in works] for _ in range(rounds + 1)][1:]
    return [list(sample) for sample in zip(*samples, strict=True)]


def proof(article: Path, theme: str) -> Proof:
    order = complete(Order(theme=theme), article)
    return check(read_article(article, order, Report()), order, Report())


def beside_weasyprint(theme: str) -> list[list[float]]:
    """Ours, and WeasyPrint's own on the very page that `inspect --stage html` shows; without its tags being replaced."""
    checked = proof(SHORT, theme)
    html = page_html(checked.document, checked.theme, checked.edition)
    return in_turns(lambda: draw("pdf", checked, Report()), lambda: plain(html))


def plain(html: str, **more: object) -> bytes:
    with mock.patch.object(weasyprint.pdf, "add_tags", plain_tags):
        data: bytes = HTML(string=html, **more).write_pdf(pdf_variant="pdf/ua-1")
        return data


@dataclass(slots=True)
class Clock:
    """Adds up what a function takes each time that it is called."""

    work: Callable[..., object]
    taken: float = 0.0

    def __call__(self, *arguments: object) -> None:
        self.taken += seconds(lambda: self.work(*arguments))


@dataclass(slots=True)
class Passes:
    """The CPU seconds of the whole PDF and those of the passes in it; the file's bytes, and WeasyPrint's own for the same page."""

    whole: list[float] = field(default_factory=list)
    passes: list[float] = field(default_factory=list)
    sizes: tuple[int, int] = (0, 0)

    @property
    def share(self) -> float:
        return statistics.median(one / all_of_it for one, all_of_it in zip(self.passes, self.whole, strict=True))


def tags_of_forty_pages(rounds: int = ROUNDS) -> Passes:
    """What our tags and the archive's marks take of a PDF of forty pages."""
    with tempfile.TemporaryDirectory() as folder:
        checked = proof(forty_pages(Path(folder)), "plain")
    found = Passes()
    for _ in range(rounds):
        tags, finish = Clock(render.add_tags), Clock(archive.finish)
        with mock.patch.object(weasyprint.pdf, "add_tags", tags), mock.patch.object(archive, "finish", finish):
            found.whole.append(seconds(lambda: draw("pdf", checked, Report())))
        found.passes.append(tags.taken + finish.taken)
    html = page_html(checked.document, checked.theme, checked.edition)
    supplies = Supplies(checked.document, checked.theme, Report())
    found.sizes = (len(draw("pdf", checked, Report()).data), len(plain(html, url_fetcher=supplies)))
    return found


def forty_pages(folder: Path) -> Path:
    """One article five times in one, its notes under names of their own."""
    front, body = re.split(r"(?m)^---\n", LONG.read_text("utf-8"))[1:3]
    article = folder / "forty.md"
    bodies = (re.sub(r"\[\^([^\]]+)\]", rf"[^\1-{number}]", body) for number in range(TIMES))
    article.write_text(f"---\n{front}---\n" + "\n\n".join(bodies), "utf-8")
    return article


def main() -> None:
    samples: dict[str, object] = {}
    for theme in THEMES:
        ours, plain = beside_weasyprint(theme)
        samples[theme] = {"pressout": ours, "weasyprint": plain}
        ratio = statistics.median(ours) / statistics.median(plain)
        print(f"| {theme} | {statistics.median(ours):.2f} | {statistics.median(plain):.2f} | {ratio:.2f} |", flush=True)
    passes = tags_of_forty_pages()
    samples["forty pages"] = {"whole": passes.whole, "passes": passes.passes, "bytes": passes.sizes}
    print(f"tags {passes.share:.1%} of the CPU, the file {passes.sizes[0] / passes.sizes[1]:.2f} of WeasyPrint's own")
    (ROOT / "docs" / "print-speed.json").write_text(json.dumps(samples, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

"""Benchmark: whole commands of pressout, of pandoc, and of pandoc with Typst, on one article and on forty.

    python tests/bench.py

writes docs/benchmarks.md with the medians, and every sample into docs/benchmarks.json.
"""

from __future__ import annotations

import json
import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import pypandoc

ROOT = Path(__file__).parents[1]
PRESSOUT = Path(sys.executable).parent / "pressout"
PANDOC = pypandoc.get_pandoc_path()
TYPST = "import sys, typst\nfor name in sys.argv[1:]: typst.compile(name, output=name[:-4] + '.pdf')"
ARTICLES = ("accessible-publishing.md", "die-letzte-schaltsekunde.md")  # Typst stops at pandoc's form of the specimen
MANY = 40
ROUNDS = {1: 5, MANY: 3}
PAGE = """\
# Benchmarks

Made by `make bench`: whole commands, from the start of the process to its end, in turns, on one article {one} times and on forty
{many} times; medians of wall and CPU seconds (all processes of a command together), and the largest process's memory. All samples
stand in [benchmarks.json](benchmarks.json).

{machine}

One article is `input/accessible-publishing.md`; forty are twenty copies of it and twenty of `input/die-letzte-schaltsekunde.md`.
Their front matter is cut down to title and language, since pandoc's template for Typst fails on keywords.

{table}

## What is not equal

- pandoc and Typst draw with their own default templates: no theme, no contents list with page numbers, no running head, no cover
  picture, no hyphenation by the article's language, no section roles, no check of the source.
- pandoc reads its own Markdown; what only pressout knows (questions and answers, credits, GitHub's callouts) it reads as plain text
  or leaves out, and cross references too.
- Typst's PDF is tagged, as pressout's is; it was not asked for PDF/UA-1, which pressout's is checked for.
- pandoc is started once an article and format, since one run of it makes one file; pressout is started once for all.
- Typst runs inside one Python for all of its files, which is kinder to it than its own command.
"""


@dataclass(frozen=True)
class Sample:
    """What one run of some commands took: seconds of wall and CPU time, megabytes of the largest process."""

    name: str
    wall: float
    cpu: float
    memory: float


def copies(folder: Path, count: int) -> list[Path]:
    """`count` articles in a folder of their own, with their pictures."""
    shutil.copytree(ROOT / "input" / "pictures", folder / "pictures")
    articles = [ROOT / "input" / name for name in ARTICLES]
    made = [folder / f"{number:02}-{articles[number % len(articles)].name}" for number in range(count)]
    for number, path in enumerate(made):
        path.write_text(plain_head(articles[number % len(articles)].read_text()))
    return made


def plain_head(text: str) -> str:
    """The article with no more than title and language in its front matter: pandoc's template for Typst fails on keywords."""
    head, body = re.fullmatch(r"(?s)---\n(.*?)\n---\n(.*)", text).groups()
    kept = "\n".join(line for line in head.splitlines() if line.startswith(("title:", "lang:")))
    return f"---\n{kept}\n---\n{body}"


def by_pressout(articles: Sequence[Path], form: str) -> list[list[str]]:
    return [[str(PRESSOUT), "build", "-q", "--to", form, "--out", "made", *(path.name for path in articles)]]


def by_pandoc(articles: Sequence[Path], form: str) -> list[list[str]]:
    """pandoc's commands; a PDF goes by way of Typst."""
    ending = "typ" if form == "pdf" else form
    commands = [
        [PANDOC, "--from=markdown-citations", "--standalone", path.name, "-o", f"{path.stem}.{ending}"] for path in articles
    ]
    if form == "pdf":
        commands.append([sys.executable, "-c", TYPST, *(f"{path.stem}.typ" for path in articles)])
    return commands


def measure(name: str, commands: Sequence[Sequence[str]], folder: Path) -> Sample:
    """The commands, one after the other; a fresh child tells how much the largest of them held."""
    watch = f"import resource, subprocess\nfor line in {[list(command) for command in commands]!r}:\n"
    watch += "    subprocess.run(line, check=True)\nprint(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    said = subprocess.run([sys.executable, "-c", watch], cwd=folder, capture_output=True, text=True, check=True)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Sample(name, round(wall, 3), round(cpu, 3), round(int(said.stdout.split()[-1]) / 1024, 1))


def run(count: int, rounds: int) -> list[Sample]:
    """All samples on `count` articles: each way and format in turns."""
    ways: dict[str, Callable[[Sequence[Path], str], list[list[str]]]] = {"pressout": by_pressout, "pandoc": by_pandoc}
    samples = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles = copies(folder, count)
        for _ in range(rounds):
            for form in ("pdf", "epub", "docx"):
                for way, commands in ways.items():
                    samples.append(measure(f"{count} {form} {way}", commands(articles, form), folder))
            samples.append(measure(f"{count} all pressout", by_pressout(articles, "pdf,epub,docx"), folder))
            everything = [command for form in ("pdf", "epub", "docx") for command in by_pandoc(articles, form)]
            samples.append(measure(f"{count} all pandoc", everything, folder))
    return samples


def table(samples: Sequence[Sample]) -> str:
    """The medians as rows: a number of articles and a format; pressout, then pandoc."""
    lines = [
        "| articles | format | pressout: wall, CPU, MB | pandoc (PDF: and Typst): wall, CPU, MB | wall, times |",
        "|--:|---|--:|--:|--:|",
    ]
    names = dict.fromkeys(sample.name.rsplit(" ", 1)[0] for sample in samples)
    for name in names:
        ours, theirs = (median([each for each in samples if each.name == f"{name} {way}"]) for way in ("pressout", "pandoc"))
        count, form = name.split()
        cells = (f"{each.wall:.2f} s, {each.cpu:.2f} s, {each.memory:.0f}" for each in (ours, theirs))
        lines.append(f"| {count} | {form} | {' | '.join(cells)} | {ours.wall / theirs.wall:.1f} |")
    return "\n".join(lines)


def median(samples: Sequence[Sample]) -> Sample:
    wall, cpu, memory = (statistics.median(getattr(each, name) for each in samples) for name in ("wall", "cpu", "memory"))
    return Sample(samples[0].name, wall, cpu, memory)


def machine() -> str:
    pandoc = subprocess.run([PANDOC, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}; pressout "
        f"{version('pressout')} with WeasyPrint {version('weasyprint')}; pandoc {pandoc}; Typst {version('typst')}."
    )


def main() -> None:
    samples = [*run(1, ROUNDS[1]), *run(MANY, ROUNDS[MANY])]
    (ROOT / "docs" / "benchmarks.json").write_text(json.dumps([asdict(sample) for sample in samples], indent=1) + "\n")
    page = PAGE.format(one=ROUNDS[1], many=ROUNDS[MANY], machine=machine(), table=table(samples))
    (ROOT / "docs" / "benchmarks.md").write_text(page)
    print(page)


if __name__ == "__main__":
    main()

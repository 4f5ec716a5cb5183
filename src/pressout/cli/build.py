"""pressout build: make the files, tell what was made."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

import click

from pressout.cli.progress import Progress
from pressout.cli.session import Options, Session, many, order_from, shared_options, together
from pressout.diagnostics import PressoutError
from pressout.edition import Device, Profile
from pressout.files import reason
from pressout.order import FORMATS, Order, refuse_clashes
from pressout.outline import word_count
from pressout.pipeline import Built, build, make


@dataclass(frozen=True, kw_only=True)
class BuildOptions(Options):
    formats: tuple[str, ...]
    files: tuple[str, ...]
    out: str
    page_list: bool | None
    device: Device
    greyscale: bool
    embed_fonts: bool | None
    profile: Profile
    attach_source: bool
    timings: bool
    show: bool


@click.command("build")
@shared_options
@together
@click.option("--to", "formats", multiple=True, metavar=",".join(FORMATS), help="The formats; may be repeated; without it, all.")
@click.option(
    "-o",
    "--output",
    "files",
    multiple=True,
    metavar="FILE",
    help="A file to make, its ending the format, or - for standard output; may be repeated.",
)
@click.option("--out", default="", metavar="DIR", help="The folder for the files, made if need be; without it, output/.")
@click.option(
    "--page-list/--no-page-list", default=None, help="Page numbers of the PDF in the EPUB; without it, where both are made."
)
@click.option("--device", type=click.Choice(get_args(Device)), default="generic", help="The e-reader that the EPUB is for.")
@click.option("--greyscale", is_flag=True, help="Turn the pictures of the EPUB grey.")
@click.option(
    "--embed-fonts/--no-embed-fonts",
    default=None,
    help="Put the theme's faces into EPUB and Word, where their makers allow that; without it, into Word alone.",
)
@click.option(
    "--profile", type=click.Choice(get_args(Profile)), default="print", help="What the PDF is for: smaller pictures for screens."
)
@click.option("--attach-source", is_flag=True, help="Put the article's own file into the PDF.")
@click.option("--timings", is_flag=True, help="Tell how long each stage took.")
@click.option("--open", "show", is_flag=True, help="Open what was made.")
def command(**given: Any) -> None:
    """Make PDF, EPUB and Word files of articles.

    SOURCE is a Markdown or plain-text file, a folder of them, a collection's list file, or - for standard input. Without it, all
    of input/ is made into output/.
    """
    options = BuildOptions(**given)
    if "-" in options.files:
        _pipe(options)
    order = _order(options)
    session = Session(options)
    sources = session.sources()
    if options.files and len(sources) > 1:
        raise click.UsageError("-o names the file of one SOURCE")
    made: list[tuple[Path, Built]] = []
    progress = Progress(len(sources), shown=not (options.quiet or options.as_json))
    with session.article() as report:
        refuse_clashes(order, sources, report)
        made = _build_all(sources, order, session, progress)
    if options.show:
        for path in (path for _, built in made for path in built.files):
            click.launch(str(path))
    found = {"built": [_as_object(source, built) for source, built in made], "seconds": progress.seconds}
    session.answer(found, [*_summary(made, progress), *_timings(options, progress)])


def _pipe(options: BuildOptions) -> None:
    """The one file that is asked for, on standard output for the next program; all that is to be said goes beside it."""
    order = _order(replace(options, files=()))
    if len(options.files) > 1 or len(order.formats) != 1 or options.as_json:
        raise click.UsageError("-o - is one file on standard output: say with --to which format, and leave out --json")
    if sys.stdout.isatty():
        raise click.UsageError("-o - is for a pipe, and standard output is a terminal")
    session = Session(options)
    sources = session.sources()
    if len(sources) > 1:
        raise click.UsageError("-o - is the file of one SOURCE")
    for source in sources:
        with session.article(source) as report:
            (output,) = make(source, order, report).files.values()
            _write_out(output.data)
    session.answer({})


def _write_out(data: bytes) -> None:
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        raise PressoutError(f"standard output cannot be written: {reason(error)}") from None


def _order(options: BuildOptions) -> Order:
    formats = tuple(filter(None, re.split(r"[,\s]+", " ".join(options.formats).lower())))
    _refuse_files(options.files)
    endings = tuple(Path(name).suffix.lower().removeprefix(".") for name in options.files)
    unknown = [name for name in (*formats, *endings) if name not in FORMATS]
    if unknown:
        raise click.UsageError(f"there is no format '{unknown[0]}': the formats are {', '.join(FORMATS)}")
    files = tuple(map(Path, options.files))
    out = Path(options.out) if options.out else None
    order = order_from(options)
    edition = replace(order.edition, device=options.device, greyscale=options.greyscale, embed_fonts=options.embed_fonts)
    edition = replace(edition, profile=options.profile, attach_source=options.attach_source)
    return replace(order, formats=formats, files=files, out=out, page_list=options.page_list, edition=edition)


def _refuse_files(names: Sequence[str]) -> None:
    """Raises where the ending of a file tells no format, or that of two files the same one."""
    first: dict[str, str] = {}
    for name in names:
        ending = Path(name).suffix.lower()
        if not ending:
            endings = ", ".join(f".{form}" for form in FORMATS)
            raise click.UsageError(f"-o '{name}' has no ending that tells its format ({endings}); a folder is named with --out")
        other = first.setdefault(ending, name)
        if Path(other) != Path(name):
            raise click.UsageError(f"-o '{other}' and -o '{name}' are of one format, and one file of each is made")


def _build_all(sources: Sequence[Path], order: Order, session: Session, progress: Progress) -> list[tuple[Path, Built]]:
    made = []
    with progress:
        for source in sources:
            progress.begin(str(source))
            with session.article(source) as report:
                built = build(source, order, report, progress.stage)
                made.append((source, built))
                for line in _file_lines(built):
                    progress.say(line)
    return made


def _file_lines(built: Built) -> list[str]:
    """What was made, a file a line: `output/briefing.pdf: 12 pages, 184 kB`."""
    lines = []
    for path, output in built.files.items():
        pages = f"{many(len(output.pages), 'page')}, " if output.pages else ""
        lines.append(f"{path}: {pages}{len(output.data) / 1000:,.0f} kB")
    return lines


def _summary(made: Sequence[tuple[Path, Built]], progress: Progress) -> list[str]:
    if not made:
        return []
    files = sum(len(built.files) for _, built in made)
    words = sum(word_count(built.document) for _, built in made)
    articles = sum(len(built.document.articles) or 1 for _, built in made)
    return [f"{many(files, 'file')} of {many(articles, 'article')}, {many(words, 'word')}, in {progress.elapsed:.1f} s"]


def _timings(options: BuildOptions, progress: Progress) -> list[str]:
    if not (options.timings or options.verbose):
        return []
    return [f"  {stage:<8} {seconds:7.2f} s" for stage, seconds in progress.seconds.items()]


def _as_object(source: Path, built: Built) -> dict[str, object]:
    files = [
        {"path": str(path), "pages": len(output.pages) if output.pages else None, "bytes": len(output.data)}
        for path, output in built.files.items()
    ]
    return {"source": str(source), "words": word_count(built.document), "files": files}

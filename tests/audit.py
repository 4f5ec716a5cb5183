"""The typographic audit of articles as pressout sets them, beside pandoc with Typst and pandoc with WeasyPrint.

    PRESSOUT_ARTICLES=FOLDER python tests/audit.py

writes docs/audit.md, and the counts of every file into docs/audit.csv. Without a folder the articles are those of input/.
"""

from __future__ import annotations

import csv
import logging
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pypandoc
import typst
from PIL import Image
from weasyprint import CSS, HTML

from pressout.diagnostics import Report
from pressout.theme import load_theme
from pressout.verify.typography import KINDS, audit

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "docs" / "audit.csv"
PRESSOUT = Path(sys.executable).parent / "pressout"
PANDOC = pypandoc.get_pandoc_path()
FACE = "Source Serif Pro"
READ_AS = ("--from=markdown-citations", "--standalone")
PAGE = """\
# The typographic audit beside others

Made by `make audit` ({tools}).
How often the [audit](print.md#the-typographic-audit) of `pressout verify` finds each fault, for a
hundred pages of {articles} articles. The names of the articles and the counts of every file stand in [audit.csv](audit.csv). The
audit reads nothing but where letters stand, and reads all files alike.

{table}

{left_out}
## What is not equal

- pandoc and Typst, and WeasyPrint with pandoc's HTML, have their own default templates, on A4 in Source Serif Pro as pressout has;
  measure, size and hyphenation are each template's own.
- `report` has a cover, contents, and chapters that begin on right-hand pages, so it has more pages, and some with few lines: for a
  hundred pages that is too kind. The last rows have the faults of all articles together, and the pages.
- For Typst, links to what is nowhere in an article are left out, and pictures whose ending names another format are put into that
  one: it makes no file of either.
- Front matter is cut down to title and language for the others, since pandoc's template for Typst fails on some of the rest.
"""


@dataclass(frozen=True)
class Count:
    """What was found in one article, made in one way."""

    article: str
    way: str
    pages: int
    found: Mapping[str, int]


def by_theme(theme: str) -> Callable[[Path, Path], Path]:
    def make(article: Path, folder: Path) -> Path:
        target = folder / f"{article.stem}-{theme}.pdf"
        subprocess.run([PRESSOUT, "build", "-q", article, "--theme", theme, "-o", target], check=True, capture_output=True)
        return target

    return make


def by_typst(article: Path, folder: Path) -> Path:
    source, target = article.parent / f"{article.stem}.typ", folder / f"{article.stem}-typst.pdf"
    pandoc(article, "typst", source, "-V", "papersize=a4", "-V", f"mainfont={FACE}")
    source.write_text(without_loose_links(source.read_text()))
    typst.compile(str(source), output=str(target), font_paths=sorted({str(path.parent) for path in faces()}))
    return target


def without_loose_links(text: str) -> str:
    """The text without links to what is nowhere in it, which others leave dead: Typst makes no file of them."""
    known = set(re.findall(r"^<([^<>]+)>$", text, re.MULTILINE)) | set(re.findall(r"\]\s*<([^<>]+)>", text))
    return re.sub(r"#link\(<([^<>]+)>\)", lambda link: link[0] if link[1] in known else "", text)


def by_weasyprint(article: Path, folder: Path) -> Path:
    source, target = article.parent / f"{article.stem}.html", folder / f"{article.stem}-weasyprint.pdf"
    pandoc(article, "html", source)
    rules = "".join(
        f"@font-face {{ font-family: '{FACE}'; src: url('{path.as_uri()}'); {look} }}" for path, look in faces().items()
    )
    sheet = CSS(string=f"{rules} @page {{ size: A4 }} body {{ font-family: '{FACE}' }}")
    HTML(str(source)).write_pdf(target, stylesheets=[sheet])
    return target


WAYS: Mapping[str, Callable[[Path, Path], Path]] = {
    "pressout, briefing": by_theme("briefing"),
    "pressout, report": by_theme("report"),
    "pandoc and Typst": by_typst,
    "pandoc and WeasyPrint": by_weasyprint,
}


def faces() -> Mapping[Path, str]:
    """The files of the face that all have, each with what a sheet says of it."""
    files = load_theme("plain", Report()).fonts["text"].files
    return {
        path: f"font-weight: {weight}; font-style: {'italic' if italic else 'normal'}" for (weight, italic), path in files.items()
    }


def pandoc(article: Path, form: str, target: Path, *more: str) -> None:
    command = [PANDOC, *READ_AS, "-t", form, "-o", target, *more]
    plain = plain_head(article.read_text()).encode()
    subprocess.run(command, input=plain, cwd=article.parent, check=True, capture_output=True)


def plain_head(text: str) -> str:
    """The article with no more than title and language in its front matter."""
    parts = re.fullmatch(r"(?s)---\n(.*?)\n---\n(.*)", text)
    if not parts:
        return text
    kept = "\n".join(line for line in parts[1].splitlines() if line.startswith(("title:", "lang:")))
    return f"---\n{kept}\n---\n{parts[2]}"


def true_pictures(folder: Path) -> None:
    """Typst goes by the endings of pictures, and makes no file where one is wrong: each gets the format that its name promises."""
    for path in folder.rglob("*"):
        promised = Image.registered_extensions().get(path.suffix.lower())
        if promised and path.is_file():
            with Image.open(path) as picture:
                if picture.format != promised:
                    picture.convert("RGB").save(path, promised)


def counts(articles: Sequence[Path], folder: Path) -> Iterator[Count]:
    """What each way's files hold; an article that a way cannot make has no count there."""
    began = time.monotonic()
    for number, article in enumerate(articles, 1):
        print(f"{number}/{len(articles)} {article.stem} ({time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)
        for way, make in WAYS.items():
            try:
                found = audit(make(article, folder).read_bytes())
            except (subprocess.CalledProcessError, typst.TypstError) as error:
                print(f"{article.name}: {way}: {str(error).splitlines()[0][:120]}", file=sys.stderr)
                continue
            yield Count(article.stem, way, found.pages, found.count())


def table(made: Sequence[Count]) -> str:
    """Faults for a hundred pages, a row for each kind, then their sum."""
    pages, found = {way: 0 for way in WAYS}, {way: Counter[str]() for way in WAYS}
    for each in made:
        pages[each.way] += each.pages
        found[each.way].update(each.found)
    lines = [f"| | {' | '.join(WAYS)} |", f"|---|{'--:|' * len(WAYS)}"]
    for kind in KINDS:
        lines.append(f"| {kind} | {' | '.join(f'{100 * found[way][kind] / pages[way]:.1f}' for way in WAYS)} |")
    sums = {way: found[way].total() for way in WAYS}
    lines.append(f"| **all, for a hundred pages** | {' | '.join(f'**{100 * sums[way] / pages[way]:.1f}**' for way in WAYS)} |")
    lines.append(f"| all, in all articles | {' | '.join(str(sums[way]) for way in WAYS)} |")
    lines.append(f"| pages | {' | '.join(str(pages[way]) for way in WAYS)} |")
    return "\n".join(lines)


def write_counts(made: Iterator[Count]) -> None:
    """Each file's counts as they are taken: a run that is broken off has left what it found."""
    with SAMPLES.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["article", "way", "pages", *KINDS])
        for each in made:
            writer.writerow([each.article, each.way, each.pages, *each.found.values()])
            file.flush()


def read_counts() -> list[Count]:
    with SAMPLES.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return [Count(row["article"], row["way"], int(row["pages"]), {kind: int(row[kind]) for kind in KINDS}) for row in rows]


def write_page(made: Sequence[Count]) -> None:
    ways = Counter(each.article for each in made)
    whole = [each for each in made if ways[each.article] == len(WAYS)]
    left = sorted(article for article, count in ways.items() if count < len(WAYS))
    text = PAGE.format(
        tools=f"pandoc {pypandoc.get_pandoc_version()}, Typst {version('typst')}, WeasyPrint {version('weasyprint')}",
        articles=len({each.article for each in whole}),
        table=table(whole),
        left_out=f"Not counted, since one of the others could not make them: {', '.join(left)}.\n" if left else "",
    )
    (ROOT / "docs" / "audit.md").write_text(text)
    print(text)


def main() -> None:
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    folder = Path(os.environ.get("PRESSOUT_ARTICLES", ROOT / "input"))
    with tempfile.TemporaryDirectory() as name:
        # A copy, since pandoc's files stand beside the article and its pictures
        copy = Path(name) / "articles"
        subprocess.run(["cp", "-r", "--no-preserve=mode", folder, copy], check=True)
        true_pictures(copy)
        write_counts(counts(sorted(copy.glob("*.md")), Path(name)))
    write_page(read_counts())


if __name__ == "__main__":
    main()

"""Sweep: every article of a folder in every theme asked for and in three formats, before all the judges there are.

Run as `PRESSOUT_ARTICLES=FOLDER make sweep`, or with a folder for the files and the themes to use:
`python tests/sweep.py OUT briefing report`. It prints a line per finding and then the sums, and fails if anything was found.
A folder of plain texts or of Markdown is taken whole; the articles of input/ go with it.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import judges
from conftest import ARTICLES, ROOT, pressout
from words import docx_text, epub_text, letters, missing, pdf_text, plain_blocks, readable, source_blocks

THEMES = ("briefing",)
PROFILES = ("ua1", "3a")
AT_ONCE = 2  # the judges are programs of their own; so many run side by side
Check = tuple[str, Path, Callable[[], list[str]]]


def main(out: Path, themes: tuple[str, ...]) -> int:
    """The number of findings."""
    folder = os.environ.get("PRESSOUT_ARTICLES")
    sources = [*ARTICLES, *(sorted(path for path in Path(folder).iterdir() if path.suffix in (".md", ".txt")) if folder else [])]
    able = {name for name, there in judges.can_run().items() if there}
    print(f"{len(sources)} articles; without {', '.join(sorted(set(judges.can_run()) - able)) or 'none of the judges'}", flush=True)
    asked: Counter[str] = Counter()
    clean: Counter[str] = Counter()
    for theme in themes:
        built = [
            each for source in sources for each in checks(source, out / theme, theme) if each[0].split(",")[0] in {*able, "words"}
        ]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for (name, file, _), found in zip(built, pool.map(lambda check: check[2](), built), strict=True):
                asked[name] += 1
                clean[name] += not found
                for line in found:
                    print(f"{theme}/{file.name}: {name}: {line[:300]}", flush=True)
    for name in asked:
        print(f"{name}: {clean[name]} of {asked[name]} files without a finding")
    return asked.total() - clean.total()


def checks(source: Path, out: Path, theme: str) -> Iterator[Check]:
    """Builds the article; then what each judge is to be asked of its files."""
    said = pressout("build", source, "--theme", theme, "--out", out, "--json", folder=ROOT)
    pdf, epub, docx = (out / f"{source.stem}.{form}" for form in ("pdf", "epub", "docx"))
    if said.status:
        print(f"{theme}/{source.name}: was not built: {said.errors.strip()[-300:]}", flush=True)
        yield "words", source, lambda: ["was not built"]
        return
    left_out = {each["line"] for each in json.loads(said.out)["diagnostics"] if each["message"].startswith("left out: ")}
    yield "EPUBCheck", epub, partial(judges.epubcheck, epub)
    yield "Open XML SDK", docx, partial(judges.open_xml_sdk, docx)
    yield "openxml-audit", docx, partial(judges.openxml_audit, docx)
    for profile in PROFILES:
        yield f"page-validation, {profile}", pdf, partial(judges.page_validation, pdf, profile)
        yield f"veraPDF, {profile}", pdf, partial(judges.verapdf, pdf, profile)
    for file, text in ((pdf, pdf_text), (epub, epub_text), (docx, docx_text)):
        yield f"words, {file.suffix[1:]}", file, partial(lost_words, source, file, text, left_out)


def lost_words(source: Path, file: Path, text: Callable[[Path], str], left_out: set[int]) -> list[str]:
    """The blocks of the source that the file does not have in order, without the lines that the command said it left out."""
    words = source.read_text(encoding="utf-8")
    parts = source_blocks(words) if source.suffix == ".md" else plain_blocks(words, left_out)
    return missing(readable(parts) if file.suffix == ".pdf" else parts, letters(text(file)))


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(min(1, main(Path(given[0]) if given else ROOT / "output" / "sweep", tuple(given[1:]) or THEMES)))

"""The text layer of finished PDFs: how many of an article's words poppler reads, and how many the tag tree tells, in their order.

    PRESSOUT_ARTICLES=FOLDER[:FOLDER] python tests/text_layer.py [THEME]

builds each article of the folders as a PDF and prints a row for it. The words are those of the page that was laid out, without
its contents. A word counts where all its letters stand together, in the order of the text; a page's end may part them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from pathlib import Path

import pikepdf
from lxml import html

from pressout.verify.pdf.content import read_pages
from pressout.verify.pdf.tags import Tag, tag_tree

COMMAND = Path(sys.executable).parent / "pressout"
# Scripts without spaces: each character is a word
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\s\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
BLOCKS = ("p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "br", "pre", "figcaption", "div")
END = "\f"  # of a page
OUTSIDE = ("Contents", "Figure")  # contents are made; letters in pictures are pictures


def words_of(page: bytes) -> tuple[list[str], list[str]]:
    """The words of a page of XHTML as it runs, and those of its notes, without the contents."""
    body = html.document_fromstring(page).find("body")
    for contents in body.xpath("//nav"):
        contents.drop_tree()
    notes = body.xpath("//*[contains(concat(' ', @class, ' '), ' footnote ')]")
    apart = [text for note in notes for text in _texts(note)]
    for note in notes:
        note.drop_tree()
    return _words(_texts(body)), _words(apart)


def _texts(element: html.HtmlElement) -> list[str]:
    """Its texts; blocks are parted, and words that marks begin or end within are whole."""
    for block in element.iter(
        "p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "br", "pre", "figcaption", "div"
    ):
        block.tail = f"\n{block.tail or ''}"
    return ["".join(element.itertext()), "\n"]


def _words(texts: Iterable[str]) -> list[str]:
    return [word for found in WORD.findall("".join(texts)) if (word := letters(found))]


def letters(text: str) -> str:
    """Letters, their vowel signs and digits; a page's end stays. Capitals that a theme sets make no difference."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in composed if letter == END or unicodedata.category(letter)[0] in "LMN")


def printed(pdf: Path) -> str:
    """What poppler reads, in the order in which it is drawn."""
    return subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout


def told(path: Path) -> str:
    """What the tag tree tells, in its order, without what pressout made of its own."""
    with pikepdf.open(path) as pdf:
        tree = tag_tree(pdf, read_pages(pdf).texts)
        return "".join(piece.text for piece in tree.pieces if not _is_outside(piece.tag))


def _is_outside(tag: Tag) -> bool:
    return any(above.kind in OUTSIDE for above in tag.within())


def given(words: tuple[list[str], list[str]], stream: str) -> int:
    """How many of the words stand in the stream: the text's in their order, then the notes' in theirs, in what is left."""
    running, notes = words
    heard = letters(stream)
    places = align("".join(running), heard)
    taken = set(places)
    left = "".join(END if place in taken else letter for place, letter in enumerate(heard))
    return _whole(running, places, heard) + _whole(notes, align("".join(notes), left), left)


def align(wanted: str, heard: str) -> list[int]:
    """The place in one string of each letter of another, -1 where it is not there in its order; by GNU diff."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("wanted", wanted), ("heard", heard)):
            Path(folder, name).write_text("".join(f"{ord(letter)}\n" for letter in text))
        formats = ("--old-line-format=-", "--new-line-format=+", "--unchanged-line-format==")
        compared = subprocess.run(["diff", *formats, "wanted", "heard"], cwd=folder, capture_output=True, text=True, check=False)
    places, at = [], 0
    for step in compared.stdout:
        places += [at] if step == "=" else [-1] if step == "-" else []
        at += step != "-"
    for index, place in enumerate(places[1:], start=1):  # of two like letters, the one that is next
        if 0 <= places[index - 1] < place and heard[places[index - 1] + 1] == heard[place]:
            places[index] = places[index - 1] + 1
    return places


def _whole(words: Sequence[str], places: Sequence[int], heard: str) -> int:
    count = at = 0
    for word in words:
        count += _is_whole(word, places[at : at + len(word)], heard)
        at += len(word)
    return count


def _is_whole(word: str, places: Sequence[int], heard: str) -> bool:
    """Whether a word stands there in one piece; of two like letters, its first or last may be taken for the other."""
    first, last = places[0], places[-1]
    if (first >= 0 and heard.startswith(word, first)) or (last >= 0 and heard.endswith(word, 0, last + 1)):
        return True
    return -1 not in places and all(after == before + 1 or END in heard[before:after] for before, after in pairwise(places))


def measure(article: Path, theme: str, folder: Path) -> tuple[int, int, int]:
    """The words of an article, those that poppler reads, those that the tag tree tells."""
    common = (article, "--theme", theme, "--quiet")
    subprocess.run([COMMAND, "build", *common, "--to", "pdf", "--out", folder], capture_output=True, check=True)
    page = subprocess.run([COMMAND, "inspect", *common, "--stage", "html"], capture_output=True, check=True).stdout
    words, pdf = words_of(page), folder / f"{article.stem}.pdf"
    return len(words[0]) + len(words[1]), given(words, printed(pdf)), given(words, told(pdf))


def main() -> None:
    theme = sys.argv[1] if sys.argv[1:] else "plain"
    folders = [Path(name) for name in os.environ["PRESSOUT_ARTICLES"].split(os.pathsep)]
    articles = chain.from_iterable(sorted((*folder.glob("*.md"), *folder.glob("*.txt"))) for folder in folders)
    print("article | words | pdftotext | tag tree")
    with tempfile.TemporaryDirectory() as folder:
        for article in articles:
            total, poppler, tags = measure(article, theme, Path(folder))
            print(f"{article.stem} | {total} | {poppler} | {tags}", flush=True)


if __name__ == "__main__":
    main()

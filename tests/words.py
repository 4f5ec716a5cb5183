"""An oracle for words: those of a source, held against those of a finished file; it shares no code with pressout."""

from __future__ import annotations

import html
import re
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

CLOSE = 4  # letters: the mark of a note
CHANCE = 9  # letters; so many agree nowhere else
WINDOW = 9_000  # letters: two dense pages; more than that stands between two parts of one block nowhere
WORDPROCESSING = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What each format sets in a place of its own: notes, captions, credits, sources; the group is their words
ELSEWHERE = (
    r"\^\[([^]]*)\]",
    r"(?ms)^\[\^[^]]+\]:(.*?)(?=^\S|\Z)",
    r'!\[[^]]*\]\(\S+?(?:\s+"([^"]*)")?\)',
    r'(?:credit|source)="([^"]*)"',
    r"(?m)^(?::|Table:) (.*)$",
    r"<caption>(.*?)</caption>",
)
# What is mark, not word, in a Markdown source; each with what stands in its place
MARKS = (
    (r"(?is)<(style|script)\b.*?</\1>", ""),  # left out, and reported
    (r"(?m)^\*\[[^]]+\]:.*$", ""),  # what an abbreviation stands for is not set as text
    (r"(?m)^[\s>]*(```+|~~~+).*$", ""),  # a fence and its language
    (r"(?m)^\s*:::.*$", "\n"),
    (r"(?m)^(\s*>)*\s*\[!\w+\]", "\n"),
    (r"\[\^[^]]+\]", " "),
    (r"@(?:fig|tbl|sec|lst)-[\w-]+|\[\]\(#[^)]*\)", "\n\n"),  # the words that a reference shows stand between
    (r'\]\((?:[^()\s]|\([^()]*\))*(?:\s+"[^"]*")?\)', "]"),
    (r"<((?:https?|mailto):[^>]+)>", r"\1"),
    (r"</?(?:table|caption|thead|tbody|tr|td|th|p|div|li|ul|ol|figure|figcaption)\b[^>]*>", "\n\n"),
    (r"</?[A-Za-z](?:=>|[^>])*>|<!--.*?-->", ""),  # an arrow in a tag's attribute ends no tag
    (r"\{(?=[#.]|[\w-]+=)[^{}]*\}", ""),
    (r"(?m)^[\s>]*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\])?", "\n\n"),  # an item's number is the list's, not the text's
    (r"\\\n", "\n"),
)
FRONT_LINES = 12  # of a plain text: title, authors, date, and what a website puts about them
FRONT_WORDS = 25
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
BY = re.compile(r"(?:by|von|par|por|di|autor\w*|authors?)\b", re.IGNORECASE)
NAME = re.compile(r"(?<=\s)[^\W\d_a-z][^\W\d_]{3,}")
NOTE = re.compile(r"\[\d+\]")  # its mark is set as the format sets marks
# Where a PDF's text is not in reading order, or not in the letters that were written: pdftotext's own limits
UNREADABLE = re.compile(r"[\u0590-\u08ff\u0900-\u0dff]")
Words = list[str]
Blocks = tuple[list[Words], list[Words]]


def source_blocks(text: str) -> Blocks:
    """The words of each block of a Markdown source: of the text as it runs, and of what stands elsewhere."""
    text, elsewhere = re.sub(r"(?s)\A---\n.*?\n---\n", "", text), ""
    for pattern in ELSEWHERE:
        elsewhere += "".join(f"\n\n{words}" for words in re.findall(pattern, text))
        text = re.sub(pattern, "", text)
    return blocks(text), blocks(elsewhere)


def plain_blocks(text: str, without: set[int]) -> Blocks:
    """The words of a plain text's lines, and of its notes, without the lines of these numbers.

    Of the short lines at its head that tell authors and date, which are set anew, the names alone.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if number not in without]
    front = [line for number, line in lines if number <= FRONT_LINES and is_front(line)]
    notes = [line for _, line in lines if NOTE.match(line)]
    running = "\n\n".join(line for _, line in lines if line not in front and line not in notes)
    names = [[letters(name)] for line in front for name in NAME.findall(line)]
    return blocks(NOTE.sub("", running)), blocks(NOTE.sub("", "\n\n".join(notes))) + names


def is_front(line: str) -> bool:
    """Whether a line has a year and few words, or begins as the lines do that name an author."""
    few = len(line.split()) <= FRONT_WORDS
    return few and bool(YEAR.search(line) or BY.match(line))


def readable(source: Blocks) -> Blocks:
    """The blocks that pdftotext gives back as they were written."""
    running, elsewhere = ([words for words in part if not UNREADABLE.search("".join(words))] for part in source)
    return running, elsewhere


def blocks(text: str) -> list[Words]:
    for pattern, instead in MARKS:
        text = re.sub(pattern, instead, text)
    parts = re.split(r"\n\s*\n|(?<=\|)\n(?=\|)", html.unescape(text))
    found = ([letters(word) for word in re.split(r"[\s|]+", part)] for part in parts)
    return [[word for word in words if word] for words in found if any(words)]


def letters(text: str) -> str:
    """Letters and digits alone: hyphens, quotes, spaces and capitals that a theme sets make no difference."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def missing(source: Blocks, stream: str) -> list[str]:
    """The blocks that do not stand in the stream, one behind the other, each with its words in their order.

    The end of a page or a note may interrupt a block.
    """
    lost, at = [], 0
    running, elsewhere = source
    for words in running:
        start = stream.find("".join(words), at, at + WINDOW)
        end = start + len("".join(words)) if start >= 0 else interrupted("".join(words), stream, at)
        lost += [] if end else [" ".join(words)]
        at = end or at
    return lost + [" ".join(words) for words in elsewhere if not anywhere("".join(words), stream)]


def anywhere(whole: str, stream: str) -> bool:
    starts = (found.start() for found in re.finditer(re.escape(whole[:CHANCE]), stream))
    return any(interrupted(whole, stream, start) for start in starts)


def interrupted(whole: str, stream: str, at: int) -> int:
    """Where the letters of a block end that stand behind `at` in pieces; 0 where they do not.

    What comes between two pieces is a note's mark, or the foot and the head of a page; after the latter a piece must be long
    enough to be no chance.
    """
    if not whole:
        return at
    for size, window in ((1, CLOSE), (CHANCE, WINDOW)):
        start = stream.find(whole[:size], at, at + window)
        while start >= 0:
            length = agreeing(whole, stream, start)
            # The last letters may be those of what interrupts
            ends = (
                interrupted(whole[cut:], stream, start + cut) for cut in range(length, max(length - 4, min(length, size) - 1), -1)
            )
            end = next(filter(None, ends), 0)
            if end:
                return end
            start = stream.find(whole[:size], start + 1, at + window)
    return 0


def agreeing(whole: str, stream: str, start: int) -> int:
    """How many letters of the block stand in the stream from `start` on."""
    return next((n for n, letter in enumerate(whole) if stream[start + n : start + n + 1] != letter), len(whole))


def epub_text(path: Path) -> str:
    """The text of an EPUB's files in the order of its spine, without its navigation."""
    archive = zipfile.ZipFile(path)
    package = next(name for name in archive.namelist() if name.endswith(".opf"))
    root = etree.fromstring(archive.read(package))
    files = {item.get("id"): item.get("href") for item in root.iter("{*}item") if "nav" not in (item.get("properties") or "")}
    hrefs = [files[item.get("idref")] for item in root.iter("{*}itemref") if item.get("idref") in files]
    pages = (etree.fromstring(archive.read(str(Path(package).parent / str(href)))) for href in hrefs)
    return " ".join(" ".join(body.itertext()) for page in pages for body in page.iter("{*}body"))


def docx_text(path: Path) -> str:
    """The text of a Word file: its body without the contents list, then its notes."""
    archive = zipfile.ZipFile(path)
    names = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
    roots = [etree.fromstring(archive.read(name)) for name in names if name in archive.namelist()]
    paragraphs = (paragraph for root in roots for paragraph in root.iter(f"{WORDPROCESSING}p"))
    return "\n".join("".join(own_text(paragraph)) for paragraph in paragraphs if not is_contents(paragraph))


def own_text(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter(f"{WORDPROCESSING}t", f"{WORDPROCESSING}br", f"{WORDPROCESSING}tab"):
        yield (element.text or "") if element.tag == f"{WORDPROCESSING}t" else " "


def is_contents(paragraph: etree._Element) -> bool:
    style = paragraph.find(f"{WORDPROCESSING}pPr/{WORDPROCESSING}pStyle")
    return style is not None and str(style.get(f"{WORDPROCESSING}val")).lower().startswith("toc")


def pdf_text(path: Path) -> str:
    """The text of a PDF in the order in which it is drawn."""
    said = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], capture_output=True, check=True)
    return said.stdout.decode()

"""The source map: every reading character names the place in the file that it came from, and holds it."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pyromark
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pressout.diagnostics import Report
from pressout.model import CodeBlock, Heading, Paragraph, Source
from pressout.readers.markdown import Article, parse_article
from pressout.readers.source.recording import AT, BEGIN, PIECES, record
from pressout.readers.sourcemap import OBJECT, Passage
from pressout.walk import walk
from specification import examples

INPUT = Path(__file__).parents[1] / "input"
RECORDED = (PIECES, AT, BEGIN)
BREAKS = ("<br", "\\\n")


@cache
def articles() -> dict[str, str]:
    """The project's own articles, and those of the folder that PRESSOUT_ARTICLES names, as their bytes are."""
    folders = [INPUT, *map(Path, filter(None, [os.environ.get("PRESSOUT_ARTICLES")]))]
    return {path.name: path.read_bytes().decode("utf-8") for folder in folders for path in sorted(folder.glob("*.md"))}


@cache
def texts() -> dict[str, str]:
    """All that can be read: articles, and the examples of both specifications."""
    written = {f"{name} {each.number}": each.markdown for name in ("commonmark", "gfm") for each in examples(name)}
    return {**articles(), **written}


@cache
def article_of(text: str) -> Article:
    return parse_article(Source(text, "article.md"), Report())


def characters(article: Article) -> Iterator[tuple[Passage, str, int, int]]:
    for passage in article.map.passages:
        for character, (start, end) in zip(passage.text, passage.places(), strict=True):
            yield passage, character, start, end


def holds(raw: str, character: str) -> bool:
    """Whether a stretch of the file is a way of writing this character."""
    if raw == character or (character == "\n" and ("\n" in raw or "\r" in raw or raw.startswith("<br"))):
        return True
    if character == OBJECT:
        return raw.startswith(("!", "[", "^", "@", "<img"))
    if character == " " and raw and not raw.strip(" \t\r\n\x0b\x0c>"):
        return True
    if raw.startswith("\\") and len(raw) == 2:
        return raw[1] == character
    if raw.startswith("&"):
        return character in html.unescape(raw) or character == "\ufffd"
    return raw.startswith(("<q", "</q", "<Q", "</Q")) and character == '"'


def faults(text: str) -> tuple[int, int, list[str]]:
    """How many characters were looked at, how many have only the place of a whole value, and those whose place holds another.

    Only a caption or a metadata value that is written with escapes may stand for its whole place.
    """
    wrong: list[str] = []
    count = lumped = 0
    for passage, character, start, end in characters(article_of(text)):
        count += 1
        if holds(text[start:end], character):
            continue
        if passage.kind in ("caption", "metadata") and end - start > 1:
            lumped += 1
        else:
            wrong.append(f"{character!r} from {text[start:end]!r} in {passage.text[:60]!r}")
    return count, lumped, wrong


def test_every_character_holds_its_place() -> None:
    total = lumped = 0
    wrong: list[str] = []
    for name, text in texts().items():
        count, lumps, found = faults(text)
        total, lumped = total + count, lumped + lumps
        wrong += [f"{name}: {each}" for each in found]
    exact = total - lumped - len(wrong)
    print(f"\nmap: {exact} of {total} characters exact, {lumped} for a value as a whole, {len(texts())} texts")
    assert not wrong, wrong[:5]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends(end: str) -> None:
    for name, text in texts().items():
        if "\r" in text:
            continue
        other = text.replace("\n", end)
        _, _, wrong = faults(other)
        assert not wrong, (name, wrong[:3])
        read = [passage.text for passage in article_of(other).map.passages]
        assert read == [passage.text for passage in article_of(text).map.passages], name


def test_byte_order_mark_and_forbidden_characters() -> None:
    text = "\ufeff# A\x00b\n\nc\x01d\x0ce\tf\n"
    report = Report()
    article = parse_article(Source(text, "article.md"), report)
    assert [passage.text for passage in article.map.passages] == ["A\ufffdb", "c\ufffdd e\tf"]
    assert [(start, end) for _, _, start, end in characters(article)][:3] == [(3, 4), (4, 5), (5, 6)]
    assert str(report.diagnostics[0].span) == "article.md:1:4"


def test_tabs() -> None:
    text = "-\tone\n\n\t\tcode\n>\t\tquoted\n\n1.\tx\ty\n\n\t  deep\n"
    _, _, wrong = faults(text)
    assert not wrong
    places = {start for _, _, start, _ in characters(article_of(text))}
    assert text.index("code") in places and text.index("deep") in places


def test_places_ascend_in_each_passage() -> None:
    for name, text in texts().items():
        last: tuple[Passage | None, int] = (None, 0)
        for passage, _, start, _ in characters(article_of(text)):
            assert last[0] is not passage or start >= last[1], (name, passage.text[:60])
            last = passage, start


def test_keys_are_the_leaves_and_stand_once() -> None:
    for name, text in texts().items():
        article = article_of(text)
        keys = [passage.key for passage in article.map.passages]
        assert len(keys) == len(set(keys)), name
        leaves = [node for node in walk(article.document.blocks) if node.__class__ in (Heading, Paragraph, CodeBlock)]
        for leaf in leaves:
            assert leaf.span and leaf.span.start in keys, (name, leaf)


SIGNS = """
* ** _ ` ~~ ~ ^ == [ ]( ] { } {#a} {.b} | > - 1. ![ — \\ &amp; @fig-a [^1] ^[ https://a.bc/ →
<b> </b> <div> </div> <table><tr><td> </td> <!-- --> <script> </script> <q> ␀ ␋ ⍽ ↵¶ ¶ ¶¶ ·· ····
[^1]:·x¶ Table:· :· ---¶ #· ```¶ :::¶ :::·note¶ >·[!NOTE]¶ *[A]:·b¶
"""
MEANT = str.maketrans("·¶→␀␋⍽↵", " \n\t\0\x0b\u00a0\r")


def spliced(random: Random) -> str:
    """A stretch of an article or an example with signs set into it anywhere."""
    text = random.choice(list(texts().values()))
    start = random.randrange(len(text))
    text = text[start : start + random.randrange(20, 800)]
    for _ in range(random.randrange(15)):
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(SIGNS.split()).translate(MEANT) + text[at + random.choice((0, 0, 1, 3)) :]
    return text.replace("\n", "\r\n") if random.random() < 0.2 else text


def test_broken_texts_have_a_map_too() -> None:
    random = Random(1)
    for _ in range(600):
        text = spliced(random)
        article = parse_article(Source(text, "article.md"), Report())
        keys = [passage.key for passage in article.map.passages if passage.text]
        assert len(keys) == len(set(keys)), text
        for passage, character, start, end in characters(article):
            assert 0 <= start < end <= len(text), (text, passage)
            lumped = end - start > 1 and passage.kind not in ("paragraph", "heading", "code", "term", "verse")
            assert holds(text[start:end], character) or lumped or character == "\ufffd", (text, character, text[start:end])


def test_lookup() -> None:
    text = "# A &amp; b\n\n> one\n> *two*\n"
    article = article_of(text)
    heading, paragraph = article.map.passages
    assert article.map.passage(0) is heading and article.map.passage(1) is None
    assert heading.place(2) == (4, 9) and heading.index(5) == 2 and heading.index(10) == 4
    assert paragraph.text == "one\ntwo" and paragraph.lines == (3, 4)
    assert paragraph.path[0].kind == "quote" and text[slice(*paragraph.place(4))] == "t"
    with pytest.raises(IndexError):
        paragraph.place(7)


def test_spans_lie_in_one_another() -> None:
    text = articles()["specimen.md"]
    for node in walk(article_of(text).document.blocks):
        if node.span:
            line = text[: node.span.start].count("\n") + 1
            assert (node.span.line, node.span.file) == (line, "article.md")
            assert node.span.start <= node.span.end <= len(text)


def bare(token: Token) -> dict[str, Any]:
    """A token without what the recording has left in it."""
    meta = {key: value for key, value in token.meta.items() if key not in RECORDED}
    children = [bare(child) for child in token.children] if token.children is not None else None
    return {**token.as_dict(children=False), "meta": meta, "children": children}


@pytest.mark.parametrize("preset", ["commonmark", "gfm-like2"])
def test_recording_changes_no_token(preset: str) -> None:
    stock = MarkdownIt(preset, {"linkify": False})
    recording = record(MarkdownIt(preset, {"linkify": False}))
    stock.core.ruler.disable("text_join")
    for name, text in texts().items():
        text = re.sub("\r\n?", "\n", text).replace("\0", "\ufffd")
        assert [bare(token) for token in recording.parse(text)] == [bare(token) for token in stock.parse(text)], name


OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
)


def witnessed(text: str) -> tuple[dict[int, str], set[int]]:
    """What pulldown-cmark reads at which byte: its verbatim characters, and the bytes that it does not read as text."""
    seen: dict[int, str] = {}
    other: set[int] = set()
    closed = 0
    for event, place in pyromark.events_with_range(text, options=OPTIONS):
        kind, value = next(iter(event.items())) if isinstance(event, dict) else (event, "")
        start, end = place["start"], place["end"]
        opens = kind == "Start" and isinstance(value, dict) and ({"Image", "HtmlBlock", "MetadataBlock"} & set(value))
        opens = opens or (kind == "Start" and value == "HtmlBlock")
        if kind in ("Html", "InlineHtml") or opens:
            other.update(range(start, end))
            closed = max(closed, end)
        elif kind == "Text" and start >= closed and len(value.encode()) == end - start:
            add(seen, value, start)
        elif kind == "Code" and start >= closed and "\n" not in value:
            inside = text.encode()[start:end]
            found = inside.find(value.encode(), len(inside) - len(inside.lstrip(b"`")))
            add(seen, value, start + found) if found >= 0 else None
    return seen, other


def add(seen: dict[int, str], value: str, start: int) -> None:
    for character in value:
        seen[start] = character
        start += len(character.encode())


def test_an_independent_parser_agrees() -> None:
    """pulldown-cmark, by its own byte ranges, on all articles without pressout's own syntax and on the examples without HTML."""
    agreed = compared = 0
    wrong: list[str] = []
    for name, text in texts().items():
        if re.search(r"^:::|\{[#.]|~\S+~|\^\S+\^|==|^: |@tbl-|@fig-", text, re.MULTILINE):
            continue  # pressout's own syntax, which the witness takes for text
        bytes_at = [0]
        for character in text:
            bytes_at.append(bytes_at[-1] + len(character.encode()))
        seen, other = witnessed(text)
        read = {bytes_at[end - 1]: character for _, character, start, end in characters(article_of(text)) if end - start < 3}
        for place in seen.keys() & read.keys():
            compared += 1
            agreed += seen[place] == read[place]
        missed = [place for place, character in seen.items() if place not in read and place not in other and character.isalnum()]
        wrong += [f"{name}: {text.encode()[place - 20 : place + 20]!r}" for place in missed]
    print(f"\nwitness: {agreed} of {compared} comparable characters agree; {len(wrong)} that only the witness reads")
    assert agreed == compared and not wrong, wrong[:8]

"""Texts: what is found in plain words: addresses that are links, abbreviations, marks of notes that are not there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from pressout.model import Abbreviation, Inline, Inlines, Link, Text
from pressout.readers.source.unclosed import warn_signs

if TYPE_CHECKING:
    from pressout.diagnostics import Span
    from pressout.readers.source.inlines import InlineReader

MISSING = re.compile(r"\[\^([^\]\s]+)\]")

# GitHub's extended autolinks; an address ends before ideographs, kana and hangul, which follow it without a blank
ADDRESS = re.compile(
    r"(?<![A-Za-z0-9_@./:-])(?:(?P<web>(?:https?|ftp)://|www\.)[^\s<\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]+"
    r"|(?P<mail>[A-Za-z0-9.+_-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+)(?![\w@]))"
)
HOST = re.compile(r"(?:(?:https?|ftp)://)?(?:[\w-]+\.)*[^\W_-][\w-]*\.[^\W_](?:[^\W_]|-)*(?=[:/?#]|$)")
AFTER = re.compile(r"&[A-Za-z0-9]+;$|[?!.,:*_~'\"]$")


def finished(reader: InlineReader, content: list[Inline], begins: dict[int, int], in_link: bool) -> Inlines:
    """The content with what is found in its texts; `begins` are their first reading characters, by their index."""
    pattern = abbreviations(reader)
    made: list[Inline] = []
    for index, node in enumerate(content):
        match node:
            case Text(text=text) if index in begins:
                warn_missing(reader, text, begins[index])
                warn_signs(reader.report, text, partial(place_of, reader, begins[index]))
                found = [*addresses(text if not in_link else ""), *shortened(reader, pattern, text)]
                made.extend(split(reader, node, begins[index], sorted(found)) if found else (node,))
            case _:
                made.append(node)
    return tuple(made)


Found = tuple[int, int, str, bool]
"""From and up to which character of a text something stands, its target or expansion, and whether it is a link."""


def addresses(text: str) -> Iterator[Found]:
    """The addresses in a text, with what they lead to."""
    if "@" not in text and "://" not in text and "www." not in text:
        return
    for match in ADDRESS.finditer(text):
        word = trimmed(match[0]) if match["web"] else match[0]
        if match["web"] and HOST.match(word):
            yield match.start(), match.start() + len(word), word if "://" in word else f"http://{word}", True
        elif match["mail"] and word[-1] not in "-_":
            yield match.start(), match.end(), f"mailto:{word}", True


def trimmed(word: str) -> str:
    """An address without the marks of the sentence around it."""
    while True:
        after = AFTER.search(word)
        if after:
            word = word[: after.start()]
        elif word.endswith(")") and word.count(")") > word.count("("):
            word = word[:-1]
        else:
            return word


def shortened(reader: InlineReader, pattern: re.Pattern[str] | None, text: str) -> Iterator[Found]:
    """The abbreviations in a text, with what they stand for."""
    for match in pattern.finditer(text) if pattern else ():
        reader.env["abbreviated"].pop(match[0], None)
        yield match.start(), match.end(), reader.env["abbreviations"][match[0]], False


def abbreviations(reader: InlineReader) -> re.Pattern[str] | None:
    """Any abbreviation of the document, as a word by itself."""
    known: dict[str, str] = reader.env["abbreviations"]
    if not known:
        return None
    if "abbreviation" not in reader.env:
        words = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
        reader.env["abbreviation"] = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    pattern: re.Pattern[str] = reader.env["abbreviation"]
    return pattern


def split(reader: InlineReader, node: Text, begin: int, found: list[Found]) -> Iterator[Inline]:
    """A text cut at what was found in it; of two things in one place the first counts."""
    at = 0
    for start, end, value, is_link in found:
        if start < at:
            continue
        if start > at:
            yield Text(node.text[at:start], span=span_of(reader, begin + at, begin + start))
        word, span = node.text[start:end], span_of(reader, begin + start, begin + end)
        yield Link((Text(word, span=span),), value, span=span) if is_link else Abbreviation(word, value, span=span)
        at = end
    if at < len(node.text):
        yield Text(node.text[at:], span=span_of(reader, begin + at, begin + len(node.text)))


def warn_missing(reader: InlineReader, text: str, begin: int) -> None:
    """Warn of each `[^label]` in a text that leads to no note."""
    for match in MISSING.finditer(text) if "[^" in text else ():
        span = span_of(reader, begin + match.start(), begin + match.end())
        if span.end - span.start == len(match[0]):  # an escaped bracket is longer in the source, and meant
            hint = f"write [^{match[1]}]: and its text on a line of its own, or \\[ for a bracket"
            reader.report.warn(f"there is no note '{match[1]}'", span, hint=hint)


def place_of(reader: InlineReader, begin: int, start: int, end: int) -> Span:
    """The place of a range of a text that begins at a reading character."""
    return span_of(reader, begin + start, begin + end)


def span_of(reader: InlineReader, first: int, behind: int) -> Span:
    """The place of a range of reading characters."""
    start = reader.runs[bisect_right(reader.runs, first, key=lambda run: run.at) - 1].place(first)[0]
    end = reader.runs[bisect_right(reader.runs, behind - 1, key=lambda run: run.at) - 1].place(behind - 1)[1]
    return reader.copy.file_span(start, end)

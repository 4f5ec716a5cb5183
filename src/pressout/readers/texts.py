"""Texts: abbreviations found in the words of a text, and notes' marks that lead nowhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pressout.model import Abbreviation, Inline, Inlines, Text

if TYPE_CHECKING:
    from pressout.diagnostics import Span
    from pressout.readers.inlines import InlineReader

MISSING = re.compile(r"\[\^([^\]\s]+)\]")


def finished(reader: InlineReader, content: list[Inline], begins: dict[int, int]) -> Inlines:
    """The content with its abbreviations; `begins` are the first reading characters of its texts, by their index."""
    pattern = abbreviations(reader)
    made: list[Inline] = []
    for index, node in enumerate(content):
        match node:
            case Text(text=text) if index in begins:
                warn_missing(reader, text, begins[index])
                made.extend(split(reader, pattern, node, begins[index]) if pattern else (node,))
            case _:
                made.append(node)
    return tuple(made)


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


def split(reader: InlineReader, pattern: re.Pattern[str], node: Text, begin: int) -> Iterator[Inline]:
    at = 0
    for match in pattern.finditer(node.text):
        if match.start() > at:
            yield Text(node.text[at : match.start()], span=span_of(reader, begin + at, begin + match.start()))
        expansion = reader.env["abbreviations"][match[0]]
        yield Abbreviation(match[0], expansion, span=span_of(reader, begin + match.start(), begin + match.end()))
        at = match.end()
    if at < len(node.text):
        yield Text(node.text[at:], span=span_of(reader, begin + at, begin + len(node.text))) if at else node


def warn_missing(reader: InlineReader, text: str, begin: int) -> None:
    for match in MISSING.finditer(text) if "[^" in text else ():
        span = span_of(reader, begin + match.start(), begin + match.end())
        if span.end - span.start == len(match[0]):  # an escaped bracket is longer in the source, and meant
            hint = f"write [^{match[1]}]: and its text on a line of its own, or \\[ for a bracket"
            reader.report.warn(f"there is no note '{match[1]}'", span, hint=hint)


def span_of(reader: InlineReader, first: int, behind: int) -> Span:
    """The place of a range of reading characters."""
    starts = [run.at for run in reader.runs]
    start = reader.runs[bisect_right(starts, first) - 1].place(first)[0]
    end = reader.runs[bisect_right(starts, behind - 1) - 1].place(behind - 1)[1]
    return reader.copy.file_span(start, end)

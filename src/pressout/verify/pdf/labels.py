"""What the pages of a PDF are called: their labels (ISO 32000-1, 12.4.2), and the folios that are printed on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from pressout.verify.pdf.links import leaves

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"))
ROMAN_ONES = ((5, "v"), (4, "iv"), (1, "i"))
LETTERS = "abcdefghijklmnopqrstuvwxyz"
FOLIO = re.compile(r"[\W_]*(?:[^\W\d]+\.?\s+)?(\d{1,4}|[ivxlcdm]{1,9})(?:\s*(?:/|\b[^\W\d]+\b)\s*\d{1,4})?[\W_]*", re.IGNORECASE)
ENDLESS = 10_000  # such numbers in letters fill the screen
FEWEST = 3  # folios in a row that show that they are folios


def page_labels(pdf: Any) -> tuple[str, ...]:
    """The label of each page in order; none where the file does not say them."""
    root = pdf.Root.get("/PageLabels")
    if root is None:
        return ()
    count = len(pdf.pages)
    listed = ((int(index), style) for index, style in leaves(root, "/Nums"))
    starts = sorted((each for each in listed if 0 <= each[0] < count), key=itemgetter(0))
    labels = [str(number) for number in range(1, count + 1)]
    for (start, style), (end, _) in pairwise([*starts, (count, None)]):
        first = int(style.get("/St", 1))
        labels[start:end] = [
            f"{style.get('/P', '')}{_number(first + page - start, str(style.get('/S', '')))}" for page in range(start, end)
        ]
    return tuple(labels)


def _number(number: int, style: str) -> str:
    match style if 0 < number < ENDLESS else "/D":
        case "/D":
            return str(number)
        case "/r" | "/R":
            return _roman(number) if style == "/r" else _roman(number).upper()
        case "/a" | "/A":
            letters = LETTERS[(number - 1) % len(LETTERS)] * ((number - 1) // len(LETTERS) + 1)
            return letters if style == "/a" else letters.upper()
        case _:
            return ""


def _roman(number: int) -> str:
    said = ""
    for value, letters in (*ROMAN, *ROMAN_ONES):
        said += letters * (number // value)
        number %= value
    return said


def unlike(labels: Sequence[str], margins: Mapping[int, Sequence[str]]) -> Iterator[tuple[int, str, str]]:
    """Each page whose folio is not its label: its number from 1, the folio, the label.

    A folio is the one number among what stands in the margins of a page, if it goes up by one from page to page.
    """
    found = {page: folio for page, texts in margins.items() if (folio := _folio(texts)) and page <= len(labels)}
    numbered = sorted((page, _value(folio)) for page, folio in found.items())
    runs = [[page for page, _ in run] for _, run in groupby(numbered, key=lambda pair: pair[1] - pair[0])]
    for page in (page for run in runs if len(run) >= FEWEST for page in run):
        if found[page].casefold() != labels[page - 1].casefold():
            yield page, found[page], labels[page - 1]


def _folio(texts: Sequence[str]) -> str:
    found = [match[1] for text in texts if (match := FOLIO.fullmatch(text.strip()))]
    return found[0] if len(found) == 1 else ""


def _value(folio: str) -> int:
    if folio.isdecimal():
        return int(folio)
    values = {letters: value for value, letters in (*ROMAN, *ROMAN_ONES)}
    parts = [values[letter] for letter in folio.casefold()]
    return sum(-part if part < after else part for part, after in zip(parts, [*parts[1:], 0], strict=True))

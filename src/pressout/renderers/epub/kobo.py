"""Kobo: pages as Kobo's own reader wants them, each sentence a span that it can count, mark and find again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

PAGE = "{http://www.w3.org/1999/xhtml}"
# Each begins a paragraph, by which Kobo counts
PARAGRAPHS = {f"{PAGE}{name}" for name in ("p", "li", "dt", "dd", "td", "th", "caption", "figcaption", "pre", "summary")}
PARAGRAPHS |= {f"{PAGE}h{level}" for level in range(1, 7)}
LEFT = {f"{PAGE}{name}" for name in ("pre", "script", "style")}  # what stays as it is
# A sentence ends with its stop, what closes after that, and the space before the next
SENTENCE = re.compile(r".+?(?:[.!?…]+[\"'”’»)\]]*\s+|[。！？]+[」』）]*\s*|$)", re.DOTALL)


@dataclass(slots=True)
class Count:
    """The paragraph and the sentence that were last begun in a file."""

    paragraph: int = 0
    sentence: int = 0


def in_sentences(page: bytes) -> bytes:
    """The page with a span round each sentence, in the two boxes by which Kobo lays it out in columns; its words are the same."""
    from lxml import etree

    root = etree.fromstring(page)
    body = next(root.iter(f"{PAGE}body"))
    _mark(body, Count())
    inner = etree.Element(f"{PAGE}div", {"id": "book-inner"})
    inner.text, body.text = body.text, None
    inner.extend(list(body))
    etree.SubElement(body, f"{PAGE}div", {"id": "book-columns"}).append(inner)
    markup = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{markup}\n'.encode()


def _mark(element: _Element, count: Count) -> None:
    if element.tag in PARAGRAPHS:
        count.paragraph, count.sentence = count.paragraph + 1, 0
    children = list(element)
    first, element.text = element.text, None
    spans = _spans(first or "", element, count)
    element[:0] = spans
    if not spans:
        element.text = first
    for child in children:
        if child.tag not in LEFT:
            _mark(child, count)
        tail, child.tail = child.tail, None
        after = _spans(tail or "", element, count)
        at = element.index(child) + 1
        element[at:at] = after
        if not after:
            child.tail = tail


def _spans(words: str, element: _Element, count: Count) -> list[_Element]:
    """A span for each sentence; none for blank space."""
    if not words.strip():
        return []
    spans = []
    for sentence in SENTENCE.findall(words):
        count.sentence += 1
        span = element.makeelement(f"{PAGE}span", {"class": "koboSpan", "id": f"kobo.{count.paragraph}.{count.sentence}"})
        span.text = sentence
        spans.append(span)
    return spans

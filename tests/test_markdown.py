"""The Markdown reader beside its references, and its behaviour on input that is hostile or very large."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pressout.diagnostics import Report
from pressout.model import Figure, Heading, Paragraph, Quote, Source
from pressout.readers.markdown import Article, parse_article
from pressout.readers.sourcemap import OBJECT
from pressout.walk import walk
from reference import of_blocks, of_html, words_of_html
from specification import examples

ROOT = Path(__file__).parents[1]
STOCK = MarkdownIt("gfm-like2", {"linkify": False})

# Examples whose reading differs from the reference's, and why
PROGRAMS = {"commonmark": {170, 172, 176, 178}, "gfm": {140, 141, 145, 147}}  # scripts and style sheets are no text
COMMENTS = {"commonmark": {180, 626}, "gfm": {149, 645}}  # where Python's HTML parser ends them elsewhere than CommonMark
UNENDED = {"commonmark": {173}, "gfm": {142}}  # a style sheet that never ends takes no text with it
FILTERED = {"gfm": {652}}  # GitHub shows the tags that it filters; here they are named in a warning

# Examples whose structure differs, and why
FRONT_MATTER = {"commonmark": {98}, "gfm": {68}}  # two lines of --- at the top are metadata, here without any
BARE_ADDRESSES = {"commonmark": {602, 606, 608, 611, 612}, "gfm": {610, 614, 616, 619, 620}}  # links, as on GitHub
NESTED_STRONG = {"gfm": {398, 426, 434, 435, 436, 473, 474, 475, 477}}  # CommonMark nests what GitHub's renderer joins


def article_of(text: str, report: Report | None = None) -> Article:
    return parse_article(Source(text, "article.md"), report or Report())


def has_html(text: str) -> bool:
    return any(token.type.startswith("html_") for token in all_tokens(STOCK.parse(text)))


def all_tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from all_tokens(token.children or [])


def reading(text: str) -> str:
    """All passages in the order of the source, and the pictures that stand alone."""
    article = article_of(text)
    parts = [(passage.key, passage.text) for passage in article.map.passages if passage.kind != "caption"]
    for node in walk(article.document.blocks):
        match node:
            case Figure(images=images):
                parts.extend((image.span.start, OBJECT) for image in images if image.span)
            case _:
                pass
    return " ".join(" ".join(part for _, part in sorted(parts)).split())


@pytest.mark.parametrize("name", ["commonmark", "gfm"])
def test_reading_text_is_the_references(name: str) -> None:
    differing, html, differing_html = set(), 0, set()
    for each in examples(name):
        same = reading(each.markdown) == words_of_html(each.html)
        if has_html(each.markdown):
            html += 1
            differing_html |= set() if same else {each.number}
        else:
            differing |= set() if same else {each.number}
    total = len(examples(name)) - html
    print(f"\n{name}: reading text of {total - len(differing)} of {total} examples")
    print(f"{name}: and of {html - len(differing_html)} of {html} with raw HTML")
    assert not differing
    assert differing_html == PROGRAMS[name] | COMMENTS[name] | UNENDED[name] | FILTERED.get(name, set())


@pytest.mark.parametrize("name", ["commonmark", "gfm"])
def test_structure_is_the_references(name: str) -> None:
    plain = [each for each in examples(name) if not has_html(each.markdown)]
    differing = {each.number for each in plain if of_blocks(article_of(each.markdown).document.blocks) != of_html(each.html)}
    print(f"\n{name}: structure of {len(plain) - len(differing)} of {len(plain)} examples")
    assert differing == FRONT_MATTER[name] | BARE_ADDRESSES[name] | NESTED_STRONG.get(name, set())


HOSTILE = {
    "headings": "".join(f"# Heading {number} {{#h{number}}}\n\ntext\n\n" for number in range(10_000)),
    "notes": "".join(f"word[^{number}]\n\n" for number in range(10_000)) + "".join(f"[^{n}]: note\n\n" for n in range(10_000)),
    "missing notes": "".join(f"word[^{number}]\n\n" for number in range(10_000)),
    "inline notes": "word^[a *note*]\n" * 10_000,
    "open brackets": "[a" * 10_000 + "]{" * 10_000,
    "open marks": "*a **b ==c ~d ^e " * 4_000,
    "open tags": "a <b>" * 10_000,
    "open divisions": "::: a\n" * 3_000,
    "spanning cells": "<table>" + "<tr><td colspan=1000 rowspan=1000>x</td></tr>" * 300 + "</table>",
    "attributes": '{a="b ' * 5_000,
    "lines": "word word  \n" * 20_000,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_time_grows_with_the_text(what: str) -> None:
    """Ten thousand of anything take seconds, not minutes: the quadratic forms of these took one to three minutes."""
    start = time.process_time()
    article_of(HOSTILE[what])
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "text", [">" * 1000 + " deep", "> " * 1000 + "deep", "- " * 1000 + "deep", "<div>" * 1000 + "deep", "[" * 3000 + "deep"]
)
def test_depth_keeps_the_words(text: str) -> None:
    report = Report()
    article = article_of(text, report)
    assert "deep" in article.map.passages[-1].text
    depth = sum(node.__class__ is Quote for node in walk(article.document.blocks))
    assert depth <= 40
    assert text.startswith(("<", "[")) or "deep in one another" in report.diagnostics[0].message


def test_forbidden_characters_are_named() -> None:
    report = Report()
    article_of("one\ntwo \x08 and \x02\n", report)
    assert str(report.diagnostics[0]).startswith(
        "article.md:2:5: warning: the character U+0008 may stand in no XML file, and 1 more"
    )


def test_braces_of_template_languages_are_text() -> None:
    text = "{{ page.title }} and {% if x %} and `{{ code }}`\n"
    (paragraph,) = article_of(text).document.blocks
    match paragraph:
        case Paragraph():
            assert article_of(text).map.passages[0].text == text.replace("`", "").strip()
        case _:
            raise AssertionError(paragraph)


def test_the_manuals_examples_are_read_without_a_word_of_complaint() -> None:
    manual = (ROOT / "docs" / "markdown.md").read_text(encoding="utf-8")
    found = re.findall(r"^```(?:markdown|html|yaml)\n(.*?)^```$", manual, re.MULTILINE | re.DOTALL)
    assert len(found) > 5
    for text in (manual, *found):
        report = Report()
        article_of(text, report)
        assert not report.diagnostics, text


def test_spans_name_line_and_column() -> None:
    text = "---\ntitle: T\n---\n\n> - A\n>   # B\n"
    spans = [str(node.span) for node in walk(article_of(text).document.blocks) if node.__class__ is Heading]
    assert spans == ["article.md:6:5"]

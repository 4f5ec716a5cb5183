"""Plain text: spans are exact, no word goes missing, and what an article is does not hang on how its lines were broken."""

from __future__ import annotations

import re
import textwrap
import time
import tomllib
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressout.diagnostics import Report
from pressout.model import CodeBlock, Document, Heading, List, Paragraph, QuestionAnswer, Source, Text
from pressout.readers.plain.artefacts import Artefact, artefact_places, look
from pressout.readers.plain.bylines import read_byline, vocabulary
from pressout.readers.plain.lines import join_lines, split_lines
from pressout.readers.plain.sentences import ends_question, ends_sentence, sentence_breaks
from pressout.readers.plaintext import read_plaintext
from pressout.walk import plain_text, walk

ARTICLE = (Path(__file__).parents[1] / "input" / "the-square-root-of-paper.txt").read_text("utf-8")
SENTENCE = "These are the words of a paragraph that goes on for a while, and then comes to its end. "
PARAGRAPH = SENTENCE * 3


def read(text: str) -> Document:
    return read_plaintext(Source(text, "text.txt"), Report())


def kinds(document: Document) -> list[str]:
    """What the document is made of, with the words and levels, but without the places."""
    return [describe(block) for block in document.blocks]


def describe(block: object) -> str:
    match block:
        case Heading(level=level, content=content):
            return f"{level} {plain_text(content)}"
        case QuestionAnswer(question=question, answer=answer):
            return f"? {plain_text(question)} {' '.join(map(describe, answer))}"
        case Paragraph(content=content):
            return plain_text(content)
        case List(items=items):
            return " ".join(f"- {describe(each)}" for item in items for each in item.blocks)
        case _:
            return f"{type(block).__name__} {plain_text([block])}"


def texts(document: Document) -> list[Text]:
    front = (document.metadata.title, document.metadata.subtitle, document.metadata.description)
    pieces = (*(inline for inlines in front for inline in inlines), *document.blocks, *document.notes)
    return [piece for piece in walk(pieces) if isinstance(piece, Text)]


def wrapped(text: str, width: int, gap: str = "\n\n") -> str:
    """The text with its long lines broken and its paragraphs parted; tables and items keep their shape."""
    lines = [line if "\t" in line else textwrap.fill(line, width, subsequent_indent=indent_of(line)) for line in text.splitlines()]
    joined = lines[0]
    for first, second in pairwise(lines):
        joined += ("\n" if "\t" in first and "\t" in second else gap) + second
    return joined


def indent_of(line: str) -> str:
    return "  " if line.startswith(("- ", "[1]")) else "   " if re.match(r"\d\. ", line) else ""


def test_every_text_stands_where_its_span_says() -> None:
    for text in (
        ARTICLE,
        "\ufeff" + ARTICLE.replace("\n", "\r\n"),
        wrapped(ARTICLE, 60),
        "  \t" + ARTICLE.replace("\n", " \n\u3000"),
    ):
        document = read(text)
        assert len(texts(document)) > 60
        for piece in texts(document):
            assert piece.span and text[piece.span.start : piece.span.end] == piece.text
            lines = re.split(r"\r\n|\r|\n", text[: piece.span.start])
            assert (piece.span.line, piece.span.column) == (len(lines), len(lines[-1]) + 1)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("\n", "\n\n"), id="empty lines between all"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="crlf"),
        pytest.param(lambda text: text.replace("\n", "\r"), id="cr"),
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: text.replace("\n- ", "\n• "), id="round bullets"),
        pytest.param(lambda text: text.replace("\n- ", "\n* "), id="stars"),
        pytest.param(lambda text: text.replace("\n- ", "\n–\u00a0"), id="dashes and fixed spaces"),
        pytest.param(lambda text: re.sub(r"\n(\d)\. ", r"\n\1) ", text), id="brackets behind numbers"),
        pytest.param(lambda text: text.replace("\n", " \u00a0\n"), id="space at the ends"),
        pytest.param(lambda text: "    " + text.replace("\n", "\n    "), id="set in"),
        pytest.param(lambda text: wrapped(text, 72), id="wrapped at 72"),
        pytest.param(lambda text: wrapped(text, 50), id="wrapped at 50"),
        pytest.param(lambda text: wrapped(text, 100), id="wrapped at 100"),
    ],
)
def test_the_same_article_however_it_is_typed(change: object) -> None:
    assert callable(change)
    plain, changed = read(ARTICLE), read(change(ARTICLE))
    assert kinds(changed) == kinds(plain)
    assert changed.metadata == plain.metadata
    assert changed.dropped == plain.dropped
    assert changed.notes and len(changed.notes) == len(plain.notes)


def test_our_article_is_what_it_looks_like() -> None:
    document = read(ARTICLE)
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    assert [heading.level for heading in headings] == [2, 2, 3, 3, 3, 2, 2, 2, 2, 2, 2]
    assert len(document.dropped) == 8
    assert sum(isinstance(block, QuestionAnswer) for block in document.blocks) == 4


def test_signs_that_no_file_may_hold_are_replaced_in_their_place() -> None:
    document = read("A\x07 title\n\nSome\x00 words\x0cand more of them.")
    assert [(piece.text, piece.span and piece.span.start) for piece in texts(document)] == [
        ("A\ufffd title", 0),
        ("Some\ufffd words and more of them.", 10),
    ]


LATIN = "Paper paper folds. Why? - • 1. 2) a) [1] Q: A: https://a.org/b(c) — “Yes” ::: === # | Menu FAQ 12 {x}; const = f(x);"
OTHERS = "纸 紙? قلم ؟ \u3000 \t"
WORDS = st.sampled_from((LATIN + " " + OTHERS).split(" "))
LINES = st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=14)
ENDS = st.sampled_from(["\n", "\n\n", "\r\n", "\n  "])


@settings(max_examples=150, deadline=None)
@given(LINES, ENDS)
def test_no_word_is_lost_and_no_span_is_wrong(lines: list[str], end: str) -> None:
    """Whatever the lines are, each word of the text is in the document, left out, or named in the report."""
    text = end.join(lines)
    report = Report()
    document = read_plaintext(Source(text, "text.txt"), report)
    kept = [*(piece.text for piece in texts(document)), *document.dropped, document.metadata.series]
    kept += [block.text for block in walk(document.blocks) if isinstance(block, CodeBlock)]
    kept += [diagnostic.message for diagnostic in report.diagnostics] + [note.label for note in document.notes]
    words = set(re.findall(r"[^\W\d_]{2,}", text))
    assert words <= set(re.findall(r"[^\W\d_]{2,}", " ".join(kept)))
    for piece in texts(document):
        assert piece.span and text[piece.span.start : piece.span.end] == piece.text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("words that go on and on " * 2_000_000, id="one line of 50 MB"),
        pytest.param("x" * 5_000_000, id="one word of 5 MB"),
        pytest.param("https://a.org/" + "((" * 1_000_000, id="an address of brackets"),
        pytest.param(". " * 1_000_000, id="dots"),
        pytest.param("Title\n" + "\n".join(" " * depth + "- item" for depth in range(2_000)), id="items ever deeper"),
        pytest.param("Title\n" + "[1] " * 20_000, id="notes"),
        pytest.param("Title\n" + ("word " * 10_000 + ".\n") * 20, id="lines of 10,000 words"),
    ],
)
def test_outsized_input_is_read_in_linear_time(text: str) -> None:
    started = time.process_time()
    document = read(text)
    assert time.process_time() - started < 20
    assert sum(len(piece.text) for piece in texts(document)) > 0.9 * len(re.sub(r"\n *- |\[1\] ", "", text).strip()) - 40


def test_time_grows_with_the_lines() -> None:
    def seconds(times: int) -> float:
        text = "FAQ\n" + "What is it?\nIt is paper.\n- an item\n1. one\n2. two\n" * times
        started = time.process_time()
        read(text)
        return time.process_time() - started

    seconds(10)
    assert seconds(1_600) < 10 * seconds(400)


@pytest.mark.parametrize(
    ("text", "authors", "date", "left"),
    [
        ("By Dan Williams, Kathryn Mullan", ("Dan Williams", "Kathryn Mullan"), None, ""),
        ("Posted on 2017-05-11 by Omid Ghaffari Tabrizi and Eric", ("Omid Ghaffari Tabrizi", "Eric"), "2017-05-11", ""),
        ("2015-05-19 · 6 min read", (), "2015-05-19", "6 min read"),
        ("March 5th, 2021", (), "2021-03-05", ""),
        ("Von Anna von der Heide | 3. Oktober 2021", ("Anna von der Heide",), "2021-10-03", ""),
        ("Par Jean-Luc de La Tour, le 1er mars 2020 à 14h30", ("Jean-Luc de La Tour",), "2020-03-01", ""),
        ("Por María García y Juan López", ("María García", "Juan López"), None, ""),
        ("Автор: Иван Петров, 12 марта 2020", ("Иван Петров",), "2020-03-12", ""),
        ("作者：王小明 2020年3月10日", ("王小明",), "2020-03-10", ""),
        ("نُشر في 12 مارس 2020 بقلم محمد علي", ("محمد علي",), "2020-03-12", ""),
        ("Opublikowano 7 listopada 2022", (), "2022-11-07", ""),
        ("Washington, March 3, 2020", (), "2020-03-03", "Washington"),
    ],
)
def test_bylines(text: str, authors: tuple[str, ...], date: str | None, left: str) -> None:
    byline = read_byline(text)
    assert byline is not None
    assert (byline.authors, byline.date and byline.date.isoformat(), byline.left) == (authors, date, left)


@pytest.mark.parametrize(
    "text",
    [
        "By design, this works",
        "Von der Theorie zur Praxis",
        "In May 2020 everything changed",
        "Why now?",
        "30. Februar 2021",
        "Introduction",
    ],
)
def test_what_is_no_byline(text: str) -> None:
    assert read_byline(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Leave a comment",
        "« Read more…",
        "Share on Facebook",
        "Facebook Twitter LinkedIn Email",
        "Also read: The Width of a Line",
        "Your email address will not be published. Required fields are marked *",
        "شارك هذا المقال",
        "发表评论",
        "Page 2 of 5",
        "Weiterlesen →",
    ],
)
def test_sure_artefacts(text: str) -> None:
    assert look(text) is Artefact.SURE


@pytest.mark.parametrize(
    "text",
    [
        "Privacy Policy | Terms of Use | Contact",
        "Home > Blog > Paper",
        "We use cookies on this site.",
        "© 2024 A Paper",
        "Tags: ink, paper",
        "12 comments",
    ],
)
def test_artefacts_at_the_edges(text: str) -> None:
    assert look(text) is Artefact.EDGE


def test_words_of_artefacts_are_kept_where_they_are_the_article() -> None:
    """A heading in the middle, a sentence, a line over a list of the article's own."""
    lines = [
        "How to write",
        PARAGRAPH,
        "Contact",
        PARAGRAPH,
        "Related posts",
        PARAGRAPH,
        "Read more",
        "- The Elements of Style",
        PARAGRAPH,
    ]
    passages = join_lines(split_lines("\n".join(lines)), None)
    assert artefact_places(passages) == set()


@pytest.mark.parametrize(
    "text", ["That is all.", "Fertig!“.", "以上です。", "यह है।", "تم۔", "He said “yes.”", "It is so (really).[3]"]
)
def test_sentences_end(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["Made in the U.S.", "Smith et al.", "A heading", "Why?", "As follows:", "Step 1, then"])
def test_no_sentence_ends(text: str) -> None:
    assert not ends_sentence(text)


@pytest.mark.parametrize(
    "text", ["Why?", "Γιατί χρειάζομαι έναν κώδικα;", "لماذا؟", "为什么？", "What is it? (really)", "«Почему?»"]
)
def test_questions_end(text: str) -> None:
    assert ends_question(text)
    assert not ends_question("and so on;")


def test_sentences_meet() -> None:
    assert sentence_breaks("One ends. Another begins.") == 1
    assert sentence_breaks("Trump vs. Biden in the U.S. today") == 0
    assert sentence_breaks("一つ。二つ。三つ。") == 2


def test_the_lists_of_words_are_in_order() -> None:
    """No wording stands for two things, and every month has twelve lines of names."""
    words = tomllib.loads((files("pressout.readers.plain") / "bylines.toml").read_text("utf-8"))
    assert len(words["words"]["months"].strip().splitlines()) == 12
    assert set(vocabulary()["published"]).isdisjoint(vocabulary()["updated"])
    for line in (files("pressout.readers.plain") / "artefacts.txt").read_text("utf-8").splitlines():
        assert len(line) <= 132, line

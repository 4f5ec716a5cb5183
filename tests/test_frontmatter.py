"""Front matter: every value with its place, every mistake with a line that says so, never a traceback."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pressout.diagnostics import Report
from pressout.metadata import FIELDS, NAMES, json_schema
from pressout.model import Author, Metadata, Source
from pressout.readers import read as read_as
from pressout.readers.markdown import Article, parse_article
from pressout.readers.source.fields import names
from pressout.walk import plain_text

SCHEMA = Path(__file__).parents[1] / "docs" / "metadata.schema.json"


def read(matter: str, body: str = "Text.\n") -> tuple[Article, list[str]]:
    report = Report()
    article = parse_article(Source(f"---\n{matter}\n---\n\n{body}", "a.md"), report)
    return article, [str(diagnostic).replace("\n  hint: ", " | ") for diagnostic in report.diagnostics]


def metadata(matter: str) -> Metadata:
    article, said = read(matter)
    assert not said, said
    return article.document.metadata


def test_a_whole_one() -> None:
    told = metadata(
        "title: A *fine* title\nsubtitle: 2025\ndescription: >-\n  Two\n  lines.\nabstract: |\n  One.\n\n  Two.\n"
        "author: Ada Setzer\ndate: 2025-11-03\nupdated: 3 November 2025\nlang: en_GB\ndir: ltr\nkeywords: [a, b]\npublisher: P\n"
        "license: CC BY 4.0\nisbn: 978-3-16\nseries: S\nissue: 2\ntheme: briefing\ncover: false\ntoc: yes\n"
        "numbered: false\nnotes: endnotes"
    )
    assert plain_text(told.title) == "A fine title" and plain_text(told.subtitle) == "2025"
    assert plain_text(told.description) == "Two lines." and len(told.abstract) == 2
    assert told.authors == (Author("Ada Setzer"),)
    assert told.date == told.modified == datetime.date(2025, 11, 3)
    assert (told.lang, told.dir, told.keywords) == ("en-GB", "ltr", ("a", "b"))
    assert (told.publisher, told.rights, told.identifier) == ("P", "CC BY 4.0", "978-3-16")
    assert (told.series, told.issue) == ("S", "2")
    assert told.settings == {"theme": "briefing", "cover": False, "toc": True, "number-sections": False, "notes": "endnotes"}


WRONG = {
    "titel: X": "a.md:2:1: warning: no metadata key is called 'titel' | did you mean 'title'?",
    "title: [a, b]": "a.md:2:8: error: 'title' is one text, not a list or a mapping | write title: The last leap second",
    "title: A\ntitle: B": "a.md:3:1: error: 'title' is there twice; line 2 is used | keep one of them",
    "rights: A\nlicense: B": "a.md:3:1: error: 'license' says the same as 'rights'; line 2 is used | keep one of them",
    "date: 2025-02-30": "a.md:2:7: error: there is no such day as '2025-02-30' | write date: 2025-11-03",
    "date: soon": "a.md:2:7: warning: 'soon' is no day that pressout can read | write date: 2025-11-03",
    "date: 2025-11-03T99:00": "a.md:2:7: warning: '99:00' is no time; the day alone is used | write date: 2025-11-03",
    "date: 2025-11-03 12:61": "a.md:2:7: warning: '12:61' is no time; the day alone is used | write date: 2025-11-03",
    "date: 31 April 2025": "a.md:2:7: error: there is no such day as '31 April 2025' | write date: 2025-11-03",
    "lang: English please": "a.md:2:7: error: 'English please' is no language tag | write lang: en-GB",
    "dir: up": "a.md:2:6: error: 'dir' is ltr or rtl, not 'up' | write dir: ltr or rtl",
    "toc: maybe": "a.md:2:6: error: 'toc' is true or false, not 'maybe'",
    "notes: margins": "a.md:2:8: error: 'notes' is footnotes or endnotes, not 'margins' | write notes: footnotes or endnotes",
    "author: {affiliation: X}": "a.md:2:9: error: this author has no name",
    "author: {name: X, mail: y}": "a.md:2:19: warning: an author has no 'mail' | an author has: name, affiliation, email",
    "layout: post": "a.md:2:1: note: the metadata key 'layout' is of no use here",
    "title: A: B": "a.md:2:9: error: the metadata is no YAML: mapping values are not allowed here"
    " | put a value that holds ': ' or begins with a sign into quotes",
    "title: A\nauthor:\n\t- Ada": "a.md:4:1: error: the metadata is no YAML: a tab stands where YAML takes blanks alone"
    " | write blanks, not tabs",
    "- a\n- b": "a.md:1:1: warning: the lines between --- are no metadata, so they are read as text"
    " | metadata is written as key: value, one to a line",
}


@pytest.mark.parametrize("matter", WRONG)
def test_mistakes(matter: str) -> None:
    _, said = read(matter)
    assert WRONG[matter] in said


@pytest.mark.parametrize(
    "written",
    [
        "3 November 2025",
        "November 3rd, 2025",
        "Nov. 3, 2025",
        "3. November 2025",
        "3 de noviembre de 2025",
        "3 ноября 2025 г.",
        "2025-11-03T10:00Z",
        "2025-11-03 10:00:00.5 +0200",
        "2025-11-03 3:30 pm",
        "2025-11-03T24:00",
    ],
)
def test_dates_as_people_write_them(written: str) -> None:
    assert metadata(f"date: {written}").date == datetime.date(2025, 11, 3)


def test_words_of_no_metadata_stay() -> None:
    report = Report()
    for text in ("---\nNot: closed\n\nText.\n", "---\nJust words\n---\n\nMore.\n", "---\n\nWords: [\n\n---\n"):
        article = parse_article(Source(text, "a.md"), report)
        words = " ".join(passage.text for passage in article.map.passages)
        assert all(word in words for word in text.replace("-", " ").split())
    assert "never closed" in report.diagnostics[0].message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n---\ntitle: X\n---\n\nText.\n", ["a.md:2:1", "before this ---", "begin the file with ---"]),
        ("\n \r\n---\r\nlayout: post\r\n---\r\n", ["a.md:3:1", "before this ---", "begin the file with ---"]),
        ("---\n\ntitle: X\n---\n\nText.\n", ["a.md:1:1", "behind this ---", "take the empty line out"]),
        ("---\n\nNote: rules stay rules.\n\n---\n", []),
        ("\n---\n\nText.\n\n---\n", []),
        ("---\n\ntitle: X has no second rule.\n", []),
        ("Text.\n\n---\ntitle: X\n---\n", []),
    ],
)
@pytest.mark.parametrize("ending", [".md", ".txt"])
def test_an_empty_line_that_keeps_metadata_from_being_read_is_said(text: str, said: list[str], ending: str) -> None:
    report = Report()
    document = read_as(Source(text, "a.md"), report, ending)
    found = [str(each) for each in report.diagnostics if "empty line" in each.message]
    assert len(found) == bool(said) and all(word in found[0] for word in said)
    assert plain_text(document.metadata.title) != "X"


def test_values_know_their_places() -> None:
    matter = (
        "title: A &amp; B\nsubtitle: 'it''s'\nauthor: Ada\nabstract: |\n  One *two*.\n\n  Three.\ndescription: >\n  folded\n  text"
    )
    article, _ = read(matter)
    text = f"---\n{matter}\n---\n\nText.\n"
    spans = article.document.metadata.spans
    assert {name: text[span.start : span.end] for name, span in spans.items()}["author"] == "Ada"
    assert (spans["abstract"].line, spans["abstract"].column) == (5, 11)
    passages = {passage.label: passage for passage in article.map.passages if passage.text != "Three."}
    title = passages["title"]
    assert title.text == "A & B" and text[slice(*title.place(2))] == "&amp;"
    assert {passages["subtitle"].place(at) for at in range(4)} == {(spans["subtitle"].start + 1, spans["subtitle"].end - 1)}
    assert text[slice(*passages["abstract"].place(4))] == "t" and passages["abstract"].text == "One two."
    assert passages["description"].text == "folded text"
    assert [text[slice(*passages["description"].place(at))] for at in (5, 6, 7)] == ["d", "\n  ", "t"]
    assert passages["author"].key == text.index("Ada")


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Ada Setzer", 1),
        ("Ada Setzer and Ben Leser", 2),
        ("Ada Setzer, Ben van Leser and Cy Drucker", 3),
        ("Ada Setzer; Ben Leser", 2),
        ("Ada Setzer & Ben Leser", 2),
        ("Ada Setzer und Ben Leser", 2),
        ("Ada Setzer, PhD", 1),
        ("Setzer, Ada", 1),
        ("The Research and Policy Team", 1),
        ("Die Redaktion von pressout", 1),
        ("The pressout editors", 1),
    ],
)
def test_names_in_one_line(value: str, people: int) -> None:
    assert len(names(value)) == people


def test_authors_as_lists_and_mappings() -> None:
    told = metadata("author:\n  - Ada Setzer, PhD\n  - name: Ben\n    affiliation: [A, B]\n    email: ben@example.org")
    assert told.authors == (Author("Ada Setzer, PhD"), Author("Ben", "A, B", "ben@example.org"))
    assert metadata("author:\n  - name: {given: Ada, family: Setzer}").authors == (Author("Ada Setzer"),)


def test_other_line_ends_and_marks() -> None:
    report = Report()
    article = parse_article(Source("\ufeff---\r\ntitle: A\r\ndate: x\r\n---\r\n\r\nB\r\n", "a.md"), report)
    assert plain_text(article.document.metadata.title) == "A"
    assert article.document.metadata.spans["title"].start == 13
    assert str(report.diagnostics[0].span) == "a.md:3:7"


@pytest.mark.parametrize(
    "matter", ["a: " + "[" * 3000, "a: &a [*a]", "<<: {title: X}", "? [a]\n: b", "title: !!python/none x", "a: \x85\x7f"]
)
def test_hostile_yaml(matter: str) -> None:
    read(matter)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_read(matter: str) -> None:
    read(matter)


@given(
    st.sampled_from(sorted(NAMES)),
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), st.lists, max_leaves=4),
)
def test_any_value_is_read(key: str, value: object) -> None:
    read(yaml.safe_dump({key: value}, allow_unicode=True))


def test_the_schema_is_that_of_the_fields() -> None:
    """To write it anew: python -m pressout.metadata > docs/metadata.schema.json"""
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json_schema()


def test_examples_are_read() -> None:
    for field in FIELDS:
        _, said = read(yaml.safe_dump({field.name: field.example}, allow_unicode=True, sort_keys=False))
        assert not said, (field.name, said)

"""Taking back: exactly the editor's changes, in the author's own Markdown, each accounted for."""

from __future__ import annotations

import pytest

import desk
from pressout.diagnostics import PressoutError, Report
from pressout.model import Source
from pressout.revision.account import Outcome
from pressout.revision.handoff import Terms, hand_off
from pressout.revision.takeback import Base, Request, base, take_back
from pressout.revision.wishes import Wishes
from pressout.theme import load_theme

ARTICLE = """\
---
title: "Paper: a guide"
author: Ann Author
---

## Sizes of paper

A sheet of _A4_ paper is "210" mm wide, and **its height** follows
from that width -- a [rule](https://example.org/rule 'why') of two.

* one item
* another `item` with code
  1. deep

> A quoted line
> that goes on.

| Name | Width |
|------|------:|
| A4   |   210 |

A last paragraph.[^n]

[^n]: The note says *more*.
"""
THEME = load_theme("plain", Report())


def sent(text: str) -> tuple[bytes, Base]:
    source = Source(text, "a.md")
    data = hand_off(source, Terms(), THEME, Report()).data
    return data, base(source, THEME, data)


def edited(text: str, *edits: tuple[str, str], part: str = "word/document.xml") -> Outcome:
    data, start = sent(text)
    for old, new in edits:
        data = desk.replace(data, old, new, part)
    return take_back(data, start)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_no_edit_changes_no_byte(line_end: str) -> None:
    text = "\ufeff" + ARTICLE.replace("\n", line_end)
    data, start = sent(text)
    outcome = take_back(data, start)
    assert outcome.text == text
    assert outcome.sums == "0 changes: 0 applied, 0 refused, 0 conflicts; 0 queries"


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("sheet", "leaf", ("A sheet of", "A leaf of")),
        ("A4", "A5", ("_A4_", "_A5_")),
        ("rule", "law", ("[rule](", "[law](")),
        ("its height", "the height", ("**its height**", "**the height**")),
        ("Sizes", "Formats", ("## Sizes", "## Formats")),
        ("another ", "a second ", ("* another", "* a second")),
        ("deep", "deeper", ("1. deep", "1. deeper")),
        ("quoted", "long", ("> A quoted", "> A long")),
        ("210", "211", ("|   210 |", "|   211 |")),
        ("sheet", "a*b*c", ("A sheet", r"A a\*b\*c")),
        ("sheet", "snake_case_name", ("A sheet", "A snake_case_name")),
        ("sheet", "http://a.example/b", ("A sheet", "A http://a.example/b")),
        ("sheet", "<tag>", ("A sheet", r"A \<tag\>")),
        ("Paper: a guide", 'Paper: the "guide"', ('"Paper: a guide"', r'"Paper: the \"guide\""')),
    ],
)
def test_a_changed_word_changes_nothing_else(old: str, new: str, written: tuple[str, str]) -> None:
    text = ARTICLE.replace('"210" mm', "half a yard") if old == "210" else ARTICLE
    outcome = edited(text, (old, new))
    assert outcome.text == text.replace(*written, 1)
    assert outcome.sums.startswith("2 changes: 2 applied, 0 refused")


@pytest.mark.parametrize("typed", [": a colon", "- a dash", "+ a sum", "# a hash", "1. one", "> more"])
@pytest.mark.parametrize("lead", ["", "> ", "- "])
def test_what_is_typed_where_a_line_of_the_source_begins_is_text(lead: str, typed: str) -> None:
    """Each of these would begin another block there."""
    text = f"{lead}A first line.\n{lead.replace('-', ' ')}Second words of it.\n"
    outcome = edited(text, ("Second", typed))
    assert outcome.text == text.replace("Second", typed.replace("1.", "1\\.") if typed[0] == "1" else f"\\{typed}")
    assert outcome.count("applied") == 2


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("typed", ["a term?", "a term;", "a “quoted” term", "a « term »", "5 %", "5%", "a term ?"])
def test_what_is_typed_without_the_blanks_of_its_language_comes_home_as_it_is(lang: str, typed: str) -> None:
    """French sets a blank before some signs, and pressout puts it in: no editor need type it."""
    text = f"---\nlang: {lang}\n---\n\nC'est un mot, l'autre \"mot\" suit.\n"
    outcome = edited(text, ("un mot", typed))
    assert outcome.text == text.replace("un mot", typed.replace("“", '"').replace("”", '"'))
    assert outcome.count("applied") == 2


def test_notes_are_taken_back_too() -> None:
    outcome = edited(ARTICLE, ("more", "less"), part="word/footnotes.xml")
    assert outcome.text == ARTICLE.replace("*more*", "*less*")


def test_a_mark_is_written_as_the_author_writes_it() -> None:
    data, start = sent(ARTICLE)
    assert take_back(desk.mark(data, "sheet", "i"), start).text == ARTICLE.replace("A sheet", "A _sheet_")
    assert take_back(desk.mark(data, "sheet ", "b"), start).text == ARTICLE.replace("A sheet of", "A **sheet** of")


def test_what_was_typed_without_tracking_is_found_and_listed() -> None:
    data, start = sent(ARTICLE)
    outcome = take_back(desk.untracked(data, "A sheet of", "A whole sheet of"), start)
    assert outcome.text == ARTICLE.replace("A sheet of", "A whole sheet of")
    assert [(change.tracked, change.fate) for change in outcome.changes] == [(False, "applied")]


def test_one_editors_changes_can_be_left_out() -> None:
    data, start = sent(ARTICLE)
    data = desk.replace(desk.replace(data, "sheet", "leaf", author="Bo"), "Sizes", "Formats")
    for wishes in (Wishes(reject=("Bo",)), Wishes(accept=("Ed Itor",))):
        outcome = take_back(data, start, Request(wishes))
        assert outcome.text == ARTICLE.replace("Sizes", "Formats")
        assert outcome.sums.startswith("4 changes: 2 applied, 0 refused, 0 conflicts, 2 declined")


def test_a_source_that_has_moved_on_keeps_what_it_has() -> None:
    data, start = sent(ARTICLE)
    current = ARTICLE.replace("A last", "The very last").replace("sheet of", "page of")
    data = desk.replace(desk.replace(data, "sheet", "leaf"), "Sizes", "Formats")
    outcome = take_back(data, start, Request(current=current))
    assert outcome.text == current.replace("Sizes", "Formats")
    assert outcome.sums.startswith("4 changes: 2 applied, 0 refused, 2 conflicts")
    assert "leaf" in next(change.text for change in outcome.changes if change.fate == "conflict")


def test_what_pressout_makes_itself_is_refused_and_said() -> None:
    text = ARTICLE.replace("author: Ann Author", "author: Ann Author\ndate: 2026-01-02")
    outcome = edited(text, ("2 January 2026", "3 January 2026"))
    assert outcome.text == text
    assert {change.fate for change in outcome.changes} == {"refused"}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0 old", b"no zip"])
def test_what_is_no_word_file_is_said(data: bytes) -> None:
    with pytest.raises(PressoutError):
        take_back(data, sent(ARTICLE)[1])


def test_a_part_with_entities_is_refused() -> None:
    data, start = sent(ARTICLE)
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaa">]><w:document xmlns:w'
    with pytest.raises(PressoutError, match="document type"):
        take_back(desk.change(data, "word/document.xml", {"<w:document xmlns:w": bomb}), start)


def test_an_anonymous_article_keeps_what_was_left_out_of_it() -> None:
    """Neither the authors nor the section that thanks stand in the file; both are in the source when changes have come home."""
    text = f"{ARTICLE}\n## With thanks {{role=acknowledgments}}\n\nTo Carl Colleague.\n"
    source = Source(text, "a.md")
    data = hand_off(source, Terms(anonymous=True), THEME, Report()).data
    assert not [name for name in ("Ann Author", "Carl Colleague") if name in desk.document(data)]
    outcome = take_back(desk.replace(data, "last", "final"), base(source, THEME, data, anonymous=True))
    assert outcome.text == text.replace("A last paragraph", "A final paragraph")
    assert take_back(data, base(source, THEME, data, anonymous=True)).text == text

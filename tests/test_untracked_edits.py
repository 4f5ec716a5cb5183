"""Edits that nobody tracked: told from what a program does to a file, and put where they belong."""

from __future__ import annotations

import re
from collections.abc import Callable

import desk
from pressout.diagnostics import Report
from pressout.model import Source
from pressout.revision.handoff import Terms, hand_off
from pressout.revision.takeback import base, take_back
from pressout.theme import load_theme

PARAGRAPH = re.compile(r"<w:p>(?:(?!<w:p>).)*?</w:p>", re.DOTALL)


def home(text: str, edit: Callable[[str], str]) -> str:
    """The source after an edit of its Word file's main text."""
    source, theme = Source(text, "a.md"), load_theme("plain", Report())
    data = hand_off(source, Terms(), theme, Report()).data
    whole = desk.document(data)
    new = edit(whole)
    assert new != whole
    return take_back(desk.change(data, "word/document.xml", {whole: new}), base(source, theme, data)).text


def paragraph(whole: str, words: str) -> str:
    return next(found[0] for found in PARAGRAPH.finditer(whole) if words in found[0])


def test_the_level_of_an_only_heading_is_the_editors() -> None:
    """A program that loses the style of headings makes them text; one of another level was made so by somebody."""
    text = "---\ntitle: The title\n---\n\nFirst.\n\n## Only heading\n\nLast.\n"

    def deeper(whole: str) -> str:
        old = paragraph(whole, "Only heading")
        return whole.replace(old, re.sub(r'"Heading(\d)"', lambda found: f'"Heading{int(found[1]) + 1}"', old))

    assert home(text, deeper) == text.replace("## Only", "### Only")


def test_items_that_change_places_keep_their_links() -> None:
    """Each stands behind the other's anchor; a target that was sent elsewhere is no other spelling of the one that was here."""
    first, second = "* Join the [readers' circle](https://a.example/)", "* Join the [writers' circle](https://b.example/)"
    text = f"Both:\n\n{first}.\n{second}.\n"

    def swapped(whole: str) -> str:
        links = re.findall(r"<w:hyperlink .*?</w:hyperlink>", whole)
        return whole.replace(links[0], "\0").replace(links[1], links[0]).replace("\0", links[1])

    assert home(text, swapped) == f"Both:\n\n{second}.\n{first}.\n"


def test_a_sentence_moved_behind_anothers_anchor_brings_its_markdown() -> None:
    moved = "What was *written* one way &amp; in no other stands here."
    text = f"One.\n\nThis one will have gone.\n\nTwo.\n\n{moved}\n\nThree.\n"

    def move(whole: str) -> str:
        old, gone = paragraph(whole, "in no other"), paragraph(whole, "have gone")
        anchor = re.compile(r'(<w:bookmarkStart [^>]*w:name=")([^"]*)"')
        names = [found[2] for each in (old, gone) if (found := anchor.search(each))]
        return whole.replace(old, "").replace(gone, old.replace(names[0], names[1]))

    assert home(text, move) == f"One.\n\n{moved}\n\nTwo.\n\nThree.\n"

"""A note's mark that an editor deletes goes from the source, and the note with its last mark; nothing else does."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

import desk
from pressout.diagnostics import Report
from pressout.model import Source
from pressout.revision.account import Outcome
from pressout.revision.handoff import Terms, hand_off
from pressout.revision.notes import STILL_CALLED
from pressout.revision.takeback import Base, Request, base, take_back
from pressout.revision.wishes import Wishes
from pressout.theme import load_theme

ARTICLE = """# One

A line with a note[^n] and more.

Second line[^m] here, the first once more.[^n]

Inline^[An inline note.] stands here.

A paragraph with a note of its own.[^w]

Last words.

[^n]: The note.

[^m]: Second note.

    With two paragraphs.

[^w]: Third note.
"""
PARAGRAPH = re.compile(r"<w:p>(?:(?!</w:p>).)*</w:p>")
RUN = r"<w:r>(?:(?!</w:r>).)*"
ENDS = 'fldCharType="end"'
MARK = re.compile(
    rf'{RUN}<w:fldChar w:fldCharType="begin"/></w:r>(?:(?!{ENDS}).)*NOTEREF(?:(?!{ENDS}).)*{ENDS}/></w:r>'
    rf"|{RUN}<w:(?:foot|end)noteReference [^>]*/></w:r>"
)
N, M, N_AGAIN, INLINE, W = range(5)  # the marks in their order
Edit = Callable[[bytes, tuple[int, ...]], bytes]


def handed(article: str = ARTICLE) -> tuple[bytes, Base]:
    source, theme = Source(article, "a.md"), load_theme("plain", Report())
    data = hand_off(source, Terms(), theme, Report()).data
    return data, base(source, theme, data)


def deleted(markup: str, number: int = 1) -> str:
    gone = markup.replace("<w:t>", "<w:delText>").replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    gone = gone.replace("w:instrText", "w:delInstrText")
    return f'<w:del w:id="{900 + number}" {desk.WHO}>{gone}</w:del>'


def in_body(data: bytes, edits: dict[str, str]) -> bytes:
    return desk.change(data, "word/document.xml", edits)


def tracked(data: bytes, which: tuple[int, ...]) -> bytes:
    marks = MARK.findall(desk.document(data))
    return in_body(data, {marks[place]: deleted(marks[place], place) for place in which})


def untracked(data: bytes, which: tuple[int, ...]) -> bytes:
    """As a program writes the file: with the mark, its note is gone."""
    marks = MARK.findall(desk.document(data))
    data = in_body(data, {marks[place]: "" for place in which})
    for place in which:
        number = re.search(r'(foot|end)noteReference w:id="(\d+)"', marks[place])
        if number:
            data = without_note(data, *number.groups())
    return data


def without_note(data: bytes, kind: str, number: str) -> bytes:
    part = f"word/{kind}notes.xml"
    note = re.search(rf'<w:{kind}note w:id="{number}">.*?</w:{kind}note>', desk.document(data, part))
    assert note
    return desk.change(data, part, {note[0]: ""})


def fates(outcome: Outcome) -> list[tuple[str, str, bool]]:
    return [(each.change.kind, each.fate, each.tracked) for each in outcome.changes]


@pytest.mark.parametrize(
    ("which", "gone"),
    [
        ((M,), {"[^m] here": " here", "[^m]: Second note.\n\n    With two paragraphs.\n\n": ""}),
        ((W,), {"own.[^w]": "own.", "\n[^w]: Third note.\n": ""}),
        ((INLINE,), {"^[An inline note.]": ""}),
        ((N_AGAIN,), {"more.[^n]": "more."}),
        ((N,), {"[^n] and": " and"}),
        ((N, N_AGAIN), {"[^n] and": " and", "more.[^n]": "more.", "[^n]: The note.\n\n": ""}),
    ],
    ids=["two paragraphs", "the last", "inline", "the second of two marks", "the first of two marks", "both of two marks"],
)
@pytest.mark.parametrize("edit", [tracked, untracked])
@pytest.mark.parametrize("notes", ["footnotes", "endnotes"])
def test_a_mark_goes_and_its_note_with_the_last_one(notes: str, edit: Edit, which: tuple[int, ...], gone: dict[str, str]) -> None:
    article = f"---\nnotes: {notes}\n---\n\n{ARTICLE}"
    data, start = handed(article)
    wanted = article
    for old, new in gone.items():
        assert old in wanted
        wanted = wanted.replace(old, new)
    outcome = take_back(edit(data, which), start)
    assert outcome.text == wanted
    if edit is tracked:
        assert fates(outcome) == [("deletion", "applied", True)] * len(which)
    elif which == (N,):
        assert [(each.fate, each.reason) for each in outcome.changes] == [("applied", ""), ("refused", STILL_CALLED)]
    else:
        assert not outcome.count("refused")


def test_the_words_beside_a_mark_come_home_with_it() -> None:
    data, start = handed()
    outcome = take_back(desk.replace(tracked(data, (W,)), "of its own", "alone"), start)
    assert outcome.text == ARTICLE.replace("of its own.[^w]", "alone.").replace("\n[^w]: Third note.\n", "")


def test_a_paragraph_takes_its_note_with_it() -> None:
    data, start = handed()
    paragraph = next(each for each in PARAGRAPH.findall(desk.document(data)) if "of its own" in each)
    look, runs = paragraph[: -len("</w:p>")].split("</w:pPr>")
    gone = f'{look}<w:rPr><w:del w:id="901" {desk.WHO}/></w:rPr></w:pPr>{deleted(runs, 2)}</w:p>'
    outcome = take_back(in_body(data, {paragraph: gone}), start)
    assert outcome.text == ARTICLE.replace("A paragraph with a note of its own.[^w]\n\n", "").replace("\n[^w]: Third note.\n", "")
    assert fates(outcome) == [("deletion", "applied", True)] * 2


def test_a_note_that_only_a_note_calls_goes_with_that() -> None:
    article = "First[^a] and last.\n\n[^a]: See[^b] there.\n\n[^b]: The other.\n\n[^c]: Not called.\n"
    data, start = handed(article)
    outcome = take_back(tracked(data, (0,)), start)
    assert outcome.text == "First and last.\n\n[^c]: Not called.\n"


def test_paragraphs_with_notes_change_places() -> None:
    """The notes stand in the Word file in the order of their marks, in the source where they were written."""
    data, start = handed()
    first, second = (each for each in PARAGRAPH.findall(desk.document(data)) if "Inline" in each or "of its own" in each)
    outcome = take_back(in_body(data, {first + second: second + first}), start)
    lines = ARTICLE.split("\n\n")
    lines[3], lines[4] = lines[4], lines[3]
    assert outcome.text == "\n\n".join(lines)


@pytest.mark.parametrize("first", [True, False], ids=["before the old one", "behind the old one"])
@pytest.mark.parametrize("kept", [True, False], ids=["with its bookmark", "without"])
def test_a_note_that_was_cut_and_put_in_elsewhere_is_moved(first: bool, kept: bool) -> None:
    """LibreOffice makes another note of it, which has the same words."""
    data, start = handed()
    mark = MARK.findall(desk.document(data))[W]
    number = re.search(r'w:id="(\d+)"', mark)
    assert number
    again = f'<w:ins w:id="950" {desk.WHO}>{mark.replace(number[0], "w:id=" + chr(34) + "77" + chr(34))}</w:ins>'
    data = in_body(tracked(data, (W,)), {"<w:t>Last words.</w:t></w:r>": f"<w:t>Last words.</w:t></w:r>{again}"})
    notes = desk.document(data, "word/footnotes.xml")
    note = re.search(rf"<w:footnote {number[0]}>.*?</w:footnote>", notes)
    assert note
    copy = (note[0] if kept else re.sub("<w:bookmark[^>]*>", "", note[0])).replace(number[0], 'w:id="77"', 1)
    both = copy + note[0] if first else note[0] + copy
    outcome = take_back(desk.change(data, "word/footnotes.xml", {note[0]: both}), start)
    assert outcome.text == ARTICLE.replace("own.[^w]", "own.").replace("Last words.", "Last words.[^w]")
    assert fates(outcome) == [("deletion", "applied", True), ("insertion", "applied", True)]


@pytest.mark.parametrize("anchor", ["", "_Copy_1"], ids=["without its bookmark", "with its bookmark"])
def test_a_paragraph_that_was_cut_and_put_in_elsewhere_takes_its_note_along(anchor: str) -> None:
    """Its Markdown comes along as it was written, whether a program takes the bookmark along or not."""
    data, start = handed(ARTICLE.replace("A paragraph with", "A *paragraph*\nwith"))
    paragraph = next(each for each in PARAGRAPH.findall(desk.document(data)) if "of its own" in each)
    look, runs = paragraph[: -len("</w:p>")].split("</w:pPr>")
    mark = f'<w:rPr><w:del w:id="901" {desk.WHO}/></w:rPr></w:pPr>'
    there = re.sub(r"<w:bookmark[^>]*>", "", runs) if not anchor else re.sub(r'(w:name="_po_\w+)"', rf'\1{anchor}"', runs)
    number = re.search(r'noteReference (w:id="\d+")', there)
    assert number
    there = there.replace(number[0], 'noteReference w:id="77"')
    new = f'{look}{mark.replace("w:del", "w:ins")}<w:ins w:id="903" {desk.WHO}>{there}</w:ins></w:p>'
    last = next(each for each in PARAGRAPH.findall(desk.document(data)) if "Last words" in each)
    data = in_body(data, {paragraph: f"{look}{mark}{deleted(runs, 2)}</w:p>", last: last + new})
    note = re.search(rf"<w:footnote {number[1]}>.*?</w:footnote>", desk.document(data, "word/footnotes.xml"))
    assert note
    copy = re.sub("<w:bookmark[^>]*>", "", note[0]).replace(number[1], 'w:id="77"', 1)
    outcome = take_back(desk.change(data, "word/footnotes.xml", {note[0]: note[0] + copy}), start)
    moved = "A *paragraph*\nwith a note of its own.[^w]\n\n"
    assert outcome.text == start.source.text.replace(moved, "").replace("Last words.\n\n", f"Last words.\n\n{moved}")
    assert outcome.count("applied") == len(outcome.changes)


def test_a_mark_whose_deletion_is_not_wanted_stays_with_its_note() -> None:
    data, start = handed()
    outcome = take_back(tracked(data, (W,)), start, Request(wishes=Wishes(reject=("Ed Itor",))))
    assert (outcome.text, [each.fate for each in outcome.changes]) == (ARTICLE, ["declined"])


def test_a_note_stays_where_its_mark_s_paragraph_has_changed_meanwhile() -> None:
    data, start = handed()
    current = ARTICLE.replace("A paragraph with", "One with")
    outcome = take_back(tracked(data, (W,)), start, Request(current=current))
    assert (outcome.text, [each.fate for each in outcome.changes]) == (current, ["conflict"])


def test_a_mark_that_a_program_does_not_raise_is_the_same() -> None:
    """LibreOffice takes the look from the end of the field that refers to a note a second time."""
    data, start = handed()
    look = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
    end = '<w:fldChar w:fldCharType="end"/>'
    outcome = take_back(in_body(data, {f"{look}{end}": end}), start)
    assert (outcome.text, outcome.changes) == (ARTICLE, ())

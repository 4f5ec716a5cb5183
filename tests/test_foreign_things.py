"""What editors put into Word files that no article has: it never stops a take-back, and what cannot come home is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest

import desk
from pressout.diagnostics import Report
from pressout.model import Source
from pressout.revision.account import Outcome
from pressout.revision.handoff import Terms, hand_off
from pressout.revision.takeback import Base, Request, base, take_back
from pressout.revision.wishes import Wishes
from pressout.theme import load_theme

ARTICLE = """# One

First words with a [link](https://example.org/a) in them.

- an item
- the second item

| Head | More |
|---|---|
| cell a | cell b |
| cell c | cell d |

A line with a note.[^n]

[^n]: The note.
"""
WHO = desk.WHO
MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PICTURE = f'<w:drawing><wp:inline xmlns:wp="{DRAWING}"><wp:docPr id="77" name="A plate"/></wp:inline></w:drawing>'
BOX = "<w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:pict>"
EQUATION = f'<m:oMath xmlns:m="{MATHS}"><m:r><m:t>a=b</m:t></m:r></m:oMath>'
RUBY = "<w:ruby><w:rt><w:r><w:t>above</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>below</w:t></w:r></w:rubyBase></w:ruby>"


@cache
def handed() -> tuple[bytes, Base]:
    source, theme = Source(ARTICLE, "a.md"), load_theme("plain", Report())
    data = hand_off(source, Terms(), theme, Report()).data
    return data, base(source, theme, data)


def edited(edit: Callable[[str], str]) -> Outcome:
    """What becomes of the article's file once its main text was changed."""
    data, start = handed()
    whole = desk.document(data)
    new = edit(whole)
    assert new != whole
    return take_back(desk.change(data, "word/document.xml", {whole: new}), start)


def beside(words: str, new: str) -> Callable[[str], str]:
    """New markup behind the run that holds some words."""

    def edit(whole: str) -> str:
        found = next(run for run in desk.RUN.finditer(whole) if words in run["text"])
        return whole.replace(found[0], found[0] + new, 1)

    return edit


def ins(content: str) -> str:
    return f'<w:ins w:id="500" {WHO}>{content}</w:ins>'


def run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


@pytest.mark.parametrize(
    ("thing", "told"),
    [
        (f"<w:r>{PICTURE}</w:r>", "[picture A plate]"),
        (f"<w:r>{BOX}</w:r>", "[text box In a box]"),
        (EQUATION, "[equation a=b]"),
        ('<w:r><w:br w:type="page"/></w:r>', "[page break]"),
        ('<w:r><w:footnoteReference w:id="44"/></w:r>', "[note 44]"),
    ],
    ids=["picture", "text box", "equation", "page break", "note"],
)
def test_what_markdown_cannot_hold_is_told_and_the_words_beside_it_come_home(thing: str, told: str) -> None:
    outcome = edited(beside("the second item", ins(thing) + ins(run(" of two")).replace("500", "501")))
    assert outcome.text == ARTICLE.replace("the second item", "the second item of two")
    assert [(each.fate, each.text) for each in outcome.changes] == [("refused", told), ("applied", "")]


def test_what_is_put_in_without_tracking_is_told_too() -> None:
    outcome = edited(beside("the second item", EQUATION))
    assert outcome.text == ARTICLE
    assert [(each.fate, each.text, each.tracked) for each in outcome.changes] == [("refused", "[equation a=b]", False)]


@pytest.mark.parametrize(
    ("new", "wanted"),
    [
        (ins(run(" new") + f'<w:del w:id="501" {WHO}>{run(" gone", "delText")}</w:del>'), " new"),
        (f'<w:del w:id="501" {WHO}>{ins(run(" gone"))}</w:del>', ""),
        (ins(run(" one") + f'<w:ins w:id="501" {WHO}>{run(" two")}</w:ins>'), " one two"),
        (f"<w:smartTag>{ins(run(' tagged'))}</w:smartTag>", " tagged"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{ins(run(' controlled'))}</w:sdtContent></w:sdt>", " controlled"),
        (ins('<w:r><w:t> a</w:t><w:sym w:font="Wingdings" w:char="none"/></w:r>'), " a\ufffd"),
        (ins(f"<w:r><w:t xml:space='preserve'> </w:t>{RUBY}</w:r>"), " below (above)"),
    ],
    ids=["deleted in inserted", "inserted in deleted", "inserted twice", "smart tag", "content control", "symbol", "ruby"],
)
def test_words_come_home_from_whatever_stands_round_them(new: str, wanted: str) -> None:
    outcome = edited(beside("the second item", new))
    assert outcome.text == ARTICLE.replace("the second item", f"the second item{wanted}")
    assert not outcome.count("refused")


@pytest.mark.parametrize("kind", ["begin", "end"])
def test_a_field_that_lacks_its_other_end_swallows_nothing(kind: str) -> None:
    outcome = edited(beside("First words", f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'))
    assert (outcome.text, outcome.changes) == (ARTICLE, ())


def test_a_list_level_that_is_no_number_is_the_first() -> None:
    outcome = edited(
        lambda whole: whole.replace("</w:pPr>", '<w:numPr><w:ilvl w:val="x"/><w:numId w:val="0"/></w:numPr></w:pPr>', 1)
    )
    assert outcome.text == ARTICLE


def test_the_look_of_a_paragraph_mark_is_counted() -> None:
    """Word tracks it wherever a whole paragraph was made bold."""
    look = f'<w:rPr><w:b/><w:rPrChange w:id="501" {WHO}><w:rPr/></w:rPrChange></w:rPr></w:pPr>'
    outcome = edited(lambda whole: whole.replace("</w:pPr>", look, 1))
    assert (outcome.text, outcome.sums) == (ARTICLE, "1 change: 1 applied, 0 refused, 0 conflicts; 0 queries")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("</w:sectPr></w:body>", "<w:sectPrChange {}><w:sectPr/></w:sectPrChange></w:sectPr></w:body>", (13, "[page setup]")),
        ("</w:tblPr>", "<w:tblPrChange {}><w:tblPr/></w:tblPrChange></w:tblPr>", (8, "[look of the table]")),
        ("</w:tcPr>", "<w:tcPrChange {}><w:tcPr/></w:tcPrChange></w:tcPr>", (8, "[look of a cell]")),
        ("</w:tcPr>", "<w:cellIns {}/></w:tcPr>", (8, "[new cell]")),
        ("</w:tcPr>", "<w:cellDel {}/></w:tcPr>", (8, "[deleted cell]")),
        ("</w:tcPr>", '<w:cellMerge {} w:vMerge="cont"/></w:tcPr>', (8, "[merged cells]")),
        ("</w:trPr>", "<w:trPrChange {}><w:trPr/></w:trPrChange></w:trPr>", (8, "[look of a row]")),
    ],
    ids=["page", "table", "cell", "cell put in", "cell taken out", "cells merged", "row"],
)
def test_a_tracked_change_of_what_is_no_text_is_refused_with_its_place(old: str, new: str, told: tuple[int, str]) -> None:
    outcome = edited(lambda whole: whole.replace(old, new.format(f'w:id="501" {WHO}'), 1))
    assert outcome.text == ARTICLE
    assert [(each.fate, (each.line, each.text), each.tracked) for each in outcome.changes] == [("refused", told, True)]


def test_changes_that_are_not_wanted_are_declined_whatever_they_are() -> None:
    data, start = handed()
    mark = f'<w:cellIns w:id="501" {WHO}/></w:tcPr>'
    outcome = take_back(
        desk.change(data, "word/document.xml", {"</w:tcPr>": mark}), start, Request(wishes=Wishes(reject=("Ed Itor",)))
    )
    assert [each.fate for each in outcome.changes] == ["declined"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<w:tbl>", '<w:altChunk r:id="rId99"/><w:tbl>', (8, "[file put in]")),
        ("<w:t>the second item", '<w:t/></w:r><w:subDoc r:id="rId99"/><w:r><w:t>the second item', (6, "[linked file]")),
        ("<w:t>the second item", '<w:contentPart r:id="rId99"/><w:t>the second item', (6, "[handwriting]")),
        ('<w:pStyle w:val="BodyText"/>', '<w:pStyle w:val="Nowhere"/>', (3, "[style Nowhere]")),
        ('<w:numId w:val="3"/>', '<w:numId w:val="0"/>', (5, "[item without its mark]")),
    ],
    ids=["altChunk", "subDoc", "ink", "style", "numbering"],
)
def test_what_is_there_without_tracking_and_is_no_text_is_refused_with_its_place(old: str, new: str, told: tuple[int, str]) -> None:
    outcome = edited(lambda whole: whole.replace(old, new, 1))
    assert outcome.text == ARTICLE
    assert [(each.fate, (each.line, each.text), each.tracked) for each in outcome.changes] == [("refused", told, False)]


@pytest.mark.parametrize(
    ("style", "look", "told"),
    [
        ("Nowhere", '<w:pStyle w:val="ListBullet"/>', "[style Nowhere]"),
        ("ListBullet", '<w:pStyle w:val="ListBullet"/><w:numPr><w:numId w:val="3"/></w:numPr>', "[item without its mark]"),
    ],
    ids=["style", "numbering"],
)
def test_a_tracked_change_that_comes_to_nothing_is_refused_itself(style: str, look: str, told: str) -> None:
    change = f'<w:pPrChange w:id="501" {WHO}><w:pPr>{look}</w:pPr></w:pPrChange></w:pPr>'

    def edit(whole: str) -> str:
        at = whole.index('<w:pStyle w:val="ListBullet"/>')
        end = whole.index("</w:pPr>", at)
        off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
        return f'{whole[:at]}<w:pStyle w:val="{style}"/>{off}{change}{whole[end + len("</w:pPr>") :]}'

    outcome = edited(edit)
    assert [(each.fate, each.text, each.tracked) for each in outcome.changes if each.text == told] == [("refused", told, True)]


def test_a_paragraph_that_numbering_was_put_on_is_an_item() -> None:
    numbers = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/><w:ins w:id="501" {WHO}/></w:numPr>'
    outcome = edited(lambda whole: whole.replace('<w:pStyle w:val="BodyText"/>', f'<w:pStyle w:val="BodyText"/>{numbers}', 1))
    assert outcome.text == ARTICLE.replace("First words", "- First words").replace("them.\n\n", "them.\n")
    assert [(each.change.kind, each.fate, each.tracked) for each in outcome.changes] == [("paragraph", "applied", True)]


@pytest.mark.parametrize(
    "empty",
    [
        f'<w:ins w:id="501" {WHO}/>',
        f'<w:del w:id="501" {WHO}><w:r/></w:del>',
        f'<w:r><w:rPr><w:b/><w:rPrChange w:id="501" {WHO}><w:rPr/></w:rPrChange></w:rPr></w:r>',
    ],
    ids=["insertion", "deletion", "look"],
)
def test_a_change_of_nothing_is_counted_and_leaves_nothing_undone(empty: str) -> None:
    outcome = edited(beside("the second item", empty))
    assert (outcome.text, outcome.sums) == (ARTICLE, "1 change: 1 applied, 0 refused, 0 conflicts; 0 queries")


@pytest.mark.parametrize("end", ["\n", "", "\n\n"], ids=["ends", "does not end", "ends twice"])
@pytest.mark.parametrize("gone", [1, 2])
def test_the_last_paragraphs_go_with_the_blank_line_before_them(gone: int, end: str) -> None:
    text = "# One\n\nFirst words.\n\nSecond words.\n\nLast words."
    source, theme = Source(text + end, "a.md"), load_theme("plain", Report())
    data = hand_off(source, Terms(), theme, Report()).data
    edits = {}
    for paragraph in re.findall(r"<w:p>(?:(?!</w:p>).)*</w:p>", desk.document(data))[-gone:]:
        marked = paragraph.replace("</w:pPr>", f'<w:rPr><w:del w:id="501" {WHO}/></w:rPr></w:pPr>')
        edits[paragraph] = re.sub(
            "<w:r><w:t>(.*?)</w:t></w:r>", rf'<w:del w:id="502" {WHO}><w:r><w:delText>\1</w:delText></w:r></w:del>', marked
        )
    outcome = take_back(desk.change(data, "word/document.xml", edits), base(source, theme, data))
    assert outcome.text == "\n\n".join(text.split("\n\n")[:-gone]) + "\n"


def test_a_look_that_markdown_has_no_sign_for_counts_as_applied() -> None:
    """Word tracks looks of every kind; each of them refused would hide what matters."""
    look = f'<w:rPr><w:color w:val="FF0000"/><w:rPrChange w:id="501" {WHO}><w:rPr/></w:rPrChange></w:rPr><w:t>the second item'
    outcome = edited(lambda whole: whole.replace("<w:t>the second item", look, 1))
    assert (outcome.text, outcome.sums) == (ARTICLE, "1 change: 1 applied, 0 refused, 0 conflicts; 0 queries")


def test_a_paragraph_that_has_no_place_is_told_with_that_before_it() -> None:
    new = f'<w:p><w:pPr><w:rPr><w:ins w:id="501" {WHO}/></w:rPr></w:pPr>{ins(run("More"))}</w:p>'

    def edit(whole: str) -> str:
        at = whole.index("</w:p>", whole.index("cell c")) + len("</w:p>")
        return whole[:at] + new + whole[at:]

    outcome = edited(edit)
    assert outcome.text == ARTICLE
    assert {(each.fate, each.line, each.text) for each in outcome.changes} == {("refused", 11, "More")}


def test_a_link_without_words_that_was_joined_to_another_paragraph_is_not_lost() -> None:
    text = "# One\n\n[](https://example.org/a)\n\nLast words.\n"
    source, theme = Source(text, "a.md"), load_theme("plain", Report())
    data = hand_off(source, Terms(), theme, Report()).data
    at = desk.document(data).index("</w:pPr>", desk.document(data).index("_po_0"))
    rest = desk.document(data)[at:]
    joined = desk.change(
        data, "word/document.xml", {rest: rest.replace("</w:pPr>", f'<w:rPr><w:del w:id="501" {WHO}/></w:rPr></w:pPr>', 1)}
    )
    outcome = take_back(joined, base(source, theme, data))
    assert "https://example.org/a" in outcome.text
    assert "Last words." in outcome.text


def test_a_row_that_was_deleted_is_refused_by_its_name() -> None:
    def edit(whole: str) -> str:
        at = whole.rindex("<w:tr>", 0, whole.index("cell c"))
        behind = at + len("<w:tr>")
        mark = f'<w:del w:id="501" {WHO}/></w:trPr>'
        rest = whole[behind:]
        rest = rest.replace("</w:trPr>", mark, 1) if rest.startswith("<w:trPr>") else f"<w:trPr>{mark}{rest}"
        return whole[:behind] + rest

    outcome = edited(edit)
    assert outcome.text == ARTICLE
    assert [each.reason for each in outcome.changes] == ["rows are put in and taken out by hand"]


def test_words_moved_into_another_cell_are_moved() -> None:
    def edit(whole: str) -> str:
        moved = f'<w:moveFrom w:id="501" {WHO}>{run("cell a")}</w:moveFrom>'
        there = f'<w:moveTo w:id="502" {WHO}>{run(" cell a")}</w:moveTo>'
        found = [next(each[0] for each in desk.RUN.finditer(whole) if words in each["text"]) for words in ("cell a", "cell d")]
        return whole.replace(found[0], moved, 1).replace(found[1], found[1] + there, 1)

    outcome = edited(edit)
    assert re.sub(" +", " ", outcome.text) == ARTICLE.replace("| cell a |", "| |").replace("cell d", "cell d cell a")


def test_a_link_that_a_program_cut_short_is_whole() -> None:
    """LibreOffice ends a link where Latin letters meet Korean ones; nobody takes half a link away."""

    def cut(whole: str) -> str:
        link = re.search(r"<w:hyperlink .*?</w:hyperlink>", whole)
        assert link
        rest = link[0][link[0].index("<w:r>") : -len("</w:hyperlink>")].replace(">link<", ">nk<")
        return whole.replace(link[0], link[0].replace(">link<", ">li<") + rest)

    assert edited(cut).text == ARTICLE


def test_a_link_that_was_taken_away_whole_is_none() -> None:
    text = ARTICLE.replace(
        "in them", "in [them](https://example.org/b), [two](https://example.org/c), [three](https://example.org/d)"
    )
    data = hand_off(Source(text, "a.md"), Terms(), load_theme("plain", Report()), Report()).data
    whole = desk.document(data)
    link = next(each[0] for each in re.finditer(r"<w:hyperlink .*?</w:hyperlink>", whole) if "them" in each[0])
    bare = desk.change(data, "word/document.xml", {link: re.sub("</?w:hyperlink[^>]*>", "", link)})
    assert take_back(bare, base(Source(text, "a.md"), load_theme("plain", Report()), data)).text == text.replace(
        "[them](https://example.org/b)", "them"
    )


def test_nothing_left_is_no_crash() -> None:
    outcome = edited(lambda whole: re.sub(r"<w:body>.*</w:body>", "<w:body/>", whole, flags=re.DOTALL))
    assert outcome.count("refused") + outcome.count("applied") == len(outcome.changes) > 0

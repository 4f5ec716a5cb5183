"""Queries: an editor's comments at their places, in the terminal and in the source."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import desk
from pressout.cli import main
from pressout.diagnostics import Report
from pressout.model import Source
from pressout.readers.docx import read_word
from pressout.readers.docx.values import Comment
from pressout.revision.handoff import Terms, hand_off
from pressout.revision.queries import Query, as_comment, kept_queries, same_query
from pressout.revision.takeback import Base, Request, base, take_back
from pressout.theme import load_theme
from pressout.verify.docx_verdict import verify

ARTICLE = "# One\n\nA first paragraph\nof two lines.\n\n- an item\n- another item\n"


@pytest.fixture
def returned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(ARTICLE)
    CliRunner().invoke(main, ["handoff", "a.md", "--out", "."], catch_exceptions=False)
    path = Path("back.docx")
    path.write_bytes(desk.comment(Path("a-handoff.docx").read_bytes(), "another item", "Which -- one?"))
    return path


def test_a_query_is_listed_at_its_words(returned: Path) -> None:
    answer = CliRunner().invoke(main, ["queries", str(returned)], catch_exceptions=False)
    assert answer.output == 'a.md:7:3: Ed Itor, 2026-11-01: "another item" -> Which -- one?\n'


@pytest.mark.parametrize("way", ["list", "drop", "keep"])
def test_a_query_is_listed_when_its_file_is_home(returned: Path, way: str) -> None:
    """The file is taken home first, and the questions are read then."""
    returned.write_bytes(desk.replace(returned.read_bytes(), "A first", "The very first\nand only"))
    CliRunner().invoke(main, ["takeback", str(returned), "--queries", way], catch_exceptions=False)
    answer = CliRunner().invoke(main, ["queries", str(returned)], catch_exceptions=False)
    line = next(at for at, text in enumerate(Path("a.md").read_text().splitlines(), 1) if text == "- another item")
    assert answer.output == f'a.md:{line}:3: Ed Itor, 2026-11-01: "another item" -> Which -- one?\n'


def test_a_query_is_kept_below_its_block(returned: Path) -> None:
    CliRunner().invoke(main, ["takeback", str(returned), "--queries", "keep"], catch_exceptions=False)
    assert Path("a.md").read_text() == ARTICLE + '  <!-- query(Ed Itor, 2026-11-01) on "another item": Which -\\- one? -->\n'
    answer = CliRunner().invoke(main, ["queries", "a.md", "--json"], catch_exceptions=False)
    (query,) = json.loads(answer.output)
    assert (query["line"], query["author"], query["text"]) == (8, "Ed Itor", "Which -- one?")
    assert query["quote"] == "another item"


def _kept(words: str) -> str:
    """An editor's query as a source keeps it, on these words."""
    return f'<!-- query(Ed Itor, 2026-11-01) on "{words}": Why? -->'


EDITED = "# One\n\nA first paragraph\nof two lines.\n\n- an item\n- another item\n\nThe last one here.\n"


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (
            {"of two lines": "of three long lines"},
            {"of two lines.": f"of three long lines.\n{_kept('of three long lines.')}"},
        ),
        ({"another item": "the other item"}, {"another item": f"the other item\n  {_kept('the other item')}"}),
        (
            {"The last one": "The very last"},
            {"The last one here.": f"The very last here.\n{_kept('The very last here.')}"},
        ),
    ],
    ids=["paragraph", "item", "last"],
)
def test_a_query_follows_the_block_that_was_edited_too(tmp_path: Path, edit: dict[str, str], wanted: dict[str, str]) -> None:
    (old, new), (line, kept) = *edit.items(), *wanted.items()
    sent = desk.comment(_handed(EDITED), old, "Why?")
    assert _home(EDITED, desk.replace(sent, old, new)) == EDITED.replace(line, kept)


def test_a_query_on_a_new_paragraph_stands_below_it() -> None:
    sent = _handed(EDITED)
    whole = desk.document(sent)
    last = whole.rindex("<w:p>", 0, whole.index("The last one"))
    new = f'<w:p><w:pPr><w:rPr><w:ins w:id="91" {desk.WHO}/></w:rPr></w:pPr><w:r><w:t>New.</w:t></w:r></w:p>'
    commented = desk.comment(desk.change(sent, "word/document.xml", {whole: whole[:last] + new + whole[last:]}), "New.", "Why?")
    text = _home(EDITED, commented)
    assert text == EDITED.replace("The last", f"New.\n{_kept('New.')}\n\nThe last")


def test_a_query_on_a_paragraph_that_is_gone_stands_where_it_stood() -> None:
    text = "First.\n\nGone now.\n\nLast.\n"
    sent = desk.replace(desk.comment(_handed(text), "Gone now.", "Why?"), "Gone now.", "")
    whole = desk.document(sent)
    begin = whole.rindex("<w:p>", 0, whole.index("Gone now."))
    properties = whole.index("</w:pPr>", begin)
    mark = f'<w:rPr><w:del w:id="94" {desk.WHO}/></w:rPr>'
    gone = desk.change(sent, "word/document.xml", {whole: whole[:properties] + mark + whole[properties:]})
    assert _home(text, gone) == text.replace("Gone now.", "<!-- query(Ed Itor, 2026-11-01): Why? -->")


def test_a_query_without_words_is_at_the_word_before_it(returned: Path) -> None:
    """LibreOffice writes a comment that no words were marked for as its sign alone."""
    data = returned.read_bytes()
    whole = desk.document(data)
    bare = whole.replace('<w:commentRangeStart w:id="7"/>', "").replace(
        '<w:commentRangeEnd w:id="7"/>', '<w:r><w:commentReference w:id="7"/></w:r>'
    )
    returned.write_bytes(desk.change(data, "word/document.xml", {whole: bare}))
    answer = CliRunner().invoke(main, ["queries", str(returned)], catch_exceptions=False)
    assert answer.output == 'a.md:7:11: Ed Itor, 2026-11-01: "item" -> Which -- one?\n'


def test_the_comments_of_a_script_come_home(tmp_path: Path) -> None:
    """python-docx names a style of Word's own that it does not define: the file is right all the same."""
    file = docx.Document(io.BytesIO(_handed(EDITED)))
    (line,) = [each for each in file.paragraphs if "two lines" in each.text]
    file.add_comment(line.runs, text="Why?", author="Ed Itor", initials="EI")
    file.save(str(tmp_path / "back.docx"))
    assert [found for check in verify(tmp_path / "back.docx").checks for found in check.found] == []
    (query,) = take_back((tmp_path / "back.docx").read_bytes(), _base(EDITED)).queries
    assert (query.line, query.query.author, query.query.text) == (3, "Ed Itor", "Why?")


HARD = (
    "Which -- law? --> x",
    "a---b",
    "-\\- and -\\\\- and \\-",
    "--",
    "-->",
    "<!-- no -->",
    "x --!> y",
    "ends -",
    "->",
    'so "": it',
)


@pytest.mark.parametrize("said", HARD)
def test_a_kept_query_keeps_its_own_words(said: str) -> None:
    """Whatever is asked, answered and asked about stands in a comment that ends where it ends, and comes out as it was."""
    reply = Comment("8", said, "2026-11-03", said, "7")
    query = Query(said, "2026-11-01", said, said, resolved=True, replies=(reply,))
    comment = as_comment(query)
    assert "--" not in comment.removeprefix("<!--").removesuffix("-->")
    other = as_comment(Query("Bo", "2026-11-02", "And this?"))
    first, second = kept_queries(f"One.\n\n{comment}\n{other}\n")
    assert replace(first.query, replies=()) == replace(query, replies=())
    assert [(answer.author, answer.text) for answer in first.query.replies] == [(said, said)]
    assert (second.query.text, second.query.quote) == ("And this?", "")
    assert same_query(query, first.query)


@given(st.text(st.sampled_from('-\\>": a'), max_size=12).map(str.strip).filter(bool))
def test_any_words_come_out_as_they_went_in(said: str) -> None:
    test_a_kept_query_keeps_its_own_words(said)


def test_the_words_of_a_query_are_kept_short_enough_to_read() -> None:
    (kept,) = kept_queries(as_comment(Query("Ed", "", "Why?", "many words\n" * 30)))
    assert kept.query.quote.startswith("many words many words")
    assert kept.query.quote.endswith("words…")
    assert len(kept.query.quote) <= 100
    (kept,) = kept_queries(as_comment(Query("Ed", "", "Why?", "語" * 300)))
    assert kept.query.quote == "語" * 99 + "…"


def _base(text: str) -> Base:
    return base(Source(text, "a.md"), load_theme("plain", Report()))


def _handed(text: str) -> bytes:
    return hand_off(Source(text, "a.md"), Terms(), load_theme("plain", Report()), Report()).data


def _home(text: str, data: bytes) -> str:
    """The source with the changes of a file and its queries."""
    outcome = take_back(data, _base(text), Request(keep_queries=True))
    assert not outcome.count("refused"), outcome
    return outcome.text


def test_an_answer_goes_out_as_a_reply(returned: Path, tmp_path: Path) -> None:
    """A query answered in the source is a comment of the next handoff, the answer a reply to it in the same thread."""
    CliRunner().invoke(main, ["takeback", str(returned), "--queries", "keep"], catch_exceptions=False)
    text = Path("a.md").read_text().replace(" -->", "\n  answer(Ann Author, 2026-11-03): The second -->")
    Path("a.md").write_text(text)
    CliRunner().invoke(main, ["handoff", "a.md", "--out", ".", "--force"], catch_exceptions=False)
    file = read_word(Path("a-handoff.docx").read_bytes(), "a-handoff.docx")
    asked, answer = file.comments
    assert (asked.author, asked.text, asked.parent) == ("Ed Itor", "Which -- one?", "")
    assert (answer.author, answer.text, answer.parent) == ("Ann Author", "The second", asked.id)
    (line,) = [line for line in file.lines if any(piece.comments for piece in line.pieces)]
    assert line.text_now == "another item"
    CliRunner().invoke(main, ["takeback", "a-handoff.docx", "--queries", "keep"], catch_exceptions=False)
    assert Path("a.md").read_text() == text, "what the source keeps already is not written twice"


def test_an_anonymous_answer_has_no_name(tmp_path: Path) -> None:
    text = "One.\n\n<!-- query(Ed, 2026-11-01): Why?\nanswer(Ann Author, 2026-11-03): So -->\n"
    data = hand_off(Source(text, "a.md"), Terms(anonymous=True), load_theme("plain", Report()), Report()).data
    assert [comment.author for comment in read_word(data, "a.docx").comments] == ["Ed", "Author"]


def test_a_file_with_replies_is_valid(tmp_path: Path) -> None:
    """By Microsoft's validator, where it is installed: a thread of two on a paragraph, one on a note's block."""
    text = "One.[^n]\n\n<!-- query(Ed, 2026-11-01) resolved: Why?\nanswer(Ann, 2026-11-03): So -->\n\n[^n]: A note.\n"
    text += "\n<!-- query(Bo, ): Here? -->\n"
    data = hand_off(Source(text, "a.md"), Terms(), load_theme("plain", Report()), Report()).data
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    assert [found for check in verify(path).checks for found in check.found] == []

"""Queries: an editor's comments at their places, in the terminal and in the source."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

import desk
from pressout.cli import main
from pressout.diagnostics import Report
from pressout.model import Source
from pressout.readers.docx import read_word
from pressout.revision.handoff import Terms, hand_off
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


def test_a_query_is_kept_below_its_block(returned: Path) -> None:
    CliRunner().invoke(main, ["takeback", str(returned), "--queries", "keep"], catch_exceptions=False)
    assert Path("a.md").read_text() == ARTICLE + "  <!-- query(Ed Itor, 2026-11-01): Which - - one? -->\n"
    answer = CliRunner().invoke(main, ["queries", "a.md", "--json"], catch_exceptions=False)
    (query,) = json.loads(answer.output)
    assert (query["line"], query["author"], query["text"]) == (8, "Ed Itor", "Which - - one?")


EDITED = "# One\n\nA first paragraph\nof two lines.\n\n- an item\n- another item\n\nThe last one here.\n"


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (
            {"of two lines": "of three long lines"},
            {"of two lines.": "of three long lines.\n<!-- query(Ed Itor, 2026-11-01): Why? -->"},
        ),
        ({"another item": "the other item"}, {"another item": "the other item\n  <!-- query(Ed Itor, 2026-11-01): Why? -->"}),
        (
            {"The last one": "The very last"},
            {"The last one here.": "The very last here.\n<!-- query(Ed Itor, 2026-11-01): Why? -->"},
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
    assert text == EDITED.replace("The last", "New.\n<!-- query(Ed Itor, 2026-11-01): Why? -->\n\nThe last")


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
    assert (asked.author, asked.text, asked.parent) == ("Ed Itor", "Which - - one?", "")
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

"""What an editor does beside the text, as in a running head, is told or is in the source; what programs do there is no change."""

from __future__ import annotations

import io
import re
import zipfile
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

ARTICLE = "---\ntitle: A long road\nauthor: Ann Author\n---\n\n# One\n\nFirst words with a note.[^n]\n\n[^n]: The note.\n"
HEAD, FOOT, NOTES, CORE = "word/running-head.xml", "word/folio.xml", "word/footnotes.xml", "docProps/core.xml"
TITLE = "<w:r><w:t>A long road</w:t></w:r>"
TRACKED = (
    f'<w:r><w:t xml:space="preserve">A </w:t></w:r><w:del w:id="901" {desk.WHO}><w:r><w:delText>long</w:delText></w:r></w:del>'
    f'<w:ins w:id="902" {desk.WHO}><w:r><w:t>short</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> road</w:t></w:r>'
)
SEPARATOR = "<w:r><w:separator/></w:r>"
MADE = "pressout makes these words itself"


@cache
def handed(theme: str = "plain") -> tuple[bytes, Base]:
    source, look = Source(ARTICLE, "a.md"), load_theme(theme, Report())
    data = hand_off(source, Terms(theme=theme), look, Report()).data
    return data, base(source, look, data)


def edited(part: str, old: str, new: str) -> Outcome:
    data, start = handed()
    return take_back(desk.change(data, part, {old: new}), start)


def told(outcome: Outcome) -> list[tuple[str, str, str, bool]]:
    return [(each.fate, each.reason, each.text, each.tracked) for each in outcome.changes]


@pytest.mark.parametrize(
    ("part", "old", "new", "reason", "text"),
    [
        (HEAD, TITLE, TITLE.replace("long", "short"), f"in the running head: {MADE}", "A short road"),
        (HEAD, TITLE, "", f'in the running head: "A long road" is gone; {MADE}', ""),
        (HEAD, TITLE, f"{TITLE}<w:r><w:drawing/></w:r>", "in the running head: Markdown has no place for this", "[picture]"),
        (
            FOOT,
            "<w:r><w:fldChar",
            "<w:r><w:t>Draft</w:t></w:r><w:r><w:fldChar",
            "at the foot of the pages: Markdown has no place for this",
            "Draft",
        ),
        (
            NOTES,
            SEPARATOR,
            f"{SEPARATOR}<w:r><w:t>Notes</w:t></w:r>",
            "above the footnotes: Markdown has no place for this",
            "Notes",
        ),
        (CORE, "A long road", "A short road", f"in the file's properties (title): {MADE}", "A short road"),
        (CORE, "A long road", "", f'in the file\'s properties (title): "A long road" is gone; {MADE}', ""),
    ],
    ids=["head", "head emptied", "picture in the head", "foot", "separator", "title", "title emptied"],
)
def test_what_is_done_beside_the_text_is_refused_with_its_place(part: str, old: str, new: str, reason: str, text: str) -> None:
    outcome = edited(part, old, new)
    assert outcome.text == ARTICLE
    assert told(outcome) == [("refused", reason, text, False)]
    assert outcome.sums == "1 change: 0 applied, 1 refused, 0 conflicts; 0 queries"


def test_tracked_changes_of_a_head_are_counted_one_by_one() -> None:
    outcome = edited(HEAD, TITLE, TRACKED)
    assert told(outcome) == [("refused", f"in the running head: {MADE}", "A short road", True)] * 2
    assert [each.change.kind for each in outcome.changes] == ["deletion", "insertion"]
    assert len({each.change.index for each in outcome.changes}) == 2


def test_a_head_that_says_what_the_changed_title_makes_it_say_is_applied() -> None:
    """Find and replace goes through heads and properties too."""
    data, start = handed()
    data = desk.replace(data, "long", "short")
    data = desk.change(desk.change(data, HEAD, {TITLE: TRACKED}), CORE, {"A long road": "A short road"})
    outcome = take_back(data, start)
    assert outcome.text == ARTICLE.replace("long", "short")
    assert outcome.sums == "5 changes: 5 applied, 0 refused, 0 conflicts; 0 queries"


def test_changes_of_a_head_that_are_not_wanted_are_declined() -> None:
    data, start = handed()
    outcome = take_back(desk.change(data, HEAD, {TITLE: TRACKED}), start, Request(wishes=Wishes(reject=("Ed Itor",))))
    assert [each.fate for each in outcome.changes] == ["declined", "declined"]


def test_what_a_program_does_to_heads_and_properties_is_no_change() -> None:
    """Parts renamed, runs cut, page numbers turned to text, a second head without words, dates, properties dropped."""
    data, start = handed()
    head = desk.document(data, HEAD).replace(TITLE, "<w:r><w:t>A long </w:t></w:r><w:proofErr/><w:r><w:t>road </w:t></w:r>")
    foot = re.sub(r"(?s)<w:r><w:fldChar.*</w:r>", "<w:r><w:t>7</w:t></w:r>", desk.document(data, FOOT))
    core = re.sub(r"<dc:.*?</dc:\w+>", "", desk.document(data, CORE))
    empty = head[: head.index("<w:r>")] + "</w:p></w:hdr>"
    parts = {"word/header1.xml": head, "word/header2.xml": empty, "word/footer1.xml": foot, CORE: core}
    assert take_back(_with_parts(data, parts, without=(HEAD, FOOT)), start).changes == ()


def _with_parts(data: bytes, parts: dict[str, str], without: tuple[str, ...] = ()) -> bytes:
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            if name not in parts and name not in without:
                archive.writestr(name, source.read(name))
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()


def test_a_program_that_names_itself_as_the_author_is_no_editor() -> None:
    source, look = Source("# One\n\nWords.\n", "a.md"), load_theme("plain", Report())
    data = hand_off(source, Terms(), look, Report()).data
    assert "dc:creator" not in desk.document(data, CORE)
    named = desk.change(data, CORE, {"</cp:coreProperties>": "<dc:creator>A program</dc:creator></cp:coreProperties>"})
    assert take_back(named, base(source, look, data)).changes == ()


def test_a_heading_that_a_program_shows_in_a_running_head_is_no_change() -> None:
    """The heads of a report are fields, which a program may work out or not."""
    data, start = handed("report")
    head = next(name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "STYLEREF" in desk.document(data, name))
    shown = desk.change(data, head, {"<w:t>A long road</w:t>": "<w:t>One</w:t>"})
    assert take_back(shown, start).changes == ()
    other = desk.change(data, head, {"<w:t>A long road</w:t>": "<w:t>Two</w:t>"})
    assert [each.text for each in take_back(other, start).changes] == ["Two"]


def test_a_query_on_a_running_head_says_what_it_is_on() -> None:
    data, start = handed()
    said = desk.document(desk.comment(data, "First words", "Shorter?"), "word/comments.xml")
    around = f'<w:commentRangeStart w:id="7"/>{TITLE}<w:commentRangeEnd w:id="7"/>'
    outcome = take_back(desk.change(data, HEAD, {TITLE: around}, **{"word/comments.xml": said}), start, Request(keep_queries=True))
    assert [(each.query.quote, each.line) for each in outcome.queries] == [("in the running head: A long road", 0)]
    assert outcome.text == f'{ARTICLE}\n<!-- query(Ed Itor, 2026-11-01) on "in the running head: A long road": Shorter? -->\n'
    assert outcome.changes == ()

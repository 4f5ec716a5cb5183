"""Tables in Word that are wider than a line of text: on pages of their own that are turned, or in smaller type, as in print."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from pressout.diagnostics import Report
from pressout.edition import Edition
from pressout.model import (
    Attributes,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Metadata,
    Note,
    NoteReference,
    Paragraph,
    Row,
    Section,
    Text,
)
from pressout.model import Table as WideTable
from pressout.prepare import prepare
from pressout.renderers.docx.render import render
from pressout.renderers.pdf.render import render as render_pdf
from pressout.verify.docx import own_checks
from wordfile import Parts, W, drawn, line, text, theme, value

LONG = "internationalisation"


def table(columns: int, *classes: str, words: str = LONG) -> WideTable:
    row = Row(tuple(Cell((line(words),)) for _ in range(columns)))
    return WideTable((Column(),) * columns, (), (row,), attributes=Attributes(classes=classes))


def sections(parts: Parts) -> list[tuple[str, str]]:
    """Of each section how its paper lies, and which paragraphs it has, as one text."""
    found, words = [], ""
    for block in parts.all("body")[0]:
        words += text(block)
        for section in block.iter(f"{W}sectPr"):
            found.append((value(section, "pgSz", "orient"), words))
            words = ""
    return found


def cell_styles(parts: Parts) -> set[str]:
    return {value(each, "pPr/pStyle") for cell in parts.all("tc") for each in cell.iter(f"{W}p")}


def test_a_wide_table_turns_its_page_and_no_other() -> None:
    parts = drawn(line("before"), table(8), line("after"))
    assert [(way, words[-6:]) for way, words in sections(parts)] == [("", "before"), ("landscape", LONG[-6:]), ("", "after")]
    upright, turned, _ = parts.all("pgSz")
    assert (turned.get(f"{W}w"), turned.get(f"{W}h")) == (upright.get(f"{W}h"), upright.get(f"{W}w"))
    margins = [dict(each.attrib) for each in parts.all("pgMar")]
    assert margins[0] == margins[1] == margins[2]
    room = int(turned.get(f"{W}w", "")) - int(margins[1][f"{W}left"]) - int(margins[1][f"{W}right"])
    assert sum(int(each.get(f"{W}w", "")) for each in parts.all("gridCol")) == pytest.approx(room, abs=len(parts.all("gridCol")))
    assert own_checks(parts.data) == []


def test_tables_that_follow_each_other_share_the_turned_pages_and_no_empty_page_ends_the_file() -> None:
    parts = drawn(line("before"), table(2, "wide"), table(2, "wide", words="second"))
    assert [way for way, _ in sections(parts)] == ["", "landscape"]
    assert sections(parts)[1][1].endswith("second")


def test_a_table_that_is_a_little_too_wide_has_smaller_type() -> None:
    parts = drawn(line("before"), table(5, words="administration"))
    assert [way for way, _ in sections(parts)] == [""]
    assert cell_styles(parts) == {"TableCellSmall"}
    sizes = {each.get(f"{W}styleId"): value(each, "rPr/sz") for each in parts.all("style", "styles")}
    usual = 2 * theme("plain").styles["table-cell"].size  # half points
    assert 0.75 < int(sizes["TableCellSmall"]) / usual < 0.85


def test_a_table_that_fits_is_as_before() -> None:
    parts = drawn(table(2))
    assert cell_styles(parts) == {"TableCell"}
    names = {each.get(f"{W}styleId") for each in parts.all("style", "styles")}
    assert not {"TableCellSmall", "HeaderTurned"} & names


def test_an_editors_file_has_its_tables_upright() -> None:
    document = Document(Metadata(title=(Text("A title"),)), (table(8),))
    parts = Parts(render(document, theme(), Edition(anchors=True), Report()).data)
    assert not [each for each in parts.all("pgSz") if value(each.getparent(), "pgSz", "orient")]


@pytest.mark.parametrize("look", ["plain", "briefing", "report", "manuscript"])
@pytest.mark.parametrize("columns", [3, 5, 8])
def test_word_turns_the_pages_that_print_turns(look: str, columns: int) -> None:
    document = prepare(
        Document(Metadata(title=(Text("A title"),)), (line("a"), table(columns), line("b"))), theme(look), Edition(), Report()
    )
    printed = pypdfium2.PdfDocument(io.BytesIO(render_pdf(document, theme(look), Edition(), Report()).data))
    turned = [page.get_width() > page.get_height() for page in printed]
    parts = Parts(render(document, theme(look), Edition(), Report()).data)
    assert sum(turned) == len([way for way, _ in sections(parts) if way])


def test_the_head_of_a_turned_page_is_as_wide_as_the_page() -> None:
    """A manuscript has its folio at the end of the head's line, where a tab leads to."""
    parts = drawn(line("before"), table(8), line("after"), look="manuscript")
    heads = [[each.get(f"{W}type") for each in section.findall(f"{W}headerReference")] for section in parts.all("sectPr")]
    assert all("default" in kinds for kinds in heads)
    upright, turned = parts.part("running-head"), parts.part("running-head-turned")
    assert text(upright) == text(turned)
    styles = {each.get(f"{W}styleId"): each for each in parts.all("style", "styles")}
    tab = styles[value(turned.find(f"{W}p"), "pPr/pStyle")].findall(f".//{W}tab")
    page, margin = parts.all("pgSz")[1], parts.all("pgMar")[1]
    room = int(page.get(f"{W}w", "")) - int(margin.get(f"{W}left", "")) - int(margin.get(f"{W}right", ""))
    assert [int(each.get(f"{W}pos", "")) for each in tab] == [pytest.approx(room, abs=1)]
    assert own_checks(parts.data) == []


def test_notes_that_begin_anew_in_each_chapter_go_on_behind_a_turned_page() -> None:
    def chapter(name: str, *blocks: Block) -> Section:
        return Section(Heading(1, (Text(name),)), blocks)

    noted = tuple(Note(str(number), (line(f"note {number}"),)) for number in range(3))
    marked = [Paragraph((Text("words"), NoteReference(str(number)))) for number in range(3)]
    blocks = chapter("One", marked[0], table(8), marked[1]), chapter("Two", marked[2])
    parts = drawn(*blocks, notes=noted, settings={"note-numbering": "chapter"})
    anew = [value(each, "footnotePr/numRestart") == "eachSect" for each in parts.all("sectPr")]
    ways = [way for way, _ in sections(parts)]
    assert list(zip(ways, anew, strict=True))[-4:] == [("", True), ("landscape", False), ("", False), ("", True)]

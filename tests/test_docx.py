"""Word files as wholes: every kind is native, nothing is lost, the same bytes twice."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from lxml import etree

from conftest import THEMES
from pressout.diagnostics import Report
from pressout.edition import Edition
from pressout.model import (
    Attributes,
    Block,
    Cell,
    Code,
    CodeBlock,
    Heading,
    Link,
    List,
    ListItem,
    Note,
    NoteReference,
    Paragraph,
    Quote,
    Row,
    Section,
    SoftBreak,
    Strong,
    Table,
    Text,
    Verse,
)
from pressout.renderers.docx.render import render
from pressout.verify.docx import own_checks
from wordfile import W, drawn, line, specimen, text, theme, value

# What is native


def test_specimen_has_nothing_broken() -> None:
    for name in THEMES:
        assert own_checks(specimen(name)[1].data) == []


def test_nothing_is_there_that_programs_lose_or_ask_about() -> None:
    _, parts = specimen()
    names = parts.archive.namelist()
    assert not parts.all("sdt")  # LibreOffice writes malformed XML where text is deleted in one
    assert not parts.all("updateFields", "settings")  # Word would ask its reader a question when it opens the file
    assert not [field for field in parts.all("fldChar") if field.get(f"{W}dirty")]
    assert not [name for name in names if "thumbnail" in name or "stylesWithEffects" in name or "customXml" in name]


def test_headings_are_words_own() -> None:
    _, parts = specimen()
    headings = [text(each) for each in parts.paragraphs("Heading1")]
    assert headings[:3] == ["Introduction", "Phrases", "Lists"]
    style = next(each for each in parts.all("style", "styles") if each.get(f"{W}styleId") == "Heading1")
    assert value(style, "name") == "heading 1"
    assert value(style, "pPr/outlineLvl") == "0"
    assert value(style, "next") == "BodyText"


def test_lists_are_native_and_count_by_themselves() -> None:
    inner = List((ListItem((line("a"),)), ListItem((line("b"),))), ordered=True)
    outer = List((ListItem((line("three"), inner)), ListItem((line("four"),))), ordered=True, start=3)
    parts = drawn(outer, line("between"), List((ListItem((line("new"),)),), ordered=True))
    numbers = {text(each): value(each, "pPr/numPr/numId") for each in parts.all("p") if each.find(f".//{W}numPr") is not None}
    levels = {text(each): value(each, "pPr/numPr/ilvl") for each in parts.all("p")}
    assert numbers["three"] == numbers["four"] != numbers["a"] == numbers["b"] != numbers["new"] != numbers["three"]
    assert (levels["three"], levels["a"], levels["new"]) == ("0", "1", "0")
    starts = {each.get(f"{W}numId"): value(each, "lvlOverride/startOverride") for each in parts.all("num", "numbering")}
    assert (starts[numbers["three"]], starts[numbers["a"]], starts[numbers["new"]]) == ("3", "1", "1")
    assert "three" in [text(each) for each in parts.all("p")]  # the number is not among the words


def test_tasks_are_items_whose_sign_is_a_box() -> None:
    parts = drawn(List((ListItem((line("done"),), checked=True), ListItem((line("open"),), checked=False))))
    signs = {}
    definitions = {each.get(f"{W}abstractNumId"): each for each in parts.all("abstractNum", "numbering")}
    for number in parts.all("num", "numbering"):
        signs[number.get(f"{W}numId")] = value(definitions[value(number, "abstractNumId")], "lvl/lvlText")
    shown = {text(each): signs.get(value(each, "pPr/numPr/numId")) for each in parts.all("p")}
    assert (shown["done"], shown["open"]) == ("\u2611", "\u2610")


def test_an_item_that_begins_with_no_paragraph_keeps_its_sign() -> None:
    parts = drawn(List((ListItem((List((ListItem((line("inner"),)),)),)), ListItem((CodeBlock("code"),)), ListItem(()))))
    numbered = [text(each) for each in parts.all("p") if each.find(f".//{W}numPr") is not None]
    assert numbered == ["", "inner", "code", ""]


def test_tables_repeat_their_heads_and_keep_their_rows_whole() -> None:
    _, parts = specimen()
    spans = next(table for table in parts.all("tbl") if "Size in mm" in text(table))
    rows = spans.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, True, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert value(rows[0].findall(f"{W}tc")[1], "tcPr/gridSpan") == "2"
    assert [value(row.find(f"{W}tc"), "tcPr/vMerge") for row in rows[:2]] == ["restart", ""]
    assert all(table.getnext().tag == f"{W}p" for table in parts.all("tbl"))  # Word joins two tables that touch


def test_a_table_that_does_not_add_up_is_filled() -> None:
    wide, tall = Cell((line("wide"),), colspan=3), Cell((line("tall"),), rowspan=9)
    parts = drawn(Table((), (), (Row((wide,)), Row((tall, Cell(()))), Row(()), Row((Cell(()), Cell(()), Cell(()))))))
    widths = [sum(int(value(cell, "tcPr/gridSpan") or 1) for cell in row.findall(f"{W}tc")) for row in parts.all("tr")]
    assert len(set(widths)) == 1
    assert len(parts.all("gridCol")) == widths[0]
    assert own_checks(parts.data) == []


def test_notes_are_words_own_and_a_second_mark_refers_to_the_first() -> None:
    _, parts = specimen()
    marks = [each.get(f"{W}id") for each in parts.all("footnoteReference")]
    assert marks == ["1", "2", "3", "4"]
    notes = {each.get(f"{W}id"): each for each in parts.all("footnote", "footnotes")}
    assert set(notes) == {"-1", "0", "1", "2", "3", "4"}
    assert len(notes["2"].findall(f"{W}p")) == 2
    assert len(notes["2"].findall(f".//{W}footnoteRef")) == 1
    again = [(code, shown) for code, shown in parts.fields() if code.startswith("NOTEREF") and r"\f" in code]
    assert [shown for _, shown in again] == ["1"]
    names = {each.get(f"{W}name") for each in parts.all("bookmarkStart")}
    assert again[0][0].split()[1] in names


def test_a_note_in_a_note_stands_behind_it() -> None:
    inner = Note("inner", (line("The inner note."),), number=2)
    outer = Note("outer", (Paragraph((Text("The outer note."), NoteReference("inner", number=2))),), number=1)
    parts = drawn(Paragraph((Text("Text."), NoteReference("outer", number=1))), notes=(outer, inner))
    assert [text(each) for each in parts.all("p", "footnotes")[2:]] == [" The outer note.2", "2 The inner note."]


def test_captions_and_references_are_fields_with_their_words_in_them() -> None:
    _, parts = specimen()
    fields = dict(parts.fields())
    assert fields[r"SEQ Figure \* ARABIC"]
    assert fields[r"REF fig_wedge \h"] == "Figure 1".replace(" ", "\u00a0")
    assert r"PAGEREF fig_wedge \h" in fields
    names = {each.get(f"{W}name") for each in parts.all("bookmarkStart")}
    assert all(field.split()[1] in names for field in fields if field.split()[0] in ("REF", "PAGEREF", "NOTEREF"))
    assert all(link.get(f"{W}anchor") in names for link in parts.all("hyperlink") if link.get(f"{W}anchor"))


def test_pictures_have_words_or_are_decoration() -> None:
    _, parts = specimen()
    drawings = list(parts.part("document").iter("{*}docPr"))
    decorations = [each for each in drawings if each.findall(".//{*}decorative")]
    assert len(decorations) == 1
    assert all(bool(each.get("descr")) != (each in decorations) for each in drawings)
    assert len({each.get("id") for each in drawings}) == len(drawings)
    assert len(list(parts.part("document").iter("{*}svgBlip"))) == 1


def test_a_long_article_has_contents_with_a_link_to_each_section() -> None:
    sections = tuple(
        Section(Heading(1, (Text(f"Section {number}"),)), (line("word " * 2000),), attributes=Attributes(id=f"section-{number}"))
        for number in range(1, 7)
    )
    parts = drawn(*sections)
    entries = parts.paragraphs("TOC1")
    assert [text(each).strip() for each in entries] == [f"Section {number}" for number in range(1, 7)]
    names = {each.get(f"{W}name") for each in parts.all("bookmarkStart")}
    assert [each.find(f"{W}hyperlink").get(f"{W}anchor") in names for each in entries] == [True] * 6
    assert parts.fields()[-1][0].startswith("TOC ")
    assert not drawn(*sections[:1]).paragraphs("TOC1")


# Letters


def test_letters_that_xml_forbids_never_reach_the_file() -> None:
    parts = drawn(Paragraph((Text("a\x00b\x0bc\ufffed"), Code("e\x1bf"), Link((Text("g"),), "https://example.org/\x07h"))))
    assert text(parts.all("p")[2]) == "abcdefg"
    assert own_checks(parts.data) == []


def test_blanks_at_the_edge_of_a_run_are_kept() -> None:
    parts = drawn(Paragraph((Text("one "), Strong((Text("two"),)), Text(" three"))))
    kept = [each.get("{http://www.w3.org/XML/1998/namespace}space") for each in parts.all("t")[2:]]
    assert kept == ["preserve", None, "preserve"]


def test_special_hyphens_and_tabs_are_words_own() -> None:
    parts = drawn(Paragraph((Text("soft\u00adhyphen non\u2011breaking"),)), CodeBlock("a\tb\nc"))
    words, code = parts.all("p")[2:]
    assert [len(words.findall(f".//{W}{kind}")) for kind in ("softHyphen", "noBreakHyphen")] == [1, 1]
    assert [len(code.findall(f".//{W}{kind}")) for kind in ("tab", "br")] == [1, 1]


def test_each_script_runs_its_own_way() -> None:
    parts = drawn(line("عربي HTML 5 عربي"), lang="ar")
    paragraph = parts.all("p")[2]
    assert paragraph.find(f"{W}pPr/{W}bidi") is not None
    runs = {text(run): run.find(f"{W}rPr/{W}rtl") is not None for run in paragraph.findall(f"{W}r")}
    assert runs == {"عربي ": True, "HTML 5": False, " عربي": True}
    assert parts.all("sectPr")[0].find(f"{W}bidi") is not None


def test_line_ends_between_ideographs_are_no_space() -> None:
    parts = drawn(Paragraph((Text("組版は"), SoftBreak(), Text("本文"), SoftBreak(), Text("A"))), lang="ja")
    assert text(parts.all("p")[2]) == "組版は本文 A"


def test_a_link_to_a_script_is_no_link() -> None:
    parts = drawn(
        Paragraph(
            (Link((Text("a"),), "javascript:alert(1)"), Link((Text("b"),), "https://[broken"), Link((Text("c"),), "mailto:a@b.c"))
        )
    )
    assert [text(each) for each in parts.all("hyperlink")] == ["c"]


# The whole file


def test_the_same_document_gives_the_same_bytes() -> None:
    document, parts = specimen()
    again = render(document, theme(), Edition(), Report()).data
    assert again == parts.data


def test_the_file_says_what_it_is() -> None:
    document, _ = specimen()
    moment = datetime.datetime(2025, 9, 15, 8, 30, tzinfo=datetime.UTC)
    archive = zipfile.ZipFile(io.BytesIO(render(document, theme(), Edition(moment), Report()).data))
    core = etree.fromstring(archive.read("docProps/core.xml"))
    said = {etree.QName(each).localname: each.text for each in core}
    assert said["title"] == "A specimen of every kind"
    assert said["creator"] == "Ada Setzer; Ben Leser"
    assert said["language"] == "en"
    assert said["created"] == "2025-09-15T08:30:00Z"


def test_deep_nests_and_long_lists_are_drawn() -> None:
    deep: Block = line("deep")
    for _ in range(40):
        deep = Quote((List((ListItem((deep,)),)),))
    parts = drawn(deep)
    assert own_checks(parts.data) == []
    assert "deep" in [text(each) for each in parts.all("p")]


def numbered(heading: str, number: str, *blocks: Block) -> Section:
    return Section(Heading(number.count(".") + 1, (Text(heading),), number), blocks, attributes=Attributes(id=heading.lower()))


def test_word_counts_the_headings_that_have_numbers() -> None:
    parts = drawn(numbered("Preface", ""), numbered("One", "1", numbered("Inner", "1.1")), numbered("Appendix", "A"))
    headings = {text(each): each for each in parts.all("p")[2:]}
    definitions = {each.get(f"{W}abstractNumId"): each for each in parts.all("abstractNum", "numbering")}
    lists = {each.get(f"{W}numId"): definitions[value(each, "abstractNumId")] for each in parts.all("num", "numbering")}
    style = next(each for each in parts.all("style", "styles") if each.get(f"{W}styleId") == "Heading2")
    level = int(value(style, "pPr/numPr/ilvl"))
    assert value(lists[value(style, "pPr/numPr/numId")].findall(f"{W}lvl")[level], "lvlText") == "%1.%2"
    assert headings["Inner"].find(f".//{W}numPr") is None  # its style numbers it
    assert value(lists[value(headings["Preface"], "pPr/numPr/numId")], "lvl/numFmt") == "none"
    assert value(lists[value(headings["Appendix"], "pPr/numPr/numId")], "lvl/numFmt") == "upperLetter"
    assert own_checks(parts.data) == []


def test_notes_stand_at_the_end_where_the_article_says_so() -> None:
    notes = (Note("a", (line("The note."),), number=1),)
    parts = drawn(Paragraph((Text("Text."), NoteReference("a", number=1))), notes=notes, settings={"notes": "endnotes"})
    assert [each.get(f"{W}id") for each in parts.all("endnoteReference")] == ["1"]
    assert text(parts.all("endnote", "endnotes")[-1]).strip() == "The note."
    assert text(parts.all("p")[-1]) == "Notes"
    assert "word/footnotes.xml" not in parts.archive.namelist()


def test_lists_of_figures_and_tables_lead_to_them() -> None:
    table = Table((), (), (Row((Cell((line("cell"),)),)),), (Text("A caption"),), number="1", attributes=Attributes(id="tbl-one"))
    parts = drawn(table, settings={"lot": True})
    entries = parts.paragraphs("TableofFigures")
    assert [text(each).strip() for each in entries] == ["Table\u00a01 A caption"]
    assert entries[0].find(f"{W}hyperlink").get(f"{W}anchor") == "tbl_one"


def test_items_of_a_mixed_list_are_named_after_their_kind_and_stand_close() -> None:
    inner = List((ListItem((line("bullet"),)),))
    parts = drawn(List((ListItem((line("first"), inner)), ListItem((line("last"),))), ordered=True))
    styles = {text(each): value(each, "pPr/pStyle") for each in parts.all("p")}
    assert (styles["first"], styles["bullet"], styles["last"]) == ("ListNumberInner", "ListBulletInner", "ListNumber")
    spaces = {each.get(f"{W}styleId"): value(each, "pPr/spacing", "after") for each in parts.all("style", "styles")}
    assert spaces["ListNumberInner"] == spaces["ListBulletInner"] == "0"  # Word parts neighbours of different styles


# Pages


def test_each_chapter_of_a_long_report_begins_a_right_hand_page() -> None:
    long = tuple(line("word " * 400) for _ in range(12))
    parts = drawn(*(numbered(f"Chapter {number}", str(number), *long) for number in range(1, 4)), look="report")
    sections = parts.all("sectPr")
    assert [value(each, "type") for each in sections] == ["", *["oddPage"] * 5]  # cover, title, contents, three chapters
    assert [each.find(f"{W}titlePg") is not None for each in sections] == [True, True, False, True, True, True]
    assert value(sections[3], "footerReference", "type") == "first"  # a chapter's first page has its folio
    codes = [field for name in ("running-head", "running-head-even") for field in parts.all("instrText", name)]
    assert [code.text.strip() for code in codes] == ["STYLEREF 1", "STYLEREF 1"]


def test_a_short_report_runs_on() -> None:
    parts = drawn(numbered("Only", "1", line("Short.")), look="report")
    assert [value(each, "type") for each in parts.all("sectPr")] == ["", "nextPage", "nextPage"]  # cover, title, text


@pytest.mark.parametrize(("look", "drops"), [("report", 1), ("briefing", 0)])
def test_a_title_on_a_page_of_its_own_hangs_as_low_as_in_print(look: str, drops: int) -> None:
    parts = drawn(line("Text."), look=look)
    assert len(parts.paragraphs("TitleDrop")) == drops
    style = next(each for each in parts.all("style", "styles") if each.get(f"{W}styleId") == "TitleDrop")
    assert int(value(style, "pPr/spacing", "line")) / 20 == pytest.approx(0.2 * theme(look).page.height, abs=0.05)


def test_a_manuscript_counts_its_lines_and_names_itself_on_each_page() -> None:
    parts = drawn(line("Text."), look="manuscript")
    assert value(parts.all("sectPr")[0], "lnNumType", "countBy") == "5"
    head = parts.all("p", "running-head")[0]
    assert text(head) == "SETZER / A title1"
    assert [code.text.strip() for code in head.iter(f"{W}instrText")] == ["PAGE"]


def test_who_said_it_stands_on_the_page_of_the_words() -> None:
    """A paragraph is kept with the next one: all of a quotation that has an attribution, and all lines of a poem."""
    words = Paragraph((Text("Words"),))
    quote = Quote((words, words), attribution=(Text("who"),))
    parts = drawn(quote, Verse(((Text("one"),), (Text("two"),)), (Text("poet"),)))
    kept = [each.get(f"{W}styleId") for each in parts.all("style", "styles") if each.find(f"{W}pPr/{W}keepNext") is not None]
    before = {value(each, "pPr/pStyle") for each in parts.all("p") if text(each) in ("Words", "one", "two")}
    assert before
    assert before <= set(kept)


def test_a_head_is_no_nearer_to_the_edge_than_to_the_text() -> None:
    for name in THEMES:
        margins = next(iter(specimen(name)[1].all("pgMar")))
        style = theme(name)
        edge, top = (int(margins.get(f"{W}{side}")) / 20 for side in ("header", "top"))
        assert edge >= top - edge - style.style("running-head").leading - 0.1

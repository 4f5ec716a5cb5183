"""The XHTML that print and EPUB share: well-formed, the same tree to both parsers, no word lost, roles where they may stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

import pytest
import tinyhtml5

from pressout.model import (
    NO_ATTRIBUTES,
    Abbreviation,
    Attributes,
    Block,
    Blocks,
    Callout,
    Cell,
    Code,
    CodeBlock,
    Column,
    CrossReference,
    Definition,
    DefinitionList,
    Division,
    Document,
    Emphasis,
    Figure,
    Heading,
    Highlight,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    Metadata,
    Note,
    NoteReference,
    Paragraph,
    Phrase,
    Picture,
    QuestionAnswer,
    Quote,
    Role,
    Row,
    Section,
    SmallCaps,
    SoftBreak,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    ThematicBreak,
    Verse,
)
from pressout.renderers.html.document import blocks_html, context_for, notes_html, notes_in, targets, title_block
from pressout.renderers.html.front import contents_list
from pressout.renderers.html.roles import CALLOUTS, SECTIONS
from pressout.walk import plain_text

PICTURE = Picture("a b.png", "image/png", 2, 2, b"")
MEDIA = ("print", "epub")


def words(*inlines: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(piece) if isinstance(piece, str) else piece for piece in inlines))


def section(name: str, *blocks: object, role: Role = Role.NONE, level: int = 1) -> Section:
    return Section(
        heading=Heading(level, (Text(name),)),
        blocks=blocks,  # type: ignore[arg-type]
        role=role,
        attributes=Attributes(id=name.lower()),
    )


NOTES = (
    Note("plain", (words("A plain note & its <words>"),), number=1),
    Note("long", (words("First"), List((ListItem((words("an item"),)),)), words("last")), number=2),
    Note("cell", (words("Of a cell", NoteReference("inner", number=4)),), number=3),
    Note("inner", (words("Of a note"),), number=4),
)

INLINES = (
    Text("<&>\"'\x0b"),
    SoftBreak(),
    Emphasis((Text("em"),)),
    Strong((Emphasis((Text("both"),)),)),
    Strikethrough((Text("del"),)),
    Superscript((Text("2"),)),
    Subscript((Text("2"),)),
    SmallCaps((Text("caps"),)),
    Highlight((Text("mark"),)),
    Phrase((Text("mot"),), attributes=Attributes(lang="fr", classes=("x",))),
    Abbreviation("HTML", "HyperText & Co"),
    Code("a < b"),
    Link((Emphasis((Text("site"),)),), "https://example.org/?a=1&b=2"),
    Link((Text("away"),), "other.md"),
    Image("a.png", "alt"),
    Image("b.png", "alt", picture=PICTURE),
    Image("c.png", decorative=True, picture=PICTURE),
    NoteReference("plain", number=1),
    NoteReference("plain", number=1, repeated=True),
    CrossReference("one", content=(Text("Section 1"),)),
    LineBreak(),
    Text("end"),
)

TABLE = Table(
    (Column("decimal"), Column(width=0.4)),
    (Row((Cell((words("Value"),), header=True), Cell((words("Name"),), header=True))),),
    (
        Row((Cell((words("12.50"),)), Cell((words("x", NoteReference("cell", number=3)),), header=True, rowspan=2))),
        Row((Cell((words("1,234.5"),)),)),
    ),
    caption=(Text("A table"),),
    source=(Text("Ours"),),
    number="1",
)

BLOCKS: Blocks = (
    Paragraph(INLINES),
    words("Text", NoteReference("long", number=2), " goes on."),
    List(
        (ListItem((words("a"), List((ListItem((words("b"),)),))), checked=True), ListItem((words("c"), words("d")))),
        ordered=True,
        start=3,
    ),
    DefinitionList((Definition(((Text("t"),), (Text("u"),)), ((words("d"),), (words("e"), words("f")))),)),
    Quote((words("q"), Heading(2, (Text("loose"),))), attribution=(Text("who"),)),
    Quote((words("p"),), kind="pull"),
    Quote((words("e"),), kind="epigraph"),
    Verse(((Text("line"),), (Text("two"),), (), (Text("three"),)), attribution=(Text("poet"),)),
    CodeBlock("\ndef f():\n    return '''a\nb'''", language="python", caption=(Text("Code"),)),
    CodeBlock("x" * 200, language="nonesuch"),
    TABLE,
    Figure((Image("a.png", "alt", picture=PICTURE),), caption=(Text("cap"),), credit=(Text("by"),), description="long", number="2"),
    ThematicBreak(),
    QuestionAnswer((Text("why"),), (words("so"),), attributes=Attributes(id="why")),
    *(Callout(kind, (words(kind),), title=(Text("T"),)) for kind in CALLOUTS),
    Division((words("abc"),), attributes=Attributes(lang="he")),
)

DOCUMENT = Document(
    Metadata(title=(Text("Title"),), subtitle=(Text("Sub"),), lang="en", keywords=("k",), series="S", issue="1"),
    (section("One", *BLOCKS), section("Two", section("Three", level=2), role=Role.ADVICE)),
    NOTES,
)


def drawn(document: Document, medium: str) -> str:
    """The document's XHTML inside one element, as a file of the medium would hold it."""
    context = context_for(document, medium)  # type: ignore[arg-type]
    notes = notes_html(notes_in(document.blocks, context), context) if medium == "epub" else ""
    parts = (
        title_block(document.metadata, context),
        contents_list(document, 2, context),
        blocks_html(document.blocks, context),
        notes,
    )
    return f'<div xmlns:epub="http://www.idpf.org/2007/ops">{"".join(parts)}</div>'


def tree(document: Document, medium: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn(document, medium))


def document_of(*blocks: object) -> Document:
    return Document(Metadata(title=(Text("T"),), lang="en"), (section("Here", *blocks),), NOTES)


def words_of(element: ElementTree.Element) -> list[str]:
    return "".join(element.itertext()).split()


@pytest.mark.parametrize("medium", MEDIA)
def test_ids_are_unique_and_links_lead_to_one(medium: str) -> None:
    root = tree(DOCUMENT, medium)
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    assert {name for name, count in ids.items() if count > 1} == set()
    links = {element.get("href", "")[1:] for element in root.iter("a") if element.get("href", "").startswith("#")}
    assert links <= set(ids)
    assert set(targets(DOCUMENT.blocks, NOTES)) <= set(ids)


def test_html_and_xml_parsers_read_the_same_tree() -> None:
    page = drawn(DOCUMENT, "print")
    xml = ElementTree.fromstring(page)
    html = tinyhtml5.parse(page, namespace_html_elements=False).find("body/div")

    def shape(element: ElementTree.Element) -> object:
        # HTML drops the line end right after <pre>
        text = (element.text or "").removeprefix("\n" if element.tag == "pre" else "")
        return (element.tag, element.get("class"), text, element.tail or "", [shape(child) for child in element])

    assert shape(html) == shape(xml)


@pytest.mark.parametrize("block", [block for block in BLOCKS if isinstance(block, Quote | Verse | CodeBlock | List | Callout)])
def test_every_letter_is_drawn(block: Block) -> None:
    section = tree(document_of(block), "epub").find("section")
    assert section is not None
    assert Counter("".join(words_of(section))) == Counter("".join(("Here" + plain_text((block,))).split()))


def test_a_control_character_that_xml_forbids_is_left_out() -> None:
    assert "\x0b" not in drawn(document_of(words("a\x0bb\ud800c")), "print")


def test_a_long_note_makes_its_paragraph_a_div_and_a_short_one_does_not() -> None:
    short = tree(document_of(words("x", NoteReference("plain", number=1))), "print")
    assert short.find(".//p/span[@class='note footnote']") is not None
    long = tree(document_of(words("x", NoteReference("long", number=2))), "print")
    assert long.find(".//div[@class='paragraph']/div[@class='note footnote']//li") is not None


def test_notes_of_a_table_stand_under_it_in_print_with_those_marked_in_them() -> None:
    root = tree(document_of(TABLE), "print")
    frame = root.find(".//div[@class='table-frame short']")
    assert frame is not None
    assert [part.get("class") for part in frame] == ["table", "source-note", "table-notes"]
    assert [note.get("id") for note in frame.findall("div/span")] == ["note-3", "note-4"]
    assert root.find(".//td//*[@id='note-3']") is None


def test_notes_in_a_stretch_of_text_include_those_marked_in_notes() -> None:
    context = context_for(DOCUMENT, "epub")
    assert [note.number for note in notes_in((TABLE,), context)] == [3, 4]


def test_a_note_used_twice_leads_back_to_its_first_mark() -> None:
    root = tree(document_of(words(NoteReference("plain", number=1), NoteReference("plain", number=1, repeated=True))), "epub")
    marks = root.findall(".//a[@class='note-reference']")
    assert [(mark.get("id"), mark.get("href")) for mark in marks] == [("note-1-mark", "#note-1"), (None, "#note-1")]


def test_emphasis_goes_round_a_link_that_it_fills() -> None:
    root = tree(document_of(Paragraph((Link((Strong((Emphasis((Text("x"),)),)),), "https://example.org"),))), "print")
    assert root.find(".//strong/em/a") is not None
    assert root.find(".//a/em") is None


@pytest.mark.parametrize("target", ["javascript:alert(1)", "other.md", "data:text/html,x", "#"])
def test_a_link_that_leads_nowhere_keeps_its_words(target: str) -> None:
    root = tree(document_of(Paragraph((Link((Text("words"),), target),))), "epub")
    assert root.find(".//section//a") is None
    assert root.findtext(".//p/span") == "words"


def test_a_line_end_between_ideographs_is_nothing() -> None:
    cjk = Paragraph((Text("組版は、"), SoftBreak(), Text("本文に"), SoftBreak(), Text("serve"), SoftBreak(), Text("する")))
    assert tree(document_of(cjk), "print").findtext(".//p") == "組版は、本文に\nserve\nする"


def test_roles_stand_where_they_may() -> None:
    """EPUBCheck 5.3: doc-tip is invalid on section, doc-notice on aside."""
    for tag, role, _ in CALLOUTS.values():
        assert (tag, role) not in {("section", "doc-tip"), ("aside", "doc-notice"), ("section", "doc-example")}
    assert set(SECTIONS) == set(Role)


def test_a_region_is_named_by_its_heading() -> None:
    root = tree(DOCUMENT, "epub")
    ids = {element.get("id"): element for element in root.iter()}
    for element in root.iter():
        if element.get("role") == "region":
            assert ids[element.get("aria-labelledby")].tag in ("h2", "h3")


def test_key_points_are_the_abstract_only_where_there_is_none() -> None:
    points = section("Points", role=Role.KEY_POINTS)
    assert tree(document_of(points), "epub").find(".//section[@id='points']").get("role") == "doc-abstract"  # type: ignore[union-attr]
    document = replace(document_of(points), metadata=Metadata(abstract=(words("a"),), lang="en"))
    assert tree(document, "epub").find(".//section[@id='points']").get("role") == "region"  # type: ignore[union-attr]


def test_epub_types_stay_out_of_print() -> None:
    assert "epub:type" not in drawn(DOCUMENT, "print").replace("xmlns:epub", "")
    assert "data-key" not in drawn(DOCUMENT, "epub")


def test_fractions_of_a_decimal_column_are_as_wide_as_its_longest() -> None:
    cells = tree(document_of(TABLE), "print").findall(".//td/span[@class='fraction']")
    assert [(cell.text, cell.get("style")) for cell in cells] == [(".50", "min-width:2.5ch"), (".5", "min-width:2.5ch")]


def test_a_first_cell_that_spans_rows_moves_the_next_rows_cells() -> None:
    columns = (Column("left"), Column("right"))
    rows = (Row((Cell((words("a"),), rowspan=2), Cell((words("b"),)))), Row((Cell((words("c"),)),)))
    root = tree(document_of(Table(columns, (), rows)), "print")
    assert [cell.get("class") for cell in root.iter("td")] == [
        "table-cell align-left",
        "table-cell align-right",
        "table-cell align-right",
    ]


def test_code_keeps_every_character() -> None:
    for block in BLOCKS:
        if isinstance(block, CodeBlock):
            root = tree(document_of(replace(block, caption=(), attributes=NO_ATTRIBUTES)), "epub")
            assert "".join(root.find(".//pre/code").itertext()) == block.text  # type: ignore[union-attr]


def test_a_decorative_picture_is_no_figure_to_those_who_listen() -> None:
    picture = Paragraph((Image("c.png", decorative=True, picture=PICTURE),))
    assert tree(document_of(picture), "print").find(".//img") is None
    image = tree(document_of(picture), "epub").find(".//img")
    assert image is not None
    assert (image.get("alt"), image.get("role")) == ("", "presentation")


def test_a_missing_picture_leaves_its_alt_text_to_be_seen() -> None:
    assert tree(document_of(Paragraph((Image("gone.png", "A chart"),))), "print").findtext(".//span[@role='img']") == "A chart"


def test_language_brings_its_direction() -> None:
    division = tree(document_of(Division((words("שלום"),), attributes=Attributes(lang="he"))), "print").find(".//div[@lang='he']")
    assert division is not None
    assert division.get("dir") == "rtl"


def test_what_leads_to_the_next_block_says_so_in_print_only() -> None:
    blocks = (words("For example:"), Paragraph((Strong((Text("As a heading"),)),)), words("Plain."))
    assert [p.get("class") for p in tree(document_of(*blocks), "print").findall("section/p")] == ["lead-in", "lead-in", None]
    assert [p.get("class") for p in tree(document_of(*blocks), "epub").findall("section/p")] == [None, None, None]

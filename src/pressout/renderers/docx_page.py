"""The page in Word: its size and margins, its running heads and folios, and the settings of the whole file."""

from __future__ import annotations

from collections.abc import Iterator

from pressout.looks import PageLayout, Theme
from pressout.renderers.docx_inlines import write_field, write_words
from pressout.renderers.docx_notes import SEPARATORS
from pressout.renderers.docx_story import ENDNOTES, Line, Place, Story, WordFile, paragraph
from pressout.renderers.docx_xml import Element, add, qualified, root, twips
from pressout.walk import plain_text

GAP = 2  # lines between the text and what stands above or below it
PARTS = {"header": ("w:hdr", "w:headerReference"), "footer": ("w:ftr", "w:footerReference")}
Reference = tuple[str, str, str]  # to a head or a folio: its kind, the pages that it is for, its relation

COMPATIBILITY = {
    "compatibilityMode": "15",  # Word 2013 and all since: no older layout
    "overrideTableStyleFontSizeAndJustification": "1",
    "enableOpenTypeFeatures": "1",
    "doNotFlipMirrorIndents": "1",
    "differentiateMultirowTableHeaders": "1",
}
COMPATIBILITY_URI = "http://schemas.microsoft.com/office/word"


def heads_and_folios(place: Place) -> Iterator[tuple[str, str, Story]]:
    """The parts at the head and foot of each page: their kind, the pages that they are for, what they hold."""
    page = place.file.theme.page
    title = plain_text(place.file.document.metadata.title)
    sides = ("default", "even") if page.mirrored else ("default",)
    for side in sides:
        suffix = "-even" if side == "even" else ""
        if page.running_head and title:
            line, story = _part("header", f"running-head{suffix}", place)
            write_words(line, title, place)
            yield "header", side, story
        if page.folios:
            line, story = _part("footer", f"folio{suffix}", place)
            write_field(line, "PAGE", "1", place)
            yield "footer", side, story


def _part(kind: str, role: str, place: Place) -> tuple[Line, Story]:
    story = Story(f"{role}.xml", root(PARTS[kind][0], "w", "r"))
    with paragraph(story.root, role, place) as line:
        return line, story


def end_title_block(body: Element, place: Place, references: list[Reference]) -> None:
    """Where the text runs in columns, the title block is a section of its own, as wide as all of them."""
    if place.file.theme.page.columns == 1:
        return
    with paragraph(body, "gap", place) as line:
        properties = line.element.find(qualified("w:pPr"))
        assert properties is not None
        _write_section(properties, place.file, references, columns=1)


def write_section(body: Element, file: WordFile, references: list[Reference]) -> None:
    """The properties of the text's section, at its end."""
    columns = file.theme.page.columns
    _write_section(body, file, references if columns == 1 else [], columns=columns)


def _write_section(parent: Element, file: WordFile, references: list[Reference], *, columns: int) -> None:
    """A section's properties. One that follows another on its page has the same heads and folios without saying so."""
    page = file.theme.page
    section = add(parent, "w:sectPr")
    for kind, side, relation in references:
        add(section, PARTS[kind][1], type=side, r_id=relation)
    if columns > 1:
        add(section, "w:type", val="continuous")
    add(section, "w:pgSz", w=twips(page.width), h=twips(page.height))
    add(section, "w:pgMar", **_margins(file.theme, file.rtl))
    if columns > 1:
        add(section, "w:cols", num=str(columns), space=twips(page.column_gap))
    if references:
        add(section, "w:titlePg")  # the first page has neither head nor folio
    if file.rtl:
        add(section, "w:bidi")


def _margins(theme: Theme, rtl: bool) -> dict[str, str]:
    """The margins; where pages are all alike, the inner one is where a line begins."""
    page = theme.page
    left, right = (page.outer, page.inner) if rtl and not page.mirrored else (page.inner, page.outer)
    gap = GAP * theme.line
    return {
        "top": twips(page.top),
        "right": twips(right),
        "bottom": twips(page.bottom),
        "left": twips(left),
        "header": twips(max(0.0, page.top - gap - theme.style("running-head").leading)),
        "footer": twips(max(0.0, page.bottom - gap - theme.style("folio").leading)),
        "gutter": "0",
    }


def page_width(page: PageLayout) -> float:
    """What stands between the margins, in points."""
    return page.width - page.inner - page.outer


def text_width(page: PageLayout) -> float:
    """The width of a column of text, in points."""
    return (page_width(page) - page.column_gap * (page.columns - 1)) / page.columns


def settings(file: WordFile) -> Element:
    """settings.xml, in the order of Word's schema."""
    page = file.theme.page
    element = root("w:settings", "w")
    if page.mirrored:
        add(element, "w:mirrorMargins")
    add(element, "w:defaultTabStop", val="720")
    if any(style.hyphens for style in file.theme.styles.values()):
        add(element, "w:autoHyphenation")
    if page.mirrored:
        add(element, "w:evenAndOddHeaders")
    add(element, "w:characterSpacingControl", val="doNotCompress")
    form = file.note_form
    notes = add(element, f"{form.note}Pr")
    if form is ENDNOTES:
        add(notes, "w:numFmt", val="decimal")  # Word would number them i, ii, iii
    for identifier in SEPARATORS:
        add(notes, form.note, id=identifier)
    compatibility = add(element, "w:compat")
    for name, value in COMPATIBILITY.items():
        add(compatibility, "w:compatSetting", name=name, uri=COMPATIBILITY_URI, val=value)
    add(element, "w:decimalSymbol", val=".")
    add(element, "w:listSeparator", val=",")
    return element

"""The page in Word: its size and margins, the sections of the file, and the settings of the whole."""

from __future__ import annotations

from pressout.model import Metadata
from pressout.renderers.docx.embedding import wants_faces
from pressout.renderers.docx.inlines import write_words
from pressout.renderers.docx.notes import SEPARATORS
from pressout.renderers.docx.story import ENDNOTES, Opening, Place, Start, WordFile, paragraph
from pressout.renderers.docx.xml import Element, add, qualified, root, twips
from pressout.renderers.parts import in_chapters
from pressout.theme.looks import PageLayout, Theme

GAP = 2  # lines between the text and what stands above or below it
REFERENCES = {"header": "w:headerReference", "footer": "w:footerReference"}

COMPATIBILITY = {
    "compatibilityMode": "15",  # Word 2013 and all since: no older layout
    "overrideTableStyleFontSizeAndJustification": "1",
    "enableOpenTypeFeatures": "1",
    "doNotFlipMirrorIndents": "1",
    "differentiateMultirowTableHeaders": "1",
}
COMPATIBILITY_URI = "http://schemas.microsoft.com/office/word"


def end_title_block(body: Element, metadata: Metadata, place: Place) -> None:
    """What follows the title block: a page of its own ends with the imprint; a text in columns begins below the whole of it."""
    theme = place.file.theme
    if place.file.document.articles and not theme.front.title_page:
        write_imprint(body, place, metadata.publisher, metadata.rights)
    if theme.front.title_page:
        write_imprint(body, place, metadata.imprint, metadata.publisher, metadata.rights)
        end_section(body, place, Opening(page_start(place.file), columns=theme.page.columns))
    elif theme.page.columns > 1:
        end_section(body, place, Opening("continuous", columns=theme.page.columns))


def write_imprint(body: Element, place: Place, *lines: str) -> None:
    """Who publishes, each thing that is said of it in a line of its own."""
    for words in filter(None, lines):
        with paragraph(body, "imprint", place) as line:
            write_words(line, words, place)


def begin_chapter(body: Element, place: Place) -> None:
    """A chapter begins a page, which has a folio and no head."""
    theme = place.file.theme
    end_section(body, place, Opening(page_start(place.file), "head", theme.page.columns))


def count_notes_anew(body: Element, place: Place) -> None:
    """A chapter that runs on from the one before counts its notes from 1: Word does that by the section."""
    if len(body):
        end_section(body, place, Opening("continuous", columns=place.file.theme.page.columns))


def end_contents(body: Element, place: Place) -> None:
    """The text begins a page where the title has one of its own."""
    if place.file.theme.front.title_page:
        end_section(body, place, Opening(page_start(place.file), columns=place.file.theme.page.columns))


def page_start(file: WordFile) -> Start:
    """How what begins a page begins one: on the right, in a text so long that its chapters do."""
    theme = file.theme
    right = theme.page.mirrored and theme.chapters.start == "right" and in_chapters(file.document, theme)
    return "oddPage" if right else "nextPage"


def end_section(body: Element, place: Place, following: Opening) -> None:
    """End the section with the last paragraph so far, unless one has just ended there."""
    if not len(body) or body[-1].tag != qualified("w:p"):
        with paragraph(body, "gap", place):
            pass
    properties = body[-1].find(qualified("w:pPr"))
    assert properties is not None  # every paragraph of ours has a style
    if properties.find(qualified("w:sectPr")) is None:
        write_section(properties, place.file)
    place.file.opening = following


def write_section(parent: Element, file: WordFile) -> None:
    """A section's properties. Only the first says what its heads and folios are: the others have the same."""
    page, opening = file.theme.page, file.opening
    section = add(parent, "w:sectPr")
    for kind, pages, relation in file.heads:
        if not opening.start:
            add(section, REFERENCES[kind], type=pages, r_id=relation)
        if opening.bare == "head" and (kind, pages) == ("footer", "default"):
            add(section, REFERENCES[kind], type="first", r_id=relation)
    if file.note_form is ENDNOTES:
        add(add(section, "w:endnotePr"), "w:numFmt", val="decimal")
    elif file.document.articles or file.notes_by_chapter:
        add(add(section, "w:footnotePr"), "w:numRestart", val="eachSect")  # each article, or each chapter, is a section
    if opening.start:
        add(section, "w:type", val=opening.start)
    add(section, "w:pgSz", w=twips(page.width), h=twips(page.height))
    add(section, "w:pgMar", **_margins(file.theme, file.rtl))
    if page.line_numbers:
        add(section, "w:lnNumType", countBy=str(page.line_numbers), restart="newPage")
    if opening.columns > 1:
        add(section, "w:cols", num=str(opening.columns), space=twips(page.column_gap))
    if opening.bare and file.heads:
        add(section, "w:titlePg")
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
    if wants_faces(file.edition):
        add(element, "w:embedTrueTypeFonts")
        add(element, "w:saveSubsetFonts")
    if page.mirrored:
        add(element, "w:mirrorMargins")
    if file.edition.handoff:
        add(element, "w:trackRevisions")  # what an editor changes shows as a change from the first letter on
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
    add(compatibility, "w:doNotExpandShiftReturn")  # a line that its author ends is not spread to the margin
    for name, value in COMPATIBILITY.items():
        add(compatibility, "w:compatSetting", name=name, uri=COMPATIBILITY_URI, val=value)
    add(element, "w:decimalSymbol", val=".")
    add(element, "w:listSeparator", val=",")
    return element

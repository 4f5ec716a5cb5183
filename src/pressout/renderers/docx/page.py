"""The page in Word: its size and margins, and the sections of the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from pressout.model import Metadata
from pressout.renderers.docx.inlines import write_words
from pressout.renderers.docx.story import ENDNOTES, Opening, Place, Start, WordFile, paragraph
from pressout.renderers.docx.xml import Element, add, qualified, style_id, style_name, twips
from pressout.renderers.parts import in_chapters
from pressout.theme.looks import PageLayout, Theme

LEADING = (style_id(style_name("lead-in-body-text")),)
GAP = 2  # lines between the text and what stands above or below it
REFERENCES = {"header": "w:headerReference", "footer": "w:footerReference"}


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
    if _ended_section(body) is None:
        write_section(_properties(body[-1]), place.file)
    place.file.opening = following


@contextmanager
def turned_page(body: Element, place: Place) -> Iterator[Place]:
    """Pages on their side for what is written meanwhile, as a section of its own; gives the place there.

    What is turned and follows another stands in the same section.
    """
    file, section = place.file, _ended_section(body)
    follows = section is not None and any(size.get(qualified("w:orient")) for size in section.iter(qualified("w:pgSz")))
    waiting, file.waiting = file.waiting, []
    if not follows:
        _turn(body, place)
    file.waiting = waiting
    yield replace(place, width=turned_width(file.theme.page))
    if section is not None and follows:
        _properties(body[-1]).append(section)
    else:
        end_section(body, place, Opening("nextPage", columns=file.theme.page.columns, goes_on=True))


def _turn(body: Element, place: Place) -> None:
    """Turn the page; the heading of what is turned, and the line that leads to it, turn too."""
    leading = _leading(body)
    for line in leading:
        body.remove(line)
    if len(body) and _ended_section(body) is None:
        end_section(body, place, Opening("nextPage", turned=True, goes_on=True))
    else:
        place.file.opening = place.file.opening._replace(turned=True)
    body.extend(leading)


def _leading(body: Element) -> list[Element]:
    """The last paragraphs so far that lead to what follows, and end no section."""
    count = len(body)
    while count and _leads(body[count - 1]):
        count -= 1
    return list(body)[count:]


def _leads(line: Element) -> bool:
    style = line.find(f"{qualified('w:pPr')}/{qualified('w:pStyle')}")
    name = "" if style is None else str(style.get(qualified("w:val")))
    return (name in LEADING or name.startswith("Heading")) and line.find(f"{qualified('w:pPr')}/{qualified('w:sectPr')}") is None


def close_text(body: Element, file: WordFile) -> None:
    """The last section's properties; where the last paragraph ends a section, that is the last."""
    section = _ended_section(body)
    if section is None:
        write_section(body, file)
    else:
        body.append(section)


def _ended_section(body: Element) -> Element | None:
    """The properties of the section that the last paragraph so far ends, if it ends one."""
    return body[-1].find(f"{qualified('w:pPr')}/{qualified('w:sectPr')}") if len(body) else None


def _properties(line: Element) -> Element:
    properties = line.find(qualified("w:pPr"))
    assert properties is not None  # every paragraph of ours has a style
    return properties


def write_section(parent: Element, file: WordFile) -> None:
    """A section's properties. It says what its heads and folios are where the one before has others."""
    page, opening = file.theme.page, file.opening
    section = add(parent, "w:sectPr")
    upright, turned = file.article_heads.get(file.article, (file.heads, file.turned_heads))
    heads = turned if opening.turned else upright
    anew, file.heads_shown = heads != file.heads_shown, heads
    for kind, pages, relation in heads:
        if anew:
            add(section, REFERENCES[kind], type=pages, r_id=relation)
        if opening.bare == "head" and (kind, pages) == ("footer", "default"):
            add(section, REFERENCES[kind], type="first", r_id=relation)
    if file.note_form is ENDNOTES:
        add(add(section, "w:endnotePr"), "w:numFmt", val="decimal")
    elif (file.document.articles or file.notes_by_chapter) and not opening.goes_on:
        add(add(section, "w:footnotePr"), "w:numRestart", val="eachSect")  # each article, or each chapter, is a section
    if opening.start:
        add(section, "w:type", val=opening.start)
    if opening.turned:
        add(section, "w:pgSz", w=twips(page.height), h=twips(page.width), orient="landscape")
    else:
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
    return {
        "top": twips(page.top),
        "right": twips(right),
        "bottom": twips(page.bottom),
        "left": twips(left),
        "header": twips(_edge(page.top, theme.style("running-head").leading, theme.line)),
        "footer": twips(_edge(page.bottom, theme.style("folio").leading, theme.line)),
        "gutter": "0",
    }


def _edge(margin: float, leading: float, line: float) -> float:
    """How far a head stands from the paper's edge: two lines from the text, but no nearer to the edge than to the text."""
    return max(0.0, margin - leading - GAP * line, (margin - leading) / 2)


def page_width(page: PageLayout) -> float:
    """What stands between the margins, in points."""
    return page.width - page.inner - page.outer


def turned_width(page: PageLayout) -> float:
    """What stands between the margins of a page that is turned, in points."""
    return page.height - page.inner - page.outer


def text_width(page: PageLayout) -> float:
    """The width of a column of text, in points."""
    return (page_width(page) - page.column_gap * (page.columns - 1)) / page.columns

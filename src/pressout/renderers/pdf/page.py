"""The whole document as one page of HTML with its sheet in it: what WeasyPrint lays out, and what a person can look into."""

from __future__ import annotations

import datetime
from dataclasses import replace
from urllib.parse import quote

from pressout.edition import Edition
from pressout.model import Document, Metadata, Picture
from pressout.renderers.column_widths import lines_of
from pressout.renderers.css.sheets import print_sheet
from pressout.renderers.css.structure import BOTH, PRINT
from pressout.renderers.html.document import blocks_html, context_for, endnotes_html, title_block
from pressout.renderers.html.front import caption_lists, contents_list, cover_page, house_imprint, imprint, running_title, slug
from pressout.renderers.html.inlines import image_html
from pressout.renderers.html.markup import Context, element, text
from pressout.renderers.parts import contents_wanted, has_cover, head_logo, in_chapters, title_drops
from pressout.terms import direction
from pressout.theme import Theme
from pressout.theme.looks import Chapters
from pressout.walk import plain_text

MOMENT = "%Y-%m-%dT%H:%M:%SZ"  # W3C's profile of ISO 8601; a day without a time begins at midnight
COVER = "pressout-cover:"  # the address of what fills the page of the cover
PICTURE = "picture:"  # the scheme of addresses that only the renderer can resolve; no file and no network stands behind it

COVER_PAGE = f"""
@page cover {{ margin: 0; background: url("{COVER}") center / cover no-repeat; }}
.cover-page {{ page: cover; height: 1pt; }}
"""


# Columns cannot break a page between them, so each article of a collection has its own, below the lines of its title
COLUMNS = """
main {{ columns: auto; }}
main > section {{ columns: {count}; column-gap: {gap:g}pt; }}
main > section > :is(.heading-1, .subtitle, .standfirst, .authors, .date) {{ column-span: all; }}
"""


def page_html(document: Document, theme: Theme, edition: Edition, *, contents: bool | None = None) -> str:
    """The prepared document as a page for print, with a contents list or without.

    Where that is left open, the article says it, or else the length that its text is likely to have. Pictures have addresses that
    only `renderers.pdf.supplies` resolves.
    """
    wanted = contents_wanted(document, theme) if contents is None else contents
    line, turned_line = lines_of(theme)
    context = replace(context_for(document, "print"), source=address, line=line, turned_line=turned_line)
    body = (
        _head_logo(theme, context),
        cover_page() if has_cover(document, theme) else "",
        title_block(document.metadata, context),
        imprint(document.metadata) if theme.front.title_page or document.articles else "",
        contents_list(document, theme.contents_levels, context) if wanted else "",
        caption_lists(document, theme, context),
        element("main", f"\n{blocks_html(document.blocks, context)}{endnotes_html(document, context)}"),
        "" if theme.front.title_page else house_imprint(document.metadata.imprint),
    )
    root = {"lang": context.lang, "dir": document.metadata.dir or direction(context.lang)}
    long = in_chapters(document, theme)
    dressed = theme if long else replace(theme, chapters=Chapters())
    sheet = print_sheet(dressed, root["lang"], root["dir"]) + (COVER_PAGE if has_cover(document, theme) else "")
    if document.articles and theme.page.columns > 1:
        sheet += COLUMNS.format(count=theme.page.columns, gap=theme.page.column_gap)
    head = element("head", f"\n{_head(document.metadata, edition)}{_style(BOTH + PRINT + sheet)}")
    classes = ["long"] * long + ["dropped"] * title_drops(document, theme)
    own = {
        "class": " ".join(classes),
        "data-slug": slug(document.metadata),
        "data-head": running_title(plain_text(document.metadata.title)),
    }
    lines = element("body", "".join(f"\n{part}" for part in body if part), own)
    return f"<!DOCTYPE html>\n{element('html', head + lines, root)}\n"


def _head_logo(theme: Theme, context: Context) -> str:
    """The logo for the running heads, from where the sheet takes it; those who listen have heard of it above the title."""
    logo = head_logo(theme)
    return element("div", image_html(replace(logo, decorative=True), context), {"class": "head-logo"}) if logo else ""


def address(picture: Picture) -> str:
    """Where the page says that a picture stands."""
    return PICTURE + quote(picture.name)


def _head(metadata: Metadata, edition: Edition) -> str:
    created = edition.moment.astimezone(datetime.UTC)
    changed = metadata.modified or created
    named = [
        *(("author", name) for name in _creators(metadata)),
        ("description", plain_text(metadata.description)),
        ("keywords", ", ".join(metadata.keywords)),
        ("generator", "pressout"),
        ("dcterms.created", created.strftime(MOMENT)),
        ("dcterms.modified", changed.strftime(MOMENT)),
    ]
    lines = [
        element("meta", "", {"charset": "utf-8"}),
        element("title", text(plain_text(metadata.title))),
        *(element("meta", "", {"name": name, "content": content}) for name, content in named if content),
    ]
    return "".join(f"{line}\n" for line in lines)


def _creators(metadata: Metadata) -> tuple[str, ...]:
    return tuple(person.name for person in metadata.authors or metadata.contributors or metadata.editors)


def contributors_of(metadata: Metadata) -> tuple[str, ...]:
    """Who edited, translated and illustrated it, each once, but for those who count as its authors."""
    people = (*metadata.editors, *metadata.translators, *metadata.illustrators)
    return tuple(name for name in dict.fromkeys(person.name for person in people) if name not in _creators(metadata))


def _style(css: str) -> str:
    """A sheet stands in the page as it is: HTML reads no references in a style, and only `</` could end it."""
    return f"<style>\n{as_style(css)}</style>\n"


def as_style(css: str) -> str:
    """A sheet as it stands in the page."""
    return css.replace("</", "<\\/")

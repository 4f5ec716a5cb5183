"""The whole document as one page of HTML with its sheet in it: what WeasyPrint lays out, and what a person can look into."""

from __future__ import annotations

import datetime
from dataclasses import replace
from urllib.parse import quote

from pressout.edition import Edition
from pressout.model import Document, Metadata, Picture
from pressout.renderers.css import print_sheet
from pressout.renderers.html import blocks_html, contents_list, context_for, title_block
from pressout.renderers.length import guessed_pages
from pressout.renderers.markup import element, text
from pressout.renderers.structure import BOTH, PRINT
from pressout.terms import direction
from pressout.theme import Theme
from pressout.walk import plain_text

MOMENT = "%Y-%m-%dT%H:%M:%SZ"  # W3C's profile of ISO 8601; a day without a time begins at midnight
MARGIN = 1  # pages; of the articles near the limit most are under it, and to find one too short costs a second layout
PICTURE = "picture:"  # the scheme of addresses that only the renderer can resolve; no file and no network stands behind it


def page_html(document: Document, theme: Theme, edition: Edition, *, contents: bool | None = None) -> str:
    """The prepared document as a page for print, with a contents list or without.

    Where that is left open, the article says it, or else the length that its text is likely to have. Pictures have addresses that
    only `renderers.pdf` resolves.
    """
    wanted = contents_wanted(document, theme) if contents is None else contents
    context = replace(context_for(document, "print"), source=address)
    body = (
        title_block(document.metadata, context),
        contents_list(document, theme.contents_levels, context) if wanted else "",
        element("main", f"\n{blocks_html(document.blocks, context)}"),
    )
    root = {"lang": context.lang, "dir": document.metadata.dir or direction(context.lang)}
    sheet = print_sheet(theme, root["lang"], root["dir"])
    head = element("head", f"\n{_head(document.metadata, edition)}{_style(BOTH + PRINT + sheet)}")
    lines = element("body", "".join(f"\n{part}" for part in body if part))
    return f"<!DOCTYPE html>\n{element('html', head + lines, root)}\n"


def contents_wanted(document: Document, theme: Theme) -> bool:
    """Whether the article asks for a contents list, or says nothing and is likely to be long enough for one."""
    asked = document.metadata.settings.get("toc")
    return asked if isinstance(asked, bool) else guessed_pages(document, theme) > theme.contents_pages + MARGIN


def address(picture: Picture) -> str:
    """Where the page says that a picture stands."""
    return PICTURE + quote(picture.name)


def _head(metadata: Metadata, edition: Edition) -> str:
    created = edition.moment.astimezone(datetime.UTC)
    changed = metadata.modified or created
    named = [
        *(("author", author.name) for author in metadata.authors),
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


def _style(css: str) -> str:
    """A sheet stands in the page as it is: HTML reads no references in a style, and only `</` could end it."""
    escaped = css.replace("</", "<\\/")
    return f"<style>\n{escaped}</style>\n"

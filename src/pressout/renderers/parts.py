"""Parts: what stands beside a document's text in print and in Word alike: a cover, a contents list, chapters."""

from __future__ import annotations

from dataclasses import replace

from pressout.model import Attributes, Document, Image, Section
from pressout.renderers.length import guessed_pages, guessed_title
from pressout.theme import Theme

HEAD_LOGO = 1.5  # lines of the running head
DROP = 0.2  # of the page's height: how far down a page of its own the title begins
CHAPTER = 3.0  # pages; chapters that are shorter on average run on
MARGIN = 1  # pages; of the articles near the limit most are under it, and to find one too short costs a second layout


def contents_wanted(document: Document, theme: Theme) -> bool:
    """Whether the article asks for a contents list, or says nothing and is likely to be long enough for one."""
    asked = document.metadata.settings.get("toc")
    if isinstance(asked, bool):
        return asked
    front = has_cover(document, theme) + theme.front.title_page
    return front + guessed_pages(document, theme) > theme.contents_pages + MARGIN


def has_cover(document: Document, theme: Theme) -> bool:
    """Whether the PDF begins with a cover: where the theme has one for it, and the article wants one."""
    return theme.front.cover and document.metadata.settings.get("cover") is not False


def title_drops(document: Document, theme: Theme) -> bool:
    """Whether the title begins some way down a page of its own: not where it is so long that it would run on to a second page."""
    return theme.front.title_page and guessed_title(document, theme) < 1 - 2 * DROP


def head_logo(theme: Theme) -> Image | None:
    """The logo as the running heads have it: a line and a half of theirs high."""
    logo = theme.house.logo_in("head")
    if logo is None or logo.picture is None:
        return None
    height = HEAD_LOGO * theme.style("running-head").leading
    width = height * logo.picture.width / logo.picture.height
    return replace(logo, attributes=Attributes(values=(("width", f"{width:.2f}pt"),)))


def in_chapters(document: Document, theme: Theme) -> bool:
    """Whether the text is likely to be long enough for chapters that begin a page, where the theme wants that.

    They must be long enough, too: short ones would leave half of the pages white. Articles of a collection always begin one.
    """
    pages, limit = guessed_pages(document, theme), theme.chapters.pages
    if theme.chapters.start == "run" or pages <= limit:
        return False
    chapters = sum(isinstance(block, Section) for block in document.blocks)
    return limit < 0 or pages >= CHAPTER * chapters

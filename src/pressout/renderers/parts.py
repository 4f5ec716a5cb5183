"""Parts: what stands beside a document's text in print and in Word alike: a cover, a contents list, chapters."""

from __future__ import annotations

from pressout.model import Document
from pressout.renderers.length import guessed_pages
from pressout.theme import Theme

MARGIN = 1  # pages; of the articles near the limit most are under it, and to find one too short costs a second layout


def contents_wanted(document: Document, theme: Theme) -> bool:
    """Whether the article asks for a contents list, or says nothing and is likely to be long enough for one."""
    asked = document.metadata.settings.get("toc")
    return asked if isinstance(asked, bool) else guessed_pages(document, theme) > theme.contents_pages + MARGIN


def has_cover(document: Document, theme: Theme) -> bool:
    """Whether the PDF begins with a cover: where the theme has one for it, and the article wants one."""
    return theme.front.cover and document.metadata.settings.get("cover") is not False


def in_chapters(document: Document, theme: Theme) -> bool:
    """Whether the text is likely to be long enough for chapters that begin a page, where the theme wants that."""
    return theme.chapters.start != "run" and guessed_pages(document, theme) > theme.chapters.pages

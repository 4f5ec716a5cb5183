"""Supplies: what a page may ask for while it is laid out. Pictures come from memory, fonts from the theme; all else is refused."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher, URLFetcherResponse

from pressout.bitmaps import as_bitmap
from pressout.diagnostics import Report
from pressout.edition import Profile
from pressout.model import Document, Image, Picture
from pressout.renderers.cover.cover import LOGO, page_cover
from pressout.renderers.css.fonts import SCHEME, font_file
from pressout.renderers.pdf.page import COVER, PICTURE
from pressout.theme import Theme
from pressout.vectors import MEDIA_TYPE as SVG
from pressout.walk import walk


def pictures_of(document: Document) -> dict[str, Picture]:
    """Every picture of the document by its name."""
    found: dict[str, Picture] = {}
    for piece in walk((*document.metadata.abstract, *document.blocks, *document.notes)):
        match piece:
            case Image(picture=Picture() as picture):
                found[picture.name] = picture
            case _:
                continue
    return found


SCREEN = 150  # pixels to the inch of the type's width; below, readers see them
INCH = 72  # points


class Supplies(URLFetcher):  # type: ignore[misc]
    """WeasyPrint's door to the world, with no network behind it."""

    def __init__(self, document: Document, theme: Theme, report: Report, profile: Profile = "print") -> None:
        super().__init__(allowed_protocols=())
        self.pictures = pictures_of(document)
        if theme.house.logo and theme.house.logo.picture:
            self.pictures[theme.house.logo.picture.name] = theme.house.logo.picture
        self.document, self.theme, self.report = document, theme, report
        self.widest = (
            math.ceil((theme.page.width - theme.page.inner - theme.page.outer) / INCH * SCREEN) if profile == "screen" else 0
        )

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The bytes behind an address; ValueError, which WeasyPrint turns into a message, where they are not to be had."""
        if url == COVER:
            data, kind = page_cover(self.document, self.theme, self.report)
            return URLFetcherResponse(url, data, {"Content-Type": kind})
        if url == LOGO and self.theme.house.logo and (logo := self.theme.house.logo.picture):
            return URLFetcherResponse(url, logo.data, {"Content-Type": logo.media_type})
        if url.startswith(PICTURE):
            picture = self._fit(self.pictures[unquote(url.removeprefix(PICTURE))])
            return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})
        return URLFetcherResponse(url, self._file(url).read_bytes())

    def _fit(self, picture: Picture) -> Picture:
        """The picture with as many pixels as the profile has use for; a drawing has none."""
        if not 0 < self.widest < picture.width or picture.media_type == SVG:
            return picture
        match as_bitmap(picture.data, picture.name, self.widest):
            case Picture() as smaller if len(smaller.data) < len(picture.data):
                return smaller
            case _:
                return picture

    def _file(self, url: str) -> Path:
        if url.startswith(SCHEME):
            found = font_file(self.theme, url)
        elif url.startswith("file:"):
            path = Path(url2pathname(urlsplit(url).path)).resolve()
            found = path if path.is_relative_to(self.theme.folder.resolve()) else None
        else:
            raise ValueError("only files are read, and nothing is fetched from a network")
        if found is None:
            raise ValueError("it is neither in the theme's folder nor one of its fonts")
        return found

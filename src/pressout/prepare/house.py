"""The house that publishes an article: its logo above the title and its imprint, as the theme has them."""

from __future__ import annotations

from dataclasses import replace

from pressout.model import Attributes, Document, Image
from pressout.theme import Theme


def add_house(document: Document, theme: Theme) -> Document:
    """The document with the logo, if it is to stand above the title, and the imprint."""
    found = theme.house.logo_in("title")
    logo = wide(found, theme.house.logo_width) if found else None
    return replace(document, metadata=replace(document.metadata, logo=logo, imprint=theme.house.imprint))


def wide(image: Image, points: float) -> Image:
    """The picture, so many points wide wherever it is shown."""
    return replace(image, attributes=Attributes(values=(("width", f"{points:g}pt"),)))

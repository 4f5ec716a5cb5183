"""Typography: the quotes, dashes, dots and spaces of a language, each knowing the source characters that it stands for."""

from __future__ import annotations

from pressout.model import Document


def set_typography(document: Document) -> Document:
    """The document with typographic signs."""
    return document

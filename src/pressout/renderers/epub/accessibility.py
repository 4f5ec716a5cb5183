"""What an EPUB may truly say of its accessibility, read from the document and the theme, never typed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pressout.model import Figure, Image, Picture, Table
from pressout.theme.check import pairs
from pressout.theme.looks import Theme
from pressout.walk import Piece

STANDARD = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"  # the form that section 2.3.1 of EPUB Accessibility 1.1 asks for
CERTIFIER = "pressout, by program"


@dataclass(frozen=True, slots=True)
class Findings:
    """What was seen in the document: `pictures` are those that say something, `described` those of them with alt text.

    `paged` is an EPUB that has the page numbers of a printed edition.
    """

    pictures: int = 0
    described: int = 0
    missing: int = 0
    long_descriptions: int = 0
    headless_tables: int = 0
    moving: int = 0
    legible: bool = True
    has_lang: bool = True
    paged: bool = False

    @property
    def spoken(self) -> bool:
        """Whether all that pictures say can be heard."""
        return self.described == self.pictures

    @property
    def conforms(self) -> bool:
        """Whether nothing was found that WCAG forbids; more a program cannot say."""
        return self.spoken and self.legible and self.has_lang and not (self.missing or self.headless_tables or self.moving)


def findings(pieces: Iterable[Piece], lang: str, theme: Theme) -> Findings:
    """What is seen in all the pieces of a document and in the theme."""
    images, figures, tables = [], [], []
    for piece in pieces:
        match piece:
            case Image():
                images.append(piece)
            case Figure():
                figures.append(piece)
            case Table():
                tables.append(piece)
            case _:
                continue
    telling = [image for image in images if not image.decorative]
    return Findings(
        pictures=len(telling),
        described=sum(bool(image.alt.strip()) for image in telling),
        missing=sum(image.picture is None for image in images),
        long_descriptions=sum(bool(figure.description) for figure in figures),
        headless_tables=sum(not _has_header(table) for table in tables),
        moving=sum(image.picture is not None and _moves(image.picture) for image in images),
        legible=all(pair.enough for pair in pairs(theme)),
        has_lang=bool(lang),
    )


def _has_header(table: Table) -> bool:
    return bool(table.head) or any(cell.header for row in table.body for cell in row.cells)


def _moves(picture: Picture) -> bool:
    """Whether a picture is animated: a bitmap of several frames, or a drawing that changes with time."""
    match picture.media_type:
        case "image/svg+xml":
            return b"<animate" in picture.data or b"@keyframes" in picture.data
        case "image/jpeg":
            return False
        case _:
            from PIL import Image

            with Image.open(io.BytesIO(picture.data)) as image:
                return bool(getattr(image, "is_animated", False))


def statements(found: Findings) -> Iterator[tuple[str, str]]:
    """The metadata, property by property, in the terms of schema.org and EPUB Accessibility 1.1."""
    yield "schema:accessMode", "textual"
    if found.pictures:
        yield "schema:accessMode", "visual"
    if found.spoken:
        yield "schema:accessModeSufficient", "textual"
    if found.pictures:
        yield "schema:accessModeSufficient", "textual,visual"
    for feature in _features(found):
        yield "schema:accessibilityFeature", feature
    yield "schema:accessibilityHazard", "unknown" if found.moving else "none"
    yield "schema:accessibilitySummary", " ".join(_summary(found))
    if found.conforms:
        yield "dcterms:conformsTo", STANDARD
        yield "a11y:certifiedBy", CERTIFIER


def _features(found: Findings) -> Iterator[str]:
    yield from ("ARIA", "displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents")
    if found.pictures and found.spoken:
        yield "alternativeText"
    if found.paged:
        yield from ("pageBreakMarkers", "pageNavigation")
    if found.long_descriptions:
        yield "longDescription"


def _summary(found: Findings) -> Iterator[str]:
    yield "The text adapts to the reader's size, face and colours; headings, contents and landmarks lead through it."
    if found.paged:
        yield "The page numbers are those of the printed edition."
    if found.pictures:
        yield (
            "Every picture that is not decoration has a text in its place."
            if found.spoken
            else f"{found.pictures - found.described} of {found.pictures} pictures have no text in their place."
        )
    if found.missing:
        yield f"{found.missing} pictures are missing."
    if found.headless_tables:
        yield f"{found.headless_tables} tables have no header cells."
    if found.conforms:
        yield "Checked by program, not by people."

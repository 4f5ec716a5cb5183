"""Notes longer than a page, which no foot of a page can hold: WeasyPrint breaks no note, and sets it over the page's edge."""

from __future__ import annotations

from dataclasses import replace

from weasyprint.document import Document as Layout
from weasyprint.formatting_structure.boxes import FootnoteAreaBox

from pressout.diagnostics import Report
from pressout.model import Document
from pressout.renderers.html.inlines import note_id

TOLERANCE = 1.0  # pixels of CSS


def notes_overflow(layout: Layout, document: Document) -> bool:
    """Whether the notes of a page are deeper than the page, or one is on none: WeasyPrint drops what no page of the text holds."""
    drawn = {anchor for page in layout.pages for anchor in page.anchors}
    if any(note.number and note_id(note.number) not in drawn for note in document.notes):
        return True
    for page in layout.pages:
        box = page._page_box
        areas = (child for child in box.children if isinstance(child, FootnoteAreaBox))
        if any(area.margin_height() > box.height + TOLERANCE for area in areas):
            return True
    return False


def with_endnotes(document: Document, report: Report) -> Document:
    """The document with its notes as a list at its end, where a note of any length has room."""
    report.warn(
        "a note is longer than a page: the PDF has its notes at the end",
        max((note.span for note in document.notes if note.span), key=lambda span: span.end - span.start, default=None),
        file=document.name,
        hint="write 'notes: endnotes' into the metadata, or shorten the note",
    )
    metadata = replace(document.metadata, settings={**document.metadata.settings, "notes": "endnotes"})
    return replace(document, metadata=metadata)

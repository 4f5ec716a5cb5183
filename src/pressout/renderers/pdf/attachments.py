"""What travels inside a PDF: the file of the article that it was made of, if that is asked for (PDF/A-3, 6.8)."""

from __future__ import annotations

from pathlib import Path

from weasyprint import Attachment

from pressout.diagnostics import Report
from pressout.edition import Edition
from pressout.model import Document


def source_file(document: Document, edition: Edition, report: Report) -> list[Attachment]:
    """The article's own file, as it stands on the disk, its name without its folder; empty where it is not asked for."""
    if not edition.attach_source:
        return []
    name = Path(document.name).name
    path = (document.folder or Path()) / name
    if not path.is_file():
        report.warn("the source has no file to be attached to the PDF", file=document.name)
        return []
    return [
        Attachment(
            filename=path,
            name=name,
            description="The article that this file was made of",
            created=edition.moment,
            modified=edition.moment,
            relationship="Source",
        )
    ]

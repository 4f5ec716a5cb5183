"""The verdict on an EPUB: EPUBCheck's, that of our own checks, and what the book is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pressout.diagnostics import Diagnostic, Severity
from pressout.verify import Check, Verdict, read_whole
from pressout.verify.contrast import faint
from pressout.verify.epub import Book, can_run_epubcheck, epubcheck, open_book, own_checks

PAGE = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"


def verify(path: Path) -> Verdict:
    """Our own checks come first: what they call no EPUB is given to no other judge."""
    data = read_whole(path)
    book = open_book(data)
    if book is None or book.package is None:
        return Verdict(path, {}, (Check("shops and readers", tuple(own_checks(data))),))
    checks = (_epubcheck(path), Check("shops and readers", tuple(own_checks(data))), Check("contrast", tuple(_contrast(book))))
    return Verdict(path, dict(_facts(book)), checks)


def _epubcheck(path: Path) -> Check:
    missing = can_run_epubcheck()
    return Check("EPUBCheck", missing=missing) if missing else Check("EPUBCheck", tuple(epubcheck(path)))


def _contrast(book: Book) -> Iterator[Diagnostic]:
    """Letters that are too faint on their ground, by what the sheets say."""
    sheets = {item.get("href"): book.part(str(item.get("href"))) for item in book.items("text/css")}
    for name, page in book.pages.items():
        for message in faint(page, sheets.values()) if page is not None else ():
            yield Diagnostic(Severity.WARNING, message, file=name)


# What the book is


def _facts(book: Book) -> Iterator[tuple[str, str]]:
    for name in ("title", "creator", "language", "identifier"):
        said = ", ".join(book.said(name))
        if said:
            yield name, said
    yield "accessibility", ", ".join(book.said("dcterms:conformsTo")) or "no claim"
    pages = _page_labels(book)
    if not pages:
        return
    source = ", ".join(book.said("pageBreakSource"))
    yield "pages", f"{pages[0]} to {pages[-1]}" + (f" of {source}" if source else "")
    without = _gaps(pages)
    if without:
        yield "pages without text", ", ".join(without)


def _page_labels(book: Book) -> list[str]:
    return [
        "".join(map(str, link.itertext())).strip()
        for page in book.pages.values()
        if page is not None
        for nav in page.iter(f"{PAGE}nav")
        if "page-list" in str(nav.get(TYPE)).split()
        for link in nav.iter(f"{PAGE}a")
    ]


def _gaps(labels: list[str]) -> list[str]:
    """The pages up to the last that have no entry: a cover, contents, a blank."""
    numbers = {int(label) for label in labels if label.isdecimal()}
    return [str(number) for number in range(1, max(numbers, default=0)) if number not in numbers]

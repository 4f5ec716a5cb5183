"""The NCX: an EPUB's contents as readers of EPUB 2 know them (OPF 2.0.1, section 2.4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from pressout.renderers.epub.navigation import Entry
from pressout.renderers.html.markup import element, text

NAME = "toc.ncx"
MEDIA_TYPE = "application/x-dtbncx+xml"


def ncx(entries: tuple[Entry, ...], title: str, identifier: str, lang: str) -> bytes:
    """The file toc.ncx. `identifier` is that of the package; the NCX has no list of pages."""
    numbers = count(1)
    meta = {
        "dtb:uid": identifier,
        "dtb:depth": str(_depth(entries)),
        "dtb:totalPageCount": "0",
        "dtb:maxPageNumber": "0",
    }
    head = "".join(f'<meta name="{name}" content="{text(content)}"/>\n' for name, content in meta.items())
    points = "".join(_point(entry, numbers) for entry in entries)
    body = (
        element("head", f"\n{head}"),
        element("docTitle", element("text", text(title))),
        element("navMap", f"\n{points}"),
    )
    root = {"xmlns": "http://www.daisy.org/z3986/2005/ncx/", "version": "2005-1", "xml:lang": lang}
    document = element("ncx", "\n" + "\n".join(body) + "\n", root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document}\n'.encode()


def _point(entry: Entry, numbers: Iterator[int]) -> str:
    number = next(numbers)
    label = element("navLabel", element("text", text(entry.label)))
    content = f'<content src="{text(entry.href)}"/>'
    below = "".join(_point(inner, numbers) for inner in entry.entries)
    attributes = {"id": f"point-{number}", "playOrder": str(number)}
    return element("navPoint", f"\n{label}\n{content}\n{below}", attributes) + "\n"


def _depth(entries: tuple[Entry, ...]) -> int:
    return 1 + max((_depth(entry.entries) for entry in entries if entry.entries), default=0)

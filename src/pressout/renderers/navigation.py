"""The ways into an EPUB: its contents, its landmarks, and the NCX that readers of EPUB 2 know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from pressout.model import Blocks, Document, Section
from pressout.renderers.epub_pages import COVER_PAGE, Page, Plan
from pressout.renderers.markup import element, text
from pressout.terms import term
from pressout.walk import plain_text

NAME = "nav.xhtml"
NCX = "toc.ncx"
LEVELS = 3  # of headings; a list that shows more can't be taken in on a small screen
WORTHWHILE = 3  # entries from which a page of contents is worth turning


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents and those below it."""

    label: str
    href: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """The entries; `paged` where a reader meets them as a page of their own, and not only in the menu."""

    entries: tuple[Entry, ...]
    paged: bool


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that a reading program offers by name: its `epub:type`, its type in the guide of EPUB 2, its name and address."""

    kind: str
    old_kind: str
    label: str
    href: str


def contents(document: Document, plan: Plan) -> Contents:
    """The sections; the text as a whole where it has none."""
    found = tuple(_entries(document.blocks, plan, LEVELS))
    return Contents(found or (Entry(plan.title.title, plan.text[0].name),), len(found) >= WORTHWHILE)


def _entries(blocks: Blocks, plan: Plan, levels: int) -> Iterator[Entry]:
    if levels == 0:
        return
    for block in blocks:
        match block:
            case Section(heading=heading, attributes=attributes, blocks=inside):
                label = " ".join(f"{heading.number} {plain_text(heading.content)}".split())
                yield Entry(label, plan.href(attributes.id), tuple(_entries(inside, plan, levels - 1)))
            case _:
                continue


def landmarks(plan: Plan, found: Contents, lang: str) -> Iterator[Landmark]:
    yield Landmark("cover", "cover", term("cover", lang), COVER_PAGE)
    yield Landmark("titlepage", "title-page", term("title-page", lang), plan.title.name)
    if found.paged:
        yield Landmark("toc", "toc", term("contents", lang), NAME)
    yield Landmark("bodymatter", "text", term("start", lang), plan.text[0].name)


def nav_page(found: Contents, places: Iterable[Landmark], lang: str) -> Page:
    """The navigation document: the contents, which are also a page to read, and the landmarks, which are not."""
    title = term("contents", lang)
    heading = element("h1", text(title), {"class": "contents-title"})
    toc = element("nav", f"\n{heading}\n{_list(found.entries, 1)}\n", {"class": "contents", "epub:type": "toc", "role": "doc-toc"})
    links = "".join(
        element("li", element("a", text(place.label), {"epub:type": place.kind, "href": place.href})) + "\n" for place in places
    )
    marks = element("nav", f"\n{element('ol', chr(10) + links)}\n", {"epub:type": "landmarks", "hidden": "hidden"})
    return Page(NAME, title, "frontmatter", f"{toc}\n{marks}")


def _list(found: tuple[Entry, ...], level: int) -> str:
    items = "".join(_item(entry, level) for entry in found)
    return element("ol", f"\n{items}")


def _item(entry: Entry, level: int) -> str:
    link = element("a", text(entry.label), {"href": entry.href})
    below = f"\n{_list(entry.entries, level + 1)}\n" if entry.entries else ""
    return element("li", link + below, {"class": f"contents-{level}"}) + "\n"


def ncx(found: Contents, title: str, identifier: str, lang: str) -> bytes:
    """The contents as EPUB 2 has them (OPF 2.0.1, section 2.4.1)."""
    numbers = count(1)
    meta = {
        "dtb:uid": identifier,
        "dtb:depth": str(_depth(found.entries)),
        "dtb:totalPageCount": "0",
        "dtb:maxPageNumber": "0",
    }
    head = "".join(f'<meta name="{name}" content="{text(content)}"/>\n' for name, content in meta.items())
    points = "".join(_point(entry, numbers) for entry in found.entries)
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


def _depth(found: tuple[Entry, ...]) -> int:
    return 1 + max((_depth(entry.entries) for entry in found if entry.entries), default=0)

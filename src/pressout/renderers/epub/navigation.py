"""The ways into an EPUB: its contents, the lists of its figures and tables, its landmarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pressout.model import NO_ATTRIBUTES, Attributes, Blocks, Document, Figure, Section, Table
from pressout.renderers.epub.pages import COVER_PAGE, NOTES_PAGE, Page, Plan
from pressout.renderers.html.front import bylines
from pressout.renderers.html.markup import element, text
from pressout.renderers.html.notes import ENDNOTES
from pressout.renderers.html.roles import HEADING
from pressout.terms import direction, term
from pressout.terms import label as name
from pressout.walk import everything, plain_text

NAME = "nav.xhtml"
LEVELS = 3  # of headings; a list that shows more can't be taken in on a small screen
WORTHWHILE = 3  # entries from which a page of contents is worth turning


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents and those below it; of an article of a collection, who wrote it; its language and direction."""

    label: str
    href: str
    entries: tuple[Entry, ...] = ()
    byline: str = ""
    attributes: Attributes = NO_ATTRIBUTES


@dataclass(frozen=True, slots=True)
class Contents:
    """The entries, and the lists that the article asks for; `paged` where a reader meets them as a page, not only in the menu.

    `pages` are those of the printed edition.
    """

    entries: tuple[Entry, ...]
    paged: bool
    figures: tuple[Entry, ...] = ()
    tables: tuple[Entry, ...] = ()
    pages: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that a reading program offers by name: its `epub:type`, its type in the guide of EPUB 2, its name and address."""

    kind: str
    old_kind: str
    label: str
    href: str


def contents(document: Document, plan: Plan) -> Contents:
    """The sections, and the text as a whole where it has none; as a page where that is asked for, or worth a turn."""
    asked = document.metadata.settings
    found = (*_entries(document.blocks, plan, LEVELS, bylines(document)), *_notes(document, plan))
    figures = tuple(_listed("figure", document, plan)) if asked.get("lof") is True else ()
    tables = tuple(_listed("table", document, plan)) if asked.get("lot") is True else ()
    worthwhile = len(found) >= WORTHWHILE if asked.get("toc") is None else asked["toc"] is True
    paged = worthwhile or bool(figures or tables)
    return Contents(found or (Entry(plan.title.title, plan.text[0].name),), paged, figures, tables)


def _entries(blocks: Blocks, plan: Plan, levels: int, names: Mapping[str, str]) -> Iterator[Entry]:
    if levels == 0:
        return
    for block in blocks:
        match block:
            case Section(heading=heading, attributes=attributes, blocks=inside):
                label = " ".join(f"{heading.number} {plain_text(heading.content)}".split())
                below = tuple(_entries(inside, plan, levels - 1, names))
                # a section reaches over many screens; read from right to left, epub.js takes the last of them for its place
                href = f"{plan.href(attributes.id)}{HEADING}"
                yield Entry(label, href, below, names.get(attributes.id, ""), attributes)
            case _:
                continue


def _notes(document: Document, plan: Plan) -> Iterator[Entry]:
    """The endnotes, which stand in a file of their own."""
    if plan.text[-1].name == NOTES_PAGE:
        yield Entry(term("notes", document.metadata.lang), plan.href(ENDNOTES))


def _listed(kind: Literal["figure", "table"], document: Document, plan: Plan) -> Iterator[Entry]:
    """The numbered figures, or tables, with their captions."""
    for piece in everything(document):
        match kind, piece:
            case ("figure", Figure(number=number, caption=caption)) | ("table", Table(number=number, caption=caption)) if number:
                words = f"{name(kind, number, document.metadata.lang)} {plain_text(caption)}"
                yield Entry(words.strip(), plan.href(piece.attributes.id))
            case _:
                continue


def landmarks(plan: Plan, found: Contents, lang: str, *, cover: bool) -> Iterator[Landmark]:
    """The places that a reader offers to go to: those that this book has."""
    if cover:
        yield Landmark("cover", "cover", term("cover", lang), COVER_PAGE)
    yield Landmark("titlepage", "title-page", term("title-page", lang), plan.title.name)
    if found.paged:
        yield Landmark("toc", "toc", term("contents", lang), NAME)
    yield Landmark("bodymatter", "text", term("start", lang), plan.text[0].name)


def nav_page(found: Contents, places: Iterable[Landmark], lang: str) -> Page:
    """The navigation document: the contents and lists, which are also a page to read, and the landmarks, which are not."""
    parts = [
        _nav("toc", "h1", term("contents", lang), found.entries),
        _nav("loi", "h2", term("list-of-figures", lang), found.figures),
        _nav("lot", "h2", term("list-of-tables", lang), found.tables),
        _landmarks(places),
        _page_list(found.pages, lang),
    ]
    return Page(NAME, term("contents", lang), "frontmatter", "\n".join(filter(None, parts)))


def _nav(kind: str, tag: str, title: str, found: tuple[Entry, ...]) -> str:
    if not found:
        return ""
    heading = element(tag, text(title), {"class": "contents-title"})
    role = {"epub:type": kind, "role": "doc-toc" if kind == "toc" else "", "aria-label": title}
    return element("nav", f"\n{heading}\n{_list(found, 1)}\n", {"class": "contents", **role})


def _landmarks(places: Iterable[Landmark]) -> str:
    links = "".join(
        element("li", element("a", text(place.label), {"epub:type": place.kind, "href": place.href})) + "\n" for place in places
    )
    items = element("ol", f"\n{links}")
    return element("nav", f"\n{items}\n", {"epub:type": "landmarks", "hidden": "hidden"})


def _page_list(pages: tuple[Entry, ...], lang: str) -> str:
    """The pages of the printed edition; reading programs offer them, and nobody would read them as a page."""
    if not pages:
        return ""
    items = "".join(element("li", element("a", text(page.label), {"href": page.href})) + "\n" for page in pages)
    attributes = {"epub:type": "page-list", "role": "doc-pagelist", "aria-label": term("page-list", lang), "hidden": "hidden"}
    return element("nav", "\n" + element("ol", f"\n{items}") + "\n", attributes)


def _list(found: tuple[Entry, ...], level: int) -> str:
    items = "".join(_item(entry, level) for entry in found)
    return element("ol", f"\n{items}")


def _item(entry: Entry, level: int) -> str:
    own = entry.attributes
    spoken = {"lang": own.lang, "xml:lang": own.lang, "dir": own.dir or direction(own.lang)}
    byline = element("span", f" · {text(entry.byline)}", {"class": "byline"}) if entry.byline else ""
    link = element("a", text(entry.label) + byline, {"href": entry.href, **spoken})
    below = f"\n{_list(entry.entries, level + 1)}\n" if entry.entries else ""
    return element("li", link + below, {"class": f"contents-{level}"}) + "\n"

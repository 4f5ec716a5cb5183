"""Running heads and folios in Word: parts of their own, with fields for what changes from page to page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, assert_never

from pressout.model import Table
from pressout.renderers.docx.headings import sections
from pressout.renderers.docx.inlines import write_field, write_image, write_words
from pressout.renderers.docx.story import Heads, Line, Place, Story, paragraph
from pressout.renderers.docx.tables import fit_in
from pressout.renderers.docx.xml import add, qualified, root
from pressout.renderers.html.front import running_title, slug
from pressout.renderers.parts import head_logo
from pressout.theme.looks import Head, PageLayout
from pressout.walk import plain_text, walk

BESIDE = "\u2003"  # an em of space between the logo and the words beside it
ROOTS = {"header": "w:hdr", "footer": "w:ftr"}


class Margin(NamedTuple):
    """What stands at the head or the foot of pages: its kind, the pages that it is for, what it holds."""

    kind: str
    pages: str
    story: Story


class Owner(NamedTuple):
    """Whose heads they are, the file's or those of an article in it: its title, and what the names of the parts end in."""

    title: str
    ending: str = ""


def write_heads(place: Place) -> tuple[Margin, ...]:
    """Have the file show its heads and folios; in a collection, those of each article.

    Programs that don't know the field of a heading on the page show what the part says, so that each article has its own.
    """
    file = place.file
    found, file.heads, file.turned_heads = _heads_of(Owner(plain_text(file.document.metadata.title)), place)
    for number, (name, metadata) in enumerate(file.document.articles.items(), 1):
        margins, *heads = _heads_of(Owner(plain_text(metadata.title), f"-{number}"), place)
        file.article_heads[name] = heads
        found += margins
    parts: dict[str, Margin] = {}
    for margin in found:
        parts.setdefault(margin.story.name, margin)  # what the articles share is the whole's
    return tuple(parts.values())


def _heads_of(owner: Owner, place: Place) -> tuple[tuple[Margin, ...], Heads, Heads]:
    """The parts, what shows them on upright pages, and what on turned ones.

    A head with something at the end of its line is another on pages that are turned for a table, whose lines are longer.
    """
    upright = tuple(heads_and_folios(place, owner))
    heads = _related(upright, place)
    if not any(_has_tab(margin) for margin in upright) or not _turns(place):
        return upright, heads, heads
    turned = tuple(margin for margin in heads_and_folios(place, owner, "-turned") if _has_tab(margin))
    others = tuple(margin for margin in upright if not _has_tab(margin))
    return (*upright, *turned), heads, _related((*turned, *others), place)


def _related(margins: Iterable[Margin], place: Place) -> Heads:
    return tuple((kind, pages, place.story.relate(kind, story.name)) for kind, pages, story in margins)


def _has_tab(margin: Margin) -> bool:
    return next(margin.story.root.iter(qualified("w:tab")), None) is not None


def _turns(place: Place) -> bool:
    return any(fit_in(piece, place).turned for piece in walk(place.file.document.blocks) if isinstance(piece, Table))


def heads_and_folios(place: Place, owner: Owner, way: str = "") -> Iterator[Margin]:
    """The parts at the head and foot of the pages; `way` is the variant of the heads' style and name.

    The first page of a section has neither: a part for it would have to be empty, and Word takes that for granted.
    """
    page = place.file.theme.page
    for side in ("default", "even") if page.mirrored else ("default",):
        head = page.left_head if side == "even" else page.right_head
        variant = "-even" if side == "even" else ""
        at_head = page.folios and page.folio_at == "head"
        if page.running_head or at_head or head_logo(place.file.theme):
            ending = owner.ending if head in ("chapter", "section") else ""
            story = Story(f"running-head{variant}{way}{ending}.xml", root(ROOTS["header"], "w", "r"))
            with paragraph(story.root, f"running-head{variant}{way}", place) as line:
                first = _folio_first(page, side) if at_head else None
                _write_line(line, head, replace(place, story=story), owner.title, folio_first=first)
            yield Margin("header", side, story)
        if page.folios and not at_head:
            story = Story(f"folio{variant}.xml", root(ROOTS["footer"], "w", "r"))
            with paragraph(story.root, f"folio{variant}", place) as line:
                write_field(line, "PAGE", "1", place)
            yield Margin("footer", side, story)


def _folio_first(page: PageLayout, side: str) -> bool:
    """Whether a folio in the head begins the line: it stands at the outer edge, or where lines end if pages are all alike."""
    return side == "even" and page.mirrored


def _write_line(line: Line, head: Head, place: Place, title: str, *, folio_first: bool | None) -> None:
    """The running head, with the logo of the house at the end of its line that is free, else beside it."""
    logo, mirrored = head_logo(place.file.theme), place.file.theme.page.mirrored
    outside = mirrored and line.style.role in ("running-head", "running-head-turned")  # the words of a right-hand page end its line
    if logo and outside:
        write_image(line, logo, place)
        write_words(line, BESIDE, place)
    _write_head(line, head, place, title, folio_first=folio_first)
    if logo and not outside:
        if mirrored or folio_first is not None:
            write_words(line, BESIDE, place)
        else:
            add(add(line.element, "w:r"), "w:tab")
        write_image(line, logo, place)


def _write_head(line: Line, head: Head, place: Place, title: str, *, folio_first: bool | None) -> None:
    """The running head, with the folio at the other end of its line if it stands there; None is a folio that stands elsewhere."""
    if folio_first:
        write_field(line, "PAGE", "1", place)
        add(add(line.element, "w:r"), "w:tab")
    if place.file.theme.page.running_head:
        _write_words(line, head, place, title)
    if folio_first is False:
        add(add(line.element, "w:r"), "w:tab")
        write_field(line, "PAGE", "1", place)


def _write_words(line: Line, head: Head, place: Place, title: str) -> None:
    """What a head says. Programs that don't know the field of a heading on the page show the title, which is never wrong."""
    match head:
        case "title":
            write_words(line, running_title(title), place)
        case "slug":
            write_words(line, slug(place.file.document.metadata), place)
        case "chapter" | "section":
            level = 1 if head == "chapter" or not _has_level(place, 2) else 2
            if _has_level(place, level):
                # By its number Word finds the style of that level whatever its language calls it
                write_field(line, f"STYLEREF {level}", title, place)
            else:
                write_words(line, title, place)
        case _:
            assert_never(head)


def _has_level(place: Place, level: int) -> bool:
    return any(section.heading.level == level for section in sections(place.file.document.blocks))

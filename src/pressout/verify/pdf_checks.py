"""The checks of a PDF, each by its own eyes: what a reader, a listener, an archive or a press would stumble over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from pressout.diagnostics import Diagnostic, Severity
from pressout.verify.pdf_content import INCH
from pressout.verify.pdf_facts import Box, Facts, metadata_of
from pressout.verify.pdf_links import Places, dead_links, links_of
from pressout.verify.pdf_tags import Tag

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")  # BCP 47
COARSE = 150  # pixels to the inch; below, readers see them
ICON = 0.25 * INCH  # a quarter of an inch: on what is smaller, no one counts pixels
LONG = 4  # pages from which a reader looks for an outline
HEAVY = 50_000_000  # bytes; most mail servers refuse less
HEADINGS = tuple(f"H{level}" for level in range(1, 7))
SLACK = 0.01  # points that a box may lie outside another: rounding


def check(pdf: Any, facts: Facts) -> list[Diagnostic]:
    """Everything that is wrong with an open file, in the order of a preflight: the whole, the pages, the tags."""
    return [found for each in CHECKS for found in each(pdf, facts)]


def _whole(pdf: Any, facts: Facts) -> Iterator[Diagnostic]:
    if not facts.boxes:
        yield _error("has no pages")
    if facts.encrypted:
        yield _error("is encrypted: archives refuse it, and some screen readers are kept out")
    if not facts.title:
        yield _error("has no title")
    elif not pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield _error("does not have its title shown: readers see the file's name in its place")
    if not facts.language:
        yield _error("does not say its language: a screen reader guesses how to speak it")
    elif not LANGUAGE.fullmatch(facts.language):
        yield _error(f"says a language that is none: '{facts.language}'")
    if "/JavaScript" in pdf.Root.get("/Names", {}) or str(pdf.Root.get("/OpenAction", {})).find("/JavaScript") >= 0:
        yield _error("holds a script")
    if facts.size > HEAVY:
        yield _warning(f"has {facts.size / 1_000_000:.0f} MB: mail servers refuse it")


def _metadata(pdf: Any, facts: Facts) -> Iterator[Diagnostic]:
    if not metadata_of(pdf):
        yield _error("has no XMP metadata: catalogues find neither title nor author")
        return
    for family, claim in facts.claims.items():
        if not claim:
            yield _warning(f"does not say that it is {family}")


def _finding(pdf: Any, facts: Facts) -> Iterator[Diagnostic]:
    """What helps to find one's way: an outline, page labels, links that lead somewhere."""
    if len(facts.boxes) >= LONG and not facts.outline:
        yield _warning(f"has {len(facts.boxes)} pages and no outline")
    if len(facts.boxes) > 1 and not facts.labels:
        yield _warning("does not say what its pages are called: a reader counts from the file's first leaf")
    places = Places(pdf)
    for entry in facts.outline:
        if missing := places.missing(entry.target):
            yield _error(f"the outline's entry '{entry.title}' leads to {missing}")
    for number, missing in dead_links(pdf):
        yield _error(f"a link on page {number} leads to {missing}")


def _fonts(_: Any, facts: Facts) -> Iterator[Diagnostic]:
    for font in facts.fonts:
        if not font.embedded:
            yield _error(f"the font '{font.name}' is not embedded: each reader sees another one")
        elif not font.subset and font.kind != "Type3":
            yield _warning(f"the font '{font.name}' is embedded whole, with letters that are not used")
        if not (font.mapped or (font.named and not font.wide)):
            yield _error(f"the font '{font.name}' does not say which letters it draws: its text can be neither searched nor heard")


def _text(_: Any, facts: Facts) -> Iterator[Diagnostic]:
    drawn = facts.drawn
    for name, count in drawn.unreadable.items():
        if any(font.name == name and (font.mapped or font.named) for font in facts.fonts):
            yield _error(f"{count} letters of the font '{name}' stand for nothing: they can be neither searched nor heard")
    for number in sorted({picture.page for picture in drawn.pictures}):
        if not drawn.letters[number]:
            yield _error(f"page {number} is a picture without text under it")
    if facts.tagged:
        for number, count in drawn.loose.items():
            if count:
                yield _error(f"{count} letters on page {number} are in no tag: a screen reader leaves them out or reads them last")


def _pictures(_: Any, facts: Facts) -> Iterator[Diagnostic]:
    for picture in facts.drawn.pictures:
        across, down = (round(number) if number < 1e9 else 0 for number in picture.ppi)
        if min(picture.size) > ICON and picture.space != "mask" and min(across, down) < COARSE:
            shown = f"{across} ppi" if abs(across - down) < 3 else f"{across} by {down} ppi"
            yield _warning(f"a picture on page {picture.page} has {shown}: below {COARSE}, readers see its pixels")


def _colours(pdf: Any, facts: Facts) -> Iterator[Diagnostic]:
    """A file that promises one look has one kind of colour, and says which (ISO 19005-3, 6.2.4.3)."""
    used = facts.drawn.spaces & {"RGB", "CMYK"}
    if len(used) > 1:
        yield _warning("mixes RGB and CMYK: a press turns one into the other as it likes")
    intents = pdf.Root.get("/OutputIntents", [])
    if facts.claims["PDF/A"] and used and not len(intents):
        yield _error("claims PDF/A and does not say what its colours look like: it has no output intent")


def _boxes(_: Any, facts: Facts) -> Iterator[Diagnostic]:
    # A page that is turned for a wide table is of the same paper
    sizes = {tuple(sorted((round(right - left), round(top - bottom)))) for left, bottom, right, top in _papers(facts)}
    if len(sizes) > 1:
        yield _warning(f"has pages of {len(sizes)} sizes")
    for number, page in enumerate(facts.boxes, 1):
        media = page.get("MediaBox")
        if media is None or media[0] >= media[2] or media[1] >= media[3]:
            yield _error(f"page {number} has no size")
            continue
        for name, box in page.items():
            if not _inside(box, media):
                yield _error(f"the {name} of page {number} lies outside its paper")
        if "TrimBox" in page and "BleedBox" in page and not _inside(page["TrimBox"], page["BleedBox"]):
            yield _error(f"the TrimBox of page {number} lies outside its BleedBox")


def _papers(facts: Facts) -> Iterator[Box]:
    return (page["MediaBox"] for page in facts.boxes if "MediaBox" in page)


def _inside(inner: Box, outer: Box) -> bool:
    left, bottom, right, top = outer
    return inner[0] >= left - SLACK and inner[1] >= bottom - SLACK and inner[2] <= right + SLACK and inner[3] <= top + SLACK


# Tags


def _tags(pdf: Any, facts: Facts) -> Iterator[Diagnostic]:
    if not facts.tagged:
        yield _error("has no tags: a screen reader guesses what is a heading, a list, a table, and in which order to read")
        return
    yield from _figures(facts)
    yield from _headings(facts)
    yield from _tables(facts)
    yield from _links(pdf)


def _figures(facts: Facts) -> Iterator[Diagnostic]:
    for number, tag in enumerate((tag for tag in facts.tree.tags if tag.standard in ("Figure", "Formula")), 1):
        if not (str(tag.element.get("/Alt", "")).strip() or "/ActualText" in tag.element):
            yield _error(f"the {tag.standard.lower()} {number} has no text in its place")


def _headings(facts: Facts) -> Iterator[Diagnostic]:
    levels = [HEADINGS.index(tag.standard) + 1 for tag in facts.tree.tags if tag.standard in HEADINGS]
    if levels and levels[0] != 1:
        yield _error(f"its first heading is H{levels[0]}, not H1")
    if not levels and not any(tag.standard == "H" for tag in facts.tree.tags):
        yield _warning("has no headings: a listener cannot go from one to the next")
    for above, level in sorted(set(pairwise(levels))):
        if level > above + 1:
            yield _error(f"leaves a level of headings out: H{level} follows H{above}")


def _tables(facts: Facts) -> Iterator[Diagnostic]:
    tables: dict[int, set[str]] = {id(tag): set() for tag in facts.tree.tags if tag.standard == "Table"}
    for tag in facts.tree.tags:
        table = _table_of(tag)
        if table and tag is not table:
            tables[id(table)].add(tag.standard)
    for number, kinds in enumerate(tables.values(), 1):
        if "TD" in kinds and "TH" not in kinds:
            yield _error(f"table {number} has no header cells: a listener does not know what its figures mean")
        elif "TR" not in kinds:
            yield _error(f"table {number} has no rows")


def _table_of(tag: Tag) -> Tag | None:
    return next((above for above in tag.within() if above.standard == "Table"), None)


def _links(pdf: Any) -> Iterator[Diagnostic]:
    for number, page in enumerate(pdf.pages, 1):
        links = links_of(page)
        loose = sum("/StructParent" not in link for link in links)
        if loose:
            yield _error(f"{loose} links on page {number} are in no tag")
        if links and str(page.obj.get("/Tabs")) != "/S":
            yield _warning(f"the tab key goes through the links of page {number} in no order that is told")


def _error(message: str) -> Diagnostic:
    return Diagnostic(Severity.ERROR, message)


def _warning(message: str) -> Diagnostic:
    return Diagnostic(Severity.WARNING, message)


CHECKS: tuple[Callable[[Any, Facts], Iterator[Diagnostic]], ...] = (
    _whole,
    _metadata,
    _finding,
    _fonts,
    _text,
    _pictures,
    _colours,
    _boxes,
    _tags,
)

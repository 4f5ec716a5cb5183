"""The checks of a PDF, each by its own eyes: what a reader, a listener, an archive or a press would stumble over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from pressout.diagnostics import Diagnostic
from pressout.verify.findings import error, note, pages, warning
from pressout.verify.pdf import hearing, press
from pressout.verify.pdf.content import INCH
from pressout.verify.pdf.facts import Facts, info_title, metadata_of
from pressout.verify.pdf.labels import unlike
from pressout.verify.pdf.links import Places, dead_links

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")  # BCP 47
# What programs write in the place of a title (WCAG 2.2, technique PDF18)
FILE_TITLE = re.compile(
    r"\S+\.(?:docx?|odt|rtf|indd|tex|typ|md|txt|html?|pdf|pages|pptx?|xlsx?)|Microsoft Word - .*"
    r"|(?:untitled|document|dokument)[- ]?\d*",
    re.IGNORECASE,
)
COARSE = 150  # pixels to the inch; below, readers see them
ICON = 0.25 * INCH  # a quarter of an inch: on what is smaller, no one counts pixels
LONG = 4  # pages from which a reader looks for an outline
HEAVY = 50_000_000  # bytes; most mail servers refuse less
OUTLINES = 200  # curves of a page without a letter that may be letters


def check(pdf: Any, facts: Facts) -> list[Diagnostic]:
    """Everything that is wrong with an open file, in the order of a preflight: the whole, the pages, the tags."""
    return [found for each in CHECKS for found in each(pdf, facts)]


def _whole(pdf: Any, facts: Facts) -> Iterator[Diagnostic]:
    if not facts.boxes:
        yield error("has no pages")
    if facts.encrypted:
        yield error("is encrypted: archives refuse it, and some screen readers are kept out")
    if not facts.title:
        yield error("has no title")
    elif FILE_TITLE.fullmatch(facts.title):
        yield warning(f"its title is that of a file: '{facts.title}'")
    if facts.title and not pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield error("does not have its title shown: readers see the file's name in its place")
    if not facts.language:
        yield error("does not say its language: a screen reader guesses how to speak it")
    elif not LANGUAGE.fullmatch(facts.language):
        yield error(f"says a language that is none: '{facts.language}'")
    if "/JavaScript" in pdf.Root.get("/Names", {}) or str(pdf.Root.get("/OpenAction", {})).find("/JavaScript") >= 0:
        yield error("holds a script")
    if facts.size > HEAVY:
        yield warning(f"has {facts.size / 1_000_000:.0f} MB: mail servers refuse it")


def _metadata(pdf: Any, facts: Facts) -> Iterator[Diagnostic]:
    if not metadata_of(pdf):
        yield error("has no XMP metadata: catalogues find neither title nor author")
        return
    other = info_title(pdf)
    if facts.title and other and other != facts.title:
        yield warning(f"has two titles, '{facts.title}' and '{other}': which one is shown hangs on the program")
    for family, claim in facts.claims.items():
        if not claim:
            yield warning(f"does not say that it is {family}")


def _finding(pdf: Any, facts: Facts) -> Iterator[Diagnostic]:
    """What helps to find one's way: an outline, page labels, links that lead somewhere."""
    if len(facts.boxes) >= LONG and not facts.outline:
        yield warning(f"has {len(facts.boxes)} pages and no outline")
    if len(facts.boxes) > 1 and not facts.labels:
        yield warning("does not say what its pages are called: a reader counts from the file's first leaf")
    for page, folio, label in list(unlike(facts.labels, facts.drawn.margins))[:1]:
        yield warning(f"page {page} is printed as '{folio}' and called '{label}': who asks for one gets the other")
    places = Places(pdf)
    for entry in facts.outline:
        if not entry.title.strip():
            yield error("the outline has an entry without words")
        if missing := places.missing(entry.target):
            yield error(f"the outline's entry '{entry.title}' leads to {missing}")
    for number, missing in dead_links(pdf):
        yield error(f"a link on page {number} leads to {missing}")


def _fonts(_: Any, facts: Facts) -> Iterator[Diagnostic]:
    absent = [font.name for font in facts.fonts if not font.embedded]
    whole = [font.name for font in facts.fonts if font.embedded and not font.subset and font.kind != "Type3"]
    mute = [font.name for font in facts.fonts if not (font.mapped or (font.named and not font.wide))]
    if absent:
        yield error(f"the font {_first(absent)} is not embedded: each reader sees another one")
    if whole:
        yield warning(f"the font {_first(whole)} is embedded whole, with letters that are not used")
    if mute:
        yield error(f"the font {_first(mute)} does not say which letters it draws: its text can be neither searched nor heard")


def _first(names: list[str]) -> str:
    return f"'{names[0]}'" + (f" (and {len(names) - 1} more)" if len(names) > 1 else "")


def _text(_: Any, facts: Facts) -> Iterator[Diagnostic]:
    drawn = facts.drawn
    for name, count in drawn.unreadable.items():
        if any(font.name == name and (font.mapped or font.named) for font in facts.fonts):
            yield error(f"{count} letters of the font '{name}' stand for nothing: they can be neither searched nor heard")
    for name, count in drawn.inks.missing.items():
        yield error(f"{count} letters are not in the font '{name}': boxes stand in their place")
    yield from _silent_pages(facts)
    if facts.tagged:
        for number, count in drawn.loose.items():
            if count:
                yield error(f"{count} letters on page {number} are in no tag: a screen reader leaves them out or reads them last")


def _silent_pages(facts: Facts) -> Iterator[Diagnostic]:
    """Pages on which there is more, or less, to be seen than to be heard."""
    drawn = facts.drawn
    pictured = {picture.page for picture in drawn.pictures}
    silent = {picture.page for picture in drawn.pictures if not (drawn.letters[picture.page] or (facts.tagged and picture.tagged))}
    if covers := {1} & silent if facts.tagged and len(facts.boxes) > 1 else set():
        yield note(
            "page 1 is a picture that a listener is not told of: right for a cover, if what it says stands on the next pages"
        )
    if scanned := silent - covers:
        many = "is a picture without text under it" if len(scanned) == 1 else "are pictures without text under them"
        yield error(f"{pages(scanned)} {many}")
    curves = drawn.inks.curves
    if traced := {number for number, count in curves.items() if count >= OUTLINES and not drawn.letters[number]} - pictured:
        has = "has" if len(traced) == 1 else "have"
        yield warning(
            f"{pages(traced)} {has} shapes and no letters: text that is drawn as outlines can be neither searched nor heard"
        )
    # Under a picture it is the text of a scan
    if unseen := {number: count for number, count in drawn.inks.unpainted.items() if count and number not in pictured}:
        yield warning(f"{sum(unseen.values())} letters on {pages(unseen)} are not painted: they are heard and not seen")


def _pictures(_: Any, facts: Facts) -> Iterator[Diagnostic]:
    coarse: defaultdict[str, list[int]] = defaultdict(list)
    for picture in facts.drawn.pictures:
        across, down = (round(number) if number < 1e9 else 0 for number in picture.ppi)
        if min(picture.size) > ICON and picture.space != "mask" and min(across, down) < COARSE:
            shown = f"{across} ppi" if abs(across - down) < 3 else f"{across} by {down} ppi"
            coarse[shown].append(picture.page)
    for shown, numbers in coarse.items():
        many = "a picture" if len(numbers) == 1 else f"{len(numbers)} pictures"
        yield warning(
            f"{many} on {pages(numbers)} {'has' if len(numbers) == 1 else 'have'} {shown}: below {COARSE}, readers see the pixels"
        )


CHECKS: tuple[Callable[[Any, Facts], Iterator[Diagnostic]], ...] = (
    _whole,
    _metadata,
    _finding,
    _fonts,
    _text,
    _pictures,
    press.colours,
    press.inks,
    press.boxes,
    press.leftovers,
    hearing.tags,
)

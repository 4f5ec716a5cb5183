"""What a print shop finds in a PDF: boxes that do not agree, colours without a profile, white that vanishes, lines too thin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pressout.diagnostics import Diagnostic
from pressout.verify.findings import error, note, pages, warning
from pressout.verify.pdf.facts import Box, Facts
from pressout.verify.pdf.inks import HAIRLINE, MOST_INK, TINY

SLACK = 0.01  # points that a box may lie outside another: rounding
COLOURS = ("RGB", "CMYK")
# Annotations that people leave for each other (ISO 32000-1, 12.5.6.1); links, fields and the like are the file's own
REMARKS = (
    *("/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline", "/Squiggly"),
    *("/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Redact"),
)


def colours(pdf: Any, facts: Facts) -> Iterator[Diagnostic]:
    """A file that promises one look has one kind of colour, and says which (ISO 19005-3, 6.2.4.3)."""
    used = facts.drawn.spaces & set(COLOURS)
    if len(used) > 1:
        yield warning("mixes RGB and CMYK: a press turns one into the other as it likes")
    if len(pdf.Root.get("/OutputIntents", [])):
        return
    if facts.claims["PDF/A"] and used:
        yield error("claims PDF/A and does not say what its colours look like: it has no output intent")
    elif bare := facts.drawn.devices & set(COLOURS):
        yield note(f"has {' and '.join(sorted(bare))} without a profile: each screen and press shows it in its own way")


def inks(_: Any, facts: Facts) -> Iterator[Diagnostic]:
    """What comes out of a press other than it looks on a screen."""
    found = facts.drawn.inks
    if found.vanishing:
        yield error(f"white prints over what is there on {pages(found.vanishing)}: nothing is seen of it in print")
    if found.wet:
        yield warning(f"has {max(found.wet.values()):.0%} of ink on {pages(found.wet)}: more than {MOST_INK:.0%} does not dry")
    if blurred := +found.blurred:
        yield warning(f"{blurred.total()} small letters on {pages(blurred)} are made of four inks: the least shift blurs them")
    if thin := +found.hairlines:
        yield warning(f"has lines thinner than {HAIRLINE:g} pt on {pages(thin)}: many printers lose them")
    if tiny := +found.tiny:
        yield warning(f"{tiny.total()} letters on {pages(tiny)} are smaller than {TINY:g} pt")
    if found.sheer:
        yield note(f"things let through what lies beneath on {pages(found.sheer)}: a press that asks for PDF/X-1a refuses them")


def boxes(_: Any, facts: Facts) -> Iterator[Diagnostic]:
    """Pages that a press cannot place: boxes that do not lie in each other, or are not the same throughout (14.11.2)."""
    # A page that is turned for a wide table is of the same paper
    sizes = {tuple(sorted((round(right - left), round(top - bottom)))) for left, bottom, right, top in _papers(facts)}
    if len(sizes) > 1:
        yield warning(f"has pages of {len(sizes)} sizes")
    for name in ("TrimBox", "BleedBox"):
        without = [number for number, page in enumerate(facts.boxes, 1) if name not in page]
        if without and len(without) < len(facts.boxes):
            yield warning(f"{pages(without)} {'has' if len(without) == 1 else 'have'} no {name}, and others do")
    for number, page in enumerate(facts.boxes, 1):
        media = page.get("MediaBox")
        if media is None or media[0] >= media[2] or media[1] >= media[3]:
            yield error(f"page {number} has no size")
        else:
            yield from _misplaced(number, page, media)


def _misplaced(number: int, page: Any, media: Box) -> Iterator[Diagnostic]:
    for name, box in page.items():
        if not _inside(box, media):
            yield error(f"the {name} of page {number} lies outside its paper")
    trim = page.get("TrimBox")
    if trim and "BleedBox" in page and not _inside(trim, page["BleedBox"]):
        yield error(f"the TrimBox of page {number} lies outside its BleedBox")
    if trim and "CropBox" in page and not _inside(trim, page["CropBox"]):
        yield warning(f"the CropBox of page {number} cuts into its TrimBox: a screen shows less than the paper will")


def _papers(facts: Facts) -> Iterator[Box]:
    """What is left of each page when it is cut."""
    return (page.get("TrimBox", page["MediaBox"]) for page in facts.boxes if "MediaBox" in page)


def _inside(inner: Box, outer: Box) -> bool:
    left, bottom, right, top = outer
    return inner[0] >= left - SLACK and inner[1] >= bottom - SLACK and inner[2] <= right + SLACK and inner[3] <= top + SLACK


def leftovers(pdf: Any, _: Facts) -> Iterator[Diagnostic]:
    """What was left in the file that may or may not come out: layers that are switched off, people's remarks."""
    layers = pdf.Root.get("/OCProperties", {}).get("/D", {})
    if hidden := [str(layer.get("/Name", "")) for layer in layers.get("/OFF", [])]:
        yield warning(f"its layer '{hidden[0]}' is switched off: some programs show and print it all the same")
    remarks = [number for number, page in enumerate(pdf.pages, 1) for each in _annotations(page) if each in REMARKS]
    if remarks:
        yield warning(f"holds {len(remarks)} remark{'s' if len(remarks) > 1 else ''} on {pages(set(remarks))}")


def _annotations(page: Any) -> Iterator[str]:
    return (str(each.get("/Subtype")) for each in page.obj.get("/Annots", []))

"""Contrast of the text of a PDF: the colours in which it is painted against what lies beneath it on the page (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pressout.colours import ENOUGH, ENOUGH_LARGE, contrast
from pressout.diagnostics import Diagnostic, PressoutError, Severity
from pressout.verify.pdf.paint import OPAQUE, Colour, Paint, Run, Sheet

LARGE, LARGE_BOLD = 18.0, 14.0  # points, from which letters may be fainter
ROUNDING = 0.05  # points that a size may be short of them
SHARE = 0.3  # of the room of a text; a colour that has less of it, as a rule under the words, is not its ground
SHOWN = 3  # of all words of one pair of colours
MOST = 0.6  # of the room of a text, that its grounds make up together; what has more colours is a picture or a shade
MANY = "stands on a picture or a shade of many colours"
PATTERN = "is painted with a pattern"


@dataclass(frozen=True, slots=True)
class Faint:
    """A text, its page from 1, its colour and that of its ground; `needed` is the contrast that it should have."""

    page: int
    text: str
    ink: str
    ground: str
    ratio: float
    needed: float


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A text of which the contrast cannot be told: it stands on a picture, or is painted with a pattern."""

    page: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Contrasts:
    """All texts of a file that are too faint, or that cannot be judged, in the order of drawing; `judged` counts the others too."""

    judged: int
    faint: tuple[Faint, ...]
    unjudged: tuple[Unjudged, ...]

    def diagnostics(self) -> list[Diagnostic]:
        """A warning for each pair of colours, as an EPUB has it, and a note for each reason why a text was not judged."""
        pairs: dict[tuple[str, str, float], list[Faint]] = {}
        for each in self.faint:
            pairs.setdefault((each.ink, each.ground, each.needed), []).append(each)
        reasons: dict[str, list[Unjudged]] = {}
        for text in self.unjudged:
            reasons.setdefault(text.why, []).append(text)
        return [
            *(Diagnostic(Severity.WARNING, _faint_line(texts)) for texts in pairs.values()),
            *(Diagnostic(Severity.NOTE, f"{_named(texts)} {why}: not judged") for why, texts in reasons.items()),
        ]

    def as_object(self) -> dict[str, object]:
        """Every text for machines."""
        return {
            "judged": self.judged,
            "faint": [asdict(each) for each in self.faint],
            "unjudged": [asdict(each) for each in self.unjudged],
        }


def _faint_line(texts: list[Faint]) -> str:
    ink, ground, ratio, needed = texts[0].ink, texts[0].ground, texts[0].ratio, texts[0].needed
    return f"{_named(texts)} is {ink} on {ground}, {ratio:.1f} to 1: less than {needed:g}"


def _named(texts: list[Faint] | list[Unjudged]) -> str:
    """The first words, and where they and the others stand."""
    pages = sorted({each.page for each in texts})
    words = " ".join(texts[0].text.split()[:SHOWN])
    others = f" and {len(texts) - 1} more" if len(texts) > 1 else ""
    return f"'{words}'{others} on page{'s' if len(pages) > 1 else ''} {', '.join(map(str, pages))}"


def contrasts(data: bytes) -> Contrasts:
    """The contrast of every text of a PDF that can be opened without a password.

    Needs pypdfium2 (`typography.lines.can_read_lines`); raises PressoutError where PDFium cannot read the file.
    """
    pdfium = importlib.import_module("pypdfium2")
    try:
        with pdfium.PdfDocument(data) as document:
            found = [each for index in range(len(document)) for each in _page(document[index], index + 1)]
    except pdfium.PdfiumError as error:
        raise PressoutError(f"PDFium cannot read it: {error}") from None
    unjudged = tuple(each for each in found if isinstance(each, Unjudged))
    return Contrasts(len(found) - len(unjudged), tuple(each for each in found if isinstance(each, Faint)), unjudged)


def _page(page: Any, number: int) -> Iterator[Faint | Unjudged | None]:
    """What is to be said of each text of a page; nothing of one that stands out."""
    sheet = Sheet(page)
    try:
        for run in sheet.runs:
            yield _judged(run, sheet, number)
    finally:
        sheet.close()


def _judged(run: Run, sheet: Sheet, number: int) -> Faint | Unjudged | None:
    """Against each colour that makes up a good part of its ground; the nearest counts.

    What has neither letter nor digit, as the stars between two parts, is no text and stands out as a drawing must (1.4.11).
    """
    colours = sheet.ground(run)
    room = sum(count for count, _ in colours)
    grounds = [(count, colour) for count, colour in colours if count >= SHARE * room]
    why = MANY if sum(count for count, _ in grounds) < MOST * room else "" if run.ink else PATTERN
    pairs = (_seen(run.ink, colour) for _, colour in grounds if run.ink)
    ratio, ink, ground = min(((contrast(*pair), *pair) for pair in pairs), default=(ENOUGH, "", ""))
    if not (why or ratio < ENOUGH) or not (words := sheet.words(run).strip()):
        return None
    needed = ENOUGH_LARGE if _is_large(run) or not any(map(str.isalnum, words)) else ENOUGH
    if why:
        return Unjudged(number, words, why)
    return Faint(number, words, ink, ground, round(ratio, 2), needed) if ratio < needed else None


def _is_large(run: Run) -> bool:
    return run.size + ROUNDING >= (LARGE_BOLD if run.bold else LARGE)


def _seen(paint: Paint, ground: Colour) -> tuple[str, str]:
    """The colour in which letters are seen on a ground, and that ground; what is not opaque lets it through."""
    *ink, opacity = paint
    seen = (round(below + (above - below) * opacity / OPAQUE) for above, below in zip(ink, ground, strict=True))
    return _written(seen), _written(ground)


def _written(colour: Iterable[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)

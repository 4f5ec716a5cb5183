"""The audit of a finished PDF finds each fault that is planted, none on clean pages, and counts what boxes tell."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from conftest import ROOT, every_article, need, pressout
from pressout.verify.typography import KINDS, audit
from pressout.verify.typography.lines import can_read_lines

FULL = "Printers used to show all of their types on a broad specimen sheet before"  # as long as a line of the pages below
LAST = "they sold the first of them."
SIZE, LEADING, LEFT, TOP, FOOT = 10, 14, 90, 740, 60
Drawn = tuple[float, float, float, str]  # from the left, from below, the size, the words


def pdf(*pages: Sequence[Drawn], picture: Sequence[float] = ()) -> bytes:
    """A file of A4 pages with these words in Times, and a picture on the first page."""
    with pikepdf.new() as made:
        font = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont="/Times-Roman"))
        font.BaseFont = pikepdf.Name("/Times-Roman")
        grey = made.make_stream(b"\x80", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1)
        grey.ColorSpace, grey.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        for drawn in pages:
            page = made.add_blank_page(page_size=(595, 842))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(T=font), XObject=pikepdf.Dictionary(P=grey))
            words = b"".join(b"BT /T %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, text.encode()) for x, y, size, text in drawn)
            shown = b"q %g 0 0 %g %g %g cm /P Do Q\n" % tuple(picture) if picture and page == made.pages[0] else b""
            page.Contents = made.make_stream(words + shown)
        target = io.BytesIO()
        made.save(target)
        return target.getvalue()


def lines(*texts: str, top: float = TOP, left: float = LEFT) -> list[Drawn]:
    """Lines under each other, an empty one between paragraphs."""
    return [(left, top - index * LEADING, SIZE, text) for index, text in enumerate(texts) if text]


def paragraph(count: int = 3) -> list[str]:
    return [*[FULL] * count, LAST, ""]


# Twenty lines and the folio of each page
CLEAN = [*paragraph(), *paragraph(4), *paragraph(5)]
BELOW = TOP - 20 * LEADING


def page(texts: Sequence[str], number: int) -> list[Drawn]:
    """A page of these lines, in other words than the next one has: what stands on each page alike is a running head."""
    words = FULL.split()
    turned = " ".join(words[number:] + words[:number])
    last = LAST.replace("first", ("first", "second", "third")[number - 1])
    texts = [{FULL: turned, LAST: last}.get(text, text) for text in texts]
    return [*lines(*texts), (300, FOOT, SIZE, str(number))]


def pages(first: Sequence[str] = CLEAN, second: Sequence[str] = CLEAN, more: Sequence[Drawn] = ()) -> bytes:
    """Three pages, the first with more on it."""
    return pdf([*page(first, 1), *more], page(second, 2), page(CLEAN, 3))


def found(data: bytes) -> list[tuple[str, int]]:
    return [(each.kind, each.page) for each in audit(data).findings]


HYPHEN = FULL.removesuffix("before") + "be-"
PLANTED = {
    "widow": (pages([*CLEAN, *[FULL] * 4], [LAST, "", *CLEAN]), 2),
    "orphan": (pages([*CLEAN, FULL], [FULL, LAST, "", *CLEAN]), 1),
    "stranded heading": (pages(CLEAN, CLEAN, [(LEFT, BELOW, 15, "A heading")]), 1),
    "overfull line": (pages([FULL + "hand-and-after", *CLEAN]), 1),
    "ladder of hyphens": (pages([*[HYPHEN] * 4, *CLEAN]), 1),
    "page that ends on a hyphen": (pages([*CLEAN, FULL, HYPHEN], [FULL, LAST, "", *CLEAN]), 1),
    "runt": (pages([FULL, FULL, "it.", "", *CLEAN]), 1),
    "overlap": (pages(more=[(LEFT, TOP - 4, SIZE, FULL)]), 1),
    "text outside the type area": (pages(more=[(250, FOOT - 20, SIZE, LAST)]), 1),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_each_fault_is_found_where_it_was_planted_and_no_other(kind: str) -> None:
    need(not can_read_lines(), "pypdfium2")
    data, number = PLANTED[kind]
    assert found(data) == [(kind, number)]


def test_every_kind_is_planted() -> None:
    assert set(PLANTED) == set(KINDS)


NARROW = ["Printers used to show their types", "on one broad sheet, set in words"]

ALLOWED = {
    "a clean file": pages(),
    "a ladder of three": pages([*[HYPHEN] * 3, *CLEAN]),
    "a heading above a picture": pdf(
        [*page(CLEAN, 1), (LEFT, BELOW, 15, "A heading")], page(CLEAN, 2), picture=(200, 100, LEFT, BELOW - 110)
    ),
    "a heading above text": pages([*CLEAN, ""], more=[(LEFT, BELOW, 15, "A heading"), *lines(FULL, LAST, top=BELOW - LEADING)]),
    "a paragraph of one line at the head of a page": pages([*CLEAN, FULL, FULL, LAST], [LAST, "", *CLEAN]),
    "two lines on either side": pages([*CLEAN, FULL, FULL], [FULL, LAST, "", *CLEAN]),
    "a last line of one long word": pages([FULL, "Gutenberg.", "", *CLEAN]),
    "a hyphen at the end of a column": pdf(
        [*lines(*NARROW, "a column that ends on be-", left=40), *lines("fore that list was sold by them", *NARROW, left=300)],
        page(CLEAN, 2),
    ),
    "a title over the whole paper": pdf([(30, 500, 60, "One title")], page(CLEAN, 2), page(CLEAN, 3)),
}


@pytest.mark.parametrize("what", ALLOWED)
def test_what_is_no_fault_is_not_found(what: str) -> None:
    need(not can_read_lines(), "pypdfium2")
    assert found(ALLOWED[what]) == []


@pytest.mark.parametrize("place", [(560, 400), (LEFT, 4), (LEFT, 838), (-20, 400)], ids=["right", "below", "above", "left"])
def test_text_that_no_printer_draws_is_outside(place: tuple[float, float]) -> None:
    need(not can_read_lines(), "pypdfium2")
    assert ("text outside the type area", 1) in found(pages(more=[(*place, SIZE, "cut off here")]))


# What WeasyPrint says of its own lines


STYLES = {
    "ragged, spaced": "p { margin: 0 0 12pt }",
    "ragged, indented": "p { margin: 0; text-indent: 1.5em }",
    "justified, indented": "p { margin: 0; text-indent: 1.5em; text-align: justify; hyphens: auto }",
    "two columns": "body { columns: 2; column-gap: 18pt } p { margin: 0; text-indent: 1em; text-align: justify; hyphens: auto }",
}


def prose() -> str:
    """The paragraphs of an article of ours, without its other things."""
    article = (ROOT / "input" / "accessible-publishing.md").read_text().split("\n---\n", 1)[1]
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|\[\^[^\]]*\]|[*_`]|\{[^}]*\}", r"\1", article)
    blocks = [" ".join(block.split()) for block in plain.split("\n\n")]
    chosen = [block for block in blocks if re.match(r"[A-Z][a-z]", block) and len(block) > 60]
    return "".join(f"<p>{block}</p>" for block in chosen[:30])


@pytest.mark.parametrize("style", STYLES)
def test_the_counts_are_those_of_the_boxes(style: str) -> None:
    need(not can_read_lines(), "pypdfium2")
    from weasyprint import HTML

    mine, theirs = Counter[str](), Counter[str]()
    for height in (300, 360, 420):
        sheet = f"@page {{ size: 420pt {height}pt; margin: 50pt }} body {{ font: 10pt/13pt 'Source Serif Pro' }} {STYLES[style]}"
        html = f"<html lang=en><style>* {{ orphans: 1; widows: 1 }} {sheet}</style>{prose()}"
        layout = HTML(string=html).render()
        theirs.update(by_boxes(layout))
        mine.update(each.kind for each in audit(layout.write_pdf()).findings)
    assert mine == theirs
    assert theirs["widow"] and theirs["orphan"]


def by_boxes(layout: Any) -> Iterator[str]:
    """The faults that the boxes tell: each column of each page holds whole and broken paragraphs."""
    columns = [list(paragraphs) for page in layout.pages for paragraphs in columns_of(page)]
    lines_left = Counter(element for column in columns for element, texts in column for _ in texts)
    seen: Counter[Any] = Counter()
    for index, column in enumerate(columns):
        for element, texts in column:
            ends = seen[element] + len(texts) == lines_left[element]
            if len(texts) == 1 and seen[element] and ends and len(column) > 1:
                yield "widow"
            if len(texts) == 1 and not seen[element] and not ends and len(column) > 1:
                yield "orphan"
            if len(texts) > 1 and ends and len(re.sub(r"\W", "", texts[-1])) < 4:
                yield "runt"
            marks = "".join("-" if text[-1] in "-‐" else " " for text in texts)
            yield from ["ladder of hyphens"] * sum(len(run) > 3 for run in marks.split())
            seen[element] += len(texts)
        if column[-1][1][-1][-1] in "-‐" and index + 1 < len(columns) and page_of(layout, index) != page_of(layout, index + 1):
            yield "page that ends on a hyphen"


def columns_of(page: Any) -> Iterator[list[tuple[Any, list[str]]]]:
    """The paragraphs of each column of a page with the words of their lines."""
    found: dict[float, list[tuple[Any, list[str]]]] = {}
    for box in page._page_box.descendants():
        if box.element_tag == "p" and hasattr(box, "children") and type(box).__name__ == "BlockBox":
            texts = ["".join(each.text for each in line.descendants() if hasattr(each, "text")).strip() for line in box.children]
            found.setdefault(box.position_x, []).append((box.element, texts))
    yield from found.values()


def page_of(layout: Any, column: int) -> int:
    counts = [len(list(columns_of(page))) for page in layout.pages]
    return next(number for number in range(len(counts)) if column < sum(counts[: number + 1]))


# The command


def test_the_command_says_one_line_a_kind_and_fails_nothing(tmp_path: Path) -> None:
    need(not can_read_lines(), "pypdfium2")
    whole, faults = tmp_path / "whole.pdf", tmp_path / "faults.pdf"
    assert pressout("build", ROOT / "input" / "accessible-publishing.md", "-o", whole).status == 0
    with pikepdf.open(whole) as made:
        made.pages[1].TrimBox = [100, 0, 595, 841]
        made.save(faults)
    said = json.loads(pressout("verify", faults, "--json").out)["files"][0]
    (typography,) = (check for check in said["checks"] if check["name"] == "typography")
    lines = [each for each in typography["found"] if each["message"].startswith("text outside the type area")]
    assert [(line["severity"], line["message"].partition(", ")[2]) for line in lines] == [("warning", "on page 2")]
    assert said["details"]["typography"]["count"]["text outside the type area"] > 10
    assert said["right"]


@every_article
def test_our_own_pages_are_clean(library: Path, article: Path, theme: str) -> None:
    """No page of ours has a fault that reading suffers from, or that its sheet forbids."""
    need(not can_read_lines(), "pypdfium2")
    counts = audit((library / theme / f"{article.stem}.pdf").read_bytes()).count()
    forbidden = ("widow", "orphan", "stranded heading", "overfull line", "overlap", "text outside the type area")
    assert {kind: counts[kind] for kind in forbidden} == dict.fromkeys(forbidden, 0)

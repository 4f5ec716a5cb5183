"""Lines that should not end on a hyphen are laid out again, their words tied: the same text, and nothing laid out in vain."""

from __future__ import annotations

import datetime
import io
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pikepdf
import pytest
from weasyprint import HTML

from conftest import need
from pressout.diagnostics import Report, Severity, Span
from pressout.edition import Edition, Output
from pressout.model import Document, Emphasis, Metadata, Paragraph, Text
from pressout.renderers.pdf import render as renderer
from pressout.renderers.pdf import second_look
from pressout.renderers.pdf.ties import Tie, ends_of_headings, last_words, tie
from pressout.theme import Theme, load_theme
from pressout.verify.typography import audit
from pressout.verify.typography.lines import can_read_lines, read_lines

EDITION = Edition(moment=datetime.datetime(2024, 2, 29, tzinfo=datetime.UTC))
LONG = "unpretentious typographical extraordinary considerations notwithstanding incomprehensibility responsibilities and "
LONGER = "internationalization compartmentalized of characteristically counterrevolutionary in disproportionately the"
WORDS = (LONG + LONGER).split()


@pytest.fixture(scope="module")
def theme() -> Theme:
    """The plain theme, justified and hyphenated."""
    plain = load_theme("plain", Report())
    body = replace(plain.styles["body"], align="justify", hyphens=True)
    return replace(plain, styles={**plain.styles, "body": body})


def prose(paragraphs: int = 16, length: int = 60) -> Document:
    """Long words in an order that is another one in each paragraph; every third stands in an emphasis."""
    blocks = []
    for number in range(paragraphs):
        words = [WORDS[(number * 7 + place * (2 * number + 3)) % len(WORDS)] for place in range(length + number)]
        place = Span("a.md", 1, 1, number * 10_000, number * 10_000 + 1)
        inside = Text(" ".join(words[20:40]), span=place)
        middle = Emphasis((inside,), span=place) if number % 3 == 0 else inside
        first, last = (Text(text, span=place) for text in (" ".join(words[:20]) + " ", " " + " ".join(words[40:]) + "."))
        blocks.append(Paragraph((first, middle, last), span=place))
    return Document(Metadata(title=(Text("Long words"),), lang="en", settings={"toc": False}), tuple(blocks), (), name="a.md")


def drawn(document: Document, theme: Theme, report: Report | None = None) -> Output:
    return renderer.render(document, theme, EDITION, report or Report())


def hyphens(data: bytes) -> tuple[int, int]:
    counts = audit(data).count()
    return counts["ladder of hyphens"], counts["page that ends on a hyphen"]


def letters(data: bytes) -> str:
    """All that is read, without the hyphens at line ends."""
    lines = [line.text for leaf in read_lines(data) for line in leaf.lines if not line.running]
    return "".join("".join(line.split()).rstrip("-‐") for line in lines)


def test_ladders_and_hyphens_at_page_ends_go_and_no_letter_with_them(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    need(not can_read_lines(), "pypdfium2")
    report = Report()
    after = drawn(prose(), theme, report)
    monkeypatch.setattr(second_look, "LOOKS", 0)
    told = Report()
    before = drawn(prose(), theme, told)
    assert before.data and after.data
    ladders, ends = hyphens(before.data)
    assert ladders > 5 and ends > 0
    assert sum(hyphens(after.data)) <= (ladders + ends) / 5
    assert letters(after.data) == letters(before.data)
    notes = [each.message for each in told.diagnostics if each.severity is Severity.NOTE]
    assert [note.partition(":")[0] for note in notes] == [
        "more than three lines in a row end on a hyphen",
        "the page ends on a hyphen",
    ]
    assert len(report.diagnostics) <= len(told.diagnostics)


def test_the_pages_still_know_where_they_begin(theme: Theme) -> None:
    """A tied word changes no letter's place."""
    output = drawn(prose(), theme)
    begun = [(page.block, page.character) for page in output.pages or ()]
    assert len(begun) > 2
    assert begun == sorted(begun)
    assert all(block is not None for block, _ in begun)


def test_the_same_bytes_twice(theme: Theme) -> None:
    assert drawn(prose(8), theme).data == drawn(prose(8), theme).data


def test_a_tie_is_no_tag(theme: Theme) -> None:
    with pikepdf.open(io.BytesIO(drawn(prose(4), theme).data)) as pdf:
        kinds = {str(each.get("/S")) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each}
    assert "/Span" not in kinds


@pytest.mark.parametrize(("hyphenated", "layouts"), [(False, 1), (True, 3)])
def test_nothing_is_laid_out_again_where_no_line_offends(
    theme: Theme, monkeypatch: pytest.MonkeyPatch, hyphenated: bool, layouts: int
) -> None:
    class Counting(HTML):  # type: ignore[misc]
        count = 0

        def render(self, *more: object, **others: object) -> object:
            Counting.count += 1
            return super().render(*more, **others)

    monkeypatch.setattr(renderer, "HTML", Counting)
    body = replace(theme.styles["body"], hyphens=hyphenated, align="start")
    drawn(prose(), replace(theme, styles={**theme.styles, "body": body}))
    assert (Counting.count == 1) if layouts == 1 else (1 < Counting.count <= layouts)


# Ties


def test_ties_change_no_text() -> None:
    page = ElementTree.fromstring("<div>one two <em>three four</em> five six <b/>seven eight</div>")
    before = "".join(page.itertext())
    tie(page, [Tie(0, 0, 4, 7), Tie(1, 0, 0, 5), Tie(0, 1, 1, 5), Tie(0, 1, 6, 9), Tie(0, 2, 0, 5)])
    assert "".join(page.itertext()) == before
    assert [span.text for span in page.iter("span")] == ["two", "three", "five", "six", "seven"]
    assert [child.tag for child in page] == ["span", "em", "span", "span", "b", "span"]


@pytest.mark.parametrize(
    ("html", "tied"),
    [
        ("<p>What we asked of each of them was to do it again for me.</p>", "for me."),
        ("<p>What we asked of each of them was a considerable responsibility.</p>", "responsibility."),
        ("<p>What we asked of each of them was <em>to do it</em></p>", "do it"),
        ("<p>What we asked of each of them was for me <img/></p>", None),
        ("<p>What we asked: is it</p>", None),
        ("<p>Was demande-t-on à chacun de faire et que met\u202f:</p>", "que met\u202f:"),
        ("<p>私たちが一人ひとりに求めたのは、もう一度やってみることでした。</p>", "した。"),
        ("<p>What we asked of each of them was Donaudampfschifffahrtsgesellschaftskapitän</p>", None),
    ],
)
def test_the_last_line_of_a_paragraph_is_no_lone_syllable(html: str, tied: str | None) -> None:
    page = ElementTree.fromstring(html)
    tie(page, last_words(page))
    spans = [span.text for span in page.iter("span")]
    assert spans == ([tied] if tied else [])


@pytest.mark.parametrize(
    ("html", "tied"),
    [
        ('<h1 class="title">The one long heading that ends in Putin</h1>', "in Putin"),
        ('<h1 class="title">A short one in Putin</h1>', None),
        ('<h1 class="title">A heading that ends with responsibilities</h1>', None),
        ('<h1 class="title">A heading about Donaudampfschifffahrtsgesellschaftskapitäne</h1>', None),
        (
            '<p class="subtitle">The European Accessibility Act, its limits, and the work that it leaves on the desk</p>',
            "leaves on the desk",
        ),
        (
            '<h2 class="heading-1"><span>2</span>Analysis of the shifting stance that he has had of late on <em>Ukraine</em></h2>',
            None,
        ),
    ],
)
def test_no_word_is_alone_on_the_last_line_of_a_heading(html: str, tied: str | None, theme: Theme) -> None:
    page = ElementTree.fromstring(f"<body>{html}</body>")
    tie(page, (*last_words(page), *ends_of_headings(page, theme)))
    assert [span.text for span in page.iter("span") if span.get("style")] == ([tied] if tied else [])

"""The same look: what the finished PDF shows of each role is what the theme says; test_css and test_docx_styles read the others.

Sizes, faces, colours and leading are read from the content streams, through the font's own map of its codes to letters.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from conftest import ROOT, THEMES, pressout
from pressout.diagnostics import Report
from pressout.edition import Edition
from pressout.files import read_source
from pressout.model import Document, Source
from pressout.prepare import prepare
from pressout.readers import read
from pressout.renderers import render
from pressout.theme import Theme, load_theme
from pressout.theme.fonts import read_face
from pressout.theme.variants import VARIANTS
from pressout.verify.pdf.fonts import font_of

SPECIMEN = ROOT / "themes" / "specimen.md"
# How the first words of a role's text stand in the specimen
WORDS = {
    "series": "Specimens", "title": "A specimen of", "subtitle": "Every kind", "standfirst": "Printers used",
    "authors": "The pressout", "date": "15 September", "body": "The second", "heading-1": "Lists and",
    "heading-2": "A heading", "heading-3": "And one of", "list-bullet": "Inner lists", "list-number": "Numbered",
    "term": "Leading", "definition": "The distance", "quote": "A quotation", "attribution": "A rule", "caption": "Type sizes",
    "table-head": "Points", "table-cell": "Brevier", "code-block": "range", "callout-title": "A callout",
    "callout": "It helps", "pull-quote": "A page is", "question": "Is this an", "answer": "It has the form",
    "note": "Notes stand", "code": "code", "highlight": "highlight", "link": "link", "small-caps": "small capitals",
    "abstract": "The summary", "keywords": "Keywords", "epigraph": "Set each", "verse": "The stick", "heading-4": "A fourth",
    "heading-5": "A fifth", "source-note": "Old manuals", "callout-note": "It adds", "callout-tip": "It helps",
    "callout-important": "It must", "callout-warning": "It says",
}  # fmt: skip
INLINE = ("highlight", "link", "small-caps")
HEADS = {"briefing": "A specimen of", "manuscript": "EDITORS / A", "plain": "A specimen of", "report": "1 Introduction"}
Matrix = tuple[float, float, float, float, float, float]
LOOKS = [*((theme, "") for theme in THEMES), *(("briefing", variant) for variant in VARIANTS)]


@dataclass(frozen=True)
class State:
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    colour: str = "#000000"


@dataclass(frozen=True)
class Shown:
    """A run of letters as it stands on a page: its size and the height of its baseline in points."""

    text: str
    font: str
    size: float
    colour: str
    page: int
    baseline: float


def times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def shown_in(data: bytes) -> Iterator[Shown]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages):
            yield from shown_on(page, number)


def shown_on(page: Any, number: int) -> Iterator[Shown]:
    fonts = {name: font_of(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
    state, saved = State(), []
    font, size, text = "", 0.0, State().matrix
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "q":
                saved.append(state)
            case "Q":
                state = saved.pop()
            case "cm":
                state = replace(state, matrix=times(tuple(map(float, operands)), state.matrix))
            case "rg" | "scn":
                state = replace(state, colour="#" + "".join(f"{round(float(part) * 255):02x}" for part in operands))
            case "g":
                state = replace(state, colour="#" + f"{round(float(operands[0]) * 255):02x}" * 3)
            case "Tf":
                font, size = str(operands[0]), float(operands[1])
            case "Tm":
                text = tuple(map(float, operands))
            case "Tj" | "TJ":
                parts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
                codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
                whole = times(text, state.matrix)
                height = abs(whole[3]) * size
                yield Shown(fonts[font].read(codes), fonts[font].name, height, state.colour, number, whole[5])


def article(**settings: object) -> Document:
    """The specimen, with or without its contents, whose entries say what headings say."""
    found = read(read_source(SPECIMEN, Report()), Report(), ".md")
    return replace(found, metadata=replace(found.metadata, settings=settings))


@cache
def pages(name: str, variant: str) -> tuple[Theme, tuple[Shown, ...]]:
    theme = load_theme(name, Report(), variant=variant)
    document = prepare(article(toc=False), theme, Edition(), Report())
    drawn = render("pdf", document, theme, Edition(), Report())
    found = tuple(shown_in(drawn.data))
    return theme, tuple(piece for piece in found if piece.page or not theme.front.cover)


@pytest.mark.parametrize("role", WORDS)
@pytest.mark.parametrize(("name", "variant"), LOOKS, ids=lambda value: value)
def test_a_role_is_printed_as_the_theme_says(name: str, variant: str, role: str) -> None:
    theme, found = pages(name, variant)
    style = theme.styles[role]
    words = WORDS[role].upper() if style.uppercase else WORDS[role]
    piece = next(piece for piece in found if (words in piece.text if role in INLINE else piece.text.strip().startswith(words)))
    assert piece.size == pytest.approx(style.size, abs=0.01)
    assert piece.colour == style.colour or role == "code-block"  # whose words have colours of their own
    family = re.sub(r"\W", "", theme.fonts[style.font].family)
    assert re.sub(r"\W", "", piece.font.partition("+")[2] or piece.font).startswith(family)


@dataclass(frozen=True)
class Edge:
    """An edge that is painted: its reach and thickness in points, how high on its page it stands, and its colour."""

    page: int
    reach: float
    thickness: float
    height: float
    colour: str


def edges(data: bytes) -> Iterator[Edge]:
    """WeasyPrint paints the edge of a box as the box's own ring, through a window of the edge's shape."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages):
            state, saved, window = State(), [], []
            for instruction in pikepdf.parse_content_stream(page):
                operands = instruction.operands
                match str(instruction.operator):
                    case "q":
                        saved.append(state)
                        window = []
                    case "Q":
                        state = saved.pop()
                    case "cm":
                        state = replace(state, matrix=times(tuple(map(float, operands)), state.matrix))
                    case "rg":
                        state = replace(state, colour="#" + "".join(f"{round(float(part) * 255):02x}" for part in operands))
                    case "m" | "l":
                        a, _, _, d, e, f = state.matrix
                        window.append((a * float(operands[0]) + e, d * float(operands[1]) + f))
                    case "f*" if len(window) == 4:
                        across, down = zip(*window, strict=True)
                        yield Edge(number, max(across) - min(across), max(down) - min(down), max(down), state.colour)


@pytest.mark.parametrize("form", ["pdf", "epub", "docx"])
@pytest.mark.parametrize("name", THEMES)
def test_rules_round_the_title_are_those_of_the_theme(name: str, form: str) -> None:
    """Above and below the title block, in their width, colour and reach, or none: in all three formats."""
    theme = load_theme(name, Report())
    block = theme.styles["title-block"]
    data = render(form, prepare(article(toc=False), theme, Edition(), Report()), theme, Edition(), Report()).data
    wanted = [(rule.width, rule.colour) for rule in (block.rule_above, block.rule_below) if rule.width]
    assert FOUND[form](data, theme) == wanted


def in_print(data: bytes, theme: Theme) -> list[tuple[float, str]]:
    """What is painted as wide as the title block, on its page, above the end of its words and a line below them."""
    page, block = theme.page, theme.styles["title-block"]
    words = [piece for piece in shown_in(data) if piece.text.startswith(("Keywords", "specimen, theme"))]
    end = next(piece.baseline for piece in words) - 2 * theme.line - block.rule_below.gap
    first = next(piece.page for piece in words)
    width = page.width - page.inner - page.outer - block.outdent
    wide = [each for each in edges(data) if each.page == first and each.height > end]
    alike = [each for each in wide if each.reach == pytest.approx(width, abs=0.1)]
    return [(round(each.thickness, 2), each.colour) for each in sorted(alike, key=lambda each: -each.height)]


def in_book(data: bytes, _: Theme) -> list[tuple[float, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".css"))
    rules = re.findall(r"^\.title-block \{(.*?)\}", sheet, re.MULTILINE)
    found = [re.findall(rf"border-{side}: ([\d.]+)pt solid (#\w+)", rule) for rule in rules[:1] for side in ("top", "bottom")]
    return [(float(width), colour) for each in found for width, colour in each]


def in_word(data: bytes, _: Theme) -> list[tuple[float, str]]:
    """The edges of the lines above and below the title block, which only a theme with rules has."""
    with zipfile.ZipFile(io.BytesIO(data)) as word:
        styles, text = word.read("word/styles.xml").decode(), word.read("word/document.xml").decode()
    found = []
    for style, side in (("TitleTopRule", "bottom"), ("TitleEndRule", "top")):
        if f'<w:pStyle w:val="{style}"/>' in text:
            own = styles.partition(f'w:styleId="{style}"')[2].partition("</w:style>")[0]
            edge = re.findall(rf"<w:{side} ([^>]*)/>", own)[0]
            values = dict(re.findall(r'w:(\w+)="([^"]*)"', edge))
            found.append((int(values["sz"]) / 8, f"#{values['color'].lower()}"))
    return found


FOUND = {"pdf": in_print, "epub": in_book, "docx": in_word}


@pytest.mark.parametrize("name", THEMES)
def test_heads_and_folios_are_printed_as_the_theme_says(name: str) -> None:
    theme, found = pages(name, "")
    head, folio = theme.styles["running-head"], theme.styles["folio"]
    heads = [
        piece
        for piece in found
        if piece.page and piece.text.startswith(HEADS[name]) and piece.size == pytest.approx(head.size, abs=0.01)
    ]
    assert heads
    assert {piece.colour for piece in heads} == {head.colour}
    for page in sorted({piece.page for piece in found if piece.page > 1}):
        numbers = [piece for piece in found if piece.page == page and piece.text.strip() == str(page + 1)]
        assert [piece for piece in numbers if piece.size == pytest.approx(folio.size, abs=0.01) and piece.colour == folio.colour], (
            page
        )


@pytest.mark.parametrize("name", THEMES)
def test_front_matter_is_printed_as_the_theme_says(name: str) -> None:
    """The contents, and the imprint where a page of the title has one."""
    theme = load_theme(name, Report())
    shown = tuple(shown_in(render("pdf", prepare(article(toc=True), theme, Edition(), Report()), theme, Edition(), Report()).data))
    wanted = {"contents-title": "Contents", "contents-1": "Lists and tables", "contents-2": "A heading of"}
    if theme.front.title_page:
        wanted["imprint"] = "pressout"
    for role, words in wanted.items():
        style = theme.styles[role]
        alike = [piece for piece in shown if words in piece.text and piece.size == pytest.approx(style.size, abs=0.01)]
        assert [piece for piece in alike if piece.colour == style.colour], role


@pytest.mark.parametrize(("name", "variant"), LOOKS, ids=lambda value: value)
def test_lines_of_the_text_are_a_leading_apart(name: str, variant: str) -> None:
    theme, found = pages(name, variant)
    body = theme.styles["body"]
    first = next(index for index, piece in enumerate(found) if piece.text.startswith(WORDS["body"]))
    same = [piece for piece in found[first : first + 12] if piece.page == found[first].page]
    baselines = list(dict.fromkeys(round(piece.baseline, 3) for piece in same if abs(piece.size - body.size) < 0.01))
    assert baselines[0] - baselines[1] == pytest.approx(body.leading, abs=0.05)


@pytest.mark.parametrize("name", THEMES)
def test_baselines_of_facing_pages_agree(name: str) -> None:
    """Running text with its headings, lists and quotations stands on one grid, counted from the top of the type area.

    The first page, with its title and perhaps its contents, faces none.
    """
    theme = load_theme(name, Report())
    part = "## Head\n\n{0}\n\n- one\n- two\n\n{0}\n\n### Lower\n\n{0}\n\n> {0}\n\n{0}\n\n".format(
        "Measured words stand here. " * 12
    )
    document = prepare(read(Source(part * 9, "grid.md"), Report(), ".md"), theme, Edition(), Report())
    found = [piece for piece in shown_in(render("pdf", document, theme, Edition(), Report()).data) if "easured" in piece.text]
    body, top = theme.styles["body"], theme.page.height - theme.page.top
    shifts = {
        (top - piece.baseline) / theme.line % 1
        for piece in found
        if piece.page > found[0].page and piece.size == pytest.approx(body.size, abs=0.01)
    }
    assert len({piece.page for piece in found}) > 3
    assert max(shifts) - min(shifts) < 0.01, sorted(shifts)


# A theme of one's own, as docs/themes.md shows it


def test_the_theme_of_the_manual_changes_all_three_formats(tmp_path: Path) -> None:
    toml = (ROOT / "docs" / "themes.md").read_text().partition("```toml\n")[2].partition("```")[0]
    assert len([line for line in toml.splitlines() if line]) < 15
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "theme.toml").write_text(toml)
    assert pressout("build", SPECIMEN, "--theme", tmp_path / "mine", "--out", tmp_path).status == 0
    theme = load_theme(tmp_path / "mine", Report())
    accent, family = theme.colours["accent"].removeprefix("#"), theme.fonts["text"].family
    with pikepdf.open(tmp_path / "specimen.pdf") as pdf:
        assert [float(side) for side in pdf.pages[0].mediabox[2:]] == pytest.approx([theme.page.width, theme.page.height], abs=0.5)
    title = next(piece for piece in shown_in((tmp_path / "specimen.pdf").read_bytes()) if piece.text.startswith("A specimen of"))
    assert title.colour == f"#{accent}"
    with zipfile.ZipFile(tmp_path / "specimen.docx") as word:
        styles, text = word.read("word/styles.xml").decode(), word.read("word/document.xml").decode()
    assert accent.upper() in styles
    assert f'w:ascii="{family}"' in styles
    assert f'w:w="{round(theme.page.width * 20)}"' in text
    with zipfile.ZipFile(tmp_path / "specimen.epub") as book:
        sheet = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".css"))
        cover = next(book.read(name) for name in book.namelist() if name.endswith("cover.png"))
    assert f"#{accent}" in sheet
    assert family in sheet
    assert cover != cover_of_plain(tmp_path)


def cover_of_plain(folder: Path) -> bytes:
    assert pressout("build", SPECIMEN, "--to", "epub", "--out", folder / "plain").status == 0
    with zipfile.ZipFile(folder / "plain" / "specimen.epub") as book:
        return next(book.read(name) for name in book.namelist() if name.endswith("cover.png"))


def test_font_files_are_what_their_names_say() -> None:
    """The family in the PDF is read from the font's own name, so that must be true."""
    for name in THEMES:
        for font in load_theme(name, Report()).fonts.values():
            assert all((face := read_face(path)) and face.family == font.family for path in font.files.values())

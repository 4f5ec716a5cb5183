"""Covers: every title stands whole inside its box, in every script, and the picture is what shops ask for."""

from __future__ import annotations

import io
import tomllib
import zipfile
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image, ImageChops

from conftest import THEMES
from pressout.colours import ENOUGH, contrast
from pressout.diagnostics import PressoutError, Report
from pressout.edition import Edition
from pressout.model import Author, Document, Metadata, Paragraph, Text
from pressout.renderers import render
from pressout.renderers.cover.cover import HEIGHT, WIDTH, cover_svg, draw_cover, page_cover
from pressout.renderers.cover.lettering import Block, Box, fit
from pressout.renderers.cover.pango import Face, Typesetter, typesetter
from pressout.renderers.cover.raster import draw
from pressout.theme import Theme, load_theme
from wordfile import W

BOX = Box(1320, 1060, 5, 250, 44)
TITLES = {
    "short": "Oslo",
    "two lines": "The European Accessibility Act for Publishers",
    "long": "Three ways to write fearless spreadsheet formulas, and why each of them matters to all who work with numbers",
    "one word": "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "arabic": "مُدوّنة السلوك الخاصة بمشروعك على GitHub",
    "hebrew": "מבוא ל-Hooks ולמה הם כאן",
    "greek": "Ο Κώδικας Δεοντολογίας σας",
    "japanese": "オープンソースプロジェクトのユーザーを見つける",
    "hindi": "आपके प्रोजेक्ट के लिए मेट्रिक्स",
    "tamil": "திறந்த மூல அளவீடுகள்",
    "accents": "ẤỆÕ ŮŢĻ ǬÇĢ ŴŶẐ " * 3,
}


@pytest.fixture(scope="module")
def theme() -> Theme:
    return load_theme("plain", Report())


def tools(theme: Theme) -> tuple[Typesetter, Face]:
    files = tuple(path for font in theme.fonts.values() for path in font.files.values())
    return typesetter(files), Face(f"{theme.fonts['display'].family}, sans-serif", 1, 700)


def stands_in(block: Block, box: Box, face: Face, setter: Typesetter) -> None:
    """Fails where a line is too wide, too many, or runs into the next one."""
    assert 0 < len(block.lines) <= box.lines
    assert box.smallest <= block.size <= box.largest
    assert block.height <= box.height + 1
    inks = [setter.draw(line.text, replace(face, size=block.size)) for line in block.lines]
    for (line, ink), (below, next_ink) in pairwise(zip(block.lines, inks, strict=True)):
        assert line.y + ink.top + ink.height <= below.y + next_ink.top
    assert all(ink.width <= box.width for ink in inks)


@pytest.mark.parametrize("name", TITLES)
def test_title_stands_whole_in_its_box(theme: Theme, name: str) -> None:
    setter, face = tools(theme)
    block = fit(TITLES[name], face, BOX, setter)
    stands_in(block, BOX, face, setter)
    joined = "".join(line.text for line in block.lines)
    assert joined.replace(" ", "") == TITLES[name].replace(" ", "")


def test_a_long_word_is_parted_where_its_language_parts_it(theme: Theme) -> None:
    """In one piece it would be set at a third of the size; a word that is not much smaller for it stays whole."""
    setter, face = tools(theme)
    german = replace(face, lang="de")
    parted, whole = fit(TITLES["one word"], german, BOX, setter), fit(TITLES["one word"], replace(face, lang="xx"), BOX, setter)
    stands_in(parted, BOX, german, setter)
    assert [line.text[-1] for line in parted.lines[:-1]] == ["-"] * (len(parted.lines) - 1)
    assert "".join(line.text.removesuffix("-") for line in parted.lines) == TITLES["one word"]
    assert parted.size > 1.5 * whole.size
    short = fit("Wissenschaftssprache", german, BOX, setter)
    assert [line.text for line in short.lines] == ["Wissenschaftssprache"]


def test_a_loan_word_in_japanese_stands_on_one_line(theme: Theme) -> None:
    setter, face = tools(theme)
    japanese, words = replace(face, lang="ja"), "あなたのプロジェクトのユーザーを見つけよう"
    block = fit(words, japanese, BOX, setter)
    stands_in(block, BOX, japanese, setter)
    assert "".join(line.text for line in block.lines) == words
    assert all(any(loan in line.text for line in block.lines) for loan in ("プロジェクト", "ユーザー"))
    endless = fit("プロジェクト" * 12, japanese, BOX, setter)
    assert len(endless.lines) > 1
    assert "".join(line.text for line in endless.lines) == "プロジェクト" * 12


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=1500).filter(lambda text: text.isprintable() and text.strip()))
def test_any_title_stands_in_its_box(text: str) -> None:
    setter, face = tools(load_theme("plain", Report()))
    stands_in(fit(text, face, BOX, setter), BOX, face, setter)


@pytest.mark.parametrize("title", ["\u200b\u200b", "👩\u200d👩\u200d👧 family", "a\u0301\u0302" * 60, "\u202eabc"])
def test_odd_titles_are_drawn(theme: Theme, title: str) -> None:
    cover = draw_cover(article(title), theme, Report())
    assert cover is not None
    assert cover.width == WIDTH


def test_what_cannot_be_shown_ends_in_an_ellipsis(theme: Theme) -> None:
    setter, face = tools(theme)
    block = fit("word " * 400, face, BOX, setter)
    assert block.size == BOX.smallest
    assert len(block.lines) == BOX.lines
    assert block.lines[-1].text.endswith("…")


def test_lines_are_of_even_length(theme: Theme) -> None:
    setter, face = tools(theme)
    block = fit(TITLES["two lines"], face, BOX, setter)
    assert [line.text for line in block.lines] == ["The European", "Accessibility Act", "for Publishers"]


# The picture


def article(title: str, **more: object) -> Document:
    return Document(replace(Metadata(title=(Text(title),), authors=(Author("Ada Setzer"),), lang="en"), **more), ())  # type: ignore[arg-type]


def test_cover_is_the_bitmap_that_shops_ask_for(theme: Theme) -> None:
    cover = draw_cover(article("A title"), theme, Report())
    with Image.open(io.BytesIO(cover.data)) as image:
        assert image.size == (WIDTH, HEIGHT) == (1600, 2560)
        assert image.format == "PNG"
    assert len(cover.data) < 100_000


@pytest.mark.parametrize(("lang", "side"), [("en", "left"), ("ar", "right")])
def test_letters_begin_at_their_side(theme: Theme, lang: str, side: str) -> None:
    """The title's ink starts near the margin at which its language begins a line, and the margins stay empty."""
    cover = draw_cover(article("Title" if lang == "en" else "عنوان", lang=lang, authors=()), theme, Report())
    with Image.open(io.BytesIO(cover.data)) as image:
        field = image.convert("L").crop((0, 300, WIDTH, 1500))
    ground = field.getpixel((5, 5))
    inked = field.point(lambda level: 255 * (level != ground)).getbbox()
    assert inked is not None
    left, _, right, _ = inked
    assert (abs(left - 140) < 30) if side == "left" else (abs(right - (WIDTH - 140)) < 30)
    assert left >= 130
    assert right <= WIDTH - 130


def test_markup_in_a_title_stays_text(theme: Theme) -> None:
    svg = cover_svg(article('<script>"A & B"</script> {{ 7 * 7 }}'), theme)
    assert "<script" not in svg
    assert "{{ 7 * 7 }}" in svg


def test_template_reaches_nothing_but_what_it_is_given(theme: Theme) -> None:
    for template in ("{{ nothing }}", "{{ ''.__class__.__mro__ }}", "{% include '/etc/passwd' %}", "{{ text.wrong }}"):
        with pytest.raises(PressoutError):
            cover_svg(article("T"), replace(theme, cover=template))


def test_letters_without_a_font_are_said(theme: Theme) -> None:
    report = Report()
    draw_cover(article("\U000f1234"), theme, report)
    assert "no font" in str(report.diagnostics[0])


def test_own_picture_is_taken(theme: Theme, tmp_path: Path) -> None:
    Image.new("RGB", (10, 16), "red").save(tmp_path / "front.jpg")
    document = replace(article("T", settings={"cover": "front.jpg"}), folder=tmp_path)
    cover = draw_cover(document, theme, Report())
    assert (cover.media_type, cover.width) == ("image/jpeg", 10)


@pytest.mark.parametrize("target", ["nowhere.jpg", "../up.jpg", "https://example.org/a.jpg", "words.jpg", "drawing.svg"])
def test_cover_that_is_no_picture_is_said_and_replaced(theme: Theme, tmp_path: Path, target: str) -> None:
    (tmp_path / "words.jpg").write_text("no picture")
    (tmp_path / "drawing.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')
    report = Report()
    cover = draw_cover(replace(article("T", settings={"cover": target}), folder=tmp_path), theme, report)
    assert (cover.width, cover.height) == (WIDTH, HEIGHT)
    assert f"'{target}'" in str(report.diagnostics[0])


# Shapes


def shapes(inside: str) -> Image.Image:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">{inside}</svg>'
    return Image.open(io.BytesIO(draw(svg))).convert("RGB")


@pytest.mark.parametrize(
    ("shape", "inside", "outside"),
    [
        ('<rect x="10" y="10" width="50" height="50" fill="#ff0000"/>', (30, 30), (70, 70)),
        ('<circle cx="50" cy="50" r="30" fill="#ff0000"/>', (50, 50), (25, 25)),
        ('<ellipse cx="50" cy="50" rx="40" ry="10" fill="#f00"/>', (15, 50), (50, 70)),
        ('<polygon points="0,0 100,0 0,100" fill="#ff0000"/>', (20, 20), (80, 80)),
        ('<line x1="0" y1="50" x2="100" y2="50" stroke="#ff0000" stroke-width="10"/>', (50, 52), (50, 60)),
        ('<circle cx="100" cy="100" r="40" fill="#ff0000"/>', (99, 99), (50, 50)),
    ],
)
def test_shape_is_where_it_should_be(shape: str, inside: tuple[int, int], outside: tuple[int, int]) -> None:
    image = shapes(shape)
    assert image.getpixel(inside) == (255, 0, 0)
    assert image.getpixel(outside) == (255, 255, 255)


def test_edges_mix_what_meets_there() -> None:
    """A disc over two grounds has an edge between its colour and each of them, and none of the colours of the other."""
    image = shapes('<rect x="0" y="0" width="100" height="50" fill="#0000ff"/><circle cx="50" cy="50" r="30" fill="#ff0000"/>')
    above = {colour for _, colour in image.crop((0, 0, 100, 50)).getcolors()}
    below = {colour for _, colour in image.crop((0, 50, 100, 100)).getcolors()}
    assert all(green == 0 for _, green, _ in above)
    assert all(red == 255 for red, _, _ in below)
    assert len(above) > 2 < len(below)


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ('<path d="M0 0"/>', "<path>"),
        ('<rect width="100%" height="1" fill="#000"/>', "'100%'"),
        ('<rect width="1" height="1" fill="red"/>', "'red'"),
        ("<rect", "no SVG"),
    ],
)
def test_what_a_cover_cannot_show_is_an_error(inside: str, message: str) -> None:
    with pytest.raises(PressoutError, match=message):
        shapes(inside)


def test_theme_without_a_cover_says_so(theme: Theme) -> None:
    with pytest.raises(PressoutError, match="has no cover"):
        cover_svg(article("T"), replace(theme, cover=""))


# Whole covers: a short and a long title in every script, in each template and shape

PEOPLE = ("Ada Setzer", "Benjamin Leser-Montague", "Cyd Drucker", "Dorothea van der Hoeven", "Émile Grandjean", "Fatima al-Zahra")
SAID = tomllib.loads((Path(__file__).parent / "titles.toml").read_text("utf-8"))
SMALLEST_TITLE = 60  # pixels of 1600: read on a thumbnail of a shop that is a tenth as wide


@dataclass(frozen=True)
class Ink:
    """What one line of text blackens on a cover, in pixels, and in which look."""

    text: str
    weight: str
    size: float
    left: float
    top: float
    right: float
    bottom: float


def inks(svg: str, files: tuple[Path, ...]) -> list[Ink]:
    """The lines of a cover as they are drawn, each measured alone at its own size."""
    found = []
    for each in etree.fromstring(svg.encode()).iter("{http://www.w3.org/2000/svg}text"):
        leftward = each.get("direction") == "rtl"
        lang = each.get("{http://www.w3.org/XML/1998/namespace}lang")
        size, weight = float(each.get("font-size")), each.get("font-weight")
        look = Face(each.get("font-family"), size, int(weight), each.get("font-style") == "italic", lang, leftward)
        ink = typesetter(files).draw(each.text, look)
        left = float(each.get("x")) + ink.left - (ink.advance if leftward else 0)
        top = float(each.get("y")) + ink.top
        found.append(Ink(each.text, weight, size, left, top, left + ink.width, top + ink.height))
    return found


@pytest.mark.parametrize("lang", SAID)
@pytest.mark.parametrize("name", ["plain", "report"])
def test_no_line_of_a_cover_is_clipped_or_meets_another(name: str, lang: str) -> None:
    theme = load_theme(name, Report())
    files = tuple(path for font in theme.fonts.values() for path in font.files.values())
    short, long = SAID[lang]
    few, many = (tuple(map(Author, PEOPLE[:count])) for count in (1, len(PEOPLE)))
    shapes = (HEIGHT, round(WIDTH * 841.89 / 595.28), round(WIDTH * 792 / 612))  # an e-book, A4, Letter
    for height, (title, authors) in product(shapes, ((short, few), (long, many))):
        subtitle = (Text(long[:60]),) if authors is many else ()
        said = article(title, subtitle=subtitle, authors=authors, lang=lang, series="Briefings", publisher="The Observatory Press")
        shown = inks(cover_svg(said, theme, height), files)
        joined = "".join(ink.text for ink in shown).replace(" ", "").replace("-", "")  # a long word may be parted
        assert title.replace(" ", "").replace("-", "") in joined
        assert "…" not in joined
        assert [ink for ink in shown if ink.left < 0 or ink.right > WIDTH or ink.top < 0 or ink.bottom > height] == []
        assert [pair for pair in combinations(shown, 2) if meet(*pair)] == []
        largest = max(ink.size for ink in shown)
        assert largest >= SMALLEST_TITLE


def meet(one: Ink, other: Ink) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


@pytest.mark.parametrize("lang", SAID)
def test_letters_that_change_beside_others_are_drawn_before_the_pdf(lang: str) -> None:
    """What sets the text of an SVG in a PDF takes letter by letter: such a cover would be wrong, and wider than was measured."""
    _, kind = page_cover(article(SAID[lang][0], lang=lang), load_theme("report", Report()), Report())
    assert kind == ("image/png" if lang in ("ar", "he", "hi", "ta") else "image/svg+xml")


def test_a_finer_cover_is_the_same_cover(theme: Theme) -> None:
    svg = cover_svg(article(SAID["en"][0]), theme)
    files = tuple(path for font in theme.fonts.values() for path in font.files.values())
    once, twice = (Image.open(io.BytesIO(draw(svg, files, scale=scale))).convert("L") for scale in (1, 2))
    assert twice.size == (2 * WIDTH, 2 * HEIGHT)
    apart = ImageChops.difference(once, twice.reduce(2))
    assert sum(level > 64 for level in apart.tobytes()) < 0.002 * WIDTH * HEIGHT  # edges alone


# In Word


def word_of(theme: Theme, edition: Edition | None = None, **settings: object) -> zipfile.ZipFile:
    document = article("A title of the cover", settings=settings)
    document = replace(document, blocks=(Paragraph((Text("Words."),)),))
    return zipfile.ZipFile(io.BytesIO(render("docx", document, theme, edition or Edition(), Report()).data))


def test_word_begins_with_the_cover_of_the_pdf() -> None:
    report = load_theme("report", Report())
    word = word_of(report)
    body = etree.fromstring(word.read("word/document.xml"))[0]
    first = body[0]
    (shown,) = first.iter("{*}anchor")
    assert shown.get("behindDoc") == "1"
    assert [place.text for place in shown.iter("{*}posOffset")] == ["0", "0"]
    extent = shown.find("{*}extent")
    page = report.page
    assert (int(extent.get("cx")) / 12700, int(extent.get("cy")) / 12700) == pytest.approx((page.width, page.height), abs=0.01)
    assert shown.find("{*}docPr").get("descr") == "Cover: A title of the cover, Ada Setzer"
    # a section of its own, whose first page, the only one, has a head and a folio of its own: none
    section = first.find("{*}pPr/{*}sectPr")
    assert section.find("{*}titlePg") is not None
    assert not [each for each in section if each.get(f"{W}type") == "first"]
    with Image.open(io.BytesIO(word.read("word/media/image1.png"))) as picture:
        assert picture.size == (2 * WIDTH, 2 * round(WIDTH * page.height / page.width))
        assert picture.convert("RGB").getpixel((5, 5)) == tuple(bytes.fromhex(report.colours["accent"].removeprefix("#")))


def test_a_picture_of_another_shape_fills_the_page_of_word(tmp_path: Path) -> None:
    Image.new("RGB", (900, 300), "#336699").save(tmp_path / "front.png")
    report = load_theme("report", Report())
    document = replace(article("T", settings={"cover": "front.png"}), folder=tmp_path, blocks=(Paragraph((Text("Words."),)),))
    word = zipfile.ZipFile(io.BytesIO(render("docx", document, report, Edition(), Report()).data))
    cut = next(etree.fromstring(word.read("word/document.xml")).iter("{*}srcRect"))
    shown = (100_000 - int(cut.get("l")) - int(cut.get("r"))) / 100_000 * 900 / 300
    assert shown == pytest.approx(report.page.width / report.page.height, abs=0.001)
    assert (cut.get("t"), cut.get("b")) == ("0", "0")


@pytest.mark.parametrize(
    ("name", "edition", "settings"),
    [("plain", Edition(), {}), ("report", Edition(anchors=True), {}), ("report", Edition(), {"cover": False})],
    ids=["a theme without one", "an editor's file", "an article that wants none"],
)
def test_word_has_no_cover(name: str, edition: Edition, settings: dict[str, object]) -> None:
    assert b"wp:anchor" not in word_of(load_theme(name, Report()), edition, **settings).read("word/document.xml")


# Its colours


@pytest.mark.parametrize("name", THEMES)
def test_the_words_of_a_cover_stand_out_from_their_ground(name: str) -> None:
    theme = load_theme(name, Report())
    said = article("A title", subtitle=(Text("Below it"),), series="Briefings", publisher="The Observatory Press")
    root = etree.fromstring(cover_svg(said, theme).encode())
    grounds = list(root.iter("{*}rect"))
    lines = list(root.iter("{*}text"))
    assert len(lines) >= 4
    for line in lines:
        x, y = float(line.get("x")), float(line.get("y"))
        below = [
            each
            for each in grounds
            if 0 <= x - float(each.get("x")) <= float(each.get("width"))
            and 0 <= y - float(each.get("y")) <= float(each.get("height"))
        ]
        assert contrast(line.get("fill"), below[-1].get("fill")) >= ENOUGH, line.text

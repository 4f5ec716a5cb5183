"""Sheets: each role of each theme read back from the CSS as the theme has it, for the page and for the e-book."""

from __future__ import annotations

import logging
import re
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
import tinycss2
from cssselect2 import ElementWrapper, compile_selector_list
from weasyprint import CSS, HTML

from conftest import ROOT, THEMES
from pressout.colours import ENOUGH, NIGHT, contrast
from pressout.diagnostics import Report
from pressout.renderers.css.fonts import font_address, font_file, stack, used_cuts
from pressout.renderers.css.sheets import CARRIERS, epub_sheet, print_sheet
from pressout.renderers.css.structure import BOTH
from pressout.renderers.css.styles import PAGE_ROLES, VARIANTS, selector
from pressout.theme import load_theme
from pressout.theme.looks import INLINE_ROLES, ROLES, Rule, Style, Theme

Read = dict[str, dict[str, str]]  # the declarations of each selector, the last of a name winning

TOLERANCE = 0.05  # points
BLOCK_ROLES = [role for role in ROLES if role not in (*INLINE_ROLES, *PAGE_ROLES)]


@pytest.fixture(params=THEMES, scope="module")
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param, Report())


@cache
def read(sheet: str) -> Read:
    """A sheet's plain rules by their selectors. Its rules are in order of their strength, so the last word counts."""
    found: Read = {}
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        declarations = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        values = {each.name: tinycss2.serialize(each.value).strip() for each in declarations if each.type == "declaration"}
        for where in tinycss2.serialize(rule.prelude).split(","):
            found.setdefault(where.strip(), {}).update(values)
    return found


def made_of(sheet: str, theme: Theme) -> str:
    """A sheet without what the theme's own CSS files add."""
    return sheet.replace(theme.print_css, "").replace(theme.epub_css, "")


def seen(found: Read, role: str) -> dict[str, str]:
    """What an element of that role has: from the body by inheritance, from its other role, from itself."""
    where = selector(role).partition(",")[0]
    inherited = {name: value for name, value in found["body"].items() if not name.startswith(("margin", "padding"))}
    other = found.get(selector(VARIANTS[role]), {}) if role in VARIANTS else {}
    return {**inherited, **other, **found.get(where, {})}


def points(value: str, size: float) -> float:
    number, unit = re.fullmatch(r"(-?[\d.]+)(pt|em|)", value).groups()  # type: ignore[union-attr]
    return float(number) * (1 if unit == "pt" else size)


def sides(style: Style, start: str, end: str) -> dict[str, Rule]:
    return {"top": style.rule_above, end: style.rule_end, "bottom": style.rule_below, start: style.rule_start}


@pytest.mark.parametrize("role", BLOCK_ROLES)
@pytest.mark.parametrize("medium", ["print", "epub"])
def test_a_role_is_read_back_as_the_theme_has_it(theme: Theme, medium: str, role: str) -> None:
    style, body = theme.styles[role], theme.styles["body"]
    relative = medium == "epub"
    sheet = epub_sheet(theme) if relative else print_sheet(theme)
    look = seen(read(made_of(sheet, theme)), role)
    carrier = theme.styles[CARRIERS.get(role, "body")]
    size = points(look.get("font-size", "1em"), carrier.size)
    leading = float(look["line-height"]) * size if relative else points(look["line-height"], size)
    assert size == pytest.approx(style.size, abs=0.01)
    assert leading == pytest.approx(style.leading, abs=TOLERANCE)
    assert look.get("color", body.colour) == style.colour
    assert look["font-family"] == stack(theme.fonts[style.font], "en")
    assert (int(look["font-weight"]), look["font-style"] == "italic") == (style.weight, style.italic)
    assert look["text-align"] == style.align
    assert look.get("background-color", "transparent") == (style.background or "transparent")
    if role not in ("body", "contents-2", "contents-3"):  # paragraphs have the body's space; a level says what it adds
        assert points(look.get("margin-top", "0"), size) == pytest.approx(style.space_before, abs=TOLERANCE)
        assert points(look.get("margin-bottom", "0"), size) == pytest.approx(style.space_after, abs=TOLERANCE)
        start, end = ("left", "right") if relative else ("inline-start", "inline-end")
        indent = look.get(f"{'padding' if role.startswith('list-') else 'margin'}-{start}", "0")
        least = 0 if relative else -500  # nothing hangs out of a screen
        assert points(indent, size) == pytest.approx(max(style.indent, least), abs=TOLERANCE)
        assert points(look.get(f"margin-{end}", "0"), size) == pytest.approx(max(style.outdent, least), abs=TOLERANCE)
        if role != "table-head":  # the head has its rule as a whole
            for side, rule in sides(style, start, end).items():
                width, _, colour = look.get(f"border-{side}", "none").partition(" solid ")
                assert (points(width, 1), colour) == (rule.width, rule.colour) if rule.width else width == "none"


@pytest.mark.parametrize("medium", ["print", "epub"])
def test_a_kind_in_a_section_differs_by_what_the_theme_says(theme: Theme, medium: str) -> None:
    body = theme.styles["body"]
    found = read(made_of(epub_sheet(theme) if medium == "epub" else print_sheet(theme), theme))
    for section, looks in theme.sections.items():
        for kind, style in looks.items():
            where = f"section.{section}" + ("" if kind in ("box", "body") else f" {selector(kind)}")
            look = {**(seen(found, kind) if kind in ROLES else {}), **found.get(where, {})}
            assert points(look.get("font-size", "1em"), body.size) == pytest.approx(style.size, abs=0.01), where
            assert look.get("color", body.colour) == style.colour, where
            if kind != "body":
                assert points(look.get("margin-top", "0"), style.size) == pytest.approx(style.space_before, abs=TOLERANCE), where


def test_paragraphs_have_the_space_of_the_body(theme: Theme) -> None:
    body = theme.styles["body"]
    for sheet in (print_sheet(theme), epub_sheet(theme)):
        paragraph = read(made_of(sheet, theme))["p"]
        assert points(paragraph.get("margin-bottom", "0"), body.size) == pytest.approx(body.space_after, abs=TOLERANCE)
        assert points(paragraph.get("text-indent", "0"), body.size) == pytest.approx(body.first_line, abs=TOLERANCE)


def test_a_role_on_a_paragraph_does_not_keep_the_paragraphs_space(theme: Theme) -> None:
    """A standfirst is a p: what the body's rule says of every p must be unsaid where the role has another value."""
    for sheet in (print_sheet(theme), epub_sheet(theme)):
        found = read(made_of(sheet, theme))
        for role in ("standfirst", "authors", "date", "callout-title", "attribution", "source-note"):
            assert {name for name in found["p"] if "-" in name} <= set(found[f".{role}"]), role


def test_letters_on_a_ground_have_a_colour_of_their_own(theme: Theme) -> None:
    """A reader that turns all letters white by night would else make them white on a light ground."""
    for where, look in read(epub_sheet(theme)).items():
        if look.get("background-color", "transparent") != "transparent":
            assert "color" in look, where


def test_the_reader_of_an_e_book_chooses_size_and_colour_of_its_text(theme: Theme) -> None:
    body = read(epub_sheet(theme))["body"]
    assert not {"font-size", "color", "background-color"} & set(body)
    assert not re.search(r"font-size: [\d.]+(pt|px)", epub_sheet(theme))


def test_no_folder_of_this_machine_is_in_a_sheet(theme: Theme) -> None:
    for sheet in (print_sheet(theme), epub_sheet(theme)):
        assert str(ROOT) not in sheet
        assert "file:" not in sheet
        assert str(Path(next(iter(theme.fonts["text"].files.values()))).parent) not in sheet


def test_a_font_address_leads_to_its_file_and_nowhere_else(theme: Theme) -> None:
    for use in theme.fonts:
        for cut in used_cuts(theme, use):
            assert font_file(theme, font_address(use, cut)) == theme.fonts[use].files[cut]
    for wrong in ("text-401", "text", "body-400", "text-/etc/passwd", "../text-400", ""):
        assert font_file(theme, f"pressout-font:{wrong}") is None


def test_weasyprint_understands_all_of_the_sheet(theme: Theme, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "weasyprint"):
        CSS(string=re.sub(r"@font-face \{[^}]*\}", "", print_sheet(theme)))
    assert [record.getMessage() for record in caplog.records] == []


# Languages


def test_a_right_to_left_book_turns_its_sides(theme: Theme) -> None:
    left, right = (read(epub_sheet(theme, lang)) for lang in ("en", "he"))
    assert left[".list-bullet"]["padding-left"] == right[".list-bullet"]["padding-right"]
    assert not [where for where, look in right.items() if "border-left" in look]


def test_an_unmirrored_page_has_its_inner_margin_where_lines_begin(theme: Theme) -> None:
    page = theme.page
    if page.mirrored:
        return
    for lang, left in (("en", page.inner), ("ar", page.outer)):
        margin = re.search(r"@page :right { margin: \S+ \S+ \S+ ([\d.]+)pt;", print_sheet(theme, lang))
        assert margin
        assert float(margin[1]) == pytest.approx(left, abs=0.01)


@pytest.mark.parametrize(
    ("lang", "ending"), [("ja", "JP"), ("zh-Hant", "TC"), ("zh-Hans", "SC"), ("zh", "SC"), ("ko-KR", "KR"), ("en", "SC")]
)
def test_han_characters_are_those_of_the_language(lang: str, ending: str) -> None:
    font = load_theme("plain", Report()).fonts["text"]
    assert f"Noto Serif CJK {ending}" in stack(font, lang)


def test_scripts_without_italic_or_with_joined_letters_get_neither() -> None:
    plain = load_theme("plain", Report())
    assert "letter-spacing: 0.27pt" in print_sheet(plain, "en")
    assert "letter-spacing: 0.27pt" not in print_sheet(plain, "fa")
    assert "em { font-style: normal; font-weight: 700; }" in print_sheet(plain, "fa")
    assert read(print_sheet(plain, "ja"))[".epigraph"].get("font-style", "normal") == "normal"


def test_rules_of_tables_do_not_vanish_by_night(theme: Theme) -> None:
    night = epub_sheet(theme).partition("@media (prefers-color-scheme: dark)")[2]
    assert "color-scheme: dark" in night
    for where in (".table", ".table-head"):
        colours = re.findall(rf"\n  {re.escape(where)} {{ (border[^}}]*)}}", night)
        assert colours, where
        for colour in re.findall("#[0-9a-f]{6}", "".join(colours)):
            assert contrast(colour, NIGHT) >= ENOUGH, where


def test_figures_stand_at_the_side_that_their_column_asks_for(theme: Theme) -> None:
    """The look of cells says how lines stand where the text is justified; a column's own side counts for more."""
    page = (
        f"<style>{BOTH}{print_sheet(theme)}</style><table class='table'><tr><td class='table-cell align-right'>8</td></tr></table>"
    )
    drawn = HTML(string=re.sub(r"@font-face \{[^}]*\}", "", page)).render()
    cells = [box for box in drawn.pages[0]._page_box.descendants() if box.element_tag == "td"]
    assert {box.style["text_align_all"] for box in cells} == {"right"}


@pytest.mark.parametrize("medium", ["print", "epub"])
def test_paragraphs_in_other_blocks_begin_as_those_do(theme: Theme, medium: str) -> None:
    """As Word's styles have it: a first line that is set in is the running text's, unless the block's role says so."""
    found = read(epub_sheet(theme) if medium == "epub" else print_sheet(theme))
    usual = theme.styles["body"].first_line
    for role in ("quote", "pull-quote", "epigraph", "verse", "callout", "aside", "details", "definition", "answer", "note"):
        where = f"{selector(role).partition(',')[0]} p"
        style = theme.styles[role]
        said = found.get(where, {}).get("text-indent")
        assert (points(said, style.size) if said else usual) == pytest.approx(style.first_line, abs=TOLERANCE), role
    assert not usual or found["li p"]["text-indent"] == "0"


def test_a_figure_beside_the_text_has_lines_of_its_own(theme: Theme) -> None:
    """The line that it stands in has no height, which its caption would inherit."""
    found = read(print_sheet(theme))
    assert points(found[".beside > .figure"]["line-height"], 0) == theme.styles["body"].leading


@pytest.mark.parametrize("medium", ["print", "epub"])
def test_authors_in_the_contents_stand_right_below_their_titles(theme: Theme, medium: str) -> None:
    """A paragraph in an item is a line away from what stands above it, but not in a contents list."""
    found = read(epub_sheet(theme) if medium == "epub" else print_sheet(theme))
    apart = found["li > p"]["margin-top"] != "0"
    assert not apart or found[".contents li > p"]["margin-top"] == "0"


@pytest.mark.parametrize("medium", ["print", "epub"])
@pytest.mark.parametrize(("section", "frame", "lines"), [("", "comparison", True), ("comparison", "", False), ("", "", False)])
def test_a_section_called_comparison_has_common_tables(medium: str, section: str, frame: str, lines: bool) -> None:
    """Lines between columns are those of a table that says what it is, not of all that stand under such a heading."""
    theme = load_theme("plain", Report())
    sheet = print_sheet(theme) if medium == "print" else epub_sheet(theme)
    table = f'<div class="table-frame {frame}"><table class="table"><tbody><tr><td>a</td><td>b</td></tr></tbody></table></div>'
    page = ElementWrapper.from_html_root(fromstring(f'<html><body><section class="{section}">{table}</section></body></html>'))
    cell = next(element for element in page.iter_subtree() if element.local_name == "td" and element.etree_element.text == "b")
    found = [
        name
        for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
        if rule.type == "qualified-rule"
        for each in compile_selector_list(rule.prelude)
        if not each.pseudo_element and each.test(cell)
        for name in (made.name for made in tinycss2.parse_blocks_contents(rule.content) if made.type == "declaration")
    ]
    side = "inline-start" if medium == "print" else "left"
    assert (f"border-{side}" in found) is lines
    assert f"padding-{side}" in found

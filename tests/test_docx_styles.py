"""The styles of a Word file: all that a text looks like, in the theme's own values; and the anchors that its blocks bear."""

from __future__ import annotations

import itertools

import pytest
from lxml import etree

from conftest import THEMES
from pressout.diagnostics import Report
from pressout.files import read_source
from pressout.model import Attributes, Code, Emphasis, Heading, Paragraph, Phrase, Section, Strong, Text
from pressout.readers.markdown import parse_article
from pressout.renderers.docx.xml import BUILTINS, style_name
from pressout.theme.looks import INLINE_ROLES, ROLES
from wordfile import SPECIMEN, W, drawn, specimen, text, theme, value

# What a run or a paragraph may say by itself; all else is said by its style
RUN_MAY = {"rStyle", "rtl", "lang"}
PARAGRAPH_MAY = {"pStyle", "numPr", "bidi", "ind", "sectPr"}
CONTENTS = ("contents-1", "contents-2", "contents-3")  # what is turned over hangs, in print too
CELL_MAY = PARAGRAPH_MAY | {"jc", "tabs"}


# Styles and nothing else


@pytest.mark.parametrize("name", THEMES)
def test_no_formatting_stands_beside_the_styles(name: str) -> None:
    _, parts = specimen(name)
    for story in ("document", "footnotes"):
        for properties in parts.all("rPr", story):
            assert {etree.QName(each).localname for each in properties} <= RUN_MAY
        for paragraph in parts.all("p", story):
            if paragraph.getparent().get(f"{W}type"):  # Word's own lines above its notes
                continue
            said = {etree.QName(each).localname for each in paragraph.find(f"{W}pPr")}
            assert said <= (CELL_MAY if paragraph.getparent().tag == f"{W}tc" else PARAGRAPH_MAY)


@pytest.mark.parametrize("name", THEMES)
def test_styles_have_the_values_of_the_theme(name: str) -> None:
    parts, looks = specimen(name)[1], theme(name)
    styles = {value(each, "name"): each for each in parts.all("style", "styles")}
    identifiers = {each.get(f"{W}styleId"): each for each in styles.values()}
    defaults = next(iter(parts.all("docDefaults", "styles")))

    def resolved(style: etree._Element, path: str, attribute: str) -> str:
        while style is not None:
            found = value(style, path, attribute)
            if found:
                return found
            style = identifiers.get(value(style, "basedOn"))
        return value(defaults, f"rPrDefault/{path}", attribute)

    for role in ROLES:
        if role in (*INLINE_ROLES, "credit"):
            continue
        style, look = styles[style_name(role)], looks.styles[role]
        assert float(resolved(style, "rPr/sz", "val")) / 2 == pytest.approx(look.size, abs=0.01), role
        assert resolved(style, "rPr/rFonts", "ascii") == looks.fonts[look.font].family, role
        assert f"#{resolved(style, 'rPr/color', 'val')}".lower() == look.colour.lower(), role
        assert int(resolved(style, "pPr/spacing", "line")) / 20 == pytest.approx(look.leading, abs=0.05), role
        assert int(resolved(style, "pPr/spacing", "before")) / 20 == pytest.approx(look.space_before, abs=0.05), role
        assert int(resolved(style, "pPr/spacing", "after")) / 20 == pytest.approx(look.space_after, abs=0.05), role


@pytest.mark.parametrize("name", THEMES)
def test_letters_inside_a_line_have_the_values_of_the_theme(name: str) -> None:
    """Their sizes are shares of the line's, so that what is as the text around it is not said; nor is what Word does by itself."""
    parts, looks = specimen(name)[1], theme(name)
    styles = {value(each, "name"): each for each in parts.all("style", "styles")}
    body = looks.styles["body"]
    for role in INLINE_ROLES:
        style, look = styles[style_name(role)], looks.styles[role]
        size, colour = value(style, "rPr/sz"), value(style, "rPr/color")
        assert float(size or 2 * body.size) / 2 == pytest.approx(body.size if role == "note-mark" else look.size, abs=0.01), role
        assert f"#{colour}".lower() == look.colour if look.colour != body.colour else not colour, role
        family = value(style, "rPr/rFonts", "ascii") or looks.fonts[body.font].family
        assert family == looks.fonts[look.font].family, role
        assert f"#{value(style, 'rPr/shd', 'fill')}".lower() == (look.background or "#"), role
        assert (style.find(f"{W}rPr/{W}smallCaps") is not None) is look.small_caps, role


@pytest.mark.parametrize("name", THEMES)
def test_styles_have_the_weight_and_the_indents_of_the_theme(name: str) -> None:
    parts, looks = specimen(name)[1], theme(name)
    styles = {each.get(f"{W}styleId"): each for each in parts.all("style", "styles")}
    named = {value(each, "name"): each for each in styles.values()}

    def own(style: etree._Element | None, path: str) -> etree._Element | None:
        """What a style says, or else the one that it is based on."""
        while style is not None:
            found = style.find("/".join(f"{W}{step}" for step in path.split("/")))
            if found is not None:
                return found
            style = styles.get(value(style, "basedOn"))
        return None

    def on(style: etree._Element, switch: str) -> bool:
        found = own(style, f"rPr/{switch}")
        return found is not None and found.get(f"{W}val", "1") != "0"

    for role in ROLES:
        if role in (*INLINE_ROLES, "credit"):
            continue
        style, look = named[style_name(role)], looks.styles[role]
        assert on(style, "b") is (look.weight >= 600), role
        assert on(style, "i") is look.italic, role
        assert on(style, "caps") is look.uppercase, role
        indents = own(style, "pPr/ind")
        first = 0.0 if indents is None else int(indents.get(f"{W}firstLine", 0)) - int(indents.get(f"{W}hanging", 0))
        expected = -1.2 * look.size if role in CONTENTS else look.first_line
        assert first / 20 == pytest.approx(expected, abs=0.05), role
        if role in CONTENTS and indents is not None:
            left = int(indents.get(f"{W}start", "") or indents.get(f"{W}left", "0"))
            assert left / 20 == pytest.approx(look.indent + 1.2 * look.size, abs=0.05), role


def test_styles_that_word_knows_have_its_names() -> None:
    _, parts = specimen()
    ids = {value(each, "name"): each.get(f"{W}styleId") for each in parts.all("style", "styles")}
    assert all(ids[builtin.name] == builtin.id for builtin in BUILTINS.values())
    assert len(set(ids.values())) == len(parts.all("style", "styles"))


def test_no_name_of_a_style_says_a_word_twice() -> None:
    for name in THEMES:
        for style in specimen(name)[1].all("style", "styles"):
            words = value(style, "name").split()
            assert all(one != next_one for one, next_one in itertools.pairwise(words)), words


def test_strong_words_stay_bold_in_a_bold_heading() -> None:
    parts = drawn(
        Section(Heading(1, (Text("A "), Strong((Text("strong"),)), Text(" and "), Emphasis((Strong((Text("both"),)),)))), ())
    )
    styles = {each.get(f"{W}styleId"): each for each in parts.all("style", "styles")}
    # Word switches bold off where both the paragraph's style and the run's have it
    for run in parts.all("rStyle"):
        assert styles[run.get(f"{W}val")].find(f".//{W}b") is None
    assert {value(styles[run.get(f"{W}val")], "name") for run in parts.all("rStyle")} == {
        "Heading 1 Strong",
        "Heading 1 Emphasis Strong",
    }


def test_code_in_a_heading_is_as_large_as_the_heading_asks() -> None:
    parts = drawn(Section(Heading(1, (Code("code"),)), ()), Paragraph((Code("code"),)))
    sizes = {each.get(f"{W}styleId"): value(each, "rPr/sz") for each in parts.all("style", "styles")}
    looks = theme()
    share = looks.style("heading-1").size / looks.style("body").size
    assert int(sizes["Heading1Code"]) == round(int(sizes["Code"]) * share)


# Anchors


def test_each_block_has_one_anchor_inside_one_paragraph() -> None:
    _, parts = specimen(anchors=True)
    found: dict[str, etree._Element] = {}
    for story in ("document", "footnotes"):
        for start in parts.all("bookmarkStart", story):
            if start.get(f"{W}name").startswith("_po_"):
                assert start.getparent().tag == f"{W}p"
                ends = [
                    each
                    for each in start.getparent()
                    if each.tag == f"{W}bookmarkEnd" and each.get(f"{W}id") == start.get(f"{W}id")
                ]
                assert len(ends) == 1
                assert start.get(f"{W}name") not in found
                found[start.get(f"{W}name")] = start.getparent()
    keys = {int(name.removeprefix("_po_"), 36) for name in found}
    passages = parse_article(read_source(SPECIMEN, Report()), Report()).map.passages
    # What the map has and Word does not print: publisher and rights
    assert [each.label for each in passages if each.key not in keys] == ["publisher", "rights"]
    assert keys <= {each.key for each in passages}


def test_an_ordinary_file_has_no_anchors() -> None:
    assert not [each for each in specimen()[1].all("bookmarkStart") if each.get(f"{W}name").startswith("_po_")]


def test_underlined_and_inserted_words_are_styles_of_their_own() -> None:
    phrases = (Phrase((Text(each),), attributes=Attributes(classes=(each,))) for each in ("underline", "inserted", "other"))
    parts = drawn(Paragraph(tuple(phrases)))
    styles = {text(run): value(run, "rPr/rStyle") for run in parts.all("p")[2].findall(f"{W}r")}
    assert styles == {"underline": "Underline", "inserted": "Inserted", "other": ""}

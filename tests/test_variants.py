"""Variants and papers: what any theme becomes by one option, and an article without its authors."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from conftest import ROOT, THEMES, pressout
from pressout.diagnostics import Report
from pressout.edition import Edition
from pressout.model import Source
from pressout.prepare import prepare
from pressout.readers import read
from pressout.renderers import render
from pressout.renderers.css.sheets import print_sheet
from pressout.renderers.docx.looks import small_type
from pressout.renderers.html.front import running_title
from pressout.renderers.length import guessed_pages
from pressout.renderers.parts import in_chapters, title_drops
from pressout.renderers.pdf.page import page_html
from pressout.theme import Theme, load_theme
from pressout.theme.keys import PAPERS
from pressout.theme.variants import EASY_SIZE, LARGE_PRINT, LEAST_LARGE, VARIANTS

ARTICLE = ROOT / "input" / "specimen.md"


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_stands_on_every_paper(theme: str, paper: str) -> None:
    page = load_theme(theme, Report(), paper).page
    assert (page.width, page.height) == PAPERS[paper]


@pytest.fixture(params=[(theme, variant) for theme in THEMES for variant in VARIANTS], ids="-".join)
def varied(request: pytest.FixtureRequest) -> Theme:
    theme, variant = request.param
    return load_theme(theme, Report(), variant=variant)


def test_a_variant_keeps_the_units_of_the_formats(varied: Theme) -> None:
    """Half points for Word, whole lines for the page, no line closer than its letters."""
    looks = [style for look in (varied.styles, *varied.sections.values()) for style in look.values()]
    assert {style.size * 2 % 1 for style in looks} == {0}
    assert all(style.leading >= style.size for style in looks)
    lines = (varied.page.height - varied.page.top - varied.page.bottom) / varied.line
    assert abs(lines - round(lines)) < 0.01


def test_a_variant_parts_no_word_and_justifies_no_line(varied: Theme) -> None:
    looks = [style for look in (varied.styles, *varied.sections.values()) for style in look.values()]
    assert not any(style.hyphens or style.align == "justify" for style in looks)


@pytest.mark.parametrize("theme", THEMES)
def test_large_print_is_large(theme: str) -> None:
    styles = load_theme(theme, Report(), variant="large-print").styles
    assert styles["body"].size >= LARGE_PRINT
    assert min(style.size for style in styles.values()) >= LEAST_LARGE


@pytest.mark.parametrize("theme", THEMES)
def test_a_wide_table_in_large_print_is_large_too(theme: str) -> None:
    """Its type is not made smaller than any other's, in print and in Word; its words break instead."""
    large, usual = load_theme(theme, Report(), variant="large-print"), load_theme(theme, Report())
    rule = next(line for line in print_sheet(large).splitlines() if line.startswith(".small-type "))
    assert float(re.findall(r"font-size: ([\d.]+)pt", rule)[0]) >= LEAST_LARGE
    assert "overflow-wrap: anywhere" in rule
    assert small_type(large.styles["table-cell"], large).size >= LEAST_LARGE
    assert small_type(usual.styles["table-cell"], usual).size < usual.styles["table-cell"].size


TITLED = "---\ntitle: {title}\nlang: en\ndescription: {lead}\nabstract: {lead}\n---\n\nWords.\n"


@pytest.mark.parametrize(("lead", "dropped"), [("A short lead.", True), ("A lead of some length. " * 20, False)])
def test_a_title_block_that_would_not_fit_does_not_begin_down_its_page(lead: str, dropped: bool) -> None:
    theme = load_theme("report", Report(), "A5", "large-print")
    document = read(Source(TITLED.format(title="A title", lead=lead), "a.md"), Report(), ".md")
    assert title_drops(document, theme) is dropped
    assert ('class="dropped"' in page_html(document, theme, Edition())) is dropped


def test_chapters_too_short_for_pages_of_their_own_run_on() -> None:
    """Thirty pages make ten chapters of three pages, or thirty that would each leave a page half white."""
    theme = load_theme("report", Report())
    text = "Words enough to fill a page of the report with nothing else. " * 40
    for chapters, wanted in ((5, True), (60, False)):
        source = Source("".join(f"# Chapter {number}\n\n{text * (60 // chapters)}\n\n" for number in range(chapters)), "a.md")
        document = prepare(read(source, Report(), ".md"), theme, Edition(), Report())
        assert guessed_pages(document, theme) > theme.chapters.pages
        assert in_chapters(document, theme) is wanted


@pytest.mark.parametrize("theme", THEMES)
def test_only_a_word_that_no_line_holds_is_parted_in_a_title(theme: str) -> None:
    words = "Wissenschaftssprache und Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurf"
    source = Source(f"---\ntitle: {words}\nlang: de\ncover: false\n---\n\nWorte.\n", "a.md")
    look = load_theme(theme, Report())
    drawn = render("pdf", prepare(read(source, Report(), ".md"), look, Edition(), Report()), look, Edition(), Report())
    said = subprocess.run(
        ["pdftotext", "-raw", "-l", "1", "-", "-"], input=drawn.data, capture_output=True, check=True
    ).stdout.decode()
    title = said.partition("Worte")[0].split()
    assert "Wissenschaftssprache" in title
    assert "".join(word.rstrip("-\u00ad") for word in title[2:]).startswith(words.split()[2])
    assert all(word.endswith(("-", "\u00ad")) for word in title[2:-1])


@pytest.mark.parametrize("theme", THEMES)
def test_dyslexia_is_upright_and_wide(theme: str) -> None:
    varied = load_theme(theme, Report(), variant="dyslexia")
    assert varied.styles["body"].size >= EASY_SIZE
    assert varied.styles["body"].leading >= 1.45 * varied.styles["body"].size
    assert not any(style.italic or style.uppercase for style in varied.styles.values())
    assert varied.fonts["text"] == varied.fonts["display"]


def test_an_anonymous_article_names_nobody(tmp_path: Path) -> None:
    import zipfile

    article = tmp_path / "secret.md"
    article.write_text("---\ntitle: Known\nauthor: Zebedee Quux\n---\n\nText.\n\n## Acknowledgments\n\nThanks to Zebedee Quux.\n")
    said = pressout("build", article, "--anonymous", "--theme", "manuscript", "--out", tmp_path)
    assert said.status == 0
    assert "anonymous" in said.errors
    for form in ("epub", "docx"):
        with zipfile.ZipFile(tmp_path / f"secret.{form}") as package:
            assert not any(b"Quux" in package.read(name) for name in package.namelist())
    assert b"Quux" not in (tmp_path / "secret.pdf").read_bytes()


def test_an_unknown_paper_or_variant_is_refused(tmp_path: Path) -> None:
    for option, name in (("--paper", "A9"), ("--variant", "tiny")):
        said = pressout("build", ARTICLE, option, name, "--out", tmp_path)
        assert said.status == 2
        assert name in said.errors


# Who says which: the command, the article, the project


ASKED = [
    # the command's options, the article's metadata, the project's file -> the paper's width in points, the size of the text
    ((), "", "", "A4", 10.5),
    ((), "", 'paper = "A5"', "A5", 10.5),
    ((), "paper: letter", 'paper = "A5"', "Letter", 10.5),
    (("--paper", "6x9"), "paper: letter", 'paper = "A5"', "6x9", 10.5),
    ((), "", 'variant = "large-print"', "A4", 16),
    ((), "variant: dyslexia", 'variant = "large-print"', "A4", 12),
    (("--variant", "large-print"), "variant: dyslexia", "", "A4", 16),
]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_the_nearest_word_counts(asked: tuple[tuple[str, ...], str, str, str, float], tmp_path: Path) -> None:
    options, metadata, project, paper, size = asked
    (tmp_path / "a.md").write_text(f"---\ntitle: T\nlang: en\n{metadata}\n---\n\nWords.\n", encoding="utf-8")
    (tmp_path / "pressout.toml").write_text(project, encoding="utf-8")
    said = pressout("build", "a.md", "--theme", "briefing", "-o", "a.docx", *options, folder=tmp_path)
    assert said.status == 0, said.errors
    with zipfile.ZipFile(tmp_path / "a.docx") as word:
        text, styles = (word.read(f"word/{name}.xml").decode() for name in ("document", "styles"))
    assert f'w:pgSz w:w="{round(PAPERS[paper][0] * 20)}"' in text
    assert f'<w:sz w:val="{round(size * 2)}"/>' in styles.partition("</w:docDefaults>")[0]


PAPER, VARIANT = "'paper' is A4 or A5 or Letter or 6x9, not ", "'variant' is large-print or dyslexia, not "
MISTAKES = [
    ("paper: A3", "", f"a.md:4:8: error: {PAPER}'A3'\n  hint: write paper: A4 or A5"),
    ("variant: dyslexic", "", f"a.md:4:10: error: {VARIANT}'dyslexic'\n  hint: did you mean 'dyslexia'?"),
    ("papr: A5", "", "a.md:4:1: warning: no metadata key is called 'papr'\n  hint: did you mean 'paper'?"),
    ("", 'paper = "Leter"', f"pressout.toml:1:1: error: {PAPER}'Leter'\n  hint: did you mean 'Letter'?"),
    ("", "variant = 3", "pressout.toml:1:1: error: 'variant' is a word in quotes"),
]


@pytest.mark.parametrize(("metadata", "project", "said"), MISTAKES)
def test_a_mistake_is_said_with_its_place(metadata: str, project: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\ntitle: T\nlang: en\n{metadata}\n---\n\nWords.\n", encoding="utf-8")
    (tmp_path / "pressout.toml").write_text(project, encoding="utf-8")
    found = pressout("check", "a.md", folder=tmp_path)
    assert said in found.out + found.errors


@pytest.mark.parametrize("theme", ["plain", "report", "manuscript"])
def test_heads_in_large_print_stay_on_small_paper(tmp_path: Path, theme: str) -> None:
    article = ROOT / "input" / "the-square-root-of-paper.txt"
    asked = ("--to", "pdf", "--theme", theme, "--paper", "A5", "--variant", "large-print", "--out", tmp_path)
    assert pressout("build", article, *asked).status == 0
    said = subprocess.run(["pdftotext", "-bbox", tmp_path / f"{article.stem}.pdf", "-"], capture_output=True, check=True)
    tops = [float(top) for top in re.findall(r'yMin="([-\d.]+)"', said.stdout.decode())]
    assert min(tops) > 8  # points from the paper's edge


def test_a_long_title_beside_the_text_is_cut_to_a_few_lines() -> None:
    """In print where heads stand in the margin, and in Word; where they stand above the text, print cuts them at the line's end."""
    title = "A report on the long-term consequences of everything that was decided at the forty-second conference of all parties"
    document = read(Source(f"---\ntitle: {title}\nlang: en\n---\n\nWords.\n", "a.md"), Report(), ".md")
    assert running_title(title) == "A report on the long-term consequences of everything that was decided at the forty-second …"
    assert 'data-head="A report on' in page_html(document, load_theme("briefing", Report()), Edition())
    for theme, where in (
        ("briefing", "body { string-set: running-head attr(data-head)"),
        ("plain", ".title { string-set: running-head"),
    ):
        assert where in print_sheet(load_theme(theme, Report()))

"""Themes: what a theme.toml may say, what is said of one that is wrong, and what every theme that is shipped must be."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT, THEMES
from pressout.colours import contrast
from pressout.diagnostics import PressoutError, Report
from pressout.theme import load_theme, theme_names
from pressout.theme.check import pairs
from pressout.theme.fonts import read_face
from pressout.theme.keys import ANY, FONT, PAGE, RULE, STYLE, THEME, Key, Keys, Kind
from pressout.theme.looks import BASES, ROLES, TABLES, TITLE_BLOCK, Theme

DOCUMENTED = ROOT / "docs" / "themes.md"
# Roles whose lines make up the running text of a page, and so must keep to its grid
ON_THE_GRID = (
    "body", "heading-1", "heading-2", "heading-3", "heading-4", "heading-5", "list-bullet", "list-number", "term", "definition",
    "quote", "verse", "question", "answer",
)  # fmt: skip


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param, Report())


def own_theme(folder: Path, toml: str, name: str = "mine") -> Path:
    """A theme of that text in a folder of its own."""
    (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / name / "theme.toml").write_text(toml)
    return folder / name


def problems(path: Path) -> list[str]:
    """What is said of a theme that cannot be used."""
    report = Report()
    with pytest.raises(PressoutError) as error:
        load_theme(path, report)
    report.add(error.value.diagnostic)
    return [str(diagnostic).replace(str(path / "theme.toml"), "theme.toml") for diagnostic in report.diagnostics]


# The themes that are shipped


def test_every_role_has_a_look(theme: Theme) -> None:
    assert set(theme.styles) == {*ROLES, *TABLES, TITLE_BLOCK}


def test_bases_come_before_what_is_based_on_them() -> None:
    known = ["body"]
    for role, base in BASES.items():
        assert base in known, role
        known.append(role)


def test_sizes_are_whole_half_points(theme: Theme) -> None:
    looks = [theme.styles, *theme.sections.values()]
    assert {style.size * 2 % 1 for look in looks for style in look.values()} == {0}


def test_running_text_keeps_to_the_line_grid(theme: Theme) -> None:
    """A page's top eats the space above, so only whole lines above, between and below let the lines of facing pages meet."""
    spaces = {role: (style.space_before, style.leading, style.space_after) for role, style in theme.styles.items()}
    assert {role: spaces[role] for role in ON_THE_GRID if any(space % theme.line for space in spaces[role])} == {}


def test_a_page_holds_whole_lines(theme: Theme) -> None:
    lines = (theme.page.height - theme.page.top - theme.page.bottom) / theme.line
    assert abs(lines - round(lines)) < 0.01


def test_letters_stand_out_from_their_ground_by_day_and_by_night(theme: Theme) -> None:
    assert [pair for pair in pairs(theme) if not pair.enough] == []
    assert [pair.by_night for pair in pairs(theme) if not pair.by_night.enough] == []


def test_fonts_have_every_cut_that_text_needs(theme: Theme) -> None:
    for font in theme.fonts.values():
        assert {(400, False), (400, True), (700, False), (700, True)} <= set(font.files)
        faces = {cut: read_face(path) for cut, path in font.files.items()}
        assert all(face and (face.weight, face.italic) == cut and face.family == font.family for cut, face in faces.items())


def test_fonts_that_are_shipped_have_their_licence_beside_them() -> None:
    folders = {path.parent for path in (ROOT / "themes" / "fonts").rglob("*.ttf")}
    assert folders
    assert all("SIL OPEN FONT LICENSE" in (folder / "LICENSE").read_text().upper() for folder in folders)


def test_contrast_is_that_of_wcag() -> None:
    """The two ends of the scale, and a grey that WCAG's own techniques give as just enough on white."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


# A theme of one's own

SMALL = """\
description = "Rust on cream"

[page]
paper = "A5"

[colour]
accent = "rust"
rust = "#8c3b1a"

[scale]
line = 16
text = 11.2

[font.text]
family = "Source Sans Pro"

[style.title]
colour = "accent"
tracking = "0.02em"
"""


def test_a_theme_of_a_few_lines_changes_face_colour_and_page(tmp_path: Path) -> None:
    report = Report()
    mine, plain = load_theme(own_theme(tmp_path, SMALL), report), load_theme("plain", report)
    assert report.diagnostics == []
    assert (mine.name, mine.description) == ("mine", "Rust on cream")
    assert mine.fonts["text"].family == "Source Sans Pro"
    assert (mine.page.width, mine.page.height) == (419.53, 595.28)
    assert mine.page.inner / mine.page.width == pytest.approx(plain.page.inner / plain.page.width, abs=0.001)
    assert mine.styles["title"].colour == "#8c3b1a"
    assert mine.styles["title"].tracking == pytest.approx(0.02 * mine.styles["title"].size, abs=0.01)
    # 11.2 is no half point, and every role that names the size has the same one
    assert {mine.styles[role].size for role in ("body", "heading-2", "quote")} == {11.0}
    assert (mine.styles["body"].leading, mine.styles["heading-1"].space_before) == (16, 32)
    # the accent of the child reaches roles that only the parent writes of
    assert mine.styles["callout-caution"].rule_start.colour == "#8c3b1a"


def test_a_child_changes_one_part_of_a_rule(tmp_path: Path) -> None:
    mine = load_theme(own_theme(tmp_path, "[style.callout.rule-start]\nwidth = 1\n"), Report())
    plain = load_theme("plain", Report())
    assert mine.styles["callout"].rule_start.width == 1
    assert mine.styles["callout"].rule_start.colour == plain.styles["callout"].rule_start.colour


def test_a_theme_extends_one_beside_it(tmp_path: Path) -> None:
    own_theme(tmp_path, '[colour]\naccent = "#113355"\n', "house")
    mine = load_theme(own_theme(tmp_path, 'extends = "house"\n[style.title]\ncolour = "accent"\n'), Report())
    assert mine.styles["title"].colour == "#113355"


def test_a_section_look_is_the_usual_look_but_for_what_is_said(tmp_path: Path) -> None:
    toml = '[section.legal.heading]\nitalic = true\n[section.legal.heading-2]\nsize = 12\n[section.legal.box]\npadding = "1 line"\n'
    mine = load_theme(own_theme(tmp_path, toml), Report())
    first, second = mine.style("heading-1", "legal"), mine.style("heading-2", "legal")
    assert (first.italic, first.size) == (True, mine.styles["heading-1"].size)
    assert (second.italic, second.size) == (True, 12)
    assert mine.sections["legal"]["box"].padding == 15
    assert mine.style("body", "legal") == mine.styles["body"]


# What is wrong


WRONG: list[tuple[str, list[str]]] = [
    ("[stlye.title]\nsize = 3", ["2:1: error: unknown key 'stlye'\n  hint: did you mean 'style'?"]),
    ("[style.titel]\nsize = 3", ["2:1: error: unknown key 'titel' in [style]\n  hint: did you mean 'title'?"]),
    ("[page]\n\nwidht = 3", ["3:1: error: unknown key 'widht' in [page]\n  hint: did you mean 'width'?"]),
    ("[style.title]\nsize = true", ["2:1: error: 'size' is true, which is not a size in points, or one of the names in"]),
    ('[style.title]\nsize = "huge"', ["2:1: error: 'size' is 'huge', which is no size of this theme"]),
    ("[style.title]\nsize = 9000", ["2:1: error: 'size' is 9000, and should be 1 to 1638 points"]),
    ('[colour]\naccent = "#12345g"', ["2:1: error: 'accent' is '#12345g', which is not a colour such as"]),
    (
        '[style.title]\ncolour = "acent"',
        ["2:1: error: 'colour' is 'acent', which is no colour of this theme\n  hint: did you mean"],
    ),
    ('[colour]\naccent = "warm"\nwarm = "accent"', ["2:1: error: 'accent' is 'warm', which", "3:1: error: 'warm' is 'accent'"]),
    ('[style.title]\nleading = "2 ells"', ["2:1: error: 'leading' is '2 ells', and 'ells' is no unit here"]),
    ("[style.title]\npadding = -3", ["2:1: error: 'padding' is -3, and cannot be less than nothing"]),
    ('[page]\npaper = "A3"', ["2:1: error: 'paper' is 'A3', which is none of A4, A5, Letter, 6x9"]),
    ("[page]\nouter = 500", ["2:1: error: the margins leave no room for text"]),
    ("[page.paper]\nsize = 3", ["2:1: error: 'paper' takes one of a few words, not a table"]),
    ("style = 3", ["1:1: error: 'style' is a table: its keys stand under [style]"]),
    ('[font.text]\nfamily = "Nowhere"', ["2:1: error: the font 'Nowhere' is nowhere"]),
    ("[page", ["1:6: error: not TOML: expected ']'"]),
    ("[page]\npaper = 'A4'\npaper = 'A5'", ["3:13: error: not TOML: cannot overwrite a value"]),
    (
        '[house]\nlogo-at = ["titel"]',
        ["2:1: error: 'logo-at' is ['titel'], which is none of title, head, cover\n  hint: did you mean"],
    ),
    ('[house]\nlogo-at = "title"', ["2:1: error: 'logo-at' is 'title', which is not a list of a few words"]),
    ('[house]\nlogo = "nowhere.svg"', ["2:1: error: the logo 'nowhere.svg' is missing"]),
    ('[house]\nlogo = "https://example.org/a.svg"', ["2:1: error: the logo 'https://example.org/a.svg' is on a network"]),
    ('[house]\nlogo = "theme.toml"', ["2:1: error: the logo 'theme.toml' is no picture"]),
    ('extends = "plian"', ["1:1: error: there is no theme 'plian'\n  hint: did you mean 'plain'?"]),
    ('extends = "mine"', ["1:1: error: 'mine' extends this theme in turn\n  hint: let one of them extend 'plain'"]),
    ('extends = "../other"', ["1:1: error: there is no theme '../other'"]),
    ("extends = 3", ["1:1: error: 'extends' takes a text in quotes"]),
    ("[style.title]\nweight = 'bold'\nalign = 3", ["2:1: error: 'weight' is 'bold'", "3:1: error: 'align' is 3"]),
]


@pytest.mark.parametrize(("toml", "said"), WRONG)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, toml: str, said: list[str]) -> None:
    found = problems(own_theme(tmp_path, f"{toml}\n"))
    wanted = [f"theme.toml:{start}" for start in said]
    assert [message[: len(start)] for message, start in zip(found, wanted, strict=True)] == wanted


NUMBERS = (Kind.COUNT, Kind.WEIGHT, Kind.SIZE, Kind.LENGTH)
NO_NUMBERS = (
    "nan", "inf", "-inf", "-1e300", "1e300", f"1{'0' * 400}", "true", "[]", "[nan]", "1979-05-27", '""', '" "', '"pt"', '"3 ells"',
    '"nanpt"', '"1e9pt"', '"99999999999pt"', '"-99999999999mm"', '"1 234"', "100000",
)  # fmt: skip


def numbers(keys: Keys, *under: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every key that takes a number, with the table that it stands in; of roles and sections one each."""
    for name, key in keys.items():
        if isinstance(key, Key):
            if key.kind in NUMBERS:
                yield under, "own" if name == ANY else name
        elif under[:1] not in (("style",), ("section",)) or len(under) > 2 or name in ("title", "legal", "box"):
            yield from numbers(key, *under, name)


@pytest.mark.parametrize("value", NO_NUMBERS, ids=lambda value: value[:16])
def test_what_is_no_number_is_said_of_each_key_with_its_place(tmp_path: Path, value: str) -> None:
    tables: dict[tuple[str, ...], list[str]] = {}
    for under, name in numbers(THEME):
        tables.setdefault(under, []).append(name)
    text = "".join(f"[{'.'.join(under)}]\n" + "".join(f"{name} = {value}\n" for name in names) for under, names in tables.items())
    wanted = [f"theme.toml:{line}:" for line, words in enumerate(text.splitlines(), 1) if "=" in words]
    found = [message.partition(": error: ") for message in problems(own_theme(tmp_path, text))]
    assert len(wanted) > 50
    assert sorted(place.rpartition(":")[0] + ":" for place, _, _ in found) == sorted(wanted)
    assert all(len(said.partition("\n")[0]) < 200 for _, _, said in found)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[scale]\nline = 0", "2:1: error: 'line' is 0, and should be 1 to 1584 points"),
        ("[style.title]\nleading = 0", "2:1: error: 'leading' is 0, and should be 1 to 1584 points"),
        ('[style.title]\nindent = "23in"', "2:1: error: 'indent' is '23in', and should be -1584 to 1584 points"),
        ("[style.title.rule-above]\nwidth = 13", "2:1: error: 'width' is 13, and should be 0 to 12 points"),
        ("[page]\nwidth = 71", "2:1: error: 'width' is 71, and should be 72 to 1584 points"),
        (f"[page]\nwidth = 1{'0' * 5000}", "2:1: error: not TOML that can be read: too many brackets, or too long a number"),
    ],
)
def test_what_no_format_can_have_is_refused(tmp_path: Path, toml: str, said: str) -> None:
    assert [message.partition("\n")[0] for message in problems(own_theme(tmp_path, f"{toml}\n"))] == [f"theme.toml:{said}"]


def test_every_problem_is_said_at_once(tmp_path: Path) -> None:
    assert len(problems(own_theme(tmp_path, "[page]\npaper = 3\ncolumns = 9\nfolio = true\n"))) == 3


def test_no_such_theme(tmp_path: Path) -> None:
    with pytest.raises(PressoutError, match="there is no theme 'plian'\n  hint: did you mean 'plain'"):
        load_theme("plian", Report())


def test_a_font_outside_the_theme_is_not_read(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "themes" / "fonts" / "source-code-pro", tmp_path / "outside")
    for path in (tmp_path / "outside").glob("*.ttf"):
        path.write_bytes(path.read_bytes().replace("Source Code Pro".encode("utf-16-be"), "Other Code Pro!".encode("utf-16-be")))
    toml = '[font.mono]\nfamily = "Other Code Pro!"\nfolder = "{}"\n'
    assert "is nowhere" in problems(own_theme(tmp_path, toml.format("../outside")))[0]
    assert "is nowhere" in problems(own_theme(tmp_path, toml.format(tmp_path / "outside")))[0]
    mine = own_theme(tmp_path, toml.format("inside"))
    (mine / "inside").mkdir()
    for path in (tmp_path / "outside").glob("*.ttf"):
        (mine / "inside" / path.name).symlink_to(path)
    assert "is nowhere" in problems(mine)[0]
    shutil.rmtree(mine / "inside")
    shutil.copytree(tmp_path / "outside", mine / "inside")
    assert len(load_theme(mine, Report()).fonts["mono"].files) == 4


def test_a_sheet_outside_the_theme_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.css").write_text("/* secret */")
    mine = own_theme(tmp_path, "")
    (mine / "print.css").symlink_to(tmp_path / "secret.css")
    (mine / "epub.css").write_text("/* mine */")
    theme = load_theme(mine, Report())
    assert ("secret" in theme.print_css, "mine" in theme.epub_css) == (False, True)


def test_themes_are_found_by_name_folder_and_file() -> None:
    assert "plain" in theme_names()
    folder = ROOT / "themes" / "plain"
    by_name, by_folder, by_file = (load_theme(way, Report()) for way in ("plain", folder, folder / "theme.toml"))
    assert by_name.styles == by_folder.styles == by_file.styles


# The manual


def test_the_manual_lists_every_key(request: pytest.FixtureRequest) -> None:
    """The tables of docs/themes.md are those that the code reads by; `pytest --update` writes them."""
    text = DOCUMENTED.read_text("utf-8")
    wanted = text
    for name, table in tables().items():
        start, end = f"<!-- keys: {name} -->\n", "<!-- end -->"
        head, _, rest = wanted.partition(start)
        assert rest, name
        wanted = f"{head}{start}{table}{end}{rest.partition(end)[2]}"
    if request.config.getoption("--update"):
        DOCUMENTED.write_text(wanted, "utf-8")
        return
    assert text == wanted


def tables() -> dict[str, str]:
    """The tables of the manual by their names: one for each kind of table in a theme.toml, and the roles."""
    inner = {
        name: keys
        for name, keys in THEME.items()
        if name in ("scale", "colour", "house", "contents", "front", "chapters") and not isinstance(keys, Key)
    }
    kinds = {"top": THEME, **inner, "page": PAGE, "font": FONT, "style": STYLE, "rule": RULE}
    roles = "".join(f"| `{role}` | `{base}` |\n" for role, base in BASES.items())
    return {**{name: table(keys) for name, keys in kinds.items()}, "roles": f"| role | based on |\n|---|---|\n{roles}"}


def table(keys: Keys) -> str:
    rows = (
        f"| {'any name' if name == ANY else f'`{name}`'} | {takes(key)} | {key.says} |\n"
        for name, key in keys.items()
        if isinstance(key, Key)
    )
    return "| key | takes | |\n|---|---|---|\n" + "".join(rows)


def takes(key: Key) -> str:
    if key.kind in (Kind.CHOICE, Kind.CHOICES):
        return "a list of " * (key.kind is Kind.CHOICES) + ", ".join(f"`{choice}`" for choice in key.choices)
    limits = f", {key.limits[0]} to {key.limits[1]}" if key.kind in (Kind.COUNT, Kind.WEIGHT) else ""
    return key.kind.value + limits

"""Theme check: what is wrong with the look of a theme that can be read: contrast, sizes, cuts and letters that its fonts lack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pressout.colours import ENOUGH, ENOUGH_LARGE, by_night, contrast, ground_by_night
from pressout.diagnostics import Report
from pressout.theme.fonts import LETTERS, SCRIPTS, read_letters
from pressout.theme.keys import BOX
from pressout.theme.looks import INLINE_ROLES, ROLES, Style, Theme
from pressout.vectors import MEDIA_TYPE as SVG

PAPER = "#ffffff"
LARGE, LARGE_BOLD, BOLD = 18.0, 14.0, 700  # points, points and weight: WCAG 2.2's "large scale" text
LEAST, LEAST_BODY = 6.0, 9.0  # points: below the first none can read it, below the second none a whole page of it
CUTS = {(400, False): "regular", (400, True): "italic", (700, False): "bold", (700, True): "bold italic"}
INCH = 72  # points
COARSE, FINE = 150, 300  # pixels to the inch: fewer than the first are seen, more than the second are not
MANY = 12  # characters shown of those that are missing


def check_theme(theme: Theme, report: Report) -> None:
    """Warn of all that a reader would stumble over; what a theme cannot say at all has been said when it was read."""
    for pair in pairs(theme):
        for shown, when in ((pair, ""), (pair.by_night, " by night")):
            if not shown.enough:
                found = f"{shown.letters} on {shown.ground} has a contrast of {shown.contrast:.2f}"
                _warn(
                    report,
                    theme,
                    f"{shown.place}{when}: {found}",
                    f"WCAG 2.2 asks for {ENOUGH_LARGE if shown.large else ENOUGH}",
                )
    for role in ROLES:
        least = LEAST_BODY if role == "body" else LEAST
        if theme.styles[role].size < least:
            _warn(report, theme, f"{role}: {theme.styles[role].size:g} points are too small to read", f"{least:g} is the least")
        if theme.styles[role].leading < theme.styles[role].size:
            _warn(report, theme, f"{role}: its lines run into each other", "let the leading be larger than the size")
    _check_fonts(theme, report)
    _check_logo(theme, report)


def _check_logo(theme: Theme, report: Report) -> None:
    logo = theme.house.logo
    if logo is None or logo.picture is None:
        return
    if not logo.alt:
        _warn(report, theme, f"the logo '{logo.target}' has no alt text", 'say what it shows: logo-alt = "..."')
    inches = theme.house.logo_width / INCH
    if logo.picture.media_type != SVG and logo.picture.width < COARSE * inches:
        found = f"the logo '{logo.target}' is {logo.picture.width} px wide and prints at {logo.picture.width / inches:.0f} dpi"
        _warn(report, theme, found, f"use an SVG, or one at least {FINE * inches:.0f} px wide")


def _check_fonts(theme: Theme, report: Report) -> None:
    for use, font in theme.fonts.items():
        lacking = [name for cut, name in CUTS.items() if cut not in font.files]
        if lacking:
            _warn(
                report,
                theme,
                f"font {use}: '{font.family}' has no {', no '.join(lacking)}",
                "it would be slanted or fattened by machine",
            )
        _check_letters(theme, use, report)


def _check_letters(theme: Theme, use: str, report: Report) -> None:
    """A font that lacks a letter of English is worth a warning; one that lacks another script, a note for all of its cuts."""
    font, lacks = theme.fonts[use], dict[str, list[str]]()
    for cut, name in CUTS.items():
        letters = read_letters(font.files[cut]) if cut in font.files else LETTERS.union(*SCRIPTS.values())
        missing = "".join(sorted(LETTERS - letters))
        if missing:
            more = "" if len(missing) <= MANY else f" and {len(missing) - MANY} more"
            _warn(report, theme, f"font {use}: '{font.family}' {name} lacks {missing[:MANY]}{more}", "another font will stand in")
        for words in _lacking(letters):
            lacks.setdefault(words, []).append(name)
    for words, cuts in lacks.items():
        said = f"font {use}: '{font.family}' lacks {words} in {', '.join(cuts)}; another font stands in"
        report.note(said, file=str(theme.folder / "theme.toml"))


def _lacking(letters: frozenset[str]) -> Iterator[str]:
    for script, wanted in SCRIPTS.items():
        lacking = wanted - letters
        if lacking:
            yield f"{'all' if lacking == wanted else len(lacking)} of the {script} letters"


def _warn(report: Report, theme: Theme, message: str, hint: str) -> None:
    report.warn(message, hint=hint, file=str(theme.folder / "theme.toml"))


@dataclass(frozen=True, slots=True)
class Pair:
    """Letters on a ground, and where: a role, or a section and a role in it."""

    place: str
    letters: str
    ground: str
    large: bool

    @property
    def contrast(self) -> float:
        """The ratio of the two, from 1 to 21 (WCAG 2.2)."""
        return contrast(self.letters, self.ground)

    @property
    def enough(self) -> bool:
        """Whether they stand out from each other as WCAG 2.2 asks for letters of this size (1.4.3)."""
        return self.contrast >= (ENOUGH_LARGE if self.large else ENOUGH)

    @property
    def by_night(self) -> Pair:
        """The same letters as an e-book shows them on a dark ground."""
        ground = ground_by_night(self.ground)
        return Pair(self.place, by_night(self.letters, ground), ground, self.large)


def pairs(theme: Theme) -> Iterator[Pair]:
    """Every pair of letters and ground that a theme can bring about: its roles on paper, in callouts, in sections with a box."""
    callout = theme.styles["callout"].background or PAPER
    for role, style in theme.styles.items():
        yield _pair(role, style, style.background or PAPER)
        if role in INLINE_ROLES or role == "callout-title":
            yield _pair(f"callout {role}", style, style.background or callout)
    for section, looks in theme.sections.items():
        ground = looks[BOX].background or PAPER if BOX in looks else PAPER
        inside = {role: theme.style(role, section) for role in theme.styles}
        for role, style in inside.items():
            yield _pair(f"{section} {role}", style, style.background or ground)


def _pair(place: str, style: Style, ground: str) -> Pair:
    large = style.size >= (LARGE_BOLD if style.weight >= BOLD else LARGE)
    return Pair(place, style.colour, ground, large)

"""Theme check: what is wrong with the look of a theme that can be read: letters that stand out too little from their ground."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pressout.colours import ENOUGH, ENOUGH_LARGE, by_night, contrast, ground_by_night
from pressout.looks import INLINE_ROLES, Style, Theme
from pressout.theme_keys import BOX

PAPER = "#ffffff"
LARGE, LARGE_BOLD, BOLD = 18.0, 14.0, 700  # points, points and weight: WCAG 2.2's "large scale" text


@dataclass(frozen=True, slots=True)
class Pair:
    """Letters on a ground, and where: a role, or a section and a role in it."""

    place: str
    letters: str
    ground: str
    large: bool

    @property
    def contrast(self) -> float:
        return contrast(self.letters, self.ground)

    @property
    def enough(self) -> bool:
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

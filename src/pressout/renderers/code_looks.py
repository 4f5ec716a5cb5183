"""How the words of code look by their kinds: in the theme's own colours, where these stand out from the ground of its code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pressout.colours import ENOUGH, by_night, contrast, ground_by_night
from pressout.theme.looks import Theme

PAPER = "#ffffff"
# The kinds that are told apart, and Pygments' short names of what belongs to each: by their beginning, or one by one
STARTS = {"k": "code-keyword", "c": "code-comment", "s": "code-string", "m": "code-number"}
SINGLE = {"ow": "code-keyword"}


@dataclass(frozen=True, slots=True)
class CodeLook:
    """What a kind of words has beside the look of all code."""

    colour: str
    bold: bool = False
    italic: bool = False


def code_part(kind: str) -> str:
    """The kind of words that one of Pygments' short names belongs to; nothing for those that look like all code."""
    return SINGLE.get(kind) or STARTS.get(kind[:1], "")


def code_looks(theme: Theme) -> Mapping[str, CodeLook]:
    """The look of each kind."""
    accent, muted = (_legible(theme, name) for name in ("accent", "muted"))
    return {
        "code-keyword": CodeLook(theme.styles["code-block"].colour, bold=True),
        "code-comment": CodeLook(muted, italic=True),
        "code-string": CodeLook(accent),
        "code-number": CodeLook(accent),
    }


def _legible(theme: Theme, name: str) -> str:
    code = theme.styles["code-block"]
    colour = theme.colours.get(name, code.colour)
    return colour if contrast(colour, code.background or PAPER) >= ENOUGH else code.colour


def code_rules(theme: Theme) -> Iterator[tuple[str, dict[str, str]]]:
    """A selector for each kind, and its declarations."""
    for part, look in code_looks(theme).items():
        colour = {"color": look.colour} if look.colour != theme.styles["code-block"].colour else {}
        weight = {"font-weight": "700"} if look.bold else {}
        slope = {"font-style": "italic"} if look.italic else {}
        yield _selector(part), {**colour, **weight, **slope}


def code_rules_by_night(theme: Theme) -> Iterator[tuple[str, dict[str, str]]]:
    """The same on a dark ground."""
    ground = ground_by_night(theme.styles["code-block"].background or PAPER)
    for selector, declarations in code_rules(theme):
        if "color" in declarations:
            yield selector, {"color": by_night(declarations["color"], ground)}


def _selector(part: str) -> str:
    starts = [f'.code-block [class^="{start}"]' for start, name in STARTS.items() if name == part]
    return ", ".join([*starts, *(f".code-block .{kind}" for kind, name in SINGLE.items() if name == part)])

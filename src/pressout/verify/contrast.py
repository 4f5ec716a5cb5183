"""Contrast: letters that are too faint on their ground, found in a page by its colours in the sheets (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pressout.colours import ENOUGH, contrast

if TYPE_CHECKING:
    from lxml.etree import _Element

PAPER = "#ffffff"
INK = "#000000"
SHOWN = 3  # of all words of one pair of colours


@dataclass(frozen=True, slots=True)
class Colours:
    """What an element has, or has from the one around it."""

    ink: str = INK
    ground: str = PAPER


def faint(page: _Element, sheets: Iterable[bytes]) -> Iterator[str]:
    """Each pair of colours too near to each other that some words of the page have; colours by day, those of @media left out."""
    from cssselect2 import ElementWrapper

    matcher = _matcher(sheets)
    seen: set[Colours] = set()
    waiting = [(ElementWrapper.from_xml_root(page), Colours())]
    while waiting:
        element, around = waiting.pop()
        colours = _colours(element, matcher, around)
        words = "".join(filter(None, (element.etree_element.text, *(child.tail for child in element.etree_element)))).split()
        ratio = contrast(colours.ink, colours.ground)
        if words and ratio < ENOUGH and colours not in seen:
            seen.add(colours)
            yield f"'{' '.join(words[:SHOWN])}' is {colours.ink} on {colours.ground}, {ratio:.1f} to 1: less than {ENOUGH}"
        waiting += [(child, colours) for child in element.iter_children()]


def _matcher(sheets: Iterable[bytes]) -> Any:
    """The rules that say colours."""
    import tinycss2
    from cssselect2 import Matcher, SelectorError, compile_selector_list

    matcher = Matcher()
    for sheet in sheets:
        rules, _ = tinycss2.parse_stylesheet_bytes(sheet, skip_comments=True, skip_whitespace=True)
        for rule in rules:
            said = dict(_said(rule)) if rule.type == "qualified-rule" else {}
            try:
                selectors = compile_selector_list(rule.prelude) if said else ()
            except SelectorError:
                continue
            for selector in selectors:
                matcher.add_selector(selector, said)
    return matcher


def _said(rule: Any) -> Iterator[tuple[str, str]]:
    """The colours of a rule, in hexadecimal; one that is not opaque is left out."""
    import tinycss2
    from tinycss2.color3 import parse_color

    for declaration in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        name = declaration.lower_name if declaration.type == "declaration" else ""
        if name not in ("color", "background-color", "background"):
            continue
        for colour in map(parse_color, declaration.value):
            if colour and not isinstance(colour, str) and colour.alpha == 1:
                red, green, blue = (round(part * 255) for part in colour[:3])
                yield name.partition("-")[0], f"#{red:02x}{green:02x}{blue:02x}"


def _colours(element: Any, matcher: Any, around: Colours) -> Colours:
    said: dict[str, str] = {}
    for _, _, _, colours in matcher.match(element):
        said.update(colours)
    return Colours(said.get("color", around.ink), said.get("background", around.ground))

"""Lists in Word: one definition for each kind of list and place that it stands in, one instance for each list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pressout.renderers.docx.properties import Properties, write_properties
from pressout.renderers.docx.xml import Element, add, root, twips

Kind = Literal["bullet", "number", "step", "open", "done", "heading", "appendix", "unnumbered"]

LEVELS = 9  # Word's lists know no more
HEADING_LEVELS = 6  # those that have a style
BULLETS = ("\u2022", "\u2013", "\u00b7")  # by depth, from the outermost, then again; signs that every text face has
BOXES: Mapping[Kind, str] = {"open": "\u2610", "done": "\u2611"}
HEADINGS: tuple[Kind, ...] = ("heading", "appendix", "unnumbered")
STYLED: Mapping[Kind, str] = {"bullet": "ListBullet", "number": "ListNumber"}


class Shape(NamedTuple):
    """A definition of lists: their kind, where they begin, how far each level is set in, how far its sign hangs out; in points."""

    kind: Kind
    base: float
    step: float
    hang: float


class Instance(NamedTuple):
    """One list: its definition by number, and the level at which it begins anew with a number of its own."""

    definition: int
    level: int
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of one file. The first two are those that belong to the styles for bullets and for numbers."""

    shapes: dict[Shape, int] = field(default_factory=dict)
    instances: list[Instance] = field(default_factory=list)

    def new_list(self, shape: Shape, level: int = 0, start: int = 1) -> int:
        """The number (w:numId) of a new list, which counts by itself."""
        definition = self.shapes.setdefault(shape, len(self.shapes) + 1)
        self.instances.append(Instance(definition, level, start))
        return len(self.instances)

    def part(self, steps: Properties) -> Element:
        """numbering.xml: all definitions, then all lists; `steps` are the letters of the numbers of steps."""
        numbering = root("w:numbering", "w")
        styled: set[Kind] = set()
        for shape, number in self.shapes.items():
            letters = steps if shape.kind == "step" else {}
            _definition(numbering, shape, number, letters, first=shape.kind not in styled)
            styled.add(shape.kind)
        for number, instance in enumerate(self.instances, 1):
            _instance(numbering, instance, number)
        return numbering


def _definition(numbering: Element, shape: Shape, number: int, letters: Properties, *, first: bool) -> None:
    definition = add(numbering, "w:abstractNum", abstractNumId=str(number))
    add(definition, "w:nsid", val=f"{0x504F0000 + number:08X}")  # by it Word tells lists apart when it pastes them elsewhere
    add(definition, "w:multiLevelType", val="multilevel")
    for level in range(LEVELS):
        element = _level(definition, shape, level, first=first)
        if letters:
            write_properties(add(element, "w:rPr"), letters)


def _level(definition: Element, shape: Shape, level: int, *, first: bool) -> Element:
    element = add(definition, "w:lvl", ilvl=str(level))
    add(element, "w:start", val="1")
    add(element, "w:numFmt", val=_format(shape.kind, level))
    if shape.kind == "heading" and level < HEADING_LEVELS:
        add(element, "w:pStyle", val=f"Heading{level + 1}")
    elif first and level == 0 and shape.kind in STYLED:
        add(element, "w:pStyle", val=STYLED[shape.kind])
    if shape.kind in HEADINGS:
        add(element, "w:suff", val="nothing" if shape.kind == "unnumbered" else "space")
    add(element, "w:lvlText", val=_text(shape.kind, level))
    add(element, "w:lvlJc", val="left")
    if shape.kind not in HEADINGS:
        place = {"left": twips(shape.base + shape.step * (level + 1)), "hanging": twips(shape.hang)}
        add(add(element, "w:pPr"), "w:ind", **place)
    return element


def _format(kind: Kind, level: int) -> str:
    match kind:
        case "bullet" | "open" | "done":
            return "bullet"
        case "number" | "step" | "heading":
            return "decimal"
        case "appendix":
            return "decimal" if level else "upperLetter"
        case "unnumbered":
            return "none"


def _text(kind: Kind, level: int) -> str:
    match kind:
        case "bullet":
            return BULLETS[level % len(BULLETS)]
        case "number" | "step":
            return f"%{level + 1}."
        case "heading" | "appendix":
            return ".".join(f"%{each}" for each in range(1, level + 2))
        case "open" | "done":
            return BOXES[kind]
        case "unnumbered":
            return ""


def _instance(numbering: Element, instance: Instance, number: int) -> None:
    """A list; without a start of its own it would go on counting where the last one of its definition stopped."""
    element = add(numbering, "w:num", numId=str(number))
    add(element, "w:abstractNumId", val=str(instance.definition))
    override = add(element, "w:lvlOverride", ilvl=str(instance.level))
    add(override, "w:startOverride", val=str(instance.start))

"""Which marks and layout a Word style gives, after its own name and what it is based on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element

from pressout.readers.docx.package import W
from pressout.readers.docx.values import PLAIN, Layout, Marks

CODE_NAMES = ("code", "verbatim char", "source code", "html code", "html typewriter", "macro text")
CODE_WORDS = frozenset({"code", "keyboard"})
DEEPEST = 8  # Word knows nine levels of a list (ECMA-376, 17.9.3)
OFF = ("0", "false", "off", "none")
# Styles that say by their name what they mark: what they do to the letters hangs on the paragraph and on its script.
# One of several marks, or for one kind of paragraph, has them all in its name: "Heading 1 Emphasis Strong".
NAMED = frozenset({"emphasis", "strong", "highlight"})
LOOSE = frozenset({"intense", "subtle"})  # Word's own "Intense Emphasis" is whatever its file makes of it


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a file: names by id, the marks of each character style, the list of each paragraph style."""

    names: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Marks] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, int]] = field(default_factory=dict)


def read_styles(root: _Element | None) -> Styles:
    """What the styles of `styles.xml` give; nothing where a file has none."""
    if root is None:
        return Styles()
    elements = {str(style.get(f"{W}styleId")): style for style in root.iter(f"{W}style")}
    names = {key: _value(style, "name") for key, style in elements.items()}
    marks = {key: _style_marks(key, elements, ()) for key, style in elements.items() if style.get(f"{W}type") == "character"}
    lists = {key: _numbering(style.find(f"{W}pPr")) for key, style in elements.items()}
    return Styles(names, marks, {key: found for key, found in lists.items() if found[0]})


def _style_marks(key: str, elements: Mapping[str, _Element], seen: tuple[str, ...]) -> Marks:
    style = elements.get(key)
    if style is None or key in seen:
        return PLAIN
    inherited = _style_marks(_value(style, "basedOn"), elements, (*seen, key))
    name = _value(style, "name").lower()
    marks = _named_marks(name, direct_marks(style.find(f"{W}rPr"), inherited))
    return marks._replace(code=True) if name in CODE_NAMES or not CODE_WORDS.isdisjoint(name.split()) else marks


def _named_marks(name: str, marks: Marks) -> Marks:
    words = frozenset(name.split())
    if words.isdisjoint(NAMED) or not words.isdisjoint(LOOSE):
        return marks
    return marks._replace(bold="strong" in words, italic="emphasis" in words, highlight=marks.highlight or "highlight" in words)


def read_marks(properties: _Element | None, styles: Styles, link: str) -> Marks:
    """What a run is marked as: its character style's marks, then those set on the run itself."""
    if properties is None:
        return PLAIN._replace(link=link)
    base = styles.marks.get(_value(properties, "rStyle"), PLAIN)
    return direct_marks(properties, base)._replace(link=link)


def direct_marks(properties: _Element | None, base: Marks) -> Marks:
    """The marks that run properties switch on or off, over those of `base`."""
    if properties is None:
        return base
    raised = _value(properties, "vertAlign")
    lit = _value(properties, "highlight")
    # Word sets what is written from right to left, and no other, by the switches of complex scripts (ECMA-376, 17.3.2.30)
    script = "Cs" if _switch(properties, "rtl", False) or _switch(properties, "cs", False) else ""
    return base._replace(
        bold=_switch(properties, f"b{script}", base.bold),
        italic=_switch(properties, f"i{script}", base.italic),
        strike=_switch(properties, "strike", base.strike),
        small_caps=_switch(properties, "smallCaps", base.small_caps),
        superscript=raised == "superscript" if raised else base.superscript,
        subscript=raised == "subscript" if raised else base.subscript,
        highlight=lit not in OFF if lit else base.highlight,
    )


def read_layout(properties: _Element | None, styles: Styles, *, listed: bool = True) -> Layout:
    """A paragraph's style by name, and the list that it (if `listed`) or its style puts it in."""
    style = "" if properties is None else _value(properties, "pStyle")
    numbering, level = _numbering(properties if listed else None)
    if not numbering:
        numbering, level = styles.lists.get(style, ("", 0))
    return Layout(styles.names.get(style, style), "" if numbering == "0" else numbering, level)


def _numbering(properties: _Element | None) -> tuple[str, int]:
    numbering = None if properties is None else properties.find(f"{W}numPr")
    if numbering is None:
        return "", 0
    level = _value(numbering, "ilvl")
    return _value(numbering, "numId"), min(int(level), DEEPEST) if level.isdecimal() else 0


def _switch(properties: _Element, name: str, inherited: bool) -> bool:
    element = properties.find(f"{W}{name}")
    return inherited if element is None else element.get(f"{W}val") not in OFF


def _value(parent: _Element, name: str) -> str:
    element = parent.find(f"{W}{name}")
    return "" if element is None else element.get(f"{W}val", "")

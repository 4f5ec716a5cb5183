"""Word's XML: namespaces, Word's own name for each role, and elements made one under the other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from lxml import etree
from lxml.etree import _Element

Element = _Element

NAMESPACES: Mapping[str, str] = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "ep": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "op": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "ds": "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
}
TWIP = 20  # twentieths of a point in one point, Word's unit of length
EMU = 12_700  # English metric units in one point, the unit of drawings

# What XML 1.0 can't hold (section 2.2): most control characters, halves of surrogate pairs, the two last code points of the plane
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Builtin(NamedTuple):
    """A style that Word knows by name, so that its navigation pane, contents and footnotes find it."""

    name: str
    id: str
    type: Literal["paragraph", "character"] = "paragraph"


# The one table from pressout's roles to Word's own styles; every other role is title-cased.
BUILTINS: Mapping[str, Builtin] = {
    "body": Builtin("Body Text", "BodyText"),
    "title": Builtin("Title", "Title"),
    "subtitle": Builtin("Subtitle", "Subtitle"),
    "date": Builtin("Date", "Date"),
    **{f"heading-{level}": Builtin(f"heading {level}", f"Heading{level}") for level in range(1, 7)},
    "list-bullet": Builtin("List Bullet", "ListBullet"),
    "list-number": Builtin("List Number", "ListNumber"),
    "list-continue": Builtin("List Continue", "ListContinue"),
    "quote": Builtin("Quote", "Quote"),
    "caption": Builtin("caption", "Caption"),
    "note": Builtin("footnote text", "FootnoteText"),
    "note-mark": Builtin("footnote reference", "FootnoteReference", "character"),
    "endnote": Builtin("endnote text", "EndnoteText"),
    "endnote-mark": Builtin("endnote reference", "EndnoteReference", "character"),
    "contents-title": Builtin("TOC Heading", "TOCHeading"),
    **{f"contents-{level}": Builtin(f"toc {level}", f"TOC{level}") for level in range(1, 4)},
    "contents-entry": Builtin("table of figures", "TableofFigures"),
    "running-head": Builtin("header", "Header"),
    "folio": Builtin("footer", "Footer"),
    "link": Builtin("Hyperlink", "Hyperlink", "character"),
    "emphasis": Builtin("Emphasis", "Emphasis", "character"),
    "strong": Builtin("Strong", "Strong", "character"),
}


def style_name(role: str) -> str:
    """Word's name of a role's style; those that Word writes small are still found in every language's Word by that name."""
    return BUILTINS[role].name if role in BUILTINS else role.replace("-", " ").title()


def style_id(name: str) -> str:
    """The identifier that Word itself would give a style of that name."""
    return re.sub(r"\W", "", name.title() if name.islower() else name)


def twips(points: float) -> str:
    """Points as whole twentieths of a point."""
    return str(round(points * TWIP))


def base36(number: int) -> str:
    """The number in the digits 0-9a-z, as short names of anchors carry it."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    shown = ""
    while number or not shown:
        number, rest = divmod(number, 36)
        shown = digits[rest] + shown
    return shown


def clean(text: str) -> str:
    """The text without the characters that XML forbids."""
    return FORBIDDEN.sub("", text)


@cache
def qualified(name: str) -> str:
    """`w:p` as lxml spells it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


@cache
def _attribute(element: str, key: str) -> str:
    """`val` on an element of Word is `w:val`; `r_id` is `r:id`; on other vocabularies' elements a bare name stays bare."""
    prefix, separator, local = key.partition("_")
    if separator:
        return qualified(f"{prefix}:{local}")
    return qualified(f"w:{key}") if element.startswith("w:") else key


def root(name: str, /, *prefixes: str) -> Element:
    """A part's outermost element, which declares the namespaces that the part uses."""
    return etree.Element(qualified(name), nsmap={prefix: NAMESPACES[prefix] for prefix in prefixes})


def add(parent: Element, name: str, /, **attributes: str) -> Element:
    """A new last child of `parent`: `add(cell, "w:vMerge", val="restart")`, `add(p, "w:hyperlink", r_id="rId4")`."""
    element = etree.SubElement(parent, qualified(name))
    for key, value in attributes.items():
        element.set(_attribute(name, key), value)
    return element


def add_text(run: Element, text: str) -> None:
    """The text as the run's next piece; Word drops a space at either edge of it unless it is told to keep it."""
    element = etree.SubElement(run, qualified("w:t"))
    element.text = text
    if text[:1].isspace() or text[-1:].isspace() or "  " in text:
        element.set(qualified("xml:space"), "preserve")


def serialize(element: Element) -> bytes:
    """A part of the package as bytes."""
    return etree.tostring(element, encoding="UTF-8", xml_declaration=True, standalone=True)

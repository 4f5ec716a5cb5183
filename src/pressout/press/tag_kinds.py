"""Which structure element of PDF 1.7 (ISO 32000-1, 14.8.4) each element of the page's XHTML is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

KINDS: Mapping[str, str] = {
    "main": "Part",
    "header": "Div",
    "section": "Sect",
    "nav": "Sect",
    "div": "Div",
    "aside": "Aside",
    "blockquote": "BlockQuote",
    "p": "P",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "pre": "Code",
    "code": "Code",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "figure": "Div",
    "img": "Figure",
    "{http://www.w3.org/2000/svg}svg": "Figure",
    "figcaption": "Caption",
    "a": "Link",
    "q": "Quote",
}
# Ours, and what a reader that doesn't know them takes them for (14.8.4: the role map)
ROLE_MAP = {"Aside": "Sect", "Contents": "Sect"}
CLEAR = ("html", "body")  # their language is the file's own
PLAIN_IN_CONTENTS = {"ol": "TOC", "li": "TOCI"}


def kind_of(element: Any, within: str) -> str:
    """The kind of the element's own structure element inside one of kind `within`; empty where its text needs none."""
    classes = element.get("class", "").split()
    if "footnote" in classes or ("note" in classes and element.tag == "li" and within != "L"):
        return "Note"
    if "endnote-list" in classes:  # a list may hold nothing but items, and these are notes
        return ""
    if within in ("Contents", "TOC", "TOCI") and element.tag in PLAIN_IN_CONTENTS:
        return PLAIN_IN_CONTENTS[element.tag]
    if element.tag == "nav":  # of sections, of figures, of tables
        return "Contents"
    if within == "Code" and element.tag == "code":
        return ""
    if element.tag in CLEAR:
        return ""
    kind = KINDS.get(element.tag, "")
    if kind:
        return kind
    return "Span" if element.get("lang") or (element.tag == "abbr" and element.get("title")) else ""

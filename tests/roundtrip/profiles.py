"""What programs and habits do to a file between its going out and its coming back; shares no code with pressout."""

from __future__ import annotations

from lxml import etree

from .editor import BODY, W, anchors, as_bytes, properties_of, stories, with_parts
from .edits import LARGE, SMALL, Edited, edit
from .settle import OUT, settle

PROFILES = ("tracked", "realistic", "no anchors", "google", "accepted")
CHANGES = tuple(f"{W}{tag}" for tag in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange"))
# What Google Docs writes for a character style that it does not know: the looks alone
LOOKS = {"Strong": ("b",), "Emphasis": ("i",), "EmphasisStrong": ("b", "i"), "Strikethrough": ("strike",)}


def returned(docx: bytes, profile: str, seed: int, count: int) -> tuple[Edited, bytes]:
    """The file as it comes back, and as it was before the program at the other end had its way with it."""
    match profile:
        case "realistic":
            early = edit(docx, seed, count // 2, LARGE)
            settled = settle(early.docx, accept=True)
            late = edit(settled, seed + 5000, count - count // 2, [kind for kind in LARGE if kind != "comment"])
            whole = Edited(late.docx, early.made + late.made, early.comments)
        case _:
            whole = edit(docx, seed, count, SMALL)
    return whole._replace(docx=_mangled(whole.docx, profile)), whole.docx


def _mangled(docx: bytes, profile: str) -> bytes:
    match profile:
        case "no anchors":
            return without_anchors(docx)
        case "google":
            return flattened(docx)
        case "accepted":
            return settle(docx, accept=True)
        case _:
            return docx


def without_anchors(docx: bytes) -> bytes:
    """Every bookmark taken out, as a program does that rewrites a file from its own model."""
    roots = stories(docx)
    for root in roots.values():
        for element in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            element.getparent().remove(element)
    return with_parts(docx, {name: as_bytes(root) for name, root in roots.items()})


def flattened(docx: bytes) -> bytes:
    """As Google Docs gives a file back: own styles gone but headings, bookmarks renamed, paragraphs in content controls."""
    roots = stories(docx)
    for root in roots.values():
        for number, element in enumerate(root.iter(f"{W}bookmarkStart")):
            element.set(f"{W}name", f"kix.{number}")
        for style in list(root.iter(f"{W}pStyle")):
            if not style.get(f"{W}val").startswith(("Heading", "Title", "Subtitle")):
                style.getparent().remove(style)
        for style in list(root.iter(f"{W}rStyle")):
            _looks_of(style)
    for number, paragraph in enumerate(list(roots[BODY].iterfind(f"{W}body/{W}p"))):
        if number % 7 == 3 and paragraph.find(f"{W}pPr/{W}sectPr") is None:
            _wrap(paragraph)
    return with_parts(docx, {name: as_bytes(root) for name, root in roots.items()})


def _looks_of(style: etree._Element) -> None:
    properties, name = style.getparent(), str(style.get(f"{W}val"))
    if name in ("FootnoteReference", "EndnoteReference"):
        return
    properties.remove(style)
    for tag in reversed(LOOKS.get(name, ())):
        if properties.find(f"{W}{tag}") is None:
            properties.insert(0, etree.Element(f"{W}{tag}"))


def _wrap(paragraph: etree._Element) -> None:
    control = etree.Element(f"{W}sdt")
    etree.SubElement(etree.SubElement(control, f"{W}sdtPr"), f"{W}tag", {f"{W}val": "goog_rdk_0"})
    content = etree.SubElement(control, f"{W}sdtContent")
    paragraph.getparent().replace(paragraph, control)
    content.append(paragraph)


def touched(docx: bytes) -> frozenset[str]:
    """The anchors of the paragraphs that a tracked change has touched, or the mark before them."""
    names: set[str] = set()
    for root in stories(docx).values():
        joined = False
        for paragraph in root.iter(f"{W}p"):
            own = properties_of(paragraph).find(f"{W}rPr") is not None and any(
                paragraph.find(f"{W}pPr/{W}rPr/{tag}") is not None for tag in OUT
            )
            if joined or own or next(paragraph.iter(*CHANGES), None) is not None:
                names.update(anchors(paragraph))
            joined = own
    return frozenset(names)

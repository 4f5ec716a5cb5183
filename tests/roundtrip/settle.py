"""Tracked changes settled in Word XML, accepted or rejected (ECMA-376 part 1, 17.13.5); shares no code with pressout."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STORIES = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
IN = (f"{W}ins", f"{W}moveTo")
OUT = (f"{W}del", f"{W}moveFrom")
RANGES = tuple(f"{W}move{side}Range{end}" for side in ("From", "To") for end in ("Start", "End"))
CHANGES = tuple(f"{W}{kind}Change" for kind in ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx", "numbering"))


def settle(docx: bytes, *, accept: bool) -> bytes:
    """The file with every tracked change of its text, notes included, accepted or rejected; comments stay."""
    source = zipfile.ZipFile(io.BytesIO(docx))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            data = source.read(name)
            if name in STORIES:
                data = etree.tostring(settled(etree.fromstring(data), accept=accept), xml_declaration=True, encoding="UTF-8")
            archive.writestr(name, data)
    return target.getvalue()


def settled(root: etree._Element, *, accept: bool) -> etree._Element:
    """A copy of one story with its changes settled."""
    root = deepcopy(root)
    for element in list(root.iter(*RANGES)):
        _drop(element)
    _settle_rows(root, accept)
    marks = _gone_marks(root, accept)
    _settle_runs(root, accept)
    _settle_properties(root, accept)
    for paragraph in reversed(marks):
        _join_next(paragraph)
    return root


def _settle_rows(root: etree._Element, accept: bool) -> None:
    for row in list(root.iter(f"{W}tr")):
        properties = row.find(f"{W}trPr")
        if properties is None:
            continue
        inserted, deleted = properties.find(f"{W}ins"), properties.find(f"{W}del")
        for mark in (inserted, deleted):
            if mark is not None:
                properties.remove(mark)
        if (deleted if accept else inserted) is not None:
            table = row.getparent()
            table.remove(row)
            if table.find(f"{W}tr") is None:
                table.getparent().remove(table)


def _gone_marks(root: etree._Element, accept: bool) -> list[etree._Element]:
    """The paragraphs whose mark goes, with every tracking of marks taken off."""
    gone = []
    for mark in list(root.iter(f"{W}rPr")):
        if mark.getparent().tag != f"{W}pPr":
            continue
        leaves = any(mark.find(tag) is not None for tag in (OUT if accept else IN))
        for tag in (*IN, *OUT):
            for element in mark.findall(tag):
                mark.remove(element)
        if leaves:
            gone.append(mark.getparent().getparent())
    return gone


def _settle_runs(root: etree._Element, accept: bool) -> None:
    removed, kept = (OUT, IN) if accept else (IN, OUT)
    for element in list(root.iter(*removed)):
        _drop(element)
    for element in list(root.iter(*kept)):
        _unwrap(element)
    for tag, name in ((f"{W}delText", f"{W}t"), (f"{W}delInstrText", f"{W}instrText")):
        for element in root.iter(tag):
            element.tag = name


def _settle_properties(root: etree._Element, accept: bool) -> None:
    for change in list(root.iter(*CHANGES)):
        properties = change.getparent()
        if properties is None:
            continue
        properties.remove(change)
        if not accept:
            _restore(properties, change)


def _restore(properties: etree._Element, change: etree._Element) -> None:
    """Put back what a change recorded; a paragraph keeps its mark's properties and its section's."""
    stay = {f"{W}rPr", f"{W}sectPr"} if properties.tag == f"{W}pPr" else set()
    for child in list(properties):
        if child.tag not in stay:
            properties.remove(child)
    old = change[0] if len(change) else ()
    for place, child in enumerate(list(old)):
        properties.insert(place, child)


def _join_next(paragraph: etree._Element) -> None:
    """Join a paragraph without a mark to the next one; the first one's properties stay if it still has text."""
    following = _next_paragraph(paragraph)
    if following is None:
        if not _has_text(paragraph) and len(paragraph.getparent().findall(f"{W}p")) > 1:
            _drop(paragraph)
        return
    if _has_text(paragraph):
        for child in list(following):
            if child.tag != f"{W}pPr":
                paragraph.append(child)
        _drop(following)
        return
    first = 1 if following.find(f"{W}pPr") is not None else 0
    for child in reversed([child for child in paragraph if child.tag != f"{W}pPr"]):
        following.insert(first, child)
    _drop(paragraph)


def _next_paragraph(paragraph: etree._Element) -> etree._Element | None:
    following = paragraph.getnext()
    while following is not None and following.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        following = following.getnext()
    return following if following is not None and following.tag == f"{W}p" else None


def _has_text(paragraph: etree._Element) -> bool:
    return any(True for _ in _contents(paragraph))


def _contents(paragraph: etree._Element) -> Iterator[etree._Element]:
    for element in paragraph.iter(f"{W}t", f"{W}drawing", f"{W}footnoteReference", f"{W}br", f"{W}tab"):
        if element.tag != f"{W}t" or element.text:
            yield element


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    place = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(place, child)
    parent.remove(element)

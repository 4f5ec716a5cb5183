"""What stands in a Word file and is no text: changes of pages and tables, files put in, styles and lists that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml.etree import _Element

from pressout.readers.docx.package import W
from pressout.readers.docx.text import FALLBACK, Reading
from pressout.readers.docx.values import ChangeKind, Thing

STYLE, NUMBERING = f"{W}pStyle", f"{W}numPr/{W}numId"
TEXT = (f"{W}t", f"{W}delText")
# Elements that record a change of the document (ECMA-376, 17.13.5), and what an author would call it
CHANGES: Mapping[str, tuple[ChangeKind, str]] = {
    f"{W}ins": ("insertion", ""),
    f"{W}moveTo": ("insertion", ""),
    f"{W}del": ("deletion", ""),
    f"{W}moveFrom": ("deletion", ""),
    f"{W}rPrChange": ("format", ""),
    f"{W}pPrChange": ("paragraph", "look of a paragraph"),
    f"{W}sectPrChange": ("section", "page setup"),
    f"{W}tblPrChange": ("table", "look of the table"),
    f"{W}tblPrExChange": ("table", "look of the table"),
    f"{W}tblGridChange": ("table", "widths of the table"),
    f"{W}trPrChange": ("table", "look of a row"),
    f"{W}tcPrChange": ("table", "look of a cell"),
    f"{W}cellIns": ("table", "new cell"),
    f"{W}cellDel": ("table", "deleted cell"),
    f"{W}cellMerge": ("table", "merged cells"),
    f"{W}numberingChange": ("paragraph", "number of an item"),
}
PARTS: Mapping[str, str] = {f"{W}altChunk": "file put in", f"{W}subDoc": "linked file", f"{W}contentPart": "handwriting"}


def place_things(root: _Element, paragraphs: Sequence[_Element], reading: Reading) -> Iterator[tuple[int, Thing]]:
    """Each thing of a part that was not read, with the index of its paragraph: that which it stands in, else the one behind it,
    else the last. Every change that was not met in reading is counted among the changes of the file."""
    index = {paragraph: place for place, paragraph in enumerate(paragraphs)}
    waiting: list[Thing] = []
    last = -1
    for element in root.iter(f"{W}p", *CHANGES, *PARTS):
        if element in index:
            last = index[element]
            yield from ((last, thing) for thing in (*waiting, *_of_paragraph(element, reading)))
            waiting = []
            continue
        thing = _thing(element, reading)
        if thing is not None and _is_inside(element, index):
            yield last, thing
        elif thing is not None:
            waiting.append(thing)
    yield from ((last, thing) for thing in waiting if last >= 0)


def _is_inside(element: _Element, index: Mapping[_Element, int]) -> bool:
    return any(paragraph in index for paragraph in element.iterancestors(f"{W}p"))


def _thing(element: _Element, reading: Reading) -> Thing | None:
    tag = str(element.tag)
    if element in reading.met or next(element.iterancestors(FALLBACK), None) is not None:
        return None
    if tag in PARTS:
        return Thing(PARTS[tag])
    if tag not in CHANGES:
        return None
    kind, called = CHANGES[tag]
    change = reading.change(element, kind)
    called = called or _called(element)
    return Thing(called, change) if called else None


def _called(element: _Element) -> str:
    """The words that an unread change holds; "" where there are none, so that nothing is left undone."""
    holder = element.getparent() if str(element.tag) == f"{W}rPrChange" else element
    holder = holder.getparent() if holder is not None and str(holder.tag) == f"{W}rPr" else holder
    return "" if holder is None else "".join(text.text or "" for text in holder.iter(*TEXT))


def _of_paragraph(paragraph: _Element, reading: Reading) -> Iterator[Thing]:
    """A style that the file has not, and numbering that was taken off an item; the tracked change that did it, if one did."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return
    styles, change = reading.styles, properties.find(f"{W}pPrChange")
    before = None if change is None else change.find(f"{W}pPr")
    index = -1 if change is None else reading.met.get(change, -1)
    style = _value(properties, STYLE)
    if style and styles.names and style not in styles.names:
        yield Thing(f"style {style}", index if before is not None and _value(before, STYLE) != style else -1)
    if _value(properties, NUMBERING) == "0" and style in styles.lists:
        yield Thing("item without its mark", index if before is not None and _value(before, NUMBERING) != "0" else -1)


def _value(parent: _Element, path: str) -> str:
    found = parent.find(path)
    return "" if found is None else found.get(f"{W}val", "")

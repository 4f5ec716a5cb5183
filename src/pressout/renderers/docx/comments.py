"""Comments in Word: the queries of an article's source, at the blocks that they are on, with the answers to them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pressout.edition import Remark
from pressout.renderers.docx.package import Package
from pressout.renderers.docx.story import ANCHOR, Story
from pressout.renderers.docx.xml import Element, add, add_text, clean, qualified, root

FIRST = 0x10000000  # the number of the first comment's paragraph: eight hexadecimal digits below 0x80000000 (MS-DOCX 2.6.2.3)
EXTENSIONS = ("w14", "w15", "mc")


def add_comments(package: Package, text: Story, remarks: Sequence[Remark]) -> None:
    """Put the remarks into the file; those on a block that Word shows no comments at, a note's, stand at the block before it."""
    if not remarks:
        return
    comments, extended = root("w:comments", "w", *EXTENSIONS), root("w15:commentsEx", *EXTENSIONS)
    comments.set(qualified("mc:Ignorable"), "w14 w15")
    extended.set(qualified("mc:Ignorable"), "w14 w15")
    for number, remark in enumerate(remarks):
        _add_comment(comments, number, remark)
        extra = {"w15_paraIdParent": _paragraph(remark.answers)} if remark.answers is not None else {}
        add(extended, "w15:commentEx", w15_paraId=_paragraph(number), **extra, w15_done=str(int(remark.resolved)))
    paragraphs = _anchored(text.root)
    for number, remark in enumerate(remarks):
        _mark(_place(remark.key, paragraphs), number)
    for kind, element in (("comments", comments), ("commentsExtended", extended)):
        package.add_xml(kind, f"{kind}.xml", element)
        text.relate(kind, f"{kind}.xml")


def _paragraph(number: int) -> str:
    return f"{FIRST + number:08X}"


def _add_comment(comments: Element, number: int, remark: Remark) -> None:
    date = {"date": f"{remark.date}T00:00:00Z"} if remark.date else {}
    comment = add(comments, "w:comment", id=str(number), author=clean(remark.author) or "?", **date)
    lines = clean(remark.text).split("\n")
    for line, following in pairwise([*lines, None]):
        # Word knows a comment by its last paragraph
        paragraph = add(comment, "w:p", **({} if following is not None else {"w14_paraId": _paragraph(number)}))
        add_text(add(paragraph, "w:r"), line or "")


def _anchored(body: Element) -> dict[int, Element]:
    """The paragraphs of the main text by the keys of the blocks in them, in reading order."""
    found: dict[int, Element] = {}
    for mark in body.iter(qualified("w:bookmarkStart")):
        name = mark.get(qualified("w:name"), "")
        paragraph = mark.getparent()
        if name.startswith(ANCHOR) and paragraph is not None and paragraph.tag == qualified("w:p"):
            found.setdefault(int(name.removeprefix(ANCHOR), 36), paragraph)
    return found


def _place(key: int, paragraphs: dict[int, Element]) -> Element | None:
    before = [each for each in paragraphs if each <= key]
    return paragraphs[max(before)] if before else next(iter(paragraphs.values()), None)


def _mark(paragraph: Element | None, number: int) -> None:
    """The comment's range round all of a paragraph, and its mark behind that."""
    if paragraph is None:
        return
    start = paragraph.makeelement(qualified("w:commentRangeStart"), {qualified("w:id"): str(number)})
    paragraph.insert(int(paragraph.find(qualified("w:pPr")) is not None), start)
    add(paragraph, "w:commentRangeEnd", id=str(number))
    add(add(paragraph, "w:r"), "w:commentReference", id=str(number))

"""The comments of a Word file, with their answers and whether they are resolved."""

from __future__ import annotations

from collections.abc import Mapping

from lxml.etree import _Element

from pressout.readers.docx.package import W, parse_part
from pressout.readers.docx.values import Comment

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


def read_comments(parts: Mapping[str, bytes], name: str) -> tuple[Comment, ...]:
    """The comments in the order of their part; without `commentsExtended` (Google Docs) none is an answer or resolved."""
    if "word/comments.xml" not in parts:
        return ()
    elements = list(parse_part(parts["word/comments.xml"], name).iter(f"{W}comment"))
    ids = {_paragraph_id(element): element.get(f"{W}id", "") for element in elements}
    threads = _threads(parts, name)
    return tuple(_comment(element, threads, ids) for element in elements)


def _comment(element: _Element, threads: Mapping[str, tuple[str, bool]], ids: Mapping[str, str]) -> Comment:
    parent, resolved = threads.get(_paragraph_id(element), ("", False))
    paragraphs = ("".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in element.iter(f"{W}p"))
    return Comment(
        element.get(f"{W}id", ""),
        element.get(f"{W}author", ""),
        element.get(f"{W}date", ""),
        "\n".join(paragraphs).strip(),
        ids.get(parent, "") if parent else "",
        resolved,
    )


def _threads(parts: Mapping[str, bytes], name: str) -> dict[str, tuple[str, bool]]:
    """What `commentsExtended` says of each comment, known by its last paragraph: the parent's paragraph, and `done`."""
    data = parts.get("word/commentsExtended.xml")
    if data is None:
        return {}
    return {
        item.get(f"{W15}paraId", ""): (item.get(f"{W15}paraIdParent", ""), item.get(f"{W15}done") in ("1", "true"))
        for item in parse_part(data, name)
    }


def _paragraph_id(comment: _Element) -> str:
    paragraphs = list(comment.iter(f"{W}p"))
    return paragraphs[-1].get(f"{W14}paraId", "") if paragraphs else ""

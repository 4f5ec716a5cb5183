"""The structure tree while it grows: one tag an element of the source, however many pages its pieces stand on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf


@dataclass(frozen=True, slots=True)
class Content:
    """A marked piece of a page: the page's index and the piece's number on it."""

    page: int
    number: int


@dataclass(eq=False, slots=True)
class Tag:
    """A structure element. `kids` are tags, pieces of content and link annotations, in reading order; `text` speaks for them."""

    kind: str
    parent: Tag | None
    element: Any = None
    order: int = -1  # the element's place in the source; -1 where it has no element
    kids: list[Tag | Content | Annotation] = field(default_factory=list)
    entries: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    object: Any = None  # once it is written
    latest: int = -1  # the last place in the source that one of its kids has

    @property
    def page(self) -> int:
        """The page of the first piece in it; -1 without any."""
        return next((page for page in map(_page_of, self.kids) if page >= 0), -1)

    def adopt(self, child: Tag) -> None:
        """Take a tag in where its element stands in the source: a note follows its mark, though it is set at the page's foot."""
        index = len(self.kids)
        if child.order < self.latest:  # else none stands later: most tags come in order, and some have thousands of kids
            later = (index for index, kid in enumerate(self.kids) if isinstance(kid, Tag) and kid.order > child.order)
            index = next(later, index)
        if child.kind == "Note":
            before = (i for i, kid in _backwards(self.kids) if isinstance(kid, Tag) and 0 <= kid.order < child.order)
            index = next(before, index - 1) + 1
        self.kids.insert(index, child)
        self.latest = max(self.latest, child.order)

    def say(self, content: Content, text: str) -> None:
        """Take a piece in with its text, which goes on with that of the piece before it (ISO 32000-1, 14.9.4)."""
        last = self.kids[-1] if self.kids else None
        if not (isinstance(last, Tag) and last.text):
            last = Tag("Span", self)
            self.kids.append(last)
        last.kids.append(content)
        last.text += text


@dataclass(frozen=True, slots=True, eq=False)
class Annotation:
    """A link's annotation on a page."""

    page: int
    object: Any


def _backwards(kids: list[Tag | Content | Annotation]) -> Iterator[tuple[int, Tag | Content | Annotation]]:
    return ((index, kids[index]) for index in range(len(kids) - 1, -1, -1))


def _page_of(kid: Tag | Content | Annotation) -> int:
    return kid.page


def prune(tag: Tag) -> bool:
    """Leave out tags without content, but the cells and rows of tables, which hold the others' places; whether any is left."""
    tag.kids = [kid for kid in tag.kids if not isinstance(kid, Tag) or prune(kid)]
    return bool(tag.kids) or tag.kind in ("TD", "TH")


def write(root: Tag, pdf: pydyf.PDF, structure: Any) -> dict[Content | Annotation, Any]:
    """Write the tree as objects of the PDF under its root; what owns each piece comes back."""
    owners: dict[Content | Annotation, Any] = {}
    _write(root, structure.reference, 0, pdf, owners)
    structure["K"] = pydyf.Array([root.object.reference])
    return owners


def _write(tag: Tag, parent: Any, page: int, pdf: pydyf.PDF, owners: dict[Content | Annotation, Any]) -> None:
    own_page = tag.page if tag.page >= 0 else page
    tag.object = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{tag.kind}", "P": parent, **tag.entries})
    if tag.text:
        tag.object["ActualText"] = pydyf.String(tag.text)
    pdf.add_object(tag.object)
    tag.object["Pg"] = pdf.page_references[own_page]
    kids = pydyf.Array()
    for kid in tag.kids:
        match kid:
            case Tag():
                _write(kid, tag.object.reference, own_page, pdf, owners)
                kids.append(kid.object.reference)
            case Content(page=page_of_kid, number=number):
                owners[kid] = tag.object
                kids.append(number if page_of_kid == own_page else _elsewhere(kid, pdf))
            case Annotation():
                owners[kid] = tag.object
                kids.append(_annotation(kid, pdf))
    tag.object["K"] = kids


def _elsewhere(content: Content, pdf: pydyf.PDF) -> pydyf.Dictionary:
    return pydyf.Dictionary({"Type": "/MCR", "Pg": pdf.page_references[content.page], "MCID": content.number})


def _annotation(annotation: Annotation, pdf: pydyf.PDF) -> pydyf.Dictionary:
    return pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.object.reference, "Pg": pdf.page_references[annotation.page]})

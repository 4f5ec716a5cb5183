"""Tags: the structure tree of a PDF (ISO 32000-1, 14.7), made from the source's elements and the boxes that were laid out.

WeasyPrint tags each page for itself, so that a section over ten pages becomes ten. Here every piece of text is given to the
element that it came from, and an element has one tag. `add_tags` takes the place of the function of that name in
weasyprint.pdf.tags, whose version is pinned; it is given what that is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from pressout.press.actual_text import actual_text
from pressout.press.logical_text import Lines
from pressout.press.tag_kinds import ROLE_MAP, kind_of
from pressout.press.tag_tree import Annotation, Content, Tag, prune, write

SCOPES = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"}


def add_tags(pdf: pydyf.PDF, document: Any, pdf_version: str, page_streams: list[Any]) -> None:
    """Give the PDF its structure tree, the map from each page's pieces to it, and the entries that say it is tagged."""
    tagger = Tagger(document._html.etree_element)
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        tagger.page(number, page._page_box, stream)
    prune(tagger.root)
    structure = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(structure)
    owners = write(tagger.root, pdf, structure)
    structure["ParentTree"] = _parent_tree(pdf, len(document.pages), owners)
    structure["RoleMap"] = pydyf.Dictionary({ours: f"/{theirs}" for ours, theirs in ROLE_MAP.items()})
    pdf.catalog["StructTreeRoot"] = structure.reference
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _parent_tree(pdf: pydyf.PDF, pages: int, owners: Mapping[Content | Annotation, Any]) -> Any:
    """For each page the tags that own its pieces, by number, then for each annotation the one that owns it (14.7.4.4)."""
    by_page: list[dict[int, Any]] = [{} for _ in range(pages)]
    numbers = pydyf.Array()
    annotations = []
    for piece, owner in owners.items():
        match piece:
            case Content(page=page, number=number):
                by_page[page][number] = owner.reference
            case Annotation():
                annotations.append((piece, owner))
    for page, found in enumerate(by_page):
        numbers.extend([page, pydyf.Array([found.get(number, "null") for number in range(max(found, default=-1) + 1)])])
    for index, (annotation, owner) in enumerate(annotations, start=pages):
        numbers.extend([index, owner.reference])
        annotation.object["StructParent"] = index
    tree = pydyf.Dictionary({"Nums": numbers})
    pdf.add_object(tree)
    return tree.reference


@dataclass(slots=True)
class Sheet:
    """A page being tagged: the marks that drawing left, by box; those taken as content leave it. `spoken` is text to be read."""

    number: int
    marks: dict[Any, Any]
    spoken: dict[int, str] = field(default_factory=dict)

    def content(self, box: Any) -> Content:
        """The marked content that a box was drawn as; a box is asked for once."""
        return Content(self.number, self.marks.pop(box)["mcid"])

    def text(self, box: Any) -> Content:
        """The same for a text; where its glyphs do not give back its letters, these are told beside them."""
        content = self.content(box)
        if text := actual_text(box.text):
            self.spoken[content.number] = text
        return content

    def rewrite(self, stream: Any) -> None:
        """In the page's stream, make artifacts of the marks that are left, and say what glyphs do not give back."""
        artifacts = {mark["mcid"] for mark in self.marks.values()}
        self.marks.clear()
        for index, item in enumerate(stream.stream):
            if not isinstance(item, pydyf.Dictionary) or "MCID" not in item:
                continue
            if item["MCID"] in artifacts:
                stream.stream[index - 1] = "/Artifact"
                stream.stream[index] = pydyf.Dictionary({"Type": "/Pagination"})
            elif item["MCID"] in self.spoken:
                item["ActualText"] = pydyf.String(self.spoken[item["MCID"]])


class Tagger:
    """Grows the tree from the boxes of one page after the other."""

    def __init__(self, html: Any) -> None:
        self.root = Tag("Document", None)
        self.tags: dict[Any, Tag] = {}
        self.parents: dict[Any, Any] = {child: parent for parent in html.iter() for child in parent}
        self.order: dict[Any, int] = {element: index for index, element in enumerate(html.iter())}
        self.heads: dict[Any, int] = {}  # the head of each table and the page that it is first set on
        self.lines = Lines()
        self.notes = 0

    def page(self, number: int, page_box: Any, stream: Any) -> None:
        """Give the text and pictures of a page to their tags; what belongs to none becomes an artifact."""
        sheet = Sheet(number, stream._tags)
        for box, decoration in self._boxes(page_box, number):
            if box.element is not None and not decoration and not isinstance(box, boxes.PageBox):
                self._place(box, sheet)
        sheet.rewrite(stream)

    def _boxes(self, page_box: Any, number: int) -> Iterator[tuple[Any, bool]]:
        """Every box of the page in the order of layout, and whether it is only decoration: running matter, a repeated head."""
        waiting = [(page_box, False)]
        while waiting:
            box, decoration = waiting.pop()
            if isinstance(box, AbsolutePlaceholder):
                box = box._box
            decoration = decoration or isinstance(box, boxes.MarginBox) or self._repeats(box, number)
            yield box, decoration
            waiting += [(child, decoration) for child in reversed(getattr(box, "children", ()))]

    def _repeats(self, box: Any, page: int) -> bool:
        """Whether it is the head of a table again, on a later page: a listener has heard it."""
        if not (isinstance(box, boxes.TableRowGroupBox) and box.is_header):
            return False
        return self.heads.setdefault(box.element, page) != page

    def _place(self, box: Any, sheet: Sheet) -> None:
        tag = self._label(box.element) if (box.element_tag or "").endswith("::marker") else self._tag(box.element)
        if box.link_annotation:
            _link_of(tag).kids.append(Annotation(sheet.number, box.link_annotation))
        if isinstance(box, boxes.TextBox):
            if text := self.lines.text(box):
                tag.say(sheet.content(box), text)
            else:
                tag.kids.append(sheet.text(box))
        elif isinstance(box, boxes.ReplacedBox) and tag.kind == "Figure":
            tag.kids.append(sheet.content(box))

    def _tag(self, element: Any) -> Tag:
        """The tag that text of this element belongs to: its own, or that of the next element round it that has one."""
        if element not in self.tags:
            self.tags[element] = self._new_tag(element)
        return self.tags[element]

    def _new_tag(self, element: Any) -> Tag:
        parent = self._tag(self.parents[element]) if element in self.parents else self.root
        kind = kind_of(element, parent.kind)
        if not kind:
            return parent
        match kind:
            case "Link":
                parent = self._wrapper("Reference", element, parent) if _is_reference(element, parent) else parent
            case "LI":
                item = self._grow("LI", element, parent, {})
                return self._grow("LBody", element, item, {})
            case "Lbl" | "LBody":
                parent = self._definition(element, parent)
        return self._grow(kind, element, parent, self._entries(kind, element))

    def _grow(self, kind: str, element: Any, parent: Tag, entries: dict[str, Any]) -> Tag:
        tag = Tag(kind, parent, element, self.order[element], entries={**_language(element), **entries})
        parent.adopt(tag)
        return tag

    def _wrapper(self, kind: str, element: Any, parent: Tag) -> Tag:
        return self._grow(kind, element, parent, {})

    def _label(self, element: Any) -> Tag:
        """The tag of a list item's sign or number, before the item's body."""
        body = self._tag(element)
        item = body.parent
        if body.kind != "LBody" or item is None:
            return body
        first = item.kids[0]
        if isinstance(first, Tag) and first.kind == "Lbl":
            return first
        label = Tag("Lbl", item, element, self.order[element])
        item.kids.insert(0, label)
        return label

    def _definition(self, element: Any, parent: Tag) -> Tag:
        """The list item of a term or a definition: terms that follow a definition begin the next one."""
        last = parent.kids[-1] if parent.kids else None
        begins = element.tag == "dt" and isinstance(last, Tag) and any(_is(kid, "LBody") for kid in last.kids)
        if isinstance(last, Tag) and last.kind == "LI" and not begins:
            return last
        return self._grow("LI", element, parent, {})

    def _entries(self, kind: str, element: Any) -> dict[str, Any]:
        """What a tag of this kind must or may say besides (14.8.5; PDF/UA-1 7.3, 7.5, 7.9)."""
        match kind:
            case "Figure":
                return {"Alt": pydyf.String(element.get("alt") or element.get("title") or " ")}
            case "Note":
                self.notes += 1
                return {"ID": pydyf.String(f"note-{self.notes}")}
            case "TH" | "TD":
                return {"A": _cell(kind, element)}
            case "L":
                return {"A": pydyf.Dictionary({"O": "/List", "ListNumbering": "/Decimal" if element.tag == "ol" else "/Disc"})}
            case "Span" if element.tag == "abbr":
                return {"E": pydyf.String(element.get("title"))}
            case _:
                return {}


def _is(kid: Tag | Content | Annotation, kind: str) -> bool:
    return isinstance(kid, Tag) and kid.kind == kind


def _link_of(tag: Tag) -> Tag:
    """The link that a tag stands in: code in a link has an annotation of its own, which is the link's all the same."""
    link: Tag | None = tag
    while link is not None and link.kind != "Link":
        link = link.parent
    return link or tag


def _is_reference(element: Any, parent: Tag) -> bool:
    """Links to notes and from the contents are references (14.8.4.4.1)."""
    return parent.kind == "TOCI" or "note-reference" in element.get("class", "").split()


def _language(element: Any) -> dict[str, Any]:
    lang = element.get("lang")
    return {"Lang": pydyf.String(lang)} if lang and element.tag != "html" else {}


def _cell(kind: str, element: Any) -> pydyf.Dictionary:
    entries: dict[str, Any] = {"O": "/Table"}
    if kind == "TH":
        entries["Scope"] = SCOPES.get(element.get("scope", ""), "/Column")
    for key, name in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
        if element.get(key, "1").isdecimal() and int(element.get(key, "1")) > 1:
            entries[name] = int(element.get(key))
    return pydyf.Dictionary(entries)

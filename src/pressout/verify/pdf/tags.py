"""The tag tree of a PDF: its elements in reading order, and the text that each holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pressout.verify.pdf.graphics import Mark

MOST = 2_000_000  # elements; more is a circle


@dataclass(frozen=True, slots=True)
class Tag:
    """A structure element; `kind` is as written, `standard` what the role map makes of it."""

    kind: str
    standard: str
    element: Any
    parent: Tag | None = None

    def within(self) -> Iterator[Tag]:
        """The element itself and those that it stands in, from the inside out."""
        tag: Tag | None = self
        while tag:
            yield tag
            tag = tag.parent

    def attributes(self) -> Mapping[str, Any]:
        """What it says of itself besides, such as spans and scope, whatever owns that (ISO 32000-1, 14.7.5)."""
        import pikepdf

        said = self.element.get("/A")
        listed = [said] if isinstance(said, pikepdf.Dictionary) else said if isinstance(said, pikepdf.Array) else []
        return {name: value for each in listed if isinstance(each, pikepdf.Dictionary) for name, value in each.items()}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, in its place in the reading order."""

    tag: Tag
    text: str


@dataclass(slots=True)
class TagTree:
    """Every element, and every piece of text, in the order in which they are read out."""

    tags: list[Tag] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    def count(self) -> Counter[str]:
        return Counter(tag.kind for tag in self.tags)


def tag_tree(pdf: Any, texts: Mapping[Mark, list[str]]) -> TagTree:
    """The tree of a file, empty where it has none; `texts` is what stands under each mark of each stream."""
    tree = TagTree()
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return tree
    roles = {str(kind): str(standard) for kind, standard in root.get("/RoleMap", {}).items()}
    seen: set[tuple[int, int]] = set()
    waiting = _waiting(root.get("/K"), None, None)
    while waiting and len(tree.tags) < MOST:
        kid, parent, page = waiting.pop()
        if not hasattr(kid, "get"):
            _add_text(tree, parent, (page, int(kid)), texts)
        elif "/S" not in kid:
            _add_reference(tree, parent, kid, page, texts)
        elif kid.objgen == (0, 0) or kid.objgen not in seen:
            seen.add(kid.objgen)
            waiting += _enter(tree, kid, parent, page, roles)
    return tree


def _enter(tree: TagTree, element: Any, parent: Tag | None, page: object, roles: Mapping[str, str]) -> list[Any]:
    """Add an element, and give back what it holds."""
    kind = str(element.S)
    tag = Tag(kind[1:], _standard(kind, roles)[1:], element, parent)
    tree.tags.append(tag)
    if "/Pg" in element:
        page = element.Pg.objgen
    if "/ActualText" in element:
        tree.pieces.append(Piece(tag, str(element.ActualText)))
        return [each for each in _waiting(element.get("/K"), tag, page) if hasattr(each[0], "get") and "/S" in each[0]]
    return _waiting(element.get("/K"), tag, page)


def _standard(kind: str, roles: Mapping[str, str]) -> str:
    for _ in range(len(roles)):
        if kind not in roles or roles[kind] == kind:
            break
        kind = roles[kind]
    return kind


def _waiting(kids: Any, parent: Tag | None, page: object) -> list[Any]:
    """The kids of an element, the last one first; one may stand without its array."""
    import pikepdf

    if kids is None:
        return []
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [(kid, parent, page) for kid in reversed(listed)]


def _add_reference(tree: TagTree, parent: Tag | None, kid: Any, page: object, texts: Mapping[Mark, list[str]]) -> None:
    """A reference to marked content, on another page or in a form; one to an annotation has no text."""
    if "/MCID" not in kid:
        return
    stream = kid.get("/Stm", kid.get("/Pg"))
    _add_text(tree, parent, (page if stream is None else stream.objgen, int(kid.MCID)), texts)


def _add_text(tree: TagTree, parent: Tag | None, mark: Mark, texts: Mapping[Mark, list[str]]) -> None:
    if parent and mark in texts:
        tree.pieces.append(Piece(parent, "".join(texts[mark])))

"""Where a PDF's links and outline lead: to a page of the file, to an address, or nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

MOST = 100_000  # nodes of a tree of names; more is a circle


def dead_links(pdf: Any) -> Iterator[tuple[int, str]]:
    """Each link of a page that leads nowhere: the page, and what it wants."""
    known = Places(pdf)
    for number, page in enumerate(pdf.pages, 1):
        for link in links_of(page):
            target = link.get("/Dest", link.get("/A"))
            missing = known.missing(target)
            if missing:
                yield number, missing


def links_of(page: Any) -> list[Any]:
    """The links on a page."""
    return [each for each in page.obj.get("/Annots", []) if str(each.get("/Subtype")) == "/Link"]


class Places:
    """What a link may lead to: the pages, and the destinations that have a name."""

    def __init__(self, pdf: Any) -> None:
        self.pages = {page.obj.objgen for page in pdf.pages}
        self.count = len(self.pages)
        self.named = {str(name): place for name, place in pdf.Root.get("/Dests", {}).items()}
        self.named |= {str(name): place for name, place in leaves(pdf.Root.get("/Names", {}).get("/Dests"), "/Names")}

    def missing(self, target: Any) -> str:
        """What a link or an entry wants and the file does not have; nothing where it leads somewhere."""
        import pikepdf

        if target is None:
            return "no target at all"
        if isinstance(target, pikepdf.Array):
            return self._no_page(target)
        if isinstance(target, pikepdf.Dictionary):
            return self.missing(target["/D"]) if "/D" in target and "/S" not in target else self._action(target)
        name = str(target)
        return self.missing(self.named[name]) if name in self.named else f"the place '{name}'"

    def _action(self, action: Any) -> str:
        match str(action.get("/S")):
            case "/GoTo":
                return self.missing(action.get("/D"))
            case "/URI":
                return "" if str(action.get("/URI", "")).strip() else "an empty address"
            case _:
                return ""

    def _no_page(self, place: Any) -> str:
        """A destination is an array whose first member is a page."""
        if not len(place):
            return "an empty place"
        page = place[0]
        if not hasattr(page, "objgen"):
            return "" if 0 <= int(page) < self.count else f"page {int(page) + 1}"
        return "" if page.objgen in self.pages else "a page that is not there"


def leaves(root: Any, kind: str) -> Iterator[tuple[Any, Any]]:
    """The keys and values of a tree of names, or of numbers (ISO 32000-1, 7.9.6 and 7.9.7); `kind` is /Names or /Nums."""
    waiting = [] if root is None else [root]
    for _ in range(MOST):
        if not waiting:
            return
        node = waiting.pop()
        listed = list(node.get(kind, []))
        yield from zip(listed[::2], listed[1::2], strict=False)
        waiting += list(node.get("/Kids", []))

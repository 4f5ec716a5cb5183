"""What attributes mean: which ones each kind knows, and a warning for those that none does."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from pressout.model import NO_ATTRIBUTES, Attributes, Inlines
from pressout.readers.source.attributes import LANGUAGE, Item, Written, attributes_of
from pressout.readers.sourcemap import PassageKind

if TYPE_CHECKING:
    from pressout.diagnostics import Report, Span
    from pressout.readers.source.blocks import BlockReader

KindName = Literal[
    "heading",
    "paragraph",
    "figure",
    "image",
    "table",
    "code",
    "quote",
    "verse",
    "list",
    "division",
    "callout",
    "rule",
    "phrase",
    "link",
    "cross reference",
]
GENERAL = frozenset({"#", "id", ".", "class", "lang", "dir"})
KNOWN: dict[KindName, frozenset[str]] = {
    "heading": frozenset({"role"}),
    "paragraph": frozenset(),
    "figure": frozenset({"credit", "description", "width", "height", "placement", "alt"}),
    "image": frozenset({"credit", "description", "width", "height", "placement", "alt"}),
    "table": frozenset({"source", "widths", "align", "caption", "placement"}),
    "code": frozenset({"caption"}),
    "quote": frozenset({"attribution"}),
    "verse": frozenset({"attribution"}),
    "list": frozenset(),
    "division": frozenset({"role"}),
    "callout": frozenset({"title"}),
    "rule": frozenset(),
    "phrase": frozenset(),
    "link": frozenset(),
    "cross reference": frozenset(),
}
# As print, Word and EPUB take one; none of them draws what is 0 wide
WIDTH = re.compile(r"(?=.*[1-9])\d+(?:\.\d+)?\s*(?:%|em|rem|px|pt|pc|mm|cm|in|)")
PROPERTIES = frozenset({"credit", "description", "source", "widths", "align", "caption", "attribution", "title", "alt"})


@dataclass(frozen=True, slots=True)
class Said:
    """What the attributes of one block say. Those that the model has a place of its own for are asked for by name."""

    reader: BlockReader
    attributes: Attributes
    items: tuple[Item, ...]

    def item(self, key: str) -> Item | None:
        """The last attribute of this name."""
        return next((item for item in reversed(self.items) if item.key == key), None)

    def value(self, key: str) -> str:
        """The value of an attribute, nothing where it is not there."""
        item = self.item(key)
        return item.value if item else ""

    def words(self, kind: PassageKind, key: str = "") -> Inlines:
        """A value that is read as text, with its marks and its passage in the map; the attribute is called like the passage."""
        item = self.item(key or kind)
        return self.reader.words(kind, item) if item and item.value.strip() else ()


def said_of(reader: BlockReader, kind: KindName, written: Sequence[Written]) -> Said:
    """What a block of this kind is told, by all its attributes in turn; their places are in the copy."""
    if not written:
        return Said(reader, NO_ATTRIBUTES, ())
    for one in written:
        warn_ids(reader, one)
        for item in one.items:
            check(reader.report, kind, item, reader.copy.span(item.start, item.end))
    return read_written(reader, written)


def warn_ids(reader: BlockReader, written: Written) -> None:
    """Say that of two ids between the same braces the last one counts."""
    ids = [item for item in written.items if item.key in ("#", "id")]
    if len(ids) > 1:
        span = reader.copy.span(ids[0].start, ids[0].end)
        reader.report.warn(f"a block has one id, and '{ids[-1].value}' is taken", span, hint=f"take '{ids[0].value}' out")


def read_written(reader: BlockReader, written: Sequence[Written]) -> Said:
    """What attributes say that are checked already."""
    items = tuple(item for one in written for item in one.items)
    attributes = attributes_of(*written)
    values = tuple(pair for pair in attributes.values if pair[0] not in PROPERTIES)
    return Said(reader, replace(attributes, values=values), items)


def check(report: Report, kind: KindName, item: Item, span: Span) -> None:
    """Warn of an attribute that this kind does not know, and of a direction or a language that is none."""
    if item.key == "dir" and item.value not in ("ltr", "rtl"):
        report.warn(f"'{item.value}' is no direction", span, hint="write dir=ltr or dir=rtl")
    if item.key == "lang" and not LANGUAGE.fullmatch(item.value):
        report.warn(f"'{item.value}' is no language", span, hint="write its short name, such as lang=fr or lang=pt-BR")
    if item.key == "width" and kind in ("figure", "image") and not WIDTH.fullmatch(item.value.strip()):
        report.warn(f"'{item.value}' is no width, and is left out", span, hint="write width=50% or width=80mm")
    if item.key in GENERAL or item.key in KNOWN[kind]:
        return
    near = difflib.get_close_matches(item.key, [*KNOWN[kind], "id", "class", "lang", "dir"], 1)
    kinds = [name for name, known in KNOWN.items() if item.key in known]
    hint = f"did you mean '{near[0]}'?" if near else f"it is for: {', '.join(kinds)}" if kinds else ""
    report.warn(f"no {kind} knows the attribute '{item.key}'", span, hint=hint)

"""Page breaks: the marks in an EPUB's text where the pages of the printed edition begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pressout.model import Attributes, Blocks, CodeBlock, Division, Inline, Inlines, Phrase
from pressout.renderers.html.markup import NOTHING, Context, element
from pressout.renderers.html.markup import Attributes as Values
from pressout.walk import Piece

PAGE = "page"  # the key of the value that makes an empty phrase or division a mark; the value is the page's label
CODE = "page-at-"  # the beginning of the same for code, which holds no phrases; the rest is the label, the value a character
TOKEN = re.compile(r"<[^>]*>|&[^;]+;|[^<&]")


def page_break(label: str) -> Attributes:
    """What makes an empty node a mark; no anchor made from words has a full stop."""
    return Attributes(id=_id(label), values=((PAGE, label),))


def code_breaks(places: Iterable[tuple[int, str]]) -> tuple[tuple[str, str], ...]:
    """What marks pages inside code: the characters before which they begin, and their labels."""
    return tuple((f"{CODE}{label}", str(character)) for character, label in places)


def labels(piece: Piece) -> Iterator[tuple[str, str]]:
    """The pages that a node itself marks: their labels and the ids of their marks."""
    for name, value in piece.attributes.values:
        if name == PAGE and piece.attributes.id == _id(value):
            yield value, piece.attributes.id
        elif name.startswith(CODE):
            yield name.removeprefix(CODE), _id(name.removeprefix(CODE))


def break_role(piece: Piece, context: Context) -> Values:
    """What tells a reading program that an element is a mark, and of which page."""
    label = next((label for label, _ in labels(piece)), "") if context.epub else ""
    return _role(label) if label else NOTHING


def parted(content: Inlines) -> tuple[Blocks, Inlines]:
    """The marks that lead a run, as blocks before it, and the rest: in a heading they would be read out as part of its words."""
    count = 0
    while count < len(content) and _is_break(content[count]):
        count += 1
    return tuple(Division((), attributes=mark.attributes) for mark in content[:count]), content[count:]


def code_with_breaks(markup: str, block: CodeBlock) -> str:
    """Code as markup, with the marks in it."""
    waiting = [(int(value), name.removeprefix(CODE)) for name, value in block.attributes.values if name.startswith(CODE)]
    if not waiting:
        return markup
    parts, read = [], 0
    for token in TOKEN.findall(markup):
        if not token.startswith("<"):
            while waiting and waiting[0][0] <= read:
                label = waiting.pop(0)[1]
                parts.append(element("span", "", {"id": _id(label), **_role(label)}))
            read += 1
        parts.append(token)
    return "".join(parts)


def _id(label: str) -> str:
    return f"page.{label}"


def _role(label: str) -> dict[str, str]:
    return {"role": "doc-pagebreak", "epub:type": "pagebreak", "aria-label": label}


def _is_break(piece: Inline) -> bool:
    match piece:
        case Phrase(content=()):
            return any(labels(piece))
        case _:
            return False

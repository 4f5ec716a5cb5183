"""What an editor put in and Markdown cannot hold, as an equation: taken out of its paragraph, so that the words there go home."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from pressout.readers.docx.values import Standing
from pressout.readers.sourcemap import OBJECT
from pressout.revision.homes import Homed
from pressout.revision.returned import Sign


class Foreign(NamedTuple):
    """A thing of the editor's own: the paragraph that it stands in, and its sign, which says what it is."""

    at: int
    sign: Sign


def is_foreign(sign: Sign) -> bool:
    """Whether a sign stands for a thing that was not sent."""
    return sign.text == OBJECT and bool(sign.object) and sign.origin is None and not sign.sent


def without_foreign(entries: Sequence[Homed]) -> tuple[list[Homed], tuple[Foreign, ...]]:
    """The paragraphs in their places without what the source cannot hold, and that.

    A change that put words in, too, is not taken apart; and where a thing is gone, one that came may be the same, moved.
    """
    mixed = {change for entry in entries for sign in _all(entry) if not is_foreign(sign) for change in sign.changes}
    result: list[Homed] = []
    found: list[Foreign] = []
    for index, entry in enumerate(entries):
        things = [sign for sign in entry.draft.signs if is_foreign(sign) and mixed.isdisjoint(sign.changes)]
        if things and entry.stays and not any(sign.text == OBJECT for sign in entry.draft.gone):
            found += (Foreign(index, sign) for sign in things)
            left = tuple(sign for sign in entry.draft.signs if sign not in things)
            entry = replace(entry, draft=replace(entry.draft, signs=left))
        result.append(entry)
    return result, tuple(found)


def _all(entry: Homed) -> Iterable[Sign]:
    return (*entry.draft.signs, *entry.draft.gone)


def told(signs: Iterable[Sign]) -> str:
    """The text of a paragraph for its author, each thing that was put in by what it is."""
    return "".join(
        f"[{sign.object.strip()}]" if is_foreign(sign) else sign.text for sign in signs if sign.standing is not Standing.DELETED
    )

"""What an editor did and Markdown cannot hold, as an equation: taken out of its paragraph, so that the words there go home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pressout.readers.docx.values import ChangeKind, Line, Standing, Thing
from pressout.readers.sourcemap import OBJECT
from pressout.revision.homes import Homed, Sending
from pressout.revision.returned import Sign, Traced
from pressout.revision.shapes import shape_of


class Foreign(NamedTuple):
    """A thing of the editor's own: the paragraph that it stands in, and its sign, which says what it is."""

    at: int
    sign: Sign


class Held(NamedTuple):
    """What is told and not done: what it is, the line of the sent file where it is; the change that did this alone, or -1."""

    kind: ChangeKind
    called: str
    line: int
    change: int = -1
    reason: str = "Markdown has no place for it here"


def things(lines: Sequence[Traced], sent: Sending) -> Iterator[Held]:
    """What stands at the paragraphs and is no text, where it did not stand there when the file was sent."""
    at = -1
    for line in lines:
        before = sent.file.lines[line.sent].things if line.sent >= 0 else ()
        at = line.sent if line.sent >= 0 else at
        counts = Counter(thing.called for thing in before)
        for thing in line.line.things:
            counts[thing.called] -= 1
            if counts[thing.called] < 0 and not _is_home(thing, line):
                yield Held("paragraph", thing.called, at, thing.change)


def _is_home(thing: Thing, line: Traced) -> bool:
    """Whether a style that the file has not says what there is to say: new text is text, and so is what was a heading."""
    if not thing.called.startswith("style "):
        return False
    return line.sent < 0 or (thing.change >= 0 and _was_other(line.line))


def _was_other(line: Line) -> bool:
    return shape_of(line.before).kind not in ("body", "item")


def is_foreign(sign: Sign) -> bool:
    """Whether a sign stands for a thing that was not sent."""
    return sign.text == OBJECT and bool(sign.object) and sign.origin is None and not sign.sent


def without_foreign(entries: Sequence[Homed]) -> tuple[list[Homed], tuple[Foreign, ...]]:
    """The paragraphs in their places without what the source cannot hold, and that.

    A change that put words in, too, is not taken apart; and where a thing is gone, one that came may be the same, moved.
    """
    mixed = {change for entry in entries for sign in entry.draft.edited if not is_foreign(sign) for change in sign.changes}
    result: list[Homed] = []
    found: list[Foreign] = []
    for index, entry in enumerate(entries):
        signs = () if entry.draft.as_sent else entry.draft.signs
        things = [sign for sign in signs if is_foreign(sign) and mixed.isdisjoint(sign.changes)]
        if things and entry.stays and not any(sign.text == OBJECT for sign in entry.draft.gone):
            found += (Foreign(index, sign) for sign in things)
            left = tuple(sign for sign in entry.draft.signs if sign not in things)
            entry = replace(entry, draft=replace(entry.draft, signs=left))
        result.append(entry)
    return result, tuple(found)


def told(signs: Iterable[Sign]) -> str:
    """The text of a paragraph for its author, each thing that was put in by what it is."""
    return "".join(
        f"[{sign.object.strip()}]" if is_foreign(sign) else sign.text for sign in signs if sign.standing is not Standing.DELETED
    )

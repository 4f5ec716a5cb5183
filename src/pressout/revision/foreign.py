"""What an editor did and Markdown cannot hold, as an equation: taken out of its paragraph, so that the words there go home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pressout.readers.docx.values import ChangeKind, Line, Standing, Thing
from pressout.readers.sourcemap import OBJECT
from pressout.revision.homes import Homed, Sending
from pressout.revision.origins import like
from pressout.revision.returned import Sign, Traced
from pressout.revision.shapes import shape_of

NOTE = "note "  # what the sign of a note's mark is, before the note's number in the file


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


def with_notes(lines: Sequence[Traced]) -> tuple[list[Traced], tuple[Held, ...]]:
    """The lines with the marks that were deleted of notes that were put in again elsewhere, and those.

    A program makes a new note of one that is cut and pasted: the old one stays, or its text would be lost.
    """
    copied = _copied(lines)
    if not copied:
        return list(lines), ()
    result = [_with_notes(line, copied) for line in lines]
    both = zip(lines, result, strict=True)
    pairs = [(*signs, line.sent) for line, kept in both for signs in zip(line.edited, kept.edited, strict=True)]
    busy = {change for old, new, _ in pairs if old is new for change in old.changes}
    return result, tuple(_held_note(old, line, busy) for old, new, line in pairs if old is not new)


def _copied(lines: Sequence[Traced]) -> frozenset[str]:
    """The signs of the notes whose text stands in the file a second time, in a note that was not sent."""
    texts: dict[str, str] = {}
    for line in lines:
        if line.line.place.note:
            sign = f"{NOTE}{line.line.place.note}"
            texts[sign] = f"{texts.get(sign, '')} {like(line.line.text_now).strip()}"
    if not texts:
        return frozenset()
    came = {sign.object for line in lines for sign in line.edited if not sign.sent and sign.standing is not Standing.DELETED}
    again = {texts[sign] for sign in came & texts.keys()}
    return frozenset(sign for sign, text in texts.items() if sign not in came and text in again)


def _with_notes(line: Traced, copied: frozenset[str]) -> Traced:
    if not any(sign.standing is not Standing.DELETED and sign.text.strip() for sign in line.edited):
        return line
    return line._replace(signs=tuple(_stays(sign) if _is_lost_note(sign, copied) else sign for sign in line.signs))


def _is_lost_note(sign: Sign, copied: frozenset[str]) -> bool:
    return sign.standing is Standing.DELETED and sign.sent and sign.object in copied


def _stays(sign: Sign) -> Sign:
    return sign._replace(standing=Standing.KEPT, changes=())


def _held_note(sign: Sign, line: int, busy: set[int]) -> Held:
    change = next((change for change in sign.changes if change not in busy), -1)
    return Held("deletion", sign.object, line, change, "this note stands elsewhere now, and is moved by hand")


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

"""Notes: which mark calls which, the notes that go with their marks, and the order in which marks call what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pressout.readers.docx.values import Standing
from pressout.readers.sourcemap import OBJECT, Container, Passage
from pressout.revision.homes import Homed, Sending
from pressout.revision.origins import Origin, like
from pressout.revision.returned import Sign, Traced

NOTE = "note "  # what the sign of a note's mark is, before the note's number in the file
INLINE = "^"  # what a note that is written where its mark stands begins with, and its label
STILL_CALLED = "a mark elsewhere still refers to this note"


@dataclass(frozen=True)
class Notes:
    """The notes of an article: the label that each mark calls, those that each line of the sent file calls, that which it is of.

    `passages` are those of each note. `going` are the passages that go with a mark, by the passage that held it; `inside` are
    those of them that stand where their marks do.
    """

    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    calls: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    lines: Mapping[int, str] = field(default_factory=dict)
    passages: Mapping[str, frozenset[int]] = field(default_factory=dict)
    going: Mapping[int, frozenset[int]] = field(default_factory=dict)
    inside: frozenset[int] = frozenset()

    def called(self, origins: Iterable[Origin | None]) -> Iterator[str]:
        """The labels that marks among these characters call."""
        for origin in origins:
            if origin is not None and (origin.key, origin.start) in self.marks:
                yield self.marks[origin.key, origin.start]

    def still_called(self, gone: Iterable[int]) -> frozenset[int]:
        """The passages, of those that are gone, of whole notes that a mark still calls."""
        left, going = frozenset(gone), {key for keys in self.going.values() for key in keys}
        whole = (keys for keys in self.passages.values() if keys and keys <= left and not keys & going)
        return frozenset(key for keys in whole for key in keys)


def notes_of(passages: Sequence[Passage], raw: str, sent: Sending) -> Notes:
    """The notes of an article as it was sent."""
    first: dict[str, Container] = {}
    keys: dict[str, list[int]] = {}
    for passage in passages:
        for container in passage.path:
            if container.kind == "note" and first.setdefault(container.label, container) == container:
                keys.setdefault(container.label, []).append(passage.key)
    if not first:
        return Notes()
    inside = {label: frozenset(own) for label, own in keys.items()}
    lines = {sent.line_of[key]: label for label, keys in inside.items() for key in keys if key in sent.line_of}
    marks, calls = dict(_marks(passages, raw, first)), dict[int, tuple[str, ...]]()
    for (key, _), label in marks.items():
        line = sent.line_of.get(key, -1)
        calls[line] = *calls.get(line, ()), label
    return Notes(marks, calls, lines, inside)


def _marks(passages: Sequence[Passage], raw: str, notes: Mapping[str, Container]) -> Iterator[tuple[tuple[int, int], str]]:
    for passage in passages:
        for index in (at for at, sign in enumerate(passage.text) if sign == OBJECT):
            start, end = passage.place(index)
            if raw.startswith(INLINE, start):
                label = next((label for label, note in notes.items() if start < note.start < end), "")
            else:
                label = raw[start:end].removeprefix("[^").removesuffix("]")
            if label in notes and (raw.startswith((INLINE, "[^"), start)):
                yield (passage.key, index), label


def with_moved_notes(lines: Sequence[Traced]) -> list[Traced]:
    """The lines with the marks of notes that were cut and put in again elsewhere as those that they were.

    Programs make a new note of what is put in: it has the words of one whose mark was deleted, and there is one of them then.
    """
    texts: dict[str, str] = {}
    for line in lines:
        if line.line.place.note:
            sign = f"{NOTE}{line.line.place.note}"
            texts[sign] = f"{texts.get(sign, '')} {like(line.line.text_now).strip()}"
    if not texts:
        return list(lines)
    marks = [sign for line in lines for sign in line.edited if sign.object in texts]
    new = {sign.object for sign in marks if not sign.sent and sign.standing is not Standing.DELETED}
    left = {sign.object for sign in marks if sign.standing is not Standing.DELETED}
    moved: dict[str, Sign] = {}
    for old in (sign for sign in marks if sign.object not in left and sign.origin is not None):
        again = next((sign for sign in sorted(new - moved.keys()) if texts[sign] == texts[old.object]), None)
        if again and old not in moved.values():
            moved[again] = old
    twice = {*moved, *(old.object for old in moved.values())}
    kept = (line for line in lines if line.sent >= 0 or f"{NOTE}{line.line.place.note}" not in twice)
    return [_with_moved(line, moved) for line in kept] if moved else list(lines)


def _with_moved(line: Traced, moved: Mapping[str, Sign]) -> Traced:
    if not any(sign.object in moved for sign in line.edited):
        return line
    return line._replace(
        signs=tuple(
            sign._replace(origin=moved[sign.object].origin, sent=True) if sign.object in moved else sign for sign in line.signs
        )
    )


def without_notes(entries: Sequence[Homed], lines: Sequence[Traced], notes: Notes) -> tuple[list[Homed], Notes]:
    """The paragraphs without those of notes that no mark calls any more, and the notes with what goes with which mark.

    A note whose mark stands somewhere else in the file was moved; it stays, as does one whose mark is in a note that stays.
    """
    if not notes.marks:
        return list(entries), notes
    numbers: dict[str, set[str]] = {}
    for line in lines:
        if line.sent in notes.lines:
            numbers.setdefault(notes.lines[line.sent], set()).add(line.line.place.note)
    gone = set[str]()
    while True:
        left = [entry for entry in entries if not any(entry.draft.place.note in numbers.get(label, ()) for label in gone)]
        called = set(_called_in(left, notes))
        new = {sign.object for entry in left for sign in entry.draft.objects if sign.origin is None}
        lost = {
            label
            for label in set(notes.marks.values()) - called
            if not any(f"{NOTE}{number}" in new for number in numbers.get(label, ()))
        }
        if lost <= gone:
            break
        gone |= lost
    return left, replace(notes, going=_going(gone, notes), inside=_inside(gone, notes))


def _called_in(entries: Iterable[Homed], notes: Notes) -> Iterator[str]:
    for entry in entries:
        yield from notes.called(sign.origin for sign in entry.draft.objects)


def _going(gone: set[str], notes: Notes) -> dict[int, frozenset[int]]:
    result: dict[int, frozenset[int]] = {}
    for (key, _), label in notes.marks.items():
        if label in gone:
            result[key] = result.get(key, frozenset()) | notes.passages[label]
    return result


def _inside(gone: set[str], notes: Notes) -> frozenset[int]:
    return frozenset(key for label in gone if label.startswith(INLINE) for key in notes.passages[label])


def in_order(labels: Sequence[str], called: Sequence[Sequence[str]]) -> list[int]:
    """The places of paragraphs, with the notes in the order in which they are called: by the text first, then by notes.

    `labels` says of which note each paragraph is, "" for the text; `called` has the labels that its marks call.
    """
    stories: dict[str, list[int]] = {"": []}
    for place, label in enumerate(labels):
        stories.setdefault(label, []).append(place)
    order: dict[str, None] = {"": None}
    waiting = [""]
    for story in waiting:  # grows while it is gone through
        for label in (label for place in stories[story] for label in called[place]):
            if label in stories and label not in order:
                order[label] = None
                waiting.append(label)
    return [place for story in dict.fromkeys((*order, *stories)) for place in stories[story]]

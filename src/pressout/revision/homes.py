"""The home of each paragraph that came back: the passage of the source that it is, or that it was moved or split from."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pressout.readers.docx.values import WordFile
from pressout.revision.origins import Origins, key_of, like
from pressout.revision.returned import Draft


@dataclass(frozen=True, slots=True)
class Homed:
    """A paragraph with its home's key, -1 for a new one. `stays` where it stands among the others as it did before."""

    draft: Draft
    home: int = -1
    stays: bool = False

    @property
    def fixed(self) -> bool:
        """Whether it is nothing that the source could change: a date that was spelled out, a picture's own paragraph."""
        return self.home < 0 and self.draft.sent >= 0 and any(sign.generated for sign in self.draft.signs)


@dataclass(frozen=True)
class Sending:
    """The file as it was sent: its lines, the origin of each character, the line that each passage is in."""

    file: WordFile
    where: tuple[Origins, ...]
    line_of: Mapping[int, int]


def sending(file: WordFile, where: tuple[Origins, ...]) -> Sending:
    lines: dict[int, int] = {}
    for index, (line, origins) in enumerate(zip(file.lines, where, strict=True)):
        for anchor in line.anchors:
            lines.setdefault(key_of(anchor), index)
        for origin in origins:
            if origin is not None:
                lines.setdefault(origin.key, index)
    return Sending(file, where, lines)


def homed(drafts: Sequence[Draft], sent: Sending) -> list[Homed]:
    """Each paragraph with its home."""
    homes = [_home(draft, sent) for draft in drafts]
    drafts = _moved(drafts, homes, sent)
    primary: dict[int, int] = {}
    for index, home in enumerate(homes):
        if home >= 0:
            primary.setdefault(home, index)
    owners = sorted(primary.values())
    staying = {owners[at] for at in _longest_rise([_order(homes[index], sent) for index in owners])}
    return [Homed(draft, home, index in staying) for index, (draft, home) in enumerate(zip(drafts, homes, strict=True))]


def _order(home: int, sent: Sending) -> int:
    return sent.line_of.get(home, -1)


def _home(draft: Draft, sent: Sending) -> int:
    """Where most of its kept characters come from; else most of the deleted ones; else its anchor."""
    if any(sign.sent for sign in draft.signs) and not any(sign.origin for sign in draft.signs):
        return -1
    # What is left of several paragraphs and has nothing of theirs is new
    rewritten = draft.gone if draft.joined == 1 else ()
    for signs in (draft.signs, rewritten):
        keys = Counter(
            sign.origin.key for sign in signs if sign.origin is not None and not (sign.text.isspace() and len(signs) > 1)
        )
        if keys:
            most = max(keys.values())
            return next(key for key in keys if keys[key] == most)
    if draft.joined > 1 and draft.text:
        return -1
    return next((key for key in map(key_of, draft.anchors) if key in sent.line_of), -1)


def _moved(drafts: Sequence[Draft], homes: list[int], sent: Sending) -> list[Draft]:
    """A new paragraph with the very words of one that is gone is that one, moved: its Markdown comes along."""
    lost: dict[str, list[int]] = {}
    for key, line in sent.line_of.items():
        text = like(sent.file.lines[line].text_before).strip()
        if key not in homes and text and _alone(key, line, sent):
            lost.setdefault(text, []).append(key)
    result = list(drafts)
    for index, draft in enumerate(drafts):
        keys = lost.get(like(draft.text).strip()) if homes[index] < 0 else None
        if keys:
            homes[index] = keys.pop(0)
            result[index] = _with_origins(draft, sent.line_of[homes[index]], sent)
    return result


def _alone(key: int, line: int, sent: Sending) -> bool:
    return all(origin is None or origin.key == key for origin in sent.where[line])


def _with_origins(draft: Draft, line: int, sent: Sending) -> Draft:
    there = sent.file.lines[line].text_before
    shift = (len(there) - len(there.lstrip())) - (len(draft.text) - len(draft.text.lstrip()))
    signs = []
    for index, sign in enumerate(draft.signs):
        at = index + shift
        inside = 0 <= at < len(there)
        signs.append(sign._replace(origin=sent.where[line][at], sent=True) if inside else sign)
    return replace(draft, signs=tuple(signs))


def _longest_rise(values: Sequence[int]) -> list[int]:
    """The places of a longest strictly rising run of values (patience sorting)."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        at = bisect_left(tails, value)
        tails[at : at + 1] = [value]
        places[at : at + 1] = [index]
        before.append(places[at - 1] if at else -1)
    result = []
    index = places[-1] if places else -1
    while index >= 0:
        result.append(index)
        index = before[index]
    return result[::-1]

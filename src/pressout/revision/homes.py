"""The home of each paragraph that came back: the passage of the source that it is, or that it was moved or split from."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from pressout.readers.docx.values import Standing, WordFile
from pressout.readers.sourcemap import OBJECT
from pressout.revision.origins import Origins, key_of, like
from pressout.revision.returned import AsSent, Draft, Sign


@dataclass(frozen=True, slots=True)
class Homed:
    """A paragraph with its home's key, -1 for a new one. `stays` where it stands among the others as it did before."""

    draft: Draft
    home: int = -1
    stays: bool = False

    @property
    def fixed(self) -> bool:
        """Whether it is nothing that the source could change: a date that was spelled out, a picture's own paragraph."""
        return self.home < 0 and is_made(self.draft)


def is_made(draft: Draft) -> bool:
    """Whether something in it is pressout's own, in a line that was sent."""
    if draft.sent < 0:
        return False
    return draft.signs.generated if isinstance(draft.signs, AsSent) else any(sign.generated for sign in draft.signs)


@dataclass(frozen=True)
class Sending:
    """The file as it was sent: for each line the origin of each character and the keys of its passages; each passage's line."""

    file: WordFile
    where: tuple[Origins, ...]
    keys: tuple[tuple[int, ...], ...]
    line_of: Mapping[int, int]
    last_of: Mapping[int, int]

    def last_line(self, key: int) -> int:
        """The last line that says something of a passage: a verse has several."""
        return self.last_of.get(key, self.line_of.get(key, -1))


def sending(file: WordFile, where: tuple[Origins, ...]) -> Sending:
    """What was sent, with the lines that say something of each passage; `where` has the origins of each line's characters."""
    lines: dict[int, int] = {}
    last: dict[int, int] = {}
    keys = tuple(tuple(dict.fromkeys(map(itemgetter(0), filter(None, origins)))) for origins in where)
    for index, (line, own) in enumerate(zip(file.lines, keys, strict=True)):
        for anchor in line.anchors:
            lines.setdefault(key_of(anchor), index)
        for key in own:
            lines.setdefault(key, index)
            last[key] = index
    return Sending(file, where, keys, lines, last)


def homed(drafts: Sequence[Draft], sent: Sending) -> list[Homed]:
    """Each paragraph with its home."""
    homes = [_home(draft, sent) for draft in drafts]
    known = [home >= 0 for home in homes]
    drafts = _moved(drafts, homes, sent)
    primary: dict[int, int] = {}
    for index, home in sorted(enumerate(homes), key=lambda each: not known[each[0]]):
        if home >= 0:
            primary.setdefault(home, index)
    order = {index: sent.line_of.get(home, -1) for home, index in primary.items()}
    fixed = _in_order({index: draft.sent for index, draft in enumerate(drafts) if homes[index] < 0 and is_made(draft)}, drafts)
    staying = _staying(order, [index for index in sorted(order) if known[index]], fixed)
    return [Homed(draft, home, index in staying) for index, (draft, home) in enumerate(zip(drafts, homes, strict=True))]


def _in_order(fixed: Mapping[int, int], drafts: Sequence[Draft]) -> dict[int, int]:
    """Labels that say the same, as callouts' titles do, are told apart by their order alone."""
    alike: dict[str, list[int]] = {}
    for index in sorted(fixed):
        text = drafts[index].text
        alike.setdefault(text if OBJECT not in text else str(index), []).append(index)
    return {index: line for same in alike.values() for index, line in zip(same, sorted(fixed[at] for at in same), strict=True)}


def _staying(order: Mapping[int, int], known: Sequence[int], fixed: Mapping[int, int]) -> set[int]:
    """The paragraphs that stand as they did among each other and among the pictures, each of which counts for two.

    One that was put in as new, and says what one said that is gone, is among them only if it stands between these.
    """
    order = {**order, **fixed}
    row = sorted([*known, *fixed, *fixed])
    values = [2 * order[index] + (at > 0 and row[at - 1] == index) for at, index in enumerate(row)]
    staying = {row[at] for at in _longest_rise(values)}
    for index in sorted(order.keys() - set(row)):
        before = max((order[other] for other in staying if other < index), default=-1)
        after = min((order[other] for other in staying if other > index), default=len(order) + max(order.values(), default=0))
        if before < order[index] < after:
            staying.add(index)
    return staying - fixed.keys()


def _home(draft: Draft, sent: Sending) -> int:
    """Where most of its kept characters come from; else most of the deleted ones; else its anchor."""
    if draft.as_sent and len(sent.keys[draft.sent]) == 1:
        return sent.keys[draft.sent][0]
    if any(sign.sent for sign in draft.signs) and not any(sign.origin for sign in draft.signs):
        return -1
    # What is left of several paragraphs and has nothing of theirs is new
    rewritten = [sign for sign in draft.gone if not draft.led or _is_of(sign, draft.sent, sent)] if draft.alone else ()
    own = [sign for sign in draft.signs if sign.standing is not Standing.INSERTED]  # the mark of a note that was moved here is not
    for signs in (own, rewritten):
        keys = Counter(
            sign.origin.key for sign in signs if sign.origin is not None and not (sign.text.isspace() and len(signs) > 1)
        )
        if keys:
            most = max(keys.values())
            return next(key for key in keys if keys[key] == most)
    blank = next((sign.origin.key for sign in own if sign.origin is not None), -1)
    if blank >= 0:
        return blank  # a paragraph of nothing but line breaks is one, too
    if not draft.alone and draft.text:
        return -1
    there = [key for key in map(key_of, draft.anchors) if key in sent.line_of]
    return next((key for key in there if sent.line_of[key] == draft.sent), there[0] if there else -1)


def _is_of(sign: Sign, line: int, sent: Sending) -> bool:
    return sign.origin is not None and sent.line_of.get(sign.origin.key) == line


def _moved(drafts: Sequence[Draft], homes: list[int], sent: Sending) -> list[Draft]:
    """A new paragraph with the very words of one that is gone is that one, moved: its Markdown comes along."""
    lost: dict[str, list[int]] = {}
    taken = set(homes)
    for key, line in sent.line_of.items():
        text = "" if key in taken else like(sent.file.lines[line].text_before).strip()
        if text and _alone(key, line, sent):
            lost.setdefault(text, []).append(key)
    result = list(drafts)
    for index, draft in enumerate(drafts):
        keys = lost.get(like(draft.text).strip()) if homes[index] < 0 else None
        if keys:
            homes[index] = keys.pop(0)
        elif not _is_put_in_again(draft, homes[index], sent):
            continue
        result[index] = _with_origins(draft, sent.line_of[homes[index]], sent)
    return result


def _is_put_in_again(draft: Draft, home: int, sent: Sending) -> bool:
    """Whether all words of a paragraph are new, and those of its home, as after a cut and paste that took the bookmark along."""
    if draft.as_sent or home < 0 or not draft.signs or any(sign.standing is not Standing.INSERTED for sign in draft.signs):
        return False
    line = sent.line_of[home]
    return _alone(home, line, sent) and like(sent.file.lines[line].text_before).strip() == like(draft.text).strip()


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

"""The letters of a changed paragraph: what was kept, as the source has it, what is new, and the marks that each is to have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from pressout.readers.docx.values import PLAIN, Marks
from pressout.readers.sourcemap import Passage
from pressout.revision.homes import Sending
from pressout.revision.inline import Glyph, Inlines, Wrap, WrapKind, Wraps
from pressout.revision.origins import Origin
from pressout.revision.returned import AsSent, Sign, Traced

FIELDS: tuple[WrapKind, ...] = ("link", "bold", "italic", "strike", "highlight", "small_caps", "superscript", "subscript", "code")
TRUSTED = 0.5  # share of the sent characters with a mark that must still have it, or the program has lost the mark, not the editor


@dataclass(frozen=True, slots=True)
class Letter:
    """A character to be written, as it would be typed.

    `raw` is how the source has it, empty for a new one; `key`, `index` and `until` are its place there; `shown` is how Word has it.
    """

    text: str
    raw: str
    wraps: Wraps
    key: int = -1
    index: int = -1
    until: int = -1
    source: Wraps = ()
    shown: str = ""

    @property
    def unchanged(self) -> bool:
        """Whether a letter is the source's, in the marks that it has there."""
        return self.key >= 0 and self.wraps == self.source


class Sent:
    """The marks, in the file as it was sent, of each source character that is in it; worked out for a passage when it is asked for.

    `links` are the targets of the links that were sent.
    """

    def __init__(self, sending: Sending) -> None:
        self._sending = sending
        self._lines: dict[int, list[int]] = {}
        for line, keys in enumerate(sending.keys):
            for key in keys:
                self._lines.setdefault(key, []).append(line)
        self._known: dict[int, dict[int, Marks]] = {}
        told = (line for line, keys in zip(sending.file.lines, sending.keys, strict=True) if keys)
        self.links = frozenset(piece.before.link for line in told for piece in line.pieces)

    def get(self, origin: Origin) -> Marks | None:
        """The marks of a character of the source; None where it was not sent."""
        if origin.key not in self._known:
            self._known[origin.key] = dict(self._marks(origin.key))
        return self._known[origin.key].get(origin.start)

    def marks(self, origin: Origin) -> Marks:
        """The same, none where it was not sent."""
        return self.get(origin) or PLAIN

    def _marks(self, key: int) -> Iterator[tuple[int, Marks]]:
        for line in self._lines.get(key, ()):
            marks = (piece.before for piece in self._sending.file.lines[line].pieces for _ in piece.text)
            for origin, mark in zip(self._sending.where[line], marks, strict=True):
                if origin is not None and origin.key == key:
                    yield origin.start, mark


@dataclass(frozen=True)
class Habits:
    """How this author writes: the delimiter of emphasis, the file's line end, whether quotes are typed straight."""

    emphasis: str = "*"
    line_end: str = "\n"
    straight: bool = True


@dataclass(frozen=True)
class Desk:
    """What is needed to turn signs into letters: the source's glyphs, the marks as sent, the marks that are to be trusted."""

    inlines: Inlines
    passages: Mapping[int, Passage]
    sent: Sent
    trusted: frozenset[str]
    habits: Habits
    targets: dict[tuple[int, int, int], Marks] = field(default_factory=dict, repr=False)

    def glyphs(self, key: int) -> tuple[Glyph, ...]:
        """The glyphs of the passage with this key."""
        return self.inlines.glyphs(self.passages[key])


def trusted_marks(lines: Iterable[Traced], sent: Sent) -> frozenset[str]:
    """The marks that the program which saved the file has kept: those that most sent characters still have."""
    pairs: dict[tuple[int, int], tuple[Marks, Marks, int]] = {}
    for marks, before, count in (each for line in lines for each in _kept_marks(line, sent)):
        both = id(marks), id(before)  # few objects, each shared by the letters of its run
        pairs[both] = marks, before, pairs[both][2] + count if both in pairs else count
    kept, total = dict.fromkeys(FIELDS, 0), dict.fromkeys(FIELDS, 0)
    for marks, before, count in pairs.values():
        for name in FIELDS:
            if getattr(marks, name):
                total[name] += count
                # Another link is the editor's doing: a program that loses links leaves none
                there = getattr(before, name) if name == "link" else getattr(before, name) == getattr(marks, name)
                kept[name] += count * bool(there)
    return frozenset(name for name in FIELDS if kept[name] >= TRUSTED * total[name])


def _kept_marks(line: Traced, sent: Sent) -> Iterator[tuple[Marks, Marks, int]]:
    """The marks that were sent, those that came back before any editing, and of how many characters."""
    if isinstance(line.signs, AsSent):
        yield from ((piece.before, piece.before, len(piece.text)) for piece in line.signs.pieces)
        return
    for sign in line.signs:
        marks = sent.get(sign.origin) if sign.origin is not None else None
        if marks is not None:
            yield marks, sign.before, 1


def as_spelled(lines: Sequence[Traced], sent: Sent) -> tuple[Traced, ...]:
    """The lines with the targets of links as they were sent: some programs write them in another spelling, which is no change.

    What is typed into such a link has its target, too.
    """
    known = sent.links
    signs = [sign for line in lines for sign in line.edited]
    pairs = {(sign.now.link, there): 0 for sign in signs if (there := _sent_link(sign, sent, known))}
    if all(link == there for link, there in pairs) and not any(_is_bare(sign, sent) for sign in signs):
        return tuple(lines)
    spelled = dict(reversed(list(pairs)))
    return tuple(
        line if line.as_sent else line._replace(signs=tuple(_uncut(_respelled(line.signs, sent, (known, spelled)), sent)))
        for line in lines
    )


def _is_bare(sign: Sign, sent: Sent) -> bool:
    """Whether a sign was sent in a link and stands in none, though nobody has tracked that."""
    if sign.origin is None or sign.now.link or sign.before.link:
        return False
    return bool(sent.marks(sign.origin).link)


def _uncut(signs: Iterable[Sign], sent: Sent) -> Iterator[Sign]:
    """The end of a link belongs to it, too: LibreOffice cuts some short where the script of their words changes."""
    open_link = ""
    for sign in signs:
        there = sent.marks(sign.origin).link if sign.origin is not None else open_link
        if there and there == open_link and _is_bare(sign, sent):
            yield sign._replace(now=sign.now._replace(link=there), before=sign.before._replace(link=there))
            continue
        open_link = there if sign.now.link == there else ""
        yield sign


def _sent_link(sign: Sign, sent: Sent, known: frozenset[str]) -> str:
    """The target that was sent for a sign whose link nobody changed; another that was sent, too, is no spelling of it."""
    if sign.origin is None or not sign.now.link or sign.now.link != sign.before.link:
        return ""
    there = sent.marks(sign.origin).link
    return there if sign.now.link == there or sign.now.link not in known else ""


def _respelled(signs: Sequence[Sign], sent: Sent, links: tuple[frozenset[str], Mapping[str, str]]) -> Iterator[Sign]:
    known, near = links[0], dict(links[1])
    for sign in signs:
        there = _sent_link(sign, sent, known)
        if there:
            near[sign.now.link] = there
        now, before = near.get(sign.now.link, sign.now.link), near.get(sign.before.link, sign.before.link)
        if (now, before) == (sign.now.link, sign.before.link):
            yield sign
        else:
            yield sign._replace(now=sign.now._replace(link=now), before=sign.before._replace(link=before))


def unlinked(runs: Iterable[tuple[str, Marks]]) -> Iterator[tuple[str, Marks]]:
    """Text with its marks, an address that is a link to itself taken as plain: Markdown makes links of all addresses."""
    for link, group in groupby(runs, key=lambda run: run[1].link):
        if not link:
            yield from group
            continue
        inside = list(group)
        words = "".join(text for text, _ in inside).strip()
        itself = link.rstrip("/") in (words.rstrip("/"), f"http://{words}".rstrip("/"), f"mailto:{words}")
        yield from ((text, marks._replace(link="")) if itself else (text, marks) for text, marks in inside)


def target_marks(sign: Sign, desk: Desk) -> Marks:
    """The marks that a sign is to have: as sent, with what the editor changed."""
    if sign.origin is None:
        return sign.now
    marks = desk.sent.marks(sign.origin)
    known = id(sign.now), id(sign.before), id(marks)
    if known not in desk.targets:
        desk.targets[known] = _target(marks, sign, desk)
    return desk.targets[known]


def _target(marks: Marks, sign: Sign, desk: Desk) -> Marks:
    changes: dict[str, Any] = {}  # as many kinds of value as marks have
    for name in FIELDS:
        now, before = getattr(sign.now, name), getattr(sign.before, name)
        if now != before or (name in desk.trusted and before != getattr(marks, name)):
            changes[name] = now
    return marks._replace(**changes) if changes else marks


def letters(signs: Sequence[Sign], gone: Sequence[Sign], desk: Desk) -> list[Letter]:
    """The letters of a paragraph; what pressout had put in itself is left out. What replaces deleted words takes their marks."""
    spare: dict[Marks, Wraps] = {}
    for sign in gone:
        if sign.origin is not None:
            there = desk.glyphs(sign.origin.key)[sign.origin.start].wraps
            spare.setdefault(desk.sent.marks(sign.origin), there)
    own = [sign for sign in signs if not sign.generated]
    made: list[Letter | None] = [_kept(sign, desk) if sign.origin else None for sign in own]
    for place, sign in enumerate(own):
        if made[place] is None:
            made[place] = Letter(_typed(sign.text, desk), "", _wraps_of_new(place, own, made, (spare, desk)), shown=sign.text)
    return [letter for letter in made if letter is not None]


def _typed(text: str, desk: Desk) -> str:
    """What an editor typed, in the author's habit: Word turns every quote into a curly one."""
    if not desk.habits.straight:
        return text
    return {"“": '"', "”": '"', "‘": "'", "’": "'"}.get(text, text)


def _kept(sign: Sign, desk: Desk) -> Letter | None:
    origin = sign.origin
    if origin is None:
        return None
    glyphs = desk.glyphs(origin.key)
    first, last = glyphs[origin.start], glyphs[origin.end - 1]
    raw = desk.inlines.raw[first.start : last.end]
    marks = desk.sent.marks(origin)
    wraps = first.wraps
    wanted = target_marks(sign, desk)
    if wanted != marks:
        wraps = _changed(wraps, marks, wanted, desk.habits)
    text = "".join(glyph.text for glyph in glyphs[origin.start : origin.end])
    return Letter(text, raw, wraps, origin.key, origin.start, origin.end, first.wraps, sign.text)


def _changed(wraps: Wraps, marks: Marks, wanted: Marks, habits: Habits) -> Wraps:
    for name in FIELDS:
        if getattr(marks, name) != getattr(wanted, name):
            wraps = tuple(wrap for wrap in wraps if wrap.kind != name)
            if getattr(wanted, name):
                wraps = (*wraps, new_wrap(name, wanted.link, habits))
    return wraps


def _wraps_of_new(
    place: int, own: Sequence[Sign], made: Sequence[Letter | None], known: tuple[Mapping[Marks, Wraps], Desk]
) -> Wraps:
    """A new character stands in its neighbour's marks where it looks like it, or in those of what it replaces, or in new ones."""
    spare, desk = known
    wanted = own[place].now
    before = made[place - 1] if place else None
    after_at = next((at for at in range(place + 1, len(own)) if made[at] is not None), -1)
    after = made[after_at] if after_at >= 0 else None
    if before is not None and target_marks(own[place - 1], desk) == wanted:
        return _without_phrases(before.wraps, after)
    if after is not None and target_marks(own[after_at], desk) == wanted:
        return _without_phrases(after.wraps, before)
    if wanted in spare:
        return spare[wanted]
    near = before or after
    shared = _without_phrases(near.wraps, after if near is before else before) if near else ()
    marks = target_marks(own[place - 1 if near is before else after_at], desk) if near else Marks()
    return _changed(shared, marks, wanted, desk.habits)


def _without_phrases(wraps: Wraps, other: Letter | None) -> Wraps:
    """A span of another language or class holds what is typed inside it, not what is typed at its edge."""
    there = other.wraps if other else ()
    return tuple(wrap for wrap in wraps if wrap.kind != "phrase" or wrap in there)


def new_wrap(kind: WrapKind, target: str, habits: Habits) -> Wrap:
    """A mark as this author would write it."""
    match kind:
        case "italic":
            return Wrap(kind, habits.emphasis, habits.emphasis)
        case "link":
            spaced = any(sign in target for sign in " ()<>")
            return Wrap(kind, "[", f"](<{target}>)" if spaced else f"]({target})", -1, target)
        case _:
            opening, closing = WRITTEN[kind]
            return Wrap(kind, opening, closing)


WRITTEN: Mapping[WrapKind, tuple[str, str]] = {
    "bold": ("**", "**"),
    "italic": ("*", "*"),
    "strike": ("~~", "~~"),
    "highlight": ("==", "=="),
    "superscript": ("^", "^"),
    "subscript": ("~", "~"),
    "small_caps": ("[", "]{.small-caps}"),
    "code": ("`", "`"),
    "link": ("[", "]"),
    "phrase": ("[", "]"),
}
IN_TAGS: Mapping[WrapKind, str] = {
    "bold": "strong",
    "italic": "em",
    "strike": "del",
    "highlight": "mark",
    "superscript": "sup",
    "subscript": "sub",
    "code": "code",
}


def in_tags(wrap: Wrap) -> Wrap:
    """A mark as an HTML tag, which may stand where no delimiter may: inside a word, beside punctuation."""
    tag = IN_TAGS.get(wrap.kind)
    return wrap if tag is None else Wrap(wrap.kind, f"<{tag}>", f"</{tag}>", -1, wrap.target)

"""Forms: how plainly a changed paragraph is written, and its letters as each form has them, in marks that nest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from pressout.readers.sourcemap import OBJECT
from pressout.revision.inline import Wrap, WrapKind
from pressout.revision.letters import Desk, Letter, in_tags

DELIMITED: frozenset[str] = frozenset({"*", "**", "_", "__", "~~", "==", "^", "~"})  # these may not stand beside a blank
CURLY = frozenset("“”‘’„‚«»‹›")


class Form(NamedTuple):
    """How plainly a paragraph is written: new words with escapes, all words anew, marks as tags, quotes as set."""

    escaped: bool = False
    anew: bool = False
    tags: bool = False
    twice: bool = False  # where Markdown is read out of what Markdown was read from, as in a picture's title
    curly: bool = False  # where an editor has left a quotation open, straight quotes would be set as others than theirs


FORMS = (
    Form(),
    Form(escaped=True),
    Form(curly=True),
    Form(escaped=True, curly=True),
    Form(escaped=True, anew=True),
    Form(escaped=True, tags=True),
    Form(True, True, True),
)


def shape(letters: Sequence[Letter], form: Form, desk: Desk) -> list[Letter]:
    """The letters as a form has them: marks in an order that nests, blanks outside of marks."""
    result = _unbroken(_fenced(_mended_links(list(letters), desk)))
    if form.curly:
        result = [_as_set(letter) for letter in result]
    if form.anew:
        result = [_united(letter) for letter in result]
    if form.tags:
        result = [replace(letter, wraps=tuple(in_tags(wrap) for wrap in letter.wraps)) for letter in result]
    result = _inward(_adopted(result))
    return _nested(result)


def _as_set(letter: Letter) -> Letter:
    if letter.shown not in CURLY or any(wrap.kind == "code" for wrap in letter.wraps):
        return letter
    return replace(letter, text=letter.shown, raw=letter.shown)


def _united(letter: Letter) -> Letter:
    """Marks of one kind are one, wherever they came from; a link and a phrase stay what they are."""
    kinds: dict[WrapKind, Wrap] = {}
    for wrap in letter.wraps:
        plain = wrap if wrap.kind in ("link", "phrase") else wrap._replace(start=-1)
        kinds.setdefault(plain.kind, plain)
    return replace(letter, wraps=tuple(kinds.values()))


def _adopted(letters: list[Letter]) -> list[Letter]:
    """A new mark that touches an old one of its kind grows from it."""
    if not any(wrap.start < 0 for letter in letters for wrap in letter.wraps):
        return letters
    result = list(letters)
    for order in (range(1, len(result)), range(len(result) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for at in order:
            beside = {wrap.kind: wrap for wrap in result[at + step].wraps if wrap.start >= 0 and wrap.kind not in ("link", "code")}
            wraps = tuple(beside.get(wrap.kind, wrap) if wrap.start < 0 else wrap for wrap in result[at].wraps)
            if wraps != result[at].wraps:
                result[at] = replace(result[at], wraps=wraps)
    return result


def _mended_links(letters: list[Letter], desk: Desk) -> list[Letter]:
    """A link whose words are its target, or its label, needs both written once its words change."""
    spans: dict[Wrap, list[Letter]] = {}
    for letter in letters:
        for wrap in letter.wraps:
            if wrap.kind == "link" and wrap.start >= 0:
                spans.setdefault(wrap, []).append(letter)
    mended: dict[Wrap, Wrap] = {}
    for wrap, inside in spans.items():
        whole = _is_whole(wrap, inside, desk)
        if wrap.open in ("<", "") or (wrap.close in ("]", "][]") and not whole):
            mended[wrap] = wrap._replace(open="[", close=f"]({wrap.target})") if not whole or wrap.open == "" else wrap
    if not mended:
        return letters
    return [replace(letter, wraps=tuple(mended.get(wrap, wrap) for wrap in letter.wraps)) for letter in letters]


def _is_whole(wrap: Wrap, inside: Sequence[Letter], desk: Desk) -> bool:
    """Whether these are all the letters that a link has in the source, as they stand there."""
    if any(letter.key < 0 for letter in inside) or any(b.index != a.until or a.key != b.key for a, b in pairwise(inside)):
        return False
    return sum(letter.until - letter.index for letter in inside) == sum(wrap in glyph.wraps for glyph in desk.glyphs(inside[0].key))


def _unbroken(letters: list[Letter]) -> list[Letter]:
    """Without a line end at the end of a mark, before its tag: what begins that line is the block's, not the tag's."""
    if not letters or not letters[-1].wraps or not is_break(letters[-1]):
        return letters
    bare = {wrap: wrap._replace(close=wrap.close.lstrip(" >")) for wrap in letters[-1].wraps}
    return [replace(letter, wraps=tuple(bare.get(wrap, wrap) for wrap in letter.wraps)) for letter in letters[:-1]]


def _fenced(letters: list[Letter]) -> list[Letter]:
    """Code into which a backtick was typed is fenced by as many as are nowhere in it (CommonMark 0.31, 6.1)."""
    spans: dict[Wrap, list[Letter]] = {}
    for letter in letters:
        for wrap in letter.wraps:
            if wrap.kind == "code" and wrap.open.startswith("`"):
                spans.setdefault(wrap, []).append(letter)
    fences = {
        wrap: _fence(wrap, inside) for wrap, inside in spans.items() if any("`" in each.text and each.key < 0 for each in inside)
    }
    if not fences:
        return letters
    return [replace(letter, wraps=tuple(fences.get(wrap, wrap) for wrap in letter.wraps)) for letter in letters]


def _fence(wrap: Wrap, inside: Sequence[Letter]) -> Wrap:
    text = "".join(letter.text for letter in inside)
    runs = {len(run) for run in re.findall("`+", text)}
    fence = "`" * next(length for length in range(1, len(text) + 2) if length not in runs)
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return wrap._replace(open=fence + blank, close=blank + fence)


def _inward(letters: list[Letter]) -> list[Letter]:
    """Blanks at the edge of a delimited mark fall outside of it."""
    result = list(letters)
    changed = True
    while changed:
        changed = False
        for at, letter in enumerate(result):
            if not letter.text.isspace():
                continue
            before = result[at - 1].wraps if at else ()
            after = result[at + 1].wraps if at + 1 < len(result) else ()
            kept = tuple(wrap for wrap in letter.wraps if wrap.open not in DELIMITED or (wrap in before and wrap in after))
            if kept != letter.wraps:
                result[at] = replace(letter, wraps=kept)
                changed = True
    return result


def _nested(letters: list[Letter]) -> list[Letter]:
    """Marks in order of their reach, the longest outermost; code always innermost."""
    reach: dict[tuple[int, Wrap], int] = {}
    for wrap in {wrap for letter in letters for wrap in letter.wraps}:
        run: list[int] = []
        for at in range(len(letters) + 1):
            if at < len(letters) and wrap in letters[at].wraps:
                run.append(at)
                continue
            reach.update(((place, wrap), len(run)) for place in run)
            run = []
    return [
        replace(
            letter,
            wraps=tuple(
                sorted(letter.wraps, key=lambda wrap: (wrap.kind == "code", -reach[at, wrap], wrap.kind != "link", wrap.start))
            ),
        )
        if len(letter.wraps) > 1 and letter.wraps != letter.source
        else letter
        for at, letter in enumerate(letters)
    ]


def is_break(letter: Letter) -> bool:
    """Whether a letter is a line end, typed by the editor or as the source has it."""
    return letter.text == "\n" or (letter.key >= 0 and "\n" in letter.raw and letter.text != OBJECT)

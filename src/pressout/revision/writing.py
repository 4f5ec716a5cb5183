"""A changed paragraph as Markdown: as near to the source as can be, else more plainly, each form proved by reading it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from typing import Literal, NamedTuple

from pressout.diagnostics import Report
from pressout.model import Source
from pressout.readers.docx.values import Marks
from pressout.readers.markdown import parse_article
from pressout.readers.sourcemap import OBJECT, Passage
from pressout.revision.inline import Inlines, Wrap, WrapKind, Wraps, defining, inlines, marks_of
from pressout.revision.letters import Desk, Letter, in_tags, unlinked
from pressout.revision.origins import like

Setting = Literal["paragraph", "heading", "cell", "caption", "metadata", "name", "code", "loose"]
DELIMITED: frozenset[str] = frozenset({"*", "**", "_", "__", "~~", "==", "^", "~"})  # these may not stand beside a blank
SPECIAL = re.compile(r"[\\`*_\[\]<>&|~^=#@!{}$]")
AT_LINE_START = re.compile(r"(?:[-+:#>]|(\d{1,9})[.)])(?=\s|$)")


class Form(NamedTuple):
    """How plainly a paragraph is written: new words with escapes, all words anew, marks as tags, quotes as set."""

    escaped: bool = False
    anew: bool = False
    tags: bool = False
    twice: bool = False  # where Markdown is read out of what Markdown was read from, as in a picture's title
    curly: bool = False  # where an editor has left a quotation open, straight quotes would be set as others than theirs


CURLY = frozenset("“”‘’„‚«»‹›")
FORMS = (
    Form(),
    Form(escaped=True),
    Form(curly=True),
    Form(escaped=True, curly=True),
    Form(escaped=True, anew=True),
    Form(escaped=True, tags=True),
    Form(True, True, True),
)


@dataclass(frozen=True)
class Writer:
    """Writes paragraphs of one article. `definitions` are its links' targets by label: a paragraph reads otherwise without them."""

    desk: Desk
    definitions: Mapping[str, str]

    def forms(self, letters: Sequence[Letter], setting: Setting) -> Iterator[tuple[Form, list[Letter]]]:
        """The forms that prove, best first."""
        if any(letter.text == OBJECT and letter.key < 0 for letter in letters):
            return  # a picture or a note of the editor's own
        seen: set[str] = set()
        for form in _forms(setting):
            shaped = shape(letters, form, self.desk)
            text = final(shaped, form, Style(setting, ""), self.desk)
            if text not in seen and proves(shaped, form, setting, self):
                yield form, shaped
            seen.add(text)


def _forms(setting: Setting) -> tuple[Form, ...]:
    """The forms to try; between tags it may be HTML that is read, with its own marks and escapes, and not Markdown."""
    if setting not in ("caption", "loose"):
        return FORMS
    return (FORMS[0], Form(tags=True), *FORMS[1:], Form(escaped=True, twice=True))


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
    if not letters or not letters[-1].wraps or not _is_break(letters[-1]):
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


# Written


class Style(NamedTuple):
    """Where a paragraph is written: its setting, and what begins each further line; None keeps what the source has."""

    setting: Setting = "paragraph"
    prefix: str | None = None


def write(letters: Sequence[Letter], form: Form, style: Style, desk: Desk) -> str:
    """The letters as Markdown."""
    pieces: list[str] = []
    opened: Wraps = ()
    last: Letter | None = None
    for letter in letters:
        gap = _gap(last, letter, form, desk)
        if gap is None:
            pieces.append(_turn(opened, letter.wraps))
            pieces.append(_written(letter, form, style, desk))
        else:
            pieces += gap, letter.raw if not _is_break(letter) else _break(letter, style, desk)
        opened, last = letter.wraps, letter
    return "".join([*pieces, _turn(opened, ())])


def _gap(last: Letter | None, letter: Letter, form: Form, desk: Desk) -> str | None:
    """What the source has between two letters that follow each other in it, where nothing about them has changed."""
    if last is None or form.anew or form.tags:
        return None
    if last.key < 0 or last.key != letter.key or last.until != letter.index or not (last.unchanged and letter.unchanged):
        return None
    glyphs = desk.glyphs(letter.key)
    if _is_break(last):
        return _turn(last.wraps, letter.wraps)
    return desk.inlines.raw[glyphs[last.until - 1].end : glyphs[letter.index].start]


def _turn(opened: Wraps, wanted: Wraps) -> str:
    """The marks that close and open between two letters."""
    shared = 0
    while shared < min(len(opened), len(wanted)) and opened[shared] == wanted[shared]:
        shared += 1
    closing = "".join(wrap.close for wrap in reversed(opened[shared:]))
    return closing + "".join(wrap.open for wrap in wanted[shared:])


def _is_break(letter: Letter) -> bool:
    return letter.text == "\n" or (letter.key >= 0 and "\n" in letter.raw and letter.text != OBJECT)


def _written(letter: Letter, form: Form, style: Style, desk: Desk) -> str:
    if _is_break(letter):
        return _break(letter, style, desk)
    in_code = any(wrap.kind == "code" for wrap in letter.wraps)
    was_code = any(wrap.kind == "code" for wrap in letter.source)
    if letter.key >= 0 and in_code == was_code and (not form.anew or letter.text == OBJECT or in_code):
        return letter.raw
    if form == Form(tags=True):
        return escape(letter.text, quote=False)
    text = "\\|" if letter.text == "|" and style.setting == "cell" else letter.text.replace("\t", " ")
    if in_code or style.setting in ("code", "name") or not form.escaped or text == "\\|":
        return text
    return SPECIAL.sub(r"\\\\\g<0>" if form.twice else r"\\\g<0>", text)


def _break(letter: Letter, style: Style, desk: Desk) -> str:
    """A line end: the source's own with what begins the next line, or one that the editor made."""
    if style.setting in ("heading", "metadata", "name", "caption", "loose") or (style.setting == "cell" and letter.text != "\n"):
        return " "
    if style.setting == "cell":
        return letter.raw if letter.key >= 0 and "\n" not in letter.raw else "<br>"
    if style.setting == "code":
        return (letter.raw if "\n" in letter.raw else desk.habits.line_end) + (_code_prefix(letter, style, desk))
    if letter.key >= 0 and "\n" not in letter.raw:
        return letter.raw  # a tag
    if letter.key < 0:
        return f"\\{desk.habits.line_end}{style.prefix or ''}"
    if style.prefix is not None:
        return letter.raw + style.prefix
    return letter.raw + _own_prefix(letter, desk)


def _code_prefix(letter: Letter, style: Style, desk: Desk) -> str:
    if style.prefix is not None:
        return style.prefix
    return _own_prefix(letter, desk) if letter.key >= 0 else ""


def _own_prefix(letter: Letter, desk: Desk) -> str:
    """What begins the source's next line, before its first character and the marks that open there."""
    glyphs = desk.glyphs(letter.key)
    if letter.until >= len(glyphs):
        return ""
    following = glyphs[letter.until]
    begin = min([following.start, *(wrap.start for wrap in following.wraps if wrap.start >= glyphs[letter.until - 1].end)])
    return desk.inlines.raw[glyphs[letter.until - 1].end : begin]


def guarded(text: str) -> str:
    """Lines whose beginnings would make them another kind of block get a backslash there."""
    lines = text.split("\n")
    return "\n".join(_guarded_line(line) for line in lines)


def _guarded_line(line: str) -> str:
    body = line.lstrip(" ")
    found = AT_LINE_START.match(body)
    if not found:
        return line
    at = len(line) - len(body) + (len(found[1]) if found[1] else 0)
    return f"{line[:at]}\\{line[at:]}"


# Proved


def proves(letters: Sequence[Letter], form: Form, setting: Setting, writer: Writer) -> bool:
    """Whether the paragraph, read alone, has the text and the marks that it is to have."""
    if setting in ("code", "name"):
        return form == Form()  # there Markdown is not read
    if setting == "loose":
        return True  # a paragraph between tags means nothing without them: the whole article alone proves it
    text = final([_stand_in(letter) for letter in letters], form, Style(setting, ""), writer.desk)
    if not text.strip():
        return not "".join(letter.text for letter in letters).strip()
    found = read_alone(text, setting, writer.definitions)
    return found is not None and found == wanted(letters)


def final(letters: Sequence[Letter], form: Form, style: Style, desk: Desk) -> str:
    """The Markdown of a form, the beginnings of its lines guarded where it is escaped."""
    if not form.escaped or style.setting not in ("paragraph", "heading", "caption"):
        return write(letters, form, style, desk)
    if style.prefix is None:
        first, line_end, rest = write(letters, form, style, desk).partition("\n")
        return _guarded_line(first) + line_end + rest
    text = guarded(write(letters, form, style._replace(prefix=""), desk))
    return text.replace("\n", f"\n{style.prefix}")


Read = list[tuple[str, Marks]]


def wanted(letters: Sequence[Letter]) -> Read:
    return _collapsed((letter.text, marks_of(letter.wraps)) for letter in letters)


def _stand_in(letter: Letter) -> Letter:
    """A note's mark or a reference reads as text where its note or target is not: a picture stands for it."""
    return replace(letter, raw="![o](o)") if letter.text == OBJECT and letter.key >= 0 else letter


def read_alone(text: str, setting: Setting, definitions: Mapping[str, str]) -> Read | None:
    """What a paragraph reads as, alone; None if it is no single paragraph."""
    around = {"heading": ("# ", "\n"), "cell": ("| ", " |\n|---|\n")}.get(setting, ("", "\n"))
    source = Source(f"\n{around[0]}{text}{around[1]}\n{defining(text, definitions)}\n", "", None)
    article = parse_article(source, Report())
    passages = [passage for passage in article.map.passages if passage.kind != "metadata"]
    if len(passages) != 1 or not _kind_fits(passages[0], setting):
        return None
    whole: Inlines = inlines(article, source.text)
    return _collapsed((glyph.text, marks_of(glyph.wraps)) for glyph in whole.glyphs(passages[0]))


def _kind_fits(passage: Passage, setting: Setting) -> bool:
    if setting == "heading":
        return passage.kind == "heading"
    return passage.kind == "paragraph" and (bool(passage.path) == (setting == "cell"))


def _collapsed(characters: Iterator[tuple[str, Marks]]) -> Read:
    """The characters with blanks made one and without marks, for no blank can be seen to have any; signs as typed."""
    result: Read = []
    for text, marks in unlinked(characters):
        plain = like(text)
        if plain.isspace():
            if result and result[-1][0] != " ":
                result.append((" ", Marks()))
        else:
            result.extend((sign, marks) for sign in SPELLINGS.get(plain, plain) if not sign.isspace())
    if result and result[-1][0] == " ":
        result.pop()
    return result


SPELLINGS = {"…": "..."}

"""A changed paragraph as Markdown: as near to the source as can be, else more plainly, each form proved by reading it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Literal, NamedTuple

from pressout.diagnostics import Report
from pressout.model import Source
from pressout.readers.docx.values import Marks
from pressout.readers.markdown import parse_article
from pressout.readers.sourcemap import OBJECT, Passage
from pressout.revision.forms import FORMS, Form, is_break, shape
from pressout.revision.inline import Inlines, Wraps, defining, inlines, marks_of
from pressout.revision.letters import Desk, Letter, unlinked
from pressout.revision.origins import like

Setting = Literal["paragraph", "heading", "cell", "caption", "metadata", "name", "code", "loose"]
SPECIAL = re.compile(r"[\\`*_\[\]<>&|~^=#@!{}$]")
AT_LINE_START = re.compile(r"(?:[-+:#>]|(\d{1,9})[.)])(?=\s|$)")


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


# Written


class Style(NamedTuple):
    """Where a paragraph is written: its setting, and what begins each further line; None keeps what the source has."""

    setting: Setting = "paragraph"
    prefix: str | None = None


def write(letters: Sequence[Letter], form: Form, style: Style, desk: Desk) -> str:
    """The letters as Markdown."""
    return "".join(line for line, _ in _lines(letters, form, style, desk))


def _lines(letters: Sequence[Letter], form: Form, style: Style, desk: Desk) -> Iterator[tuple[str, bool]]:
    """The letters as Markdown, each line with its end and what begins the next one's; whether its first letter is new."""
    pieces: list[str] = []
    new = False
    opened: Wraps = ()
    last: Letter | None = None
    for letter in letters:
        new = letter.key < 0 if not pieces else new
        gap = _gap(last, letter, form, desk)
        if gap is None:
            pieces.append(_turn(opened, letter.wraps))
            pieces.append(_written(letter, form, style, desk))
        else:
            pieces += gap, letter.raw if not is_break(letter) else _break(letter, style, desk)
        opened, last = letter.wraps, letter
        if "\n" in pieces[-1]:
            yield "".join(pieces), new
            pieces = []
    yield "".join([*pieces, _turn(opened, ())]), new


def _gap(last: Letter | None, letter: Letter, form: Form, desk: Desk) -> str | None:
    """What the source has between two letters that follow each other in it, where nothing about them has changed."""
    if last is None or form.anew or form.tags:
        return None
    if last.key < 0 or last.key != letter.key or last.until != letter.index or not (last.unchanged and letter.unchanged):
        return None
    glyphs = desk.glyphs(letter.key)
    if is_break(last):
        return _turn(last.wraps, letter.wraps)
    return desk.inlines.raw[glyphs[last.until - 1].end : glyphs[letter.index].start]


def _turn(opened: Wraps, wanted: Wraps) -> str:
    """The marks that close and open between two letters."""
    shared = 0
    while shared < min(len(opened), len(wanted)) and opened[shared] == wanted[shared]:
        shared += 1
    closing = "".join(wrap.close for wrap in reversed(opened[shared:]))
    return closing + "".join(wrap.open for wrap in wanted[shared:])


def _written(letter: Letter, form: Form, style: Style, desk: Desk) -> str:
    if is_break(letter):
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
        lines = _lines(letters, form, style, desk)
        return "".join(_guarded_line(line) if new or not place else line for place, (line, new) in enumerate(lines))
    text = guarded(write(letters, form, style._replace(prefix=""), desk))
    return text.replace("\n", f"\n{style.prefix}")


Read = list[tuple[str, Marks]]
SPELLINGS = {"…": "..."}


def wanted(letters: Sequence[Letter]) -> Read:
    """What a paragraph of these letters should read as: each sign with its marks."""
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

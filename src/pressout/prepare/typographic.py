"""Typographic text: straight quotes, hyphens, dots and spaces made into a language's signs, each knowing what it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from pressout.prepare.signs import EN_DASH, NO_BREAK, Signs, signs_of

DEEPEST = 6  # quotations within each other; more are quotes that nothing ended
VERBATIM = "zxx"  # BCP 47's name for what is in no language
ATOM = "\ufffc"  # what stands in a reading text for a picture, a mark or a reference
APOSTROPHE = "’"
LEANT_ON = frozenset('"«“„')
GERESH, GERSHAYIM = "׳", "״"
OPENING = frozenset("([{<«‹„“‘‚–—-/¿¡")
CLOSING = frozenset(")]}>»›”’.,;:!?…–—-/")
# Addresses and the like, whose hyphens, dots and colons are letters of theirs
ADDRESS = r"(?<![\w.+-])(?:(?:[a-z][a-z0-9+.-]{1,30}://|www\.|mailto:)[^\s<>]+|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,190})"
TEMPLATE = r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}"  # what some other program was meant to fill
IDEOGRAPH = re.compile("[\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
WIDE_SIGN = re.compile("[\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]")
HEBREW = re.compile("[\u05d0-\u05ea\ufb1d-\ufb4f]")


class Piece(NamedTuple):
    """What is printed for so many characters of the reading text. Where the two are alike, a piece is as long as can be."""

    text: str
    length: int


class Stretch(NamedTuple):
    """A part of a reading text, from `start` to before `end`, in a language; VERBATIM is left as it is."""

    start: int
    end: int
    lang: str


def typographic(text: str, lang: str, stretches: Sequence[Stretch] = ()) -> tuple[Piece, ...]:
    """The reading text of one block, in pieces that together are its whole length.

    `stretches` are the parts that are not in `lang`, in order and apart. Quotes are paired over the whole text, whatever marks
    stand between. Time is linear in the text's length.
    """
    setting = _Setting(_masked(text, stretches))
    pieces: list[Piece] = []
    done = 0
    for start, end, output in _changes(setting, _all_stretches(len(text), lang, stretches)):
        pieces += [Piece(text[done:start], start - done)] if start > done else []
        pieces.append(Piece(output, end - start))
        done = end
    return (*pieces, *([Piece(text[done:], len(text) - done)] if done < len(text) else []))


def _masked(text: str, stretches: Sequence[Stretch]) -> str:
    """The text as its neighbours see it: what is verbatim is like one more letter, whatever it holds."""
    parts, done = [], 0
    for start, end, lang in stretches:
        if lang == VERBATIM:
            parts += [text[done:start], re.sub(r"\S", ATOM, text[start:end])]
            done = end
    return "".join((*parts, text[done:]))


def _all_stretches(length: int, lang: str, stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    done = 0
    for stretch in stretches:
        if stretch.start > done:
            yield Stretch(done, stretch.start, lang)
        yield stretch
        done = stretch.end
    if done < length:
        yield Stretch(done, length, lang)


def _changes(setting: _Setting, stretches: Iterator[Stretch]) -> Iterator[tuple[int, int, str]]:
    """Where the text changes: from, to, and what is printed."""
    for start, end, lang in stretches:
        if lang == VERBATIM:
            continue
        signs = signs_of(lang)
        for match in _places(signs).finditer(setting.text, start, end):
            output = setting.output(match, signs)
            if output is not None and output != match[0]:
                yield match.start(), match.end(), output


@cache
def _places(signs: Signs) -> re.Pattern[str]:
    """Where a language's text may change; the names are those of the rules."""
    rules = {
        "literal": rf"{ADDRESS}|{TEMPLATE}",
        "dashes": r"[ ]?(?<!-)-{2,3}(?!-)",
        "dash": r"[ ][–—](?=\s)",
        "dots": r"(?<!\.)\.{3}(?!\.)",
        "quote": r"[\"']",
        "line": r"\n",
    }
    if signs.spaced:
        rules["stop"] = rf"[ ]?[{''.join(sign for sign, _ in signs.spaced)}]"
        rules["guillemet"] = r"«[ ]?(?!\s)"
    if signs.bound:
        rules["bound"] = rf"(?<![^\s(„«])[{signs.bound}{signs.bound.upper()}][ ](?=\S)"
    return re.compile("|".join(f"(?P<{name}>{rule})" for name, rule in rules.items()), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Quote:
    """A quotation mark that is open: the character in the source, and what ends it."""

    straight: str
    end: str


@dataclass
class _Setting:
    """One text while it is set: which quotes are open, and what the last one was."""

    text: str
    opened: list[_Quote] = field(default_factory=list)
    leaning: int = -1  # the place of the last sign after which a quote opens, with no space between

    def output(self, match: re.Match[str], signs: Signs) -> str | None:
        """What is printed for a place; None leaves it as it is."""
        match match.lastgroup:
            case "dashes":
                return self._dashes(match, signs)
            case "dash":
                return NO_BREAK + match[0][1:]
            case "dots":
                return None if {self._at(match.start() - 1), self._at(match.end())} & {"/", "\\"} else signs.dots
            case "quote":
                return self._quote(match.start(), signs)
            case "line":
                return self._line(match.start())
            case "stop":
                return self._stop(match, signs)
            case "guillemet":
                return "«" + dict(signs.spaced)["»"]
            case "bound":
                return match[0][:-1] + NO_BREAK
            case _:
                return None

    def _at(self, place: int) -> str:
        return self.text[place] if 0 <= place < len(self.text) else ""

    # Quotes

    def _quote(self, place: int, signs: Signs) -> str | None:
        sign, before, after = self.text[place], self._at(place - 1), self._at(place + 1)
        free_before, free_after = not before.strip(), not after.strip()
        if free_before and free_after and not self._is_open(sign):
            return None
        if HEBREW.match(before) and (HEBREW.match(after) if sign == '"' else after.isalpha()):
            return GERSHAYIM if sign == '"' else GERESH
        if sign == "'" and _in_word(before, after, frozenset() if self._is_open("'") else LEANT_ON):
            self.leaning = place
            return None if before.isdigit() and after.isdigit() else APOSTROPHE
        if self._opens(place, before, after, free_after):
            return self._open(place, signs)
        return self._close(place, before, signs)

    def _opens(self, place: int, before: str, after: str, free_after: bool) -> bool:
        if free_after:
            return False
        if not before.strip() or self.leaning == place - 1 >= 0:
            return True
        if before in OPENING:
            return not (after in CLOSING and self._is_open(self.text[place]))
        return after not in CLOSING and before not in "\"'" and not before.isdigit() and not self._is_open(self.text[place])

    def _is_open(self, straight: str) -> bool:
        return any(quote.straight == straight for quote in self.opened)

    def _open(self, place: int, signs: Signs) -> str:
        sign = self.text[place]
        if sign == "'" and self._is_elision(place, signs):
            return APOSTROPHE
        if len(self.opened) > DEEPEST:
            self.opened.clear()
        inner = (sign == "'") != self._is_open(sign)
        start, end = signs.single if inner else signs.double
        self.opened.append(_Quote(sign, end))
        self.leaning = place
        return _inside_space(start, signs, before=False)

    def _is_elision(self, place: int, signs: Signs) -> bool:
        """Whether an apostrophe begins a word ('tis, '90s); so it does where nothing could end a quotation that it opened."""
        word = re.compile(r"\w*").match(self.text, place + 1)
        follows = word[0].lower() if word else ""
        return bool(re.fullmatch(r"\d\ds?", follows)) or follows in signs.elided or place > self._last_end

    @cached_property
    def _last_end(self) -> int:
        """The last place where a single quote could end something."""
        return max((match.start() for match in re.finditer(r"(?<=\S)'(?!\w)", self.text)), default=-1)

    def _close(self, place: int, before: str, signs: Signs) -> str | None:
        sign = self.text[place]
        for index in range(len(self.opened) - 1, -1, -1):
            if self.opened[index].straight == sign:
                end = self.opened[index].end
                del self.opened[index:]
                return _inside_space(end, signs, before=True)
        if before.isdigit():
            return None  # feet and inches, minutes and seconds
        return APOSTROPHE if sign == "'" else _inside_space(signs.double[1], signs, before=True)

    # Dashes, stops and line ends

    def _dashes(self, match: re.Match[str], signs: Signs) -> str | None:
        space, hyphens = " " * match[0].startswith(" "), match[0].strip(" ")
        before, after = self._at(match.start("dashes") - 1 if not space else match.start()), self._at(match.end())
        if before in ("<", "!", "|", "+", "=") or after in (">", "|", "+", "="):
            return None
        if hyphens == "--" and after.isalnum() and not before.strip():
            return None  # an option of a command
        if before.isdigit() and after.isdigit():
            return EN_DASH
        dash = signs.two if hyphens == "--" else signs.three
        return (NO_BREAK if space and match.start() and not after.strip() else space) + dash

    def _stop(self, match: re.Match[str], signs: Signs) -> str | None:
        """A sign with its space before it, unless it stands in a time, a face, a bracket or a row of signs."""
        stop = match[0].lstrip(" ")
        before, after = self._at(match.start() - 1), self._at(match.end())
        if not before.strip() or before in OPENING:
            return None
        if stop != "»" and (before in "!?;:" or after.isalnum()):
            return None
        if stop in ":;" and after and after in "()-/\\:;":
            return None
        return dict(signs.spaced)[stop] + stop

    def _line(self, place: int) -> str | None:
        """Between ideographs a line end of the source is no space."""
        before, after = self._at(place - 1), self._at(place + 1)
        wide = bool(IDEOGRAPH.match(before)), bool(IDEOGRAPH.match(after))
        if all(wide) or (any(wide) and (WIDE_SIGN.match(before) or WIDE_SIGN.match(after))):
            return ""
        return None


def _in_word(before: str, after: str, leant_on: frozenset[str]) -> bool:
    """Whether an apostrophe stands within a word, or ends one that leans on a quotation: l'"idée"."""
    return before.isalnum() and (after.isalnum() or after in leant_on) and not IDEOGRAPH.match(before + after)


def _inside_space(mark: str, signs: Signs, *, before: bool) -> str:
    """A mark with the space that French sets inside its guillemets."""
    space = dict(signs.spaced).get("»", "") if mark in "«»" else ""
    return space + mark if before else mark + space

"""Code as markup: its words marked by kind, a long line marked so that it folds with a hanging indent."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from pressout.renderers.highlight import Token, tokens
from pressout.renderers.html.markup import element, text

LONG = 60  # characters; a shorter line fits every measure that a theme is likely to have


def highlighted(code: str, language: str) -> str:
    """The code as markup; its characters are exactly those of the source, whatever the lexer makes of them."""
    return "\n".join(map(_line, _lines(tokens(code, language))))


def _lines(pieces: list[Token]) -> Iterator[list[Token]]:
    line: list[Token] = []
    for kind, words in pieces:
        first, *others = words.split("\n")
        line.append((kind, first))
        for other in others:
            yield line
            line = [(kind, other)]
    yield line


def _line(line: list[Token]) -> str:
    # Neighbours of one kind as one span: WeasyPrint 70 breaks a long word only where it begins a line
    kinds = groupby((token for token in line if token[1]), key=itemgetter(0))
    content = "".join(_token(kind, "".join(words for _, words in group)) for kind, group in kinds)
    is_long = sum(len(words) for _, words in line) > LONG
    return element("span", content, {"class": "long-line"}) if is_long else content


def _token(kind: str, words: str) -> str:
    # Blank space and bare names have nothing to show
    return element("span", text(words), {"class": kind}) if kind not in ("", "w", "n") else text(words)

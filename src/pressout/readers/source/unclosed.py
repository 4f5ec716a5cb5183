"""Unclosed: what opens in a text and never closes, or stands behind nothing, named where it stands; its signs stay text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from pressout.diagnostics import Report, Span
from pressout.readers.source.attributes import parse_attributes

if TYPE_CHECKING:
    from pressout.readers.source.blocks import BlockReader

# Signs that a paired one would have taken: what is left of them before a word has opened in vain
SIGNS = re.compile(r"(?:^|(?<=[\s(\[“\"'—–]))(?P<sign>\*\*|~~|==|`)(?=\w)|(?P<comment><!--)|(?P<braces>\{:?[#.\w][^{}]*\})")
UNENDED = {  # what HTML lets run to the end of a text, and what would end it
    re.compile(r"<!--"): re.compile(r"-->"),
    re.compile(r"<(?:script|style)(?=[\s>]|$)", re.IGNORECASE): re.compile(r"</(?:script|style|pre|textarea)>", re.IGNORECASE),
}

BlockRule = Callable[[StateBlock, int, int, bool], bool]


def warn_signs(report: Report, text: str, place: Callable[[int, int], Span]) -> None:
    """Name the signs in a text that were meant to be more; `place` is where a range of it stands."""
    for match in SIGNS.finditer(text):
        span = place(*match.span())
        if span.end - span.start != len(match[0]):  # an escaped sign is longer in the source, and meant
            continue
        if match["braces"]:
            written = parse_attributes(text, match.start(), match.end())
            if written and any(item.value != "unnumbered" for item in written.items):
                hint = "write them right behind a link, a picture, code or [words], or \\{ for a brace"
                report.warn("these attributes stand behind nothing that takes them", span, hint=hint)
        elif match["comment"]:
            report.warn("this comment is never closed, so it is read as text", span, hint="write --> where it ends")
        else:
            escaped = "".join("\\" + sign for sign in match[0])
            hint = f"write {match[0]} where it ends, or {escaped} for the sign itself"
            report.warn(f"'{match[0]}' opens here and never closes", span, hint=hint)


def warn_code(reader: BlockReader, token: Token) -> None:
    """Name a code fence that nothing closes: all that follows is read as code."""
    first, behind = token.map or [0, 1]
    last = reader.copy.text[reader.copy.starts[behind - 1] : reader.copy.line_end(behind - 1)].rstrip()
    if behind - 1 == first or not last.endswith(token.markup):
        hint = f"write {token.markup} on a line of its own where it ends"
        reader.report.warn("this code is never closed; all that follows is read as code", reader.span(token), hint=hint)


def ended(rule: BlockRule) -> BlockRule:
    """The rule of HTML blocks, which leaves what never ends to be read as text: no comment swallows an article."""

    def html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        for opening, closing in UNENDED.items():
            if opening.match(state.src, begin) and begin > last_of(closing, state):
                return False
        return rule(state, start, end, silent)

    return html_block


def last_of(closing: re.Pattern[str], state: StateBlock) -> int:
    """Where what closes stands for the last time: looked for once in a text."""
    known: dict[str, int] = state.env.setdefault("last", {})
    if closing.pattern not in known:
        known[closing.pattern] = max((match.start() for match in closing.finditer(state.src)), default=-1)
    return known[closing.pattern]

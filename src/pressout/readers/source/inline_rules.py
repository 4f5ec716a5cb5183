"""What pressout reads in a line of text beyond CommonMark: notes, spans, attributes, scripts, highlights, cross references."""

from __future__ import annotations

import re
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from pressout.readers.source.attributes import parse_attributes
from pressout.readers.source.recording import AT, RecordingInline

ATTRIBUTES = "attributes"  # in a token's meta: the Written attributes that follow it
NOTE = re.compile(r"\[\^([^\]\s]+)\]")
REFERENCE = re.compile(r"@(\w(?:[\w:.-]*\w)?)")
NUMBERED = ("fig-", "tbl-", "sec-", "lst-", "eq-")  # prefixes that say: this is a reference, whether or not it leads somewhere
SCRIPT = {"^": re.compile(r"\^([^\s^\\]+)\^"), "~": re.compile(r"~([^\s~\\]+)~")}
CARRIERS = ("image", "code_inline", "link_close", "span_close", "cross_reference")


def inline_rules(markdown: MarkdownIt) -> None:
    """Add the rules, each behind the one of CommonMark that has the first word."""
    ruler = markdown.inline.ruler
    ruler.before("link", "note_reference", note_reference)
    ruler.after("image", "span", span)
    ruler.after("span", "note_inline", note_inline)
    ruler.after("note_inline", "script", script)
    ruler.after("script", "highlight", highlight)
    ruler.after("highlight", "cross_reference", cross_reference)
    ruler.push("attributes", attributes)
    markdown.inline.ruler2.before("emphasis", "highlight", close_highlights)


def note_reference(state: StateInline, silent: bool) -> bool:
    """`[^label]`, where a note of that label is written; what has no note stays text."""
    match = NOTE.match(state.src, state.pos, state.posMax)
    if not match or match[1] not in state.env["notes"]:
        return False
    if not silent:
        state.push("note_reference", "", 0).meta["label"] = match[1]
    state.pos = match.end()
    return True


def note_inline(state: StateInline, silent: bool) -> bool:
    """`^[the note's text]`."""
    if not state.src.startswith("^[", state.pos, state.posMax):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if end < 0:
        return False
    if not silent:
        token = state.push("note_inline", "", 0)
        token.children = cast(RecordingInline, state.md.inline).within(state, state.pos + 2, end)
    state.pos = end + 1
    return True


def span(state: StateInline, silent: bool) -> bool:
    """`[text]{.class}`, where the brackets are no link."""
    if not state.src.startswith("[", state.pos) or state.src.find("]{", state.pos, state.posMax) < 0:
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    written = parse_attributes(state.src, end + 1, state.posMax) if end >= 0 else None
    if not written:
        return False
    if not silent:
        enclose(state, "span", (state.pos + 1, end))
    state.pos = end + 1  # the rule of attributes reads the braces
    return True


def script(state: StateInline, silent: bool) -> bool:
    """`^above^` and `~below~`: one word without a blank."""
    pattern = SCRIPT.get(state.src[state.pos])
    match = pattern.match(state.src, state.pos, state.posMax) if pattern else None
    if not match or match[1].startswith("["):
        return False
    if not silent:
        enclose(state, "sup" if match[0][0] == "^" else "sub", match.span(1))
    state.pos = match.end()
    return True


def enclose(state: StateInline, name: str, content: tuple[int, int]) -> None:
    """Push an opening and a closing token with the tokens of the content between them."""
    limit = state.posMax
    state.pos, state.posMax = content
    state.push(f"{name}_open", name, 1)
    state.md.inline.tokenize(state)
    state.pos = content[1]
    state.push(f"{name}_close", name, -1)
    state.posMax = limit


def highlight(state: StateInline, silent: bool) -> bool:
    """`==text==`: the marks are pushed as text, and paired when the whole line is read."""
    if silent or not state.src.startswith("==", state.pos, state.posMax):
        return False
    scanned = state.scanDelims(state.pos, True)
    if scanned.length != 2:
        return False
    state.push("text", "", 0).content = "=="
    place = len(state.tokens) - 1
    state.delimiters.append(Delimiter(ord("="), 0, place, -1, scanned.can_open, scanned.can_close))
    state.pos += 2
    return True


def close_highlights(state: StateInline) -> None:
    """Turn paired marks into tokens that open and close."""
    lists = [state.delimiters, *(meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta)]
    for delimiters in lists:
        for opener in delimiters:
            if opener.marker == ord("=") and opener.end >= 0:
                turn(state.tokens[opener.token], "mark_open", 1)
                turn(state.tokens[delimiters[opener.end].token], "mark_close", -1)


def turn(token: Token, name: str, nesting: int) -> None:
    """Make a token the opening (`nesting` above 0) or the closing tag of a highlight."""
    token.type, token.tag, token.content = name, "mark", ""
    token.nesting = 1 if nesting > 0 else -1


def cross_reference(state: StateInline, silent: bool) -> bool:
    """`@fig-x`: a reference by its prefix, or because something in the document has that id; any other `@word` is text."""
    match = REFERENCE.match(state.src, state.pos, state.posMax)
    if not match or (state.pos and (state.src[state.pos - 1].isalnum() or state.src[state.pos - 1] in "_./")):
        return False
    if not match[1].startswith(NUMBERED) and match[1] not in state.env["ids"]:
        return False
    if not silent:
        state.push("cross_reference", "", 0).meta["target"] = match[1]
    state.pos = match.end()
    return True


def attributes(state: StateInline, silent: bool) -> bool:
    """`{...}` right behind a picture, a code span, a link, a span or a cross reference."""
    if silent or state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    token = state.tokens[-1]
    if token.type not in CARRIERS or ATTRIBUTES in token.meta or token.meta.get(AT, (0, -1))[1] != state.pos:
        return False
    written = parse_attributes(state.src, state.pos, state.posMax)
    if not written:
        return False
    token.meta[ATTRIBUTES] = written
    state.pos = written.end
    return True

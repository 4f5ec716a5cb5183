"""What pressout reads in whole lines beyond CommonMark: divisions, verse, attribute lines, captions, abbreviations."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from pressout.readers.source.attributes import Written, parse_attributes
from pressout.readers.source.inline_rules import ATTRIBUTES

FENCE = re.compile(r"(:{3,})[ \t]*(?:([\w-]+)[ \t]*)?(\{.*\}|[^:{\n]*)?[ \t:]*$")
CODE_FENCE = re.compile(r"(`{3,}|~{3,})")
ABBREVIATION = re.compile(r"\*\[([^\]\n]+)\]:[ \t]*(.*)$")
ANY = ["paragraph", "reference", "blockquote", "list"]


def block_rules(markdown: MarkdownIt) -> None:
    """Teach a markdown-it the rules of this module, each before those of CommonMark that would read its lines otherwise."""
    ruler = markdown.block.ruler
    ruler.before("fence", "division", division, {"alt": ANY})
    ruler.before("fence", "attributes", attribute_line, {"alt": ANY})
    ruler.before("reference", "abbreviation", abbreviation, {"alt": ["paragraph", "reference"]})
    ruler.after("division", "caption", caption, {"alt": ["blockquote"]})


def line_of(state: StateBlock, line: int) -> str:
    """A line without its indent and without the marks of the blocks that it stands in."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def division(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`::: name {#id .class}` to `:::`; one inside another needs no longer fence."""
    if state.is_code_block(start) or not state.src.startswith(":::", state.bMarks[start] + state.tShift[start]):
        return False
    match = FENCE.match(line_of(state, start))
    if not match or not (match[2] or match[3]):
        return False
    written, title = attributes_in(state, start, match)
    if not written and not match[2]:
        return False
    if silent:
        return True
    close = closing_line(state, start, end)
    closed = close < end and line_of(state, close).startswith(":::") and state.sCount[close] >= state.blkIndent
    token = state.push("division_open", "div", 1)
    token.map = [start, close + closed]
    token.info = match[2] or ""
    token.meta.update({ATTRIBUTES: [written] if written else [], "title": title, "closed": closed})
    (verse_lines if names_verse(token.info, written) else division_blocks)(state, start + 1, close)
    state.push("division_close", "div", -1)
    state.line = close + closed
    return True


def attributes_in(state: StateBlock, line: int, match: re.Match[str]) -> tuple[Written | None, tuple[int, int] | None]:
    """The attributes behind a division's name, or else the place of its title."""
    if not match[3]:
        return None, None
    begin = state.bMarks[line] + state.tShift[line] + match.start(3)
    written = parse_attributes(state.src, begin, begin + len(match[3]))
    return written, None if written or not match[2] else (begin, begin + len(match[3].rstrip()))


def names_verse(name: str, written: Written | None) -> bool:
    """Whether a division's name or classes make it verse, whose lines are read as they stand."""
    return name == "verse" or bool(written and any(item.key == "." and item.value == "verse" for item in written.items))


def closing_line(state: StateBlock, start: int, end: int) -> int:
    """The line of the colons that close the division which opens at `start`; else where its item of a list ends, or all does."""
    depth, fence = 0, ""
    for line in range(start, end):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return line
        text = line_of(state, line)
        code = CODE_FENCE.match(text)
        if code and (not fence or code[1].startswith(fence)):
            fence = "" if fence else code[1]
        if fence or not text.startswith(":::"):
            continue
        depth += 1 if text.strip(": \t") else -1
        if depth == 0:
            return line
    return end


def division_blocks(state: StateBlock, start: int, end: int) -> None:
    """Read the lines of a division, from `start` to before `end`, as blocks."""
    limit, parent = state.lineMax, state.parentType
    state.lineMax, state.parentType = end, "division"
    state.md.block.tokenize(state, start, end)
    state.lineMax, state.parentType = limit, parent


def verse_lines(state: StateBlock, start: int, end: int) -> None:
    """Each line by itself, an empty one for the gap between stanzas; `indent` is how far it is set in."""
    for line in range(start, end):
        token = state.push("inline", "", 0)
        token.content = line_of(state, line).rstrip(" \t")
        token.map, token.children = [line, line + 1], []
        token.meta["indent"] = max(0, state.sCount[line] - state.blkIndent)


def attribute_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`{#id .class}` on a line of its own: for the block that ends right above it, else for the one that follows."""
    begin, limit = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if state.is_code_block(start) or not state.src.startswith("{", begin):
        return False
    written = parse_attributes(state.src, begin, limit)
    if not written or state.src[written.end : limit].strip():
        return False
    if silent:
        return True
    token = state.push("attributes", "", 0)
    token.map = [start, start + 1]
    token.meta[ATTRIBUTES] = written
    token.meta["above"] = start > 0 and not state.isEmpty(start - 1)
    state.line = start + 1
    return True


def caption(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`: words` right under a table end it; what they are is seen when all blocks are read."""
    return silent and state.parentType == "table" and state.src.startswith(": ", state.bMarks[start] + state.tShift[start])


def abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`*[HTML]: HyperText Markup Language`: printed nowhere, known everywhere."""
    if state.is_code_block(start) or not state.src.startswith("*[", state.bMarks[start] + state.tShift[start]):
        return False
    match = ABBREVIATION.match(line_of(state, start))
    if not match:
        return False
    if not silent:
        place = (state.bMarks[start] + state.tShift[start], state.eMarks[start])
        if match[1] in state.env["abbreviations"]:
            state.env.setdefault("abbreviated twice", []).append((match[1], place))
        state.env["abbreviations"].setdefault(match[1], match[2].strip())
        state.env["abbreviated"].setdefault(match[1], place)
        state.line = start + 1
    return True

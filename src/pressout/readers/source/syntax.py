"""The source language: CommonMark, GitHub's tables, strikethrough and task lists, and the rules of pressout."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

from pressout.readers.source.attributes import parse_attributes
from pressout.readers.source.block_rules import block_rules
from pressout.readers.source.inline_rules import ATTRIBUTES, inline_rules
from pressout.readers.source.leftovers import Targets
from pressout.readers.source.recording import BEGIN, record
from pressout.readers.source.unclosed import ended

DEEPEST = 40  # blocks in blocks; Python's own stack carries some six frames for each
CALLOUT = re.compile(r"\[!(\w+)\][+-]?(?:[ \t]+(.*))?$")
CALLOUTS = {
    "note": "note",
    "info": "note",
    "tip": "tip",
    "hint": "tip",
    "important": "important",
    "caution": "caution",
    "warning": "warning",
    "danger": "warning",
    "example": "example",
}
QUOTES = ("blockquote_open", "division_open")
DASH = re.compile(r"[ \t]*(?:—|―|–|--)[ \t]+(?=\S)")
HASHES = re.compile(r"(?:^|[ \t]+)#+$")
DROPPED, CAPTIONED = "dropped", "captioned"
IDENTIFIER = re.compile(r"(?:\{|[ \t])#([\w:.-]+)(?=[\s}])")


@cache
def parser() -> MarkdownIt:
    """The parser of the whole language; it holds nothing of what it has parsed."""
    markdown = MarkdownIt("commonmark", {"maxNesting": DEEPEST, "tasklists": True})
    markdown.enable(["table", "strikethrough"])
    deflist_plugin(markdown)
    markdown.block.ruler.before("reference", "note", footnote_def, {"alt": ["paragraph", "reference"]})
    block_rules(markdown)
    html = next(rule for rule in markdown.block.ruler.__rules__ if rule.name == "html_block")
    markdown.block.ruler.at("html_block", ended(html.fn), {"alt": html.alt})
    inline_rules(markdown)
    markdown.core.ruler.after("block", "notes", note_labels)
    markdown.core.ruler.after("notes", "blocks", arrange)
    return record(markdown)


def tokens_of(text: str) -> tuple[list[Token], dict[str, Any]]:
    """The tokens of a text, and what they share: link targets, notes, abbreviations."""
    env: dict[str, Any] = {
        "notes": set(),
        "abbreviations": {},
        "abbreviated": {},
        "references": Targets(),
        "orphans": [],
        "ids": set(IDENTIFIER.findall(text)),
    }
    return parser().parse(text, env), env


def note_labels(state: StateCore) -> None:
    """The labels that have a note: known before any line of text is read."""
    state.env["notes"] = {token.meta["label"] for token in state.tokens if token.type == "footnote_reference_open"}


def arrange(state: StateCore) -> None:
    """Set the block tokens right before their text is read: callouts, the attributes of headings, captions of tables."""
    give_attributes(state)
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.type != "inline" or not index:
            continue
        if tokens[index - 1].type == "heading_open":
            cut_attributes(token, tokens[index - 1].markup.startswith("#"))
        elif tokens[index - 1].type == "paragraph_open":
            name_caption(tokens, index)
            if index > 1 and tokens[index - 2].type == "blockquote_open":
                open_callout(tokens, index)
    name_attributions(tokens)
    state.tokens = [token for token in tokens if DROPPED not in token.meta]


def name_attributions(tokens: list[Token]) -> None:
    """The last line of a quote says who wrote it where it begins with a dash and words stand before it."""
    openers: list[Token] = []
    for index, token in enumerate(tokens):
        if token.nesting > 0 and token.type in QUOTES:
            openers.append(token)
        elif token.type in ("blockquote_close", "division_close"):
            opener = openers.pop()
            if tokens[index - 1].type == "paragraph_close" and "callout" not in opener.meta:
                cut_attribution(opener, tokens[index - 3 : index])
            elif tokens[index - 1].type == "inline":
                name_poet(opener, [line for line in tokens[index - 2 : index] if line.content])


def cut_attribution(opener: Token, paragraph: list[Token]) -> None:
    """Take the last line of a quotation's paragraph off as its attribution, where a dash begins it or an attribute says so."""
    opening, inline, _ = paragraph
    named = any(item.value == "attribution" for written in opening.meta.get(ATTRIBUTES, ()) for item in written.items)
    words, _, last = ("", "", inline.content) if named else inline.content.rpartition("\n")
    match = DASH.match(last) or (named and re.match("", last))
    alone = not words and opener.map == inline.map
    if not match or not inline.map or alone or DROPPED in inline.meta:
        return
    lines = list(inline.map) if named else [inline.map[1] - 1, inline.map[1]]
    opener.meta["attribution"] = Token("inline", "", 0, content=last[match.end() :], map=lines, children=[])
    inline.content = words
    inline.map = [inline.map[0], lines[0]]
    opening.map = list(inline.map)
    for each in paragraph if not words else ():
        each.meta[DROPPED] = True


def name_poet(opener: Token, lines: list[Token]) -> None:
    """The last line of verse behind a dash says whose it is."""
    match = DASH.match(lines[-1].content) if lines else None
    if match:
        line = lines[-1]
        opener.meta["attribution"] = Token("inline", "", 0, content=line.content[match.end() :], map=line.map, children=[])
        line.content = ""


def give_attributes(state: StateCore) -> None:
    """Give each attribute line to its block: the one that ends right above it, else the one that follows."""
    if not any(token.type == "attributes" for token in state.tokens):
        return
    above: dict[int, Token] = {}
    waiting: list[Token] = []
    for token in state.tokens:
        if token.type == "attributes":
            token.meta[DROPPED] = True
            if token.meta["above"] and token.level in above:
                above[token.level].meta.setdefault(ATTRIBUTES, []).append(token.meta[ATTRIBUTES])
            else:
                waiting.append(token)
        elif token.nesting >= 0 and token.type != "inline":
            taken = [line for line in waiting if line.level == token.level]
            token.meta.setdefault(ATTRIBUTES, []).extend(line.meta[ATTRIBUTES] for line in taken)
            waiting = [line for line in waiting if line.level != token.level]
            above[token.level] = token
            above.pop(token.level + 1, None)
        elif token.nesting < 0:
            lost, waiting = waiting, [line for line in waiting if line.level <= token.level]
            state.env["orphans"].extend(line.meta[ATTRIBUTES] for line in lost if line.level > token.level)
    state.env["orphans"].extend(line.meta[ATTRIBUTES] for line in waiting)


def cut_attributes(token: Token, hashes: bool = False) -> None:
    """Take `{#id .class}` off the end of a heading's or caption's text; `whole` is the text as it was.

    The hashes that close a heading are no words when attributes follow them either.
    """
    start = token.content.rfind("{")
    written = parse_attributes(token.content, start, len(token.content)) if start >= 0 else None
    if written and written.end == len(token.content):
        token.meta["whole"] = token.content
        token.meta[ATTRIBUTES] = written
        token.content = token.content[:start].rstrip()
        if hashes:
            token.content = HASHES.sub("", token.content)


def name_caption(tokens: list[Token], index: int) -> None:
    """A paragraph `: words` or `Table: words` next to a table is its caption."""
    content = tokens[index].content
    mark = next((mark for mark in ("Table: ", ": ") if content.startswith(mark)), "")
    if not mark:
        return
    below = mark != ": " and index + 2 < len(tokens) and tokens[index + 2].type == "table_open"
    above = not below and index > 1 and tokens[index - 2].type == "table_close" and not has_caption(tokens, index - 2)
    if below:
        tokens[index + 2].meta[CAPTIONED] = True
    if above or below:
        tokens[index - 1].type, tokens[index + 1].type = "caption_open", "caption_close"
        tokens[index - 1].meta["above"] = above
        tokens[index].content = content[len(mark) :]
        cut_attributes(tokens[index])
        tokens[index].meta["whole"] = content
        tokens[index].meta["from"] = len(mark)


def has_caption(tokens: list[Token], index: int) -> bool:
    """Whether the table that closes here has a caption above it."""
    while tokens[index].type != "table_open":
        index -= 1
    return CAPTIONED in tokens[index].meta


def open_callout(tokens: list[Token], index: int) -> None:
    """Make a quote that begins with `[!NOTE]` a callout; what stands behind that is its title."""
    quote, paragraph, inline = tokens[index - 2 : index + 1]
    first, _, rest = inline.content.partition("\n")
    match = CALLOUT.match(first)
    if not match or match[1].lower() not in CALLOUTS or not inline.map:
        return
    quote.meta["callout"] = CALLOUTS[match[1].lower()]
    title = Token("inline", "", 0, content=(match[2] or "").strip(), map=list(inline.map), children=[])
    inline.content = rest.lstrip(" \t")
    inline.map = [inline.map[0] + 1, inline.map[1]]
    paragraph.map = list(inline.map)
    for each in (inline, paragraph):
        each.meta.pop(BEGIN, None)
    if not rest:
        for each in tokens[index - 1 : index + 2]:
            each.meta[DROPPED] = True
    quote.meta["title"] = title if title.content else None

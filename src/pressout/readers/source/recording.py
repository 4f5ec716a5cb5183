"""A markdown-it that records: every inline token knows its place in the text that was parsed, every block where it begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, fragments_join
from markdown_it.token import Token

Piece = tuple[int, int, int]
"""So many characters of a text token, and the range of the parsed text that they came from."""

# What the recording leaves in a token's `meta`: a text's pieces, the range of any other inline, and where a block begins
PIECES, AT, BEGIN = "pieces", "at", "begin"
FRESH = "fresh"  # the state's position when a token was pushed; gone once the token has its place


def record(markdown: MarkdownIt) -> MarkdownIt:
    """Make a parser record. Call it when all rules are in; the token stream stays what it was, but for `meta`."""
    inline, block = RecordingInline(), RecordingBlock()
    inline.__dict__.update(markdown.inline.__dict__)
    block.__dict__.update(markdown.block.__dict__)
    markdown.inline, markdown.block = inline, block
    markdown.core.ruler.disable(["text_join", "normalize"], True)
    if "fragments_join" in inline.ruler2.get_active_rules():
        inline.ruler2.at("fragments_join", join_fragments)
    for rule in block.ruler.__rules__:
        block.ruler.at(rule.name, recorded(rule.fn), {"alt": rule.alt})
    active = markdown.get_active_rules()["block"]
    block.ruler.enableOnly(active)
    return markdown


class RecordingState(StateInline):
    """An inline state whose pending text remembers where it was found."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        self.pieces: list[Piece] = []
        super().__init__(src, md, env, tokens)

    def _shorten(self, value: str) -> None:
        cast(property, StateInline.pending).__set__(self, value)
        excess = sum(piece[0] for piece in self.pieces) - len(value)
        if excess < 0:  # a rule that knows only `state.pending += text`
            self.pieces.append((-excess, self.pos, self.pos - excess))
        while excess > 0:
            length, start, end = self.pieces.pop()
            if length > excess:
                self.pieces.append((length - excess, start, end - excess))
            excess -= min(length, excess)

    pending = property(cast(property, StateInline.pending).__get__, _shorten)

    def append_pending(self, text: str) -> None:
        super().append_pending(text)
        self.pieces.append((len(text), self.pos, self.pos + len(text)))

    def pushPending(self) -> Token:  # noqa: N802
        pieces = self.pieces
        self.pieces = []
        token = super().pushPending()
        token.meta[PIECES] = pieces
        return token

    def push(self, ttype: str, tag: str, nesting: Any) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta[FRESH] = self.pos
        return token


class RecordingInline(ParserInline):
    """The inline parser that gives each token the range of the text which its rule has read."""

    def tokenize(self, state: StateInline) -> None:
        rules = self.ruler.getRules("")
        deepest = state.md.options["maxNesting"]
        while state.pos < state.posMax:
            start, count = state.pos, len(state.tokens)
            if state.level < deepest and apply_rule(rules, state):
                settle(state, state.tokens[count:], start)
                continue
            state.append_pending(state.src[start])
            state.pos += 1
        if state.pending:
            state.pushPending()

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        return self.parse_range(RecordingState(src, md, env, tokens))

    def within(self, outer: StateInline, start: int, end: int) -> list[Token]:
        """The tokens of a part of the text that a state is reading, in the same coordinates."""
        state = RecordingState(outer.src, outer.md, outer.env, [])
        state.pos, state.posMax = start, end
        return self.parse_range(state)

    def parse_range(self, state: StateInline) -> list[Token]:
        """The tokens of what a state has before it, in its coordinates."""
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def apply_rule(rules: list[Callable[[StateInline, bool], bool]], state: StateInline) -> bool:
    """Whether one of the rules reads what stands here; RuntimeError for a rule that reads nothing, which would go on for ever."""
    start = state.pos
    for rule in rules:
        if rule(state, False):
            if state.pos <= start:
                raise RuntimeError("an inline rule has matched nothing")
            return True
    return False


def settle(state: StateInline, tokens: list[Token], start: int) -> None:
    """Give the tokens that one rule has pushed their places; those of a rule inside it have theirs already."""
    at = start
    for token in tokens:
        begin = token.meta.pop(FRESH, None)
        if begin is None:
            continue
        if token.type == "text":
            at = literal(state, token, at)
        elif token.type == "text_special":
            token.meta[PIECES] = [(len(token.content), start, state.pos)]
        elif token.type == "code_inline":
            token.meta[PIECES] = [code_piece(state, token, start)]
            token.meta[AT] = (start, state.pos)
        else:
            token.meta[AT] = inline_range(state, token, (start, begin))


def literal(state: StateInline, token: Token, at: int) -> int:
    """Place a text that a rule pushed: emphasis marks one behind the other, an autolink's address inside its brackets."""
    length = len(token.content)
    if state.src.startswith(token.content, at):
        token.meta[PIECES] = [(length, at, at + length)]
        return at + length
    exact = state.src.startswith(token.content, at + 1)
    token.meta[PIECES] = [(length, at + 1, at + 1 + length if exact else state.pos - 1)]
    return state.pos


def code_piece(state: StateInline, token: Token, start: int) -> Piece:
    """The piece of a code span between its backticks, less the blank that CommonMark takes off at both ends (0.31, 6.1)."""
    fence = len(token.markup)
    stripped = state.pos - start - 2 * fence - len(token.content) == 2
    begin = start + fence + stripped
    return len(token.content), begin, begin + len(token.content)


def inline_range(state: StateInline, token: Token, place: tuple[int, int]) -> tuple[int, int]:
    """A closing mark begins where its rule stood when it pushed it; an opening one ends there; a break ends with its line."""
    start, begin = place
    if token.nesting > 0:
        return start, begin if begin > start else start + 1
    if token.nesting < 0:
        return (begin, state.pos) if begin > start else (state.pos - 1, state.pos)
    if token.type not in ("softbreak", "hardbreak"):
        return start, state.pos
    end = state.src.index("\n", start) + 1
    while start > 0 and state.src[start - 1] == " ":
        start -= 1
    return start, end


def join_fragments(state: StateInline) -> None:
    """Join neighbouring texts as markdown-it does, and their pieces with them."""
    restore_order(state.tokens)
    joined: list[Piece] = []
    for token in state.tokens:
        if token.type != "text":
            joined = []
        else:
            joined.extend(token.meta.get(PIECES, ()) if token.content else ())
            token.meta[PIECES] = joined
    fragments_join(state)


def restore_order(tokens: list[Token]) -> None:
    """In `~~a~~~` markdown-it moves the odd tilde behind the closing mark: let the places follow, so that they still ascend."""
    for index, token in enumerate(tokens):
        if token.type != "text" or token.content != "~":
            continue
        closers: list[Token] = []
        while (before := tokens[index - len(closers) - 1]) and index > len(closers):
            if before.type != "s_close" or before.meta[PIECES][0][1] < token.meta[PIECES][0][1]:
                break
            closers.append(before)
        for closer in closers:
            closer.meta[PIECES] = [(2, start - 1, end - 1) for _, start, end in closer.meta[PIECES]]
        token.meta[PIECES] = [(1, start + 2 * len(closers), end + 2 * len(closers)) for _, start, end in token.meta[PIECES]]


class RecordingBlock(ParserBlock):
    """The block parser that keeps what is nested too deeply as text, where markdown-it would drop it."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        if state.level < state.md.options["maxNesting"]:
            return super().tokenize(state, startLine, endLine)
        state.env.setdefault("too deep", state.bMarks[startLine] + state.tShift[startLine])
        paragraph = next(rule.fn for rule in self.ruler.__rules__ if rule.name == "paragraph")
        line = startLine
        while (line := state.skipEmptyLines(line)) < endLine and state.sCount[line] >= state.blkIndent:
            paragraph(state, line, endLine, False)
            line = state.line
        return None


def recorded(rule: RuleFuncBlockType) -> RuleFuncBlockType:
    """The rule, which now notes where each block begins: behind the marks of what it stands in."""

    def note_begin(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: N803
        if silent:
            return rule(state, startLine, endLine, True)
        count, begin = len(state.tokens), state.bMarks[startLine] + state.tShift[startLine]
        if not rule(state, startLine, endLine, False):
            return False
        for token in state.tokens[count : count + 1]:
            token.meta[BEGIN] = begin
        for token in state.tokens[count + 1 :]:
            if token.map and BEGIN not in token.meta:
                line = token.map[0]
                token.meta[BEGIN] = state.bMarks[line] + state.tShift[line]
        return True

    return note_begin

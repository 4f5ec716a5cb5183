"""Questions: the questions of an FAQ with their answers, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from pressout.diagnostics import Span
from pressout.model import (
    Block,
    Blocks,
    Division,
    Document,
    Inline,
    Inlines,
    LineBreak,
    Paragraph,
    QuestionAnswer,
    Role,
    Section,
    SoftBreak,
    Strong,
    Text,
)
from pressout.prepare.sections import reach
from pressout.terms import term
from pressout.walk import plain_text, rewrite

QUESTION_MARK = re.compile(r"[?？؟;՞](?=\W|$)")  # the Greek one is a semicolon
QUESTION_END = re.compile(rf"{QUESTION_MARK.pattern}\W*$")


def find_questions(document: Document) -> Document:
    """The document with each question of an FAQ joined to its answer; what stands before the first question stays as it is."""
    lang = document.metadata.lang

    def paired(block: Block) -> Blocks:
        match block:
            case Section(role=Role.FAQ):
                return (replace(block, blocks=_pair(block.blocks, lang)),)
            case Division() if Role.FAQ.value in block.attributes.classes:
                return (replace(block, blocks=_pair(block.blocks, lang)),)
            case _:
                return (block,)

    return replace(document, blocks=rewrite(document.blocks, paired, lambda inlines: inlines))


def has_questions(blocks: Blocks, lang: str) -> bool:
    """Whether these blocks hold questions with answers: headings with text below them, or paragraphs marked or set in bold."""
    return any(_is_asked(block, lang) for block in blocks)


def has_dialogue(blocks: Blocks, lang: str) -> bool:
    """Whether questions marked "Q:" have answers marked "A:", twice at least: questions and answers, whatever they are called."""
    marks = [mark for block in blocks for mark in _marks(block, lang)]
    return sum(pair == ("question", "answer") for pair in pairwise(marks)) > 1


def _marks(block: Block, lang: str) -> Iterator[str]:
    """The marks with which a paragraph and its lines begin."""
    match block:
        case Paragraph(content=content):
            starts = [0, *(place + 1 for place, inline in enumerate(content) if _is_line_end(inline))]
            for start in starts:
                yield from (kind for kind in ("question", "answer") if _marked(content[start : start + 2], kind, lang))
        case _:
            return


def _is_asked(block: Block, lang: str) -> bool:
    match block:
        case Section(blocks=blocks):
            return bool(blocks)
        case Paragraph():
            return _asked(block, lang) is not None
        case QuestionAnswer():
            return True
        case _:
            return False


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question whose answer is still being read."""

    question: Inlines
    paragraph: Paragraph
    answer: list[Block] = field(default_factory=list)

    def closed(self) -> QuestionAnswer:
        span = reach(self.paragraph.span, self.answer)
        return QuestionAnswer(self.question, tuple(self.answer), span=span, attributes=self.paragraph.attributes)


def _pair(blocks: Blocks, lang: str) -> Blocks:
    """The blocks of an FAQ: its sub-sections are questions or groups of them, marked and bold paragraphs begin one."""
    done: list[Block] = []
    asked: _Asked | None = None
    for block in blocks:
        match block:
            case Paragraph() if question := _asked(block, lang):
                done += [asked.closed()] if asked else []
                asked = question
            case Section():
                done += [asked.closed()] if asked else []
                asked = None
                done.append(_from_section(block, lang))
            case _:
                (asked.answer if asked else done).append(block)
    return (*done, *([asked.closed()] if asked else []))


def _from_section(section: Section, lang: str) -> Section | QuestionAnswer:
    """A question from its heading; a group of questions stays a section."""
    heading = section.heading
    groups = any(map(_is_section, section.blocks)) or (
        not QUESTION_END.search(plain_text(heading.content)) and has_questions(section.blocks, lang)
    )
    if groups:
        return replace(section, blocks=_pair(section.blocks, lang))
    attributes = replace(section.attributes, lang=heading.attributes.lang, dir=heading.attributes.dir)
    return QuestionAnswer(heading.content, section.blocks, span=section.span, attributes=attributes)


def _is_section(block: Block) -> bool:
    match block:
        case Section():
            return True
        case _:
            return False


def _asked(paragraph: Paragraph, lang: str) -> _Asked | None:
    """The question in a paragraph: marked "Q:", or in bold and with a question mark; an answer may follow it there.

    The mark stays, since the writer's words are the writer's.
    """
    line, rest = _first_line(paragraph.content, lang)
    if _marked(line[:2], "question", lang):
        return _Asked(_unbold(line), paragraph, _remainder(paragraph, rest))
    match paragraph.content:
        case (Strong(content=bold),) if QUESTION_MARK.search(plain_text(bold)):
            return _Asked(bold, paragraph)
        case (Strong(content=bold), *after) if QUESTION_END.search(plain_text(bold)):
            return _Asked(bold, paragraph, _remainder(paragraph, tuple(after)))
        case _:
            return None


def _unbold(line: Inlines) -> Inlines:
    """A question is set apart by its look, so its writer's bold has done its work."""
    match line:
        case (Strong(content=content),):
            return content
        case _:
            return line


def _first_line(content: Inlines, lang: str) -> tuple[Inlines, Inlines]:
    """A question ends where a line begins with the mark of an answer; else it is the whole paragraph."""
    for index, inline in enumerate(content):
        match inline:
            case SoftBreak() | LineBreak() if _marked(content[index + 1 : index + 3], "answer", lang):
                return content[:index], content[index + 1 :]
            case _:
                continue
    return content, ()


def _marked(content: Inlines, kind: str, lang: str) -> bool:
    return bool(_mark(kind, lang).match(plain_text(content)))


@cache
def _mark(kind: str, lang: str) -> re.Pattern[str]:
    """The mark of a question or answer: the language's word for it or its first letter, or the English one, with a colon."""
    words = (term(kind, lang), term(kind, "en"))
    marks = sorted({mark for word in words for mark in (word, word[0])}, reverse=True)
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, marks))})\s*\d*\s*[:：]", re.IGNORECASE)


def _remainder(paragraph: Paragraph, rest: Inlines) -> list[Block]:
    """What follows the question in its paragraph, as the answer's first."""
    rest = _without_space(rest)
    if not rest:
        return []
    first, whole = rest[0].span, paragraph.span
    return [Paragraph(rest, span=replace(first, end=whole.end) if first and whole else whole)]


def _without_space(run: Inlines) -> Inlines:
    """The run from its first word on."""
    match run:
        case (SoftBreak() | LineBreak(), *rest):
            return _without_space(tuple(rest))
        case (Text(text=text) as first, *rest) if text[:1].isspace():
            words = text.lstrip()
            return (replace(first, text=words, span=_later(first.span, len(text) - len(words))), *rest) if words else tuple(rest)
        case _:
            return run


def _later(span: Span | None, characters: int) -> Span | None:
    return replace(span, column=span.column + characters, start=span.start + characters) if span else None


def _is_line_end(inline: Inline) -> bool:
    match inline:
        case SoftBreak() | LineBreak():
            return True
        case _:
            return False

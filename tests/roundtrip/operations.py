"""Edits that two editors can make alike: named by paragraph and word, made in XML here and in LibreOffice elsewhere."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from .editor import (
    BODY,
    Editor,
    W,
    cut,
    delete_run,
    edited,
    following,
    insert_run,
    is_bold,
    is_code,
    is_front,
    is_single,
    is_whole,
    mark,
    new_paragraph,
    paragraphs,
    run_like,
    runs,
    stories,
    style_of,
    text_of,
    words,
)
from .edits import WORDS, embolden

KINDS = ("replace", "insert", "delete", "bold", "italic", "split", "paragraph deleted", "paragraph inserted")


class Operation(NamedTuple):
    """An edit of the paragraph that says `whole`: at its word `word`, with the text `new`."""

    kind: str
    whole: str
    word: str
    new: str


def planned(docx: bytes, seed: int, count: int) -> list[Operation]:
    """Up to `count` edits, each of a paragraph of its own that is told from all others by its words."""
    choice, root = random.Random(seed), stories(docx)[BODY]
    said = Counter(text_of(paragraph).strip() for paragraph in root.iter(f"{W}p"))
    usable = [
        each
        for each in paragraphs(root)
        if said[text_of(each).strip()] == 1 and is_whole(each) and not is_code(each) and style_of(each) != "Authors"
    ]
    found: list[Operation] = []
    for paragraph in choice.sample(usable, len(usable)):
        operation = _operation(paragraph, choice)
        if operation and len(found) < count:
            found.append(operation)
    return found


def _operation(paragraph: etree._Element, choice: random.Random) -> Operation | None:
    whole = text_of(paragraph).strip()
    kind = choice.choice(KINDS)
    unique = [text_of(run)[start:end] for run, start, end in words(paragraph)[1:] if run.getparent().tag == f"{W}p"]
    unique = [word for word in unique if whole.count(word) == 1 and word.isalpha()]
    if kind in ("bold", "italic") and any(run.find(f"{W}rPr/{W}rStyle") is not None for run in runs(paragraph)):
        return None  # a style's own marks are not switched in XML
    alone = is_single(paragraph) or is_front(paragraph)
    unfit = (alone and kind in KINDS[5:]) or (kind in ("bold", "italic") and (is_front(paragraph) or is_bold(paragraph)))
    if not unique or unfit or (kind == "paragraph deleted" and following(paragraph) is None):
        return None
    new = {"insert": f" {choice.choice(WORDS)}", "delete": ""}.get(kind, choice.choice(WORDS))
    return Operation(kind, whole, choice.choice(unique), new)


def in_xml(docx: bytes, operations: Sequence[Operation]) -> bytes:
    """The edits as Word would have tracked them."""
    editor = Editor(stories(docx), random.Random(0))
    there = {text_of(paragraph).strip(): paragraph for paragraph in paragraphs(editor.stories[BODY])}
    for operation in operations:
        _make(editor, there[operation.whole], operation)
    return edited(docx, editor)


def _make(editor: Editor, paragraph: etree._Element, operation: Operation) -> None:
    if operation.kind == "paragraph deleted":
        for run in runs(paragraph):
            delete_run(editor, run)
        mark(editor, paragraph, "del")
        return
    if operation.kind == "paragraph inserted":
        new = new_paragraph(paragraph)
        style = new.find(f"{W}pPr/{W}pStyle")
        if style is not None and style_of(paragraph).startswith("Heading"):
            style.set(f"{W}val", "BodyText")  # what follows a heading is text, by the heading's style
        paragraph.addnext(new)
        wrapper = editor.change("ins")
        last = runs(paragraph)[-1]  # what is typed at the end of a paragraph goes on in its looks
        wrapper.append(run_like(last if last.getparent().tag == f"{W}p" else None, operation.new))
        new.append(wrapper)
        mark(editor, new, "ins")
        return
    found = next(word for word in words(paragraph) if text_of(word[0])[word[1] : word[2]] == operation.word)
    _at_word(editor, paragraph, found, operation)


def _at_word(editor: Editor, paragraph: etree._Element, found: tuple[etree._Element, int, int], operation: Operation) -> None:
    run, start, end = found
    if operation.kind == "split":
        _split(editor, paragraph, cut(run, start, len(text_of(run))))
        return
    piece = cut(run, start, end)
    if operation.kind in ("bold", "italic"):
        embolden(editor, piece, operation.kind[0])
        return
    if operation.new:
        insert_run(editor, piece, operation.new)
    if operation.kind != "insert":
        delete_run(editor, piece)


def _split(editor: Editor, paragraph: etree._Element, second: etree._Element) -> None:
    new = new_paragraph(paragraph)
    for element in [second, *second.itersiblings()]:
        new.append(element)
    for end in new.findall(f"{W}bookmarkEnd"):
        paragraph.append(end)
    paragraph.addnext(new)
    mark(editor, paragraph, "ins")

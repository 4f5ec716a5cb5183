"""Title: what an article is called, from its metadata, its first heading or its file's name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from pressout.diagnostics import Report
from pressout.model import Attributes, Blocks, Document, Figure, Heading, Phrase, Text, ThematicBreak
from pressout.terms import term
from pressout.walk import plain_text


def take_title(document: Document, report: Report) -> Document:
    """The document with a title, which no heading repeats."""
    heading = _leading(document.blocks)
    if heading and not document.metadata.title:
        return _from_heading(document, heading)
    if heading and _same(plain_text(heading.content), plain_text(document.metadata.title)):
        report.note("the first heading repeats the title, and is printed once", heading.span)
        return replace(document, blocks=_without(document.blocks, heading))
    return document if document.metadata.title else _from_name(document, report)


def _leading(blocks: Blocks) -> Heading | None:
    """The heading of level 1 with which the text begins, be it below a picture or a rule."""
    for block in blocks:
        match block:
            case Heading(level=1):
                return block
            case Figure() | ThematicBreak():
                continue
            case _:
                return None
    return None


def _same(one: str, other: str) -> bool:
    """Whether two titles have the same words, whatever their signs."""
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())


def _from_heading(document: Document, heading: Heading) -> Document:
    spans = {**document.metadata.spans, **({"title": heading.span} if heading.span else {})}
    given, title = heading.attributes, heading.content
    if given.lang or given.dir:
        title = (Phrase(title, attributes=Attributes(lang=given.lang, dir=given.dir)),)
    metadata = replace(document.metadata, title=title, spans=spans)
    return replace(document, metadata=metadata, blocks=_without(document.blocks, heading))


def _without(blocks: Blocks, heading: Heading) -> Blocks:
    return tuple(block for block in blocks if block is not heading)


def _from_name(document: Document, report: Report) -> Document:
    words = re.sub(r"[\s_-]+", " ", PurePath(document.name).stem).strip()
    name = words[:1].upper() + words[1:] or term("untitled", document.metadata.lang)
    report.note(
        f"the article has no title; '{name}', from the file's name, takes its place",
        file=document.name,
        hint="write `title: ...` between two lines of `---` at the top, or begin with `# The title`",
    )
    return replace(document, metadata=replace(document.metadata, title=(Text(name),)))

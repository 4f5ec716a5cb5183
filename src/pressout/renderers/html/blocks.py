"""Blocks as XHTML: sections, paragraphs, lists, quotes, code, divisions, questions, callouts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import assert_never

from pressout.model import (
    Block,
    Blocks,
    Callout,
    CodeBlock,
    Definition,
    DefinitionList,
    Division,
    Figure,
    Heading,
    Inlines,
    List,
    ListItem,
    Paragraph,
    QuestionAnswer,
    Quote,
    Section,
    Table,
    ThematicBreak,
    Verse,
)
from pressout.renderers.html.code import highlighted
from pressout.renderers.html.figures import figure_html
from pressout.renderers.html.inlines import inlines_html
from pressout.renderers.html.markup import Context, attributes_of, element, epub_type, key, lead, line_key, text
from pressout.renderers.html.page_breaks import break_role, code_with_breaks, parted
from pressout.renderers.html.roles import CALLOUTS, HEADING, section_role
from pressout.renderers.html.tables import table_html
from pressout.renderers.reading import ASIDE, SUMMARY, leads
from pressout.terms import term
from pressout.walk import plain_text

FOOTNOTE = "note footnote"  # the classes of a note that floats from its mark to the foot of the page


def blocks_html(blocks: Blocks, context: Context) -> str:
    """The blocks one after the other, each on lines of its own."""
    return "".join(f"{block_html(block, context)}\n" for block in blocks)


def block_html(block: Block, context: Context) -> str:
    """A block as XHTML."""
    match block:
        case Section():
            return section_html(block, context)
        case Heading():
            return _loose_heading(block, context)
        case Paragraph():
            return paragraph_html(block, context)
        case List():
            return _list(block, context)
        case DefinitionList():
            return _definition_list(block, context)
        case Quote():
            return _quote(block, context)
        case Verse():
            return _verse(block, context)
        case CodeBlock():
            return _code_block(block, context)
        case Table():
            return table_html(block, context, contents_html)
        case Figure():
            return figure_html(block, context)
        case ThematicBreak():
            return element("hr", "", attributes_of(block, context, "thematic-break"))
        case QuestionAnswer():
            return _question_answer(block, context)
        case Callout():
            return _callout(block, context)
        case Division():
            return _division(block, context)
        case _:
            assert_never(block)


# Sections and headings


def section_html(section: Section, context: Context) -> str:
    """A section with its heading; a look of its own hangs on its role, which is its first class."""
    lang = context.articles.get(section.attributes.id, context.lang)
    inside = replace(context, level=context.level + 1, role=section.role, lang=lang)
    attributes = {
        **attributes_of(section, context, section.role.value, f"level-{section.heading.level}"),
        **section_role(section, context),
    }
    content = blocks_html(section.blocks, inside)
    return element("section", f"\n{heading_html(section, context)}\n{content}", attributes)


def heading_id(section: Section) -> str:
    """The id of a section's heading."""
    return f"{section.attributes.id}{HEADING}" if section.attributes.id else ""


def heading_html(section: Section, context: Context) -> str:
    """The heading of a section. `data-title` is its text without the marks of notes, for bookmarks and running heads."""
    heading = section.heading
    words = plain_text(heading.content)
    breaks, run = parted(heading.content)
    content = inlines_html(run, context)
    named = context.epub or "aria-labelledby" in section_role(section, context)
    attributes = {
        **attributes_of(heading, context, f"heading-{min(heading.level, 6)}"),
        **({"id": heading_id(section)} if named else {}),
        **({"data-title": words} if "note-reference" in content else {}),
        **key(heading, context),
    }
    return blocks_html(breaks, context) + element(_heading_tag(context.level), number_html(heading) + content, attributes)


def number_html(heading: Heading) -> str:
    """The number of a heading with the blank behind it, or nothing."""
    return f"{element('span', text(heading.number), {'class': 'heading-number'})} " if heading.number else ""


def _heading_tag(level: int) -> str:
    return f"h{min(level, 6)}"


def _loose_heading(heading: Heading, context: Context) -> str:
    """A heading inside a quote or a list is none of the document's: it must not stand in its outline."""
    attributes = attributes_of(heading, context, f"heading-{min(heading.level, 6)}", "loose-heading")
    level = {"role": "heading", "aria-level": str(min(heading.level + 1, 6))} if context.epub else {}
    return element("p", inlines_html(heading.content, context), {**attributes, **level, **key(heading, context)})


# Paragraphs and what they fill


def paragraph_html(paragraph: Paragraph, context: Context) -> str:
    """A paragraph; one that leads to what follows stays with it on a printed page."""
    content = inlines_html(paragraph.content, context)
    role = "lead-in" if not context.epub and leads(paragraph) else ""
    return line_html(content, {**attributes_of(paragraph, context, role), **key(paragraph, context)})


def line_html(content: str, attributes: dict[str, str]) -> str:
    """A paragraph around markup. HTML lets no block stand inside p, so one that holds a note of several blocks is a div."""
    if f'<div class="{FOOTNOTE}"' not in content:
        return element("p", content, attributes)
    return element("div", content, {**attributes, "class": f"paragraph {attributes['class']}".strip(), "role": "paragraph"})


def contents_html(blocks: Blocks, context: Context) -> str:
    """The blocks of a cell, an item or a definition, a leading paragraph without tags."""
    paragraph = lead(blocks)
    if paragraph is None:
        return f"\n{blocks_html(blocks, context)}" if blocks else ""
    rest = blocks_html(blocks[1:], context)
    return inlines_html(paragraph.content, context) + (f"\n{rest}" if rest else "")


# Lists


def _list(block: List, context: Context) -> str:
    context = replace(context, depth=context.depth + 1)
    tag = "ol" if block.ordered else "ul"
    tasks = any(item.checked is not None for item in block.items)
    kind = "list-number" if block.ordered else "list-bullet"
    classes = (kind, "" if block.tight else "loose", "task-list" if tasks else "", context.deep)
    items = "".join(f"{_item(item, context)}\n" for item in block.items)
    return element(tag, f"\n{items}", {**attributes_of(block, context, *classes), **_first_number(block, context)})


def _first_number(block: List, context: Context) -> Mapping[str, str]:
    """With what a list begins that does not begin with 1. WeasyPrint reads `start` only where it may read all such attributes."""
    if not block.ordered or block.start == 1:
        return {}
    counted = {} if context.epub else {"style": f"counter-reset:list-item {block.start - 1}"}
    return {"start": str(block.start), **counted}


def _item(item: ListItem, context: Context) -> str:
    state = {None: "", True: "task done", False: "task open"}[item.checked]
    attributes = {**attributes_of(item, context, state), **key(lead(item.blocks), context)}
    return element("li", _task_state(item, context) + contents_html(item.blocks, context), attributes)


def _task_state(item: ListItem, context: Context) -> str:
    """The state of a task for those who hear it; the box that others see is the item's marker."""
    if item.checked is None or not context.epub:
        return ""
    state = term("done" if item.checked else "to-do", context.lang)
    return element("span", "", {"class": "task-state", "role": "img", "aria-label": state})


def _definition_list(block: DefinitionList, context: Context) -> str:
    items = "".join(_definition(item, context) for item in block.items)
    return element("dl", f"\n{items}", attributes_of(block, context, "definitions"))


def _definition(item: Definition, context: Context) -> str:
    terms = (
        element("dt", inlines_html(words, context), {"class": "term", **(_item_id(item, context) if index == 0 else {})})
        for index, words in enumerate(item.terms)
    )
    definitions = (
        element("dd", contents_html(blocks, context), {"class": "definition", **key(lead(blocks), context)})
        for blocks in item.definitions
    )
    return "".join(f"{line}\n" for line in (*terms, *definitions))


def _item_id(item: Definition, context: Context) -> dict[str, str]:
    return {"id": item.attributes.id, **line_key(item.terms[0], context)}


# Quotes and verse


def _quote(quote: Quote, context: Context) -> str:
    context = replace(context, depth=context.depth + 1)
    content = f"\n{blocks_html(quote.blocks, context)}{_attribution(quote.attribution, context)}"
    match quote.kind:
        case "block":
            return element("blockquote", content, attributes_of(quote, context, "quote", context.deep))
        case "epigraph":
            role = {"role": "doc-epigraph", **epub_type("epigraph", context)}
            return element("blockquote", content, {**attributes_of(quote, context, "epigraph"), **role})
        case "pull":
            role = {"role": "doc-pullquote", **epub_type("pullquote", context)}
            return element("aside", content, {**attributes_of(quote, context, "pull-quote"), **role})
        case _:
            assert_never(quote.kind)


def _attribution(words: Inlines, context: Context) -> str:
    if not words:
        return ""
    return line_html(inlines_html(words, context), {"class": "attribution", **line_key(words, context)}) + "\n"


def _verse(verse: Verse, context: Context) -> str:
    stanzas = [list(lines) for filled, lines in groupby(verse.lines, bool) if filled]
    content = "".join(f"{_stanza(lines, context)}\n" for lines in stanzas)
    return element("div", f"\n{content}{_attribution(verse.attribution, context)}", attributes_of(verse, context, "verse"))


def _stanza(lines: Sequence[Inlines], context: Context) -> str:
    drawn = (element("span", inlines_html(line, context), {"class": "line", **line_key(line, context)}) for line in lines)
    return element("p", "<br/>\n".join(drawn), {"class": "stanza"})


# Code


def _code_block(block: CodeBlock, context: Context) -> str:
    if not block.caption:
        return _code(block, context, attributes_of(block, context, "code-block"))
    caption = element("figcaption", inlines_html(block.caption, context), {"class": "caption", **line_key(block.caption, context)})
    code = _code(block, context, {"class": "code-block"})
    return element("figure", f"\n{caption}\n{code}\n", attributes_of(block, context, "code-figure"))


def _code(block: CodeBlock, context: Context, attributes: dict[str, str]) -> str:
    """Code is written from left to right in every language, and it is no language's words."""
    language = {"class": f"language-{block.language}"} if block.language else {}
    code = element("code", code_with_breaks(highlighted(block.text, block.language), block), language)
    # A line end right after <pre> is not part of the code, so that code may begin with an empty line (HTML 13.2.6.4.7)
    return element("pre", f"\n{code}" if not context.epub else code, {**attributes, "dir": "ltr", **key(block, context)})


# Divisions


def _division(block: Division, context: Context) -> str:
    """Blocks that share attributes. What is said aside is an aside; what unfolds does so on a screen, and is open on paper."""
    attributes = {**attributes_of(block, context, "division"), **break_role(block, context)}
    match block.blocks:
        case (Paragraph(attributes=own) as summary, *rest) if context.epub and SUMMARY in own.classes:
            words = element("summary", inlines_html(summary.content, context), attributes_of(summary, context))
            return element("details", f"\n{words}\n{blocks_html(tuple(rest), context)}", {**attributes, "open": "open"})
        case blocks:
            content = f"\n{blocks_html(blocks, context)}" if blocks else ""
    if ASIDE in block.attributes.classes:
        return element("aside", content, {**attributes, "role": "note"})
    return element("div", content, attributes)


# Questions and callouts


def _question_answer(block: QuestionAnswer, context: Context) -> str:
    breaks, run = parted(block.question)
    words = element(_heading_tag(context.level), inlines_html(run, context), {"class": "question", **line_key(run, context)})
    question = blocks_html(breaks, context) + words
    answer = blocks_html(block.answer, replace(context, level=context.level + 1))
    content = "\n".join(("", question, element("div", f"\n{answer}", {"class": "answer"}), ""))
    return element("section", content, attributes_of(block, context, "question-answer"))


def _callout(callout: Callout, context: Context) -> str:
    tag, role, kind = CALLOUTS[callout.kind]
    attributes = {
        **attributes_of(callout, context, "callout", f"callout-{callout.kind}"),
        "role": role,
        **epub_type(kind, context),
    }
    words = inlines_html(callout.title, context)
    title = f"{line_html(words, {'class': 'callout-title', **line_key(callout.title, context)})}\n" if words else ""
    return element(tag, f"\n{title}{blocks_html(callout.blocks, context)}", attributes)

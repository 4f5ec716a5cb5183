"""Blocks as Word's paragraphs: sections, lists, quotes, code, figures, questions, callouts, what is said aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from pressout.diagnostics import Span
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
from pressout.renderers.code_looks import code_part
from pressout.renderers.docx.captions import side_of, write_caption
from pressout.renderers.docx.headings import number_heading
from pressout.renderers.docx.inlines import write_image, write_inlines, write_words
from pressout.renderers.docx.looks import Drawn, drawn_by
from pressout.renderers.docx.numbering import LEVELS, Kind, Shape
from pressout.renderers.docx.story import Marker, Place, await_bookmark, edges, inside, paragraph, spoken
from pressout.renderers.docx.styles import BOX, PLAIN, Setting
from pressout.renderers.docx.tables import write_table
from pressout.renderers.docx.xml import Element
from pressout.renderers.highlight import tokens
from pressout.renderers.reading import ASIDE, DETAILS, STEPS, SUMMARY, leads
from pressout.theme.looks import Style
from pressout.walk import walk

QUOTES: Mapping[str, str] = {"block": "quote", "pull": "pull-quote", "epigraph": "epigraph"}
# Roles that a paragraph may ask for by its class
CLASSES = (
    *("abstract", "attribution", "authors", "date", SUMMARY, "imprint", "keywords", "series", "source-note", "standfirst"),
    "subtitle",
)
GUTTER = 9.0  # points between the pictures of a group


def write_blocks(parent: Element, blocks: Blocks, place: Place) -> None:
    """The blocks one after the other. Word joins neighbours on one ground into one box, so a paragraph without any parts them."""
    last: Drawn = ""
    for block in blocks:
        drawn = _drawn(block, place)
        if drawn and drawn == last:
            write_line(parent, "gap", (), replace(place, setting=PLAIN))
        last = drawn
        write_block(parent, block, spoken(place, block.attributes))


def _drawn(block: Block, place: Place) -> Drawn:
    """The ground that a block stands on, or the rules round it; nothing where it has neither."""
    match block:
        case CodeBlock():
            role = "code-block"
        case Callout(kind=kind):
            role = f"callout-{kind}"
        case Quote(kind=kind):
            role = QUOTES[kind]
        case Section(role=section):
            box = place.file.theme.sections.get(section.value, {}).get(BOX)
            return drawn_by(box) if box else ""
        case Division():
            role = _set_apart(block)
        case _:
            return ""
    return drawn_by(place.file.styles.look(role, place.setting.section)) if role else ""


def write_block(parent: Element, block: Block, place: Place) -> None:
    """Write a block at the end of `parent`, the body, a cell or a note, as its place asks for."""
    await_bookmark(place.file, block.attributes)
    match block:
        case Section():
            _write_section(parent, block, place)
        case Heading():
            _write_heading(parent, block, place)
        case Paragraph(content=content):
            write_line(parent, _paragraph_role(block, place), content, place, block.span)
        case List():
            _write_list(parent, block, place)
        case DefinitionList(items=items):
            for item in items:
                _write_definition(parent, item, place)
        case Quote():
            _write_quote(parent, block, place)
        case Verse():
            _write_verse(parent, block, place)
        case CodeBlock():
            _write_code(parent, block, place)
        case Table():
            write_table(parent, block, place, write_blocks)
        case Figure():
            _write_figure(parent, block, place)
        case ThematicBreak():
            write_line(parent, "thematic-break", (), place)
        case QuestionAnswer():
            write_line(parent, "question", block.question, place, block.span)
            write_blocks(parent, block.answer, inside(place, "answer"))
        case Callout():
            _write_callout(parent, block, place)
        case Division():
            _write_division(parent, block, place)
        case _:
            assert_never(block)


def write_line(parent: Element, role: str, content: Inlines, place: Place, *keys: Span | None) -> None:
    """A paragraph of that role with these inlines."""
    with paragraph(parent, role, place, *keys) as line:
        write_inlines(line, content, place)


def key_of(content: Inlines) -> Span | None:
    """Where a line that is no node of its own begins in the source: at its first inline."""
    return content[0].span if content else None


# Sections and headings


def _write_section(parent: Element, section: Section, place: Place) -> None:
    """A section's paragraphs take the looks that the theme has for its role; its box, if it has one, goes round all of them."""
    looks = place.file.theme.sections.get(section.role.value)
    if looks is not None:
        place = replace(place, setting=Setting(section.role.value, (BOX,) if BOX in looks else ()))
        start, end = edges(looks.get(BOX, Style()))
        place = replace(place, indent=place.indent + start, outdent=place.outdent + end)
    number_heading(section.heading, place.file)
    _write_heading(parent, section.heading, place)
    write_blocks(parent, section.blocks, place)


def _write_heading(parent: Element, heading: Heading, place: Place) -> None:
    write_line(parent, f"heading-{min(heading.level, 6)}", heading.content, spoken(place, heading.attributes), heading.span)


# Lists


def _paragraph_role(block: Paragraph, place: Place) -> str:
    """A paragraph's role: that of a list item whose sign waits for it, else what its class, its words or the place give."""
    if place.depth and place.file.marker:
        return place.list_role
    asked = next((name for name in block.attributes.classes if name in CLASSES), "")
    return asked or ("lead-in-body-text" if place.text == "body" and leads(block) else place.text)


def _write_list(parent: Element, block: List, place: Place) -> None:
    """A list, whose depth is its numbering's alone.

    Word leaves out the space between neighbours of one style only. So all levels have the same style, and where a nested list is of
    another kind, the paragraphs of both have styles without space, but for the last one.
    """
    role = "list-number" if block.ordered else "list-bullet"
    look = place.file.styles.look(role, place.setting.section)
    base = place.list_indent if place.depth else place.indent
    variant = place.list_variant if place.depth else _variant(block)
    inner = replace(
        place,
        text="list-continue",
        indent=base + look.indent * (place.depth + 1),
        own=edges(place.file.styles.look("list-continue", place.setting.section)),
        list_role=role + variant,
        list_variant=variant,
        list_indent=base,
        depth=place.depth + 1,
    )
    numbers: dict[Kind, int] = {}
    for item in block.items:
        kind = _kind(item, block)
        if kind not in numbers:
            shape = Shape(kind, base, look.indent, max(0.0, -look.first_line))
            numbers[kind] = place.file.numbering.new_list(shape, _level(place), block.start)
        place.file.marker = Marker(numbers[kind], _level(place))
        closes = (place.list_closes or not place.depth) and item is block.items[-1]
        closing = replace(inner, list_closes=True, list_role=role if len(item.blocks) < 2 else inner.list_role)
        _write_item(parent, item, spoken(closing if closes and variant == "-inner" else inner, item.attributes))


def _variant(block: List) -> str:
    """Which variant of their styles the items of an outermost list have, and those of all lists in it."""
    if not block.tight:
        return "-loose"
    kinds = {each.ordered for each in walk((block,)) if isinstance(each, List)}
    return "-inner" if len(kinds) > 1 else ""


def _level(place: Place) -> int:
    return min(place.depth, LEVELS - 1)


def _kind(item: ListItem, block: List) -> Kind:
    match item.checked:
        case None:
            counted: Kind = "step" if STEPS in block.attributes.classes else "number"
            return counted if block.ordered else "bullet"
        case True:
            return "done"
        case False:
            return "open"


def _write_item(parent: Element, item: ListItem, place: Place) -> None:
    """An item; its sign stands before its first paragraph, or alone where no paragraph comes first."""
    await_bookmark(place.file, item.attributes)
    if not item.blocks or not _bears_sign(item.blocks[0]):
        write_line(parent, place.list_role, (), place)
    write_blocks(parent, item.blocks, place)


def _bears_sign(block: Block) -> bool:
    match block:
        case List() | Table() | Section():
            return False
        case _:
            return True


def _write_definition(parent: Element, item: Definition, place: Place) -> None:
    await_bookmark(place.file, item.attributes)
    for words in item.terms:
        write_line(parent, "term", words, place, key_of(words))
    for blocks in item.definitions:
        write_blocks(parent, blocks, inside(place, "definition"))


# Quotes, verse, code


def _write_quote(parent: Element, quote: Quote, place: Place) -> None:
    """A quote. Only its last paragraph leaves the space below the whole."""
    inner = inside(place, QUOTES[quote.kind])
    earlier = quote.blocks if quote.attribution else quote.blocks[:-1]
    write_blocks(parent, earlier, replace(inner, text=f"{inner.text}-inner"))
    write_blocks(parent, quote.blocks[len(earlier) :], inner)
    _write_attribution(parent, quote.attribution, inner)


def _write_attribution(parent: Element, words: Inlines, place: Place) -> None:
    if words:
        write_line(parent, "attribution", words, place, key_of(words))


def _write_verse(parent: Element, verse: Verse, place: Place) -> None:
    """Each line is a paragraph, and an empty one parts two stanzas: so a poem is typed in Word."""
    for words in verse.lines:
        write_line(parent, "verse", words, place, key_of(words))
    _write_attribution(parent, verse.attribution, inside(place, "verse"))


def _write_code(parent: Element, block: CodeBlock, place: Place) -> None:
    """Code is one paragraph with line breaks, from left to right in every language.

    An editor's file has no colours in it: bold type that comes home would be taken for the editor's.
    """
    if block.caption:
        write_line(parent, "table-caption", block.caption, place, key_of(block.caption))
    with paragraph(parent, "code-block", replace(place, lang="", rtl=False), block.span) as line:
        language = "" if place.file.edition.anchors else block.language
        for kind, words in tokens(block.text, language):
            write_words(line, words, replace(place, lang="", rtl=False), *filter(None, [code_part(kind)]))


# Figures, callouts


def _write_figure(parent: Element, figure: Figure, place: Place) -> None:
    """A picture, or several over one caption: two or three beside each other, four and more in pairs."""
    file = place.file
    captioned = bool(figure.number or figure.caption or figure.credit)
    if captioned:
        waiting, file.waiting = file.waiting, []
    count = max(1, len(figure.images)) if len(figure.images) < 4 else 2
    share = (place.room - GUTTER * (count - 1)) / count
    side = side_of(figure)
    narrow = replace(place, width=place.width - place.room + share)
    with paragraph(parent, f"figure{side}" if captioned or side else place.text, place) as line:
        for index, image in enumerate(figure.images):
            if index:
                write_words(line, " ", place)
            write_image(line, image, narrow, figure.description if index == 0 else "")
    if captioned:
        file.waiting = waiting
        write_caption(parent, "figure", figure, place, figure.credit)


def _write_callout(parent: Element, callout: Callout, place: Place) -> None:
    inner = inside(place, f"callout-{callout.kind}")
    if callout.title:
        write_line(parent, "callout-title", callout.title, inner, key_of(callout.title))
        inner = replace(inner, text=f"{inner.text}-inner")
    write_blocks(parent, callout.blocks, inner)


def _set_apart(block: Division) -> str:
    """The role of a division that is a box of its own; nothing where it is none."""
    return next((name for name in block.attributes.classes if name in (ASIDE, DETAILS)), "")


def _write_division(parent: Element, block: Division, place: Place) -> None:
    role = _set_apart(block)
    if not role:
        write_blocks(parent, block.blocks, place)
        return
    inner = inside(place, role)
    write_blocks(parent, block.blocks[:1], inner)
    write_blocks(parent, block.blocks[1:], replace(inner, text=f"{role}-inner"))

"""HTML in blocks: harmless elements become the model's own kinds, with Markdown between the tags wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from markdown_it.token import Token

from pressout.model import (
    NO_ATTRIBUTES,
    Attributes,
    Block,
    Blocks,
    CodeBlock,
    Definition,
    DefinitionList,
    Division,
    Figure,
    Heading,
    Image,
    Inlines,
    List,
    ListItem,
    Paragraph,
    Quote,
    Table,
    ThematicBreak,
)
from pressout.readers.source.blocks import BlockReader
from pressout.readers.source.html_elements import GROUPS, Child, Element, ElementReader
from pressout.readers.source.html_inlines import attributes_of_tag
from pressout.readers.source.html_tables import html_table
from pressout.readers.source.inlines import InlineReader
from pressout.readers.source.leftovers import warn_titles
from pressout.readers.source.placement import identity
from pressout.readers.source.recording import AT, PIECES
from pressout.readers.sourcemap import Container, PassageKind


def html_blocks(reader: BlockReader, token: Token) -> Blocks:
    """The blocks that a piece of HTML is, and all that follows while one of its elements is open."""
    elements = ElementReader(reader)
    elements.feed(token)
    while elements.is_open and reader.index < len(reader.tokens) and reader.tokens[reader.index].nesting >= 0:
        following = reader.take()
        if following.type == "html_block":
            elements.feed(following)
        else:
            elements.take(reader.kinds[following.type](reader, following))
    elements.finish()
    return flow(reader, elements.root.children)


def flow(reader: BlockReader, children: Iterable[Child]) -> Blocks:
    """Words that stand together as paragraphs, elements as the blocks they are."""
    blocks: list[Block] = []
    line: list[Token] = []
    for child in children:
        match child:
            case Token():
                line.append(child)
                continue
            case Element():
                blocks.extend(paragraph(reader, line))
                blocks.extend(element_blocks(reader, child))
            case _:
                blocks.extend(paragraph(reader, line))
                blocks.append(child)
        line = []
    return (*blocks, *paragraph(reader, line))


def element_blocks(reader: BlockReader, element: Element) -> Blocks:
    """The blocks that an element is, or holds where it is none of ours; what has no place in it stands behind it."""
    read = ELEMENTS.get(element.tag.name)
    if not read:
        return flow(reader, element.children)
    blocks = read(reader, element)
    strays = flow(reader, element.strays())
    if strays:
        span = reader.copy.span(element.start, max(element.start, element.end))
        reader.report.warn(f"<{element.tag.name}> holds what has no place in it, which now stands behind it", span)
    return (*blocks, *strays)


def squeezed(tokens: Iterable[Token]) -> list[Token]:
    """The words with one blank between them, none at the ends and none beside a line break."""
    kept: list[Token] = []
    for token in tokens:
        if "blank" not in token.meta:
            if is_break(token) and kept and "blank" in kept[-1].meta:
                kept.pop()
            kept.append(token)
        elif kept and "blank" not in kept[-1].meta and not is_break(kept[-1]):
            kept.append(blank(token))
    while kept and "blank" in kept[-1].meta:
        kept.pop()
    return kept


def is_break(token: Token) -> bool:
    """Whether a token is `<br>`."""
    return token.type == "html_inline" and token.meta["tag"].name == "br"


def blank(token: Token) -> Token:
    """One blank in the place of a run of them; a soft line break stays one."""
    if token.type == "softbreak":
        return token
    start, end = token.meta[AT]
    return Token("text", "", 0, content=" ", meta={PIECES: [(1, start, end)], "blank": True})


def reading(reader: BlockReader, tokens: Iterable[Token]) -> InlineReader:
    """The words of these tokens, read as one line."""
    line = Token("inline", "", 0, children=squeezed(tokens))
    return reader.inlines(line, identity(reader.copy))


def words(reader: BlockReader, kind: PassageKind, element: Element | None) -> Inlines:
    """An element's words as a leaf of their own."""
    return reader.leaf(kind, reading(reader, element.tokens())) if element else ()


def paragraph(reader: BlockReader, tokens: Iterable[Token], attributes: Attributes = NO_ATTRIBUTES) -> Blocks:
    """Words as a paragraph; a picture alone is a figure."""
    read = reading(reader, tokens)
    warn_titles(reader.report, read.content)
    match read.content:
        case ():
            return ()
        case (Image() as image,):
            return (figure_of(image, attributes),)
        case content:
            first, last = content[0].span, content[-1].span
            span = replace(first, end=last.end) if first and last else None
            return (Paragraph(reader.leaf("paragraph", read, span), span=span, attributes=attributes),)


def figure_of(image: Image, attributes: Attributes) -> Figure:
    """A picture that stands alone, as a figure: its id is the figure's."""
    merged = replace(attributes, id=attributes.id or image.attributes.id)
    return Figure((replace(image, attributes=replace(image.attributes, id="")),), span=image.span, attributes=merged)


def paragraph_element(reader: BlockReader, element: Element) -> Blocks:
    """`<p>`: a paragraph, or the blocks that stand in it by mistake."""
    if any(not as_token(child) for child in element.children):
        return flow(reader, element.children)
    return paragraph(reader, element.tokens(), attributes_of_tag(element.tag))


def as_token(child: Child) -> bool:
    """Whether a child is words, and no element or block."""
    match child:
        case Token():
            return True
        case _:
            return False


def heading(reader: BlockReader, element: Element) -> Blocks:
    """`<h1>` to `<h6>`; none where it has no words."""
    span, level = reader.copy.span(element.start, element.end), int(element.tag.name[1])
    content = reader.leaf("heading", reading(reader, element.tokens()), span, level)
    return (Heading(level, content, span=span, attributes=attributes_of_tag(element.tag)),) if content else ()


def group(reader: BlockReader, element: Element) -> Blocks:
    """A division if its tag says anything of it and no heading stands in it: headings must make sections."""
    blocks = flow(reader, element.children)
    attributes = attributes_of_tag(element.tag)
    if element.tag.name == "aside":
        attributes = replace(attributes, classes=(*attributes.classes, "aside"))
    if not blocks or attributes == NO_ATTRIBUTES or not element.closed or any(map(is_heading, blocks)):
        return with_id(blocks, attributes.id)
    return (Division(blocks, span=reader.copy.span(element.start, element.end), attributes=attributes),)


def is_heading(block: Block) -> bool:
    """Whether a block is a heading."""
    match block:
        case Heading():
            return True
        case _:
            return False


def with_id(blocks: Blocks, name: str) -> Blocks:
    """The blocks with the id of what stood around them at the first, so that links still lead there."""
    if not blocks or not name or blocks[0].attributes.id:
        return blocks
    return (replace(blocks[0], attributes=replace(blocks[0].attributes, id=name)), *blocks[1:])


def quote(reader: BlockReader, element: Element) -> Blocks:
    """`<blockquote>`; none where it is empty."""
    span = reader.copy.span(element.start, element.end)
    with reader.inside(Container("quote", span.start)):
        blocks = flow(reader, element.children)
    return (Quote(blocks, span=span, attributes=attributes_of_tag(element.tag)),) if blocks else ()


def list_element(reader: BlockReader, element: Element) -> Blocks:
    """`<ul>` and `<ol>`: tight unless an item holds a `<p>`, counted from `start`."""
    span, ordered = reader.copy.span(element.start, element.end), element.tag.name == "ol"
    items: list[ListItem] = []
    with reader.inside(Container("list", span.start, ordered=ordered)):
        for child in listed(element):
            place = reader.copy.span(child.start, child.end)
            with reader.inside(Container("item", place.start, ordered=ordered)):
                items.append(ListItem(flow(reader, child.children), span=place, attributes=attributes_of_tag(child.tag)))
    start = element.tag.attributes.get("start", "1")
    tight = not any(True for item in element.elements("li") for _ in item.elements("p"))
    number = int(start) if start.isdecimal() and len(start) < 9 else 1
    return (List(tuple(items), ordered, number, tight, span=span, attributes=attributes_of_tag(element.tag)),) if items else ()


def listed(element: Element) -> list[Element]:
    """The items of a list; what stands between them by mistake goes to the item before."""
    items: list[Element] = []
    for child in element.children:
        match child:
            case Element(tag=tag) if tag.name == "li":
                items.append(replace(child, children=list(child.children)))
            case Token() if "blank" in child.meta:
                pass
            case _ if items:
                items[-1].children.append(child)
            case _:
                items.append(Element(element.tag, element.start, element.end, [child]))
    return items


def definitions(reader: BlockReader, element: Element) -> Blocks:
    """`<dl>`, also with its pairs in `<div>`; each `<dd>` belongs to the terms before it."""
    span = reader.copy.span(element.start, element.end)
    items: list[Definition] = []
    with reader.inside(Container("definition", span.start)):
        for child in (each for inner in (element, *element.elements("div")) for each in inner.elements("dt", "dd")):
            if child.tag.name == "dt":
                term = words(reader, "term", child)
                items.append(Definition((term,), (), span=reader.copy.span(child.start, child.end)))
            elif items:
                items[-1] = replace(items[-1], definitions=(*items[-1].definitions, flow(reader, child.children)))
    return (DefinitionList(tuple(items), span=span, attributes=attributes_of_tag(element.tag)),) if items else ()


def code(reader: BlockReader, element: Element) -> Blocks:
    """Preformatted text: blanks and line ends are its own."""
    span = reader.copy.span(element.start, element.end)
    tokens = [as_written(token) for token in parted(element.tokens()) if token.type != "html_inline" or is_break(token)]
    if tokens and tokens[0].content == "\n":
        tokens = tokens[1:]
    read = InlineReader(reader.copy, identity(reader.copy), reader.env, reader.report).read(tokens)
    text = read.text.removesuffix("\n")
    reader.leaf("code", read, span)
    classes = [
        name for token in element.tokens() if "tag" in token.meta for name in token.meta["tag"].attributes.get("class", "").split()
    ]
    languages = [name.split("-", 1)[1] for name in classes if name.startswith(("language-", "lang-"))]
    return (CodeBlock(text, languages[0] if languages else "", span=span, attributes=attributes_of_tag(element.tag)),)


def parted(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens with one parting where blocks meet, and none beside a blank of the writer's or at an end."""
    before: Token | None = None
    waiting: Token | None = None
    for token in tokens:
        if "parting" in token.meta:
            waiting = waiting or token
            continue
        if waiting and before and "blank" not in before.meta and "blank" not in token.meta:
            yield waiting
        yield token
        before, waiting = token, None


def as_written(token: Token) -> Token:
    """A blank of preformatted text, as it is."""
    if "blank" not in token.meta:
        return token
    start, end = token.meta[AT]
    return Token("text", "", 0, content=token.content, meta={PIECES: [(len(token.content), start, end)]})


def details(reader: BlockReader, element: Element) -> Blocks:
    """A passage that folds on a screen: on paper its summary stands above it, as a line of its own."""
    span = reader.copy.span(element.start, element.end)
    summary = words(reader, "paragraph", next(element.elements("summary"), None))
    rest = [child for child in element.children if child not in list(element.elements("summary"))]
    title = (Paragraph(summary, span=summary[0].span, attributes=Attributes(classes=("details-summary",))),) if summary else ()
    attributes = attributes_of_tag(element.tag)
    attributes = replace(attributes, classes=(*attributes.classes, "details"))
    blocks = (*title, *flow(reader, rest))
    return (Division(blocks, span=span, attributes=attributes),) if element.closed and not any(map(is_heading, blocks)) else blocks


def figure(reader: BlockReader, element: Element) -> Blocks:
    """Pictures, a table or code, under a caption."""
    span = reader.copy.span(element.start, element.end)
    with reader.inside(Container("figure", span.start)):
        captions = list(element.elements("figcaption"))
        blocks = flow(reader, [child for child in element.children if child not in captions])
        caption = words(reader, "caption", captions[0] if captions else None)
    attributes = attributes_of_tag(element.tag)
    images: list[Image] = []
    for block in blocks:
        match block:
            case Figure(caption=()):
                images.extend(block.images)
            case Table() | CodeBlock() if len(blocks) == 1:
                return with_id((replace(block, caption=caption or block.caption),), attributes.id)
            case _:
                after = (Paragraph(caption, span=caption[0].span),) if caption else ()
                return (Division((*blocks, *after), span=span, attributes=attributes),)
    if not images:
        return (Paragraph(caption, span=caption[0].span),) if caption else ()
    return (Figure(tuple(images), caption, span=span, attributes=attributes),)


def rule(reader: BlockReader, element: Element) -> Blocks:
    """`<hr>`."""
    return (ThematicBreak(span=reader.copy.span(element.start, element.end), attributes=attributes_of_tag(element.tag)),)


def table(reader: BlockReader, element: Element) -> Blocks:
    """`<table>`, whose cells hold blocks."""
    return html_table(reader, element, flow, words)


ELEMENTS: dict[str, Callable[[BlockReader, Element], Blocks]] = {
    "p": paragraph_element,
    "ul": list_element,
    "ol": list_element,
    "dl": definitions,
    "blockquote": quote,
    "pre": code,
    "details": details,
    "figure": figure,
    "hr": rule,
    "table": table,
    **dict.fromkeys(GROUPS, group),
    **{f"h{level}": heading for level in range(1, 7)},
}

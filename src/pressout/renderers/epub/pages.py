"""The pages of an EPUB: its files of XHTML, what each of them holds, and in which of them every id stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pressout.model import Abbreviation, Block, Blocks, Code, CodeBlock, Document, Metadata, Note, Picture, Section, Text
from pressout.renderers.cover.cover import cover_words
from pressout.renderers.html.document import (
    EPUB_PREFIX,
    blocks_html,
    context_for,
    endnotes_html,
    notes_html,
    notes_in,
    targets,
    title_block,
)
from pressout.renderers.html.front import house_imprint
from pressout.renderers.html.markup import Context, element, text
from pressout.renderers.html.notes import ENDNOTES
from pressout.renderers.html.page_breaks import parted
from pressout.terms import direction, term
from pressout.walk import Piece, plain_text, walk

COVER_PAGE = "cover.xhtml"
TITLE_PAGE = "title.xhtml"
NOTES_PAGE = "notes.xhtml"
SHEET = "style.css"
ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/svg+xml": ".svg", "image/webp": ".webp"}

LARGEST = 250_000  # bytes of XHTML in one file; old readers and slow devices stop at 250 to 300 kB
MARKUP = 20  # bytes of it for each node, besides its words: what real articles take


@dataclass(frozen=True, slots=True)
class Page:
    """A file of XHTML: its name, its title, the `epub:type` of its body, the markup inside that; its language if not the book's."""

    name: str
    title: str
    kind: str
    content: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one page takes from the document: blocks, or the title block; and the notes that are first marked in it.

    `article` is the id of the article of a collection that it is of, `depth` how many sections of that stand round the blocks.
    """

    name: str
    title: str
    blocks: Blocks
    notes: tuple[Note, ...]
    pieces: tuple[Piece, ...]
    article: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts in reading order, and the file of each id that a link may name, but for those in the first file of the text."""

    title: Part
    text: tuple[Part, ...]
    places: Mapping[str, str]

    def href(self, identifier: str, page: str = "") -> str:
        """The link from a page to an id."""
        place = self.places.get(identifier, self.text[0].name)
        return f"#{identifier}" if place == page else f"{place}#{identifier}"


def plan(document: Document) -> Plan:
    """Which file holds what: the title page, then the text in one file, or in several where it is long."""
    context = context_for(document, "epub")
    metadata = document.metadata
    front = (*metadata.title, *metadata.subtitle, *metadata.description, *metadata.abstract)
    title = Part(TITLE_PAGE, plain_text(metadata.title), (), notes_in(front, context), front)
    text_parts = tuple(_text_parts(document, context))
    if context.endnotes:
        # as many notes as in a monograph are no matter for a page that a reader turns by the way
        end = Part(NOTES_PAGE, term("notes", metadata.lang), (), document.notes, ())
        title, text_parts = replace(title, notes=()), (*(replace(part, notes=()) for part in text_parts), end)
    places = {name: part.name for part in (title, *text_parts[1:]) for name in targets(part.pieces, part.notes)}
    places |= {ENDNOTES: NOTES_PAGE} if context.endnotes else {}
    return Plan(title, text_parts, places)


def _text_parts(document: Document, context: Context) -> Iterator[Part]:
    if document.articles:
        yield from _article_parts(document, context)
        return
    groups = list(_groups(document.blocks))
    whole = plain_text(document.metadata.title)
    if len(groups) == 1:
        yield Part("text.xhtml", whole, groups[0], notes_in(groups[0], context), groups[0])
        return
    digits = len(str(len(groups)))
    for number, blocks in enumerate(groups, 1):
        title = _first_heading(blocks) or whole
        yield Part(f"text-{number:0{digits}}.xhtml", title, blocks, notes_in(blocks, context), blocks)


def _article_parts(document: Document, context: Context) -> Iterator[Part]:
    """A file for each article of a collection; for one that is too large several, which begin at its own sections."""
    digits = len(str(len(document.blocks)))
    for number, block in enumerate(document.blocks, 1):
        name, own = f"text-{number:0{digits}}", block.attributes.id
        assert isinstance(block, Section)  # a collection is made of articles alone
        title = plain_text(block.heading.content)
        first, *more = _groups(block.blocks) if _size(block) > LARGEST else (block.blocks,)
        count = len(str(len(more) + 1))
        whole: Blocks = (replace(block, blocks=first),)
        yield Part(f"{name}-{1:0{count}}.xhtml" if more else f"{name}.xhtml", title, whole, notes_in(whole, context), whole, own)
        for order, blocks in enumerate(more, 2):
            heading = _first_heading(blocks) or title
            yield Part(f"{name}-{order:0{count}}.xhtml", heading, blocks, notes_in(blocks, context), blocks, own, 1)


def _groups(blocks: Blocks) -> Iterator[Blocks]:
    """The blocks of each file: a new one begins at a top section before which there is enough. A section is never split."""
    group: list[Block] = []
    filled = 0
    for block in blocks:
        size = _size(block)
        if group and filled + size > LARGEST and isinstance(block, Section):
            yield tuple(group)
            group, filled = [], 0
        group.append(block)
        filled += size
    yield tuple(group)


def _size(block: Block) -> int:
    """About how many bytes the block fills."""
    size = 0
    for piece in walk((block,)):
        match piece:
            case Text(text=words) | Code(text=words) | CodeBlock(text=words) | Abbreviation(text=words):
                size += MARKUP + len(words.encode())
            case _:
                size += MARKUP
    return size


def _first_heading(blocks: Blocks) -> str:
    match blocks:
        case (Section(heading=heading), *_):
            return plain_text(heading.content)
        case _:
            return ""


# The pages


def cover_page(document: Document, cover: Picture) -> Page:
    """The cover as a page: the picture alone, which says the title to those who do not see it."""
    metadata = document.metadata
    image = element("img", "", {"src": cover.name, "alt": cover_words(metadata), "role": "doc-cover"})
    return Page(COVER_PAGE, term("cover", metadata.lang), "cover", element("div", image, {"class": "cover"}))


def title_page(document: Document, plan: Plan) -> Page:
    """The page of the title block, with the imprint and the notes of what stands there."""
    context = _context(document, plan, plan.title)
    breaks, title = parted(document.metadata.title)
    block = title_block(replace(document.metadata, title=title), context)
    content = blocks_html(breaks, context) + block + house_imprint(document.metadata.imprint) + _notes(plan.title, context)
    return Page(plan.title.name, plan.title.title, "titlepage", content)


def text_pages(document: Document, plan: Plan) -> Iterator[Page]:
    """The files of the text in reading order, the notes at its end among them where they are a list."""
    for part in plan.text:
        context = _context(document, plan, part)
        ends = part.name == NOTES_PAGE
        notes = endnotes_html(document, context) if ends else _notes(part, context)
        content = element("main", f"\n{blocks_html(part.blocks, context)}{notes}")
        yield Page(part.name, part.title, "backmatter" if ends else "bodymatter", content, context.articles.get(part.article, ""))


def _context(document: Document, plan: Plan, part: Part) -> Context:
    def href(identifier: str) -> str:
        return plan.href(identifier, part.name)

    context = context_for(document, "epub")
    lang = context.articles.get(part.article, context.lang)
    return replace(context, href=href, source=picture_name, lang=lang, level=context.level + part.depth)


def _notes(part: Part, context: Context) -> str:
    """The notes at the end of their file. Readers that open them at their marks hide them here, so no heading stands above them."""
    if not part.notes:
        return ""
    attributes = {"class": "notes", "epub:type": "footnotes", "role": "region", "aria-label": term("notes", context.lang)}
    return element("section", f"\n{notes_html(part.notes, context)}", attributes) + "\n"


def picture_name(picture: Picture) -> str:
    """Where a picture stands in the EPUB; shops look at a file's ending, which must be that of its kind."""
    ending = ENDINGS[picture.media_type]
    known = (ending, ".jpeg") if ending == ".jpg" else (ending,)
    return f"images/{picture.name}" if picture.name.endswith(known) else f"images/{picture.name}{ending}"


def xhtml(page: Page, metadata: Metadata, sheet_name: str = SHEET) -> bytes:
    """The page as a file. Kindle reads one that does not name its encoding as ISO 8859-1, so every page does."""
    lang = page.lang or metadata.lang
    root = {
        "xmlns": "http://www.w3.org/1999/xhtml",
        "xmlns:epub": "http://www.idpf.org/2007/ops",
        "epub:prefix": EPUB_PREFIX if 'epub:type="po:' in page.content else "",
        "lang": lang,
        "xml:lang": lang,
        "dir": direction(lang) if page.lang else metadata.dir or direction(lang),
    }
    sheet = element("link", "", {"rel": "stylesheet", "type": "text/css", "href": sheet_name})
    head = element("head", f"\n{element('title', text(page.title))}\n{sheet}\n")
    body = element("body", f"\n{page.content}\n", {"class": page.kind, "epub:type": page.kind})
    lines = ('<?xml version="1.0" encoding="UTF-8"?>', "<!DOCTYPE html>", element("html", f"\n{head}\n{body}\n", root), "")
    return "\n".join(lines).encode()

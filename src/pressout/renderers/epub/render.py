"""The EPUB: an article as a book of XHTML with a cover, contents, landmarks, pop-up notes and metadata that is true."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from pathlib import PurePath

from pressout.diagnostics import Report
from pressout.edition import Edition, Output
from pressout.model import Direction, Document, Image, Metadata, Picture, Text
from pressout.renderers.cover.cover import draw_cover
from pressout.renderers.css.sheets import epub_sheet
from pressout.renderers.css.structure import BOTH, EPUB
from pressout.renderers.epub import accessibility, navigation, ncx
from pressout.renderers.epub.devices import DISPLAY_OPTIONS, display_options, fitted, fitted_picture
from pressout.renderers.epub.fonts import embedded
from pressout.renderers.epub.kobo import in_sentences
from pressout.renderers.epub.metadata import Identifier, Statement, identify, statements
from pressout.renderers.epub.navigation import Contents, Entry
from pressout.renderers.epub.package import XHTML, File, Guide, Package, pack
from pressout.renderers.epub.pagelist import marked, page_entries, with_page_numbers
from pressout.renderers.epub.pages import (
    SHEET,
    Page,
    Plan,
    cover_page,
    picture_name,
    plan,
    text_pages,
    title_page,
    xhtml,
)
from pressout.renderers.html.pageless import without_pages
from pressout.terms import direction, term
from pressout.theme import Theme
from pressout.walk import Piece, everything, plain_text

CSS = "text/css"
FALLBACK_LANGUAGE = "en"  # the language of pressout's own words where the article names none; an EPUB must name one


def render(document: Document, theme: Theme, edition: Edition, report: Report) -> Output:
    """The prepared document as an EPUB 3.3 whose bytes depend on nothing but what is given."""
    document = fitted(document, edition, theme)
    pieces = tuple(everything(document))
    seen = accessibility.findings(pieces, document.metadata.lang, theme)
    document = _complete(document)
    metadata = document.metadata
    identifier = identify(document, report)
    cover = draw_cover(document, theme, report)
    cover = fitted_picture(cover, edition, theme) if cover else None
    document = with_page_numbers(marked(document, edition.pages)) if edition.pages else without_pages(document)
    layout = plan(document)
    pages = page_entries(layout) if edition.pages else ()
    found = replace(navigation.contents(document, layout), pages=pages)
    marks = tuple(navigation.landmarks(layout, found, metadata.lang, cover=cover is not None))
    nav = navigation.nav_page(found, marks, metadata.lang)
    sheets = _sheets(document, theme)
    files = (
        *_pages(document, layout, cover, sheets, File("nav", nav.name, XHTML, xhtml(nav, metadata), "nav", found.paged)),
        _ncx(found, identifier, metadata),
        *dict.fromkeys(sheets.values()),
        *_pictures(pieces, cover),
    )
    said = (
        *statements(document, identifier),
        *(
            Statement("meta", value, {"property": name})
            for name, value in accessibility.statements(replace(seen, paged=bool(pages)))
        ),
        *_paginated(edition, pages),
        *_old_readers(cover),
    )
    guide = tuple(Guide(mark.old_kind, mark.label, mark.href) for mark in marks)
    way = metadata.dir or direction(metadata.lang)
    return Output(
        pack(
            Package(_for_device(files, edition, theme, report), said, guide, metadata.lang, way, tuple(_beside(edition))),
            edition.moment,
        )
    )


def _for_device(files: tuple[File, ...], edition: Edition, theme: Theme, report: Report) -> tuple[File, ...]:
    """The files with the theme's faces, and with sentences marked for Kobo, where that is asked for."""
    if edition.embed_fonts:
        files = _with_fonts(files, theme, report)
    if edition.device != "kobo":
        return files
    return tuple(
        replace(file, data=in_sentences(file.data)) if file.media_type == XHTML and not file.role else file for file in files
    )


def _with_fonts(files: tuple[File, ...], theme: Theme, report: Report) -> tuple[File, ...]:
    """The files with the theme's faces, which hold the letters that the pages have, and all of ASCII for what a device adds."""
    texts = (file.data.decode() for file in files if file.media_type == XHTML)
    letters = "".join(sorted(set(string.printable).union(*map(unescape, texts))))
    rules, faces = embedded(theme, letters, report)
    return (*(replace(file, data=rules.encode() + file.data) if file.media_type == CSS else file for file in files), *faces)


def _beside(edition: Edition) -> Iterator[File]:
    if edition.device == "apple":
        yield File("", DISPLAY_OPTIONS, "", display_options(fonts=bool(edition.embed_fonts)))


def _complete(document: Document) -> Document:
    """The document with what an EPUB cannot be without: a title and a language."""
    metadata = document.metadata
    lang = metadata.lang or FALLBACK_LANGUAGE
    title = metadata.title or (Text(PurePath(document.name).stem or term("untitled", lang)),)
    return replace(document, metadata=replace(metadata, lang=lang, title=title))


def _pages(document: Document, layout: Plan, cover: Picture | None, sheets: Mapping[str, File], nav: File) -> Iterator[File]:
    """The pages in reading order."""

    def file(page: Page) -> File:
        sheet = sheets[page.lang or document.metadata.lang]
        return File(page.name.removesuffix(".xhtml"), page.name, XHTML, xhtml(page, document.metadata, sheet.name), read=True)

    if cover:
        yield file(cover_page(document, cover))
    yield file(title_page(document, layout))
    yield nav
    yield from map(file, text_pages(document, layout))


def _ncx(found: Contents, identifier: Identifier, metadata: Metadata) -> File:
    data = ncx.ncx(found.entries, plain_text(metadata.title), identifier.value, metadata.lang)
    return File("ncx", ncx.NAME, ncx.MEDIA_TYPE, data)


def _sheets(document: Document, theme: Theme) -> Mapping[str, File]:
    """The sheet of each language: the book's own, and others where the languages of its articles need them."""
    metadata = document.metadata
    main = File("sheet", SHEET, CSS, _sheet(theme, metadata.lang, metadata.dir))
    files = {main.data: main}
    sheets = {metadata.lang: main}
    for lang in dict.fromkeys(article.lang for article in document.articles.values()):
        data = _sheet(theme, lang, "")
        other = File(f"sheet-{lang}", f"style-{lang.lower()}.css", CSS, data)
        sheets.setdefault(lang, files.setdefault(data, other))
    return sheets


def _sheet(theme: Theme, lang: str, way: Direction) -> bytes:
    return (BOTH + EPUB + epub_sheet(theme, lang, way or direction(lang))).encode()


def _pictures(pieces: Iterable[Piece], cover: Picture | None) -> Iterator[File]:
    """Every picture once, in the order of reading."""
    if cover:
        yield File("cover-image", cover.name, cover.media_type, cover.data, "cover-image")
    found: dict[str, Picture] = {}
    for piece in pieces:
        match piece:
            case Image(picture=Picture() as picture):
                found.setdefault(picture_name(picture), picture)
            case _:
                continue
    for number, (name, picture) in enumerate(found.items(), 1):
        yield File(f"picture-{number}", name, picture.media_type, picture.data)


def _paginated(edition: Edition, pages: tuple[Entry, ...]) -> Iterator[Statement]:
    """Whose page numbers these are."""
    if pages and edition.paginated:
        # a name that is no UTF-8 is read with signs that no file of XML may hold
        source = edition.paginated.encode(errors="replace").decode()
        yield Statement("meta", source, {"property": "pageBreakSource"})


def _old_readers(cover: Picture | None) -> Iterator[Statement]:
    """What readers of EPUB 2 look for."""
    if cover:
        yield Statement("meta", "", {"name": "cover", "content": "cover-image"})
    yield Statement("meta", "", {"name": "generator", "content": "pressout"})

"""A document as a Word file: Word's own styles with the theme's looks, native lists, notes, fields and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pressout.diagnostics import Report
from pressout.edition import Edition, Output
from pressout.model import Document, Section
from pressout.renderers.docx.blocks import write_blocks
from pressout.renderers.docx.comments import add_comments
from pressout.renderers.docx.contents import write_contents
from pressout.renderers.docx.cover import write_cover
from pressout.renderers.docx.embedding import embedded_faces, font_table
from pressout.renderers.docx.fonts import Typefaces
from pressout.renderers.docx.front import write_title_block
from pressout.renderers.docx.headings import heading_lists
from pressout.renderers.docx.heads import write_heads
from pressout.renderers.docx.notes import notes_story, write_notes, write_notes_title
from pressout.renderers.docx.numbering import Kind, Numbering, Shape
from pressout.renderers.docx.package import Package
from pressout.renderers.docx.page import (
    begin_chapter,
    close_text,
    count_notes_anew,
    end_contents,
    end_title_block,
    page_width,
    text_width,
    write_imprint,
)
from pressout.renderers.docx.pictures import Pictures
from pressout.renderers.docx.properties import Properties
from pressout.renderers.docx.references import references
from pressout.renderers.docx.settings import settings
from pressout.renderers.docx.story import Place, Story, WordFile
from pressout.renderers.docx.styles import Styles
from pressout.renderers.docx.stylesheet import stylesheet
from pressout.renderers.docx.theme import theme_part
from pressout.renderers.docx.xml import Element, add, root
from pressout.renderers.parts import in_chapters
from pressout.theme.looks import Theme

NAMESPACES = ("w", "r", "wp", "a", "pic", "adec", "asvg")


def render(document: Document, theme: Theme, edition: Edition, report: Report) -> Output:
    """The prepared document as a Word file. Nobody knows its pages: each program lays them out for itself."""
    file = _word_file(document, theme, edition, report)
    package = Package()
    text, notes = Story("document.xml", root("w:document", *NAMESPACES)), notes_story(file.note_form)
    place = Place(file, text, text_width(theme.page), rtl=file.rtl)
    heads = write_heads(place)
    body = add(text.root, "w:body")
    write_cover(body, place)
    write_title_block(body, replace(place, width=page_width(theme.page)))
    end_title_block(body, document.metadata, place)
    title_end = len(body)
    write_contents(body, place)
    if len(body) > title_end:
        end_contents(body, place)
    _write_text(body, place)
    write_notes_title(body, place)
    if not theme.front.title_page:
        write_imprint(body, place, document.metadata.imprint)
    write_notes(file, replace(place, story=notes))
    close_text(body, file)
    package.add_pictures(file.pictures.parts.values())
    for kind, _, story in heads:
        package.add_story(kind, story)
    package.add_story(file.note_form.part, notes)
    text.relate(file.note_form.part, notes.name)
    for kind, element in _shared_parts(file):
        package.add_xml(kind, f"{kind}.xml", element)
        text.relate(kind, f"{kind}.xml")
    faces = embedded_faces(file, [story.root for story in (text, notes, *(story for _, _, story in heads))])
    package.add_fonts(font_table(theme, faces), faces.values())
    text.relate("fontTable", "fontTable.xml")
    add_comments(package, text, edition.handoff.remarks if edition.handoff else ())
    package.add_story("document", text)
    return Output(package.save(document, edition))


def _write_text(body: Element, place: Place) -> None:
    """The document's blocks; where they are chapters, each begins a page, or numbers its notes anew."""
    document, theme = place.file.document, place.file.theme
    chapters = in_chapters(document, theme)
    if not chapters and not place.file.notes_by_chapter:
        write_blocks(body, document.blocks, place)
        return
    for block in document.blocks:
        if isinstance(block, Section) and chapters:
            begin_chapter(body, place)
            place.file.article = block.attributes.id
        elif isinstance(block, Section):
            count_notes_anew(body, place)
        write_blocks(body, (block,), place)


def _shared_parts(file: WordFile) -> Iterator[tuple[str, Element]]:
    """What the whole file shares; the styles and lists are those that its text has turned out to need."""
    yield "styles", stylesheet(file)
    yield "numbering", file.numbering.part(_step_numbers(file))
    yield "settings", settings(file)
    yield "theme", theme_part(file.theme)


def _step_numbers(file: WordFile) -> Properties:
    """The letters of the numbers of steps."""
    return file.styles.character(frozenset({"step-number"}), file.styles.paragraph("list-number")).run


def _word_file(document: Document, theme: Theme, edition: Edition, report: Report) -> WordFile:
    numbering = Numbering()
    styled: tuple[tuple[Kind, str], ...] = (("bullet", "list-bullet"), ("number", "list-number"))
    for kind, role in styled:
        look = theme.style(role)
        numbering.new_list(Shape(kind, 0.0, look.indent, max(0.0, -look.first_line)))
    return WordFile(
        document,
        theme,
        edition,
        report,
        Styles(theme, Typefaces(theme, document.metadata.lang or "en")),
        references(document),
        Pictures(theme),
        numbering,
        notes={note.label: note for note in document.notes},
        numbers=heading_lists(document.blocks, numbering),
    )

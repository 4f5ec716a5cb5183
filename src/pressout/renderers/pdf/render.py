"""PDF: the document's page laid out by WeasyPrint as one file that is PDF/UA-1 and PDF/A-3a, with contents where it is long."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import pydyf
import weasyprint.pdf
from weasyprint import HTML
from weasyprint.document import Document as Layout
from weasyprint.text.fonts import FontConfiguration

from pressout.diagnostics import PressoutError, Report
from pressout.edition import Edition, Output
from pressout.model import Document
from pressout.press import archive
from pressout.press.tags import add_tags
from pressout.renderers.parts import contents_wanted
from pressout.renderers.pdf.attachments import source_file
from pressout.renderers.pdf.depth import deep
from pressout.renderers.pdf.fold_signs import sign_folds
from pressout.renderers.pdf.garbage import seldom_collected
from pressout.renderers.pdf.layout_messages import messages
from pressout.renderers.pdf.line_grid import keep_grid, step_blocks
from pressout.renderers.pdf.line_numbers import number_lines
from pressout.renderers.pdf.long_boxes import keep_code, loosen_boxes
from pressout.renderers.pdf.long_notes import notes_overflow, with_endnotes
from pressout.renderers.pdf.lookups import look_up
from pressout.renderers.pdf.note_room import add_up_notes
from pressout.renderers.pdf.own_sheets import refuse_faulty_rule
from pressout.renderers.pdf.page import contributors_of, page_html
from pressout.renderers.pdf.page_starts import page_starts
from pressout.renderers.pdf.repairs import even_lines, repair_fonts, repair_lines, repair_notes
from pressout.renderers.pdf.second_look import Ties, look_again
from pressout.renderers.pdf.supplies import Supplies
from pressout.renderers.pdf.ties import ends_of_headings, last_words, tie
from pressout.theme import Theme

DOUBT = 0.5  # pages; what a contents list moves to the next page can add so much to its own depth

repair_fonts()
repair_lines()
even_lines()
repair_notes()
keep_grid()
add_up_notes()
look_up()
weasyprint.pdf.add_tags = add_tags


def render(document: Document, theme: Theme, edition: Edition, report: Report) -> Output:
    """The prepared document as a PDF for print, and where each of its pages begins.

    Raises PressoutError where a sheet of the theme has a rule that no page can be laid out with.
    """
    try:
        return _drawn(document, theme, edition, report)
    except PressoutError:
        raise
    except Exception as error:
        refuse_faulty_rule(error, theme, lambda other: _drawn(document, other, edition, Report()))
        raise


def _drawn(document: Document, theme: Theme, edition: Edition, report: Report) -> Output:
    with deep(), seldom_collected(), messages(document, theme, report):
        layout = lay_out(document, theme, edition, report)
        if notes_overflow(layout, document):
            document = with_endnotes(document, report)
            layout = lay_out(document, theme, edition, report)
        data = layout.write_pdf(
            pdf_variant=archive.VARIANT,
            attachments=source_file(document, edition, report),
            finisher=lambda pages, pdf: _finish(pages, pdf, theme, contributors_of(document.metadata)),
        )
    return Output(data, page_starts(layout, document))


def _finish(layout: Layout, pdf: pydyf.PDF, theme: Theme, contributors: Iterable[str]) -> None:
    """The pages are called as their folios call them: 1, 2, 3 (PDF 1.7, 12.4.2); the file says what it conforms to."""
    number_lines(layout, pdf, theme)
    sign_folds(layout, pdf)
    archive.finish(pdf, contributors)
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])})


# Layout


def lay_out(document: Document, theme: Theme, edition: Edition, report: Report) -> Layout:
    """The pages, with a contents list if the article asks for one, or says nothing and its text fills enough pages.

    A layout is nine tenths of a PDF's time, so the length is guessed first, and only a wrong guess costs a second one.
    """
    supplies = Supplies(document, theme, report, edition.profile)
    fonts = _font_configuration(tuple(sorted(path for font in theme.fonts.values() for path in font.files.values())))

    def pages(*, contents: bool, ties: Ties = ()) -> Layout:
        page = HTML(string=page_html(document, theme, edition, contents=contents), url_fetcher=supplies)
        step_blocks(page.etree_element, theme.line)
        loosen_boxes(page.etree_element, theme)
        keep_code(page.etree_element)
        tie(page.etree_element, (*last_words(page.etree_element), *ends_of_headings(page.etree_element, theme)))
        for each in ties:
            tie(page.etree_element, each)
        return page.render(font_config=fonts, pdf_variant=archive.VARIANT)

    contents, layout = _with_or_without_contents(document, theme, pages)
    return look_again(layout, lambda ties: pages(contents=contents, ties=ties), report)


def _with_or_without_contents(document: Document, theme: Theme, pages: Callable[..., Layout]) -> tuple[bool, Layout]:
    """Whether there is a contents list, and the pages with it or without it."""
    limit, likely = theme.contents_pages, contents_wanted(document, theme)
    layout = pages(contents=likely)
    asked = isinstance(document.metadata.settings.get("toc"), bool)
    if asked or (likely and _text_pages(layout) > limit + DOUBT):
        return likely, layout
    without = pages(contents=False) if likely else layout
    if len(without.pages) <= limit:
        return False, without
    return True, layout if likely else pages(contents=True)


@lru_cache(maxsize=8)
def _font_configuration(files: tuple[Path, ...]) -> FontConfiguration:
    """One configuration for all documents that use these fonts: it keeps what it has loaded."""
    return FontConfiguration()


def _text_pages(layout: Layout) -> float:
    """About how many pages the text alone fills: all, less what the contents take and what the last page leaves empty."""
    contents = end = 0.0
    for page in layout.pages:
        root = page._page_box
        for box in root.descendants():
            if box.element_tag == "nav":
                contents += box.margin_height() / root.height
            elif box.element_tag == "main":
                end = (box.position_y + box.margin_height() - root.content_box_y()) / root.height
    return len(layout.pages) - 1 + end - contents

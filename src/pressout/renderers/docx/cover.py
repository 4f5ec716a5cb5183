"""The cover in Word: a picture that fills the first page, where the theme's PDF begins with one."""

from __future__ import annotations

from pressout.model import Picture
from pressout.renderers.docx.page import end_section, page_start
from pressout.renderers.docx.pictures import Drawing, Size, write_page_filler
from pressout.renderers.docx.story import Opening, Place, paragraph
from pressout.renderers.docx.xml import Element, add
from pressout.renderers.parts import has_cover
from pressout.theme.looks import PageLayout


def write_cover(body: Element, place: Place) -> None:
    """The cover on a page of its own, without head and folio. An editor's file has none: it has nothing to correct."""
    file = place.file
    if file.edition.anchors or not has_cover(file.document, file.theme):
        return
    from pressout.renderers.cover.cover import cover_words, page_picture  # most Word files, and all of an editor's, have no cover

    picture = page_picture(file.document, file.theme, file.report)
    page = file.theme.page
    file.pictures.shown += 1
    part = place.story.relate("image", file.pictures.part(picture.name, picture.media_type, picture.data))
    drawing = Drawing(file.pictures.shown, picture.name, Size(page.width, page.height), part, cut=_cut(picture, page))
    with paragraph(body, "gap", place) as line:
        write_page_filler(add(line.element, "w:r"), drawing, cover_words(file.document.metadata))
    end_section(body, place, Opening(page_start(file), "all"))


def _cut(picture: Picture, page: PageLayout) -> tuple[float, float]:
    """What a picture of another shape loses at its sides, or at top and bottom, to fill the page."""
    wider = (picture.width / picture.height) / (page.width / page.height)
    return (max(0.0, 1 - 1 / wider) / 2, max(0.0, 1 - wider) / 2)

"""Figures as XHTML: one picture or several, with their caption, credit and description."""

from __future__ import annotations

from pressout.model import Figure
from pressout.renderers.html.inlines import image_html, inlines_html, width_style, without_width
from pressout.renderers.html.markup import Context, attributes_of, element, key, line_key, text
from pressout.renderers.html.tables import caption_label
from pressout.renderers.reading import placement
from pressout.terms import term


def figure_html(figure: Figure, context: Context) -> str:
    """One picture or several under one caption; a long description is heard with the picture, and in an EPUB can be opened."""
    is_group, place = len(figure.images) > 1, placement(figure)
    beside = place in ("left", "right") and not is_group
    group = " ".join(
        filter(None, ("figure-group" if is_group else "", f"place-{place}" if place and (context.epub or not beside) else ""))
    )
    spoken = "" if context.epub else figure.description
    width = width_style(figure.images[0]) or "width:40%;" if beside and figure.images else ""
    drawn = [
        image_html(without_width(image) if beside else image, context, spoken if index == 0 else "")
        for index, image in enumerate(figure.images)
    ]
    panel = {"class": "panel", "style": f"width:{_share(len(drawn))}%;"}
    images = "".join(f"{element('div', image, panel) if is_group else image}\n" for image in drawn)
    content = f"\n{images}{_description(figure, context)}{_caption(figure, context)}"
    own = {**attributes_of(figure, context, "figure", group), **key(figure, context)}
    if beside and not context.epub:
        # WeasyPrint 70 parts a float at a page's end, but no line in it: so the figure stands in one as a letter does
        return element("div", element("figure", content, own), {"class": f"beside place-{place}", "style": width})
    return element("figure", content, {"style": width} | own)


def _share(count: int) -> int:
    """The width of each picture of a group, in hundredths: two or three stand beside each other, four and more in pairs."""
    return 100 // (count if count < 4 else 2) - 2


def _caption(figure: Figure, context: Context) -> str:
    parts = [caption_label("figure", figure.number, context), inlines_html(figure.caption, context)]
    if figure.credit:
        parts.append(element("span", inlines_html(figure.credit, context), {"class": "credit", **line_key(figure.credit, context)}))
    words = " ".join(filter(None, parts))
    if not words:
        return ""
    return element("figcaption", words, {"class": "caption", **line_key(figure.caption, context)}) + "\n"


def _description(figure: Figure, context: Context) -> str:
    if not figure.description or not context.epub:
        return ""
    summary = element("summary", text(term("description", context.lang)))
    return element("details", summary + element("p", text(figure.description)), {"class": "description"}) + "\n"

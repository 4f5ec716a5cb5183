"""Devices: what an EPUB is made into for the e-reader that it goes to."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from pressout.edition import Edition
from pressout.model import Block, Blocks, Document, Figure, Image, Inline, Inlines, Picture
from pressout.renderers.drawings import draw_vector
from pressout.theme import Theme
from pressout.walk import remake, rewrite_inlines

UNKNOWN = {"kindle": ("image/webp", "image/svg+xml")}  # the kinds of pictures that a device does not show, or not well
DISPLAY_OPTIONS = "META-INF/com.apple.ibooks.display-options.xml"

Change = Callable[[Picture], Picture]


def fitted(document: Document, edition: Edition, theme: Theme) -> Document:
    """The document with its pictures as the device shows them."""
    if not edition.greyscale and edition.device not in UNKNOWN:
        return document
    change = partial(fitted_picture, edition=edition, theme=theme)

    def inline(piece: Inline) -> Inlines:
        match piece:
            case Image():
                return (_fitted_image(piece, change),)
            case _:
                return (piece,)

    def block(made: Block) -> Blocks:
        match made:
            case Figure(images=images):
                return (replace(made, images=tuple(_fitted_image(image, change) for image in images)),)
            case _:
                return (made,)

    logo = document.metadata.logo
    dressed = replace(document, metadata=replace(document.metadata, logo=_fitted_image(logo, change))) if logo else document
    return remake(dressed, block, partial(rewrite_inlines, inline=inline))


def _fitted_image(image: Image, change: Change) -> Image:
    return replace(image, picture=change(image.picture)) if image.picture else image


def fitted_picture(picture: Picture, edition: Edition, theme: Theme) -> Picture:
    """The picture in a kind that the device knows, in grey where that is asked for."""
    drawing = picture.media_type == "image/svg+xml"
    if drawing and (edition.greyscale or picture.media_type in UNKNOWN.get(edition.device, ())):
        picture = replace(picture, media_type="image/png", data=draw_vector(picture, theme))
    if edition.greyscale or picture.media_type in UNKNOWN.get(edition.device, ()):
        return _redone(picture, grey=edition.greyscale)
    return picture


def _redone(picture: Picture, *, grey: bool) -> Picture:
    """The bitmap, its first frame, as PNG, or as JPEG where it was one."""
    from PIL import Image as Bitmap

    with Bitmap.open(io.BytesIO(picture.data)) as image:
        see_through = image.has_transparency_data
        mode = ("LA" if see_through else "L") if grey else ("RGBA" if see_through else "RGB")
        done = image.convert("RGBA").convert(mode) if see_through else image.convert(mode)
    written, form = io.BytesIO(), "JPEG" if picture.media_type == "image/jpeg" else "PNG"
    done.save(written, form, **({"quality": 90} if form == "JPEG" else {"optimize": True}))
    return replace(picture, media_type=f"image/{form.lower()}", data=written.getvalue())


def display_options(*, fonts: bool) -> bytes:
    """What Apple Books asks of a book: whether it brings faces of its own, which are else not shown."""
    option = f'<option name="specified-fonts">{str(fonts).lower()}</option>'
    options = f'<display_options><platform name="*">{option}</platform></display_options>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{options}\n'.encode()

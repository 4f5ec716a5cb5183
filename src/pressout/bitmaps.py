"""Bitmaps: photographs and screenshots made fit for print, e-readers and Word alike, drawn anew only where they must be."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pressout.model import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

KEPT = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg", "GIF": "image/gif"}  # MPO is a JPEG and more
READ = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP", "AVIF")
PHOTOGRAPHS = ("JPEG", "MPO", "AVIF")
PLAIN_MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")  # those that every program shows
QUALITY = 92  # of a JPEG that is drawn anew; what it loses no print shows
ORIENTATION = 0x0112  # EXIF's tag; 1 is upright
ON_ITS_SIDE = 5  # the first orientation that swaps width and height


def as_bitmap(data: bytes, name: str, widest: int = 0) -> Picture | str:
    """The picture in these bytes, no wider than `widest` pixels if that is given; or why there is none.

    What is upright, grey or in sRGB, and narrow enough keeps its bytes; so does a GIF, which may move. The same bytes give the
    same picture on one version of Pillow.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with _read_to_the_end(), warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=READ) as image:
                return _fitted(image, data, name, widest)
    except UnidentifiedImageError:
        return "is no picture that can be read (PNG, JPEG, GIF, WebP, SVG, TIFF, BMP and AVIF can)"
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return f"has more than {(Image.MAX_IMAGE_PIXELS or 0) // 1_000_000} million pixels, more than any page can show"
    except (OSError, ValueError, SyntaxError, EOFError):
        return "is broken"


def _fitted(image: Image, data: bytes, name: str, widest: int) -> Picture:
    form, kind = image.format or "", KEPT.get(image.format or "", "")
    turned = image.getexif().get(ORIENTATION, 1)
    width = image.height if turned >= ON_ITS_SIDE else image.width
    size = image.size
    if 0 < widest < width and turned < ON_ITS_SIDE:
        image.draft(None, (widest, 1))  # a JPEG gives half or a quarter of its pixels in a fraction of the time
    image.load()  # what is cut short shows here at the latest
    usable = image.mode in PLAIN_MODES and turned == 1 and not _foreign_colours(image)
    if kind and usable and (form == "GIF" or not 0 < widest < width):
        return Picture(name, kind, *size, data)
    drawn = _drawn(image, name, widest, photograph=_is_photograph(image, data))
    # A screenshot of few colours may need more bytes when it is smaller; then nothing is won
    return drawn if len(drawn.data) < len(data) or not (kind and usable) else Picture(name, kind, *size, data)


@contextmanager
def _read_to_the_end() -> Iterator[None]:
    """Have Pillow raise OSError for what is cut short, though WeasyPrint asks it to fill up with grey."""
    from PIL import ImageFile

    asked, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = asked


def _is_photograph(image: Image, data: bytes) -> bool:
    """Whether a picture may be drawn as JPEG: it lost something before, and nothing shines through it."""
    lossy = image.format in PHOTOGRAPHS or (image.format == "WEBP" and b"VP8L" not in data[:4096])
    return lossy and not image.has_transparency_data


def _foreign_colours(image: Image) -> bool:
    """Whether the picture's numbers mean other colours than in sRGB, which is what a screen and most programs take them for."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("P", "RGB", "RGBA"):
        return False
    try:
        return "srgb" not in ImageCms.getProfileDescription(io.BytesIO(profile)).lower()
    except ImageCms.PyCMSError:
        return False


def _drawn(image: Image, name: str, widest: int, *, photograph: bool) -> Picture:
    """The picture anew: upright, in sRGB or grey, no wider than asked."""
    from PIL import Image, ImageOps

    fit = ImageOps.exif_transpose(_screen_colours(image))
    if 0 < widest < fit.width and fit.mode != "I;16":
        height = max(1, round(fit.height * widest / fit.width))
        fit = _smooth(fit).resize((widest, height), Image.Resampling.LANCZOS)
    drawn = io.BytesIO()
    if photograph:
        fit.save(drawn, "JPEG", quality=QUALITY, optimize=True)
        return Picture(name, "image/jpeg", fit.width, fit.height, drawn.getvalue())
    fit.save(drawn, "PNG", icc_profile=None)
    return Picture(name, "image/png", fit.width, fit.height, drawn.getvalue())


def _screen_colours(image: Image) -> Image:
    """The picture in grey or sRGB: by its profile, else as its kind of numbers is commonly read."""
    from PIL import Image, ImageCms

    modes = {"RGBA": "RGBA"} if image.has_transparency_data else {}
    profile = image.info.get("icc_profile")
    if profile and (image.mode == "CMYK" or _foreign_colours(image)):
        source = _smooth(image) if image.mode == "P" else image
        try:
            screen = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(source, io.BytesIO(profile), screen, outputMode=modes.get(source.mode, "RGB"))
            return converted or source
        except ImageCms.PyCMSError:
            pass  # a profile that is broken tells nothing
    if image.mode in PLAIN_MODES:
        return image
    if image.mode in ("I", "F") or image.mode.startswith("I;"):
        return image.convert("I;16") if image.mode == "I" else image.convert("L")
    return image.convert("RGBA" if "A" in image.getbands() else "RGB", palette=Image.Palette.WEB)


def _smooth(image: Image) -> Image:
    """The picture in a mode in which colours can be mixed."""
    if image.has_transparency_data:
        return image.convert("RGBA") if image.mode not in ("LA", "RGBA") else image
    return image.convert({"1": "L", "P": "RGB"}[image.mode]) if image.mode in ("1", "P") else image

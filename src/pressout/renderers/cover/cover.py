"""The cover: the article's own picture, or the theme's template filled with the article's title."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pressout.diagnostics import PressoutError, Report
from pressout.model import Document, Metadata, Picture
from pressout.pictures import NoPicture, find_picture
from pressout.renderers.cover import lettering
from pressout.renderers.cover.pango import Face, typesetter
from pressout.renderers.css.fonts import stack
from pressout.renderers.drawings import draw_vector
from pressout.renderers.html.markup import FORBIDDEN
from pressout.terms import direction, term
from pressout.theme import Theme
from pressout.vectors import MEDIA_TYPE as SVG
from pressout.walk import plain_text

if TYPE_CHECKING:
    from jinja2 import Template

WIDTH, HEIGHT = 1600, 2560  # pixels: the size and the shape, 1 : 1.6, that shops ask for
LOGO = "pressout-logo:"  # what a cover calls the logo of the house
LOGO_WIDTH = 800  # pixels, in which a vector is drawn before it is fitted: half the width of the cover
FINE = 2  # pixels of a page's cover in one of the template's: 390 to the inch on A4
# Latin, Greek, Cyrillic, signs, Han, Kana and Hangul: letters that stand side by side whatever their neighbours are
SIMPLE = re.compile(
    "[\\n\\x20-\\u02ff\\u0370-\\u0482\\u048a-\\u052f\\u1e00-\\u1fff\\u2010-\\u2027\\u2030-\\u2bff\\u3000-\\u3098\\u309b-\\u9fff\\uac00-\\ud7a3\\uff00-\\uffef]+"
)
SHOP_TYPES = ("image/jpeg", "image/png")


def draw_cover(document: Document, theme: Theme, report: Report) -> Picture | None:
    """A bitmap for the cover: the picture that the metadata names, else the theme's cover with the title; None if none is wanted.

    The typographic cover takes 0.02 s of CPU, half of it for packing four million pixels.
    """
    if document.metadata.settings.get("cover") is False:
        return None
    return _own_picture(document, report) or Picture("cover.png", "image/png", WIDTH, HEIGHT, _drawn(document, theme, report))


def page_cover(document: Document, theme: Theme, report: Report) -> tuple[bytes, str]:
    """The cover as it fills a page of the PDF, and its media type: the article's own picture, else the theme's, as SVG."""
    own = _own_picture(document, report)
    if own:
        return own.data, own.media_type
    svg = cover_svg(document, theme, _tall(theme))
    if not SIMPLE.fullmatch(svg):
        # WeasyPrint sets the text of an SVG letter by letter: Arabic comes apart, Hindi and Tamil grow too wide
        return page_picture(document, theme, report).data, "image/png"
    _check_letters(document, theme, report)
    return svg.encode(), SVG


def page_picture(document: Document, theme: Theme, report: Report) -> Picture:
    """The cover as it fills a page of the theme's paper, as a bitmap."""
    own = _own_picture(document, report)
    height = _tall(theme)
    return own or Picture("cover.png", "image/png", FINE * WIDTH, FINE * height, _drawn(document, theme, report, height, FINE))


def cover_words(metadata: Metadata) -> str:
    """What a cover says to those who do not see it."""
    people = (author.name for author in metadata.authors or metadata.editors)
    return f"{term('cover', metadata.lang)}: {', '.join([plain_text(metadata.title), *people])}"


def _own_picture(document: Document, report: Report) -> Picture | None:
    target = document.metadata.settings.get("cover")
    if not isinstance(target, str) or not target:
        return None
    span = document.metadata.spans.get("cover")
    match find_picture(document.folder, target, WIDTH):
        case Picture(media_type=kind) as found if kind in SHOP_TYPES:
            return replace(found, name=f"cover.{kind.removeprefix('image/')}")
        case Picture():
            report.warn(f"the cover picture '{target}' is no bitmap that shops take", span, hint="name a JPEG or a PNG")
        case NoPicture(reason=reason, hint=hint):
            report.warn(f"the cover picture '{target}' {reason}", span, hint=hint or "name a JPEG or a PNG beside the article")
    return None


def _tall(theme: Theme) -> int:
    """The height of a cover in the shape of the theme's paper."""
    return round(WIDTH * theme.page.height / theme.page.width)


def _drawn(document: Document, theme: Theme, report: Report, height: int = HEIGHT, scale: int = 1) -> bytes:
    """The theme's cover as a bitmap, `scale` pixels to one of its template."""
    from pressout.renderers.cover.raster import draw

    _check_letters(document, theme, report)
    return draw(cover_svg(document, theme, height), _font_files(theme), _logo_bitmap(theme), scale)


def _logo_bitmap(theme: Theme) -> Mapping[str, bytes]:
    logo = theme.house.logo_in("cover")
    if logo is None or logo.picture is None:
        return {}
    vector = logo.picture.media_type == SVG
    return {LOGO: draw_vector(logo.picture, theme, LOGO_WIDTH / logo.picture.width) if vector else logo.picture.data}


@dataclass(frozen=True, slots=True)
class CoverLogo:
    """The logo of the house, for a template: what an `image` calls it, and its size."""

    href: str
    width: float
    height: float


def _logo(theme: Theme) -> Callable[[float, float], CoverLogo | None]:
    """Gives the logo as large as it fits into a box, or nothing where it has no place on covers."""

    def logo(width: float, height: float) -> CoverLogo | None:
        found = theme.house.logo_in("cover")
        if found is None or found.picture is None:
            return None
        share = min(width / found.picture.width, height / found.picture.height)
        return CoverLogo(LOGO, round(found.picture.width * share), round(found.picture.height * share))

    return logo


def _check_letters(document: Document, theme: Theme, report: Report) -> None:
    title = _clean(plain_text(document.metadata.title))
    lacking = typesetter(_font_files(theme)).lacking(title, _face("title", theme))
    if lacking:
        hint = "install one for its script; on Debian: apt-get install fonts-noto-core fonts-noto-cjk"
        report.warn(f"no font here has {lacking} characters of the title", document.metadata.spans.get("title"), hint=hint)


@dataclass(frozen=True, slots=True)
class CoverText:
    """What a template may set on a cover, each as plain words, empty where the article says nothing of it."""

    title: str
    subtitle: str
    series: str
    authors: str
    publisher: str


def cover_svg(document: Document, theme: Theme, height: int = HEIGHT) -> str:
    """The theme's cover for this article, as SVG.

    The template has `text` (title, subtitle, series, authors, publisher), `colour` (the theme's), `width`, `height`, `leftward`,
    `logo(width, height)`, the logo of the house as large as it fits, or nothing, `face(role)`, which is the attributes of a text
    in the look of a role, and `fit(words, role, width=, height=, lines=, largest=, smallest=)`, which is the words broken into
    lines: `lines` (each with `text` and `y`), `size` and `height`.
    """
    from jinja2 import TemplateError

    if not theme.cover:
        raise PressoutError(f"the theme '{theme.name}' has no cover", hint="let it extend 'plain', or give it a cover.svg.jinja")
    metadata = document.metadata
    text = CoverText(
        _clean(plain_text(metadata.title)),
        _clean(plain_text(metadata.subtitle)),
        _clean(", ".join(filter(None, (metadata.series, metadata.issue)))),
        _clean(", ".join(author.name for author in metadata.authors)),
        _clean(metadata.publisher),
    )
    leftward = direction(metadata.lang) == "rtl" if not metadata.dir else metadata.dir == "rtl"
    tools = {
        "logo": _logo(theme),
        "fit": _fitter(theme, metadata.lang, leftward),
        "face": _attributer(theme, metadata.lang, leftward),
    }
    try:
        return _template(theme.cover).render(
            text=text, colour=theme.colours, width=WIDTH, height=height, leftward=leftward, **tools
        )
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise PressoutError(f"the cover of the theme '{theme.name}' cannot be filled: {error}") from None


@cache
def _template(source: str) -> Template:
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(loader=DictLoader({}), undefined=StrictUndefined, autoescape=True).from_string(source)


def _fitter(theme: Theme, lang: str, leftward: bool) -> Callable[..., lettering.Block]:
    def fit(words: str, role: str, **box: float) -> lettering.Block:
        shown = words.upper() if theme.style(role).uppercase else words
        space = lettering.Box(box["width"], box["height"], int(box["lines"]), box["largest"], box["smallest"])
        return lettering.fit(shown, _face(role, theme, lang, leftward), space, typesetter(_font_files(theme)))

    return fit


def _attributer(theme: Theme, lang: str, leftward: bool) -> Callable[[str], str]:
    from markupsafe import Markup

    def face(role: str) -> str:
        look = _face(role, theme, lang, leftward)
        slant = "italic" if look.italic else "normal"
        shape = Markup('font-family="{}" font-weight="{}" font-style="{}" xml:lang="{}"')
        return shape.format(look.family, look.weight, slant, look.lang)

    return face


def _face(role: str, theme: Theme, lang: str = "", leftward: bool = False) -> Face:
    look = theme.style(role)
    font = theme.fonts[look.font]
    return Face(stack(font, lang).replace('"', ""), look.size, look.weight, look.italic, lang, leftward)


def _font_files(theme: Theme) -> tuple[Path, ...]:
    return tuple(path for font in theme.fonts.values() for path in font.files.values())


def _clean(words: str) -> str:
    return FORBIDDEN.sub("", " ".join(words.split()))

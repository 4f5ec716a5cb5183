"""Pictures: files found beside the article, each one value however often it is shown, fine enough for print, and told in words."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from pressout.diagnostics import Report
from pressout.model import Block, Blocks, Document, Figure, Image, Inline, Inlines, Picture
from pressout.pictures import NoPicture, find_picture
from pressout.theme import PageLayout, Theme
from pressout.vectors import MEDIA_TYPE as SVG
from pressout.walk import remake, rewrite_inlines

FINE = 300  # pixels to the inch; no press shows more
COARSE = 150  # pixels to the inch; below, readers see them
SMALL = 72.0  # points; what is narrower is an icon, and no one counts its pixels
PIXEL = 0.75  # points in a CSS pixel, which is how wide a pixel is shown where nothing else is asked
SHOWN = 32  # characters of an address that holds the picture itself
WIDTH = re.compile(r"(\d+(?:\.\d+)?)(%|em|rem|px|pt|pc|mm|cm|in|)")
UNITS: Mapping[str, float] = {"": PIXEL, "px": PIXEL, "pt": 1.0, "pc": 12.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0}


def add_pictures(document: Document, theme: Theme, report: Report) -> Document:
    """Every image with its picture, but where there is none to be had; that, and a missing alt text, is reported.

    A picture of more pixels than print can show over the width of the type is made smaller, once, for all formats.
    """
    pictures = _Pictures(document.folder, theme, report)
    return remake(document, pictures.in_block, pictures.in_inlines)


@dataclass(slots=True)
class _Pictures:
    """What was found, by target; and each picture by its bytes, so that two copies of a file are one."""

    folder: Path | None
    theme: Theme
    report: Report
    found: dict[str, Picture | NoPicture] = field(default_factory=dict)
    kept: dict[bytes, Picture] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def in_block(self, block: Block) -> Blocks:
        match block:
            case Figure(images=images):
                return (replace(block, images=tuple(map(self._placed, images))),)
            case _:
                return (block,)

    def in_inlines(self, inlines: Inlines) -> Inlines:
        return rewrite_inlines(inlines, self._in_line)

    def _in_line(self, inline: Inline) -> Inlines:
        match inline:
            case Image():
                return (self._placed(inline),)
            case _:
                return (inline,)

    def _placed(self, image: Image) -> Image:
        name = f"{image.target[:SHOWN]}…" if image.target.lower().startswith("data:") else image.target
        if not image.alt.strip() and not image.decorative:
            hint = f"write ![what it shows]({name}), or ![]({name}){{.decorative}}"
            self.report.warn(f"the picture '{name}' has no alt text", image.span, hint=hint)
        match self._find(image.target):
            case Picture() as picture:
                self._check_resolution(image, picture, name)
                return replace(image, picture=picture)
            case NoPicture(reason=reason, hint=hint):
                self.report.warn(f"the picture '{name}' {reason}", image.span, hint=hint)
                return image

    def _find(self, target: str) -> Picture | NoPicture:
        if target not in self.found:
            found = find_picture(self.folder, target, math.ceil(type_width(self.theme.page) / 72 * FINE))
            self.found[target] = self._one_of(found) if isinstance(found, Picture) else found
        return self.found[target]

    def _one_of(self, picture: Picture) -> Picture:
        if picture.data not in self.kept:
            name, path, number = picture.name, PurePosixPath(picture.name), 2
            while name in self.names:
                name, number = f"{path.stem}-{number}{path.suffix}", number + 1
            self.names.add(name)
            self.kept[picture.data] = replace(picture, name=name)
        return self.kept[picture.data]

    def _check_resolution(self, image: Image, picture: Picture, name: str) -> None:
        width = print_width(image, picture, self.theme)
        fineness = picture.width / width * 72
        if picture.media_type == SVG or width < SMALL or fineness >= COARSE:
            return
        wanted, narrow = math.ceil(width / 72 * FINE), math.floor(picture.width / COARSE * 25.4)
        self.report.warn(
            f"the picture '{name}' is {picture.width} pixels wide and would print at {fineness:.0f} ppi",
            image.span,
            hint=f"use one of {wanted} pixels or more, or print it smaller: {{width={narrow}mm}}",
        )


def type_width(page: PageLayout) -> float:
    """The width of a page's type, in points."""
    return page.width - page.inner - page.outer


def print_width(image: Image, picture: Picture, theme: Theme) -> float:
    """How wide a picture prints, in points: as asked for, else as its pixels say, never wider than the type."""
    room = type_width(theme.page)
    found = WIDTH.fullmatch(dict(image.attributes.values).get("width", "").replace(" ", ""))
    if not found or not float(found[1]):
        return min(picture.width * PIXEL, room)
    number, unit = float(found[1]), found[2]
    match unit:
        case "%":
            width = room * number / 100
        case "em" | "rem":
            width = theme.style("body").size * number
        case _:
            width = number * UNITS[unit]
    return min(width, room)

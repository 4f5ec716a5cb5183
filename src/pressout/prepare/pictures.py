"""Pictures: found beside the article, one value each however often they are shown, with words for those who cannot see them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from pressout.diagnostics import Report
from pressout.files import find_picture
from pressout.model import Block, Blocks, Document, Figure, Image, Inline, Inlines, Picture
from pressout.theme import Theme
from pressout.walk import remake, rewrite_inlines

SHOWN = 32  # characters of a target that holds the picture itself


def add_pictures(document: Document, theme: Theme, report: Report) -> Document:
    """Every image with its picture, but where there is none to be had; that, and a missing alt text, is reported."""
    pictures = _Pictures(document.folder, theme, report)
    return remake(document, pictures.in_block, pictures.in_inlines)


@dataclass(slots=True)
class _Pictures:
    folder: Path | None
    theme: Theme
    report: Report
    found: dict[str, Picture | str] = field(default_factory=dict)

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
        name = f"{image.target[:SHOWN]}…" if image.target.startswith("data:") else image.target
        if not image.alt.strip() and not image.decorative:
            hint = f"write ![what it shows]({name}), or ![]({name}){{.decorative}}"
            self.report.warn(f"the picture '{name}' has no alt text", image.span, hint=hint)
        found = self._find(image.target)
        match found:
            case Picture():
                return replace(image, picture=found)
            case reason:
                self.report.warn(f"the picture '{name}' {reason}", image.span, hint="its alt text takes its place")
                return image

    def _find(self, target: str) -> Picture | str:
        if target not in self.found:
            self.found[target] = find_picture(self.folder, target)
        return self.found[target]

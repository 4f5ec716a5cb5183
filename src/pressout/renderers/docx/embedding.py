"""The font table of a Word file: the theme's families, and the faces of theirs that travel in the file."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from pressout.diagnostics import Report
from pressout.edition import Edition
from pressout.renderers.css.fonts import upright
from pressout.renderers.docx.fonts import STAND_INS, Generic
from pressout.renderers.docx.properties import BOLD
from pressout.renderers.docx.story import Story, WordFile
from pressout.renderers.docx.styles import WordStyle
from pressout.renderers.docx.xml import Element, add, qualified, root
from pressout.renderers.faces import may_travel, with_letters
from pressout.theme.fonts import LETTERS, SCRIPTS
from pressout.theme.looks import Font, Theme

FAMILIES: Mapping[Generic, tuple[str, str]] = {
    "serif": ("roman", "variable"),
    "sans-serif": ("swiss", "variable"),
    "monospace": ("modern", "fixed"),
}
KEYED = 32  # bytes at the beginning of a font that are mixed with its key, which is half as long
POSTSCRIPT = b"OTTO"  # how a font begins whose outlines are not TrueType's, which are all that Word embeds
SIGNS = frozenset("•‣◦▪–☐☑")  # of lists, which stand in no run


class Face(NamedTuple):
    """One of the four cuts that Word knows of a family."""

    family: str
    bold: bool
    italic: bool


class Cut(NamedTuple):
    """A cut, and the element that names its file, in the order of Word's schema."""

    element: str
    bold: bool
    italic: bool


CUTS = (
    Cut("w:embedRegular", False, False),
    Cut("w:embedBold", True, False),
    Cut("w:embedItalic", False, True),
    Cut("w:embedBoldItalic", True, True),
)


class EmbeddedFace(NamedTuple):
    """A face as it travels: its part, the key that its bytes are mixed with, the mixed bytes."""

    part: str
    key: str
    data: bytes


def font_table(theme: Theme, faces: Mapping[Face, EmbeddedFace]) -> Story:
    """fontTable.xml: each family of the theme, the face to take where it is not installed, and those of its faces that are here."""
    story = Story("fontTable.xml", root("w:fonts", "w", "r"))
    for family, font in sorted({font.family: font for font in theme.fonts.values() if font.family}.items()):
        entry = add(story.root, "w:font", name=family)
        add(entry, "w:altName", val=STAND_INS[font.generic])
        shape, pitch = FAMILIES[font.generic]
        add(entry, "w:family", val=shape)
        add(entry, "w:pitch", val=pitch)
        for cut in CUTS:
            if face := faces.get(Face(family, cut.bold, cut.italic)):
                add(entry, cut.element, r_id=story.relate("font", face.part), fontKey=face.key)
    return story


def wants_faces(edition: Edition) -> bool:
    """Whether the theme's faces travel: unless something else is asked for, with a file that is to be read, not to be edited."""
    return not edition.anchors if edition.embed_fonts is None else edition.embed_fonts


def embedded_faces(file: WordFile, stories: Iterable[Element]) -> Mapping[Face, EmbeddedFace]:
    """The faces that the stories are set in, with all letters of the alphabets in use, so that words can be added."""
    if not wants_faces(file.edition):
        return {}
    used = _used(file, stories)
    letters = LETTERS | SIGNS | frozenset().union(*used.values())
    letters = letters.union(*(alphabet for alphabet in SCRIPTS.values() if alphabet & letters))
    files = {face: path for face in sorted(used) if (path := _path(face, file.theme)) and _allowed(path, file.report)}
    subsets = {face: with_letters(path, letters) for face, path in files.items()}
    return {face: _mixed(f"fonts/font{number}.odttf", data) for number, (face, data) in enumerate(subsets.items(), 1)}


def _used(file: WordFile, stories: Iterable[Element]) -> Mapping[Face, set[str]]:
    """The letters of the stories by the faces that they are set in."""
    used: dict[Face, set[str]] = {}
    for story in stories:
        for paragraph in story.iter(qualified("w:p")):
            around = file.styles.sheet.get(_style(paragraph, "w:pPr", "w:pStyle"))
            for run in paragraph.iter(qualified("w:r")) if around else ():
                letters = "".join(map(str, run.itertext(qualified("w:t"))))
                if letters and around:
                    inner = file.styles.sheet.get(_style(run, "w:rPr", "w:rStyle"))
                    face = _face(around, inner, file)
                    used.setdefault(face, set()).update(letters.upper() if around.look.uppercase else letters)
    return used


def _style(element: Element, properties: str, style: str) -> str:
    found = element.find(f"{qualified(properties)}/{qualified(style)}")
    return "" if found is None else found.get(qualified("w:val"), "")


def _face(around: WordStyle, inner: WordStyle | None, file: WordFile) -> Face:
    """The face of a run by its own style, where that says anything, else by that of its paragraph."""
    look, own = around.look, inner.run if inner else {}
    italic = look.italic and not upright(file.lang)
    family = own.get("w:rFonts", file.styles.typefaces.names(look.font))["ascii"]
    return Face(family, _switched(own.get("w:b"), look.weight >= BOLD), _switched(own.get("w:i"), italic))


def _switched(own: Mapping[str, str] | None, inherited: bool) -> bool:
    return inherited if own is None else own.get("val") != "0"


def _path(face: Face, theme: Theme) -> Path | None:
    font = next((font for font in theme.fonts.values() if font.family == face.family), Font(""))
    return font.files.get((700 if face.bold else 400, face.italic))


def _allowed(path: Path, report: Report) -> bool:
    """Whether a font's maker lets it travel in a file that is edited, and whether Word can read it there."""
    with path.open("rb") as file:
        if file.read(len(POSTSCRIPT)) == POSTSCRIPT:
            report.note(f"the font '{path.name}' does not travel in the Word file: Word takes none but TrueType")
            return False
    if not may_travel(path, editable=True):
        report.note(f"the font '{path.name}' does not travel in the Word file: its maker forbids it")
        return False
    return True


def _mixed(part: str, data: bytes) -> EmbeddedFace:
    """The font mixed with a key (ECMA-376 part 1, 17.8.1), which is made of its bytes: the same font has the same one each time."""
    key = uuid.UUID(bytes=hashlib.sha256(data).digest()[:16])
    mask = key.bytes[::-1] * 2
    head = bytes(byte ^ mixed for byte, mixed in zip(data[:KEYED], mask, strict=True))
    return EmbeddedFace(part, f"{{{str(key).upper()}}}", head + data[KEYED:])

"""The package of a Word file: its parts, what leads from one to another, and what the file says of itself."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from pressout.edition import Edition
from pressout.model import Document
from pressout.renderers.archive import repack
from pressout.renderers.docx.embedding import EmbeddedFace
from pressout.renderers.docx.handoff import add_handoff
from pressout.renderers.docx.pictures import PicturePart
from pressout.renderers.docx.story import Story
from pressout.renderers.docx.xml import Element, add, clean, qualified, root, serialize
from pressout.walk import plain_text

CONTENT_TYPES: Mapping[str, str] = {
    "comments": CONTENT_TYPE.WML_COMMENTS,
    "commentsExtended": CONTENT_TYPE.WML_COMMENTS.replace("comments", "commentsExtended"),
    "document": CONTENT_TYPE.WML_DOCUMENT_MAIN,
    "endnotes": CONTENT_TYPE.WML_ENDNOTES,
    "fontTable": CONTENT_TYPE.WML_FONT_TABLE,
    "footer": CONTENT_TYPE.WML_FOOTER,
    "footnotes": CONTENT_TYPE.WML_FOOTNOTES,
    "header": CONTENT_TYPE.WML_HEADER,
    "numbering": CONTENT_TYPE.WML_NUMBERING,
    "settings": CONTENT_TYPE.WML_SETTINGS,
    "styles": CONTENT_TYPE.WML_STYLES,
    "theme": CONTENT_TYPE.OFC_THEME,
}
RELATIONS: Mapping[str, str] = {
    "comments": RELATIONSHIP_TYPE.COMMENTS,
    "commentsExtended": "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
    "endnotes": RELATIONSHIP_TYPE.ENDNOTES,
    "font": RELATIONSHIP_TYPE.FONT,
    "fontTable": RELATIONSHIP_TYPE.FONT_TABLE,
    "footer": RELATIONSHIP_TYPE.FOOTER,
    "footnotes": RELATIONSHIP_TYPE.FOOTNOTES,
    "header": RELATIONSHIP_TYPE.HEADER,
    "hyperlink": RELATIONSHIP_TYPE.HYPERLINK,
    "image": RELATIONSHIP_TYPE.IMAGE,
    "numbering": RELATIONSHIP_TYPE.NUMBERING,
    "settings": RELATIONSHIP_TYPE.SETTINGS,
    "styles": RELATIONSHIP_TYPE.STYLES,
    "theme": RELATIONSHIP_TYPE.THEME,
}
FONT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
OUTSIDE = ("hyperlink",)  # relations that lead out of the package
MOMENT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(slots=True)
class Package:
    """A Word file in the making: its parts by name, below the folder that Word keeps them in."""

    parts: dict[str, Part] = field(default_factory=dict)

    def add(self, name: str, content_type: str, data: bytes) -> None:
        """A part below /word/."""
        self.parts[name] = Part(PackURI(f"/word/{name}"), content_type, data)

    def add_xml(self, kind: str, name: str, element: Element) -> None:
        """A part of XML; `kind` is a key of CONTENT_TYPES."""
        self.add(name, CONTENT_TYPES[kind], serialize(element))

    def add_story(self, kind: str, story: Story) -> None:
        """A story, with its relations to parts that are there already."""
        self.add_xml(kind, story.name, story.root)
        relations = self.parts[story.name].rels
        for (relation, target), identifier in story.relations.items():
            outside = relation in OUTSIDE
            relations.add_relationship(RELATIONS[relation], target if outside else self.parts[target], identifier, outside)

    def add_pictures(self, pictures: Iterable[PicturePart]) -> None:
        """The pictures as parts."""
        for name, media_type, data in pictures:
            self.add(name, media_type, data)

    def add_fonts(self, table: Story, faces: Iterable[EmbeddedFace]) -> None:
        """The font table, and the faces that it leads to."""
        for face in faces:
            self.add(face.part, FONT, face.data)
        self.add_story("fontTable", table)

    def save(self, document: Document, edition: Edition) -> bytes:
        """The whole file, the same bytes for the same parts."""
        package = OpcPackage()
        package.relate_to(self.parts["document.xml"], RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
        core = Part(PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES, serialize(_core(document, edition)))
        package.relate_to(core, RELATIONSHIP_TYPE.CORE_PROPERTIES)
        extended = Part(PackURI("/docProps/app.xml"), CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, serialize(_extended(document)))
        package.relate_to(extended, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
        if edition.handoff:
            add_handoff(package, self.parts["document.xml"], edition.handoff)
        buffer = io.BytesIO()
        package.save(buffer)
        return repack(buffer.getvalue())


def _core(document: Document, edition: Edition) -> Element:
    """Title, authors, keywords, language and times (ECMA-376 part 2, 11)."""
    metadata = document.metadata
    element = root("cp:coreProperties", "cp", "dc", "dcterms", "xsi")
    modified = metadata.modified or edition.moment
    values = {
        "dc:title": plain_text(metadata.title),
        "dc:creator": "; ".join(author.name for author in metadata.authors or metadata.contributors or metadata.editors),
        "cp:keywords": ", ".join(metadata.keywords),
        "dc:description": plain_text(metadata.description),
        "dc:identifier": metadata.identifier,
        "dc:language": metadata.lang or "en",
        "dcterms:created": edition.moment.strftime(MOMENT),
        "dcterms:modified": modified.strftime(MOMENT),
    }
    for name, value in values.items():
        if value:
            item = add(element, name)
            item.text = clean(value)
            if name.startswith("dcterms:"):
                item.set(qualified("xsi:type"), "dcterms:W3CDTF")
    return element


def _extended(document: Document) -> Element:
    element = root("ep:Properties", "ep")
    for name, value in (("ep:Application", "pressout"), ("ep:Company", document.metadata.publisher)):
        if value:
            add(element, name).text = clean(value)
    return element

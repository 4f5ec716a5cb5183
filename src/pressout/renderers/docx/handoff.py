"""What a Word file for an editor carries: properties that word processors keep, and a part of its own with the source."""

from __future__ import annotations

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from pressout.edition import Handoff
from pressout.renderers.docx.xml import add, qualified, root, serialize

FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set that custom properties belong to (MS-OLEPS 2.25.2)
FIRST = 2  # custom properties are counted from 2
ITEM = "{70726573-736F-7574-0001-68616E646F66}"  # our part's identifier within a file


def add_handoff(package: OpcPackage, document: Part, handoff: Handoff) -> None:
    """Give the package the handoff's properties and its part."""
    custom = Part(PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, _properties(handoff))
    package.relate_to(custom, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
    item = Part(PackURI("/customXml/item1.xml"), CONTENT_TYPE.XML, handoff.part)
    description = Part(PackURI("/customXml/itemProps1.xml"), CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, _description())
    item.relate_to(description, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def _properties(handoff: Handoff) -> bytes:
    element = root("op:Properties", "op", "vt")
    values = {"pressout.handoff": handoff.id, "pressout.source": handoff.digest}
    for number, (name, value) in enumerate(values.items(), FIRST):
        item = add(element, "op:property", fmtid=FORMAT, pid=str(number), name=name)
        add(item, "vt:lpwstr").text = value
    return serialize(element)


def _description() -> bytes:
    element = root("ds:datastoreItem", "ds")
    element.set(qualified("ds:itemID"), ITEM)
    references = add(element, "ds:schemaRefs")
    add(references, "ds:schemaRef", ds_uri="urn:pressout:handoff:1")
    return serialize(element)

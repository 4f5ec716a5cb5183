"""An archive's copy: the metadata by which one file says that it is PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pydyf

VARIANT = "pdf/a-3a"  # what WeasyPrint is asked for; its own pdf/ua-1 differs by nothing but the metadata

# PDF/UA-1 (ISO 14289-1, 5) wants its part named; PDF/A-3 (ISO 19005-3, 6.6.2.3) wants that property's schema told beside it
CLAIM = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


NOTHING = b" <>"  # how WeasyPrint maps a glyph that stands for no letter of its own, which is malformed (ISO 32000-1, 9.10.3)
ZERO_WIDTH = b" <200b>"


def finish(pdf: pydyf.PDF, contributors: Iterable[str] = ()) -> None:
    """Make of the file what an archive and a screen reader may rely on; `contributors` are named beside the authors.

    Its XMP says that it is PDF/UA-1 besides PDF/A-3a, and is not packed. No picture is smoothed (6.2.8). Each glyph stands for
    a character, though it be one without width (6.2.11.7). What is attached is named once, where WeasyPrint names it twice.
    """
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream):
            _mend(stream, CLAIM + _named(contributors))


def _named(contributors: Iterable[str]) -> bytes:
    """Who took part besides the authors, as Dublin Core has them in XMP (ISO 16684-1, 8.3), which knows no roles."""
    names = "".join(f"<rdf:li>{escape(name, quote=False)}</rdf:li>" for name in contributors)
    start = '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:contributor><rdf:Bag>'
    return f"{start}{names}</rdf:Bag></dc:contributor></rdf:Description>\n".encode() if names else b""


def _mend(stream: pydyf.Stream, told: bytes) -> None:
    if stream.extra.get("Type") == "/Metadata":
        stream.compress = False
        stream.stream = [part.replace(b"</rdf:RDF>", told + b"</rdf:RDF>") for part in stream.stream]
    if "Interpolate" in stream.extra:
        stream.extra["Interpolate"] = "false"
    if b"begincmap" in stream.stream:
        stream.stream = [part.removesuffix(NOTHING) + ZERO_WIDTH if part.endswith(NOTHING) else part for part in stream.stream]

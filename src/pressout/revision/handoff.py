"""Handing an article out: the Word file that an editor gets, which knows where it came from."""

from __future__ import annotations

import base64
import hashlib
import html
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pressout.diagnostics import PressoutError, Report
from pressout.edition import Edition, Handoff
from pressout.model import Document, Source
from pressout.order import moment
from pressout.prepare import prepare
from pressout.readers.docx.package import parse_part
from pressout.readers.docx.values import WordFile
from pressout.readers.markdown import parse_article
from pressout.renderers import render
from pressout.revision.queries import remarks
from pressout.theme import Theme

NAMESPACE = "urn:pressout:handoff:1"
LARGEST_BASE = 50_000_000  # characters unpacked; no article is as long


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms an article goes out. `anonymous` is that of Edition, and keeps the source at home.

    `embed` puts the source, with everything that is in it, into the Word file.
    """

    to: tuple[str, ...] = ()
    due: str = ""
    theme: str = "plain"
    anonymous: bool = False
    embed: bool = True


@dataclass(frozen=True, slots=True)
class Handout:
    """An article handed out: its id, the Word file, the digest of its source."""

    id: str
    digest: str
    data: bytes
    terms: Terms


def hand_off(source: Source, terms: Terms, theme: Theme, report: Report) -> Handout:
    """The Word file for an editor, with an anchor in each block and its changes tracked; the same bytes for the same terms.

    The queries that the source keeps are comments in it, the author's answers replies to them.
    """
    digest = digest_of(source.text)
    name = "\0".join((source.text, *terms.to, terms.due, terms.theme, str(terms.anonymous), str(terms.embed)))
    identifier = identifier_of(name)
    article = parse_article(source, report)
    answered = remarks(article, source.text, anonymous=terms.anonymous)
    edition = Edition(
        moment=moment(article.document.metadata),
        anchors=True,
        anonymous=terms.anonymous,
        handoff=Handoff(identifier, digest, _part(source, identifier, terms), answered),
    )
    data = draw(article.document, theme, edition, report)
    return Handout(identifier, digest, data, terms)


def digest_of(content: str | bytes) -> str:
    """The SHA-256 of a source's text, or of a file."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()


def identifier_of(content: str | bytes) -> str:
    """The id that a handoff gets: the beginning of the digest."""
    return digest_of(content)[:12]


def draw(document: Document, theme: Theme, edition: Edition, report: Report) -> bytes:
    """A document as a Word file with an anchor in each block."""
    edition = replace(edition, anchors=True)
    return render("docx", prepare(document, theme, edition, report), theme, edition, report).data


def _part(source: Source, identifier: str, terms: Terms) -> bytes:
    """The custom XML part: the handoff's terms and, where it may travel, the source itself."""
    name = source.name.replace("\\", "/").rpartition("/")[2]
    values = {"id": identifier, "source": name, "sha256": digest_of(source.text), "theme": terms.theme}
    attributes = "".join(f' {key}="{_attribute(value)}"' for key, value in values.items())
    anonymous = ' anonymous="1"' if terms.anonymous else ""
    embed = terms.embed and not terms.anonymous
    packed = base64.b64encode(zlib.compress(source.text.encode("utf-8", "surrogatepass"), 9)).decode() if embed else ""
    return f'<handoff xmlns="{NAMESPACE}"{attributes}{anonymous}><base>{packed}</base></handoff>'.encode()


def _attribute(value: str) -> str:
    """A value as XML has it between double quotes; a line end written as itself would be read as a blank (XML 1.0, 3.3.3)."""
    return html.escape(value).translate({ord(sign): f"&#{ord(sign)};" for sign in "\t\n\r"})


@dataclass(frozen=True, slots=True)
class Label:
    """What a returned file says of its handoff; `base` is the source that travelled in it, or None."""

    id: str
    source: str = ""
    digest: str = ""
    theme: str = ""
    anonymous: bool = False
    base: str | None = None


def label(file: WordFile) -> Label | None:
    """The handoff that a file comes from, as it says itself; None where it says nothing, as after Google Docs."""
    data = file.parts.get(NAMESPACE)
    if data is None:
        identifier = file.properties.get("pressout.handoff", "")
        return Label(identifier, digest=file.properties.get("pressout.source", "")) if identifier else None
    root = parse_part(data, "the handoff's part")
    packed = "".join(map(str, root.itertext())).strip()
    values: Mapping[str, str] = {str(key): str(value) for key, value in root.attrib.items()}
    return Label(
        values.get("id", ""),
        values.get("source", ""),
        values.get("sha256", ""),
        values.get("theme", ""),
        values.get("anonymous") == "1",
        _unpacked(packed) if packed else None,
    )


def _unpacked(packed: str) -> str:
    """The source that travelled in the file; raises PressoutError where it has come to harm."""
    try:
        opened = zlib.decompressobj()
        data = opened.decompress(base64.b64decode(packed, validate=True), LARGEST_BASE)
        if opened.unconsumed_tail:
            raise ValueError
        return data.decode("utf-8", "surrogatepass")
    except (ValueError, zlib.error) as problem:
        raise PressoutError("the source in the Word file is damaged", hint="name the source as it was with --base") from problem


__all__ = ["Handout", "Label", "Terms", "digest_of", "draw", "hand_off", "identifier_of", "label"]

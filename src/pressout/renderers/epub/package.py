"""The package of an EPUB: its files, their order and what it says of itself, put together by EbookLib."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebooklib.epub import EpubBook, EpubItem, EpubWriter

from pressout.model import Direction
from pressout.renderers.archive import repack
from pressout.renderers.epub.metadata import IDENTIFIER, XML_LANG, Statement

if TYPE_CHECKING:
    from lxml.etree import _Element

XHTML = "application/xhtml+xml"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the package: `identifier` is its id in the manifest, `role` its property there; `read` puts it in the spine."""

    identifier: str
    name: str
    media_type: str
    data: bytes
    role: str = ""
    read: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """A place that readers of EPUB 2 look for by its type."""

    kind: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Package:
    """All that an EPUB is; the files that are read stand in the order of reading, those `beside` out of the package document."""

    files: tuple[File, ...]
    statements: tuple[Statement, ...]
    guide: tuple[Guide, ...]
    lang: str
    direction: Direction
    beside: tuple[File, ...] = ()


def pack(package: Package, moment: datetime.datetime) -> bytes:
    """The EPUB, last changed at that moment.

    EbookLib would stamp the clock, a random identifier and a navigation of its own. Each is given to it instead, and the archive
    is packed anew, so that its bytes depend on nothing but the package.
    """
    book = EpubBook()
    book.metadata.clear()
    book.IDENTIFIER_ID = IDENTIFIER
    book.language = package.lang
    book.set_direction(package.direction)
    for statement in package.statements:
        namespace = "OPF" if statement.name == "meta" else "DC"
        book.add_metadata(namespace, statement.name, statement.value, statement.attributes)
    for file in package.files:
        _add(book, file)
    book.guide = [{"type": place.kind, "title": place.title, "href": place.href} for place in package.guide]
    written = io.BytesIO()
    _Writer(written, book, {"mtime": moment, "package_direction": True, "compresslevel": 0}).write()
    return repack(written.getvalue(), {file.name: file.data for file in package.beside})


def _add(book: EpubBook, file: File) -> None:
    item = EpubItem(file.identifier, file.name, file.media_type, file.data)
    if file.role:
        item.properties = [file.role]
    book.add_item(item)
    if file.read:
        book.spine.append(item)


class _Writer(EpubWriter):  # type: ignore[misc]
    """EbookLib's writer, which gives the package document no language (Ace: epub-lang)."""

    def _write_opf_file(self, root: _Element) -> None:
        root.set(XML_LANG, self.book.language)
        super()._write_opf_file(root)

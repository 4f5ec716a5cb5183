"""The parts of a Word file from anybody: opened with limits, parsed without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping

from lxml import etree
from lxml.etree import _Element

from pressout.diagnostics import PressoutError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
LIMIT = 400_000_000  # bytes unpacked; the longest real manuscripts are a twentieth of that
RATIO = 200  # times; text packs 10 to 20 times, a zip bomb more than 1,000
OLD_WORD = b"\xd0\xcf\x11\xe0"  # the OLE container: .doc, and any Office file behind a password
SMALL = 1_000_000  # bytes; below that no ratio is dangerous


def open_package(data: bytes, name: str) -> Mapping[str, bytes]:
    """The file's parts by their names.

    Raises PressoutError for what is no Word file, is protected by a password, holds macros, is damaged, or unpacks to more
    than `LIMIT` bytes.
    """
    if data.startswith(OLD_WORD):
        hint = "take the password off, or save a .doc as .docx"
        raise PressoutError(f"'{name}' is protected by a password or is an old .doc file", file=name, hint=hint)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _guard(archive, name)
            parts = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as problem:
        hint = "ask for the file again; it may have been cut off on its way"
        raise PressoutError(f"'{name}' is damaged or no Word file", file=name, hint=hint) from problem
    if "word/document.xml" not in parts:
        raise PressoutError(f"'{name}' is no Word file: it has no 'word/document.xml'", file=name)
    return parts


def _guard(archive: zipfile.ZipFile, name: str) -> None:
    total = sum(info.file_size for info in archive.infolist())
    packed = max(1, sum(info.compress_size for info in archive.infolist()))
    if total > LIMIT or (total > SMALL and total / packed > RATIO):
        raise PressoutError(f"'{name}' unpacks to {total / 1e6:,.0f} MB and was not opened", file=name)
    if any(info.filename.lower().endswith("vbaproject.bin") for info in archive.infolist()):
        raise PressoutError(f"'{name}' holds macros", file=name, hint="save it as .docx, without macros")


def parse_part(data: bytes, name: str) -> _Element:
    """A part's outermost element; a document type, where entities could hide, is refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data.replace(STRICT.encode(), W[1:-1].encode()), parser)
    except etree.XMLSyntaxError as problem:
        raise PressoutError(f"a part of '{name}' is not well-formed XML: {problem.msg}", file=name) from problem
    if root.getroottree().docinfo.internalDTD is not None:
        raise PressoutError(f"a part of '{name}' declares a document type, which no word processor writes", file=name)
    return root


def relations(parts: Mapping[str, bytes], part: str, name: str) -> dict[str, str]:
    """The targets of a part's relationships by id: part names within the file, addresses outside it."""
    folder, base = posixpath.split(part)
    data = parts.get(f"{folder}/_rels/{base}.rels")
    if data is None:
        return {}
    return {
        str(relation.get("Id")): str(relation.get("Target"))
        if relation.get("TargetMode") == "External"
        else posixpath.normpath(posixpath.join(folder, str(relation.get("Target"))))
        for relation in parse_part(data, name)
    }

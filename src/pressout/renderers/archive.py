"""Zip archives whose bytes depend on nothing but their parts: fixed order, fixed times, fixed system."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

# What a reader of the format looks for first. EPUB's container wants "mimetype" as the first part, stored (OCF 3.3, section
# 4.3); Word and its validators are quickest when the content types come first, as Word itself writes them.
LEADING = ("mimetype", "[Content_Types].xml", "META-INF/container.xml", "_rels/.rels")
COMPRESSED = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".woff2"})  # deflating these again costs time and saves nothing
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can name
READABLE = 0o644 << 16  # the file mode, where a Unix unzip looks for it


def repack(data: bytes, more: Mapping[str, bytes] | None = None) -> bytes:
    """The same parts as in the zip archive `data`, and `more` of them, with fixed order and times."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return pack({**{name: archive.read(name) for name in archive.namelist()}, **(more or {})})


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of the parts by name: the leading ones first, the others by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(parts, key=_place):
            archive.writestr(_entry(name), parts[name])
    return buffer.getvalue()


def _place(name: str) -> tuple[int, str]:
    return (LEADING.index(name) if name in LEADING else len(LEADING), name)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.create_system = 3  # zipfile would write the system of the machine it runs on
    entry.external_attr = READABLE
    stored = name == "mimetype" or PurePosixPath(name).suffix.lower() in COMPRESSED
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    return entry

"""Archives: the same parts give the same bytes, whoever packed them first and when."""

from __future__ import annotations

import io
import zipfile

from pressout.renderers.archive import EPOCH, pack, repack

PARTS = {"word/b.xml": b"<b/>", "media/a.png": b"\x89PNG" * 50, "mimetype": b"application/epub+zip", "A.xml": b"<a/>" * 50}


def _zip(names: list[str], year: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, (year, 5, 17, 11, 30, 0))
            entry.create_system = year % 2
            archive.writestr(entry, PARTS[name])
    return buffer.getvalue()


def test_order_and_clock_leave_no_trace() -> None:
    assert repack(_zip(list(PARTS), 1999)) == repack(_zip(sorted(PARTS), 2024)) == pack(PARTS)


def test_mimetype_comes_first_and_plain() -> None:
    packed = pack(PARTS)
    # OCF 3.3, section 4.3: the type stands at byte 38, where a program can see it without unzipping
    assert packed[30:58] == b"mimetypeapplication/epub+zip"


def test_only_what_shrinks_is_deflated() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(PARTS))) as archive:
        kinds = {entry.filename: entry.compress_type for entry in archive.infolist()}
        assert {entry.date_time for entry in archive.infolist()} == {EPOCH}
    assert kinds["A.xml"] == zipfile.ZIP_DEFLATED
    assert kinds["media/a.png"] == kinds["mimetype"] == zipfile.ZIP_STORED

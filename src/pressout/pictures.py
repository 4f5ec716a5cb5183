"""Pictures: files found below the article's folder and nowhere else, known by their bytes, not by their names."""

from __future__ import annotations

import base64
import binascii
import errno
import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from pressout.bitmaps import as_bitmap
from pressout.files import reason
from pressout.model import Picture
from pressout.vectors import as_vector

PROTOCOL = re.compile(r"[a-z][a-z0-9+.-]+:|//", re.IGNORECASE)  # one letter and a colon is a drive
DATA = re.compile(r"data:[^,]*?(;base64)?,", re.IGNORECASE)
HEAVIEST = 200_000_000  # bytes; more is a mistake, and would fill the memory
NEIGHBOURS = 2_000  # files of a folder that are looked at for one with nearly the same name
ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/svg+xml": ".svg"}
SAME_ENDINGS = {".jpeg": ".jpg", ".jpe": ".jpg"}


@dataclass(frozen=True, slots=True)
class NoPicture:
    """Why there is none, as words that follow "the picture '...'", and what the writer can do."""

    reason: str
    hint: str = ""


def find_picture(folder: Path | None, target: str, widest: int = 0, whose: str = "article") -> Picture | NoPicture:
    """The picture that `target` names below `folder`, no wider than `widest` pixels if that is given; never from a network.

    `target` is as in the source, percent-encoding and all, or a `data:` address that holds the picture itself. The folder is that
    of the article, or of what `whose` says.
    """
    if inside := DATA.match(target):
        return _from_address(inside, target, widest)
    if PROTOCOL.match(target):
        return NoPicture("is on a network, and none is asked", f"save it beside the {whose}, and name the file")
    if folder is None:
        return NoPicture("has no folder to be looked for in")
    root = folder.resolve()
    try:
        return _below(root, target, widest, whose)
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno != errno.ENOENT:
            return NoPicture(f"cannot be read: {reason(error)}")
        return NoPicture("is missing", _near(root, target))


def _from_address(inside: re.Match[str], target: str, widest: int) -> Picture | NoPicture:
    """A picture that the address holds itself (RFC 2397)."""
    content = unquote_to_bytes(target[inside.end() :])
    try:
        data = base64.b64decode(b"".join(content.split()), validate=True) if inside[1] else content
    except binascii.Error:
        return NoPicture("is broken")
    return as_picture(data, f"picture-{zlib.crc32(data):08x}", widest)


def _below(root: Path, target: str, widest: int, whose: str) -> Picture | NoPicture:
    paths = [(root / name).resolve() for name in _spellings(target)]
    path = next((path for path in paths if path.is_file()), paths[0])
    if not path.is_relative_to(root):
        return NoPicture(f"is outside the {whose}'s folder", f"copy it into the folder of the {whose}, or below it")
    if path.exists() and not path.is_file() and not path.is_dir():
        return NoPicture("is no file")  # a pipe would never end
    if path.stat().st_size > HEAVIEST:
        return NoPicture(f"has more than {HEAVIEST // 1_000_000} MB")
    return as_picture(path.read_bytes(), _own_name(path.relative_to(root)), widest)


def _spellings(target: str) -> Iterator[str]:
    """The file names that a target may mean: as it stands, percent-decoded, as Windows writes it, composed and decomposed."""
    plain = unquote(target)
    for name in dict.fromkeys((target, plain, unquote(target.partition("?")[0].partition("#")[0]), plain.replace("\\", "/"))):
        yield name
        yield unicodedata.normalize("NFC", name)
        yield unicodedata.normalize("NFD", name)


def _own_name(path: Path) -> str:
    """A name that any archive can hold, and no other picture of the article has."""
    wanted = path.as_posix()
    name = re.sub(r"[^a-z0-9.]+", "-", wanted.lower()).strip("-.") or "picture"
    if name == wanted:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem or 'picture'}-{zlib.crc32(unicodedata.normalize('NFC', wanted).encode()):08x}{dot}{ending}"


def _near(root: Path, target: str) -> str:
    """A hint: the file that differs in case, or in a letter or two."""
    wanted = Path(unquote(target))
    try:
        folder = (root / wanted.parent).resolve()
        if not folder.is_relative_to(root):
            return ""
        names = sorted(path.name for path in islice(folder.iterdir(), NEIGHBOURS) if path.is_file())
    except (OSError, ValueError):
        return ""
    folded = {name.casefold(): name for name in names}
    near = get_close_matches(wanted.name.casefold(), folded, 1, 0.8)
    return f"did you mean '{(wanted.parent / folded[near[0]]).as_posix()}'?" if near else ""


def as_picture(data: bytes, name: str, widest: int = 0) -> Picture | NoPicture:
    """The picture in these bytes, whatever the name's ending says; the picture's own name ends as its kind wants."""
    vector = re.match(rb"(?:\xef\xbb\xbf)?\s*<", data) or data.startswith((b"\xff\xfe<", b"\xfe\xff\0<"))
    found = as_vector(data, name) if vector else as_bitmap(data, name, widest)
    match found:
        case Picture():
            return replace(found, name=_ending_as(name, ENDINGS[found.media_type]))
        case why:
            return NoPicture(why, "" if data else "the file is empty")


def _ending_as(name: str, ending: str) -> str:
    stem, dot, given = name.rpartition(".")
    if dot and SAME_ENDINGS.get(f".{given}", f".{given}") == ending:
        return name
    known = f".{given}" in (*ENDINGS.values(), *SAME_ENDINGS, ".webp", ".avif", ".tif", ".tiff", ".bmp")
    return (stem if dot and known else name) + ending

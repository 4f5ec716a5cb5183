"""Fonts: where the files of a family stand, and what each file says of itself."""

from __future__ import annotations

import importlib.util
import pkgutil
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

Cut = tuple[int, bool]  # weight and italic

FAMILY, TYPOGRAPHIC_FAMILY = 1, 16  # name identifiers of the OpenType `name` table
WINDOWS = 3  # the platform whose names are UTF-16 and that every font has
ITALIC = 1  # bit 0 of OS/2 fsSelection
PACKAGE_PREFIXES = ("font_", "fontpkg_")  # what font packages on PyPI begin with

# What every text in a Latin script needs: letters, figures, quotes, dashes, the ellipsis, signs of money and law
LETTERS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100), 0x2013, 0x2014, 0x2018, 0x2019)))
LETTERS |= frozenset("\u201c\u201d\u2026\u20ac")
# What a face may well lack, if its theme does not mean to serve those who write so
SCRIPTS = {
    "Central European": frozenset("ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŹźŻżŽž"),
    "Greek": frozenset(map(chr, (*range(0x391, 0x3A2), *range(0x3A3, 0x3CA), *range(0x3AC, 0x3B0), 0x3CC, 0x3CD, 0x3CE))),
    "Cyrillic": frozenset(map(chr, (*range(0x410, 0x450), 0x401, 0x451, 0x404, 0x454, 0x406, 0x456, 0x407, 0x457, 0x40E, 0x45E))),
}


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: its family as a layout program groups it, its weight (400 is regular) and whether it is italic."""

    family: str
    weight: int
    italic: bool


def family_files(family: str, folders: Iterable[Path], package: str = "") -> Mapping[Cut, Path]:
    """The files of a family by weight and italic, from the first place that has any.

    Looked through are `folders` and those directly inside them, then the installed font package: `package`, or the usual
    names for one of this family. A TTF is taken before an OTF of the same cut: it draws faster, and Word embeds no other.
    """
    for folder in [*folders, *_package_folders(family, package)]:
        found: dict[Cut, Path] = {}
        for path in _font_files(folder.resolve()):
            face = read_face(path)
            if face and face.family == family:
                found[face.weight, face.italic] = path
        if found:
            return dict(sorted(found.items()))
    return {}


def known_families(folders: Iterable[Path]) -> Iterator[str]:
    """The families that a theme could name: those in `folders` and in every installed font package."""
    packages = (module.name for module in pkgutil.iter_modules() if module.name.startswith(PACKAGE_PREFIXES))
    for folder in [*folders, *(folder for name in packages for folder in _package_folders("", name))]:
        yield from (face.family for path in _font_files(folder.resolve()) if (face := read_face(path)))


def _font_files(folder: Path) -> Iterator[Path]:
    """OTF before TTF, so that the TTF of a cut is the one that stays; none that a link fetches from outside the folder."""
    for pattern in ("*.otf", "*/*.otf", "*.ttf", "*/*.ttf"):
        yield from (path for path in sorted(folder.glob(pattern)) if not _is_linked(path) or path.resolve().is_relative_to(folder))


def _is_linked(path: Path) -> bool:
    """Whether a file, or the folder that it is in, is a link: following every path to its end takes five times as long."""
    return path.is_symlink() or path.parent.is_symlink()


def _package_folders(family: str, package: str) -> Iterator[Path]:
    slug = family.lower().replace(" ", "_")
    names = [package.replace("-", "_")] if package else [prefix + slug for prefix in PACKAGE_PREFIXES]
    for name in names:
        # a top-level package is found without being run: a theme may name any
        spec = importlib.util.find_spec(name) if name.isidentifier() else None
        for location in (spec and spec.submodule_search_locations) or ():
            yield Path(location)


def read_face(path: Path) -> Face | None:
    """What a TTF or OTF says of itself in its `name` and `OS/2` tables; None for a file that is no font."""
    try:
        with path.open("rb") as file:
            names, metrics = _tables(file, b"name", b"OS/2")
        weight, selection = struct.unpack_from(">4xH56xH", metrics)
        return Face(_family(names), weight, bool(selection & ITALIC))
    except (KeyError, struct.error, UnicodeDecodeError):
        return None


def read_rights(path: Path) -> int:
    """What the maker of a font lets others do with its file: `fsType` of its `OS/2` table, by its bits."""
    with path.open("rb") as file:
        (metrics,) = _tables(file, b"OS/2")
    (rights,) = struct.unpack_from(">8xH", metrics)
    return int(rights)


@cache
def read_letters(path: Path) -> frozenset[str]:
    """The characters that a font file can draw."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap() or ()))


def _tables(file: BinaryIO, *tags: bytes) -> Iterator[bytes]:
    """The named tables; the others, hundreds of kilobytes of outlines, stay on the disk."""
    (count,) = struct.unpack(">4xH6x", file.read(12))
    records = {tag: (start, length) for tag, start, length in struct.iter_unpack(">4s4xII", file.read(16 * count))}
    for tag in tags:
        start, length = records[tag]
        file.seek(start)
        yield file.read(length)


def _family(table: bytes) -> str:
    """The typographic family, else the family of four that old programs know; a font without either is nameless."""
    count, strings = struct.unpack_from(">2xHH", table)
    names: dict[int, str] = {}
    for index in range(count):
        platform, _, _, name, length, start = struct.unpack_from(">6H", table, 6 + 12 * index)
        if platform == WINDOWS and name in (FAMILY, TYPOGRAPHIC_FAMILY):
            raw = table[strings + start : strings + start + length]
            names.setdefault(name, raw.decode("utf-16-be"))
    return names.get(TYPOGRAPHIC_FAMILY) or names.get(FAMILY, "")

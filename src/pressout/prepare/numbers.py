"""Numbers: which one each figure and table has, and each section where the theme or the article asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from pressout.model import Block, Blocks, CrossReference, Document, Figure, Role, Section, Table
from pressout.theme import Theme
from pressout.walk import everything, rewrite

UNNUMBERED = "unnumbered"
# What stands before and after the text proper
OUTSIDE = frozenset({Role.ABSTRACT, Role.ACKNOWLEDGMENTS, Role.BIBLIOGRAPHY, Role.COLOPHON, Role.CREDITS, Role.DEDICATION})
OUTSIDE |= {Role.ERRATA, Role.FOREWORD, Role.PREFACE}
SETTING = "number-sections"


def add_numbers(document: Document, theme: Theme) -> Document:
    """Figures and tables numbered that have a caption or are referred to; sections if the article, else the theme, wants it."""
    blocks = _number_captions(document)
    wanted = document.metadata.settings.get(SETTING, theme.numbered)
    return replace(document, blocks=_number_sections(blocks, "") if wanted else blocks)


def _number_captions(document: Document) -> Blocks:
    referred = frozenset(piece.target for piece in everything(document) if isinstance(piece, CrossReference))
    counter = _Counters(count(1), count(1))

    def numbered(block: Block) -> Blocks:
        match block:
            case Figure() if block.caption or block.attributes.id in referred:
                return (replace(block, number=str(next(counter.figures))),)
            case Table() if block.caption or block.attributes.id in referred:
                return (replace(block, number=str(next(counter.tables))),)
            case _:
                return (block,)

    return rewrite(document.blocks, numbered, lambda inlines: inlines)


@dataclass(frozen=True, slots=True)
class _Counters:
    figures: Iterator[int]
    tables: Iterator[int]


def _number_sections(blocks: Blocks, before: str) -> Blocks:
    """Sections 1, 1.1, 1.2 ...; appendices A, B ..., and what stands outside the text proper goes without."""
    numbers, letters = count(1), map(_letter, count(1))
    done: list[Block] = []
    for block in blocks:
        match block:
            case Section(role=Role.APPENDIX) if not before and _is_counted(block):
                done.append(_numbered(block, next(letters)))
            case Section() if _is_counted(block):
                done.append(_numbered(block, f"{before}{next(numbers)}"))
            case _:
                done.append(block)
    return tuple(done)


def _numbered(section: Section, number: str) -> Section:
    blocks = _number_sections(section.blocks, f"{number}.")
    return replace(section, heading=replace(section.heading, number=number), blocks=blocks)


def _is_counted(section: Section) -> bool:
    return section.role not in OUTSIDE and UNNUMBERED not in section.attributes.classes


def _letter(number: int) -> str:
    """A to Z, then AA, AB ..."""
    rest, last = divmod(number - 1, 26)
    return (_letter(rest) if rest else "") + chr(ord("A") + last)

"""Sections: the flat headings of a reader nested, no level left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pressout.diagnostics import Report, Span
from pressout.model import NO_ATTRIBUTES, Attributes, Block, Blocks, Division, Document, Heading, Section
from pressout.walk import remake

BELOW_TITLE = 2  # the level, as written, of a heading right below the title


@dataclass(frozen=True, slots=True)
class _Open:
    """A section that is still being filled; the lowest of a row of them holds what stands before the first heading."""

    written: int  # the heading's level as written
    heading: Heading | None = None
    blocks: list[Block] = field(default_factory=list)


def nest_sections(document: Document, report: Report) -> Document:
    """Headings and what stands under them as sections; those in a division stay in it, those in quotes and lists are left."""
    highest = min((heading.level for heading in _headings(document.blocks)), default=BELOW_TITLE)
    blocks = _nest(document.blocks, 0, max(highest, BELOW_TITLE) - 1, report)
    return replace(document, blocks=blocks)


def keep_levels(nested: Document, flat: Document) -> Document:
    """Nested sections whose headings have the levels that they were written with, skipped ones and all, counted below the title.

    An editor who changes a heading's level in Word changes that heading alone: no other may move with it.
    """
    written = {heading.span: heading.level for heading in _headings(flat.blocks)}
    above = 0 if 1 in written.values() else 1

    def with_level(block: Block) -> Blocks:
        match block:
            case Section(heading=heading) if heading.span in written:
                level = max(1, written[heading.span] - above)
                return (replace(block, heading=replace(heading, level=level)),)
            case _:
                return (block,)

    return remake(nested, with_level, lambda run: run)


def _headings(blocks: Blocks) -> Iterator[Heading]:
    for block in blocks:
        match block:
            case Heading():
                yield block
            case Division(blocks=inner):
                yield from _headings(inner)
            case _:
                continue


def _nest(blocks: Blocks, depth: int, written: int, report: Report) -> Blocks:
    """The blocks with their headings nested below `depth` sections, the innermost of which was written at level `written`."""
    row = [_Open(written)]
    for block in blocks:
        match block:
            case Heading(level=level):
                _close(row, level, depth)
                _check_level(block, row[-1], report)
                row.append(_Open(level, block))
            case Division(blocks=(Heading(level=level), *_)):
                _close(row, level, depth)
                inner = _nest(block.blocks, depth + len(row) - 1, row[-1].written, report)
                row[-1].blocks.append(replace(block, blocks=inner))
            case Division():
                inner = _nest(block.blocks, depth + len(row) - 1, row[-1].written, report)
                row[-1].blocks.append(replace(block, blocks=inner))
            case _:
                row[-1].blocks.append(block)
    _close(row, 0, depth)
    return tuple(row[0].blocks)


def _close(row: list[_Open], level: int, depth: int) -> None:
    """End every section whose heading was written at this level or a lower one."""
    while len(row) > 1 and row[-1].written >= level:
        done = row.pop()
        row[-1].blocks.append(_section(done, depth + len(row)))


def _section(done: _Open, level: int) -> Section:
    """What the heading's attributes say goes to the section, but for its words' own language and direction."""
    assert done.heading is not None
    given = done.heading.attributes
    own = Attributes(lang=given.lang, dir=given.dir) if given.lang or given.dir else NO_ATTRIBUTES
    heading = replace(done.heading, level=level, attributes=own)
    attributes = replace(given, lang="", dir="")
    return Section(heading, tuple(done.blocks), span=reach(done.heading.span, done.blocks), attributes=attributes)


def reach(start: Span | None, blocks: list[Block]) -> Span | None:
    """From where a heading or question stands to the end of the last block under it."""
    last = blocks[-1].span if blocks else None
    return replace(start, end=max(start.end, last.end)) if start and last else start


def _check_level(heading: Heading, parent: _Open, report: Report) -> None:
    skipped = range(parent.written + 1, heading.level)
    if skipped:
        report.warn(
            f"a heading of level {heading.level} stands below one of level {parent.written}; it is set one level below",
            heading.span,
            hint=f"write {'#' * skipped[0]} instead of {'#' * heading.level}",
        )

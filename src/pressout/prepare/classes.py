"""Classes that say more than a look: what those of a division make of the lists and tables in it, and of a table's first cells."""

from __future__ import annotations

from dataclasses import replace

from pressout.model import Attributes, Block, Blocks, Cell, Division, Document, List, Row, Table
from pressout.walk import plain_text, remake

STEPS = "steps"
NAMED_ROWS = frozenset({"key-facts", "comparison"})  # tables whose first column names what stands beside it


def follow_classes(document: Document) -> Document:
    """Steps stand apart from each other; each row of key facts and of a comparison has a name."""
    return remake(document, _followed, lambda inlines: inlines)


def _followed(block: Block) -> Blocks:
    match block:
        case Division(attributes=attributes, blocks=blocks):
            return (replace(block, blocks=tuple(_handed_down(inner, attributes) for inner in blocks)),)
        case List() | Table():
            return (_shaped(block),)
        case _:
            return (block,)


def _handed_down(block: Block, above: Attributes) -> Block:
    """A list or a table with those classes of its division that mean something for its kind."""
    match block:
        case List(ordered=True):
            wanted = {STEPS}
        case Table():
            wanted = set(NAMED_ROWS)
        case _:
            return block
    new = tuple(name for name in above.classes if name in wanted and name not in block.attributes.classes)
    return _shaped(replace(block, attributes=replace(block.attributes, classes=(*block.attributes.classes, *new))))


def _shaped(block: List | Table) -> List | Table:
    match block:
        case List() if STEPS in block.attributes.classes:
            return replace(block, tight=False)
        case Table() if not NAMED_ROWS.isdisjoint(block.attributes.classes):
            head = () if not plain_text(block.head).strip() else block.head
            return replace(block, head=head, body=tuple(map(_named, block.body)))
        case _:
            return block


def _named(row: Row) -> Row:
    """The row with its first cell as a head, which is where each row of a table without spans begins."""
    first, *others = row.cells or (Cell(()),)
    return replace(row, cells=(replace(first, header=True), *others)) if row.cells else row

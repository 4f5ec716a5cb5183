"""Depth: room for documents that are nested deeper than Python lets functions call each other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

# Calls; WeasyPrint needs about twenty for each box inside another, and a reader nests no deeper than a few hundred
ROOM = 20_000


@contextmanager
def deep() -> Iterator[None]:
    """Raise Python's limit on nested calls, whose default is a thousand, for the time of one drawing."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, ROOM))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)

"""Garbage: how seldom Python looks for what is not used any more while a document is laid out, whose boxes all stay to the end."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# New objects between two looks; Python's own number is 700, and a page of text makes ten thousand
SELDOM = 100_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Raise the number for the time of one drawing: five to nine hundredths of a PDF's time go into looks that find nothing."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)

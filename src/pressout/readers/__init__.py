"""Readers: one module per input format, imported when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from pressout.diagnostics import Report
from pressout.model import Document, Source

# A source's ending, and the module that reads it: `read_<module>(source, report) -> Document`
READERS = {".md": "markdown", ".markdown": "markdown", ".txt": "plaintext"}


def read(source: Source, report: Report, form: str) -> Document:
    """The document that a source of the form `form`, an ending, holds: flat headings, each node with its span."""
    name = READERS[form]
    reader: Callable[[Source, Report], Document] = getattr(import_module(f"{__name__}.{name}"), f"read_{name}")
    return reader(source, report)

"""Renderers: one module per output format, imported when it is first asked for."""

from __future__ import annotations

from importlib import import_module

from pressout.diagnostics import Report
from pressout.edition import Edition, Output
from pressout.model import Document
from pressout.theme import Theme

# The format, which is also the file's ending, and the module that draws it: `render(document, theme, edition, report) -> Output`
RENDERERS = {"pdf": "pdf", "epub": "epub", "docx": "docx"}


def render(form: str, document: Document, theme: Theme, edition: Edition, report: Report) -> Output:
    """The prepared document drawn in the format `form`."""
    module = import_module(f"{__name__}.{RENDERERS[form]}")
    output: Output = module.render(document, theme, edition, report)
    return output

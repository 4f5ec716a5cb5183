"""Renderers: one package per output format, imported when it is first asked for."""

from __future__ import annotations

from importlib import import_module

from pressout.diagnostics import Report
from pressout.edition import Edition, Output
from pressout.model import Document
from pressout.theme import Theme

# The formats, which are also the files' endings and the packages whose `render.render(document, theme, edition, report)` draws them
RENDERERS = ("pdf", "epub", "docx")


def render(form: str, document: Document, theme: Theme, edition: Edition, report: Report) -> Output:
    """The prepared document drawn in the format `form`."""
    module = import_module(f"{__name__}.{form}.render")
    output: Output = module.render(document, theme, edition, report)
    return output

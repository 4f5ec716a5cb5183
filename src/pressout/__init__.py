"""pressout: one structured article in; a themed print PDF, an EPUB and a Word file out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pressout.diagnostics import Diagnostic, PressoutError, Report
    from pressout.order import Order
    from pressout.pipeline import Built, build
    from pressout.readers import read
    from pressout.theme import load_theme, theme_names

__all__ = ["Built", "Diagnostic", "Order", "PressoutError", "Report", "build", "load_theme", "read", "theme_names"]

HOMES = {
    "Built": "pipeline",
    "Diagnostic": "diagnostics",
    "Order": "order",
    "PressoutError": "diagnostics",
    "Report": "diagnostics",
    "build": "pipeline",
    "load_theme": "theme",
    "read": "readers",
    "theme_names": "theme",
}


def __getattr__(name: str) -> Any:
    """A public name, imported when it is first asked for, so that the command starts at once.

    No module is named like one of them: importing it would put the module in the name's place.
    """
    if name not in HOMES:
        raise AttributeError(f"module 'pressout' has no attribute '{name}'")
    return getattr(import_module(f"pressout.{HOMES[name]}"), name)

"""Findings: what a check has to say of a file, as diagnostics without a place, and pages and numbers in words."""

from __future__ import annotations

from collections.abc import Iterable

from pressout.diagnostics import Diagnostic, Severity

MOST = 5  # pages or things that are named; the rest is counted


def error(message: str) -> Diagnostic:
    """What makes a file wrong."""
    return Diagnostic(Severity.ERROR, message)


def warning(message: str) -> Diagnostic:
    """What is likely to be a mistake."""
    return Diagnostic(Severity.WARNING, message)


def note(message: str) -> Diagnostic:
    """What is worth knowing."""
    return Diagnostic(Severity.NOTE, message)


def pages(numbers: Iterable[int]) -> str:
    """Pages in words: "page 3", "pages 1, 2, 5, 6, 9 and 12 more"."""
    return listed("page", numbers)


def listed(thing: str, numbers: Iterable[int]) -> str:
    """Things of one kind by their numbers, each once, the first few named."""
    found = sorted(set(numbers))
    named = ", ".join(map(str, found[:MOST]))
    more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
    return f"{thing} {named}" if len(found) == 1 else f"{thing}s {named}{more}"

"""Verify: is a finished file right, by the validators of its format and by checks of our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from pressout.diagnostics import Diagnostic, PressoutError, Severity

if TYPE_CHECKING:
    from pressout.pipeline import Proof

# The module that judges a kind of file, by the file's ending
VERDICTS = {".pdf": "pdf.verdict", ".epub": "epub_verdict", ".docx": "docx_verdict"}
WITH_ARTICLE = (".pdf",)  # what can be held against the article that it was made of


@dataclass(frozen=True, slots=True)
class Check:
    """What one judge found; `missing` says what it needs before it can be asked, and is empty if it was."""

    name: str
    found: tuple[Diagnostic, ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finished file: `facts` say to people what it is, `details` the same and more to programs, `checks` what is wrong."""

    path: Path
    facts: Mapping[str, str]
    checks: tuple[Check, ...]
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        return not self.count(Severity.ERROR)

    def count(self, severity: Severity) -> int:
        return sum(diagnostic.severity is severity for check in self.checks for diagnostic in check.found)


def verify(path: Path, proof: Proof | None = None) -> Verdict:
    """The verdict on a file; with `proof`, whether it holds what the prepared article does.

    Raises PressoutError where it cannot be read or is of a kind that is not known.
    """
    ending = path.suffix.lower()
    if ending not in VERDICTS:
        hint = f"the endings are {', '.join(VERDICTS)}"
        raise PressoutError("pressout does not verify this kind of file", file=str(path), hint=hint)
    if proof and ending not in WITH_ARTICLE:
        raise PressoutError("this kind of file is not held against its article", file=str(path), hint="verify it without --source")
    judge = import_module(f"pressout.verify.{VERDICTS[ending]}").verify
    verdict: Verdict = judge(path, proof) if proof else judge(path)
    return verdict


def read_whole(path: Path) -> bytes:
    """The file's bytes; raises PressoutError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise PressoutError(f"cannot be read: {error.strerror}", file=str(path)) from None

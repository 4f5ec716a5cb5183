"""Diagnostics: what is wrong or worth saying, where it stands in the source, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source file.

    `line` and `column` count from 1, in characters. `start` and `end` are offsets in characters into the file's decoded text as
    it stands on the disk: a byte order mark, carriage returns and tabs each count as they are there.
    """

    file: str
    line: int
    column: int
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Severity(Enum):
    """How much a diagnostic matters: a note informs, a warning asks for a look, an error means that the input is wrong."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One message for the writer of an article: lower case, their word in quotes; the hint is what to type."""

    severity: Severity
    message: str
    span: Span | None = None
    hint: str = ""
    file: str = ""

    @property
    def place(self) -> str:
        """`file:line:column` where that is known, else the file, else nothing."""
        return str(self.span) if self.span else self.file

    def __str__(self) -> str:
        head = f"{self.place}: " if self.place else ""
        tail = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{head}{self.severity.value}: {self.message}{tail}"


@dataclass(slots=True)
class Report:
    """Collects the diagnostics of one run, in the order in which they were found, each once."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    said: set[Diagnostic] = field(default_factory=set, repr=False, compare=False)
    _known: set[Diagnostic] = field(default_factory=set, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._known.update(self.diagnostics)

    def note(self, message: str, span: Span | None = None, *, hint: str = "", file: str = "") -> None:
        """Say what was inferred or left out, where nobody need act."""
        self.add(Diagnostic(Severity.NOTE, message, span, hint, file))

    def warn(self, message: str, span: Span | None = None, *, hint: str = "", file: str = "") -> None:
        """Say what is likely to be wrong; the build goes on, unless it is strict."""
        self.add(Diagnostic(Severity.WARNING, message, span, hint, file))

    def error(self, message: str, span: Span | None = None, *, hint: str = "", file: str = "") -> None:
        """Say what is wrong; the other problems are still looked for, then the run ends with exit status 1."""
        self.add(Diagnostic(Severity.ERROR, message, span, hint, file))

    def add(self, diagnostic: Diagnostic) -> None:
        """Take a diagnostic in, once."""
        if diagnostic not in self._known:
            self._known.add(diagnostic)
            self.diagnostics.append(diagnostic)

    def count(self, severity: Severity) -> int:
        return sum(diagnostic.severity is severity for diagnostic in self.diagnostics)


class PressoutError(Exception):
    """No output makes sense. Carries the diagnostic that says why; never shown with a traceback."""

    def __init__(self, message: str, span: Span | None = None, *, hint: str = "", file: str = "") -> None:
        self.diagnostic = Diagnostic(Severity.ERROR, message, span, hint, file)
        super().__init__(str(self.diagnostic))

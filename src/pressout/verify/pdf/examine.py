"""A PDF opened and examined: what it holds, and what is wrong with it without any validator."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pressout.diagnostics import Diagnostic, PressoutError
from pressout.verify.pdf.checks import check
from pressout.verify.pdf.facts import Facts, facts_of

STREAM = re.compile(r"^stream <[^>]*>:? ?")  # what qpdf calls a file without a name


def own_checks(data: bytes) -> list[Diagnostic]:
    """What is wrong with the file, found without a validator; one error where it cannot be read at all."""
    return examine(data)[0]


def examine(data: bytes) -> tuple[list[Diagnostic], Facts | None]:
    """What is wrong with the file, and what it holds; no facts where it cannot be read."""
    try:
        with opened(data) as pdf:
            facts = facts_of(pdf, len(data))
            return check(pdf, facts), facts
    except PressoutError as error:
        return [error.diagnostic], None


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The file, read by pikepdf; PressoutError for what is none, is cut short, is damaged, or wants a password."""
    import pikepdf

    if b"%PDF-" not in data[:1024]:
        raise PressoutError("is no PDF", hint="" if data else "the file is empty")
    if b"%%EOF" not in data[-1024:]:
        raise PressoutError("is cut short: its end is missing", hint="copy or make it again")
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            yield pdf
    except pikepdf.PasswordError:
        raise PressoutError("is protected by a password", hint="qpdf --password=... --decrypt IN.pdf OUT.pdf opens it") from None
    except (pikepdf.PdfError, pikepdf.ForeignObjectError) as error:
        raise PressoutError(f"is damaged: {STREAM.sub('', ' '.join(str(error).split()))[:200]}") from None
    except (AttributeError, KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
        # Whatever a file says that is not what its place asks for ends here: nothing more can be said of it
        raise PressoutError(f"is damaged: an entry is not what its place asks for ({error})") from None

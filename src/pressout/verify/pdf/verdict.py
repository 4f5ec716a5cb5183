"""The verdict on a PDF: our own checks, its contrast, its typography, the validators of what it claims, the article beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pressout.diagnostics import Diagnostic, PressoutError
from pressout.verify import Check, Verdict, read_whole
from pressout.verify.pdf.contrast import Contrasts, contrasts
from pressout.verify.pdf.examine import examine
from pressout.verify.pdf.source import compare
from pressout.verify.pdf.validators import can_run_page_validation, can_run_verapdf, page_validation, verapdf
from pressout.verify.typography import Audit, audit
from pressout.verify.typography.lines import can_read_lines

if TYPE_CHECKING:
    from pressout.pipeline import Proof


def verify(path: Path, proof: Proof | None = None) -> Verdict:
    """Our own checks come first: what they cannot read is given to no other judge."""
    data = read_whole(path)
    found, facts = examine(data)
    own = Check("readers, listeners and presses", tuple(found))
    if facts is None:
        return Verdict(path, {}, (own,))
    profiles = [profile for profile in facts.claims.values() if profile]
    judged = (
        *_judged("page-validation", can_run_page_validation(), partial(page_validation, data), profiles),
        *_judged("veraPDF", can_run_verapdf(), partial(verapdf, path), profiles),
    )
    seen, contrast = _by_pdfium("contrast", contrasts, data)
    typed, typography = _by_pdfium("typography", audit, data)
    checks = (own, seen, typed, *judged)
    told = {**facts.as_object(), "contrast": contrast, "typography": typography}
    if proof is None:
        return Verdict(path, facts.in_words(), checks, told)
    likeness = compare(proof.document, facts.tree)
    words, details = {**facts.in_words(), **likeness.in_words()}, {**told, "article": likeness.as_object()}
    return Verdict(path, words, (*checks, Check("its article", tuple(likeness.diagnostics()))), details)


def _by_pdfium(name: str, look: Callable[[bytes], Contrasts | Audit], data: bytes) -> tuple[Check, object]:
    """What is found in the pages as a check, and all of it for machines; nothing where PDFium cannot be asked."""
    missing = can_read_lines()
    if missing:
        return Check(name, missing=missing), None
    try:
        found = look(data)
    except PressoutError as error:
        return Check(name, (error.diagnostic,)), None
    return Check(name, tuple(found.diagnostics())), found.as_object()


def _judged(name: str, missing: str, judge: Callable[[str], list[Diagnostic]], profiles: list[str]) -> Iterator[Check]:
    """What a validator says of each profile that the file claims; one that gives up on the file is a finding."""
    if missing and profiles:
        yield Check(name, missing=missing)
        return
    for profile in profiles:
        try:
            yield Check(f"{name} {profile}", tuple(judge(profile)))
        except PressoutError as error:
            yield Check(f"{name} {profile}", (error.diagnostic,))

"""What validators say of a PDF: page-validation, and veraPDF where it is installed."""

from __future__ import annotations

import importlib
import importlib.util
import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from pressout.diagnostics import Diagnostic, PressoutError, Severity
from pressout.verify.pdf.examine import opened

VERAPDF = "verapdf"
MINUTES = 600  # seconds that veraPDF may take
# What page-validation says of packed data that ends in a carriage return, which it takes for a part of the line's end
TAKEN_FOR_SHORT = "STREAM-LENGTH"
SHOWN = 20  # failures of one validator that are shown; after so many, the first are what to mend


def can_run_page_validation() -> str:
    """What is missing before page-validation can run; nothing if it can."""
    return "" if importlib.util.find_spec("page") else "its Python package: pip install 'pressout[verify]'"


def page_validation(data: bytes, profile: str) -> list[Diagnostic]:
    """What page-validation finds against a profile; raises PressoutError where it is not installed or cannot read the file."""
    missing = can_run_page_validation()
    if missing:
        raise PressoutError("page-validation is not installed", hint=f"install {missing}")
    page = importlib.import_module("page")
    try:
        failures = page.validate_pdf_bytes(data, profile=profile).failures
    except page.PageError as error:
        raise PressoutError(f"page-validation cannot judge it by {profile}: {error}") from None
    found = Counter((str(failure.rule_id), str(failure.message)) for failure in failures)
    if any(TAKEN_FOR_SHORT in rule for rule, _ in found) and _lengths_are_true(data):
        found = Counter({(rule, message): count for (rule, message), count in found.items() if TAKEN_FOR_SHORT not in rule})
    return _counted(found)


def _lengths_are_true(data: bytes) -> bool:
    """Whether each stream is as long as it says, which qpdf reads strictly (ISO 32000-1, 7.3.8.2)."""
    import pikepdf

    try:
        with opened(data) as pdf:
            return all(len(each.read_raw_bytes()) == int(each.Length) for each in pdf.objects if isinstance(each, pikepdf.Stream))
    except (PressoutError, pikepdf.PdfError, AttributeError):
        return False


def can_run_verapdf() -> str:
    """What is missing before veraPDF can run; nothing if it can."""
    return "" if shutil.which(VERAPDF) else "veraPDF, by its own installer"


def verapdf(path: Path, profile: str) -> list[Diagnostic]:
    """What veraPDF finds against a profile; raises PressoutError where it cannot run."""
    if can_run_verapdf():
        raise PressoutError("veraPDF cannot run", hint=f"install {can_run_verapdf()}")
    command = [VERAPDF, "--format", "json", "--flavour", profile, str(path)]
    try:
        answer = subprocess.run(command, capture_output=True, timeout=MINUTES, check=False)
        job = json.loads(answer.stdout)["report"]["jobs"][0]
        results = job["validationResult"]
    except (subprocess.TimeoutExpired, ValueError, KeyError, IndexError, TypeError):
        raise PressoutError("veraPDF gave no answer") from None
    listed = results if isinstance(results, list) else [results]
    rules = (rule for result in listed for rule in result["details"]["ruleSummaries"])
    return _counted(
        Counter({_rule(rule): int(rule.get("failedChecks", 1)) for rule in rules if rule.get("ruleStatus") == "FAILED"})
    )


def _rule(rule: Mapping[str, object]) -> tuple[str, str]:
    return f"{rule.get('specification', '')} {rule['clause']}-{rule['testNumber']}".strip(), str(rule["description"])


def _counted(failures: Counter[tuple[str, str]]) -> list[Diagnostic]:
    """A diagnostic for each rule that is broken, with how often it is."""
    found = [(f"{rule}: {message}", count) for (rule, message), count in failures.most_common(SHOWN)]
    return [Diagnostic(Severity.ERROR, f"{text} ({count} times)" if count > 1 else text) for text, count in found]

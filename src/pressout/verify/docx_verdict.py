"""The verdict on a Word file: our own checks, Microsoft's validator, openxml-audit, and what the file is."""

from __future__ import annotations

from pathlib import Path

from pressout.verify import Check, Verdict, read_whole
from pressout.verify.docx import NO_FILE, audit, can_run_audit, can_run_sdk, facts, own_checks, sdk


def verify(path: Path) -> Verdict:
    """Our own checks come first: what they call no Word file is given to no other judge."""
    data = read_whole(path)
    own = Check("editors", tuple(own_checks(data)))
    if any(found.message.startswith(NO_FILE) for found in own.found):
        return Verdict(path, {}, (own,))
    return Verdict(path, facts(data), (own, _sdk(path), _audit(path)))


def _sdk(path: Path) -> Check:
    missing = can_run_sdk()
    return Check("Open XML SDK", missing=missing) if missing else Check("Open XML SDK", tuple(sdk(path)))


def _audit(path: Path) -> Check:
    missing = can_run_audit()
    return Check("openxml-audit", missing=missing) if missing else Check("openxml-audit", tuple(audit(path)))

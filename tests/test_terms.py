"""Terms: every language has every word, and dates and labels read as they are written there."""

from __future__ import annotations

import datetime
import string

import pytest

from pressout.terms import _all_terms, direction, label, language, long_date, term

LANGUAGES = sorted(_all_terms())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_has_every_term(lang: str) -> None:
    terms = _all_terms()[lang]
    assert list(terms) == list(_all_terms()["en"])
    assert all(terms[name] for name in terms if name != "months")
    fields = {
        name: [field for _, field, _, _ in string.Formatter().parse(terms[name]) if field is not None]
        for name in terms
        if name != "months"
    }
    assert all(fields[name] == [""] for name in fields if name.endswith("-label"))
    assert len(terms["months"]) in (0, 12)
    assert ("month-number" if not terms["months"] else "month") in fields["date"]


def test_the_nearest_language_speaks() -> None:
    assert term("contents", "de-AT") == "Inhalt"
    assert term("contents", "zh-TW") == "目錄"
    assert term("contents", "zh-CN") == term("contents", "zh") == "目录"
    assert term("contents", "xx") == term("contents", "") == "Contents"
    with pytest.raises(KeyError):
        term("no such term", "en")


def test_a_label_keeps_its_number_on_the_line() -> None:
    assert label("figure", "3", "en") == "Figure\u00a03"
    assert label("figure", "3", "de") == "Abbildung\u00a03"
    assert label("figure", "3", "ja") == "図3"
    assert label("page", "12", "ko") == "12쪽"


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "1 September 2025"),
        ("en-US", "September 1, 2025"),
        ("fr", "1er septembre 2025"),
        ("de", "1. September 2025"),
        ("es", "1 de septiembre de 2025"),
        ("ja", "2025年9月1日"),
        ("fa", "۱ سپتامبر ۲۰۲۵"),
        ("he", "1 בספטמבר 2025"),
    ],
)
def test_dates_are_written_as_in_their_language(lang: str, written: str) -> None:
    assert long_date(datetime.date(2025, 9, 1), lang) == written


def test_the_script_tells_the_direction() -> None:
    assert [direction(lang) for lang in ("ar", "fa-IR", "he", "iw", "en", "az-Arab", "ar-Latn", "")] == [
        "rtl", "rtl", "rtl", "rtl", "ltr", "rtl", "ltr", "",
    ]  # fmt: skip
    assert language("iw") == "he"

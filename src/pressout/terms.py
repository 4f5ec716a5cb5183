"""Terms: the words that pressout prints itself, by language."""

from __future__ import annotations

import datetime


def term(name: str, lang: str) -> str:
    """The word for `name` in the language."""
    return name.replace("-", " ").capitalize()


def long_date(date: datetime.date, lang: str) -> str:
    """The date as it is written in running text."""
    return date.isoformat()

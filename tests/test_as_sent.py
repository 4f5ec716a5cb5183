"""Lines that came back as they were sent: they are taken whole, and what comes of that is what came of them letter by letter."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from pressout.readers.docx.values import Line
from pressout.revision import returned as module
from pressout.revision.returned import AsSent, Sign
from pressout.revision.takeback import Request, take_back
from roundtrip.grammar import generated
from roundtrip.profiles import PROFILES, returned
from roundtrip.trial import Article, written

TWICE = """# One

A word, *and* another.[^1]

Nobody touches this "line".

[^1]: Here is the note.
"""


@contextmanager
def letter_by_letter(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every line taken as if something in it had changed."""

    def never(line: Line, sent: Line) -> bool:
        return False

    with patch.context() as context:
        context.setattr(module, "_is_as_sent", never)
        yield


@pytest.fixture(scope="module")
def article() -> Article:
    return written(generated(random.Random(71), 40))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("keep", [False, True])
def test_whole_lines_give_what_letters_give(article: Article, profile: str, keep: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    request = Request(keep_queries=keep)
    edited, _ = returned(article.sent, profile, 6, 10)
    whole = take_back(edited.docx, article.base, request)
    with letter_by_letter(monkeypatch):
        assert take_back(edited.docx, article.base, request) == whole
    assert whole.changes


def test_what_nobody_touched_is_as_it_was_sent() -> None:
    start = written(TWICE).base
    lines = module.traced(start.sent.file, start.sent.file, start.sent.where)
    assert [line.line.text_now for line in lines] == [line.text_now for line in start.sent.file.lines]
    assert all(line.as_sent and not line.edited for line in lines)


def test_its_signs_are_those_of_its_pieces() -> None:
    start = written(TWICE).base
    for line, origins in zip(start.sent.file.lines, start.sent.where, strict=True):
        signs: Sequence[Sign] = AsSent(line.pieces, origins)
        assert "".join(sign.text for sign in signs) == line.text_now
        assert [sign.origin for sign in signs] == list(origins)
        assert len(signs) == len(line.text_now)
        assert list(signs[:3]) == list(signs)[:3]
        assert all(sign.sent for sign in signs)

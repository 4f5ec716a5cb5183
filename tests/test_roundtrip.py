"""The editor's round trip keeps its promises, whatever was written, edited or done to the file on its way."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pressout.revision.takeback import take_back
from roundtrip import profiles
from roundtrip.edits import EDITS, edit
from roundtrip.grammar import generated
from roundtrip.oracle import differences, reading
from roundtrip.settle import settle
from roundtrip.trial import article, trial, trial_of, written

INPUT = Path(__file__).parent.parent / "input"
ARTICLES = sorted(INPUT.glob("*.md"))
SOAK = int(os.environ.get("PRESSOUT_SOAK", "0"))  # examples; 0 is the suite's own small budget, the same ones each time
QUICK = settings(
    max_examples=SOAK or 6,
    derandomize=not SOAK,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def sources(draw: st.DrawFn) -> str:
    """An article by the grammar; it shrinks to fewer and plainer blocks."""
    return generated(draw(st.randoms(use_true_random=False)), draw(st.integers(1, 10)))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_nothing_edited_changes_nothing(path: Path) -> None:
    """P1: an article that comes back as it went out is the same to the byte."""
    sent = article(path)
    outcome = take_back(sent.sent, sent.base)
    assert outcome.text == sent.source.text
    assert not outcome.changes


@given(sources())
@QUICK
def test_nothing_edited_changes_nothing_written(source: str) -> None:
    sent = written(source)
    outcome = take_back(sent.sent, sent.base)
    assert outcome.text == source
    assert not outcome.changes


@given(sources(), st.integers(0, 10**6), st.integers(1, 8), st.sampled_from(profiles.PROFILES))
@QUICK
def test_promises(source: str, seed: int, count: int, profile: str) -> None:
    """P2 to P5: untouched blocks keep their bytes, the rest reads as edited or is said not to, the sums are right."""
    verdict = trial(written(source), profile, seed, count)
    assert verdict.promises == [], (verdict, *map(str, verdict.differences))


@pytest.mark.parametrize("kind", EDITS)
def test_each_kind(kind: str) -> None:
    """An edit of each kind, alone in the specimen, comes home as the editor has it."""
    verdict = trial_of(article(INPUT / "specimen.md"), (kind,), 1, 1)
    assert verdict.promises == [], (verdict, *map(str, verdict.differences))
    assert verdict.exact, [str(each) for each in verdict.differences]


@pytest.mark.parametrize("profile", profiles.PROFILES)
def test_profiles(profile: str) -> None:
    """Twenty edits, in the manner of each profile; the soak takes every article."""
    for path in ARTICLES if SOAK else [INPUT / "die-letzte-schaltsekunde.md"]:
        verdict = trial(article(path), profile, 7, 20)
        assert verdict.promises == [], (verdict.sums, verdict.untouched, *map(str, verdict.differences))


# The judge is judged


def test_oracle_sees() -> None:
    """A letter, a mark, a kind of block: the oracle sees each."""
    plain = reading(written("One word here.\n\n- item\n").sent)
    others = ("One ward here.\n\n- item", "One *word* here.\n\n- item", "One word here.\n\n1. item", "## One word here.\n\n- item")
    for other in others:
        assert len(differences(plain, reading(written(other).sent))) == 1, other


@pytest.mark.parametrize("seed", range(3))
def test_editor_can_be_undone(seed: int) -> None:
    """What the editor did, all of it rejected, leaves the file that went out: its tracking is whole."""
    sent = written(generated(random.Random(seed)))
    edited = edit(sent.sent, seed, 12)
    assert differences(sent.reading, reading(edited.docx))
    assert not differences(sent.reading, reading(settle(edited.docx, accept=False)))

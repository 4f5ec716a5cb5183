"""A real editor: LibreOffice with tracking on edits articles, and its files come home like those of the XML's editor."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from roundtrip.edits import Edited
from roundtrip.grammar import generated
from roundtrip.operations import Operation, in_xml, planned
from roundtrip.oracle import reading, words
from roundtrip.settle import settle
from roundtrip.trial import Article, article, judged, written

INPUT = Path(__file__).parent.parent / "input"
SCRIPT = Path(__file__).parent / "roundtrip" / "office.py"
SOAK = bool(os.environ.get("PRESSOUT_SOAK"))
ARTICLES, OPERATIONS = 20, 20  # in the soak
SAME_AS_XML = 0.9  # share of articles whose Markdown is the same as after the same edits in XML; LibreOffice cuts words its own way
PYTHON = "/usr/bin/python3"  # the one that the system's uno belongs to


def test_articles_through_libreoffice(tmp_path: Path) -> None:
    """The words are those of the same edits made in XML, or it is said what was refused; nine of ten Markdowns are the same."""
    if not _has_office():
        if os.environ.get("SKIP_VALIDATORS"):
            pytest.skip("LibreOffice with Python's uno is not here")
        pytest.fail(
            "LibreOffice with Python's uno is needed (apt-get install libreoffice-writer python3-uno), or SKIP_VALIDATORS=1"
        )
    trials = list(office_trials(list(_articles()), tmp_path))
    assert not [trial for trial in trials if trial.crash or not (trial.text_exact or trial.applied < trial.changes)], trials
    same = sum(trial.same_as_xml for trial in trials)
    assert same >= SAME_AS_XML * len(trials), [trial for trial in trials if not trial.same_as_xml]


def _has_office() -> bool:
    if not shutil.which("soffice") or not Path(PYTHON).exists():
        return False
    return subprocess.run([PYTHON, "-c", "import uno"], capture_output=True).returncode == 0


def _articles() -> Iterator[Article]:
    """One of the project's own; in the soak those of input/ and of PRESSOUT_ARTICLES, made up to twenty by the grammar."""
    if not SOAK:
        yield article(INPUT / "die-letzte-schaltsekunde.md")
        return
    folders = [INPUT, *(Path(folder) for folder in [os.environ.get("PRESSOUT_ARTICLES", "")] if folder)]
    found = [path for folder in folders for path in sorted(folder.glob("*.md"))][:ARTICLES]
    yield from map(article, found)
    for number in range(ARTICLES - len(found)):
        yield written(generated(random.Random(number), 30))


class OfficeTrial(NamedTuple):
    """An article edited in LibreOffice: whether it says what the same edits in XML say, and whether the Markdown is the same."""

    name: str
    text_exact: bool
    same_as_xml: bool
    crash: str
    edits: int
    changes: int
    applied: int
    changed: str = ""  # what differs from the Markdown of the edits in XML, by the line


def office_trials(sent: list[Article], folder: Path) -> Iterator[OfficeTrial]:
    """LibreOffice counts its fields anew, so that the words are compared with those of the edits in XML, not with its own."""
    edits = [planned(each.sent, number, OPERATIONS) for number, each in enumerate(sent)]
    for each, operations, docx in zip(sent, edits, _edited(sent, edits, folder), strict=True):
        straight = in_xml(each.sent, operations)
        in_office, plain = (judged(each, Edited(data, (), 0), data) for data in (docx, straight))
        wanted = words(reading(settle(straight, accept=True)))
        said = not in_office.crash and words(reading(each.drawn(in_office.text))) == wanted
        lines = zip(plain.text.split("\n"), in_office.text.split("\n"), strict=False)
        changed = next((f"{ours!r} / {theirs!r}" for ours, theirs in lines if ours != theirs), "")
        same, counts = in_office.text == plain.text, (len(operations), in_office.changes, in_office.applied)
        yield OfficeTrial(each.source.name, said, same, in_office.crash, *counts, changed)


def _edited(sent: list[Article], edits: list[list[Operation]], folder: Path) -> list[bytes]:
    jobs = []
    for number, (each, operations) in enumerate(zip(sent, edits, strict=True)):
        source = folder / f"{number}.docx"
        source.write_bytes(each.sent)
        jobs.append([str(source), str(folder / f"{number}-edited.docx"), operations])
    (folder / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    subprocess.run([PYTHON, str(SCRIPT), f"pressout-{os.getpid()}", str(folder / "jobs.json")], check=True, timeout=900)
    for _, target, operations in jobs:
        done = json.loads(Path(f"{target}.done").read_text(encoding="utf-8"))
        assert all(done), [operation for operation, made in zip(operations, done, strict=True) if not made]
    return [Path(target).read_bytes() for _, target, _ in jobs]

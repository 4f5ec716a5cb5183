"""Writes docs/round-trip.md: what of an editor's work comes home, by profile and by kind of edit, beside pandoc on the same files.

Run as `make round-trip`. The articles are those of input/, of the folder in PRESSOUT_ARTICLES if it is set, and as many by the
grammar as are missing to the number asked for. Every trial is a line of docs/round-trip.csv.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from roundtrip.edits import EDITS, edit  # noqa: E402
from roundtrip.grammar import generated  # noqa: E402
from roundtrip.oracle import differences, pandoc, reading  # noqa: E402
from roundtrip.profiles import PROFILES, touched  # noqa: E402
from roundtrip.settle import settle  # noqa: E402
from roundtrip.trial import UNCOUNTED, Article, Verdict, article, trial, trial_of, written  # noqa: E402
from test_libreoffice import office_trials  # noqa: E402

EDITS_A_FILE = 20
PLAIN = ("replace", "insert", "delete", "special", "bold", "italic", "paragraph inserted", "split")  # the edits that are timed


class Sample(NamedTuple):
    """A trial, as it stands in the file of samples. `pandoc` is 1 where pandoc accepts to what the editor has, empty if untried."""

    set: str
    name: str
    seed: int
    edits: int
    exact: int
    text_exact: int
    flagged: int
    changes: int
    applied: int
    broken: str
    seconds: float
    lines: int = 0
    false_lines: int = 0
    pandoc: str = ""
    pandoc_false_lines: str = ""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--files", type=int, default=100, help="articles with 20 tracked edits each")
    arguments.add_argument("--others", type=int, default=20, help="articles of each other profile")
    arguments.add_argument("--kinds", type=int, default=3, help="articles for each kind of edit alone, 5 edits each")
    arguments.add_argument("--office", type=int, default=20, help="articles that LibreOffice edits, 20 edits each")
    arguments.add_argument("--first", type=int, default=100, help="the first seed")
    asked = arguments.parse_args()
    sent = list(articles(max(asked.files, asked.others, asked.kinds)))
    samples: list[Sample] = []
    with (ROOT / "docs" / "round-trip.csv").open("w", newline="", encoding="utf-8") as target:
        rows = csv.writer(target, lineterminator="\n")
        rows.writerow(Sample._fields)
        for each in _samples(sent, asked):
            rows.writerow(each)
            target.flush()
            samples.append(each)
    (ROOT / "docs" / "round-trip.md").write_text(page(samples, " ".join(sys.argv[1:])), encoding="utf-8")


def articles(count: int) -> Iterator[tuple[str, Article]]:
    """Articles with the names that they go by: the project's own, others', then generated ones."""
    own, folder = sorted((ROOT / "input").glob("*.md")), os.environ.get("PRESSOUT_ARTICLES", "")
    others = sorted(Path(folder).glob("*.md")) if folder else []
    paths = [*own, *others][:count]
    for number, path in enumerate(paths):
        yield path.stem if path in own else f"other-{number - len(own) + 1}", article(path)
    for number in range(count - len(paths)):
        yield f"generated-{number}", written(generated(random.Random(number), 14))


def _samples(sent: Sequence[tuple[str, Article]], asked: argparse.Namespace) -> Iterator[Sample]:
    for number, (name, each) in enumerate(sent[: asked.files]):
        yield sample("tracked", name, asked.first + number, each)
    for profile in PROFILES[1:]:
        for number, (name, each) in enumerate(spread(sent, asked.others)):
            yield sample(profile, name, asked.first + 1000 + number, each)
    for kind in EDITS:
        for number, (name, each) in enumerate(spread(sent, asked.kinds)):
            verdict = trial_of(each, (kind,), asked.first + 2000 + number, 5)
            yield _sample(f"kind: {kind}", name, asked.first + 2000 + number, verdict)
    for name, long in (
        ("by the grammar", written(generated(random.Random(5), 210))),
        min(sent, key=lambda each: abs(_words(each[1]) - 5000)),
    ):
        verdict = replace(trial_of(long, PLAIN, 1, EDITS_A_FILE), seconds=min(timed(long) for _ in range(3)))
        yield _sample("5,000 words", f"{_words(long)} words ({name})", 1, verdict)
    yield from _office(spread(sent, asked.office))


def _words(sent: Article) -> int:
    return len(sent.source.text.split())


def timed(sent: Article) -> float:
    """Seconds of the processor that `pressout takeback` takes, from its start to its end, for the timed edits of an article."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "article.md").write_text(sent.source.text, encoding="utf-8")
        _pressout(folder, "handoff", "article.md", "--out", ".")
        returned = Path(folder) / "article-handoff.docx"
        returned.write_bytes(edit(returned.read_bytes(), 1, EDITS_A_FILE, PLAIN).docx)
        before = os.times()
        _pressout(folder, "takeback", returned.name)
        after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def _pressout(folder: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pressout", *arguments], cwd=folder, stdout=subprocess.DEVNULL, check=True)


def _office(sent: Sequence[tuple[str, Article]]) -> Iterator[Sample]:
    """Articles that went through LibreOffice: `exact` where the Markdown is that of the same edits written into the XML."""
    if not sent:
        return
    with tempfile.TemporaryDirectory() as folder:
        for (name, _), each in zip(sent, office_trials([article for _, article in sent], Path(folder)), strict=True):
            flags = int(each.same_as_xml), int(each.text_exact), 0
            print("LibreOffice", name, *flags, flush=True)
            yield Sample("LibreOffice", name, 0, each.edits, *flags, each.changes, each.applied, each.crash[-80:], 0.0)


def spread(sent: Sequence[tuple[str, Article]], count: int) -> Sequence[tuple[str, Article]]:
    return sent[:: max(1, len(sent) // count)][:count] if count else ()


def sample(profile: str, name: str, seed: int, sent: Article) -> Sample:
    if profile != "tracked":
        return _sample(profile, name, seed, trial(sent, profile, seed, EDITS_A_FILE))
    verdict = trial(sent, "tracked", seed, EDITS_A_FILE)
    found = _sample(profile, name, seed, verdict)
    lines = untouched_lines(sent, verdict.docx)
    found = found._replace(lines=len(lines), false_lines=_missing(lines, verdict.text))
    theirs = reading(verdict.docx, track="accept")
    same = not differences(reading(settle(verdict.docx, accept=True)), theirs)
    return found._replace(pandoc=str(int(same)), pandoc_false_lines=str(_missing(lines, pandoc_markdown(verdict.docx))))


def _sample(group: str, name: str, seed: int, verdict: Verdict) -> Sample:
    flags = int(verdict.exact), int(verdict.text_exact), int(verdict.flagged)
    counts = verdict.changes, verdict.applied, "; ".join(verdict.promises), round(verdict.seconds, 3)
    print(group, name, seed, *flags, *counts, flush=True)
    return Sample(group, name, seed, len(verdict.made), *flags, *counts)


def untouched_lines(sent: Article, docx: bytes) -> list[str]:
    """The lines of the source, front matter and blanks aside, that hold nothing of what an edit touched."""
    keys = {int(name.removeprefix("_po_"), 36) for name in touched(docx)}
    raw = sent.source.text
    busy: set[int] = set()
    for passage in sent.base.article.map.passages:
        if passage.key in keys or passage.kind == "metadata":
            busy.update(range(raw.count("\n", 0, passage.start), raw.count("\n", 0, passage.end) + 1))
    body = raw.count("\n", 0, raw.index("\n---", 3)) + 2 if raw.startswith("---") else 0
    return [line for number, line in enumerate(raw.split("\n")) if number >= body and number not in busy and line.strip()]


def _missing(lines: Iterable[str], text: str) -> int:
    there = set(UNCOUNTED.sub(r"\1#", text).split("\n"))
    return sum(UNCOUNTED.sub(r"\1#", line) not in there for line in lines)


def pandoc_markdown(docx: bytes) -> str:
    command = [pandoc(), "--from=docx", "--to=gfm", "--wrap=none", "--track-changes=accept"]
    return subprocess.run(command, input=docx, capture_output=True, check=True).stdout.decode()


# The page


def page(samples: Sequence[Sample], arguments: str) -> str:
    return f"""# How much of an editor's work comes home

Made by `tests/roundtrip/report.py {arguments}`; each trial is a line of [round-trip.csv](round-trip.csv). An article goes out,
is edited at random by a program that writes tracked changes as Word does, and is taken back. What the editor's file says once its
changes are accepted, and what the taken-back Markdown says once it is drawn again, are both read by pandoc and compared: every
block's kind, every character, every mark. Accepting is done after the standard (ECMA-376, 17.13.5) by code of the tests' own.
Nothing here was tried in Word or Google Docs themselves: the profiles write what their files are known to look like.

Of what an editor leaves behind, two things are not Markdown's to say. A paragraph that goes on with a list item ("List Continue")
and has lost its item is text, in both readings: the style only indents. And the number of an item is its list's: where the first
item is gone, the next one bears its number, and that is no change to a block.

- *exact*: text, kinds and marks are the editor's in the whole file. *Text*: the words are.
- *said*: not exact, and pressout itself listed what it did not apply. *Not said* is a fault; so is a *broken promise*: a crash, an
  untouched block that changed, a file with everything rejected that isn't the base, sums that don't add up.

`make soak` goes on from here with other seeds each time: two thousand articles by the grammar, edited in each manner and held
against the same promises, every article of `input/` in each profile, and twenty articles through LibreOffice, others' among them
where `PRESSOUT_ARTICLES` names their folder.

## By profile

{table(samples, [*PROFILES, "5,000 words"])}

*tracked*: {EDITS_A_FILE} small edits of all kinds, Markdown's special characters among what is typed. *realistic*: paragraphs
written anew, pastes in foreign styles, find-and-replace, retyped quotes; the first half was accepted before the file came back.
*no anchors*: every bookmark gone. *google*: styles, bookmarks' names and paragraphs' containers as Google Docs leaves them; new
paragraphs have no kind then, so the text alone is judged. *accepted*: the editor accepted every change; nothing is tracked.

{_times(samples)}

{_in_office(samples)}{_kinds(samples)}{_beside_pandoc(samples)}"""


def _beside_pandoc(samples: Sequence[Sample]) -> str:
    tracked = [each for each in samples if each.set == "tracked"]
    tried = [each for each in tracked if each.pandoc]
    lines = sum(each.lines for each in tracked)
    ours, theirs = sum(each.false_lines for each in tracked), sum(int(each.pandoc_false_lines) for each in tried)
    exact = share(sum(each.exact for each in tracked), len(tracked))
    accepted = share(sum(each.pandoc == "1" for each in tried), len(tried))
    return f"""## Beside pandoc

On the {len(tried)} files of the profile *tracked*:

| | pressout | pandoc `--track-changes=accept` |
|---|---:|---:|
| files that read as the editor has them | {exact} | {accepted} |
| source lines changed that no edit touched | {share(ours, lines)} | {share(theirs, lines)} |

Pandoc's files are judged by its reading of the Word file, before it writes any Markdown; its lines are those that
`--to=gfm --wrap=none` writes, for it has no source to keep to.
"""


def _kinds(samples: Sequence[Sample]) -> str:
    groups = [f"kind: {kind}" for kind in EDITS]
    tried = any(each.set in groups for each in samples)
    return f"## By kind of edit\n\n{table(samples, groups)}\n\n" if tried else ""


def _in_office(samples: Sequence[Sample]) -> str:
    mine = [each for each in samples if each.set == "LibreOffice"]
    if not mine:
        return ""
    said, same = (share(sum(counts), len(mine)) for counts in ([e.text_exact for e in mine], [e.exact for e in mine]))
    return f"""## Through LibreOffice

{sum(each.edits for each in mine)} edits in {len(mine)} articles, made by LibreOffice itself with tracking on, and the same ones
written into the XML as Word would track them. The words are those of the edits in XML in {said}; the whole Markdown is the same to
the byte in {same}.

"""


def _times(samples: Sequence[Sample]) -> str:
    longs = [each for each in samples if each.set == "5,000 words"]
    told = [f"{each.seconds:.2f} s of the processor for an article of {each.name} with {each.edits} edits" for each in longs]
    return f"`pressout takeback` took {', and '.join(told)}: the whole command, from its start on, the best of three."


def table(samples: Sequence[Sample], groups: Sequence[str]) -> str:
    rows = ["| | files | edits | exact | text | said | not said | broken promises | applied |", "|---|" + "---:|" * 8]
    for group in groups:
        mine = [each for each in samples if each.set == group]
        if mine:
            rows.append(f"| {group.removeprefix('kind: ')} | {_row(mine)} |")
    return "\n".join(rows)


def _row(mine: Sequence[Sample]) -> str:
    exact = sum(each.exact for each in mine)
    said = sum(each.flagged and not each.exact for each in mine)
    broken = sum(bool(set(each.broken.split("; ")) - {"", UNSAID}) for each in mine)
    unsaid = sum(UNSAID in each.broken for each in mine)
    text = share(sum(each.text_exact for each in mine), len(mine))
    counts = [len(mine), sum(each.edits for each in mine), share(exact, len(mine)), text]
    applied = share(sum(each.applied for each in mine), sum(each.changes for each in mine))
    return " | ".join(map(str, [*counts, said, unsaid, broken, applied]))


UNSAID = "not as the editor has it, and not said"


def share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.1f} %)" if whole else "–"


if __name__ == "__main__":
    main()

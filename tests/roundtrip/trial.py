"""One trial of the round trip: an article goes out, comes back edited, is taken home, and is judged by the oracle."""

from __future__ import annotations

import re
import time
import traceback
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cache, cached_property
from pathlib import Path

from pressout.diagnostics import Report
from pressout.files import read_source
from pressout.model import Source
from pressout.readers.sourcemap import Passage as Block
from pressout.revision.handoff import Terms, hand_off
from pressout.revision.takeback import Base, base, take_back
from pressout.theme import load_theme

from .editor import stories
from .edits import Edited, edit
from .oracle import Difference, Passage, differences, reading, words
from .profiles import CHANGES, returned, touched
from .settle import settle

UNCOUNTED = re.compile(r"(?m)^([ >]*)\d{1,9}(?=[.)] )")
MOVED = 0.8  # of a passage's letters that are those of another, in their order: it is that passage, moved and edited
THEME = load_theme("plain", Report())


@dataclass(frozen=True)
class Article:
    """An article that is out with an editor."""

    source: Source

    @cached_property
    def sent(self) -> bytes:
        return self.drawn(self.source.text)

    @cached_property
    def base(self) -> Base:
        return base(self.source, THEME, self.sent)

    @cached_property
    def reading(self) -> tuple[Passage, ...]:
        return reading(self.sent)

    def drawn(self, text: str) -> bytes:
        """A text of this article as the Word file that an editor gets."""
        return hand_off(replace(self.source, text=text), Terms(to=("desk",)), THEME, Report()).data


@cache
def article(path: Path) -> Article:
    return Article(read_source(path, Report()))


def written(text: str) -> Article:
    """An article that is no file."""
    return Article(Source(text, "article.md", None))


@dataclass(frozen=True)
class Verdict:
    """What a trial showed. `exact`: text, kinds and marks as the editor has them; `flagged`: pressout said itself that they aren't.

    `flat`: the program
    had taken the styles away, so that new paragraphs have no kind and the text alone is judged.
    `untouched` is the source text of the first block that no edit touched and that is not as it was; `sums` says what is wrong with
    the account of the changes, `rejected` whether the file with every change rejected leaves the source as it is.
    """

    made: tuple[str, ...] = ()
    exact: bool = False
    text_exact: bool = False
    flagged: bool = False
    flat: bool = False
    rejected: bool = True
    untouched: str = ""
    sums: str = ""
    crash: str = ""
    seconds: float = 0.0
    changes: int = 0
    applied: int = 0
    unlisted: int = 0
    differences: list[Difference] = field(default_factory=list)
    text: str = ""
    docx: bytes = b""

    @property
    def promises(self) -> list[str]:
        """The promises that were broken; a change that was refused, and said to be, breaks none."""
        broken = {
            "crash": self.crash,
            "not as the editor has it, and not said": not (self.exact or self.flagged or (self.flat and self.text_exact)),
            "reject-all is not the base": not self.rejected,
            "an untouched block was changed": self.untouched,
            "the sums": self.sums,
            "untracked edits not listed": self.unlisted,
        }
        return [name for name, broke in broken.items() if broke]


def trial(sent: Article, profile: str, seed: int, count: int) -> Verdict:
    """An article edited at random, in the manner of a profile."""
    edited, before = returned(sent.sent, profile, seed, count)
    return judged(sent, edited, before, profile)


def trial_of(sent: Article, kinds: tuple[str, ...], seed: int, count: int) -> Verdict:
    """An article with edits of some kinds alone."""
    edited = edit(sent.sent, seed, count, kinds)
    return judged(sent, edited, edited.docx, "tracked")


def judged(sent: Article, edited: Edited, before: bytes, profile: str = "tracked") -> Verdict:
    """The verdict on a returned file; `before` is what the editor had made of it before a program mangled it."""
    verdict = Verdict(edited.made, docx=edited.docx)
    started = time.perf_counter()
    try:
        outcome = take_back(edited.docx, sent.base)
    except Exception:
        return replace(verdict, crash=traceback.format_exc())
    seconds = time.perf_counter() - started
    wanted = reading(settle(before, accept=True))
    found = reading(sent.drawn(outcome.text))
    wrong = differences(wanted, found)
    applied, refused, conflicts = (outcome.count(fate) for fate in ("applied", "refused", "conflict"))
    tracked = sum(change.tracked for change in outcome.changes)
    return replace(
        verdict,
        exact=not wrong,
        text_exact=words(wanted) == words(found),
        flagged=refused + conflicts > 0,
        flat=profile == "google",
        rejected=profile in ("realistic", "google", "accepted") or _rejected(sent, edited.docx),
        untouched="" if profile == "realistic" else _changed_without_edit(sent, touched(before), outcome.text),
        sums=_sums((len(outcome.changes), applied + refused + conflicts), (tracked, tracked_changes(edited.docx))),
        seconds=seconds,
        changes=len(outcome.changes),
        applied=applied,
        unlisted=_unlisted(sent, wanted, len(outcome.changes)) if profile == "accepted" else 0,
        differences=wrong,
        text=outcome.text,
    )


def _rejected(sent: Article, docx: bytes) -> bool:
    return take_back(settle(docx, accept=False), sent.base).text == sent.source.text


def tracked_changes(docx: bytes) -> int:
    """How many tracked changes the texts of a file hold."""
    return sum(1 for root in stories(docx).values() for _ in root.iter(*CHANGES))


def _sums(total: tuple[int, int], tracked: tuple[int, int]) -> str:
    wrong = [] if total[0] == total[1] else [f"{total[0]} changes, {total[1]} with a fate"]
    return "; ".join(wrong + ([] if tracked[0] == tracked[1] else [f"{tracked[0]} tracked changes told of {tracked[1]}"]))


def _unlisted(sent: Article, wanted: tuple[Passage, ...], listed: int) -> int:
    """How many changed passages more there are than changes that were listed; one that was moved is gone here and new there."""
    found = differences(sent.reading, wanted, marks=False)
    changed = sum(max(len(each.wanted), len(each.found)) for each in found)
    moved = sum(
        any(_is_same(gone, new) for other in found if other is not each for new in other.found)
        for each in found
        for gone in each.wanted
    )
    return max(0, changed - moved - listed)


def _is_same(gone: Passage, new: Passage) -> bool:
    """Whether one passage is the other, with a few words changed perhaps."""
    before, after = ("".join(letter for letter, _ in passage.characters) for passage in (gone, new))
    return SequenceMatcher(None, before, after, autojunk=False).ratio() > MOVED


def _changed_without_edit(sent: Article, edited: frozenset[str], text: str) -> str:
    """The first passage that no edit touched and whose lines are not in the new source, in their order; empty if there is none.

    The number of a list's item is the list's: it changes with what is before it, in Word too (ECMA-376, 17.9).
    """
    raw, text, at = sent.source.text, UNCOUNTED.sub(r"\1#", text), 0
    keys = {int(name.removeprefix("_po_"), 36) for name in edited}
    passages = sorted(sent.base.article.map.passages, key=lambda passage: passage.start)
    busy = {line for passage in passages if passage.key in keys for line in _lines(raw, passage)}
    inner = [passage for passage in passages if passage.key in keys]
    for passage in passages:
        # A note that is written in its sentence is part of that paragraph's text, and may have been edited
        if passage.key in keys or any(passage.start < each.start < passage.end for each in inner):
            continue
        lines = _lines(raw, passage)
        whole = "\n".join(raw.split("\n")[lines.start : lines.stop]).strip()
        piece = raw[passage.start : passage.end] if busy & set(lines) else whole
        found = text.find(UNCOUNTED.sub(r"\1#", piece), at)
        if found < 0:
            return piece
        at = text.rfind("\n", 0, found) + 1  # a listing holds its caption: the next passage may begin on the same line
    return ""


def _lines(raw: str, passage: Block) -> range:
    first = raw.count("\n", 0, passage.start)
    return range(first, first + raw.count("\n", passage.start, passage.end) + 1)

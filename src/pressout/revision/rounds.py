"""Rounds of patching and proving: what does not come out is tried in another form, then given up, and nothing else with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pressout.readers.docx.values import Line
from pressout.revision.patching import patches
from pressout.revision.plan import Owner, Plan, patched, tied
from pressout.revision.proof import Blame, Signature, blamed, expected, found_entries

ROUNDS = 8  # of trying the next form for what came out wrong
CHANCES = 16  # to prove what was given up with something else: each takes as long as drawing the article


@dataclass
class Proof:
    """What is needed to try a plan: the lines that a source gives when it is drawn, the signatures of what was sent."""

    plan: Plan
    redraw: Callable[[str], Sequence[Line]]
    sent: Sequence[Signature | None]
    innocent: set[Owner] = field(default_factory=set)  # given up because they stand beside what went wrong


def proved(proof: Proof) -> str:
    """The new source. Nothing to do costs nothing; what comes out wrong tries its next form, then is given up."""
    plan = proof.plan
    for _ in range(ROUNDS):
        text, wrong = _tried(proof)
        if not (wrong.words or wrong.kind):
            return _with_innocent(proof, text)
        _step(proof, wrong)
    waiting = _groups(proof.innocent | {patch.owner for patch in patches(plan)} | plan.dropped, plan)
    everything = [owner for group in waiting for owner in group]
    plan.dropped |= set(everything)
    return _halved(proof, plan.layer.raw, everything)


def _tried(proof: Proof) -> tuple[str, Blame]:
    plan = proof.plan
    changes = patches(plan)
    if not changes:
        return plan.layer.raw, Blame(set(), set(), set())
    text = patched(plan.layer.raw, changes)
    wanted = expected(plan, proof.sent)
    return text, blamed(wanted, found_entries(proof.redraw(text), changes, plan), changes, plan)


def _step(proof: Proof, wrong: Blame) -> None:
    """The next form for what came out wrong; where there is none left, it is given up.

    What is of a wrong kind waits for that: it may be so for what stands beside it.
    """
    plan, lost = proof.plan, set[Owner]()
    turned = False
    for owner in wrong.words - wrong.kind:
        kind, index = owner
        if kind == "draft" and plan.form_of(index, plan.form.get(index, 0) + 1):
            plan.form[index] = plan.form.get(index, 0) + 1
            turned = True
        else:
            lost.add(owner)
    lost |= set() if turned else wrong.kind
    before = set(plan.dropped)
    plan.dropped |= lost
    plan.dropped |= tied(plan)
    if lost & wrong.near:
        proof.innocent |= plan.dropped - before


def _with_innocent(proof: Proof, text: str) -> str:
    """The source with those, too, that were given up beside something wrong and prove by themselves."""
    return _halved(proof, text, sorted(proof.innocent)) if proof.innocent else text


def _groups(owners: set[Owner], plan: Plan) -> list[list[Owner]]:
    """Owners in groups that stand or fall together."""
    left, groups = set(owners), []
    for owner in sorted(owners):
        if owner in left:
            group, waiting = set[Owner](), [owner]
            while waiting:
                each = waiting.pop()
                if each not in group:
                    group.add(each)
                    waiting += plan.links.get(each, ())
            groups.append(sorted(group & left))
            left -= group
    return groups


def _halved(proof: Proof, text: str, owners: Sequence[Owner]) -> str:
    """The source with as many of the changes given up as prove together: half of them are tried, then half of the rest."""
    plan = proof.plan
    waiting = [_groups(set(owners), plan)]
    for _ in range(CHANCES):
        if not waiting:
            break
        groups = waiting.pop(0)
        chosen = {owner for group in groups for owner in group}
        kept = set(plan.dropped)
        plan.dropped -= chosen
        attempt, wrong = _tried(proof)
        if not (wrong.words or wrong.kind) and chosen - plan.dropped:
            text = attempt
            continue
        plan.dropped = kept
        middle = len(groups) // 2
        waiting = [half for half in (groups[:middle], groups[middle:]) if middle and half] + waiting
    plan.dropped |= tied(plan)
    patches(plan)  # so that the plan's seats are those of what is left
    return text

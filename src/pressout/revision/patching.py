"""The patches of a plan: where each change goes in the source, and what is written there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pressout.readers.sourcemap import Passage
from pressout.revision.fields import can_hold, field_value
from pressout.revision.letters import letters
from pressout.revision.plan import DELETABLE, Owner, Patch, Plan, content, deletable, setting_of, tied
from pressout.revision.seating import NOTHING, insertions, stands
from pressout.revision.shapes import shape_of
from pressout.revision.shares import shares
from pressout.revision.writing import Style, final

BLANKS = re.compile(r"(?:\r\n|\r|\n)([ \t\r\n]*)\Z")
BEFORE_DASH = " \t>"


def patches(plan: Plan) -> list[Patch]:
    """All patches of a round, in the order of the source; the paragraphs that nothing can be written for are dropped."""
    while True:
        plan.dropped |= tied(plan)
        given_up = len(plan.dropped)
        new = list(insertions(plan))
        found = [*_in_place(plan), *_deletions(plan), *new]
        if len(plan.dropped) == given_up:
            return _to_the_end(sorted(found, key=lambda patch: (patch.start, patch.end)), plan.layer.raw)


def _to_the_end(found: list[Patch], raw: str) -> list[Patch]:
    """The patches; where the last blocks of the source go, the blank lines before them go with them."""
    first, begin = len(found), len(raw)
    while first and not found[first - 1].text and found[first - 1].start < begin and not raw[found[first - 1].end : begin].strip():
        first, begin = first - 1, found[first - 1].start
    blanks = BLANKS.search(raw, 0, begin) if first < len(found) else None
    if blanks is None or any(patch.end > blanks.start(1) for patch in found[:first]):
        return found
    return [*found[:first], found[first]._replace(start=blanks.start(1)), *found[first + 1 :]]


def _in_place(plan: Plan) -> Iterator[Patch]:
    for index, entry in enumerate(plan.homed):
        owner = ("draft", index)
        if not entry.stays or owner in plan.dropped:
            continue
        passage = plan.desk.passages[entry.home]
        if plan.is_changed(index):
            written = list(_contents(index, passage, plan))
            if not written:
                plan.dropped.add(owner)
                continue
            yield from written
        if passage.kind == "heading" and plan.shapes[index].kind == "heading":
            yield from _level(index, passage, plan)


def _contents(index: int, passage: Passage, plan: Plan) -> Iterator[Patch]:
    """The text of a paragraph in its place; of one that holds several passages, each passage's own."""
    line = plan.sent.line_of[plan.homed[index].home]
    if not plan.homed[index].draft.text.strip() and deletable(passage):
        yield _without(passage, ("draft", index), plan)
        return
    if len(plan.sent.keys[line]) < 2 or plan.homed[index].draft.joined > 1:
        text = plan.written(index, Style(setting_of(passage, plan.layer.raw)))
        if text is not None and (passage.kind != "metadata" or can_hold(plan.letters(index), passage)):
            yield _content(text, passage, ("draft", index), plan)
        return
    for key, signs in (shares(plan.homed[index], line, plan.sent) or {}).items():
        each = plan.desk.passages[key]
        written = letters(signs, plan.homed[index].draft.gone, plan.desk)
        found = next(plan.writer.forms(written, setting_of(each, plan.layer.raw)), None)
        if found and (each.kind != "metadata" or can_hold(written, each)):
            yield _content(
                final(found[1], found[0], Style(setting_of(each, plan.layer.raw)), plan.desk), each, ("draft", index), plan
            )


def _content(text: str, passage: Passage, owner: Owner, plan: Plan) -> Patch:
    start, end = content(passage, plan.desk)
    if passage.kind not in ("code", "verse"):
        text = text.rstrip(" ") if not _ends_blank(passage) else text
    if passage.kind == "metadata":
        text = field_value(text, (start, end), plan.layer.raw)
    return Patch(start, end, text, owner)


def _ends_blank(passage: Passage) -> bool:
    """Whether a passage's own last character is a blank, as in a cell that holds nothing else."""
    return passage.text[-1:].isspace()


def _level(index: int, passage: Passage, plan: Plan) -> Iterator[Patch]:
    """A heading's other level; one that was underlined gets hashes."""
    sent_shape = plan.levels.get(plan.shapes[index].level, plan.shapes[index].level)
    if sent_shape == passage.level or plan.shapes[index].level == _sent_level(index, plan):
        return
    hashes = "#" * max(1, min(6, sent_shape))
    end = content(passage, plan.desk)[1]
    if plan.layer.raw[passage.start] == "#":
        yield Patch(passage.start, passage.start + passage.level, hashes, ("draft", index))
    else:
        yield Patch(passage.start, passage.start, f"{hashes} ", ("draft", index))
        yield Patch(end, passage.end, "", ("draft", index))


def _sent_level(index: int, plan: Plan) -> int:
    return shape_of(plan.sent.file.lines[plan.sent.line_of[plan.homed[index].home]].now).level


def _deletions(plan: Plan) -> Iterator[Patch]:
    for key in plan.gone:
        passage = plan.desk.passages[key]
        if ("gone", key) in plan.dropped:
            continue
        if any(container.kind == "html" for container in passage.path) and passage.kind in DELETABLE:
            yield Patch(*content(passage, plan.desk), "", ("gone", key))  # its tags stay: an empty element shows nothing
        elif key in plan.filled or key in plan.notes.inside:
            continue
        elif deletable(passage):
            yield _without(passage, ("gone", key), plan)
            yield from _left_alone(passage, plan)
        else:
            plan.dropped.add(("gone", key))


def _without(passage: Passage, owner: Owner, plan: Plan) -> Patch:
    """The source without a passage; what a term means is a comment then, since without it the term would be a line of text."""
    terms = (each for each in plan.layer.passages if each.kind == "term" and each.path == passage.path)
    if any(plan.opening(term) is passage for term in terms):
        return Patch(*content(passage, plan.desk), NOTHING, owner)
    start, end = plan.layer.deletion([passage])
    if _ends_its_quote(passage, plan):
        end = plan.layer.behind_blanks(passage.lines[1])
    return Patch(start, end, "", owner)


def _ends_its_quote(passage: Passage, plan: Plan) -> bool:
    """Whether a passage is the last of a quotation of which nothing is left."""
    quotes = [container for container in passage.path if container.kind == "quote"]
    inside = [each for each in plan.layer.passages if quotes and quotes[0] in each.path]
    return len(inside) > 1 and inside[-1] is passage and not any(stands(each, plan) for each in inside)


def _left_alone(passage: Passage, plan: Plan) -> Iterator[Patch]:
    """The line that says whose the words were, where they are gone: it says itself then what it is."""
    quote = next((container for container in reversed(passage.path) if container.kind == "quote"), None)
    inside = [each for each in plan.layer.passages if quote is not None and quote in each.path and each.key != passage.key]
    if [each.kind for each in inside] == ["attribution"] and inside[0].key not in plan.gone:
        line, owner = inside[0].lines[0], ("gone", passage.key)
        text = plan.layer.text(line)
        begin = plan.layer.start(line) + len(text) - len(text.lstrip(BEFORE_DASH))
        prefix = plan.layer.raw[plan.layer.start(line) : begin]
        yield Patch(begin, content(inside[0], plan.desk)[0], f"{{.attribution}}{plan.desk.habits.line_end}{prefix}", owner)

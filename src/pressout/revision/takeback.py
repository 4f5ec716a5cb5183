"""Taking a Word file back: the editor's changes become changes of the source, each proved, and each accounted for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from pressout.diagnostics import Report
from pressout.edition import Edition
from pressout.model import Emphasis, Source
from pressout.order import moment
from pressout.readers.docx import read_word
from pressout.readers.docx.surroundings import read_surroundings
from pressout.readers.docx.values import Line, WordFile
from pressout.readers.markdown import Article, parse_article
from pressout.revision.account import Account, Outcome, account
from pressout.revision.blocks import Layer
from pressout.revision.carrying import query_places, shifted, shifts, with_queries
from pressout.revision.foreign import things, without_foreign
from pressout.revision.handoff import draw
from pressout.revision.homes import Homed, Sending, homed, sending
from pressout.revision.inline import Inlines, by_key, definitions, inlines
from pressout.revision.letters import Desk, Habits, Sent, as_spelled, trusted_marks
from pressout.revision.notes import notes_of, with_moved_notes, without_notes
from pressout.revision.origins import origins
from pressout.revision.patching import patches
from pressout.revision.plan import Owner, Plan, patched, tied
from pressout.revision.proof import sent_signatures
from pressout.revision.queries import queries
from pressout.revision.returned import Traced, drafts, traced
from pressout.revision.rounds import Proof, proved
from pressout.revision.shapes import Shape, shape_of
from pressout.revision.surroundings import Sides, changes_beside, settled_beside, with_words_beside
from pressout.revision.wishes import EVERYBODY, Wishes, declined, without
from pressout.revision.writing import Writer
from pressout.theme.looks import Theme

TRUSTED = 0.5  # share of the paragraphs of a kind that must still be of it, or the program has lost it, not the editor


@dataclass(frozen=True)
class Base:
    """What was handed out: the source with its map, the Word file that was made of it, and how that was made."""

    source: Source
    article: Article
    sent: Sending
    theme: Theme
    edition: Edition

    @cached_property
    def marks(self) -> Sent:
        """The marks of each character of the source as it was sent."""
        return Sent(self.sent)


def base(source: Source, theme: Theme, sent: bytes | None = None, *, anonymous: bool = False) -> Base:
    """The base of a handoff. `sent` are the bytes that went out; without them the file is drawn again."""
    article = parse_article(source, Report())
    edition = Edition(moment=moment(article.document.metadata), anchors=True, anonymous=anonymous)
    data = sent if sent is not None else draw(article.document, theme, edition, Report())
    file = read_word(data, source.name)
    return Base(source, article, sending(file, origins(file, article.map)), theme, edition)


@dataclass(frozen=True, slots=True)
class Request:
    """What is wanted: whose changes, into which text (None: that which was handed out), with the queries as Markdown comments."""

    wishes: Wishes = EVERYBODY
    current: str | None = None
    keep_queries: bool = False


def take_back(returned: bytes, start: Base, request: Request | None = None, *, name: str = "returned.docx") -> Outcome:
    """The source with the changes of the returned file, and what became of each of them.

    Nothing is written. Raises PressoutError for a file that can't be read.
    """
    return take_back_file(read_word(returned, name), start, request)


def take_back_file(returned: WordFile, start: Base, request: Request | None = None) -> Outcome:
    """The same for a file that is read already."""
    request = request or Request()
    unwanted = declined(returned, request.wishes)
    settled = without(returned, unwanted)
    lines = as_spelled(traced(settled, start.sent.file, start.sent.where), start.marks)
    plan = plan_of(lines, start)
    text, conflicts = _proved(plan, start), frozenset[Owner]()
    if request.current is not None and request.current != start.source.text:
        text, conflicts = _carried(plan, start, request.current)
    sides = Sides(returned, start.sent.file)
    asked = with_words_beside(queries(settled, lines), sides)
    if request.keep_queries and asked:
        text = with_queries(text, asked, plan, partial(_says_the_same, start=start))
    places = query_places(text, asked, plan)
    outcome = account(Account(settled, lines, plan, conflicts, unwanted), text, places)
    return _with_surroundings(outcome, sides, start, request.wishes)


def _with_surroundings(outcome: Outcome, sides: Sides, start: Base, wishes: Wishes) -> Outcome:
    """The account with what was done beside the text, if something was."""
    found = changes_beside(sides)
    if not found:
        return outcome
    drawn = read_surroundings(_drawn(outcome.text, start).around, start.source.name)
    first = len(outcome.changes)
    beside = settled_beside(found, drawn, wishes)
    counted = (each._replace(change=replace(each.change, index=first + each.change.index)) for each in beside)
    return replace(outcome, changes=(*outcome.changes, *counted))


def _says_the_same(first: str, second: str, start: Base) -> bool:
    """Whether two sources are drawn alike."""
    return sent_signatures(_redrawn(first, start)) == sent_signatures(_redrawn(second, start))


def _carried(plan: Plan, start: Base, current: str) -> tuple[str, frozenset[Owner]]:
    """The changes in a source that has moved on; those in blocks that it has changed itself are conflicts."""
    before = tied(plan)
    same = shifts(start.source.text, current)
    while True:
        changes = patches(plan)
        clashing = {patch.owner for patch in changes if shifted(patch, same) is None}
        if not clashing:
            break
        plan.dropped |= clashing
        plan.dropped |= tied(plan)
    if changes:
        _proved(plan, start)
        changes = patches(plan)
    moved = [found for patch in changes if (found := shifted(patch, same)) is not None]
    return patched(current, moved), frozenset(tied(plan) - before)


def plan_of(lines: Sequence[Traced], start: Base) -> Plan:
    """The plan, before any of it is tried."""
    desk = _desk(lines, start)
    lines = with_moved_notes(lines)
    held = tuple(things(lines, start.sent))
    written = notes_of(start.article.map.passages, start.source.text, start.sent)
    entries, notes = without_notes(homed(drafts(lines), start.sent), lines, written)
    shapes, entries = _shapes(entries, start.sent)
    entries, foreign = without_foreign(entries)
    gone = _gone(entries, desk, start.sent)
    raw = start.source.text
    there = {entry.draft.sent for entry in entries} | set(start.sent.line_of.values())
    return Plan(
        entries,
        shapes,
        Writer(desk, definitions(start.article, raw)),
        Layer(raw, start.article.map.passages),
        start.sent,
        _levels(start),
        gone,
        foreign,
        lost=tuple(line for line in range(len(start.sent.file.lines)) if line not in there),
        held=held,
        notes=notes,
        dropped={("gone", key) for key in notes.still_called(gone)},
    )


def _gone(entries: Sequence[Homed], desk: Desk, sent: Sending) -> tuple[int, ...]:
    """The passages that are no more where they were."""
    staying = {entry.home for entry in entries if entry.stays}
    fixed = {entry.draft.sent for entry in entries if entry.fixed}
    return tuple(
        key
        for key, line in sent.line_of.items()
        if key not in staying and key in desk.passages and line not in fixed and _alone(key, staying, sent)
    )


def _alone(key: int, staying: set[int], sent: Sending) -> bool:
    """Whether a passage's line is gone with it: a credit stays with its caption."""
    line = sent.line_of[key]
    return not any(sent.line_of[other] == line for other in staying)


def _desk(lines: Sequence[Traced], start: Base) -> Desk:
    raw = start.source.text
    whole = start.sent.file.lines
    # Where the words are others now, which of the old ones each was is a guess, and so are the marks that it has lost
    same = [line for line in lines if line.as_sent or (line.sent >= 0 and line.line.text_before == whole[line.sent].text_before)]
    trusted = trusted_marks(same, start.marks)
    written = inlines(start.article, raw)
    return Desk(written, by_key(start.article), start.marks, trusted, habits(written))


def habits(written: Inlines) -> Habits:
    """How an author writes, from what is written."""
    raw = written.raw
    used = Counter(raw[begin] for begin, _, piece in written.nodes if isinstance(piece, Emphasis))
    usual = next((sign for sign, _ in used.most_common() if sign in "_*"), "*")
    straight = not any(sign in raw for sign in "“”‘’")
    return Habits(usual, "\r\n" if "\r\n" in raw else "\n", straight)


def _levels(start: Base) -> Mapping[int, int]:
    """The source's heading level for each level in Word; the title takes the first of the source, and skipped ones are closed."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for passage in start.article.map.passages:
        line = start.sent.line_of.get(passage.key)
        if passage.kind == "heading" and line is not None:
            shape = shape_of(start.sent.file.lines[line].now)
            if shape.kind == "heading":
                found[shape.level][passage.level] += 1
    levels = {word: counts.most_common(1)[0][0] for word, counts in found.items()}
    shift = levels[min(levels)] - min(levels) if levels else 1
    return {level: min(6, levels.get(level, level + shift)) for level in range(1, 7)}


def _shapes(entries: Sequence[Homed], sent: Sending) -> tuple[list[Shape], list[Homed]]:
    """The shape that each paragraph is to have; one whose shape changes, but for a heading's level, is made anew in its place."""
    names = {shape_of(line.now).name for line in sent.file.lines}
    sent_shapes = [shape_of(line.now) for line in sent.file.lines]
    trusted = _trusted_kinds(entries, sent, sent_shapes)
    lines = zip(sent.file.lines, sent_shapes, strict=True)
    counted = {line.now.numbering: shape.ordered for line, shape in lines if shape.kind == "item"}
    shapes, result = [], []
    for entry in entries:
        line = sent.line_of.get(entry.home, -1)
        own = sent_shapes[line] if line >= 0 else None
        shape = _shape(entry, own, line, trusted)
        if shape.kind == "item" and "list" not in entry.draft.now.style.casefold():
            shape = shape._replace(ordered=counted.get(entry.draft.now.numbering, shape.ordered))
        if shape.kind == "other" and shape.name not in names:
            shape = Shape("body")
        levels = own is not None and own.kind == shape.kind == "heading"
        shapes.append(shape)
        result.append(entry if own is None or own == shape or levels else replace(entry, stays=False))
    return shapes, result


def _shape(entry: Homed, own: Shape | None, line: int, trusted: frozenset[str]) -> Shape:
    now, before = shape_of(entry.draft.now), shape_of(entry.draft.before)
    if own is None or now != before:
        return now
    if entry.stays and entry.draft.joined > 1 and entry.draft.sent == line:
        return own  # a program may give it the style of the deleted paragraph before it
    if before.kind == own.kind == "item":
        return own._replace(level=before.level)  # whether a list counts is its numbering's, and that loses its style first
    if not entry.stays or entry.draft.joined > 1:
        return now if own.kind in trusted else own
    return before if entry.draft.joined == 1 and own.kind in trusted and before.kind in trusted and before != own else own


def _trusted_kinds(entries: Sequence[Homed], sent: Sending, shapes: Sequence[Shape]) -> frozenset[str]:
    kept, total = Counter[str](), Counter[str]()
    for entry in entries:
        if entry.stays and entry.draft.joined == 1:  # one that was joined to another has the other's style by right
            own = shapes[sent.line_of[entry.home]]
            total[own.kind] += 1
            before = shape_of(entry.draft.before)
            # A program that loses the style of a heading makes it no heading; another level is the editor's doing
            kept[own.kind] += before == own or before.kind == own.kind == "heading"
    return frozenset(kind for kind in {*total, "body", "item", "quote", "code", "heading"} if kept[kind] >= TRUSTED * total[kind])


def _proved(plan: Plan, start: Base) -> str:
    return proved(Proof(plan, partial(_redrawn, start=start), sent_signatures(start.sent.file.lines)))


def _redrawn(text: str, start: Base) -> Sequence[Line]:
    return _drawn(text, start).lines


def _drawn(text: str, start: Base) -> WordFile:
    source = replace(start.source, text=text)
    document = parse_article(source, Report()).document
    return read_word(draw(document, start.theme, start.edition, Report()), source.name)

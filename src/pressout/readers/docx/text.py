"""The text of one Word paragraph, piece by piece, with what became of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.etree import _Element

from pressout.readers.docx.package import W
from pressout.readers.docx.styles import Styles, read_marks
from pressout.readers.docx.values import Change, ChangeKind, Marks, Piece, Standing

OBJECT = "\ufffc"
INSERTING = (f"{W}ins", f"{W}moveTo")
DELETING = (f"{W}del", f"{W}moveFrom")
SKIPPED = (f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}fldData")
EQUATION = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
BOX = f"{W}txbxContent"
REFERENCES = ("REF", "PAGEREF", "NOTEREF")  # fields that point at another place
COUNTERS = ("SEQ", "PAGE", "NUMPAGES", "TOC", "LISTNUM", "AUTONUM")
SIGNS: Mapping[str, str] = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DESCRIPTION = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
NO_COMMENTS = frozenset[str]()
VALUE, PROPERTIES, CHANGED = f"{W}val", f"{W}rPr", f"{W}rPrChange"
HYPERLINK = re.compile(r'HYPERLINK\s+(?:\\l\s+)?"([^"]*)"(?:\s+\\l\s+"([^"]*)")?')


@dataclass(slots=True)
class Reading:
    """What reading a file gathers on its way: its changes, the comments whose range is open, the fields that are open."""

    styles: Styles
    targets: Mapping[str, str]  # relationship ids of the part being read
    changes: list[Change] = field(default_factory=list)
    comments: set[str] = field(default_factory=set)
    placed: set[str] = field(default_factory=set)  # the comments that stand on words
    points: set[str] = field(default_factory=set)  # those that stand before the next word
    fields: list[Field] = field(default_factory=list)
    stray: frozenset[_Element] = frozenset()  # the beginnings and ends of fields that have no end or no beginning
    met: dict[_Element, int] = field(default_factory=dict)
    marks: dict[tuple[object, ...], Marks] = field(default_factory=dict, repr=False)

    def marks_of(self, properties: _Element | None, link: str) -> Marks:
        """The marks that a run's properties give; the same properties, of which a file has few, are worked out once."""
        key = link, *(() if properties is None else ((child.tag, child.get(VALUE)) for child in properties))
        if key not in self.marks:
            self.marks[key] = read_marks(properties, self.styles, link)
        return self.marks[key]

    def change(self, element: _Element, kind: ChangeKind) -> int:
        """The index of a tracked change, which is counted when it is first met: a run of several pieces has one of format."""
        if element in self.met:
            return self.met[element]
        self.met[element] = len(self.changes)
        author, date = element.get(f"{W}author", ""), element.get(f"{W}date", "")
        self.changes.append(Change(len(self.changes), kind, author, date))
        return len(self.changes) - 1


@dataclass(slots=True)
class Field:
    """A field that has begun: its instruction as far as it is read; `shown` once its result begins."""

    instruction: str = ""
    shown: bool = False

    @property
    def kind(self) -> str:
        """The first word of the instruction, in capitals; nothing before there is one."""
        return (self.instruction.split() or [""])[0].upper()

    @property
    def link(self) -> str:
        """The target of a HYPERLINK, `#name` within the file; nothing for other fields."""
        found = HYPERLINK.search(self.instruction)
        if not found:
            return ""
        local = r"\l" in self.instruction.split('"')[0]
        return f"#{found[1]}" if local else found[1] + (f"#{found[2]}" if found[2] else "")


class Within(NamedTuple):
    """What a run stands in: its standing so far, the link, the changes round it."""

    standing: Standing | None = Standing.KEPT  # None: inserted by one hand and deleted by another, so never there
    link: str = ""
    changes: tuple[int, ...] = ()


def read_pieces(paragraph: _Element, reading: Reading) -> tuple[Piece, ...]:
    """The paragraph's text in reading order; neighbours that are alike in everything are one piece."""
    pieces: list[Piece] = []
    for piece in _contents(paragraph, Within(), reading):
        last = pieces[-1] if pieces else None
        if last and _alike(last, piece):
            pieces[-1] = last._replace(text=last.text + piece.text)
        elif piece.text:
            pieces.append(piece)
        elif last and last.text.strip():
            pieces[-1:] = _pointed(last, piece.comments)
        else:
            reading.points |= piece.comments
    return tuple(pieces)


def _pointed(piece: Piece, comments: frozenset[str]) -> list[Piece]:
    """A piece with comments on its last word: LibreOffice marks no words where the editor has marked none."""
    before = piece.text[: piece.text.rstrip().rfind(" ") + 1]
    word = piece._replace(text=piece.text[len(before) :], comments=piece.comments | comments)
    return [piece._replace(text=before), word] if before else [word]


def stray_fields(root: _Element) -> frozenset[_Element]:
    """The marks of fields that begin and never end, or end and never began: what stands behind them is text."""
    begun: list[_Element] = []
    stray: set[_Element] = set()
    for mark in root.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            begun.append(mark)
        elif not begun:
            stray.add(mark)
        elif kind == "end":
            begun.pop()
    return frozenset(stray.union(begun))


def _alike(first: Piece, second: Piece) -> bool:
    """Whether two pieces differ in nothing but their text."""
    return (
        first.standing is second.standing
        and not (first.object or second.object)
        and first.now == second.now
        and first.before == second.before
        and first.generated == second.generated
        and first.changes == second.changes
        and first.comments == second.comments
    )


def _contents(parent: _Element, within: Within, reading: Reading) -> list[Piece]:
    return [piece for child in parent if isinstance(child.tag, str) for piece in _content(child, within, reading)]


def _content(element: _Element, within: Within, reading: Reading) -> list[Piece]:
    tag = str(element.tag)
    if tag in SKIPPED or tag == FALLBACK:
        return []
    if tag == f"{W}r":
        return _run(element, within, reading)
    if tag == f"{W}commentRangeStart":
        reading.comments.add(element.get(f"{W}id", ""))
    elif tag == f"{W}commentRangeEnd":
        reading.comments.discard(element.get(f"{W}id", ""))
    elif tag == f"{W}fldSimple":
        return _simple_field(element, within, reading)
    elif tag == EQUATION and within.standing is not None:
        return [_piece(OBJECT, element, within, reading)._replace(object=f"equation {_words(element)}")]
    return _contents(element, _deeper(element, within, reading), reading)


def _deeper(element: _Element, within: Within, reading: Reading) -> Within:
    tag = str(element.tag)
    if tag in INSERTING and len(element):
        there = within.standing in (Standing.KEPT, Standing.INSERTED)
        standing = Standing.INSERTED if there else None
        return within._replace(standing=standing, changes=(*within.changes, reading.change(element, "insertion")))
    if tag in DELETING and len(element):
        there = within.standing in (Standing.KEPT, Standing.DELETED)
        standing = Standing.DELETED if there else None
        return within._replace(standing=standing, changes=(*within.changes, reading.change(element, "deletion")))
    if tag == f"{W}hyperlink":
        return within._replace(link=_target(element, reading))
    return within


def _target(link: _Element, reading: Reading) -> str:
    relation = next((value for key, value in link.attrib.items() if str(key).endswith("relationships}id")), "")
    anchor = link.get(f"{W}anchor", "")
    return reading.targets.get(str(relation), "") + (f"#{anchor}" if anchor else "")


def _run(run: _Element, within: Within, reading: Reading) -> list[Piece]:
    pieces = [piece for child in run if isinstance(child.tag, str) for piece in _sign(child, run, within, reading)]
    return [piece for piece in pieces if within.standing is not None]


def _sign(child: _Element, run: _Element, within: Within, reading: Reading) -> list[Piece]:
    name = str(child.tag).rpartition("}")[2]
    if name == "fldChar":
        return _field_mark(child, run, within, reading)
    if name in ("instrText", "delInstrText"):
        if reading.fields and not reading.fields[-1].shown:
            reading.fields[-1].instruction += child.text or ""
        return []
    if reading.fields and any(field.kind in REFERENCES or not field.shown for field in reading.fields):
        return []
    if name in ("t", "delText"):
        return [_piece(child.text or "", run, within, reading)]
    if name in SIGNS and child.get(f"{W}type") not in ("page", "column"):
        return [_piece(SIGNS[name], run, within, reading)]
    if name == "sym":
        return [_piece(_symbol(child.get(f"{W}char", "")), run, within, reading)]
    if name == "ruby":
        return _ruby(child, run, within, reading)
    return _object(child, name, run, within, reading)


def _object(child: _Element, name: str, run: _Element, within: Within, reading: Reading) -> list[Piece]:
    if name in ("footnoteReference", "endnoteReference"):
        return [_unraised(_piece(OBJECT, run, within, reading)._replace(object=f"note {child.get(f'{W}id', '')}"))]
    if name in ("drawing", "pict", "object"):
        return [_piece(OBJECT, run, within, reading)._replace(object=_shown(child))]
    if name == "br" and within.standing is Standing.INSERTED:
        return [_piece(OBJECT, run, within, reading)._replace(object=f"{child.get(f'{W}type')} break")]
    if name == "commentReference" and child.get(f"{W}id", "") not in reading.placed:
        return [Piece("", comments=frozenset({child.get(f"{W}id", "")}))]
    if name == "AlternateContent":
        chosen = [choice for choice in child if choice.tag != FALLBACK][:1]
        return [found for choice in chosen for inner in choice for found in _sign(inner, run, within, reading)]
    return []


def _ruby(ruby: _Element, run: _Element, within: Within, reading: Reading) -> list[Piece]:
    """The words below, and behind them in brackets how they are read, as print without ruby has it."""
    below = [piece for base in ruby.iter(f"{W}rubyBase") for piece in _contents(base, within, reading)]
    above = "".join(_words(reads) for reads in ruby.iter(f"{W}rt"))
    return [*below, _piece(f" ({above})", run, within, reading)] if above else below


def _symbol(code: str) -> str:
    """The sign of a symbol font by its number; a mark that it is not known for one that is no number."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _shown(element: _Element) -> str:
    """What a picture is called, or what a text box says."""
    if next(element.iter(BOX), None) is not None:
        return f"text box {_words(element)}"
    described = next(element.iter(DESCRIPTION), None)
    return f"picture {'' if described is None else described.get('name', '')}"


def _words(element: _Element) -> str:
    return " ".join(text.text for text in element.iter("{*}t") if text.text)


def _field_mark(mark: _Element, run: _Element, within: Within, reading: Reading) -> list[Piece]:
    kind = mark.get(f"{W}fldCharType")
    if mark in reading.stray:
        return []
    if kind == "begin":
        reading.fields.append(Field())
    elif kind == "separate" and reading.fields:
        reading.fields[-1].shown = True
    elif kind == "end" and reading.fields:
        ended = reading.fields.pop()
        if ended.kind in REFERENCES:
            return [_reference(ended, run, within, reading)]
    return []


def _reference(field: Field, run: _Element, within: Within, reading: Reading) -> Piece:
    piece = _piece(OBJECT, run, within, reading)._replace(object=f"reference {field.instruction.strip()}")
    return _unraised(piece) if field.kind == "NOTEREF" else piece


def _unraised(mark: Piece) -> Piece:
    """A note's mark without that it is raised, which it is by what it is; LibreOffice takes that look from some."""
    return mark._replace(now=mark.now._replace(superscript=False), before=mark.before._replace(superscript=False))


def _simple_field(element: _Element, within: Within, reading: Reading) -> list[Piece]:
    field = Field(element.get(f"{W}instr", ""), shown=True)
    if field.kind in REFERENCES:
        return [_reference(field, element, within, reading)]
    reading.fields.append(field)
    pieces = _contents(element, within, reading)
    reading.fields.pop()
    return pieces


def _piece(text: str, run: _Element, within: Within, reading: Reading) -> Piece:
    link = within.link
    if reading.fields:
        link = next((field.link for field in reversed(reading.fields) if field.kind == "HYPERLINK"), link)
    properties = run.find(PROPERTIES)
    now = reading.marks_of(properties, link)
    change = None if properties is None else properties.find(CHANGED)
    before, changes = now, within.changes
    if change is not None:
        before = reading.marks_of(change.find(PROPERTIES), link)
        changes = (*changes, reading.change(change, "format"))
    comments = NO_COMMENTS
    if reading.comments or reading.points:
        comments = frozenset(reading.comments | reading.points)
        reading.placed |= comments
        reading.points.clear()
    return Piece(
        text,
        within.standing or Standing.DELETED,
        now,
        before,
        generated=bool(reading.fields) and any(field.kind in COUNTERS for field in reading.fields),
        comments=comments,
        changes=changes,
    )

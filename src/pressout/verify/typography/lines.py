"""The lines of a finished PDF as a reader sees them: where each one stands, in which letters, and what it says."""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from unicodedata import bidirectional, category

from pressout.diagnostics import PressoutError

Box = tuple[float, float, float, float]  # left, bottom, right, top; points from the paper's lower left corner
HYPHENS = "-\u00ad\u2010"
LINE_END_HYPHEN = "\x02"  # what PDFium says for a hyphen at the end of a line
RAISED = 0.55  # of the size: so far a note's number or an index may stand off its line
LEVEL = 0.15  # of the size: baselines so near are one, whatever font a program took for some of the letters
BESIDE = 1.0  # of the size: what stands nearer than this was drawn apart and is one line
SPACE = 0.1  # of the size, the least that parts two words
ALIKE = 1.02  # times the size: letters larger than this carry the line
GAP = 3.2  # of the size: the widest space between two words of a justified line; columns and cells stand further apart
FIXED_PITCH = 1  # a flag of a font (ISO 32000-1, table 123)
BOLD = ("bold", "black", "heavy")
FIXED = ("mono", "courier", "typewriter", "code")
TOLD = re.compile(rb"/ActualText\s*(\((?:\\.|[^()\\])*\)|<[0-9A-Fa-f\s]*>)", re.DOTALL)  # ISO 32000-1, 14.9.4
UPRIGHT = 0.02  # radians; a scanned page may lean so far
INVISIBLE = 3  # a mode of text rendering (ISO 32000-1, table 106)


@dataclass(frozen=True, slots=True)
class Letter:
    """One glyph: what it says, where its line stands, and the box of its ink."""

    text: str
    origin: tuple[float, float]
    box: Box
    size: float
    face: str
    fixed: bool = False
    artifact: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Letters that stand on one baseline, none further from the next than two words are; `index` counts in the order of drawing."""

    page: int
    index: int
    text: str
    left: float
    right: float
    baseline: float
    size: float
    face: str
    fixed: bool = False
    running: bool = False
    letters: tuple[Letter, ...] = field(default=(), repr=False)

    @property
    def bold(self) -> bool:
        return any(word in self.face.lower() for word in BOLD)

    @property
    def hyphenated(self) -> bool:
        return len(self.text) > 1 and self.text[-1] in HYPHENS and self.text[-2].isalpha()

    @property
    def first_word(self) -> float:
        """How wide the first word is."""
        edges = list(_first_word(self.letters))
        return max(right for _, right in edges) - min(left for left, _ in edges) if edges else 0.0

    @property
    def last_word(self) -> float:
        """Where the last word begins."""
        spaces = [index for index, letter in enumerate(self.letters) if not letter.text.strip()]
        inked = [letter.box[0] for letter in self.letters[spaces[-1] if spaces else 0 :] if letter.text.strip()]
        return min(inked, default=self.left)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page: its paper, its lines in the order of drawing, and the boxes of its pictures."""

    number: int
    paper: Box
    lines: tuple[Line, ...]
    pictures: tuple[Box, ...] = ()


def can_read_lines() -> str:
    """What is missing before lines can be read; nothing if they can."""
    return "" if importlib.util.find_spec("pypdfium2") else "its Python package: pip install 'pressout[verify]'"


def read_lines(data: bytes) -> tuple[Leaf, ...]:
    """Every page of a file that can be opened without a password; letters that are turned or not drawn are left out.

    Pages that are written from the right are given as in a mirror, so that a line begins at its left everywhere. Raises
    PressoutError where PDFium cannot read the file.
    """
    pdfium = importlib.import_module("pypdfium2")
    try:
        document = pdfium.PdfDocument(_without_told_text(data))
    except pdfium.PdfiumError as error:
        raise PressoutError(f"PDFium cannot read it: {error}") from None
    try:
        sheets = [_sheet(document[index]) for index in range(len(document))]
    finally:
        document.close()
    turned = Counter(bidirectional(letter.text[0]) in ("R", "AL") for sheet in sheets for letter in sheet.letters)
    sheets = [_mirrored(sheet) for sheet in sheets] if turned[True] > turned[False] else sheets
    return tuple(
        Leaf(number, sheet.paper, tuple(_lines(sheet.letters, number)), tuple(sheet.pictures))
        for number, sheet in enumerate(sheets, 1)
    )


def _without_told_text(data: bytes) -> bytes:
    """The file without the texts that it tells beside its glyphs, which PDFium would give in their place, all in one box."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        told = False
        for page in pdf.pages:
            page.contents_coalesce()
            content = page.Contents.read_bytes() if "/Contents" in page else b""
            if b"/ActualText" in content:
                told = True
                page.Contents = pdf.make_stream(TOLD.sub(b"", content))
        if not told:
            return data
        target = io.BytesIO()
        pdf.save(target, compress_streams=False, static_id=True)
        return target.getvalue()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page before its letters are lines."""

    paper: Box
    letters: list[Letter]
    pictures: list[Box]


def _sheet(page: Any) -> _Sheet:
    text = page.get_textpage()
    try:
        return _Sheet(page.get_trimbox(), list(_letters(text)), list(_pictures(page)))
    finally:
        text.close()
        page.close()


def _mirrored(sheet: _Sheet) -> _Sheet:
    middle = sheet.paper[0] + sheet.paper[2]

    def turn(box: Box) -> Box:
        return (middle - box[2], box[1], middle - box[0], box[3])

    letters = [replace(each, box=turn(each.box)) for each in sheet.letters]
    return replace(sheet, letters=letters, pictures=[turn(box) for box in sheet.pictures])


def _pictures(page: Any) -> Iterator[Box]:
    raw = importlib.import_module("pypdfium2.raw")
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING)):
        yield thing.get_bounds()


# Letters


def _letters(text: Any) -> Iterator[Letter]:
    """Every letter, and the spaces that PDFium sees between them."""
    raw = importlib.import_module("pypdfium2.raw")
    reader = _Reader(text, raw)
    last: Letter | None = None
    for index in range(text.count_chars()):
        said = chr(raw.FPDFText_GetUnicode(text, index))
        if raw.FPDFText_IsGenerated(text, index) == 1:
            last = replace(last, text=" ") if said == " " and last else None
        elif said >= " " or said == LINE_END_HYPHEN:
            last = reader.letter(index, "-" if said == LINE_END_HYPHEN else said)
        else:
            last = None
        if last:
            yield last


@dataclass(slots=True)
class _Reader:
    """Asks PDFium for one letter after the other; of a text object is asked once."""

    text: Any
    raw: Any
    numbers: Any = field(default_factory=lambda: [ctypes.c_double() for _ in range(6)])
    matrix: Any = None
    known: dict[Any, tuple[str, bool, bool, bool]] = field(default_factory=dict)

    def letter(self, index: int, said: str) -> Letter | None:
        raw, text, (x, y, left, right, bottom, top) = self.raw, self.text, self.numbers
        if abs(raw.FPDFText_GetCharAngle(text, index)) % 6.283 > UPRIGHT:
            return None
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text, index, matrix)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        face, fixed, artifact, hidden = self._look(index)
        size = raw.FPDFText_GetFontSize(text, index) * abs(matrix.d)
        box = (left.value, bottom.value, right.value, top.value)
        return None if hidden or not size else Letter(said, (x.value, y.value), box, size, face, fixed, artifact)

    def _look(self, index: int) -> tuple[str, bool, bool, bool]:
        """The letter's font, whether that is one of fixed pitch, and whether it is an artifact or not drawn."""
        thing = self.raw.FPDFText_GetTextObject(self.text, index)
        key = ctypes.cast(thing, ctypes.c_void_p).value
        if key not in self.known:
            hidden = self.raw.FPDFTextObj_GetTextRenderMode(thing) == INVISIBLE
            self.known[key] = (*self._font(index), self._is_artifact(thing), hidden)
        return self.known[key]

    def _font(self, index: int) -> tuple[str, bool]:
        flags, name = ctypes.c_int(), ctypes.create_string_buffer(200)
        self.raw.FPDFText_GetFontInfo(self.text, index, name, 200, flags)
        face = name.value.decode(errors="replace").rpartition("+")[2]
        return face, bool(flags.value & FIXED_PITCH) or any(word in face.lower() for word in FIXED)

    def _is_artifact(self, thing: Any) -> bool:
        return any(
            _mark_name(self.raw, self.raw.FPDFPageObj_GetMark(thing, index)) == "Artifact"
            for index in range(max(0, self.raw.FPDFPageObj_CountMarks(thing)))
        )


def _mark_name(raw: Any, mark: Any) -> str:
    name, length = (ctypes.c_ushort * 40)(), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(mark, name, 80, length)
    return bytes(name)[: max(0, min(length.value, 80) - 2)].decode("utf-16-le")


# Lines


def _lines(letters: list[Letter], page: int) -> list[Line]:
    """The lines of a page; what was drawn apart and stands side by side, as a list's sign and its words, is one line."""
    lines: list[Line] = []
    for number, piece in enumerate(_pieces(letters)):
        line = _line(piece, page, number)
        beside = next((index for index, other in enumerate(lines) if _beside(line, other)), None)
        if beside is None:
            lines.append(line)
        else:
            lines[beside] = _joined(lines[beside], line)
    return [replace(line, index=index) for index, line in enumerate(lines)]


def _pieces(letters: list[Letter]) -> Iterator[list[Letter]]:
    """Letters that are drawn one after the other on one baseline, with ink in them."""
    waiting: list[Letter] = []
    main: Letter | None = None
    for letter in letters:
        on_line = main is None or _on_line(letter, waiting, main)
        if not on_line and category(letter.text[0]) == "Mn":
            continue  # an accent that is set by itself neither makes a line nor ends one
        if not on_line:
            yield waiting
            waiting, main = [], None
        waiting.append(letter)
        if letter.text.strip() and (main is None or letter.size > main.size * ALIKE):
            main = letter
    if main:
        yield waiting


def _on_line(letter: Letter, waiting: list[Letter], main: Letter) -> bool:
    """Whether a letter goes on with the line: on its baseline or raised a little, and no further off than a word is."""
    size = max(letter.size, main.size)
    off = abs(letter.origin[1] - main.origin[1])
    if off > (RAISED if letter.size != main.size else 0.1) * size:
        return False
    if not letter.text.strip():
        return True
    last = next((each for each in reversed(waiting) if each.text.strip()), main)
    gap = max(letter.box[0] - last.box[2], last.box[0] - letter.box[2])
    return gap < GAP * size and letter.artifact == main.artifact


def _line(letters: list[Letter], page: int, index: int) -> Line:
    inked = tuple(letter for letter in letters if letter.text.strip())
    main = max(inked, key=lambda letter: round(letter.size, 2))
    return Line(
        page,
        index,
        "".join(letter.text for letter in letters).strip(),
        min(letter.box[0] for letter in inked),
        max(letter.box[2] for letter in inked),
        main.origin[1],
        main.size,
        main.face,
        all(letter.fixed for letter in inked),
        main.artifact,
        tuple(letters),
    )


def _beside(line: Line, other: Line) -> bool:
    size = max(line.size, other.size)
    gap = max(line.left - other.right, other.left - line.right)
    return abs(line.baseline - other.baseline) < LEVEL * size and gap < BESIDE * size and line.running == other.running


def _joined(one: Line, other: Line) -> Line:
    first, second = sorted((one, other), key=lambda line: (line.left, line.index))
    gap = " " if second.left - first.right > SPACE * one.size else ""
    main = max(one, other, key=lambda line: (round(line.size, 2), len(line.text)))
    return replace(
        main,
        index=one.index,
        text=f"{first.text}{gap}{second.text}",
        left=first.left,
        right=max(one.right, other.right),
        fixed=one.fixed and other.fixed,
        letters=first.letters + second.letters,
    )


def _first_word(letters: tuple[Letter, ...]) -> Iterator[tuple[float, float]]:
    begun = False
    for letter in letters:
        if letter.text.strip():
            begun = True
            yield letter.box[0], letter.box[2]
        elif begun:
            return


def as_running(line: Line) -> Line:
    """The line as one of those that a page repeats."""
    return replace(line, running=True)

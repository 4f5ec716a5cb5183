"""What the pages of a PDF draw: pictures at the size they have there, and text by its marks, read from the content streams."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pressout.verify.pdf_fonts import DEEPEST, UNKNOWN, Font, font_of, identity

INCH = 72.0  # points
Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1, 0, 0, 1, 0, 0)
DEVICE = {"g": "Gray", "G": "Gray", "rg": "RGB", "RG": "RGB", "k": "CMYK", "K": "CMYK"}
FAMILIES = {"/DeviceGray": "Gray", "/DeviceRGB": "RGB", "/DeviceCMYK": "CMYK", "/CalRGB": "RGB", "/CalGray": "Gray"}
BY_COUNT = {1: "Gray", 3: "RGB", 4: "CMYK"}
SHORT_FAMILIES = {"/G": "Gray", "/RGB": "RGB", "/CMYK": "CMYK", "/I": "RGB"}
Mark = tuple[object, int]  # the stream, and the number of the marked content in it


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on a page: its pixels, its size there in points, its colour space."""

    page: int
    width: int
    height: int
    size: tuple[float, float]
    space: str

    @property
    def ppi(self) -> tuple[float, float]:
        """Pixels to the inch, across and down; endless for a picture without size."""
        across, down = self.size
        return (_per_inch(self.width, across), _per_inch(self.height, down))


def _per_inch(pixels: int, points: float) -> float:
    return pixels * INCH / points if points else math.inf


@dataclass(slots=True)
class Drawn:
    """What was found on all pages; `loose` counts the letters of a page that are neither tagged nor an artifact."""

    pictures: list[Placed] = field(default_factory=list)
    texts: dict[Mark, list[str]] = field(default_factory=dict)
    letters: Counter[int] = field(default_factory=Counter)
    loose: Counter[int] = field(default_factory=Counter)
    unreadable: Counter[str] = field(default_factory=Counter)
    spaces: set[str] = field(default_factory=set)
    fonts: dict[object, Font] = field(default_factory=dict)


def read_pages(pdf: Any) -> Drawn:
    """Everything that the pages draw, page by page, from 1."""
    drawn = Drawn()
    for number, page in enumerate(pdf.pages, 1):
        scale = float(page.obj.get("/UserUnit", 1))
        state = State(matrix=(scale, 0, 0, scale, 0, 0))
        Stream(drawn, number, page.obj.objgen, page.obj.get("/Resources", {})).read(page, state)
    return drawn


@dataclass(frozen=True, slots=True)
class State:
    """The graphics state, so far as it bears on pictures and text."""

    matrix: Matrix = PLAIN
    font: Font | None = None
    mark: Mark | None = None
    artifact: bool = False
    told: bool = False  # an ActualText speaks for the glyphs


@dataclass(slots=True)
class Stream:
    """One content stream: a page's, or a form's that the page draws."""

    drawn: Drawn
    page: int
    key: object
    resources: Any
    depth: int = DEEPEST
    saved: list[State] = field(default_factory=list)
    marks: list[State] = field(default_factory=list)

    def read(self, content: Any, state: State) -> None:
        import pikepdf

        for instruction in pikepdf.parse_content_stream(content):
            operator = str(instruction.operator)
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self._inline_picture(instruction.iimage, state)
            elif operator in OPERATORS:
                state = OPERATORS[operator](self, state, instruction.operands)
            elif operator in DEVICE:
                self.drawn.spaces.add(DEVICE[operator])

    def save(self, state: State, _: Any) -> State:
        self.saved.append(state)
        return state

    def restore(self, state: State, _: Any) -> State:
        """The state that was saved; marks do not go with it."""
        if not self.saved:
            return state
        return replace(state, matrix=(back := self.saved.pop()).matrix, font=back.font)

    def turn(self, state: State, operands: Any) -> State:
        return replace(state, matrix=times(_matrix(operands), state.matrix))

    def choose_font(self, state: State, operands: Any) -> State:
        found = self.resources.get("/Font", {}).get(str(operands[0]))
        if found is None:
            return replace(state, font=None)
        key = identity(found)
        if key not in self.drawn.fonts:
            self.drawn.fonts[key] = font_of(found)
        return replace(state, font=self.drawn.fonts[key])

    def show(self, state: State, operands: Any) -> State:
        """Tj, TJ and the two quotes: the text is the last operand, or the strings in it."""
        import pikepdf

        shown = operands[-1]
        pieces = shown if isinstance(shown, pikepdf.Array) else [shown]
        codes = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
        text = state.font.read(codes) if state.font else ""
        self.drawn.letters[self.page] += len(text)
        if state.mark is None and not state.artifact:
            self.drawn.loose[self.page] += len(text.strip())
        if state.font and UNKNOWN in text and not state.told and not state.artifact:
            self.drawn.unreadable[state.font.name] += text.count(UNKNOWN)
        if not state.told:
            self._tell(state, text)
        return state

    def _tell(self, state: State, text: str) -> None:
        if state.mark:
            self.drawn.texts.setdefault(state.mark, []).append(text)

    def begin(self, state: State, operands: Any) -> State:
        """BMC and BDC: what follows is a piece of the tag tree, an artifact, or has its text told."""
        self.marks.append(state)
        properties = operands[1] if len(operands) > 1 else {}
        if not hasattr(properties, "get"):
            properties = self.resources.get("/Properties", {}).get(str(properties), {})
        if "/MCID" in properties:
            state = replace(state, mark=(self.key, int(properties["/MCID"])))
        if str(operands[0]) == "/Artifact":
            state = replace(state, artifact=True, mark=None)
        if "/ActualText" in properties and not state.told:
            self._tell(state, str(properties["/ActualText"]))
            state = replace(state, told=True)
        return state

    def end(self, state: State, _: Any) -> State:
        if not self.marks:
            return state
        before = self.marks.pop()
        return replace(state, mark=before.mark, artifact=before.artifact, told=before.told)

    def draw(self, state: State, operands: Any) -> State:
        """A picture is placed on the unit square; a form is another stream."""
        thing = self.resources.get("/XObject", {}).get(str(operands[0]))
        if thing is None:
            return state
        if str(thing.get("/Subtype")) == "/Image":
            self._place(thing, _space(thing.get("/ColorSpace"), mask=bool(thing.get("/ImageMask", False))), state)
        elif str(thing.get("/Subtype")) == "/Form" and self.depth:
            inner = Stream(self.drawn, self.page, thing.objgen, thing.get("/Resources", self.resources), self.depth - 1)
            turned = times(_matrix(thing.get("/Matrix", PLAIN)), state.matrix)
            inner.read(thing, replace(state, matrix=turned))
        return state

    def _inline_picture(self, picture: Any, state: State) -> None:
        told = picture.obj
        space = told.get("/CS", told.get("/ColorSpace"))
        self._place({"/Width": picture.width, "/Height": picture.height}, SHORT_FAMILIES.get(str(space), _space(space)), state)

    def _place(self, picture: Any, space: str, state: State) -> None:
        a, b, c, d, *_ = state.matrix
        size = (math.hypot(a, b), math.hypot(c, d))
        self.drawn.pictures.append(Placed(self.page, int(picture["/Width"]), int(picture["/Height"]), size, space))
        if space != "mask":
            self.drawn.spaces.add(space)


OPERATORS: Mapping[str, Callable[[Stream, State, Any], State]] = {
    "q": Stream.save,
    "Q": Stream.restore,
    "cm": Stream.turn,
    "Tf": Stream.choose_font,
    "Tj": Stream.show,
    "TJ": Stream.show,
    "'": Stream.show,
    '"': Stream.show,
    "BMC": Stream.begin,
    "BDC": Stream.begin,
    "EMC": Stream.end,
    "Do": Stream.draw,
}


def times(first: Matrix, second: Matrix) -> Matrix:
    """One transformation after another (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in operands)
    return (a, b, c, d, e, f)


def _space(space: Any, *, mask: bool = False) -> str:
    """The family of a colour space by name: Gray, RGB, CMYK, or its own name."""
    if mask:
        return "mask"
    if space is None:
        return "unknown"
    if not hasattr(space, "objgen") or not _is_array(space):
        return FAMILIES.get(str(space), str(space).removeprefix("/"))
    family = str(space[0])
    if family == "/ICCBased":
        return BY_COUNT.get(int(space[1].get("/N", 0)), "ICC")
    if family == "/Indexed":
        return _space(space[1])
    return FAMILIES.get(family, family.removeprefix("/"))


def _is_array(space: Any) -> bool:
    import pikepdf

    return isinstance(space, pikepdf.Array)

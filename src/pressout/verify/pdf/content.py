"""What the pages of a PDF draw: pictures at the size they have there, and text by its marks, read from the content streams."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pressout.verify.pdf.fonts import DEEPEST, UNKNOWN, Font, font_of, identity
from pressout.verify.pdf.graphics import (
    CHANGES,
    DEVICE,
    PLAIN,
    SHORT_FAMILIES,
    Mark,
    State,
    family,
    is_device,
    matrix_of,
    named_space,
    restored,
    times,
)
from pressout.verify.pdf.inks import Inks

INCH = 72.0  # points
FILLS, STROKES = ("f", "F", "f*", "B", "B*", "b", "b*"), ("S", "s", "B", "B*", "b", "b*")
CURVES = ("c", "v", "y")


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on a page: its pixels, its size there in points, its colour space; whether it is in a tag, or an artifact."""

    page: int
    width: int
    height: int
    size: tuple[float, float]
    space: str
    tagged: bool = False
    artifact: bool = False

    @property
    def ppi(self) -> tuple[float, float]:
        """Pixels to the inch, across and down; endless for a picture without size."""
        across, down = self.size
        return (_per_inch(self.width, across), _per_inch(self.height, down))


def _per_inch(pixels: int, points: float) -> float:
    return pixels * INCH / points if points else math.inf


@dataclass(slots=True)
class Drawn:
    """What was found on all pages; `loose` counts the letters of a page that are neither tagged nor an artifact.

    `margins` are the texts of the artifacts of each page, as running heads and folios; `devices` the families of colour that
    something is drawn in without a profile.
    """

    pictures: list[Placed] = field(default_factory=list)
    texts: dict[Mark, list[str]] = field(default_factory=dict)
    letters: Counter[int] = field(default_factory=Counter)
    loose: Counter[int] = field(default_factory=Counter)
    unreadable: Counter[str] = field(default_factory=Counter)
    spaces: set[str] = field(default_factory=set)
    devices: set[str] = field(default_factory=set)
    margins: dict[int, list[str]] = field(default_factory=dict)
    inks: Inks = field(default_factory=Inks)
    fonts: dict[object, Font] = field(default_factory=dict)


def read_pages(pdf: Any) -> Drawn:
    """Everything that the pages draw, page by page, from 1."""
    drawn = Drawn()
    for number, page in enumerate(pdf.pages, 1):
        scale = float(page.obj.get("/UserUnit", 1))
        state = State(matrix=(scale, 0, 0, scale, 0, 0))
        Stream(drawn, number, page.obj.objgen, page.obj.get("/Resources", {})).read(page, state)
    return drawn


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
            elif operator in CHANGES:
                state = CHANGES[operator](state, self.resources, instruction.operands)
                self._note_space(operator, instruction.operands)
            else:
                self._paint(operator, state)

    def _note_space(self, operator: str, operands: Any) -> None:
        if operator in DEVICE:
            self.drawn.spaces.add(DEVICE[operator])
            self.drawn.devices.add(DEVICE[operator])
        elif operator in ("cs", "CS"):
            self._note_family(named_space(self.resources, operands))

    def _note_family(self, space: Any) -> None:
        self.drawn.spaces |= {family(space)} - {"Pattern"}
        self.drawn.devices |= {family(space)} if is_device(space) else set()

    def _paint(self, operator: str, state: State) -> None:
        """The operators that draw paths; a path of curves may be a letter."""
        if operator in FILLS:
            self.drawn.inks.fill(self.page, state)
        if operator in STROKES:
            self.drawn.inks.line(self.page, state)
        if operator in CURVES:
            self.drawn.inks.curves[self.page] += 1

    def save(self, state: State, _: Any) -> State:
        """q (ISO 32000-1, 8.4.2)."""
        self.saved.append(state)
        return state

    def restore(self, state: State, _: Any) -> State:
        """Q; one without its q changes nothing."""
        return restored(self.saved.pop(), state) if self.saved else state

    def choose_font(self, state: State, operands: Any) -> State:
        """Tf; a font that the resources do not name is None."""
        found = self.resources.get("/Font", {}).get(str(operands[0]))
        if found is None:
            return state._replace(font=None)
        key = identity(found)
        if key not in self.drawn.fonts:
            self.drawn.fonts[key] = font_of(found)
        return state._replace(font=self.drawn.fonts[key], size=float(operands[1]))

    def show(self, state: State, operands: Any) -> State:
        """Tj, TJ and the two quotes: the text is the last operand, or the strings in it."""
        import pikepdf

        shown = operands[-1]
        pieces = shown if isinstance(shown, pikepdf.Array) else [shown]
        codes = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
        text = state.font.read(codes) if state.font else ""
        self.drawn.letters[self.page] += len(text)
        self.drawn.inks.text(self.page, state, text)
        self.drawn.inks.codes(state, codes)
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
        elif state.artifact:
            self.drawn.margins[self.page][-1] += text

    def begin(self, state: State, operands: Any) -> State:
        """BMC and BDC: what follows is a piece of the tag tree, an artifact, or has its text told."""
        self.marks.append(state)
        properties = operands[1] if len(operands) > 1 else {}
        if not hasattr(properties, "get"):
            properties = self.resources.get("/Properties", {}).get(str(properties), {})
        if "/MCID" in properties:
            state = state._replace(mark=(self.key, int(properties["/MCID"])))
        if str(operands[0]) == "/Artifact":
            state = state._replace(artifact=True, mark=None)
            self.drawn.margins.setdefault(self.page, []).append("")
        if "/ActualText" in properties and not state.told:
            self._tell(state, str(properties["/ActualText"]))
            state = state._replace(told=True)
        return state

    def end(self, state: State, _: Any) -> State:
        """EMC: what the marked content was in holds again (14.6)."""
        if not self.marks:
            return state
        before = self.marks.pop()
        return state._replace(mark=before.mark, artifact=before.artifact, told=before.told)

    def draw(self, state: State, operands: Any) -> State:
        """A picture is placed on the unit square; a form is another stream."""
        thing = self.resources.get("/XObject", {}).get(str(operands[0]))
        if thing is None:
            return state
        if str(thing.get("/Subtype")) == "/Image":
            space = thing.get("/ColorSpace")
            self._place(thing, family(space, mask=bool(thing.get("/ImageMask", False))), state)
            self.drawn.devices |= {family(space)} if is_device(space) else set()
            self.drawn.inks.sheer |= {self.page} if state.sheer or "/SMask" in thing else set()
        elif str(thing.get("/Subtype")) == "/Form" and self.depth:
            inner = Stream(self.drawn, self.page, thing.objgen, thing.get("/Resources", self.resources), self.depth - 1)
            turned = times(matrix_of(thing.get("/Matrix", PLAIN)), state.matrix)
            inner.read(thing, state._replace(matrix=turned))
        return state

    def _inline_picture(self, picture: Any, state: State) -> None:
        told = picture.obj
        space = told.get("/CS", told.get("/ColorSpace"))
        self._place({"/Width": picture.width, "/Height": picture.height}, SHORT_FAMILIES.get(str(space), family(space)), state)

    def _place(self, picture: Any, space: str, state: State) -> None:
        a, b, c, d, *_ = state.matrix
        size = (math.hypot(a, b), math.hypot(c, d))
        placed = Placed(
            self.page, int(picture["/Width"]), int(picture["/Height"]), size, space, state.mark is not None, state.artifact
        )
        self.drawn.pictures.append(placed)
        if space != "mask":
            self.drawn.spaces.add(space)


OPERATORS: Mapping[str, Callable[[Stream, State, Any], State]] = {
    "q": Stream.save,
    "Q": Stream.restore,
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

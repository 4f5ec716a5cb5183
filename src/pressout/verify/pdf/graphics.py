"""The graphics state of a PDF's page (ISO 32000-1, 8.4): where things are put, in which ink, how thick, how solid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from pressout.verify.pdf.fonts import Font

Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1, 0, 0, 1, 0, 0)
FAMILIES = {"/DeviceGray": "Gray", "/DeviceRGB": "RGB", "/DeviceCMYK": "CMYK", "/CalRGB": "RGB", "/CalGray": "Gray"}
BY_COUNT = {1: "Gray", 3: "RGB", 4: "CMYK"}
SHORT_FAMILIES = {"/G": "Gray", "/RGB": "RGB", "/CMYK": "CMYK", "/I": "RGB"}
FILLED, STROKED, UNPAINTED = (0, 2, 4, 6), (1, 2, 5, 6), (3, 7)  # modes of text rendering (9.3.6, table 106)
SOLID = ("/Normal", "/Compatible")  # blend modes that need nothing of what lies beneath (11.3.5)
Mark = tuple[object, int]  # the stream, and the number of the marked content in it


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour: its family, and the parts that it has in it, each from 0 to 1; none where it is a pattern."""

    family: str = "Gray"
    parts: tuple[float, ...] = (0.0,)

    @property
    def is_paper(self) -> bool:
        """Whether nothing is printed: light of full strength, or ink of none."""
        return bool(self.parts) and all(part == (1.0 if self.family in ("Gray", "RGB") else 0.0) for part in self.parts)

    @property
    def amount(self) -> float:
        """How much ink lies on the paper, 1 for each of the four that covers it; nothing is known of colours of light."""
        return sum(self.parts) if self.family == "CMYK" else 0.0


class State(NamedTuple):
    """The graphics state, so far as it bears on pictures, text and a press. `size` and `width` are points before `matrix`.

    A page changes it at each word: a tuple is made anew in a sixth of the time that a dataclass takes.
    """

    matrix: Matrix = PLAIN
    text: Matrix = PLAIN
    font: Font | None = None
    size: float = 0.0
    mode: int = 0
    mark: Mark | None = None
    artifact: bool = False
    told: bool = False  # an ActualText speaks for the glyphs
    width: float = 1.0
    fill: Ink = Ink()
    stroke: Ink = Ink()
    fill_over: bool = False  # what is filled prints over what is there, and does not leave it out
    stroke_over: bool = False
    sheer: bool = False  # what lies beneath shows through


def times(first: Matrix, second: Matrix) -> Matrix:
    """One transformation after another (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def matrix_of(operands: Any) -> Matrix:
    """Six numbers of a file as a transformation; raises ValueError for any other count."""
    a, b, c, d, e, f = (float(each) for each in operands)
    return (a, b, c, d, e, f)


def scale(matrix: Matrix) -> float:
    """How much larger things are drawn, as the root of how much more room they take."""
    a, b, c, d, *_ = matrix
    return float(abs(a * d - b * c) ** 0.5)


def restored(back: State, state: State) -> State:
    """The state that was saved; marks do not go with it."""
    return back._replace(mark=state.mark, artifact=state.artifact, told=state.told)


def family(space: Any, *, mask: bool = False) -> str:
    """The family of a colour space by name: Gray, RGB, CMYK, or its own name."""
    if mask:
        return "mask"
    if space is None:
        return "unknown"
    if not _is_array(space):
        return FAMILIES.get(str(space), str(space).removeprefix("/"))
    named = str(space[0])
    if named == "/ICCBased":
        return BY_COUNT.get(int(space[1].get("/N", 0)), "ICC")
    if named == "/Indexed":
        return family(space[1])
    return FAMILIES.get(named, named.removeprefix("/"))


def is_device(space: Any) -> bool:
    """Whether the colours of a space are told by nothing but the device that shows them (8.6.4)."""
    if _is_array(space) and str(space[0]) == "/Indexed":
        space = space[1]
    return str(space).startswith("/Device") if space is not None and not _is_array(space) else False


def _is_array(space: Any) -> bool:
    import pikepdf

    return isinstance(space, pikepdf.Array)


# What operators make of the state: each is given the state, the resources of the stream, and its operands


def _turn(state: State, _: Any, operands: Any) -> State:
    return state._replace(matrix=times(matrix_of(operands), state.matrix))


def _begin_text(state: State, _: Any, __: Any) -> State:
    return state._replace(text=PLAIN)


def _place_text(state: State, _: Any, operands: Any) -> State:
    return state._replace(text=matrix_of(operands))


def _text_mode(state: State, _: Any, operands: Any) -> State:
    return state._replace(mode=int(operands[0]))


def _line_width(state: State, _: Any, operands: Any) -> State:
    return state._replace(width=float(operands[0]))


def _fill(name: str) -> Callable[[State, Any, Any], State]:
    return lambda state, _, operands: state._replace(fill=Ink(name, _parts(operands)))


def _stroke(name: str) -> Callable[[State, Any, Any], State]:
    return lambda state, _, operands: state._replace(stroke=Ink(name, _parts(operands)))


def _fill_space(state: State, resources: Any, operands: Any) -> State:
    return state._replace(fill=Ink(family(named_space(resources, operands)), ()))


def _stroke_space(state: State, resources: Any, operands: Any) -> State:
    return state._replace(stroke=Ink(family(named_space(resources, operands)), ()))


def _fill_parts(state: State, _: Any, operands: Any) -> State:
    return state._replace(fill=Ink(state.fill.family, _parts(operands)))


def _stroke_parts(state: State, _: Any, operands: Any) -> State:
    return state._replace(stroke=Ink(state.stroke.family, _parts(operands)))


def named_space(resources: Any, operands: Any) -> Any:
    """The colour space that a stream names, or the name itself where that is one of the format's own."""
    return resources.get("/ColorSpace", {}).get(str(operands[0]), operands[0])


def _parts(operands: Any) -> tuple[float, ...]:
    """The numbers of a colour; a pattern has a name behind them, or nothing else."""
    if len(operands) and str(operands[-1]).startswith("/"):
        return ()
    return tuple(float(each) for each in operands)


def _look(state: State, resources: Any, operands: Any) -> State:
    """A dictionary of parameters (8.4.5, table 58): `OP` holds for filling too where `op` is not said."""
    said = resources.get("/ExtGState", {}).get(str(operands[0]), {})
    if "/LW" in said:
        state = state._replace(width=float(said["/LW"]))
    if "/OP" in said or "/op" in said:
        over = bool(said.get("/OP", state.stroke_over))
        state = state._replace(stroke_over=over, fill_over=bool(said.get("/op", over)))
    if any(key in said for key in ("/ca", "/CA", "/BM", "/SMask")):
        state = state._replace(sheer=_is_sheer(said))
    return state


def _is_sheer(said: Any) -> bool:
    modes = said.get("/BM", "/Normal")
    first = str(modes[0]) if _is_array(modes) and len(modes) else str(modes)
    masked = str(said.get("/SMask", "/None")) != "/None"
    return masked or first not in SOLID or min(float(said.get(key, 1)) for key in ("/ca", "/CA")) < 1


CHANGES: Mapping[str, Callable[[State, Any, Any], State]] = {
    "cm": _turn,
    "BT": _begin_text,
    "Tm": _place_text,
    "Tr": _text_mode,
    "w": _line_width,
    "g": _fill("Gray"),
    "rg": _fill("RGB"),
    "k": _fill("CMYK"),
    "G": _stroke("Gray"),
    "RG": _stroke("RGB"),
    "K": _stroke("CMYK"),
    "cs": _fill_space,
    "CS": _stroke_space,
    "sc": _fill_parts,
    "scn": _fill_parts,
    "SC": _stroke_parts,
    "SCN": _stroke_parts,
    "gs": _look,
}
DEVICE = {"g": "Gray", "G": "Gray", "rg": "RGB", "RG": "RGB", "k": "CMYK", "K": "CMYK"}

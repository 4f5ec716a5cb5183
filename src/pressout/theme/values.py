"""Theme values: flags, colours, sizes and lengths as a theme writes them, in the units that all formats share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from pressout.diagnostics import Report
from pressout.theme.file import Setting, did_you_mean
from pressout.theme.keys import Key, Kind

POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pc": 12.0}
LENGTH = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*([a-z]+|%)\s*")
COLOUR = re.compile(r"#(?:[0-9a-f]{3}){1,2}")
LONG = 60  # characters of a value that a message repeats
SMALLEST, LARGEST = 1.0, 1638.0  # points; Word takes no other size (ST_HpsMeasure, 2 to 3276 half points)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a value may refer to: the theme's colours and sizes, and how many points `1 line`, `1em` and `100%` are."""

    colours: Mapping[str, str]
    sizes: Mapping[str, float]
    line: float
    em: float = 0.0
    whole: float = 0.0


class UnusableError(Exception):
    """A value that its key cannot take."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.hint = hint
        super().__init__(message)


def convert(name: str, setting: Setting, scope: Scope, report: Report) -> object:
    """The value that a setting stands for, in its key's units; None, and an error in the report, where there is none."""
    try:
        return _convert(setting.value, setting.key, scope)
    except UnusableError as error:
        report.error(f"'{name}' is {_shown(setting.value)}, {error}", setting.span, hint=error.hint)
        return None


def _convert(value: object, key: Key, scope: Scope) -> object:
    match key.kind, value:
        case (Kind.TEXT, str()) | (Kind.FLAG, bool()):
            return value
        case Kind.TEXTS, list() if all(isinstance(item, str) for item in value):
            return tuple(value)
        case Kind.CHOICE, str():
            return _choice(value, key)
        case Kind.CHOICES, list() if all(isinstance(item, str) for item in value):
            return tuple(_choice(item, key) for item in value)
        case Kind.COLOUR | Kind.GROUND, str():
            return value if key.kind is Kind.GROUND and not value else _colour(value, scope.colours)
        case Kind.COUNT | Kind.WEIGHT, int() if not isinstance(value, bool):
            return _count(value, key)
        case Kind.SIZE, int() | float() | str() if not isinstance(value, bool):
            return _size(value, scope)
        case Kind.LENGTH, int() | float() | str() if not isinstance(value, bool):
            return _length(value, key, scope)
        case (
            Kind.TEXT
            | Kind.TEXTS
            | Kind.FLAG
            | Kind.CHOICE
            | Kind.CHOICES
            | Kind.COLOUR
            | Kind.GROUND
            | Kind.COUNT
            | Kind.WEIGHT
            | Kind.SIZE
            | Kind.LENGTH,
            _,
        ):
            raise UnusableError(f"which is not {key.kind.value}")
        case _:
            assert_never(key.kind)


def _colour(value: str, names: Mapping[str, str]) -> str:
    if value in names:
        return names[value]
    if value.startswith("#"):
        if COLOUR.fullmatch(value.lower()):
            return value.lower() if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:].lower())
        raise UnusableError(f"which is not {Kind.COLOUR.value}", "write six digits from 0 to f after the #")
    raise UnusableError("which is no colour of this theme", did_you_mean(value, names))


def _choice(value: str, key: Key) -> str:
    if value in key.choices:
        return value
    raise UnusableError(f"which is none of {', '.join(key.choices)}", did_you_mean(value, key.choices))


def _count(value: int, key: Key) -> int:
    least, most = key.limits
    if least <= value <= most:
        return value
    raise UnusableError(f"and should be {least} to {most}")


def _size(value: float | str, scope: Scope) -> float:
    """A size, rounded here and nowhere else: whole half points are all that Word knows."""
    if isinstance(value, str):
        if value not in scope.sizes:
            raise UnusableError("which is no size of this theme", did_you_mean(value, scope.sizes))
        value = scope.sizes[value]
    if SMALLEST <= value <= LARGEST:
        return int(value * 2 + 0.5) / 2
    raise UnusableError(f"and should be {SMALLEST:g} to {LARGEST:g} points")


def _length(value: float | str, key: Key, scope: Scope) -> float:
    points = _measured(value, scope) if isinstance(value, str) else value
    least, most = key.points
    if points < 0 == least:
        raise UnusableError("and cannot be less than nothing")
    if least <= points <= most:  # which what is no number is not
        return round(float(points), 2)
    raise UnusableError(f"and should be {least:g} to {most:g} points")


def _measured(value: str, scope: Scope) -> float:
    units = {**POINTS, "line": scope.line, "lines": scope.line, "em": scope.em, "%": scope.whole / 100}
    parts = LENGTH.fullmatch(value)
    if not parts:
        raise UnusableError(f"which is not {Kind.LENGTH.value}")
    if not units.get(parts[2]):
        raise UnusableError(f"and '{parts[2]}' is no unit here", did_you_mean(parts[2], (unit for unit in units if units[unit])))
    return float(parts[1]) * units[parts[2]]


def _shown(value: object) -> str:
    words = f"'{value}'" if isinstance(value, str) else str(value).lower()
    return words if len(words) <= LONG else f"{words[: LONG - 1]}…"

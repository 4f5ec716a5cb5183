"""Case files: each tests/cases/<area>/<what>.case tells why it is there, an input, and what each stage makes of it.

A case has `=== why` (one sentence that can be false), one input (`=== input.md` or `=== input.txt`; `=== theme` names another
theme than plain), and at least one checked section of CHECKS. `pytest --update` writes what was found into the checked sections
that are there: to begin a case, write the section's line and leave it empty. Pictures stand beside the case.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pressout.diagnostics import PressoutError
from stages import Stages

CASES = Path(__file__).parent / "cases"
FORMS = ("md", "txt")
CHECKS: dict[str, Callable[[Stages], str]] = {
    "metadata": Stages.metadata,
    "model": Stages.model,
    "spans": Stages.spans,
    "map": Stages.map,
    "prepared": Stages.prepared,
    "outline": Stages.outline,
    "html": Stages.html,
    "epub": Stages.epub,
    "docx": Stages.docx,
    "diagnostics": Stages.diagnostics,
}
SETTINGS = ("why", "theme")


def sections(text: str) -> dict[str, str]:
    """The sections of a case by name, in order; an input keeps its line ends as they stand."""
    parts = re.split(r"^=== (\S+) *\n", text, flags=re.MULTILINE)
    assert not parts[0].strip(), "a case begins with a line '=== why'"
    names, bodies = parts[1::2], parts[2::2]
    assert len(set(names)) == len(names), "a section stands twice"
    return dict(zip(names, bodies, strict=True))


def found(case: dict[str, str], folder: Path) -> dict[str, str]:
    """The checked sections of a case as they are now."""
    forms = [name.removeprefix("input.") for name in case if name.startswith("input.")]
    assert len(forms) == 1, "a case has one input"
    assert forms[0] in FORMS, f"an input is one of {FORMS}"
    # The empty line before the next section is the case's, not the input's
    text = re.sub(r"(?<=\n)\r?\n\Z", "", case[f"input.{forms[0]}"])
    stages = Stages(text, forms[0], folder, case.get("theme", "plain").strip())
    # Diagnostics last: they are those of all stages that the case looks at
    order = sorted((name for name in case if name in CHECKS), key=lambda name: name == "diagnostics")
    return {name: checked(name, stages).rstrip("\n") + "\n" for name in order}


def checked(name: str, stages: Stages) -> str:
    try:
        return CHECKS[name](stages)
    except PressoutError as error:
        return str(error)


def differences(case: dict[str, str], now: dict[str, str]) -> str:
    return "\n".join(
        line
        for name, text in now.items()
        for line in difflib.unified_diff(
            case[name].rstrip("\n").splitlines(), text.rstrip("\n").splitlines(), f"{name} in the case", f"{name} now", lineterm=""
        )
    )


def test_there_are_cases() -> None:
    """A glob that finds nothing would let the runner pass."""
    assert any(CASES.rglob("*.case"))


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.case")), ids=lambda path: path.relative_to(CASES).with_suffix("").as_posix())
def test_case(path: Path, request: pytest.FixtureRequest) -> None:
    case = sections(path.read_bytes().decode())
    unknown = [name for name in case if name not in (*CHECKS, *SETTINGS) and not name.startswith("input.")]
    assert not unknown, f"no such section: {unknown}"
    assert case.get("why", "").strip(), "a case says why it is there"
    now = found(case, path.parent)
    assert now, "a case checks something: add an empty section and run pytest --update"
    if request.config.getoption("--update"):
        texts = {name: f"{now[name]}\n" if name in now else body for name, body in case.items()}
        path.write_bytes("".join(f"=== {name}\n{body}" for name, body in texts.items()).rstrip("\n").encode() + b"\n")
        return
    changes = differences(case, now)
    assert not changes, f"{path.name}:\n{changes}"

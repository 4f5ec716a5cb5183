"""The house: who may import whom, how long functions and files may be, and docs/architecture.md, made from the modules."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "pressout"
PAGE = ROOT / "docs" / "architecture.md"
LONGEST_FUNCTION = 40  # lines
MEDIAN_FUNCTION = 8
LONGEST_FILE = 400
WHOLE = {"model.py"}  # the list of every kind of node reads better in one file
INTRODUCTION = """\
# The house

One article goes in; a print PDF, an EPUB and a Word file come out, drawn from one model:

    read -> prepare -> render -> write

A reader makes a `Document` of a source, `prepare` takes every decision that two renderers would share, a renderer draws the
document in one format, and only `pipeline.py` and `files.py` write to the disk. Values are frozen; drawing is a `match` over the
kinds of node that ends in `assert_never`, so that mypy names every place that a new kind must be taught to.

Below are the layers, from the top: a module imports from its own layer's package and from the layers below it, never from above and
never from beside. `make test` checks this, and that this page says what the modules say of themselves.
"""


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """The name and the number of lines of each function of a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.FunctionDef(name=name, lineno=first, end_lineno=int(last)):
                yield name, last - first + 1


def test_functions_are_short() -> None:
    lengths = [(f"{path.name}: {name}", lines) for path in SOURCE.rglob("*.py") for name, lines in functions(path)]
    long = [(name, lines) for name, lines in lengths if lines > LONGEST_FUNCTION]
    assert not long
    assert statistics.median(lines for _, lines in lengths) <= MEDIAN_FUNCTION


def test_files_are_short() -> None:
    lengths = {str(path.relative_to(SOURCE)): len(path.read_text().splitlines()) for path in SOURCE.rglob("*.py")}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE and name not in WHOLE}


def test_public_functions_say_what_they_give() -> None:
    for path in SOURCE.rglob("*.py"):
        public = [
            node
            for node in ast.parse(path.read_text()).body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not _is_overload(node)
        ]
        assert not [f"{path.relative_to(SOURCE)}: {node.name}" for node in public if not ast.get_docstring(node)]


def _is_overload(node: ast.FunctionDef) -> bool:
    return any(isinstance(decorator, ast.Name) and decorator.id == "overload" for decorator in node.decorator_list)


def test_layers_are_kept() -> None:
    checked = subprocess.run([Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def architecture() -> str:
    """The page: each layer's modules with the first sentence of their docstrings."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    rows = [list(layer_lines([name.strip(" ()") for name in layer.split("|")])) for layer in layers]
    return INTRODUCTION + "".join("\n" + "".join(f"{line}\n" for line in lines) for lines in rows if lines)


def layer_lines(names: list[str]) -> Iterator[str]:
    for name in names:
        single, package = SOURCE / f"{name}.py", SOURCE / name / "__init__.py"
        if single.exists():
            yield f"- `{name}.py`: {sentence(single)}"
        elif package.exists():
            yield f"- `{name}/`: {sentence(package)}"
            inside = sorted(path for path in package.parent.rglob("*.py") if path.name != "__init__.py")
            yield from (f"    - `{path.relative_to(package.parent)}`: {sentence(path)}" for path in inside)


def sentence(path: Path) -> str:
    """The first line of a module's docstring, without its own name."""
    said = (ast.get_docstring(ast.parse(path.read_text())) or "").partition("\n")[0]
    assert said.endswith("."), f"{path} does not say in one sentence what it holds"
    name, colon, rest = said.partition(": ")
    repeats = colon and name.lower().split()[-1] == path.stem.replace("_", " ").split()[-1]
    return rest[0].upper() + rest[1:] if repeats else said


def test_architecture_page_is_true(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update"):
        PAGE.write_text(architecture())
    assert PAGE.read_text() == architecture(), "run pytest --update and read docs/architecture.md"

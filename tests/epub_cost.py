"""What a warm EPUB without a page-list costs, beside the first commit that drew one: CPU milliseconds, measured in turns.

Run as `python tests/epub_cost.py [COMMIT]`. It puts the commit's files into a temporary worktree, and both draw the same articles.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FIRST = "13c2c5f"  # Draw the EPUB: pages, navigation, true metadata
ARTICLES = ("die-letzte-schaltsekunde.md", "specimen.md")
TURNS = 7
MEASURE = """
import statistics, sys, time
from pathlib import Path
from pressout.diagnostics import Report
from pressout.order import Order, complete
from pressout.pipeline import check, draw, read_article
source = Path(sys.argv[1])
order = complete(Order(theme="plain"), source)
proof = check(read_article(source, order, Report()), order, Report())
taken = []
for _ in range(25):
    begun = time.process_time()
    draw("epub", proof, Report())
    taken.append(time.process_time() - begun)
print(statistics.median(taken[5:]) * 1000)
"""


def milliseconds(tree: Path, article: str) -> float:
    settings = {**os.environ, "PYTHONPATH": str(tree / "src"), "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-c", MEASURE, str(ROOT / "input" / article)]
    return float(subprocess.run(command, env=settings, cwd=tree, check=True, capture_output=True).stdout)


def main(commit: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "first"
        subprocess.run(["git", "worktree", "add", "-q", "--detach", str(tree), commit], cwd=ROOT, check=True)
        try:
            for article in ARTICLES:
                turns = [(milliseconds(tree, article), milliseconds(ROOT, article)) for _ in range(TURNS)]
                before, now = (statistics.median(column) for column in zip(*turns, strict=True))
                print(f"{article}: {before:.1f} ms at {commit}, {now:.1f} ms now, {now - before:+.1f} ms")
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True)


if __name__ == "__main__":
    main(*(sys.argv[1:] or [FIRST]))

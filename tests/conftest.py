"""What all tests share: the command line option --update, which fills case files."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write what was found into the case files, to be read before a commit")

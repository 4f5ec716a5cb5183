"""Versions: what the bytes of an output depend on, and what else may be installed, each with its version."""

from __future__ import annotations

import ctypes
import ctypes.util
import platform
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version

PACKAGES = (
    "markdown-it-py",
    "mdit-py-plugins",
    "weasyprint",
    "pydyf",
    "fonttools",
    "pyphen",
    "pikepdf",
    "ebooklib",
    "python-docx",
    "lxml",
    "pillow",
    "pygments",
    "jinja2",
    "font-source-serif-pro",
    "font-source-sans-pro",
)
LIBRARIES = (("pango", "pango-1.0", "pango_version_string"), ("harfbuzz", "harfbuzz", "hb_version_string"))
SECONDS = 20  # a program that does not tell its version by then is broken


def version_lines() -> list[str]:
    """pressout's version, then that of each program, package and library whose change may change a byte."""
    python = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    packages = [f"  {name} {package_version(name) or 'missing'}" for name in PACKAGES]
    libraries = [f"  {name} {library_version(library, function) or 'missing'}" for name, library, function in LIBRARIES]
    return [f"pressout {package_version('pressout')}", f"  {python}", *packages, *libraries]


def package_version(name: str) -> str:
    """The version of an installed package; empty where there is none."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def library_name(library: str) -> str:
    """The file name of an installed C library; empty where there is none."""
    return ctypes.util.find_library(library) or ""


def library_version(library: str, function: str) -> str:
    """What a C library says of itself by a function that returns a string; empty where there is no such library."""
    if not library_name(library):
        return ""
    try:
        call = getattr(ctypes.CDLL(library_name(library)), function)
    except (OSError, AttributeError):
        return ""
    call.restype = ctypes.c_char_p
    return str(call().decode())


def program_version(*command: str) -> str:
    """The first line that a program says when it is asked for its version; empty where there is no such program."""
    if not shutil.which(command[0]):
        return ""
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (said.stdout + said.stderr).strip().partition("\n")[0]


def font_family(lang: str) -> str:
    """An installed family that has the letters of a language; empty where there is none."""
    return program_version("fc-list", "--format", "%{family[0]}\n", f":lang={lang}")

"""Files that are no Word files of today: .doc, .odt and the like become one by LibreOffice, where it is there."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from pressout.diagnostics import PressoutError
from pressout.files import reason

CONVERTED = (".doc", ".odt", ".rtf", ".fodt")
SECONDS = 120  # a manuscript takes five
MACROS = (".docm", ".dotm")


def as_word(path: Path) -> bytes:
    """The bytes of a Word file; raises PressoutError for what is none and cannot be made one."""
    if path.suffix.lower() in MACROS:
        raise PressoutError("this file may hold macros", hint="save it as .docx", file=str(path))
    if path.suffix.lower() in CONVERTED:
        return _converted(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise PressoutError(f"cannot be read: {reason(error)}", file=str(path)) from None


def _converted(path: Path) -> bytes:
    program = shutil.which("soffice")
    if program is None:
        hint = "save it as .docx, or install LibreOffice"
        raise PressoutError(f"'{path.suffix}' files are read with LibreOffice, which is not installed", hint=hint, file=str(path))
    if not path.is_file():
        raise PressoutError("there is no such file", file=str(path))
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(path)]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
            return (Path(folder) / f"{path.stem}.docx").read_bytes()
        except (subprocess.SubprocessError, OSError) as problem:
            raise PressoutError("LibreOffice could not read this file", hint="save it as .docx", file=str(path)) from problem

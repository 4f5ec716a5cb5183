"""Files: sources read in any encoding that says what it is; outputs written whole or not at all."""

from __future__ import annotations

import difflib
import errno
import os
import re
import sys
import time
import unicodedata
from functools import cache
from pathlib import Path
from shlex import quote

from pressout.diagnostics import PressoutError, Report, Span
from pressout.model import Source

# UTF-32 first: its little-endian mark begins with that of UTF-16
BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
PAGE_FEEDS = str.maketrans("\f\v", "  ")
ASCII_END = 0x7F
WESTERN = 0.2  # of the bytes; no language of Western Europe has as many letters with accents, and those of other scripts have more
# What XML 1.0 section 2.2 forbids; surrogates cannot come out of a strict decoder
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")


def read_source(path: Path, report: Report) -> Source:
    """The text of a source file, with its line ends and byte order mark; raises PressoutError where there is none to read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PressoutError(f"cannot be read: {reason(error)}", hint=near_name(path), file=str(path)) from None
    return as_source(data, str(path), path.parent, report)


def as_source(data: bytes, name: str, folder: Path, report: Report) -> Source:
    """The bytes of a source as text: UTF-8, or UTF-16 and UTF-32 with a byte order mark."""
    text = decoded(data, name)
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise PressoutError("the file is empty", file=name, hint="write an article into it")
    return Source(_readable(text.translate(PAGE_FEEDS), name, report), name, folder)


def decoded(data: bytes, name: str) -> str:
    """The text of these bytes, in UTF-8 or what their byte order mark says; PressoutError with the place of what is not."""
    encoding = next((encoding for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding)
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise PressoutError(
            f"byte {error.start + 1} is 0x{data[error.start]:02x}, which is not {encoding.upper()}",
            Span(name, line, column, len(before), len(before) + 1),
            hint=_remedy(data, encoding, name),
        ) from None


def _remedy(data: bytes, encoding: str, name: str) -> str:
    """A hint: how bytes that are not what they should be become UTF-8, by what they look like."""
    read = data.decode(encoding, "replace")
    strange = read.count("\ufffd")
    if encoding != "utf-8" or sum(not letter.isascii() for letter in read) > 2 * strange:
        return f"the rest of it is {encoding.upper()}: write that character anew"
    files = f" {quote(name)} > {quote(f'{name}.utf-8')}" if Path(name).exists() else ""
    if _is_western(data):
        return f"it looks like Windows-1252: iconv -f WINDOWS-1252 -t UTF-8{files}"
    return f"save the file as UTF-8: iconv -f ENCODING -t UTF-8{files}, with the encoding that it has"


def _is_western(data: bytes) -> bool:
    """Whether these bytes can be a text in Windows-1252, whose lower half is ASCII."""
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return sum(byte > ASCII_END for byte in data) < WESTERN * len(data)


def _readable(text: str, name: str, report: Report) -> str:
    """The text with what no output can hold shown as U+FFFD, one character for one, so that offsets stay."""
    first = FORBIDDEN.search(text)
    if not first:
        return text
    count = len(FORBIDDEN.findall(text))
    others = f" and {count - 1} more" if count > 1 else ""
    line = text.count("\n", 0, first.start()) + 1
    column = first.start() - text.rfind("\n", 0, first.start())
    report.warn(
        f"the control character U+{ord(first[0]):04X}{others} cannot be printed, and is shown as '\ufffd'",
        Span(name, line, column, *first.span()),
        hint="take it out of the text",
    )
    return FORBIDDEN.sub("\ufffd", text)


def near_name(path: Path) -> str:
    """A hint: the file beside it whose name is much like it."""
    if path.exists() or not path.parent.is_dir():
        return ""
    if path.is_symlink():
        return "it is a link to a file that is gone"
    names = sorted(other.name for other in path.parent.iterdir())
    if any(unicodedata.normalize("NFC", name) == unicodedata.normalize("NFC", path.name) for name in names):
        return "a file of the same letters has its accents as signs of their own: write its name anew"
    near = [name for name in names if Path(name).stem == path.stem] or difflib.get_close_matches(path.name, names, 1)
    return f"did you mean '{near[0]}'?" if near else ""


@cache
def themes_folder() -> Path:
    """Where the themes stand: inside the installed package, or at the root of a checkout; PressoutError where in neither."""
    here = Path(__file__).parent
    found = next((folder for folder in (here / "themes", here.parents[1] / "themes") if any(folder.glob("*/theme.toml"))), None)
    if found is None:
        hint = "install it anew: pip install --force-reinstall --no-deps pressout; a checkout has them beside src/"
        raise PressoutError("pressout's own themes are missing, so it is not wholly installed", hint=hint, file=str(here))
    return found


# What helps: where a disk has no room, a folder has the file's name, and a file that of a folder on the way to it
HINTS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "make room there, or name another folder with --out"),
    errno.EISDIR: "take the folder away, or give the file another name",
    **dict.fromkeys((errno.EEXIST, errno.ENOTDIR), "take that file away, or name a folder that is none"),
}


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that the old or the new one is there, whole, whatever happens; raises PressoutError where it cannot be."""
    target = path.resolve() if path.is_symlink() else path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(data)  # a pipe or a device takes what it is given
        else:
            _replace(target, data)
    except OSError as error:
        hint = HINTS.get(error.errno or 0, "close it where it is open, or name another folder with --out")
        raise PressoutError(f"cannot be written: {reason(error)}", hint=hint, file=str(path)) from None


def _replace(target: Path, data: bytes) -> None:
    temporary = target.parent / f".pressout-{os.getpid()}-{time.monotonic_ns()}.part"
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def reason(error: OSError) -> str:
    """Why, in lower case: "no such file", "it is a folder"."""
    reasons = {
        errno.ENOENT: "there is no such file or folder",
        errno.EISDIR: "it is a folder",
        errno.ENOTDIR: "a part of its path is a file, not a folder",
        errno.EEXIST: "a file stands where its folder should be",
        errno.EACCES: "this user may not",
        errno.EPERM: "this user may not",
    }
    if error.errno in reasons:
        return reasons[error.errno]
    return (error.strerror or str(error)).lower()


def standard_input(report: Report) -> Source:
    """What comes in by standard input, as a source; its pictures are looked for in the current folder."""
    return as_source(sys.stdin.buffer.read(), "standard-input", Path.cwd(), report)

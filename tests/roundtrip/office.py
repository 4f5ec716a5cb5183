"""LibreOffice as an editor: opens a Word file, edits it with tracking on, saves it as Word; run by the Python that has uno.

    python3 office.py PORT-NAME JOBS.json

JOBS.json is a list of [input, output, operations]; an operation is [kind, paragraph's text, word, new text].
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uno
from com.sun.star.awt.FontSlant import ITALIC
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.text.ControlCharacter import PARAGRAPH_BREAK

BOLD = 150.0  # com.sun.star.awt.FontWeight
PATIENCE = 120  # seconds for the program to start, on a busy machine


def main() -> None:
    name, jobs = sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as profile:
        office = subprocess.Popen(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--norestore", f"--accept=pipe,name={name};urp;"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        desktop = connected(name)
        try:
            for source, target, operations in jobs:
                work(desktop, source, target, operations)
        finally:
            desktop.terminate()
            office.wait(30)


def connected(name: str) -> Any:
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(PATIENCE * 2):
        try:
            remote = resolver.resolve(f"uno:pipe,name={name};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.5)
            continue
        return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
    raise SystemExit("soffice did not answer")


def work(desktop: Any, source: str, target: str, operations: list[list[str]]) -> None:
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, (option("Hidden", True),))
    document.RecordChanges = True
    done = [edit(document, *operation) for operation in operations]
    document.storeToURL(uno.systemPathToFileUrl(target), (option("FilterName", "MS Word 2007 XML"),))
    document.close(True)
    Path(f"{target}.done").write_text(json.dumps(done), encoding="utf-8")


def option(name: str, value: Any) -> Any:
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def paragraphs(text: Any) -> Iterator[Any]:
    for part in text:
        if part.supportsService("com.sun.star.text.TextTable"):
            for name in part.getCellNames():
                yield from paragraphs(part.getCellByName(name))
        elif part.supportsService("com.sun.star.text.Paragraph"):
            yield part


def edit(document: Any, kind: str, whole: str, word: str, new: str) -> bool:
    """Make one edit; false where the paragraph or the word isn't found."""
    paragraph = next((each for each in paragraphs(document.getText()) if each.String.strip() == whole), None)
    if paragraph is None:
        return False
    text = paragraph.Text
    if kind in ("paragraph deleted", "paragraph inserted"):
        return whole_paragraph(text, paragraph, kind, new)
    cursor = text.createTextCursorByRange(paragraph.Start)
    cursor.goRight(paragraph.String.index(word), False)
    cursor.goRight(len(word), True)
    if cursor.String != word:
        return False
    match kind:
        case "replace" | "delete":
            text.insertString(cursor, new, True)
        case "insert":
            text.insertString(cursor.End, new, False)
        case "bold":
            cursor.CharWeight = cursor.CharWeightAsian = cursor.CharWeightComplex = BOLD
        case "italic":
            cursor.CharPosture = cursor.CharPostureAsian = cursor.CharPostureComplex = ITALIC
        case "split":
            text.insertControlCharacter(cursor.Start, PARAGRAPH_BREAK, False)
    return True


def whole_paragraph(text: Any, paragraph: Any, kind: str, new: str) -> bool:
    if kind == "paragraph deleted":
        cursor = text.createTextCursorByRange(paragraph.Start)
        cursor.gotoRange(paragraph.End, True)
        cursor.goRight(1, True)
        text.insertString(cursor, "", True)
        return True
    place = paragraph.End
    text.insertControlCharacter(place, PARAGRAPH_BREAK, False)
    text.insertString(text.createTextCursorByRange(place.End), new, False)
    return True


if __name__ == "__main__":
    main()

"""Messages: what WeasyPrint logs, as diagnostics where somebody can act upon it, else as nothing."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

from pressout.diagnostics import Report, Span
from pressout.model import Abbreviation, Code, CodeBlock, Document, Text
from pressout.renderers.pdf.own_sheets import place_of, place_on_page
from pressout.renderers.pdf.page import PICTURE
from pressout.theme import Theme
from pressout.walk import everything

LOGGERS = ("weasyprint", "fontTools")
DRAWINGS = "/svg/"  # the part of WeasyPrint that reads the sheets of drawings
PICTURE_FAILED = re.compile(rf"Failed to load image at '?{PICTURE}([^']+)'?:")
INVISIBLE = {"Cc", "Cf", "Mn"}  # controls, joiners and selectors of a letter's form: nothing is lost without them
POSITION = re.compile(r" at (\d+):(\d+)")
SHEET_FAILED = ("Invalid or unsupported", "Failed to load", "Content discarded", "Unable to compute")
IN_SHEET = re.compile(r"(?:Invalid or unsupported|Failed to load)[^']*'([^']+)'")  # words as they stand in the sheet
CLEARER = {
    "ValueError: ": "",  # what supplies say
    "beginning of the the whole": "beginning of the sheet, the whole",
    "Relative URI reference without a base URI: None": "an address must be whole, as file:///themes/house/leaf.svg is",
}


class Messages(logging.Handler):
    """Takes what is logged while a document is laid out and drawn."""

    def __init__(self, document: Document, theme: Theme, report: Report) -> None:
        super().__init__(logging.WARNING)
        self.document = document
        self.theme = theme
        self.report = report
        self.lacking: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message.startswith(".notdef"):
            self.lacking.add(str(record.args[0]) if isinstance(record.args, tuple) else "")
        elif failed := PICTURE_FAILED.match(message):
            self.report.warn(
                f"picture '{unquote(failed[1])}' can't be drawn in print", file=self.document.name, hint="save it as PNG"
            )
        elif DRAWINGS not in record.pathname:
            self._of_sheet(message)

    def _of_sheet(self, message: str) -> None:
        """What a sheet of the theme says in vain, at its place, if that can be told; of its own sheet pressout says nothing."""
        position, quoted = POSITION.search(message), IN_SHEET.match(message)
        words = POSITION.sub("", message).replace(" :", ":").strip(" .,")
        for odd, clear in CLEARER.items():
            words = words.replace(odd, clear)
        said = f"{words[:1].lower()}{words[1:]}"
        if position:
            place = place_on_page(self.document, self.theme, int(position[1]), int(position[2]))
            if place:
                self.report.warn(said, place)
        elif message.startswith(SHEET_FAILED) and self.theme.print_css:
            place = place_of(self.theme, quoted[1].strip() if quoted else "")
            self.report.warn(said, place, file=next(reversed(tuple(self.theme.print_sheets)), ""))

    def report_letters(self) -> None:
        """One warning for all the letters that no font has, at the first of them."""
        letters = sorted(letter for letter in self.lacking if unicodedata.category(letter) not in INVISIBLE)
        if not letters:
            return
        shown = " ".join(letters[:5]) + (" ..." if len(letters) > 5 else "")
        count = f"{len(letters)} characters of the text" if len(letters) > 1 else "a character of the text"
        hint = "install one for its script; on Debian: apt-get install fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji"
        self.report.warn(f"no font here has {count}: {shown}", _first(self.document, letters), hint=hint, file=self.document.name)


def _first(document: Document, letters: list[str]) -> Span | None:
    """Where the first of the letters stands in the source."""
    for piece in everything(document):
        match piece:
            case Text(text=text) | Code(text=text) | CodeBlock(text=text) | Abbreviation(text=text):
                if piece.span and any(letter in text for letter in letters):
                    return piece.span
            case _:
                continue
    return None


@contextmanager
def messages(document: Document, theme: Theme, report: Report) -> Iterator[None]:
    """Listen while a document is laid out and drawn; nothing is printed."""
    handler = Messages(document, theme, report)
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
    try:
        yield
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.propagate = propagate
    handler.report_letters()

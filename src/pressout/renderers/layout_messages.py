"""Messages: what WeasyPrint logs, as diagnostics where somebody can act upon it, else as nothing."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

from pressout.diagnostics import Report
from pressout.renderers.page import PICTURE
from pressout.theme import Theme

LOGGERS = ("weasyprint", "fontTools")


class Messages(logging.Handler):
    """Takes what is logged; a theme's own sheet and a picture are what somebody can mend."""

    def __init__(self, theme: Theme, report: Report) -> None:
        super().__init__(logging.WARNING)
        self.theme = theme
        self.report = report

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if broken := re.match(rf"Failed to load image at '?{PICTURE}(.+?)'?:? ", message):
            self.report.warn(f"picture '{unquote(broken[1])}' can't be drawn in print", hint="save it again, or as PNG")
        elif self.theme.print_css and message.startswith(("Ignored ", "Invalid or unsupported", "Failed to load", "Parse error")):
            self.report.warn(f"the sheet of theme '{self.theme.name}': {message[0].lower()}{message[1:]}", file="print.css")


@contextmanager
def messages(theme: Theme, report: Report) -> Iterator[None]:
    """Listen while a document is laid out and drawn; nothing is printed."""
    handler = Messages(theme, report)
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

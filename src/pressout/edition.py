"""Edition: what is asked of one build, and what a renderer gives back."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

Device = Literal["generic", "kindle", "kobo", "apple"]
Profile = Literal["print", "screen"]


@dataclass(frozen=True, slots=True)
class Edition:
    """What was asked of this build; a renderer knows nothing else of the command line.

    `moment` is the time that the files carry where a format demands one (UTC): the article's date, else SOURCE_DATE_EPOCH,
    else 1980-01-01. `anchors` puts a hidden bookmark into every block of the Word file, for an editor: nothing is
    guessed of such an article that a changed word would change. `paper` and `variant` change the theme, where they say anything;
    `anonymous` leaves the authors' names out. `pages` are the pages of the PDF of the
    same build, for an EPUB's page-list, and `paginated` is that PDF's name. `handoff` is what a Word file for an editor carries;
    changes in it are tracked. `device` is the e-reader that an EPUB goes to; `greyscale` turns its pictures grey.
    `embed_fonts` puts the theme's faces into EPUB and Word; where nothing is said of it, into a Word file that is not an editor's.
    `profile` is what the PDF is for: on a `screen`, its pictures need fewer pixels; `attach_source` puts the article's own file
    into it.
    """

    moment: datetime.datetime = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)
    anchors: bool = False
    paper: str = ""
    variant: str = ""
    anonymous: bool = False
    device: Device = "generic"
    greyscale: bool = False
    embed_fonts: bool | None = None
    profile: Profile = "print"
    attach_source: bool = False
    pages: tuple[Page, ...] | None = None
    paginated: str = ""
    handoff: Handoff | None = None


@dataclass(frozen=True, slots=True)
class Handoff:
    """What a Word file that goes to an editor says of itself, so that it is known when it comes home.

    `digest` is the SHA-256 of the source, `part` a custom XML part that travels in the file, `remarks` become its comments.
    """

    id: str
    digest: str
    part: bytes
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on the block that begins at the source's offset `key`; `answers` is the place of the one that it replies to."""

    key: int
    author: str
    date: str
    text: str
    resolved: bool = False
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A printed page: its label, and the block (by its span's start) and reading character at which it begins.

    `block` is None on a page without source text: a cover, a contents page, a blank.
    """

    label: str
    block: int | None = None
    character: int = 0


@dataclass(frozen=True, slots=True)
class Output:
    """A finished file, not yet written. `pages` is None where the format has no pages."""

    data: bytes
    pages: tuple[Page, ...] | None = None

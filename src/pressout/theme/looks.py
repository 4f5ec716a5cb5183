"""Looks: a theme as one frozen value, in the units that print, Word and CSS share, and the roles that it dresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pressout.model import Image

# Every role but body, after the role whose look it takes where a theme says nothing of its own.
BASES: Mapping[str, str] = {
    "heading-1": "body",
    "heading-2": "heading-1",
    "heading-3": "heading-2",
    "heading-4": "heading-3",
    "heading-5": "heading-4",
    "heading-6": "heading-5",
    "caption": "body",
    "credit": "caption",
    "source-note": "caption",
    "title": "heading-1",
    "subtitle": "title",
    "standfirst": "body",
    "logo": "body",
    "series": "caption",
    "authors": "body",
    "date": "authors",
    "abstract": "body",
    "keywords": "caption",
    "imprint": "caption",
    "list-bullet": "body",
    "list-number": "list-bullet",
    "term": "body",
    "definition": "body",
    "quote": "body",
    "pull-quote": "quote",
    "epigraph": "quote",
    "verse": "body",
    "attribution": "caption",
    "code-block": "body",
    "table-cell": "body",
    "table-head": "table-cell",
    "question": "heading-3",
    "answer": "body",
    "callout": "body",
    "callout-note": "callout",
    "callout-tip": "callout",
    "callout-important": "callout",
    "callout-caution": "callout",
    "callout-warning": "callout",
    "callout-example": "callout",
    "callout-title": "callout",
    "aside": "body",
    "details": "body",
    "details-summary": "details",
    "note": "body",
    "contents-title": "heading-1",
    "contents-1": "body",
    "contents-2": "contents-1",
    "contents-3": "contents-2",
    "running-head": "caption",
    "folio": "running-head",
    "code": "body",
    "keyboard": "code",
    "step-number": "body",
    "link": "body",
    "highlight": "body",
    "small-caps": "body",
    "note-mark": "body",
}
ROLES = ("body", *BASES)
TABLE = "table"  # the look of a table as a whole, which no paragraph has: its rules and the space round it
SPECIAL_TABLES = ("key-facts", "comparison")  # classes of tables with a look of their own as a whole, else that of TABLE
TABLES = (TABLE, *SPECIAL_TABLES)
TITLE_BLOCK = "title-block"  # the look of the title block as a whole: rules above and below it, how far it reaches out
# These stand inside a line of another role, so their size counts as a share of the body's and they have no space of their own.
INLINE_ROLES = ("code", "keyboard", "step-number", "link", "highlight", "small-caps", "note-mark")

Alignment = Literal["start", "center", "end", "justify"]
Head = Literal["title", "chapter", "section", "slug"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line beside text: `width` and `gap` (to the text) in points, `colour` as `#rrggbb`. A width of 0 is no line."""

    width: float = 0
    colour: str = "#000000"
    gap: float = 0


@dataclass(frozen=True, slots=True)
class Style:
    """The look of one role, every value resolved.

    `size`, `leading`, `indent`, `first_line`, the spaces, `padding` and `tracking` are points; `size` is a whole number of half
    points. `font` names one of the theme's fonts (text, display, mono). `colour` and `background` are `#rrggbb`; an empty
    background is none. `indent` is at the line's start, `outdent` at its end. Of the space after one paragraph and the space before
    the next the larger stands between them; none stands between neighbours of one role that is `joined`.
    """

    font: str = "text"
    size: float = 10.5
    leading: float = 15.0
    weight: int = 400
    italic: bool = False
    small_caps: bool = False
    uppercase: bool = False
    tracking: float = 0.0
    colour: str = "#000000"
    background: str = ""
    align: Alignment = "start"
    hyphens: bool = False
    indent: float = 0.0
    outdent: float = 0.0
    first_line: float = 0.0
    space_before: float = 0.0
    space_after: float = 0.0
    padding: float = 0.0
    joined: bool = False
    keep_with_next: bool = False
    keep_together: bool = False
    page_break_before: bool = False
    rule_start: Rule = Rule()
    rule_end: Rule = Rule()
    rule_above: Rule = Rule()
    rule_below: Rule = Rule()


def framed(style: Style) -> bool:
    """Whether a look has one and the same rule on all four sides: inside a line, a frame as both CSS and Word draw it."""
    sides = {style.rule_start, style.rule_end, style.rule_above, style.rule_below}
    return len(sides) == 1 and style.rule_below.width > 0


@dataclass(frozen=True, slots=True)
class Font:
    """A family and where its files stand: `files` maps (weight, italic) to a TTF or OTF; `fallback` are families to try next."""

    family: str
    files: Mapping[tuple[int, bool], Path] = field(default_factory=dict)
    fallback: tuple[str, ...] = ()
    generic: Literal["serif", "sans-serif", "monospace"] = "serif"


@dataclass(frozen=True, slots=True)
class PageLayout:
    """Sizes and margins in points. `inner` and `outer` are left and right on a page that is not mirrored."""

    width: float = 595.28
    height: float = 841.89
    top: float = 72.0
    bottom: float = 72.0
    inner: float = 72.0
    outer: float = 72.0
    mirrored: bool = False
    columns: int = 1
    column_gap: float = 18.0
    running_head: bool = True
    folios: bool = True
    heads: Literal["above", "side"] = "above"  # where running head and folio stand in print: above and below, or beside the text
    left_head: Head = "title"  # of left pages, where pages are mirrored
    right_head: Head = "title"  # of right pages, and of all where they are not mirrored
    folio_at: Literal["foot", "head"] = "foot"
    line_numbers: int = 0  # every so many lines has its number in the margin; 0 is none


@dataclass(frozen=True, slots=True)
class Front:
    """What comes before the text: a cover, a page for the title alone, lists of figures and tables after the contents."""

    cover: bool = False
    title_page: bool = False
    lists: bool = False


LogoPlace = Literal["title", "head", "cover"]


@dataclass(frozen=True, slots=True)
class House:
    """Who publishes: its logo, `logo_width` points wide above the title, where that stands, and its imprint."""

    logo: Image | None = None
    logo_at: tuple[LogoPlace, ...] = ("title",)
    logo_width: float = 85.0
    imprint: str = ""

    def logo_in(self, place: LogoPlace) -> Image | None:
        """The logo, if it stands there."""
        return self.logo if place in self.logo_at else None


@dataclass(frozen=True, slots=True)
class Chapters:
    """How sections of the highest level begin where the text fills more than `pages` pages; elsewhere they run on."""

    start: Literal["run", "page", "right"] = "run"
    pages: int = 20


@dataclass(frozen=True, slots=True)
class Theme:
    """A look for all formats. `styles` is keyed by role, `sections` by a section's role and then by the kind inside it.

    The kind `box` is the look of a section as a whole: its ground, rules, padding and the space round it. `cover` is the
    template of the cover, SVG in Jinja2, as the nearest theme has it.
    """

    name: str
    description: str
    folder: Path
    page: PageLayout = PageLayout()
    colours: Mapping[str, str] = field(default_factory=dict)
    fonts: Mapping[str, Font] = field(default_factory=dict)
    styles: Mapping[str, Style] = field(default_factory=dict)
    sections: Mapping[str, Mapping[str, Style]] = field(default_factory=dict)
    contents_pages: int = 8  # a contents list is set when the text fills more pages than this
    contents_levels: int = 2
    front: Front = Front()
    house: House = House()
    chapters: Chapters = Chapters()
    line: float = 15.0  # points: the unit of the line grid
    numbered: bool = False  # sections carry numbers
    least: float = 0.0  # points: no table is set in smaller type to fit its page
    upright: bool = False  # what is emphasised is bold, not italic
    cover: str = ""
    print_css: str = ""
    print_sheets: Mapping[str, str] = field(default_factory=dict)  # what print_css begins with, by the names of the files
    epub_css: str = ""

    def style(self, role: str, section: str = "") -> Style:
        """The look of `role`, inside a section of role `section` where that has a look of its own."""
        inside = self.sections.get(section, {})
        return inside.get(role) or self.styles.get(role) or self.styles["body"]

"""Theme keys: what may stand in a theme.toml, what each key takes, and what it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from pressout.model import Role
from pressout.theme.looks import ROLES, TABLES, TITLE_BLOCK


class Kind(Enum):
    """What a key takes, in the words of a message."""

    TEXT = "a text in quotes"
    TEXTS = "a list of texts in quotes"
    FLAG = "true or false"
    COUNT = "a whole number"
    WEIGHT = "a weight in hundreds"
    SIZE = "a size in points, or one of the names in [scale]"
    LENGTH = 'a length: points, or a text such as "1 line", "5mm", "0.05em" or "14%"'
    COLOUR = 'a colour such as "#1a4a6e", or one of the names in [colour]'
    GROUND = 'a colour, one of the names in [colour], or "" for none'
    CHOICE = "one of a few words"
    CHOICES = "a list of a few words"


WIDEST = 1584.0  # points: Word knows no larger page, indent or space than 22 inches
EITHER_WAY = (-WIDEST, WIDEST)
LINE = (1.0, WIDEST)  # points: no line can be lower
SIDE = (72.0, WIDEST)  # points: a page with a shorter side holds no text
THICKEST, WIDEST_GAP = 12.0, 31.0  # points: the most that Word gives a border, and the space beside it (ECMA-376 part 1, 17.3.4)


@dataclass(frozen=True, slots=True)
class Key:
    """`says` is the key's line in docs/themes.md, `choices` the words of a CHOICE or of CHOICES.

    `limits` are the bounds of a COUNT or a WEIGHT, `points` those of a LENGTH.
    """

    kind: Kind
    says: str
    choices: tuple[str, ...] = ()
    limits: tuple[int, int] = (0, 1000)
    points: tuple[float, float] = (0, WIDEST)


# A table of keys, or of further tables. Under ANY stand names that a theme makes up itself.
Keys = Mapping[str, "Key | Keys"]
ANY = "*"

PAPERS = {  # points
    "A4": (595.28, 841.89),
    "A5": (419.53, 595.28),
    "Letter": (612.0, 792.0),
    "6x9": (432.0, 648.0),
}

HEADS = ("title", "chapter", "section", "slug")  # slug: the author's family name and the beginning of the title

PAGE: Keys = {
    "paper": Key(Kind.CHOICE, "the paper", tuple(PAPERS)),
    "width": Key(Kind.LENGTH, "the page's width, where no paper fits", points=SIDE),
    "height": Key(Kind.LENGTH, "the page's height, where no paper fits", points=SIDE),
    "top": Key(Kind.LENGTH, "the margin above the text; a percentage is of the page's height"),
    "bottom": Key(Kind.LENGTH, "the least margin below the text; it grows until the text area is a whole number of lines"),
    "inner": Key(Kind.LENGTH, "the margin at the back, or at the line's start where pages are not mirrored"),
    "outer": Key(Kind.LENGTH, "the margin at the edge, or at the line's end where pages are not mirrored"),
    "mirrored": Key(Kind.FLAG, "left and right pages mirror each other"),
    "columns": Key(Kind.COUNT, "columns of text", limits=(1, 4)),
    "column-gap": Key(Kind.LENGTH, "the space between two columns"),
    "running-head": Key(Kind.FLAG, "the title stands at the head of every page but the first"),
    "heads": Key(Kind.CHOICE, "where both stand: above and below the text, or in the outer margin; print only", ("above", "side")),
    "left-head": Key(Kind.CHOICE, "what the running head of a left page says, where pages are mirrored", HEADS),
    "right-head": Key(Kind.CHOICE, "what that of a right page says, and of every page where they are not mirrored", HEADS),
    "folios": Key(Kind.FLAG, "every page but the first carries its number"),
    "folio-at": Key(Kind.CHOICE, "whether it stands at the foot or in the line of the running head", ("foot", "head")),
    "line-numbers": Key(Kind.COUNT, "every so many lines of text has its number in the margin, counted on each page; 0 is none"),
}

FONT: Keys = {
    "family": Key(Kind.TEXT, "the family, as the font files name it"),
    "package": Key(Kind.TEXT, "the installed font package that holds it, where its name is not that of the family"),
    "folder": Key(Kind.TEXT, "the folder inside the theme's own that holds its files"),
    "fallback": Key(Kind.TEXTS, "families for the characters that this one lacks"),
    "generic": Key(Kind.CHOICE, "what kind of face it is", ("serif", "sans-serif", "monospace")),
}

RULE: Keys = {
    "width": Key(Kind.LENGTH, "its thickness; 0 is no rule", points=(0, THICKEST)),
    "colour": Key(Kind.COLOUR, "its colour"),
    "gap": Key(Kind.LENGTH, "the space between the rule and the text", points=(0, WIDEST_GAP)),
}

STYLE: Keys = {
    "font": Key(Kind.CHOICE, "which of the theme's fonts", ("text", "display", "mono")),
    "size": Key(Kind.SIZE, "the size, rounded to half points"),
    "leading": Key(Kind.LENGTH, "from baseline to baseline", points=LINE),
    "weight": Key(Kind.WEIGHT, "400 is regular, 700 bold", limits=(100, 900)),
    "italic": Key(Kind.FLAG, "set in italic"),
    "small-caps": Key(Kind.FLAG, "lower case set as small capitals"),
    "uppercase": Key(Kind.FLAG, "set in capitals"),
    "tracking": Key(Kind.LENGTH, "space added between letters", points=EITHER_WAY),
    "colour": Key(Kind.COLOUR, "the colour of the letters"),
    "background": Key(Kind.GROUND, "the ground behind"),
    "align": Key(Kind.CHOICE, "how lines stand", ("start", "center", "end", "justify")),
    "hyphens": Key(Kind.FLAG, "words may be parted at a line's end"),
    "indent": Key(Kind.LENGTH, "set in at the line's start", points=EITHER_WAY),
    "outdent": Key(Kind.LENGTH, "set in at the line's end", points=EITHER_WAY),
    "first-line": Key(Kind.LENGTH, "the first line set in further, or out where it is negative", points=EITHER_WAY),
    "space-before": Key(Kind.LENGTH, "the least space above"),
    "space-after": Key(Kind.LENGTH, "the least space below"),
    "joined": Key(Kind.FLAG, "no space between neighbours of this same role"),
    "padding": Key(Kind.LENGTH, "from the text to the edge of its ground, on sides without a rule", points=(0, WIDEST_GAP)),
    "keep-with-next": Key(Kind.FLAG, "stays on the page of what follows"),
    "keep-together": Key(Kind.FLAG, "is not parted by a page's end"),
    "page-break-before": Key(Kind.FLAG, "begins a page"),
    "rule-start": RULE,
    "rule-end": RULE,
    "rule-above": RULE,
    "rule-below": RULE,
}

# What a title block as a whole can have in all formats
FRAME: Keys = {name: STYLE[name] for name in ("indent", "outdent", "space-after", "rule-above", "rule-below")}

LOGO_PLACES = ("title", "head", "cover")
HOUSE: Keys = {
    "logo": Key(Kind.TEXT, "the file of its logo, in the theme's folder: SVG, PNG or JPEG"),
    "logo-alt": Key(Kind.TEXT, "what the logo shows, for those who do not see it"),
    "logo-at": Key(Kind.CHOICES, "where it stands: above the title, in the running heads, on the cover", LOGO_PLACES),
    "logo-width": Key(Kind.LENGTH, "its width above the title; in a running head it is as high as a line and a half"),
    "imprint": Key(Kind.TEXT, "who publishes, in a line: on the page of the title, or below the text where there is none"),
}

BOX, HEADING = "box", "heading"  # kinds in a section beside the roles: the section as a whole, and its headings of any level
SECTION_ROLES = tuple(role.value for role in Role if role)

THEME: Keys = {
    "extends": Key(Kind.TEXT, "the theme that this one changes, `plain` unless told; what is not said here is as it is there"),
    "description": Key(Kind.TEXT, "what the theme is for, in one line"),
    "numbered": Key(Kind.FLAG, "sections carry numbers"),
    "page": PAGE,
    "colour": {ANY: Key(Kind.COLOUR, "a colour under a name of your own, for use everywhere else")},
    "scale": {
        "line": Key(Kind.LENGTH, "the unit of the line grid: what `1 line` is", points=LINE),
        ANY: Key(Kind.SIZE, "a size under a name of your own, for use wherever a size stands"),
    },
    "font": {"text": FONT, "display": FONT, "mono": FONT},
    "house": HOUSE,
    "contents": {
        "pages": Key(Kind.COUNT, "a contents list is set where the text fills more pages than this"),
        "levels": Key(Kind.COUNT, "how many levels of headings it shows", limits=(1, 3)),
    },
    "front": {
        "cover": Key(Kind.FLAG, "the cover is the first page of the PDF"),
        "title-page": Key(Kind.FLAG, "the title block has a page of its own"),
        "lists": Key(Kind.FLAG, "lists of figures and tables follow the contents, where there are more than two"),
    },
    "chapters": {
        "start": Key(Kind.CHOICE, "how sections of the highest level begin", ("run", "page", "right")),
        "pages": Key(Kind.COUNT, "they do so where the text fills more pages than this, and three to a chapter"),
    },
    "style": {**{role: STYLE for role in (*ROLES, *TABLES)}, TITLE_BLOCK: FRAME},
    "section": {role: {kind: STYLE for kind in (BOX, HEADING, *ROLES)} for role in SECTION_ROLES},
}

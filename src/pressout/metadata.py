"""Metadata: the fields that an article may name, what each holds, and the JSON Schema that editors of text can check them by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pressout.theme.keys import PAPERS
from pressout.theme.variants import VARIANTS

# words: a line of text with marks; blocks: whole paragraphs; text: plain characters; texts: one or a list of them;
# switch: true or false; choice: one of a few words; path: a file's name, or false
FieldKind = Literal["words", "blocks", "text", "texts", "date", "authors", "language", "direction", "switch", "choice", "path"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the metadata: `aliases` are the names that other programs have for it; a setting steers the build."""

    name: str
    kind: FieldKind
    description: str
    example: object
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    setting: bool = False


FIELDS = (
    Field("title", "words", "The title; without one, the first heading of the highest level is it.", "The last leap second"),
    Field("subtitle", "words", "A second line below the title.", "What the end of the 61-second minute means"),
    Field(
        "description",
        "words",
        "One to three sentences that say what the article is about; printed as the standfirst.",
        "By 2035 at the latest, world time is to do without leap seconds.",
        ("standfirst", "summary", "lead", "deck"),
    ),
    Field("abstract", "blocks", "A summary of one or more paragraphs, printed before the text.", "This article shows ..."),
    Field(
        "author",
        "authors",
        "Who wrote it: a name, several joined by 'and', or a list of names or of mappings with name, affiliation and email.",
        ["Ada Setzer", {"name": "Ben Leser", "affiliation": "The composing room", "email": "ben@example.org"}],
        ("authors", "byline"),
    ),
    Field("editor", "authors", "Who edited it; printed where no author is named.", "Clara Satz", ("editors",)),
    Field("translator", "authors", "Who translated it, for shops and libraries.", "Dora Drucker", ("translators",)),
    Field("illustrator", "authors", "Who drew its pictures, for shops and libraries.", "Emil Falz", ("illustrators",)),
    Field("date", "date", "The day of publication.", "2025-11-03", ("published",)),
    Field(
        "modified", "date", "The day of the last change.", "2025-11-10", ("updated", "date-modified", "lastmod", "last-modified")
    ),
    Field("lang", "language", "The language, as a BCP 47 tag.", "en-GB", ("language",)),
    Field("dir", "direction", "The direction of writing, where the language does not say it.", "rtl", choices=("ltr", "rtl")),
    Field("keywords", "texts", "What the article is about, as a list of words.", ["time", "standards"], ("tags",)),
    Field("publisher", "text", "Who publishes it.", "The Observatory Press"),
    Field("rights", "text", "Who may do what with it.", "CC BY 4.0", ("copyright", "license", "licence")),
    Field("identifier", "text", "An ISBN, DOI or other identifier.", "doi:10.1000/182", ("isbn", "doi")),
    Field("series", "text", "The series that it is part of.", "Technical briefings"),
    Field("issue", "text", "Its number in the series.", "No. 2"),
    Field("theme", "text", "The look: a theme's name, or a folder with a theme.toml.", "briefing", setting=True),
    Field("paper", "choice", "The paper, whatever the theme's.", "A5", ("papersize",), tuple(PAPERS), setting=True),
    Field("variant", "choice", "The theme made easier to read.", "large-print", choices=tuple(VARIANTS), setting=True),
    Field("cover", "path", "A picture for the cover of the EPUB; false for none.", "cover.jpg", ("cover-image",), setting=True),
    Field("toc", "switch", "Whether there is a table of contents; the theme decides where this is not said.", True, setting=True),
    Field("number-sections", "switch", "Whether sections are numbered.", False, ("numbered", "numbersections"), setting=True),
    Field(
        "notes",
        "choice",
        "Where notes are printed.",
        "footnotes",
        ("reference-location",),
        ("footnotes", "endnotes"),
        setting=True,
    ),
    Field(
        "note-numbering",
        "choice",
        "Whether footnotes count through the document or begin again at 1 in each chapter, a section of the highest level.",
        "chapter",
        choices=("document", "chapter"),
        setting=True,
    ),
    Field("lof", "switch", "Whether a list of figures follows the contents.", False, ("list-of-figures",), setting=True),
    Field("lot", "switch", "Whether a list of tables follows the contents.", False, ("list-of-tables",), setting=True),
)
NAMES: Mapping[str, Field] = {name: field for field in FIELDS for name in (field.name, *field.aliases)}
AUTHOR_KEYS = ("name", "affiliation", "email")

# Keys that other programs print nothing from: not worth a warning in an article that is also published by them
# fmt: off
FOREIGN = frozenset(
    {
        "aliases", "bibliography", "categories", "category", "citation-style", "comments", "csl", "documentclass", "draft",
        "engine", "execute", "fontsize", "format", "geometry", "header-includes", "id", "image", "jupyter", "katex", "layout",
        "linkcolor", "mainfont", "math", "nav_order", "order", "output", "params", "permalink", "redirect_from", "sidebar",
        "slug", "toc-depth", "toc-title", "type", "url", "version", "weight",
    }
)
# fmt: on

TEXT = {"type": "string"}
SCALAR = {"type": ["string", "number", "boolean"]}
AUTHOR = {
    "anyOf": [
        TEXT,
        {
            "type": "object",
            "properties": {
                "name": TEXT,
                "affiliation": {"anyOf": [TEXT, {"type": "array", "items": TEXT}]},
                "email": {"type": "string", "format": "email"},
            },
            "required": ["name"],
            "additionalProperties": False,
        },
    ]
}
SCHEMAS: Mapping[FieldKind, Mapping[str, object]] = {
    "words": SCALAR,
    "blocks": TEXT,
    "text": SCALAR,
    "texts": {"anyOf": [SCALAR, {"type": "array", "items": SCALAR}]},
    "date": {"type": "string", "format": "date"},
    "authors": {"anyOf": [*AUTHOR["anyOf"], {"type": "array", "items": AUTHOR}]},
    "language": {"type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"},
    "direction": TEXT,
    "switch": {"type": "boolean"},
    "choice": TEXT,
    "path": {"anyOf": [TEXT, {"const": False}]},
}


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of an article's metadata: what docs/metadata.schema.json holds."""
    properties: dict[str, object] = {}
    for field in FIELDS:
        described = schema_of(field)
        properties[field.name] = {**described, "description": field.description, "examples": [field.example]}
        for alias in field.aliases:
            properties[alias] = {**described, "description": f"Another name for {field.name}."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The metadata of an article",
        "type": "object",
        "properties": properties,
        "propertyNames": {"enum": [*properties, *sorted(FOREIGN)]},
    }


def schema_of(field: Field) -> Mapping[str, object]:
    """The JSON Schema of a field's value: its choices, or what its kind holds."""
    return {"enum": list(field.choices)} if field.choices else SCHEMAS[field.kind]


if __name__ == "__main__":
    import json

    print(json.dumps(json_schema(), indent=2, ensure_ascii=False))

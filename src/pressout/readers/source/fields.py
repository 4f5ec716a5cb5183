"""Fields: the values of the front matter as the model's metadata, and their passages in the map."""

from __future__ import annotations

import datetime
import difflib
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pressout.diagnostics import Report, Span
from pressout.metadata import AUTHOR_KEYS, FieldKind
from pressout.model import Author, Blocks, Inlines, Metadata, Note
from pressout.readers.source.blocks import BlockReader
from pressout.readers.source.excerpt import Excerpt, excerpt
from pressout.readers.source.frontmatter import Entry, FrontMatter, scalar, wrong
from pressout.readers.source.kinds import KINDS
from pressout.readers.source.placement import identity
from pressout.readers.source.syntax import tokens_of
from pressout.readers.sourcemap import Passage, Run

if TYPE_CHECKING:
    from yaml.nodes import Node, ScalarNode

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt ]\s*(.*))?$")
TIME = re.compile(  # 12:00, 12:00:00.5, 120000, 3 pm, with a zone or without
    r"(?:(?:[01]?\d|2[0-3])(?::?[0-5]\d(?::?(?:[0-5]\d|60)(?:[.,]\d+)?)?)?|24:?00(?::?00)?)\s*(?:[ap]\.?m\.?)?"
    r"\s*(?:[a-z]{1,5}|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?$",
    re.IGNORECASE,
)
WRITTEN = re.compile(
    r"(?:(?P<day>\d{1,2})(?:\.|st|nd|rd|th|º|er)?\s+(?:de\s+|del\s+)?(?P<month>[^\W\d_]+\.?)"
    r"|(?P<first>[^\W\d_]+\.?)\s+(?P<second>\d{1,2})(?:st|nd|rd|th)?),?\s+(?:de\s+|del\s+)?(?P<year>\d{4})(?:\s*(?:г\.|р\.))?"
)
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")
JOINED = re.compile(r"\s*(?:;|\s&\s|,?\s(?:and|und|et|y|e|en|и|і)\s)\s*")
NAME = re.compile(
    r"(?!(?:The|Die|Der|Das|Le|La|Les|El|Los)\b)[^\W\d_][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|de|del|della|di|da|dos|du|van|von|der|den|zu|la|le|bin|ibn|ter|ten)){1,4}$"
)
OTHER_AUTHOR_KEYS = ("affiliations", "orcid", "url", "corresponding", "degrees", "roles", "id", "bio", "twitter")
PEOPLE = {name: f"{name}s" for name in ("author", "editor", "translator", "illustrator")}
CHOICES = {
    "document": "endnotes",
    "block": "footnotes",
    "section": "endnotes",
    "margin": "footnotes",
}  # reference-location of pandoc


@dataclass(slots=True)
class FieldReader:
    """Reads the values of a front matter; what is printed goes to the map."""

    matter: FrontMatter
    report: Report
    passages: list[Passage] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def metadata(self) -> Metadata:
        """The metadata of all entries; what is wrong is named and left out."""
        values: dict[str, Any] = {}
        settings: dict[str, object] = {}
        for name, entry in self.matter.entries.items():
            value = READ[entry.field.kind](self, entry)
            if value is not None:
                (settings if entry.field.setting else values)[PEOPLE.get(name, name)] = value
        spans = {name: self.matter.copy.span(entry.start, entry.end) for name, entry in self.matter.entries.items()}
        return Metadata(**values, settings=settings, spans=spans | self._pieces(spans))

    def _pieces(self, spans: Mapping[str, Span]) -> dict[str, Span]:
        """Where each printed piece of a value begins: `author.0` for the first name, `title.0` behind its quotation mark."""
        counts: Counter[str] = Counter()
        pieces: dict[str, Span] = {}
        for passage in self.passages:
            if passage.label in spans:
                name = f"{passage.label}.{counts[passage.label]}"
                pieces[name] = replace(spans[passage.label], start=passage.key, end=passage.end)
                counts[passage.label] += 1
        return pieces

    def words(self, entry: Entry) -> Inlines | None:
        """A line of text with its marks."""
        node = scalar(self.matter, entry)
        if not node:
            return None
        reader = self._reader(node)
        content = reader.leaf("metadata", reader.line(reader.copy.text.rstrip(), identity(reader.copy)))
        self._keep(reader, entry)
        return content

    def blocks(self, entry: Entry) -> Blocks | None:
        """Paragraphs, and whatever else stands in them."""
        node = scalar(self.matter, entry)
        if not node:
            return None
        reader = self._reader(node)
        reader.tokens, reader.env = tokens_of(reader.copy.text)
        blocks = reader.blocks()
        self._keep(reader, entry)
        return blocks

    def _reader(self, node: ScalarNode) -> BlockReader:
        env: dict[str, Any] = {"notes": set(), "abbreviations": {}, "orphans": [], "ids": set()}
        return BlockReader(self.excerpt(node), self.report, env, [], KINDS)

    def excerpt(self, node: ScalarNode) -> Excerpt:
        """A value as a text of its own, which knows its places in the file."""
        copy, start, end = self.matter.copy, self.matter.start(node), self.matter.end_of(node)
        if node.style in ("'", '"'):
            return excerpt(copy, node.value, start + 1, end - 1)
        if node.style in ("|", ">"):
            start = copy.text.find("\n", start) + 1
        return excerpt(copy, node.value, start, end)

    def _keep(self, reader: BlockReader, entry: Entry) -> None:
        self.notes.extend(reader.notes)
        self.passages.extend(replace(each, kind="metadata", label=entry.field.name) for each in reader.passages)

    def text(self, entry: Entry) -> str | None:
        """A line without marks; None where the entry holds none."""
        node = scalar(self.matter, entry)
        return self._plain(node, entry) if node else None

    def _plain(self, node: ScalarNode, entry: Entry) -> str:
        """A value without marks, on one line."""
        written = self.excerpt(node)
        value = " ".join(node.value.split())
        start, end = written.raw(0), written.raw_end(len(written.text))
        exact = value == written.text and end - start == len(value)
        run = Run(0, len(value), start, end if exact else max(end, start + 1))
        lines = self.matter.copy.lines(start, end)
        self.passages.append(Passage(start, "metadata", value, (run,), start, end, lines, label=entry.field.name))
        return value

    def texts(self, entry: Entry) -> tuple[str, ...] | None:
        """A list of texts; a single one may hold several, parted by commas."""
        items = self._items(entry.node)
        found = [self._plain(node, entry) for item in items if (node := scalar(self.matter, entry, item))]
        if items == [entry.node]:
            found = [word.strip() for each in found for word in re.split("[,;]", each) if word.strip()]
        return tuple(found)

    def _items(self, node: Node) -> list[Node]:
        from yaml.nodes import SequenceNode

        return list(node.value) if isinstance(node, SequenceNode) else [node]

    def date(self, entry: Entry) -> datetime.date | None:
        """A day, as 2025-11-03 or in words."""
        node = scalar(self.matter, entry)
        if not node:
            return None
        value = node.value.strip()
        parts = parts_of_day(value)
        found = day(*parts) if parts else None
        if not parts:
            hint = f"write {entry.key}: {entry.field.example}"
            self.report.warn(f"'{value}' is no day that pressout can read", self.matter.span(node), hint=hint)
        elif not found:
            wrong(self.matter, node, f"there is no such day as '{value}'", entry)
        elif (iso := ISO.match(value)) and iso[4] and not TIME.match(iso[4]):
            self.report.warn(
                f"'{iso[4]}' is no time; the day alone is used", self.matter.span(node), hint=f"write {entry.key}: {found}"
            )
        return found

    def authors(self, entry: Entry) -> tuple[Author, ...]:
        """People; several in one line are parted, those of a list are not."""
        items = self._items(entry.node)
        found = [author for item in items for author in self._author(item, entry)]
        if items == [entry.node]:
            return tuple(replace(author, name=name) for author in found for name in names(author.name))
        return tuple(found)

    def _author(self, node: Node, entry: Entry) -> list[Author]:
        from yaml.nodes import MappingNode

        if not isinstance(node, MappingNode):
            name = scalar(self.matter, entry, node)
            return [Author(self._plain(name, entry))] if name else []
        values = {str(key.value): value for key, value in node.value}
        for key, _ in node.value:
            if key.value not in (*AUTHOR_KEYS, *OTHER_AUTHOR_KEYS):
                hint = f"an author has: {', '.join(AUTHOR_KEYS)}"
                self.report.warn(f"an author has no '{key.value}'", self.matter.span(key), hint=hint)
        if "name" not in values:
            wrong(self.matter, node, "this author has no name", entry)
            return []
        told = {key: self._author_text(values[key], entry) for key in AUTHOR_KEYS if key in values}
        return [Author(**told)] if told["name"] else []

    def _author_text(self, node: Node, entry: Entry) -> str:
        """A value of an author; several affiliations are joined, and of a mapping the names in it are taken."""
        from yaml.nodes import MappingNode

        parts = []
        for item in self._items(node):
            if isinstance(item, MappingNode):
                named = {str(key.value): value for key, value in item.value}
                keys = [key for key in ("literal", "name", "given", "family") if key in named]
                parts.append(" ".join(self._author_text(named[key], entry) for key in keys))
            elif value := scalar(self.matter, entry, item):
                parts.append(self._plain(value, entry))
        return ", ".join(filter(None, parts))

    def language(self, entry: Entry) -> str | None:
        """A language tag (RFC 5646), `_` read as `-`; None where it is none."""
        node = scalar(self.matter, entry)
        value = node.value.strip().replace("_", "-") if node else ""
        if node and not LANGUAGE.match(value):
            wrong(self.matter, node, f"'{value}' is no language tag", entry)
            return None
        return value or None

    def choice(self, entry: Entry) -> str | None:
        """One of the words that there are; pandoc's words for the place of notes are known."""
        node = scalar(self.matter, entry)
        if not node:
            return None
        word = str(node.value).strip().lower()
        known = {choice.lower(): choice for choice in entry.field.choices}
        value = known.get(CHOICES.get(word, word))
        if value:
            return value
        words = " or ".join(entry.field.choices)
        near = difflib.get_close_matches(word, known, 1)
        hint = f"did you mean '{known[near[0]]}'?" if near else f"write {entry.key}: {words}"
        self.report.error(f"'{entry.key}' is {words}, not '{node.value}'", self.matter.span(node), hint=hint)
        return None

    def switch(self, entry: Entry) -> bool | None:
        """True or false, as YAML says them; None for all else."""
        node = scalar(self.matter, entry)
        if not node:
            return None
        if node.tag != "tag:yaml.org,2002:bool":
            wrong(self.matter, node, f"'{entry.key}' is true or false, not '{node.value}'", entry)
            return None
        return node.value.lower() in ("true", "yes", "on")

    def path(self, entry: Entry) -> str | bool | None:
        """The name of a file, or true or false."""
        node = scalar(self.matter, entry)
        if node and node.tag == "tag:yaml.org,2002:bool":
            return node.value.lower() in ("true", "yes", "on")
        return node.value.strip() if node else None


READ: Mapping[FieldKind, Callable[[FieldReader, Entry], object]] = {
    "words": FieldReader.words,
    "blocks": FieldReader.blocks,
    "text": FieldReader.text,
    "texts": FieldReader.texts,
    "date": FieldReader.date,
    "authors": FieldReader.authors,
    "language": FieldReader.language,
    "direction": FieldReader.choice,
    "switch": FieldReader.switch,
    "choice": FieldReader.choice,
    "path": FieldReader.path,
}


def day(year: int, month: int, number: int) -> datetime.date | None:
    """A day of the calendar; None for one that there is not, as 30 February."""
    try:
        return datetime.date(year, month, number)
    except ValueError:
        return None


def parts_of_day(value: str) -> tuple[int, int, int] | None:
    """Year, month and day as people write them, in any language whose months pressout knows: 3. November 2025, Nov 3, 2025."""
    from pressout.terms import month_numbers

    if iso := ISO.match(value):
        return int(iso[1]), int(iso[2]), int(iso[3])
    match = WRITTEN.fullmatch(value)
    if not match:
        return None
    word = (match["month"] or match["first"]).casefold().rstrip(".")
    numbers = {number for name, number in month_numbers().items() if name == word or (len(word) > 2 and name.startswith(word))}
    return (int(match["year"]), numbers.pop(), int(match["day"] or match["second"])) if len(numbers) == 1 else None


def names(value: str) -> list[str]:
    """The people in one line: joined by 'and', '&' or ';', and then by commas too; a comma alone may stand before a title.

    `Ada Setzer, Ben Leser and Cy Drucker` are three; `Ada Setzer, PhD`, `Setzer, Ada` and `The Research and Policy Team` are one.
    """
    parts = [part for part in JOINED.split(value) if part]
    if len(parts) < 2:
        return [value]
    listed = [name for part in parts for name in part.split(", ")]
    for people in (listed, parts):
        if all(NAME.match(person) for person in people):
            return people
    return parts if ";" in value else [value]

"""Leftovers: words of a source that no output shows, each named with its place, so that none is lost unseen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pressout.diagnostics import Report, Span
from pressout.model import Image, Inlines
from pressout.readers.source.html_source import Tag
from pressout.walk import walk

if TYPE_CHECKING:
    from pressout.readers.source.blocks import BlockReader

CARRIED = {"a": "title", "abbr": "title", "acronym": "title", "img": "title"}  # tags whose title has a place in the model
SPOKEN = ("title", "summary", "placeholder", "label", "value")  # attributes that hold words for people
SHOWN = 40  # characters of what is left out, enough to find it


class Targets(dict[str, Any]):
    """The link targets of a document by their labels, as markdown-it looks them up; `asked` are those that a link has."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get(self, label: str, default: Any = None) -> Any:
        """The target of a label, which is one that a link has from now on."""
        self.asked.add(label)
        return super().get(label, default)


def warn_targets(reader: BlockReader) -> None:
    """Name the link targets that stand twice, of which the first is taken (CommonMark 0.31.2, 4.7), and those of no link."""
    targets: Targets = reader.env["references"]
    for again in reader.env.get("duplicate_refs", ()):
        span = _line(reader, again["map"][0])
        reader.report.warn(
            f"there are two targets for links called '{again['label'].lower()}'; the first one is used",
            span,
            hint="give each a label of its own",
        )
    for label, target in targets.items():
        if label not in targets.asked:
            reader.report.note(f"the target '{label.lower()}' is that of no link", _line(reader, target["map"][0]))


def warn_abbreviations(reader: BlockReader) -> None:
    """Name what an abbreviation is said to stand for a second time."""
    for short, place in reader.env.get("abbreviated twice", ()):
        reader.report.warn(f"the abbreviation '{short}' is explained twice; the first one is used", reader.copy.span(*place))


def _line(reader: BlockReader, number: int) -> Span:
    start = reader.copy.starts[number]
    text = reader.copy.text[start : reader.copy.line_end(number)]
    return reader.copy.span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def warn_info(reader: BlockReader, words: str, start: int) -> None:
    """Name what stands behind the language of a code fence, where no output has a place for it."""
    span = reader.copy.span(start, start + len(words))
    hint = 'write {caption="..."} for a caption'
    reader.report.warn(f"{shown(words)} behind the language of this code is left out", span, hint=hint)


def warn_titles(report: Report, content: Inlines) -> None:
    """Name the titles of pictures in a line: those of figures are captions, these are seen at most under a pointer."""
    for piece in walk(content):
        match piece:
            case Image(title=title, span=span) if title:
                report.note(f"{shown(title)} is printed nowhere: a picture in a line has no caption", span)
            case _:
                pass


def warn_markup(report: Report, text: str, span: Span) -> None:
    """Name what looks like a tag and is none: an instruction, a declaration, character data. Comments are meant for nobody."""
    if not text.startswith("<!--"):
        report.warn(f"{shown(text)} is left out: instructions and declarations of HTML are no text", span)


def warn_attributes(report: Report, tag: Tag, span: Span) -> None:
    """Name the words in a tag's attributes that no output has a place for."""
    for name in _lost(tag):
        report.warn(f"{shown(tag.attributes[name])}, the {name} of <{tag.name}>, is left out", span)


def _lost(tag: Tag) -> Iterable[str]:
    carried = CARRIED.get(tag.name)
    spoken = SPOKEN if tag.name != "li" else SPOKEN[:-1]  # the value of an item is its number
    return (name for name in spoken if name != carried and any(map(str.isalpha, tag.attributes.get(name, ""))))


def shown(words: str) -> str:
    """The words in quotes, on one line, cut where they are long."""
    plain = " ".join(words.split())
    return f"'{plain}'" if len(plain) <= SHOWN else f"'{plain[:SHOWN].rstrip()}…'"

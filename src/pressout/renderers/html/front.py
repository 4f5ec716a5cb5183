"""What comes before the text in print: the cover's page, the imprint, the contents, the lists of figures and of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pressout.model import Blocks, Document, Figure, Inlines, Metadata, Section, Table
from pressout.renderers.html.markup import Context, element, text
from pressout.renderers.html.notes import ENDNOTES, at_end
from pressout.terms import label, term
from pressout.theme import Theme
from pressout.walk import plain_text, walk

Kind = Literal["figure", "table"]

FEW = 2  # figures or tables; so many are found without a list
RUNNING_TITLE = 90  # characters of a title beside the text: three or four lines of a margin
SHORT_TITLE = 40  # characters of a title in the slug of a manuscript
# The lists that a book may have: what they are of, what they are called, the setting by which an article asks for one
LISTS: tuple[tuple[Kind, str, str], ...] = (("figure", "list-of-figures", "lof"), ("table", "list-of-tables", "lot"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list of figures or tables: what the thing is called, its caption, the id of the thing."""

    label: str
    caption: Inlines
    target: str


def cover_page() -> str:
    """The page for the cover, which is drawn behind it: its words are those of the title block, so nobody need read them twice."""
    return element("div", "", {"class": "cover-page"})


def imprint(metadata: Metadata) -> str:
    """Who publishes the article, and under what rights, at the foot of the title's page."""
    return house_imprint(metadata.imprint, metadata.publisher, metadata.rights)


def house_imprint(*words: str) -> str:
    """The lines of an imprint."""
    lines = [element("p", text(line), {"class": "imprint"}) for line in words if line]
    return element("div", "\n" + "".join(f"{line}\n" for line in lines), {"class": "imprint-block"}) if lines else ""


def slug(metadata: Metadata) -> str:
    """What stands at the head of a manuscript's pages: the author's family name and the beginning of the title."""
    name = metadata.authors[0].name.split()[-1:] if metadata.authors else []
    title = _beginning(plain_text(metadata.title), SHORT_TITLE)
    return " / ".join(filter(None, [*(word.upper() for word in name), title]))


def running_title(title: str) -> str:
    """A title as it stands beside the text of later pages, where it has a few short lines."""
    return title if len(title) <= RUNNING_TITLE else f"{_beginning(title, RUNNING_TITLE)} …"


def _beginning(words: str, longest: int) -> str:
    if len(words) <= longest:
        return words
    return words[:longest].rpartition(" ")[0].rstrip(" :;,.–—-") or words[:longest]


# Contents


def contents_list(document: Document, levels: int, context: Context) -> str:
    """The contents as links; their page numbers are the sheet's to add."""
    title = element("h2", text(term("contents", context.lang)), {"class": "contents-title"})
    items = _items(document.blocks, 1, levels, context, bylines(document)) + _endnotes(document, context)
    entries = _listed(items)
    return element("nav", f"\n{title}\n{entries}", {"class": "contents", "role": "doc-toc"}) if entries else ""


def bylines(document: Document) -> Mapping[str, str]:
    """Who wrote each article of a collection, by the id of its section; empty for a single article."""
    return {name: ", ".join(author.name for author in metadata.authors) for name, metadata in document.articles.items()}


def _endnotes(document: Document, context: Context) -> str:
    """The line that leads to the notes at the end, if they stand there."""
    link = element("a", text(term("notes", context.lang)), {"href": context.href(ENDNOTES)})
    return element("li", link, {"class": "contents-1"}) + "\n" if at_end(document) else ""


def _listed(items: str) -> str:
    return element("ol", f"\n{items}") + "\n" if items else ""


def _items(blocks: Blocks, level: int, levels: int, context: Context, names: Mapping[str, str]) -> str:
    if level > levels:
        return ""
    return "".join(_item(block, level, levels, context, names) + "\n" for block in blocks if isinstance(block, Section))


def _item(section: Section, level: int, levels: int, context: Context, names: Mapping[str, str]) -> str:
    """A line of the contents, who wrote it, and the lines below it."""
    authors = names.get(section.attributes.id, "")
    written = element("p", text(authors), {"class": "contents-2"}) if authors else ""
    own = {"class": f"contents-{level}", "lang": section.attributes.lang, "dir": section.attributes.dir}
    below = _listed(_items(section.blocks, level + 1, levels, context, names))
    return element("li", _entry(section, context) + written + below, own)


def _entry(section: Section, context: Context) -> str:
    number = element("span", text(section.heading.number), {"class": "heading-number"}) + " " if section.heading.number else ""
    return element("a", number + text(plain_text(section.heading.content)), {"href": context.href(section.attributes.id)})


# Lists of figures and tables


def wanted_lists(document: Document, theme: Theme) -> Iterator[tuple[str, list[Entry]]]:
    """The lists that the article asks for, or the theme where they are long enough: what each is called, and its entries."""
    for kind, name, setting in LISTS:
        entries = list(captioned(document.blocks, kind, document.metadata.lang))
        asked = document.metadata.settings.get(setting)
        if entries and (asked if isinstance(asked, bool) else theme.front.lists and len(entries) > FEW):
            yield name, entries


def captioned(blocks: Blocks, wanted: Kind, lang: str) -> Iterator[Entry]:
    """The numbered figures or tables, in their order."""
    for piece in walk(blocks):
        match piece:
            case Figure(number=number) | Table(number=number) if number and wanted == _kind(piece):
                yield Entry(label(wanted, number, lang), piece.caption, piece.attributes.id)
            case _:
                continue


def _kind(piece: Figure | Table) -> Kind:
    return "figure" if isinstance(piece, Figure) else "table"


def caption_lists(document: Document, theme: Theme, context: Context) -> str:
    """The lists of figures and of tables, each as a list of links."""
    return "\n".join(_caption_list(name, entries, context) for name, entries in wanted_lists(document, theme))


def _caption_list(name: str, entries: list[Entry], context: Context) -> str:
    title = element("h2", text(term(name, context.lang)), {"class": "contents-title"})
    items = "".join(element("li", _caption(entry, context), {"class": "contents-2"}) + "\n" for entry in entries)
    return element(
        "nav", f"\n{title}\n{element('ol', items)}\n", {"class": "contents captions", "aria-label": term(name, context.lang)}
    )


def _caption(entry: Entry, context: Context) -> str:
    words = element("span", text(entry.label), {"class": "heading-number"}) + " " + text(plain_text(entry.caption))
    return element("a", words, {"href": context.href(entry.target)})

"""An editor's hands: what can be edited in a Word file, and tracked changes as Word writes them; shares no code with pressout."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML = "{http://www.w3.org/XML/1998/namespace}"
DATE = "2026-01-15T09:00:00Z"
BODY, NOTES, COMMENTS = "word/document.xml", "word/footnotes.xml", "word/comments.xml"
BOLD_STYLES = ("Heading", "Title", "TableHead", "Term", "Question", "Standfirst", "Series")
# Where there is one paragraph and no other: the title block, what belongs to a picture or a table
SINGLE = ("Title", "Standfirst", "Authors", "Date", "Series", "Abstract", "Keywords", "Caption", "Source", "Attribution", "Term")


@dataclass
class Editor:
    """Edits the stories of one file; every change carries the author's name and an id of its own."""

    stories: Mapping[str, etree._Element]
    random: random.Random
    author: str = "Ed Itor"
    comments: list[tuple[int, str]] = field(default_factory=list)
    last_id: int = 90000

    def change(self, tag: str) -> etree._Element:
        return etree.Element(f"{W}{tag}", {f"{W}id": str(self.next_id()), f"{W}author": self.author, f"{W}date": DATE})

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    @property
    def paragraphs(self) -> list[etree._Element]:
        return [paragraph for story in self.stories.values() for paragraph in paragraphs(story)]


# The file


def stories(docx: bytes) -> dict[str, etree._Element]:
    """The texts of a file that an editor can get at: the body, the notes."""
    archive = zipfile.ZipFile(io.BytesIO(docx))
    return {name: etree.fromstring(archive.read(name)) for name in (BODY, NOTES) if name in archive.namelist()}


def with_parts(docx: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The file with some of its parts put in place of what was there, added, or (None) taken out."""
    source, target = zipfile.ZipFile(io.BytesIO(docx)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in [*source.namelist(), *(name for name in parts if name not in source.namelist())]:
            data = parts[name] if name in parts else source.read(name)
            if data is not None:
                archive.writestr(name, data)
    return target.getvalue()


def as_bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def edited(docx: bytes, editor: Editor) -> bytes:
    """The file with the editor's stories and comments."""
    parts: dict[str, bytes | None] = {name: as_bytes(root) for name, root in editor.stories.items()}
    if editor.comments:
        parts |= _commented(zipfile.ZipFile(io.BytesIO(docx)), editor)
    return with_parts(docx, parts)


def _commented(source: zipfile.ZipFile, editor: Editor) -> dict[str, bytes | None]:
    space, office = f'xmlns:w="{W[1:-1]}"', "application/vnd.openxmlformats-officedocument.wordprocessingml"
    texts = "".join(
        f'<w:comment w:id="{number}" w:author="{editor.author}" w:date="{DATE}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>'
        for number, text in editor.comments
    )
    types = source.read("[Content_Types].xml").decode()
    links = source.read("word/_rels/document.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    override = f'<Override PartName="/{COMMENTS}" ContentType="{office}.comments+xml"/></Types>'
    link = f'<Relationship Id="rIdEditor" Type="{kind}" Target="comments.xml"/></Relationships>'
    return {
        COMMENTS: f"<w:comments {space}>{texts}</w:comments>".encode(),
        "[Content_Types].xml": types.replace("</Types>", override).encode(),
        "word/_rels/document.xml.rels": links.replace("</Relationships>", link).encode(),
    }


# What can be edited


def anchors(paragraph: etree._Element) -> list[str]:
    """The names of the anchors in a paragraph."""
    names = (mark.get(f"{W}name") or "" for mark in paragraph.iter(f"{W}bookmarkStart"))
    return [name for name in names if name.startswith("_po_")]


def paragraphs(root: etree._Element) -> list[etree._Element]:
    """The paragraphs that came from the source: those that carry an anchor and whose mark no edit has touched."""
    return [
        paragraph
        for paragraph in root.iter(f"{W}p")
        if anchors(paragraph)
        and style_of(paragraph) not in ("Date", "Keywords")  # written from data, not from words
        and not any(paragraph.find(f"{W}pPr/{W}rPr/{W}{tag}") is not None for tag in ("ins", "del", "moveFrom", "moveTo"))
    ]


def runs(paragraph: etree._Element) -> list[etree._Element]:
    """The runs of plain text that no change has touched and no field holds."""
    return list(_runs(paragraph))


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    depth = 0
    for run in paragraph.iter(f"{W}r"):
        for mark in run.iter(f"{W}fldChar"):
            depth += {"begin": 1, "end": -1}.get(mark.get(f"{W}fldCharType"), 0)
        kinds = {child.tag for child in run if child.tag != f"{W}rPr"}
        if depth == 0 and kinds == {f"{W}t"} and run.getparent().tag in (f"{W}p", f"{W}hyperlink") and not _is_label(run):
            yield run


def _is_label(run: etree._Element) -> bool:
    """Whether pressout wrote it for itself ("Figure"): an editor leaves it alone."""
    style = run.find(f"{W}rPr/{W}rStyle")
    return style is not None and style.get(f"{W}val") in ("CaptionLabel", "FootnoteReference")


def words(paragraph: etree._Element) -> list[tuple[etree._Element, int, int]]:
    """Each word inside one run: the run, where it begins and ends."""
    found = []
    for run in runs(paragraph):
        text, start = text_of(run), 0
        for piece in text.split(" "):
            if piece:
                found.append((run, start, start + len(piece)))
            start += len(piece) + 1
    return found


def text_of(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))


def is_code(paragraph: etree._Element) -> bool:
    return "code" in style_of(paragraph).lower()


def is_bold(paragraph: etree._Element) -> bool:
    """Whether its style is bold already: what is bold in it can't be told from the rest, in Word or on paper."""
    return any(name in style_of(paragraph) for name in BOLD_STYLES)


def is_single(paragraph: etree._Element) -> bool:
    """Whether it stands where there is one paragraph and no other: in a cell, a note, a caption, the title block."""
    return paragraph.getparent().tag in (f"{W}tc", f"{W}footnote") or any(name in style_of(paragraph) for name in SINGLE)


def is_front(paragraph: etree._Element) -> bool:
    """Whether it stands in the title block, whose fields are plain text in the source."""
    return style_of(paragraph).startswith(("Title", "Subtitle", "Standfirst", "Authors", "Series", "Abstract"))


def is_whole(paragraph: etree._Element) -> bool:
    """Whether every run is plain text that an edit may take away."""
    return bool(runs(paragraph)) and set(paragraph.iter(f"{W}r")) == set(runs(paragraph))


def following(paragraph: etree._Element) -> etree._Element | None:
    """The next paragraph, where one follows at once."""
    after = paragraph.getnext()
    return after if after is not None and after.tag == f"{W}p" else None


# The hands


def cut(run: etree._Element, start: int, end: int) -> etree._Element:
    """Cut a run in up to three; the piece from `start` to `end` comes back."""
    text, parent = text_of(run), run.getparent()
    place = parent.index(run)
    pieces = [run_like(run, part) for part in (text[:start], text[start:end], text[end:])]
    parent.remove(run)
    for piece in reversed(pieces):
        if text_of(piece):
            parent.insert(place, piece)
    return pieces[1]


def run_like(run: etree._Element | None, text: str) -> etree._Element:
    """A new run with the properties of another."""
    new = etree.Element(f"{W}r")
    properties = None if run is None else run.find(f"{W}rPr")
    if properties is not None:
        new.append(deepcopy(properties))
    element = etree.SubElement(new, f"{W}t")
    element.text = text
    element.set(f"{XML}space", "preserve")
    return new


def delete_run(editor: Editor, run: etree._Element, tag: str = "del") -> None:
    wrap(editor, run, tag)
    if tag == "del":
        for element in run.iter(f"{W}t"):
            element.tag = f"{W}delText"


def wrap(editor: Editor, run: etree._Element, tag: str) -> None:
    wrapper = editor.change(tag)
    run.getparent().replace(run, wrapper)
    wrapper.append(run)


def insert_run(editor: Editor, like: etree._Element, text: str, *, after: bool = True) -> None:
    wrapper = editor.change("ins")
    wrapper.append(run_like(like, text))
    parent = like.getparent()
    if parent.tag == f"{W}del":
        like, parent = parent, parent.getparent()
    parent.insert(parent.index(like) + int(after), wrapper)


def mark(editor: Editor, paragraph: etree._Element, tag: str) -> None:
    """Track the paragraph's own mark as inserted, deleted or moved."""
    properties = properties_of(paragraph)
    own = properties.find(f"{W}rPr")
    if own is None:
        own = etree.Element(f"{W}rPr")
        change = properties.find(f"{W}pPrChange")
        properties.insert(len(properties) if change is None else properties.index(change), own)
    own.insert(0, editor.change(tag))


def properties_of(paragraph: etree._Element) -> etree._Element:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    return properties


def new_paragraph(like: etree._Element | None) -> etree._Element:
    """An empty paragraph with the layout of another, and none of its changes."""
    new = etree.Element(f"{W}p")
    properties = None if like is None else like.find(f"{W}pPr")
    if properties is not None:
        copy = deepcopy(properties)
        for tag in ("rPr", "pPrChange"):
            for element in copy.findall(f"{W}{tag}"):
                copy.remove(element)
        new.append(copy)
    return new

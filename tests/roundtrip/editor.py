"""A tireless editor: random tracked edits written straight into Word XML, as Word writes them; shares no code with pressout."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML = "{http://www.w3.org/XML/1998/namespace}"
DATE = "2026-01-15T09:00:00Z"
WORDS = ["however", "clearly", "the", "draft", "evidence", "therefore", "quietly", "measured", "reader", "margin", "seven"]
SPECIALS = [
    "a*b*c",
    "<tag>",
    "&amp;",
    "[x](y)",
    "`tick`",
    "# hash",
    "1. one",
    "snake_case_name",
    "\\back",
    "| pipe",
    "_under_",
    "~~no~~",
    "![i](j)",
]

Edit = Callable[["Editor", etree._Element], bool]


@dataclass
class Editor:
    """Edits one story; every change carries the author's name and an id of its own."""

    root: etree._Element
    random: random.Random
    author: str = "Ed Itor"
    made: list[str] = field(default_factory=list)
    last_id: int = 90000

    def change(self, tag: str) -> etree._Element:
        self.last_id += 1
        return etree.Element(f"{W}{tag}", {f"{W}id": str(self.last_id), f"{W}author": self.author, f"{W}date": DATE})


def edit(docx: bytes, seed: int, count: int, kinds: tuple[str, ...] = ()) -> tuple[bytes, list[str]]:
    """The file with `count` random tracked edits, and the names of the edits made; the same seed makes the same edits."""
    source = zipfile.ZipFile(io.BytesIO(docx))
    root = etree.fromstring(source.read("word/document.xml"))
    editor = Editor(root, random.Random(seed))
    names = kinds or tuple(EDITS)
    for _ in range(count * 20):
        if len(editor.made) == count:
            break
        name = editor.random.choice(names)
        if EDITS[name](editor, editor.random.choice(paragraphs(root))):
            editor.made.append(name)
    return _with_story(source, root), editor.made


def _with_story(source: zipfile.ZipFile, root: etree._Element) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            archive.writestr(name, data)
    return target.getvalue()


# What can be edited


def paragraphs(root: etree._Element) -> list[etree._Element]:
    """The paragraphs that came from the source: those that carry an anchor and that no earlier edit has touched as a whole."""
    return [
        paragraph
        for paragraph in root.iter(f"{W}p")
        if any((mark.get(f"{W}name") or "").startswith("_po_") for mark in paragraph.iter(f"{W}bookmarkStart"))
        and paragraph.find(f"{W}pPr/{W}rPr/{W}del") is None
        and paragraph.find(f"{W}pPr/{W}rPr/{W}ins") is None
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
        if depth == 0 and kinds == {f"{W}t"} and run.getparent().tag in (f"{W}p", f"{W}hyperlink"):
            yield run


def words(paragraph: etree._Element) -> list[tuple[etree._Element, int, int]]:
    """Each word inside one run: the run, where it begins and ends."""
    found = []
    for run in runs(paragraph):
        text, start = _text(run), 0
        for piece in text.split(" "):
            if piece:
                found.append((run, start, start + len(piece)))
            start += len(piece) + 1
    return found


def _text(run: etree._Element) -> str:
    return "".join(element.text or "" for element in run.iter(f"{W}t"))


# The tools


def cut(run: etree._Element, start: int, end: int) -> etree._Element:
    """Cut a run in up to three; the piece from `start` to `end` comes back."""
    text, parent = _text(run), run.getparent()
    place = parent.index(run)
    pieces = [_run_like(run, part) for part in (text[:start], text[start:end], text[end:])]
    parent.remove(run)
    for piece in reversed(pieces):
        if _text(piece):
            parent.insert(place, piece)
    return pieces[1]


def _run_like(run: etree._Element, text: str) -> etree._Element:
    new = etree.Element(f"{W}r")
    properties = run.find(f"{W}rPr")
    if properties is not None:
        new.append(deepcopy(properties))
    element = etree.SubElement(new, f"{W}t")
    element.text = text
    element.set(f"{XML}space", "preserve")
    return new


def delete_run(editor: Editor, run: etree._Element) -> None:
    wrapper = editor.change("del")
    run.getparent().replace(run, wrapper)
    wrapper.append(run)
    for element in run.iter(f"{W}t"):
        element.tag = f"{W}delText"


def insert_run(editor: Editor, like: etree._Element, text: str, *, after: bool = True) -> None:
    wrapper = editor.change("ins")
    wrapper.append(_run_like(like, text))
    parent = like.getparent()
    if parent.tag == f"{W}del":
        like, parent = parent, parent.getparent()
    parent.insert(parent.index(like) + int(after), wrapper)


def mark(editor: Editor, paragraph: etree._Element, tag: str) -> None:
    """Track the paragraph's own mark as inserted or deleted."""
    properties = _properties(paragraph)
    own = properties.find(f"{W}rPr")
    if own is None:
        own = etree.Element(f"{W}rPr")
        change = properties.find(f"{W}pPrChange")
        properties.insert(len(properties) if change is None else properties.index(change), own)
    own.insert(0, editor.change(tag))


def _properties(paragraph: etree._Element) -> etree._Element:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    return properties


# The edits: each says whether it could be made


def replace_word(editor: Editor, paragraph: etree._Element) -> bool:
    return _replace(editor, paragraph, editor.random.choice(WORDS))


def type_special(editor: Editor, paragraph: etree._Element) -> bool:
    return _replace(editor, paragraph, editor.random.choice(SPECIALS))


def _replace(editor: Editor, paragraph: etree._Element, text: str) -> bool:
    found = words(paragraph)
    if not found:
        return False
    run = cut(*editor.random.choice(found))
    insert_run(editor, run, text)
    delete_run(editor, run)
    return True


def insert_word(editor: Editor, paragraph: etree._Element) -> bool:
    found = words(paragraph)
    if not found:
        return False
    insert_run(editor, cut(*editor.random.choice(found)), " " + editor.random.choice(WORDS))
    return True


def delete_word(editor: Editor, paragraph: etree._Element) -> bool:
    found = words(paragraph)
    if len(found) < 3:
        return False
    run, start, end = editor.random.choice(found)
    delete_run(editor, cut(run, start, min(end + 1, len(_text(run)))))
    return True


def toggle(tag: str) -> Edit:
    """An edit that makes a word bold or italic, or plain again, and records what it was."""

    def apply(editor: Editor, paragraph: etree._Element) -> bool:
        found = [word for word in words(paragraph) if word[0].getparent().tag == f"{W}p"]
        if not found or _is_code(paragraph):
            return False
        run = cut(*editor.random.choice(found))
        properties = run.find(f"{W}rPr")
        if properties is None:
            properties = etree.Element(f"{W}rPr")
            run.insert(0, properties)
        if properties.find(f"{W}rStyle") is not None or properties.find(f"{W}rPrChange") is not None:
            return False
        old = deepcopy(properties)
        _switch(properties, tag)
        change = editor.change("rPrChange")
        old.tag = f"{W}rPr"
        change.append(old)
        properties.append(change)
        return True

    return apply


def _switch(properties: etree._Element, tag: str) -> None:
    present = properties.findall(f"{W}{tag}")
    for element in present + properties.findall(f"{W}{tag}Cs"):
        properties.remove(element)
    if not present:
        order = ["rStyle", "rFonts", "b", "bCs", "i", "iCs"]
        before = [child for child in properties if etree.QName(child).localname in order[: order.index(tag)]]
        properties.insert(len(before), etree.Element(f"{W}{tag}"))


def delete_paragraph(editor: Editor, paragraph: etree._Element) -> bool:
    if _in_cell(paragraph) or not _whole(paragraph) or paragraph.getnext() is None or paragraph.getnext().tag != f"{W}p":
        return False
    for run in runs(paragraph):
        delete_run(editor, run)
    mark(editor, paragraph, "del")
    return True


def insert_paragraph(editor: Editor, paragraph: etree._Element) -> bool:
    """A new paragraph of the same style after this one."""
    if _in_cell(paragraph) or not runs(paragraph) or paragraph.find(f"{W}pPr/{W}pPrChange") is not None:
        return False
    new = etree.Element(f"{W}p")
    if paragraph.find(f"{W}pPr") is not None:
        new.append(deepcopy(paragraph.find(f"{W}pPr")))
    wrapper = editor.change("ins")
    plain = etree.fromstring(f'<w:r xmlns:w="{W[1:-1]}"/>')
    wrapper.append(_run_like(plain, " ".join(editor.random.sample(WORDS, 5)).capitalize() + "."))
    new.append(wrapper)
    paragraph.addnext(new)
    mark(editor, new, "ins")
    return True


def split_paragraph(editor: Editor, paragraph: etree._Element) -> bool:
    found = [word for word in words(paragraph)[1:] if word[0].getparent().tag == f"{W}p" and word[1] > 0]
    if not found or _in_cell(paragraph) or _is_code(paragraph):
        return False
    run, start, _ = editor.random.choice(found)
    second = cut(run, start, len(_text(run)))
    new = etree.Element(f"{W}p")
    if paragraph.find(f"{W}pPr") is not None:
        new.append(deepcopy(paragraph.find(f"{W}pPr")))
    for element in [second, *second.itersiblings()]:
        new.append(element)
    for end in new.findall(f"{W}bookmarkEnd"):
        paragraph.append(end)
    paragraph.addnext(new)
    mark(editor, paragraph, "ins")
    return True


def merge_paragraphs(editor: Editor, paragraph: etree._Element) -> bool:
    following = paragraph.getnext()
    if _in_cell(paragraph) or following is None or following.tag != f"{W}p" or following not in paragraphs(editor.root):
        return False
    if _style(paragraph) != _style(following) or _is_code(paragraph) or not runs(paragraph) or not runs(following):
        return False
    insert_run(editor, runs(paragraph)[-1], " ")
    mark(editor, paragraph, "del")
    return True


def move_paragraph(editor: Editor, paragraph: etree._Element) -> bool:
    """A move as Word tracks one with moves switched off: deleted here, inserted there."""
    targets = [
        other
        for other in paragraphs(editor.root)
        if other is not paragraph and not _in_cell(other) and _style(other) == _style(paragraph)
    ]
    if (
        not targets
        or _in_cell(paragraph)
        or not _whole(paragraph)
        or paragraph.getnext() is None
        or paragraph.getnext().tag != f"{W}p"
    ):
        return False
    copy = deepcopy(paragraph)
    for tag in ("bookmarkStart", "bookmarkEnd"):
        for element in copy.findall(f"{W}{tag}"):
            copy.remove(element)
    for run in runs(copy):
        wrapper = editor.change("ins")
        run.getparent().replace(run, wrapper)
        wrapper.append(run)
    mark(editor, copy, "ins")
    delete_paragraph(editor, paragraph)
    editor.random.choice(targets).addnext(copy)
    return True


def change_level(editor: Editor, paragraph: etree._Element) -> bool:
    """A heading one level deeper, or one higher."""
    style = _style(paragraph)
    if not style.startswith("Heading") or not style[-1].isdigit() or paragraph.find(f"{W}pPr/{W}pPrChange") is not None:
        return False
    level = int(style[-1])
    properties = _properties(paragraph)
    old = deepcopy(properties)
    for element in old.findall(f"{W}rPr"):
        old.remove(element)
    change = editor.change("pPrChange")
    change.append(old)
    properties.find(f"{W}pStyle").set(f"{W}val", f"Heading{level + 1 if level == 1 else level - 1}")
    properties.append(change)
    return True


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val")


def _is_code(paragraph: etree._Element) -> bool:
    return "code" in _style(paragraph).lower()


def _in_cell(paragraph: etree._Element) -> bool:
    return paragraph.getparent().tag == f"{W}tc"


def _whole(paragraph: etree._Element) -> bool:
    """Whether every run is plain text that an edit may take away."""
    return bool(runs(paragraph)) and set(paragraph.iter(f"{W}r")) == set(runs(paragraph))


EDITS: dict[str, Edit] = {
    "replace": replace_word,
    "insert": insert_word,
    "delete": delete_word,
    "special": type_special,
    "bold": toggle("b"),
    "italic": toggle("i"),
    "paragraph deleted": delete_paragraph,
    "paragraph inserted": insert_paragraph,
    "split": split_paragraph,
    "merge": merge_paragraphs,
    "move": move_paragraph,
    "level": change_level,
}

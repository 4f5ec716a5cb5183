"""The edits that an editor makes, small ones and those of a long day; each says whether it could be made."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from .editor import (
    BODY,
    Editor,
    W,
    cut,
    delete_run,
    edited,
    following,
    insert_run,
    is_bold,
    is_code,
    is_front,
    is_single,
    is_whole,
    mark,
    new_paragraph,
    paragraphs,
    properties_of,
    run_like,
    runs,
    stories,
    style_of,
    text_of,
    words,
    wrap,
)

Edit = Callable[[Editor, etree._Element], bool]
WORDS = ["however", "clearly", "the", "draft", "evidence", "therefore", "quietly", "measured", "reader", "margin", "seven"]
SPECIALS = (
    *("a*b*c", "<tag>", "&amp;", "[x](y)", "`tick`", "# hash", "1. one", "snake_case_name", "\\back", "| pipe", "_under_"),
    *("~~no~~", "![i](j)", "2 < 3", "**", "[^1]", "$5", "{a}", "==x==", "- dash", "> more", "http://a.example/b_c", "^up^"),
    *("C#", "!", ": colon"),
)
QUOTES = str.maketrans("“”‘’\"'", "\"\"''”’")


class Edited(NamedTuple):
    """An edited file, the names of the edits made, and how many comments are in it."""

    docx: bytes
    made: tuple[str, ...]
    comments: int


def edit(docx: bytes, seed: int, count: int, kinds: Sequence[str] = ()) -> Edited:
    """The file with `count` random tracked edits; the same seed makes the same edits."""
    editor = Editor(stories(docx), random.Random(seed))
    names, made = kinds or SMALL, list[str]()
    for _ in range(count * 20):
        if len(made) == count:
            break
        name = editor.random.choice(names)
        if EDITS[name](editor, editor.random.choice(editor.paragraphs)):
            made.append(name)
    return Edited(edited(docx, editor), tuple(made), len(editor.comments))


# Words


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
    delete_run(editor, cut(run, start, min(end + 1, len(text_of(run)))))
    return True


def change_link(editor: Editor, paragraph: etree._Element) -> bool:
    """Another word in the words of a link."""
    found = [word for word in words(paragraph) if word[0].getparent().tag == f"{W}hyperlink"]
    if not found:
        return False
    run = cut(*editor.random.choice(found))
    insert_run(editor, run, editor.random.choice(WORDS))
    delete_run(editor, run)
    return True


def retype_quote(editor: Editor, paragraph: etree._Element) -> bool:
    """A word with a quotation mark or an apostrophe typed again, and its mark set otherwise by the program."""
    found = [word for word in words(paragraph) if set(text_of(word[0])[word[1] : word[2]]) & set("“”‘’\"'")]
    if not found or is_code(paragraph):
        return False
    run = cut(*editor.random.choice(found))
    insert_run(editor, run, text_of(run).translate(QUOTES))
    delete_run(editor, run)
    return True


def toggle(tag: str) -> Edit:
    """An edit that makes a word bold or italic, or plain again, and records what it was."""

    def apply(editor: Editor, paragraph: etree._Element) -> bool:
        found = [word for word in words(paragraph) if word[0].getparent().tag == f"{W}p"]
        if not found or is_code(paragraph) or is_front(paragraph) or (tag == "b" and is_bold(paragraph)):
            return False
        return embolden(editor, cut(*editor.random.choice(found)), tag)

    return apply


def embolden(editor: Editor, run: etree._Element, tag: str) -> bool:
    """Make a run bold ("b") or italic ("i"), or plain again; false where its marks are a style's, or changed already."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    if properties.find(f"{W}rStyle") is not None or properties.find(f"{W}rPrChange") is not None:
        return False
    old = deepcopy(properties)
    _switch(properties, tag)
    change = editor.change("rPrChange")
    change.append(old)
    properties.append(change)
    return True


def _switch(properties: etree._Element, tag: str) -> None:
    present = properties.findall(f"{W}{tag}")
    for element in present + properties.findall(f"{W}{tag}Cs"):
        properties.remove(element)
    if not present:
        order = ["rStyle", "rFonts", "b", "bCs", "i", "iCs"]
        before = [child for child in properties if etree.QName(child).localname in order[: order.index(tag)]]
        properties.insert(len(before), etree.Element(f"{W}{tag}Cs"))
        properties.insert(len(before), etree.Element(f"{W}{tag}"))  # Word switches both, for either kind of script


def comment(editor: Editor, paragraph: etree._Element) -> bool:
    found = words(paragraph)
    if not found or style_of(paragraph) == "FootnoteText":
        return False
    run, number = cut(*editor.random.choice(found)), editor.next_id()
    if run.getparent().tag != f"{W}p":
        run = run.getparent()
    run.addprevious(etree.Element(f"{W}commentRangeStart", {f"{W}id": str(number)}))
    reference = etree.Element(f"{W}r")
    etree.SubElement(reference, f"{W}commentReference", {f"{W}id": str(number)})
    run.addnext(reference)
    run.addnext(etree.Element(f"{W}commentRangeEnd", {f"{W}id": str(number)}))
    editor.comments.append((number, f"Is this right? ({number})"))
    return True


# Paragraphs


def delete_paragraph(editor: Editor, paragraph: etree._Element) -> bool:
    if is_single(paragraph) or not is_whole(paragraph) or following(paragraph) is None:
        return False
    for run in runs(paragraph):
        delete_run(editor, run)
    mark(editor, paragraph, "del")
    return True


def insert_paragraph(editor: Editor, paragraph: etree._Element) -> bool:
    """A new paragraph of the same style after this one."""
    if is_single(paragraph) or not runs(paragraph) or paragraph.find(f"{W}pPr/{W}pPrChange") is not None:
        return False
    _add_after(editor, paragraph, new_paragraph(paragraph), run_like(None, _sentence(editor, 5)))
    return True


def _add_after(editor: Editor, place: etree._Element, new: etree._Element, run: etree._Element) -> None:
    wrapper = editor.change("ins")
    wrapper.append(run)
    new.append(wrapper)
    place.addnext(new)
    mark(editor, new, "ins")


def _sentence(editor: Editor, count: int) -> str:
    return " ".join(editor.random.choices(WORDS, k=count)).capitalize() + "."


def split_paragraph(editor: Editor, paragraph: etree._Element) -> bool:
    found = [word for word in words(paragraph)[1:] if word[0].getparent().tag == f"{W}p" and word[1] > 0]
    if not found or is_single(paragraph) or is_code(paragraph):
        return False
    run, start, _ = editor.random.choice(found)
    second = cut(run, start, len(text_of(run)))
    new = new_paragraph(paragraph)
    for element in [second, *second.itersiblings()]:
        new.append(element)
    for end in new.findall(f"{W}bookmarkEnd"):
        paragraph.append(end)
    paragraph.addnext(new)
    mark(editor, paragraph, "ins")
    return True


def merge_paragraphs(editor: Editor, paragraph: etree._Element) -> bool:
    after = following(paragraph)
    if is_single(paragraph) or after is None or after not in editor.paragraphs or style_of(paragraph) != style_of(after):
        return False
    if is_code(paragraph) or not runs(paragraph) or not runs(after):
        return False
    insert_run(editor, runs(paragraph)[-1], " ")
    mark(editor, paragraph, "del")
    return True


def move_paragraph(editor: Editor, paragraph: etree._Element) -> bool:
    """A move as Word tracks one with moves switched off: deleted here, inserted there."""
    return _move(editor, paragraph, "del", "ins")


def move_pair(editor: Editor, paragraph: etree._Element) -> bool:
    """A move as Word tracks one: moved from here, moved to there."""
    return _move(editor, paragraph, "moveFrom", "moveTo")


def _move(editor: Editor, paragraph: etree._Element, away: str, here: str) -> bool:
    targets = [
        other
        for other in paragraphs(editor.stories[BODY])
        if other is not paragraph and not is_single(other) and style_of(other) == style_of(paragraph)
    ]
    if not targets or is_single(paragraph) or not is_whole(paragraph) or following(paragraph) is None:
        return False
    carry(editor, paragraph, editor.random.choice(targets), (away, here))
    return True


def carry(
    editor: Editor, paragraph: etree._Element, target: etree._Element, tags: tuple[str, str] = ("moveFrom", "moveTo")
) -> None:
    """A paragraph moved behind another."""
    away, here = tags
    copy = deepcopy(paragraph)
    for tag in ("bookmarkStart", "bookmarkEnd"):
        for element in copy.findall(f"{W}{tag}"):
            copy.remove(element)
    for run in runs(copy):
        wrap(editor, run, here)
    mark(editor, copy, here)
    for run in runs(paragraph):
        delete_run(editor, run, away)
    mark(editor, paragraph, away)
    target.addnext(copy)


def change_level(editor: Editor, paragraph: etree._Element) -> bool:
    """A heading one level deeper, or one higher."""
    style = style_of(paragraph)
    if not style.startswith("Heading") or not style[-1].isdigit() or paragraph.find(f"{W}pPr/{W}pPrChange") is not None:
        return False
    level = int(style[-1])
    _restyle(editor, paragraph, f"Heading{level + 1 if level == 1 else level - 1}")
    return True


def make_heading(editor: Editor, paragraph: etree._Element) -> bool:
    """A short paragraph made a heading."""
    if style_of(paragraph) != "BodyText" or len(text_of(paragraph)) > 60 or paragraph.find(f"{W}pPr/{W}pPrChange") is not None:
        return False
    _restyle(editor, paragraph, "Heading1")
    return True


def _restyle(editor: Editor, paragraph: etree._Element, style: str) -> None:
    properties = properties_of(paragraph)
    old = deepcopy(properties)
    for element in old.findall(f"{W}rPr"):
        old.remove(element)
    change = editor.change("pPrChange")
    change.append(old)
    properties.find(f"{W}pStyle").set(f"{W}val", style)
    properties.append(change)


# A long day's work


def rewrite(editor: Editor, paragraph: etree._Element) -> bool:
    """All words of a paragraph replaced by others."""
    if not is_whole(paragraph) or is_code(paragraph):
        return False
    all_runs = runs(paragraph)
    insert_run(editor, all_runs[-1], " ".join(_sentence(editor, editor.random.randint(4, 14)) for _ in range(3)))
    for run in all_runs:
        delete_run(editor, run)
    return True


def paste(editor: Editor, paragraph: etree._Element) -> bool:
    """Some paragraphs from elsewhere, in the looks that they had there."""
    if is_single(paragraph) or is_code(paragraph) or not runs(paragraph) or paragraph.find(f"{W}pPr/{W}pPrChange") is not None:
        return False
    for _ in range(editor.random.randint(1, 4)):
        run = run_like(None, " ".join(_sentence(editor, 12) for _ in range(4)))
        run.insert(0, etree.fromstring(FOREIGN_LOOKS))
        _add_after(editor, paragraph, etree.fromstring(FOREIGN), run)
    return True


FOREIGN_LOOKS = (
    f'<w:rPr xmlns:w="{W[1:-1]}"><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:color w:val="333333"/><w:sz w:val="21"/></w:rPr>'
)
FOREIGN = (
    f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:pStyle w:val="NormalWeb"/><w:spacing w:before="0" w:after="300"/>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/></w:pPr></w:p>'
)


def find_and_replace(editor: Editor, paragraph: etree._Element) -> bool:
    """A word replaced wherever it stands in the file."""
    candidates = [text_of(run)[start:end] for run, start, end in words(paragraph)]
    candidates = [word for word in candidates if word.isalpha() and len(word) > 3]
    if not candidates:
        return False
    sought, new = editor.random.choice(candidates), editor.random.choice(WORDS)
    for other in editor.paragraphs:
        while found := [word for word in words(other) if text_of(word[0])[word[1] : word[2]] == sought]:
            run = cut(*found[-1])
            insert_run(editor, run, new)
            delete_run(editor, run)
    return True


EDITS: dict[str, Edit] = {
    "replace": replace_word,
    "insert": insert_word,
    "delete": delete_word,
    "special": type_special,
    "link": change_link,
    "bold": toggle("b"),
    "italic": toggle("i"),
    "comment": comment,
    "paragraph deleted": delete_paragraph,
    "paragraph inserted": insert_paragraph,
    "split": split_paragraph,
    "merge": merge_paragraphs,
    "move": move_paragraph,
    "move pair": move_pair,
    "level": change_level,
    "heading": make_heading,
    "rewrite": rewrite,
    "paste": paste,
    "find and replace": find_and_replace,
    "quotes": retype_quote,
}
SMALL = tuple(EDITS)[:16]
LARGE = ("rewrite", "paste", "find and replace", "quotes", "replace", "delete", "insert", "split", "merge", "move pair", "comment")

"""What a Word file says, by pandoc's reader: the oracle of the round trip, without a line of pressout's own reading.

Two files say the same when they have the same passages in the same order: each one's kind, its characters, the marks of
each character. What is let pass is listed here, and nowhere else: blanks (one or many, and which marks they bear), the shape
of quotes, dashes and ellipses (set by the language's rule when the file is drawn), empty paragraphs (Markdown has none), the
looks of a style ("Lead In Body Text" is body text), what is counted or made by pressout (list numbers, "Figure 3", contents),
where one list ends and a like one begins, whether an address that is written out is a link to itself, and the style of what
goes on with a list item where there is no item before it: it is text then, for "List Continue" numbers nothing (ECMA-376, 17.9)
and only indents.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache
from typing import Any, NamedTuple

import pypandoc

Node = dict[str, Any]
Marks = frozenset[str]
OBJECT = "\ufffc"
SAME = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000\u200b\t\n", " "),
        **dict.fromkeys("“”„‟«»″״", '"'),
        **dict.fromkeys("‘’‚‛‹›′׳", "'"),
        **dict.fromkeys("–—‐‑−", "-"),
        "…": "...",
        "\u00ad": None,
    }
)
ELEMENTS = {
    "Strong": "bold",
    "Emph": "italic",
    "Strikeout": "strike",
    "Superscript": "superscript",
    "Subscript": "subscript",
    "SmallCaps": "small capitals",
}
STYLES = {
    "Strong": ("bold",),
    "Emphasis": ("italic",),
    "Emphasis Strong": ("bold", "italic"),
    "Strikethrough": ("strike",),
    "Superscript": ("superscript",),
    "Subscript": ("subscript",),
    "Small Caps": ("small capitals",),
    "Highlight": ("highlight",),
    "Code": ("code",),
    "Keyboard": ("code",),
    "Source Text": ("code",),
}
COUNTED = ("Caption Label", "footnote reference", "endnote reference")  # styles of what pressout writes for itself
LOOKS = re.compile(r"^(?:lead in |key points |callout \w+ )| (?:inner|loose|first|last)$")
PLAIN_STYLES = dict.fromkeys(("", "normal", "first paragraph", "compact", "standard"), "body text")
MADE = ("toc ", "contents title", "table of figures")


class Passage(NamedTuple):
    """A paragraph: what kind it is (its style, its lists, its cell), and each character with its marks."""

    kind: tuple[str, ...]
    characters: tuple[tuple[str, Marks], ...]

    @property
    def text(self) -> str:
        return "".join(character for character, _ in self.characters)


def reading(docx: bytes, track: str = "accept") -> tuple[Passage, ...]:
    """The passages of a Word file. `track` is what pandoc does with changes that are still open."""
    command = [pandoc(), "--from=docx+styles", "--to=json", f"--track-changes={track}"]
    done = subprocess.run(command, input=docx, capture_output=True, check=True)
    passages = _blocks(json.loads(done.stdout)["blocks"], ())
    said = (passage for passage in passages if passage.text.strip() and not passage.kind[-1].startswith(MADE))
    return tuple(_continuing(said))


def _continuing(passages: Iterable[Passage]) -> Iterator[Passage]:
    """The passages, those that would go on with a list item taken as text where what comes before them, notes aside, is of none."""
    in_list = False
    for passage in passages:
        orphan = passage.kind == ("list continue",) and not in_list
        if passage.kind[0] != "note":
            in_list = passage.kind[0] in ("bullet", "number") or (passage.kind == ("list continue",) and not orphan)
        yield passage._replace(kind=("body text",)) if orphan else passage


@cache
def pandoc() -> str:
    return str(pypandoc.get_pandoc_path())


class Difference(NamedTuple):
    """Passages that differ: `wanted` of the one file stand where `found` of the other do."""

    wanted: tuple[Passage, ...]
    found: tuple[Passage, ...]

    def __str__(self) -> str:
        lines = [f"- {_shown(passage)}" for passage in self.wanted] + [f"+ {_shown(passage)}" for passage in self.found]
        return "\n".join(lines)


def differences(wanted: tuple[Passage, ...], found: tuple[Passage, ...], *, marks: bool = True) -> list[Difference]:
    """Where two readings differ; without `marks`, in text and kinds alone."""
    if not marks:
        wanted, found = _unmarked(wanted), _unmarked(found)
    matcher = SequenceMatcher(None, wanted, found, autojunk=False)
    return [Difference(wanted[i:j], found[k:m]) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]


def _unmarked(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    return tuple(Passage(passage.kind, tuple((sign, frozenset()) for sign, _ in passage.characters)) for passage in passages)


def words(passages: tuple[Passage, ...]) -> str:
    """The bare text of a reading, a line a passage."""
    return "\n".join(passage.text for passage in passages)


def _shown(passage: Passage) -> str:
    pieces, last = [], frozenset[str]()
    for character, marks in passage.characters:
        if marks != last and character != " ":
            pieces.append(f"⟨{','.join(sorted(marks))}⟩")
            last = marks
        pieces.append(character)
    return f"{'/'.join(passage.kind)}: {''.join(pieces)}"


# Blocks


def _blocks(blocks: list[Node], path: tuple[str, ...]) -> Iterator[Passage]:
    for block in blocks:
        yield from _block(block, path)


def _block(block: Node, path: tuple[str, ...]) -> Iterator[Passage]:
    content = block.get("c")
    match block["t"]:
        case "Para" | "Plain":
            yield from _passage(path or ("body text",), content)
        case "Header":
            yield from _passage((f"heading {content[0]}",), content[2])
        case "CodeBlock":
            yield Passage((*path, "code block"), tuple((sign, frozenset()) for sign in content[1]))
        case "Div":
            yield from _blocks(content[1], _styled(path, content[0]))
        case "BlockQuote":
            yield from _blocks(content, path)
        case "BulletList" | "OrderedList":
            items, name = (content, "bullet") if block["t"] == "BulletList" else (content[1], "number")
            for item in items:
                yield from _blocks(item, (*path, name))
        case "Table":
            yield from _table(content, path)
        case "Figure":
            yield from _blocks(content[2], (*path, "figure"))
            yield from _blocks(content[1][1], (*path, "figure"))
        case "LineBlock":
            for line in content:
                yield from _passage((*path, "verse"), line)
        case "DefinitionList":
            for term, definitions in content:
                yield from _passage((*path, "term"), term)
                for definition in definitions:
                    yield from _blocks(definition, (*path, "definition"))
        case "HorizontalRule":
            yield Passage(("rule",), (("-", frozenset()),))


def _styled(path: tuple[str, ...], attributes: Any) -> tuple[str, ...]:
    """The path with a paragraph's style; list styles say nothing that the lists don't."""
    name = dict(attributes[2]).get("custom-style")
    if name is None:
        return (*path, *attributes[1])
    plain = name.casefold()
    while LOOKS.search(plain):
        plain = LOOKS.sub("", plain)
    plain = PLAIN_STYLES.get(plain, plain)
    if plain.startswith("list ") and path:
        return path
    return (*path, plain)


def _table(content: Any, path: tuple[str, ...]) -> Iterator[Passage]:
    _, caption, _, head, bodies, foot = content
    yield from _blocks(caption[1], (*path, "table"))
    rows = [*head[1], *(row for body in bodies for part in (body[2], body[3]) for row in part), *foot[1]]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row[1]):
            yield from _blocks(cell[4], (*path, f"row {number}", f"cell {column}"))


# Phrases


def _passage(kind: tuple[str, ...], inlines: list[Node]) -> Iterator[Passage]:
    """A paragraph, and after it the notes that are called in it."""
    notes: list[list[Node]] = []
    found = [pair for text, marks in _inlines(inlines, frozenset(), notes) for pair in _signs(text, marks)]
    yield Passage(kind, tuple(_even(found)))
    for note in notes:
        yield from _blocks(note, ("note",))


def _signs(text: str, marks: Marks) -> Iterator[tuple[str, Marks]]:
    for sign in text.translate(SAME):
        yield (" ", frozenset()) if sign.isspace() else (sign, marks)


def _even(characters: list[tuple[str, Marks]]) -> Iterator[tuple[str, Marks]]:
    """The characters with every stretch of blanks and of hyphens made one, and none at either end."""
    last = " "
    for place, (sign, marks) in enumerate(characters):
        if sign == last and sign in " -":
            continue
        if sign == " " and all(other == " " for other, _ in characters[place:]):
            return
        yield sign, marks
        last = sign


def _marks_of(style: str) -> tuple[str, ...]:
    """What a style's name says; one of several marks, or for one kind of paragraph, says all: "Heading 2 Emphasis Strong"."""
    if style in STYLES:
        return STYLES[style]
    return tuple(mark for word in style.split() for mark in STYLES.get(word, ()))


def _inlines(inlines: list[Node], marks: Marks, notes: list[list[Node]]) -> Iterator[tuple[str, Marks]]:
    for inline in inlines:
        yield from _inline(inline, marks, notes)


def _bare(inlines: list[Node]) -> str:
    return "".join(text for text, _ in _inlines(inlines, frozenset(), []))


def _inline(inline: Node, marks: Marks, notes: list[list[Node]]) -> Iterator[tuple[str, Marks]]:
    content = inline.get("c")
    match inline["t"]:
        case "Str":
            yield content, marks
        case "Space" | "SoftBreak" | "LineBreak":
            yield " ", marks
        case "Code":
            yield content[1], marks | {"code"}
        case "Span":
            style = dict(content[0][2]).get("custom-style", "")
            if style not in COUNTED:
                own = ("highlight",) if "mark" in content[0][1] else _marks_of(style)
                yield from _inlines(content[1], marks | set(own), notes)
        case "Link":
            target = content[2][0]
            plain = target.startswith("#") or _bare(content[1]) in (target, target.removeprefix("mailto:"))
            yield from _inlines(content[1], marks if plain else marks | {f"link {target}"}, notes)
        case "Image":
            yield OBJECT, marks
            yield from _inlines(content[1], marks | {"alt text"}, notes)
        case "Note":
            notes.append(content)
            yield OBJECT, marks
        case "Quoted":
            sign = "'" if content[0]["t"] == "SingleQuote" else '"'
            yield sign, marks
            yield from _inlines(content[1], marks, notes)
            yield sign, marks
        case "Underline":
            yield from _inlines(content, marks, notes)
        case name if name in ELEMENTS:
            yield from _inlines(content, marks | {ELEMENTS[name]}, notes)
        case "Math" | "RawInline":
            yield content[1], marks

"""Front matter: the YAML block at the head of an article, each value with its place, checked against the fields there are."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pressout.diagnostics import Report, Span
from pressout.metadata import FOREIGN, NAMES, Field
from pressout.readers.sourcemap import Copy

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, Node, ScalarNode

OPENING = re.compile(r"---[ \t]*\n(?![ \t]*\n)")  # with an empty line behind it, it is a rule
ASIDE = re.compile(r"(\s*)---[ \t]*\n((?:[ \t]*\n)*)")  # an empty line before or behind it keeps it from being one
CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")  # as an escape; YAML has no pairs of them
KEY = re.compile(r"^[ \t]*[\"']?([\w-]+)[\"']?[ \t]*:(?:[ \t]|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of the front matter: its field, the YAML value, and where key and value stand in the copy."""

    field: Field
    key: str
    node: Node
    start: int
    end: int


@dataclass(slots=True)
class FrontMatter:
    """The entries of a front matter by their fields' names, in the order of the file; `end` is where the text begins."""

    copy: Copy
    report: Report
    begin: int = 0
    end: int = 0
    entries: dict[str, Entry] = field(default_factory=dict)

    def span(self, node: Node) -> Span:
        """Where a value stands."""
        return self.copy.span(self.begin + node.start_mark.index, self.begin + end_of(node))

    def end_of(self, node: Node) -> int:
        """Where a value ends in the copy."""
        return self.begin + end_of(node)

    def start(self, node: Node) -> int:
        """Where a value begins in the copy."""
        return self.begin + int(node.start_mark.index)


def front_matter(copy: Copy, report: Report) -> FrontMatter:
    """The front matter of an article; with an `end` of 0 where it has none."""
    matter = FrontMatter(copy, report)
    opening = OPENING.match(copy.text)
    closing = CLOSING.search(copy.text, opening.end()) if opening else None
    if not opening or not closing:
        warn_unclosed(copy, report)
        warn_blank(copy, report)
        return matter
    matter.begin = opening.end()
    root = composed(matter, copy.text[opening.end() : closing.start()])
    if root == "text":
        return matter
    matter.end = closing.end()
    if root:
        read_entries(matter, root)
    return matter


def warn_unclosed(copy: Copy, report: Report) -> None:
    """Say that a first line of --- with a key after it was meant to begin a front matter."""
    opening = OPENING.match(copy.text)
    if opening and KEY.match(copy.text, opening.end()):
        hint = "write --- on a line of its own behind the last key"
        report.warn("this front matter is never closed, so it is read as text", copy.span(0, 3), hint=hint)


def warn_blank(copy: Copy, report: Report) -> None:
    """Say that an empty line keeps metadata from being read: they begin with a key that there is, and have an end.

    As for pandoc and Jekyll, --- with an empty line behind it is a rule, and a front matter begins with the file's first line.
    """
    opening = ASIDE.match(copy.text)
    key = opening and KEY.match(copy.text, opening.end())
    if not opening or not key or not ({key[1], key[1].lower()} & {*NAMES, *FOREIGN}) or not CLOSING.search(copy.text, key.end()):
        return
    behind = bool(opening[2])
    words = "an empty line behind this ---" if behind else "an empty line before this ---"
    hint = "take the empty line out" if behind else "begin the file with ---"
    dashes = len(opening[1])
    report.warn(f"{words} keeps the metadata from being read, and they are printed", copy.span(dashes, dashes + 3), hint=hint)


def composed(matter: FrontMatter, text: str) -> MappingNode | Literal["text"] | None:
    """The YAML mapping; "text" where the lines are no YAML at all, None where nothing is to be had of them, which is reported."""
    import yaml

    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        return broken(matter, text, error.problem or "broken", error.problem_mark.index if error.problem_mark else 0)
    except yaml.reader.ReaderError as error:
        return broken(matter, text, f"the character U+{error.character:04X} may not stand here", error.position)
    except (ValueError, OverflowError):
        return broken(matter, text, "a number of a character that there is not", 0)
    except RecursionError:
        return broken(matter, text, "too many brackets inside one another", 0)
    half = SURROGATE.search(text)
    if half:
        return broken(matter, text, "half a character may not stand here", half.start())
    if node is None or isinstance(node, yaml.MappingNode):
        return node
    span = matter.copy.span(0, matter.begin + len(text) + 3)
    hint = "metadata is written as key: value, one to a line"
    matter.report.warn("the lines between --- are no metadata, so they are read as text", span, hint=hint)
    return "text"


def broken(matter: FrontMatter, text: str, problem: str, place: int) -> Literal["text"] | None:
    """Report YAML that cannot be read; lines without any key are the author's words between two rules."""
    if not KEY.search(text):
        return "text"
    place = min(place, max(0, len(text) - 1))
    span = matter.copy.span(matter.begin + place, matter.begin + place + 1)
    hint = "put a value that holds ': ' or begins with a sign into quotes"
    if text[place : place + 1] == "\t":
        problem, hint = "a tab stands where YAML takes blanks alone", "write blanks, not tabs"
    matter.report.error(f"the metadata is no YAML: {problem}", span, hint=hint)
    return None


def read_entries(matter: FrontMatter, root: MappingNode) -> None:
    """Put each key to its field, and say what is unknown or there twice."""
    for key, value in root.value:
        name = key.value if isinstance(key.value, str) else ""
        span = matter.span(key)
        known = NAMES.get(name) or NAMES.get(name.lower().replace("_", "-"))
        if not known:
            unknown(matter, name, span)
        elif known.name in matter.entries:
            twice(matter, name, matter.entries[known.name], span)
        else:
            matter.entries[known.name] = Entry(known, name, value, matter.start(value), matter.begin + end_of(value))


def unknown(matter: FrontMatter, name: str, span: Span) -> None:
    """Warn of a key that is none, with the one that is nearest; those of other programs are only noted."""
    near = difflib.get_close_matches(name.lower(), NAMES, 1, 0.75)
    if name in FOREIGN and not near:
        matter.report.note(f"the metadata key '{name}' is of no use here", span)
        return
    matter.report.warn(f"no metadata key is called '{name}'", span, hint=f"did you mean '{near[0]}'?" if near else "")


def twice(matter: FrontMatter, name: str, first: Entry, span: Span) -> None:
    """Report a key that says what another one has said before it."""
    line = matter.copy.line(first.start) + 1
    what = f"'{name}' is there twice" if name == first.key else f"'{name}' says the same as '{first.key}'"
    matter.report.error(f"{what}; line {line} is used", span, hint="keep one of them")


def end_of(node: Node) -> int:
    """Where a value ends: PyYAML's mark of a block scalar or of a list stands behind the blank lines that follow."""
    from yaml.nodes import ScalarNode

    if isinstance(node, ScalarNode) and node.style not in ("|", ">"):
        return int(node.end_mark.index)
    buffer = node.end_mark.buffer
    end = int(node.end_mark.index)
    if buffer is None:
        return end
    while end > node.start_mark.index and buffer[end - 1 : end] in ("\n", " ", "\t", "\0", ""):
        end -= 1
    return end


Check = Callable[["FrontMatter", "Entry"], object]


def scalar(matter: FrontMatter, entry: Entry, node: Node | None = None) -> ScalarNode | None:
    """The value if it is one word or text and not empty; anything else is reported."""
    from yaml.nodes import ScalarNode

    node = node or entry.node
    if not isinstance(node, ScalarNode):
        wrong(matter, node, f"'{entry.key}' is one text, not a list or a mapping", entry)
        return None
    return node if node.tag != "tag:yaml.org,2002:null" and node.value.strip() else None


def wrong(matter: FrontMatter, node: Node, message: str, entry: Entry) -> None:
    """Report a value that its field cannot take, with an example of one that it can."""
    example = entry.field.example
    shown = f"{entry.field.name}: {example}" if isinstance(example, str) else ""
    matter.report.error(message, matter.span(node), hint=f"write {shown}" if shown else "")

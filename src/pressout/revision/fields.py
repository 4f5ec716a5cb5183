"""Words in the front matter: written so that YAML reads them as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pressout.readers.sourcemap import Passage
from pressout.revision.letters import Letter

MARKED = ("title", "subtitle", "description", "abstract", "standfirst")  # the fields whose text may have marks
UNSAFE = re.compile(r"^[-*&!|>%@`\"'#{}\[\],?:]|: | #|:$")


def can_hold(letters: Sequence[Letter], passage: Passage) -> bool:
    """Whether a field can hold these letters: a name has no marks."""
    return passage.label in MARKED or not any(letter.wraps for letter in letters)


def field_value(text: str, place: tuple[int, int], raw: str) -> str:
    """The text as a YAML value in the quotes that stand round its place; in new ones where a plain value would be misread."""
    before, after = raw[place[0] - 1 : place[0]], raw[place[1] : place[1] + 1]
    old = raw[place[0] : place[1]]
    if before == after == '"':
        return text if "\\" in old else _escaped(text)
    if before == after == "'":
        return text if "''" in old else text.replace("'", "''")
    return f'"{_escaped(text)}"' if UNSAFE.search(text) and not UNSAFE.search(old) else text


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')

"""Code in a plain text: runs of lines in no language that people speak."""

from __future__ import annotations

import re

from pressout.readers.plain.lines import Passage
from pressout.readers.plain.marks import item_mark
from pressout.readers.plain.sentences import ends_sentence

LONGEST = 160  # characters of a line of code
LEAST = 3  # lines with a sign of code that make a block; one or two may be anything
MOST_BETWEEN = 2  # lines without a sign that stand inside a block: the words of an element, a name
COMMENT = re.compile(r"//|/\*|\*/|#!|<!--")
SIGNS = re.compile(
    # A tag, closing brackets, a prompt
    r"^(?:</?\w+[^<>]*>|[)}\]]+[;,)]*$|\$ \w|>>> |@\w+\(|"
    # A statement that begins with a word of its language and goes on with signs
    r"(?:import|from|def|class|function|const|let|var|public|private|static|return|if|else|for|while|try|elif)\b.*(?:[{(;:]$|['\")]$|=>))|"
    # A line that ends in braces, in a semicolon behind other signs, in a call, in a closing tag; an assignment
    r"[{}]$|[=(){}\[\]<>.].*;$|\w\(.*\)[;,]?$|\w\($|</\w+>$|^\w+(?:\.\w+)* ?=[^=].*[(\[{'\"]"
)
PROSE = re.compile(r"[.!?:]$|[“”«»]")


def code_places(passages: list[Passage]) -> set[int]:
    """The places of the lines of code: runs that begin and end with a line that shows it."""
    places: set[int] = set()
    run: list[int] = []
    for place in (place for place, passage in enumerate(passages) if _shows_code(passage.text)):
        if run and not _are_between(passages[run[-1] + 1 : place]):
            places |= _block(run)
            run = []
        run.append(place)
    return places | _block(run)


def _shows_code(text: str) -> bool:
    """Whether a line has signs of code. What ends as a sentence may be about code; an item may name it."""
    if len(text) > LONGEST or COMMENT.match(text):
        return len(text) <= LONGEST
    return SIGNS.search(text) is not None and not ends_sentence(text) and not item_mark(text)


def _are_between(passages: list[Passage]) -> bool:
    """Whether what stands between two lines of code can be code as well."""
    return len(passages) <= MOST_BETWEEN and all(passage.indent or not PROSE.search(passage.text) for passage in passages)


def _block(run: list[int]) -> set[int]:
    return set(range(run[0], run[-1] + 1)) if len(run) >= LEAST else set()

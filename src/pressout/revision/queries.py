"""Queries: what an editor asks, at its place in the source; and how it is kept there as a Markdown comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pressout.edition import Remark
from pressout.readers.docx.values import Comment, Standing, WordFile
from pressout.readers.markdown import Article
from pressout.readers.sourcemap import OBJECT
from pressout.revision.returned import AsSent, Traced

KEPT = re.compile(
    r"<!-- query\((?P<author>.*?), (?P<date>[\d-]*)\)(?P<done> resolved)?"
    r"(?: on \"(?P<quote>(?:(?!-->).)+?)\")?: (?P<text>.*?) -->",
    re.DOTALL,
)
ANSWER = re.compile(r"\n\s*answer\((?P<author>.*?), (?P<date>[\d-]*)\): ")
QUOTE = '"'
LONGEST_QUOTE = 100  # characters of the words that a comment is on: enough to find them again in its block


@dataclass(frozen=True, slots=True)
class Query:
    """An editor's comment: the words that it is on, the passage's key and the character where they begin, the answers to it.

    `id` is its number in the returned file, empty for one that stands in a source.
    """

    author: str
    date: str
    text: str
    quote: str = ""
    resolved: bool = False
    replies: tuple[Comment, ...] = ()
    key: int = -1
    index: int = 0
    id: str = ""


def queries(returned: WordFile, lines: Sequence[Traced]) -> tuple[Query, ...]:
    """The comments of a file in the order of their words, answers below what they answer."""
    places = _places(lines)
    replies: dict[str, list[Comment]] = {}
    for comment in returned.comments:
        if comment.parent:
            replies.setdefault(comment.parent, []).append(comment)
    found = [_query(comment, places, replies) for comment in returned.comments if not comment.parent]
    return tuple(sorted(found, key=lambda query: (query.key, query.index)))


def _query(comment: Comment, places: Mapping[str, tuple[str, int, int]], replies: Mapping[str, list[Comment]]) -> Query:
    quote, key, index = places.get(comment.id, ("", -1, 0))
    answers = tuple(replies.get(comment.id, ()))
    return Query(comment.author, comment.date[:10], comment.text, quote, comment.resolved, answers, key, index, comment.id)


def _places(lines: Sequence[Traced]) -> Mapping[str, tuple[str, int, int]]:
    """For each comment the words it is on, and the first of them that the source has; else the last one before them."""
    found: dict[str, tuple[str, int, int]] = {}
    last = (-1, 0)
    for line in lines:
        if isinstance(line.signs, AsSent):
            last = next(((origin.key, origin.start) for origin in reversed(line.signs.origins) if origin is not None), last)
            continue
        for sign in line.signs:
            if sign.origin is not None:
                last = sign.origin.key, sign.origin.start
            for comment in sign.comments:
                quote, key, index = found.get(comment, ("", -1, 0))
                place = last if key < 0 else (key, index)
                shown = "" if sign.standing is Standing.DELETED else sign.text
                found[comment] = quote + shown, *place
    return found


def as_comment(query: Query, line_end: str = "\n") -> str:
    """A query as Markdown keeps it: a comment, which no reader of the article sees."""
    done = " resolved" if query.resolved else ""
    quote = _shortened(query.quote)
    words = f' on "{_parted(_safe(quote), QUOTE, ":")}"' if quote else ""
    answers = (f"{line_end}answer({_safe(reply.author)}, {reply.date[:10]}): {_safe(reply.text)}" for reply in query.replies)
    text = "".join([_safe(query.text), *answers])
    return f"<!-- query({_safe(query.author)}, {query.date}){done}{words}: {text} -->"


def _shortened(quote: str) -> str:
    """The words that a comment is on, on one line; what is no text is left out."""
    words = _line(quote.replace(OBJECT, ""))
    if len(words) <= LONGEST_QUOTE:
        return words
    cut = words[: LONGEST_QUOTE - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def _line(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text).strip()


def _safe(text: str) -> str:
    """A text on one line that ends no comment; `_plain` gives the line back, sign for sign."""
    return _parted(_line(text), "-", "-")


def _plain(text: str) -> str:
    """A line as it was before `_safe`."""
    return _joined(text, "-", "-")


def _parted(text: str, first: str, second: str) -> str:
    """The text with a backslash between two signs that may not meet; what looks like that already gets one more."""
    return re.sub(rf"(?<={first})\\*(?={second})", r"\\\g<0>", text)


def _joined(text: str, first: str, second: str) -> str:
    """The text that `_parted` was given."""
    return re.sub(rf"(?<={first})\\(\\*)(?={second})", r"\1", text)


@dataclass(frozen=True, slots=True)
class Kept:
    """A query that stands in a source: where, counted from 1, and what it says."""

    line: int
    column: int
    query: Query
    start: int = 0
    end: int = 0


def kept_queries(text: str) -> Iterator[Kept]:
    """The queries that stand in a source as Markdown comments."""
    for found in KEPT.finditer(text):
        asked, *answers = (_plain(part.strip()) for part in ANSWER.split(found["text"]))
        replies = tuple(Comment("", *answer) for answer in zip(answers[::3], answers[1::3], answers[2::3], strict=True))
        quote = _plain(_joined(found["quote"] or "", QUOTE, ":"))
        author, resolved = _plain(found["author"]), bool(found["done"])
        query = Query(author, found["date"], asked, quote, resolved, replies)
        start = found.start()
        yield Kept(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start), query, start, found.end())


def shown(kept: Kept, text: str) -> Query:
    """The query as it is listed: one that was kept without the words it is on shows the end of the block that it follows."""
    before = text[: kept.start].strip().rpartition("\n")[2][-60:]
    return kept.query if kept.query.quote else replace(kept.query, quote=before)


def remarks(article: Article, text: str, *, anonymous: bool = False) -> tuple[Remark, ...]:
    """The queries that a source keeps, each with its answers, as comments on the blocks that they follow."""
    found: list[Remark] = []
    for kept in kept_queries(text):
        before = [passage.key for passage in article.map.passages if passage.end <= kept.start]
        query, key, asked = kept.query, max(before, default=0), len(found)
        found.append(Remark(key, query.author, query.date, query.text, query.resolved))
        for reply in query.replies:
            author = "Author" if anonymous else reply.author
            found.append(Remark(key, author, reply.date, reply.text, query.resolved, asked))
    return tuple(found)


def same_query(query: Query, kept: Query) -> bool:
    """Whether a comment of a returned file is one that the source keeps already."""
    return (_line(query.author), query.date, _line(query.text)) == (kept.author, kept.date, _line(kept.text))

"""Artefacts: the lines that a web page puts round an article, told from the article's own by wording and place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum
from functools import cache
from importlib.resources import files

from pressout.readers.plain.lines import Passage
from pressout.readers.plain.marks import item_mark
from pressout.readers.plain.sentences import ends_sentence, length_in_words

LONGEST = 300  # characters of a line that may be an artefact: a cookie notice of two sentences
LONGEST_NAME = 25  # words of another article's title
PARTS = re.compile(r"\s*[|·•‧⋅／/]\s*|\s{3,}|\t")
CRUMBS = re.compile(r"\s+[>›»→]\s+|\s*[›»]\s*")
EDGE_SIGNS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
PAGE_NUMBER = re.compile(
    r"(?:page|seite|página|pagina|strona|стр\.?|страница|σελίδα|صفحة|صفحه|עמוד|पृष्ठ|பக்கம்)\s*\d+"
    r"(?:\s*(?:of|von|sur|de|di|van|z|из|από|من|از|מתוך|/)\s*\d+)?",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?。！？])\s*")
COPYRIGHT = re.compile(r"(?:©|\(c\)\s|copyright\b).{0,200}", re.IGNORECASE)


class Artefact(Enum):
    """How sure a wording is: NO is the article's own, EDGE counts at the edges, RELATED heads links to other articles."""

    NO = 0
    EDGE = 1
    RELATED = 2
    SURE = 3


def artefact_places(passages: list[Passage]) -> set[int]:
    """The places of the passages that are no part of the article."""
    looks = [look(passage.text) for passage in passages]
    lead = _lead(passages, looks)
    after_title = range(len(lead) + 1, len(passages))
    inside = {place for place in after_title if looks[place] is Artefact.SURE and not _heads_items(passages, looks, place)}
    return lead | inside | _tail(passages, looks, len(lead))


def look(text: str) -> Artefact:
    """What the wording of a line alone says."""
    if len(text) > LONGEST:
        return Artefact.NO
    mark = item_mark(text)
    words = _bare(text[mark.length :] if mark and mark.kind == "bullet" else text)
    known = wordings()
    sure = words in known["anywhere"] or PAGE_NUMBER.fullmatch(text) or _names_article(text) or _shares(words)
    if sure or _are_all(SENTENCE.split(text), known["anywhere"]):
        return Artefact.SURE
    if words in known["related"]:
        return Artefact.RELATED
    edge = (
        words in known["edges"] or COPYRIGHT.match(text) or _labels(text) or _is_row(text) or _is_crumbs(text) or _is_notice(words)
    )
    return Artefact.EDGE if edge else Artefact.NO


def _are_all(sentences: list[str], known: frozenset[str]) -> bool:
    """Whether there are several sentences, and all are known: "Your email will not be published. Required fields are marked *"."""
    return len(sentences) > 1 and all(_bare(sentence) in known for sentence in sentences)


@cache
def wordings() -> Mapping[str, frozenset[str]]:
    """The sections of the list of wordings, each wording bare of case and signs."""
    sections: dict[str, set[str]] = {}
    name = ""
    for line in (files("pressout.readers.plain") / "artefacts.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            sections.setdefault(name, set()).update(map(_bare, line.split("|")))
    return {name: frozenset(words - {""}) for name, words in sections.items()}


def _bare(text: str) -> str:
    """The words without case, vowel points, and the signs and digits round them: `« Read more… (3)` is `read more`."""
    folded = unicodedata.normalize("NFKC", text.replace("’", "'")).casefold()
    pointless = "".join(
        each for each in folded if not "\u064b" <= each <= "\u0652" and each not in "\u0640\u200c\u200d\u200e\u200f"
    )
    return " ".join(EDGE_SIGNS.sub("", pointless).split()) or " ".join(pointless.split())


def _lead(passages: list[Passage], looks: list[Artefact]) -> set[int]:
    """The artefacts before the title: a title is the last short line before the text, whatever its wording."""
    if Artefact.NO not in looks:
        return set(range(len(passages)))
    place = 0
    while place + 1 < len(passages) and looks[place] is not Artefact.NO and not _is_content(passages[place + 1]):
        place += 1
    return set(range(place))


def _tail(passages: list[Passage], looks: list[Artefact], first: int) -> set[int]:
    """The artefacts after the article's last sentence, with the names of other articles between them."""
    found: set[int] = set()
    names: list[int] = []
    for place in range(len(passages) - 1, first, -1):
        if looks[place] is Artefact.RELATED:
            found |= {place, *names}
            names = []
        elif looks[place] is Artefact.SURE or (looks[place] is Artefact.EDGE and not names):
            found.add(place)
        elif _is_content(passages[place]):
            break
        else:
            names.append(place)
    return found


def _is_content(passage: Passage) -> bool:
    return len(passage.text) > LONGEST or ends_sentence(passage.text) or length_in_words(passage.text) > LONGEST_NAME


def _heads_items(passages: list[Passage], looks: list[Artefact], place: int) -> bool:
    """Whether a list of the article's own follows: then the line is its heading."""
    after = place + 1
    return after < len(passages) and item_mark(passages[after].text) is not None and looks[after] is Artefact.NO


def _names_article(text: str) -> bool:
    """`Also read: Another article`."""
    head, colon, name = text.replace("：", ":", 1).partition(":")
    words = _bare(head)
    known = wordings()
    return (
        bool(colon and name.strip())
        and length_in_words(name) <= LONGEST_NAME
        and (words in known["related"] or words in known["naming"])
    )


def _labels(text: str) -> bool:
    """`Tags: printing, paper` or `12 comments`."""
    head, colon, _ = text.replace("：", ":", 1).partition(":")
    if colon and _bare(head) in wordings()["labels"]:
        return True
    return any(map(str.isdigit, text)) and _bare(text) in wordings()["counted"]


def _shares(words: str) -> bool:
    """`Share on Facebook`, `Facebook Twitter Share`."""
    known = wordings()
    every = [word for word in re.split(r"[\s,|·/+&]+", words) if word]
    others = [word for word in every if word not in known["networks"]]
    if len(others) == len(every):
        return False
    return (len(every) > 1 and known["buttons"].issuperset(others)) or " ".join(others) in known["with networks"]


def _is_row(text: str) -> bool:
    """`Privacy | Terms of use | Contact`: most of the parts are known, and all are short."""
    parts = [part for part in PARTS.split(text) if part]
    known = sum(look(part) is not Artefact.NO for part in parts) if 2 <= len(parts) <= 12 else 0
    return known > 0.6 * len(parts) and all(length_in_words(part) <= 5 for part in parts)


def _is_crumbs(text: str) -> bool:
    """`Home > Blog > The title`."""
    parts = CRUMBS.split(text)
    return len(parts) > 1 and _bare(parts[0]) in wordings()["edges"]


def _is_notice(words: str) -> bool:
    """`This site uses cookies.`, `Get our newsletter in your inbox!`"""
    known = wordings()
    pairs = (("cookies", "this site"), ("newsletters", "sign up"))
    return any(all(any(part in words for part in known[name]) for name in pair) for pair in pairs)

"""What an EPUB says of itself: its titles, makers, dates and identifiers, as statements for its package document."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pressout.diagnostics import Report
from pressout.model import Author, Document, Metadata
from pressout.walk import plain_text

IDENTIFIER = "identifier"  # the id that the package document's unique-identifier names
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_OID, "pressout")  # for the names of articles that have no identifier of their own
ISBN = re.compile(r"(?:(?:urn:)?isbn(?:-1[03])?[:\s]*)?([0-9][0-9 -]{8,16}[0-9x])", re.IGNORECASE)
DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
UUID = re.compile(r"(?:urn:uuid:)?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})", re.IGNORECASE)
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier as shops read it; `kind` is its code in ONIX list 5, empty where it is none of theirs."""

    value: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One element of the package's metadata: Dublin Core's `name`, or `meta`; attributes by their names."""

    name: str
    value: str
    attributes: dict[str, str] = field(default_factory=dict)


def refined(what: str, aspect: str, value: str, scheme: str = "") -> Statement:
    """A statement about another statement, which has an id."""
    attributes = {"refines": f"#{what}", "property": aspect, **({"scheme": scheme} if scheme else {})}
    return Statement("meta", value, attributes)


def statements(document: Document, identifier: Identifier) -> Iterator[Statement]:
    """All that the metadata of the article tells a shop or a library."""
    metadata = document.metadata
    yield Statement("identifier", identifier.value, {"id": IDENTIFIER})
    if identifier.kind:
        yield refined(IDENTIFIER, "identifier-type", identifier.kind, "onix:codelist5")
    yield from _titles(metadata)
    yield from _makers(metadata)
    for lang in dict.fromkeys((metadata.lang, *(article.lang for article in document.articles.values()))):
        yield Statement("language", lang)
    if metadata.date:
        yield Statement("date", metadata.date.isoformat())
    for name, value in (
        ("publisher", metadata.publisher),
        ("rights", metadata.rights),
        ("description", _description(metadata)),
        *(("subject", keyword) for keyword in metadata.keywords),
    ):
        if value:
            yield Statement(name, value)
    yield from _series(metadata)


def _titles(metadata: Metadata) -> Iterator[Statement]:
    titles = (("main", metadata.title), ("subtitle", metadata.subtitle))
    for order, (kind, words) in enumerate(titles, 1):
        if not words:
            continue
        name = f"title-{kind}"
        yield Statement("title", " ".join(plain_text(words).split()), {"id": name, XML_LANG: metadata.lang})
        yield refined(name, "title-type", kind)
        yield refined(name, "display-seq", str(order))


def _makers(metadata: Metadata) -> Iterator[Statement]:
    """Who wrote the book, be it as a whole or its articles; and who edited, translated and illustrated it (MARC's relators)."""
    yield from _people("creator", (("aut", metadata.authors or metadata.contributors),))
    helpers = (("edt", metadata.editors), ("trl", metadata.translators), ("ill", metadata.illustrators))
    yield from _people("contributor", helpers)


def _people(kind: str, roles: Iterable[tuple[str, Iterable[Author]]]) -> Iterator[Statement]:
    for order, (role, person) in enumerate(((role, person) for role, people in roles for person in people), 1):
        name = f"{kind}-{order}"
        yield Statement(kind, person.name, {"id": name})
        yield refined(name, "role", role, "marc:relators")
        yield refined(name, "display-seq", str(order))


def _description(metadata: Metadata) -> str:
    words = plain_text(metadata.description) or "\n".join(plain_text((block,)) for block in metadata.abstract)
    return " ".join(words.split())


def _series(metadata: Metadata) -> Iterator[Statement]:
    if not metadata.series:
        return
    yield Statement("meta", metadata.series, {"property": "belongs-to-collection", "id": "series"})
    yield refined("series", "collection-type", "series")
    position = re.search(r"\d+(?:\.\d+)*", metadata.issue)
    if position:
        yield refined("series", "group-position", position[0])


# Identifiers


def identify(document: Document, report: Report) -> Identifier:
    """The article's identifier; where it has none, a UUID that its title, authors, date and language always give again."""
    metadata = document.metadata
    given = metadata.identifier.strip()
    if not given:
        names = [author.name for author in metadata.authors]
        names += [plain_text(article.title) for article in document.articles.values()]
        words = [plain_text(metadata.title), *names, str(metadata.date or ""), metadata.lang]
        return Identifier(uuid.uuid5(NAMESPACE, "\n".join(words)).urn)
    found = ISBN.fullmatch(given)
    if found:
        return _isbn(found[1], metadata, report)
    found = DOI.fullmatch(given)
    if found:
        return Identifier(f"doi:{found[1]}", "06")
    found = UUID.fullmatch(given)
    return Identifier(f"urn:uuid:{found[1].lower()}") if found else Identifier(given)


def _isbn(given: str, metadata: Metadata, report: Report) -> Identifier:
    digits = re.sub(r"[ -]", "", given).upper()
    if not _checks(digits):
        span = metadata.spans.get("identifier")
        report.warn(f"'{given}' is no ISBN: its last digit does not agree with the others", span, hint="look it up again")
        return Identifier(metadata.identifier)
    return Identifier(f"urn:isbn:{digits}", "15" if len(digits) == 13 else "02")


def _checks(digits: str) -> bool:
    """Whether the check digit is right (ISO 2108: weights 1 and 3 modulo 10; in the older form of ten, 10 to 1 modulo 11)."""
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        return sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0
    return False

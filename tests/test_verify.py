"""pressout verify: what is right is called right, what is wrong is named, for people and for programs."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, pressout
from pressout.diagnostics import PressoutError, Severity
from pressout.verify import Verdict, verify
from pressout.verify.contrast import faint
from pressout.verify.epub import own_checks
from stages import Stages

PAGE = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p class="a">Some words</p></body></html>'


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("verify") / "book.epub"
    path.write_bytes(Stages("---\ntitle: T\nlang: en\n---\n\n## One\n\nWords.\n", "md", ROOT / "input", "plain").rendered("epub"))
    return path


def planted(book: Path, part: str, change: Callable[[bytes], bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(book) as archive, zipfile.ZipFile(written, "w") as copy:
        for name in archive.namelist():
            copy.writestr(name, change(archive.read(name)) if name == part else archive.read(name))
    return written.getvalue()


def of(verdict: Verdict, name: str) -> list[str]:
    return [str(found) for check in verdict.checks if check.name == name for found in check.found]


def test_right_book(book: Path) -> None:
    said = pressout("verify", book)
    assert said.status == 0, said.out
    assert said.out.startswith(f"{book}: right\n  title: T\n")
    assert "shops and readers: nothing found" in said.out


def test_wrong_book_for_programs(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "wrong.epub"
    path.write_bytes(planted(book, "EPUB/content.opf", lambda data: data.replace(b">en<", b">English (UK)<")))
    said = pressout("verify", path, book, "--json")
    wrong, right = json.loads(said.out)["files"]
    assert (said.status, wrong["right"], right["right"]) == (1, False, True)
    assert any("Kindle" in found["message"] for check in wrong["checks"] for found in check["found"])


def test_warnings_fail_strictly(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "faint.epub"
    path.write_bytes(planted(book, "EPUB/style.css", lambda data: data + b"\np { color: #aaaaaa }\n"))
    assert [pressout("verify", path, *options).status for options in ([], ["--strict"])] == [0, 1]


@pytest.mark.parametrize(
    ("sheet", "found"),
    [
        (".a { color: #aaa }", "'Some words' is #aaaaaa on #ffffff, 2.3 to 1: less than 4.5"),
        ("body { background: #222 } p { color: #333 }", "'Some words' is #333333 on #222222, 1.3 to 1: less than 4.5"),
        ("p { color: #aaa } p.a { color: black }", None),
        ("em { color: #aaa }", None),
        ("@media (prefers-color-scheme: dark) { p { color: #aaa } }", None),
        ("p { color: #aaa4 }", None),
    ],
)
def test_contrast_by_the_sheet(sheet: str, found: str | None) -> None:
    from lxml import etree

    assert list(faint(etree.fromstring(PAGE), [sheet.encode()])) == ([found] if found else [])


def test_every_theme_stands_out(library: Path) -> None:
    for path in sorted(library.glob("*/specimen.epub")):
        assert of(verify(path), "contrast") == [], path


def test_pages_without_text_are_listed(book: Path) -> None:
    from dataclasses import replace

    from pressout.diagnostics import Report
    from pressout.edition import Page
    from pressout.renderers.epub.render import render

    stages = Stages("# T\n\nWords.\n", "md", ROOT / "input", "plain")
    pages = (Page("1"), Page("2", stages.source.text.index("T")), Page("3"), Page("4", stages.source.text.index("Words")))
    path = book.with_name("paged.epub")
    path.write_bytes(render(stages.ready, stages.theme, replace(stages.edition, pages=pages, paginated="t.pdf"), Report()).data)
    facts = verify(path).facts
    assert (facts["pages"], facts["pages without text"]) == ("2 to 4 of t.pdf", "1, 3")


# What comes from elsewhere


def bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        with archive.open(zipfile.ZipInfo("EPUB/large.css"), "w", force_zip64=True) as part:
            for _ in range(501):
                part.write(bytes(1_000_000))
    return written.getvalue()


def traversing() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("../../evil", "")
    return written.getvalue()


def cut(book: Path) -> bytes:
    return book.read_bytes()[:-200]


def damaged(book: Path) -> bytes:
    data = bytearray(book.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 400] = (byte ^ 0xFF for byte in data[len(data) // 2 : len(data) // 2 + 400])
    return bytes(data)


@pytest.mark.parametrize("make", [lambda _: b"", lambda _: b"words", cut, damaged, lambda _: traversing()])
def test_broken_archives_are_no_books(book: Path, make: Callable[[Path], bytes]) -> None:
    (found,) = own_checks(make(book))
    assert found.severity is Severity.ERROR
    assert found.message.startswith("is no EPUB")


def test_bomb_is_not_unpacked() -> None:
    assert "more than 500 MB" in own_checks(bomb())[0].message


@pytest.mark.parametrize("name", ["nowhere.epub", "notes.odt"])
def test_what_cannot_be_verified_is_said(name: str, tmp_path: Path) -> None:
    (tmp_path / "notes.odt").write_bytes(b"")
    with pytest.raises(PressoutError):
        verify(tmp_path / name)
    said = pressout("verify", name, folder=tmp_path)
    assert said.status == 1
    assert "Traceback" not in said.out + said.errors


def test_judge_that_is_not_installed_is_said(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pressout.verify.epub_verdict.can_run_epubcheck", lambda: "Java")
    verdict = verify(book)
    assert verdict.right
    assert [check.missing for check in verdict.checks] == ["Java", "", ""]

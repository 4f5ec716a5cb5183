"""The pipeline, its orders and its files, called as functions."""

from __future__ import annotations

import datetime
import errno
from pathlib import Path

import pytest

import pressout
from pressout import files, order, pipeline
from pressout.diagnostics import PressoutError, Report
from pressout.edition import Output
from pressout.files import write_whole
from pressout.model import Document, Metadata
from pressout.order import Order

ARTICLE = "---\ntitle: Words\nlang: en\n---\n\n## One\n\nText.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    (tmp_path / "words.md").write_text(ARTICLE)
    return tmp_path / "words.md"


# The pipeline


def test_public_names_are_what_they_say(article: Path) -> None:
    built = pressout.build(article, Order(formats=("epub",), out=article.parent / "out"), Report())
    assert list(built.files) == [article.parent / "out" / "words.epub"]
    assert next(iter(built.files.values())).data == (article.parent / "out" / "words.epub").read_bytes()
    assert all(callable(getattr(pressout, name)) for name in pressout.__all__)


def test_one_read_serves_all_formats(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stages: list[str] = []
    read, render = pipeline.read, pipeline.render
    monkeypatch.setattr(pipeline, "read", lambda *given: stages.append("read") or read(*given))
    monkeypatch.setattr(pipeline, "render", lambda form, *given: stages.append(form) or Output(form.encode()))
    pipeline.build(article, Order(out=article.parent), Report())
    assert stages == ["read", "pdf", "epub", "docx"]
    assert render is not pipeline.render


def test_nothing_is_written_when_one_format_fails(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_last(form: str, *given: object) -> Output:
        if form == "docx":
            raise PressoutError("no such luck")
        return Output(b"made")

    monkeypatch.setattr(pipeline, "render", fail_last)
    with pytest.raises(PressoutError):
        pipeline.build(article, Order(out=article.parent / "out"), Report())
    assert not (article.parent / "out").exists()


def test_theme_is_the_commands_then_the_articles_then_the_projects(article: Path) -> None:
    plain = Document(metadata=Metadata(), blocks=())
    asking = Document(metadata=Metadata(settings={"theme": "from-article"}), blocks=())
    (article.parent / "pressout.toml").write_text('theme = "from-project"')
    wanted = order.complete(Order(), article)
    assert order.theme_name(wanted, plain) == "from-project"
    assert order.theme_name(wanted, asking) == "from-article"
    assert order.theme_name(order.complete(Order(theme="asked"), article), asking) == "asked"


def test_moment_is_the_articles_or_the_environments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert order.moment(Metadata()).year == 1980
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert order.moment(Metadata()) == datetime.datetime(2023, 11, 14, 22, 13, 20, tzinfo=datetime.UTC)
    dated = Metadata(date=datetime.date(2024, 2, 29))
    assert order.moment(dated) == datetime.datetime(2024, 2, 29, tzinfo=datetime.UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(PressoutError, match="SOURCE_DATE_EPOCH"):
        order.moment(Metadata())


# Files


def test_disk_that_fills_up_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "a.pdf").write_bytes(b"old")
    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(PressoutError, match=r"a\.pdf: error: cannot be written: no space left"):
        write_whole(tmp_path / "a.pdf", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"old"


def test_written_file_may_be_read_by_others_as_usual(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_whole(tmp_path / "made", b"data")
    assert (tmp_path / "made").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_link_to_a_file_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"

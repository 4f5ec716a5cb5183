"""The command: what it says, how it leaves, and what it does with input that is wrong."""

from __future__ import annotations

import errno
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from conftest import COMMAND, ROOT, Said, pressout
from pressout.diagnostics import PressoutError, Report
from pressout.files import near_name
from pressout.order import Order, new_folder
from pressout.pipeline import build

HEAVY = ("weasyprint", "docx", "ebooklib", "jinja2", "rich", "markdown_it", "lxml", "PIL", "pikepdf", "yaml")
EMPTY_GROUP = "import click\n@click.group()\ndef main(): pass\nmain(['--help'])"
OURS = "from pressout.cli import main\nmain(['--help'])"
ARTICLE = "---\ntitle: A small article\nlang: en\nauthor: Ann Other\ndate: 2024-02-29\n---\n\n## One\n\nWords of the *text*.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one sound article."""
    (tmp_path / "sound.md").write_text(ARTICLE)
    return tmp_path


# What it says


def test_help_imports_nothing_heavy() -> None:
    check = f"print('HEAVY', [name for name in {HEAVY} if name in sys.modules])"
    code = f"import sys\ntry:\n    exec({OURS!r})\nexcept SystemExit: pass\n{check}"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.endswith("HEAVY []\n")


def test_help_starts_at_once() -> None:
    """The whole command takes less than 1.25 times the CPU of an empty click group: medians of runs that take turns."""
    ours, empty = zip(*((cpu(OURS), cpu(EMPTY_GROUP)) for _ in range(9)), strict=True)
    assert statistics.median(ours) < 1.25 * statistics.median(empty)


def cpu(code: str) -> float:
    """The CPU seconds of a new interpreter that runs this code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_names_every_command() -> None:
    said = pressout("--help")
    for name in ("build", "check", "inspect", "themes", "doctor"):
        assert f"  {name}" in said.out
        assert "Usage" in pressout(name, "--help").out


def test_interpreter_runs_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "pressout", "themes"], capture_output=True, text=True, check=False)
    assert done.stdout == pressout("themes").out
    assert done.returncode == 0


def test_version_names_what_bytes_depend_on() -> None:
    said = pressout("--version")
    assert said.out.startswith("pressout ")
    for name in ("Python", "weasyprint", "ebooklib", "python-docx", "pango"):
        assert f"  {name} " in said.out


def test_summary_tells_files_pages_words_seconds(folder: Path) -> None:
    said = pressout("build", "sound.md", folder=folder)
    assert said.status == 0
    lines = said.out.splitlines()
    assert lines[0].startswith("output/sound.pdf: 1 page, ")
    assert lines[-1].startswith("3 files of 1 article, 5 words, in ")
    assert sorted(path.name for path in (folder / "output").iterdir()) == ["sound.docx", "sound.epub", "sound.pdf"]


def test_json_answers_with_files_and_diagnostics(folder: Path) -> None:
    (folder / "sound.md").write_text(ARTICLE + "\n![](missing.png)\n")
    said = pressout("build", "sound.md", "--to", "epub", "--json", folder=folder)
    answer = json.loads(said.out)
    assert [each["path"] for each in answer["built"][0]["files"]] == ["output/sound.epub"]
    assert any("missing.png" in each["message"] and each["line"] == 12 for each in answer["diagnostics"])


def test_timings_name_the_stages(folder: Path) -> None:
    said = pressout("build", "sound.md", "--to", "docx", "--timings", folder=folder)
    assert [line.split()[0] for line in said.out.splitlines()[-4:]] == ["read", "prepare", "docx", "write"]


def test_strict_lets_warnings_fail_and_writes_nothing(folder: Path) -> None:
    (folder / "sound.md").write_text(ARTICLE + "\n![](missing.png)\n")
    assert pressout("build", "sound.md", "--to", "docx", folder=folder).status == 0
    said = pressout("build", "sound.md", "--to", "epub", "--strict", folder=folder)
    assert said.status == 1
    assert "--strict" in said.errors
    assert not (folder / "output" / "sound.epub").exists()
    assert pressout("check", "sound.md", "--strict", folder=folder).status == 1


def test_quiet_says_nothing_of_what_is_right(folder: Path) -> None:
    said = pressout("build", "sound.md", "--to", "docx", "-q", folder=folder)
    assert (said.status, said.out, said.errors) == (0, "", "")


# What it takes


def test_output_names_its_format(folder: Path) -> None:
    said = pressout("build", "sound.md", "-o", "a/one.docx", "-o", "two.epub", folder=folder)
    assert said.status == 0, said.errors
    assert (folder / "a" / "one.docx").exists()
    assert (folder / "two.epub").exists()
    assert not (folder / "output").exists()


@pytest.mark.parametrize("asked", ["build sound.md -o mde/here/a.docx", "handoff sound.md --force --out mde/here"])
def test_a_folder_that_is_made_is_named(folder: Path, asked: str) -> None:
    """It may be a misspelt one; output/, where files go that are asked nowhere else, is what everybody expects."""
    for told in (1, 0):
        said = pressout(*asked.split(), folder=folder)
        assert said.errors.count("note: made the folder 'mde/here'\n") == told
    assert new_folder(folder / "new" / "a.docx") and not new_folder(folder / "a.docx")
    assert not new_folder(Path("output") / "a.docx")


def test_standard_input(folder: Path) -> None:
    said = pressout("build", "-", "--from", "md", "-o", "piped.docx", folder=folder, stdin=ARTICLE.encode())
    assert said.status == 0, said.errors
    assert (folder / "piped.docx").exists()
    assert pressout("build", "-", "-o", "piped.docx", folder=folder, stdin=ARTICLE.encode()).status == 2


def test_project_file_gives_the_defaults(folder: Path) -> None:
    (folder / "pressout.toml").write_text('formats = ["docx"]\nout = "made"\nlang = "de"\n')
    (folder / "sound.md").write_text("# Titel\n\nWorte.\n")
    said = pressout("build", "sound.md", folder=folder)
    assert said.status == 0, said.errors
    assert [path.name for path in (folder / "made").iterdir()] == ["sound.docx"]
    assert json.loads(pressout("inspect", "sound.md", "--json", folder=folder).out)["metadata"]["lang"] == "de"


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('them = "plain"', "pressout.toml:1:1: error: no such key: 'them'\n  hint: did you mean 'theme'?"),
        ("lang = 3", "pressout.toml:1:1: error: 'lang' is a word in quotes"),
        ('formats = "pdf"', "pressout.toml:1:1: error: 'formats' is a list of words"),
        ('lang = "en"\nformats = ["odt"]', "pressout.toml:2:1: error: there is no format 'odt'\n  hint: the formats are pdf"),
        ("theme =", "pressout.toml:1:8: error: not TOML: "),
        (
            'out = "x"\n# \udce9',
            "pressout.toml:2:3: error: byte 13 is 0xe9, which is not UTF-8\n  hint: it looks like Windows-1252",
        ),
    ],
)
def test_project_file_with_a_mistake(folder: Path, toml: str, message: str) -> None:
    (folder / "pressout.toml").write_text(toml, errors="surrogateescape")
    refused(pressout("build", "sound.md", folder=folder), message)


ASKED = ["build sound.md", "check sound.md", "inspect sound.md", "handoff sound.md", "send sound.epub --to me", "doctor"]
ASKED += ["verify sound.pdf --source sound.md"]


@pytest.mark.parametrize("asked", ASKED)
def test_all_mistakes_of_a_project_file_are_told_at_once(folder: Path, asked: str) -> None:
    (folder / "pressout.toml").write_text('lang = 3\nformats = ["PDF", "odt"]\npaper = "A9"\n')
    said = pressout(*asked.split(), folder=folder)
    told = re.findall(r"(pressout.toml:\d:\d): error", said.out if "verify" in asked else said.errors)
    assert (said.status, told) == (1, [f"pressout.toml:{line}:1" for line in (1, 2, 3)])
    assert (said.out + said.errors).count("odt") == 1 and "'PDF'" not in said.errors


def test_a_project_file_names_formats_in_any_case_and_is_a_file(folder: Path) -> None:
    (folder / "pressout.toml").write_text('formats = ["DOCX", "docx"]\n')
    assert pressout("build", "sound.md", folder=folder).status == 0
    assert [path.name for path in (folder / "output").iterdir()] == ["sound.docx"]
    (folder / "pressout.toml").unlink()
    (folder / "pressout.toml").mkdir()
    refused(pressout("build", "sound.md", folder=folder), "pressout.toml: error: it cannot be read: it is a folder")


def test_inspect_shows_each_stage(folder: Path) -> None:
    assert "Heading @8:1 level=2: 'One'" in pressout("inspect", "sound.md", "--stage", "read", folder=folder).out
    assert "Section @8:1 {#one}" in pressout("inspect", "sound.md", folder=folder).out
    assert "<h2 " in pressout("inspect", "sound.md", "--stage", "html", folder=folder).out
    found = json.loads(pressout("inspect", "sound.md", "--stage", "outline", "--json", folder=folder).out)
    assert found["title"] == "A small article"
    assert found["headings"] == [{"text": "One", "level": 2}]
    assert "Words of the text." in found["paragraphs"]


def test_themes_and_doctor() -> None:
    assert "plain" in pressout("themes").out
    assert {"pango", "Java", "veraPDF", "LibreOffice"} <= {each["name"] for each in json.loads(pressout("doctor", "--json").out)}


# What is wrong: one clear line, the right status, no traceback, and nothing half written


def refused(said: Said, message: str, status: int = 1) -> None:
    assert said.status == status, said
    assert message in said.errors
    assert "Traceback" not in said.errors


WESTERN = "  hint: it looks like Windows-1252: iconv -f WINDOWS-1252 -t UTF-8 bad.md > bad.md.utf-8\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "bad.md: error: the file is empty"),
        (b"\xef\xbb\xbf \n\n", "bad.md: error: the file is empty"),
        ("# Caf\u00e9\n\nna\u00efve\n".encode("latin-1"), "bad.md:1:6: error: byte 6 is 0xe9, which is not UTF-8"),
        ("# Dons\n\nit\u2019s 5 \u20ac\n".encode("cp1252"), f"bad.md:3:3: error: byte 11 is 0x92, which is not UTF-8\n{WESTERN}"),
        ("# \u041c\u0438\u0440\n".encode("cp1251"), "-f ENCODING -t UTF-8 bad.md > bad.md.utf-8, with the encoding that it has"),
        (
            "# Caf\u00e9 \u2026 ".encode() + b"\xe9\n",
            "bad.md:1:10: error: byte 13 is 0xe9, which is not UTF-8\n  hint: the rest of it is",
        ),
        (b"# ok\n\ntext \xff\n", "bad.md:3:6: error: byte 12 is 0xff, which is not UTF-8"),
        ("# x".encode("utf-16")[:-1], "bad.md:1:4: error: byte 7 is 0x78, which is not UTF-16-LE"),
    ],
    ids=["empty", "blank", "latin-1", "Windows-1252", "Cyrillic", "in UTF-8", "stray byte", "half UTF-16"],
)
def test_source_that_is_no_text(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "bad.md").write_bytes(data)
    refused(pressout("build", "bad.md", "--to", "docx", folder=tmp_path), message)
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_source_with_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    (tmp_path / "marked.md").write_bytes((mark + "# Käse\r\n\r\nWörter.\r\n").encode(encoding))
    said = pressout("inspect", "marked.md", "--stage", "outline", "--json", folder=tmp_path)
    found = json.loads(said.out)
    assert (found["title"], found["paragraphs"][0]) == ("Käse", "Wörter.")


def test_control_characters_are_shown_and_told(folder: Path) -> None:
    (folder / "sound.md").write_bytes(ARTICLE.encode() + b"\nA bell\x07 and a nul\x00.\n")
    said = pressout("build", "sound.md", "--to", "docx,epub", folder=folder)
    assert said.status == 0
    assert "sound.md:12:7: warning: the control character U+0007 and 1 more cannot be printed" in said.errors


def test_formats_are_a_list_or_repeated(folder: Path) -> None:
    for asked in (["--to", "docx,epub"], ["--to", "docx", "--to", "epub"]):
        assert pressout("build", "sound.md", *asked, "--out", asked[-1], folder=folder).status == 0
        assert {path.suffix for path in (folder / asked[-1]).iterdir()} == {".docx", ".epub"}


def test_source_that_is_not_there(folder: Path) -> None:
    refused(pressout("build", "sound.txt", folder=folder), "sound.txt: error: cannot be read: there is no such file")
    refused(pressout("build", "nowhere/sound.md", folder=folder), "there is no such file")
    refused(pressout("build", "sound.odt", folder=folder), "sound.odt: error: pressout does not read this kind of file")


def test_folder_without_articles(folder: Path) -> None:
    (folder / "empty").mkdir()
    refused(pressout("build", "empty", folder=folder), "empty: error: no article in this folder")
    refused(pressout("build", folder=folder), "no folder input/", status=2)


def test_wrong_usage(folder: Path) -> None:
    refused(pressout("build", "sound.md", "--to", "odt", folder=folder), "there is no format 'odt'", status=2)
    refused(pressout("build", "sound.md", "-o", "x.odt", folder=folder), "there is no format 'odt'", status=2)
    refused(pressout("print", folder=folder), "No such command 'print'", status=2)
    refused(pressout("build", "sound.md", "--from", "odt", folder=folder), "'odt' is none of .md", status=2)


def test_files_that_cannot_be_told_apart(folder: Path) -> None:
    for asked in (["a.pdf", "b.pdf"], ["a.epub", "b.docx", "c.EPUB"]):
        said = pressout("build", "sound.md", *(word for name in asked for word in ("-o", name)), "--to", "pdf", folder=folder)
        refused(said, f"-o '{asked[0]}' and -o '{asked[-1]}' are of one format", status=2)
    refused(pressout("build", "sound.md", "--to", "pdf", "-o", "out", folder=folder), "a folder is named with --out", status=2)
    assert [path.name for path in folder.iterdir()] == ["sound.md"]
    assert pressout("build", "sound.md", "-o", "a.docx", "-o", "./a.docx", folder=folder).status == 0


@pytest.mark.parametrize("text", ["---\ntitle: T\nlang: en\n---\n", "<!-- later -->\n", "[a]: b.md\n"])
def test_an_article_without_text_is_said(folder: Path, text: str) -> None:
    (folder / "bare.md").write_text(text)
    said = pressout("check", "bare.md", "sound.md", folder=folder)
    assert said.status == 0
    assert said.errors.count("bare.md: warning: the article has no text") == said.errors.count("has no text") == 1
    assert pressout("build", "bare.md", "--to", "docx", "--strict", folder=folder).status == 1


def test_theme_that_is_not_there(folder: Path) -> None:
    refused(pressout("build", "sound.md", "--theme", "plian", folder=folder), "plian", status=2)
    (folder / "bare").mkdir()
    (folder / "deep" / "theme.toml").mkdir(parents=True)
    for path in ("bare", "./bare", "bare/theme.toml"):
        refused(pressout("check", "sound.md", "--theme", path, folder=folder), "bare: there is no theme.toml in it", status=2)
    for asked in (["handoff", "sound.md", "--to", "Ed"], ["verify", "sound.docx"], ["inspect", "sound.md"]):
        refused(pressout(*asked, "--theme", "plian", folder=folder), "did you mean 'plain'?", status=2)
    (folder / "bare" / "theme.toml").write_text("[page]\npaper = 3\n")
    refused(pressout("check", "sound.md", "--theme", "bare", folder=folder), "bare/theme.toml:2:1: error: ")  # a wrong file
    refused(pressout("check", "sound.md", "--theme", "./deep", folder=folder), "deep/theme.toml: is a folder", status=2)


def test_one_bad_article_does_not_stop_the_others(folder: Path) -> None:
    (folder / "bad.md").write_bytes(b"\xff\xfe\xfd")
    said = pressout("build", "bad.md", "sound.md", "--to", "docx", folder=folder)
    assert said.status == 1
    assert (folder / "output" / "sound.docx").exists()


def test_two_sources_that_would_write_one_file(folder: Path) -> None:
    (folder / "sound.txt").write_text("Another\n\nText.\n")
    refused(pressout("build", ".", folder=folder), "'sound.md' and 'sound.txt' would both write 'output/sound.pdf'")
    assert not (folder / "output").exists()


def test_output_that_cannot_be_written(folder: Path) -> None:
    (folder / "output" / "sound.docx").mkdir(parents=True)
    refused(
        pressout("build", "sound.md", "--to", "docx", folder=folder), "output/sound.docx: error: cannot be written: it is a folder"
    )
    refused(pressout("build", "sound.md", "-o", "output/sound.docx", folder=folder), "hint: take the folder away")
    assert not any((folder / "output" / "sound.docx").iterdir())
    assert [path.name for path in (folder / "output").iterdir()] == ["sound.docx"]
    (folder / "file").write_text("")
    refused(
        pressout("build", "sound.md", "--to", "docx", "--out", "file", folder=folder),
        "a file stands where its folder should be\n  hint: take that file",
    )


def test_standard_output_that_is_full(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [COMMAND, "build", "sound.md", "--to", "docx", "-o", "-"]
        done = subprocess.run(command, cwd=folder, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "error: standard output cannot be written: no space left on device\n"


PICTURES = {
    "missing.png": "is missing",
    "broken.png": "is broken",
    "words.png": "is no picture that can be read",
    "../outside.png": "is outside the article's folder",
    "https://example.org/a.png": "is on a network",
}


@pytest.mark.parametrize("target", PICTURES)
def test_picture_that_cannot_be_shown(tmp_path: Path, target: str) -> None:
    """A warning says why, and the words for the picture take its place."""
    inside = tmp_path / "inside"
    inside.mkdir()
    Image.new("RGB", (40, 30), "red").save(tmp_path / "outside.png")
    (inside / "broken.png").write_bytes((tmp_path / "outside.png").read_bytes()[:60])
    (inside / "words.png").write_text("no picture")
    (inside / "a.md").write_text(f"{ARTICLE}\n![a red square]({target})\n")
    said = pressout("build", "a.md", "--to", "epub,docx", folder=inside)
    assert said.status == 0
    assert "a.md:12:1: warning: " in said.errors
    assert PICTURES[target] in said.errors
    assert "a red square" in pressout("inspect", "a.md", "--stage", "html", folder=inside).out


def test_scripts_are_left_out_and_harmless_markup_is_kept(folder: Path) -> None:
    (folder / "sound.md").write_text(ARTICLE + '\n<script>alert("x")</script>\n\nH<sub>2</sub>O <b onclick="x()">bold</b>\n')
    said = pressout("inspect", "sound.md", "--stage", "html", folder=folder)
    assert "warning" in said.errors
    assert "script" in said.errors
    assert "alert" not in said.out
    assert "onclick" not in said.out
    assert "H<sub>2</sub>O" in said.out


def test_braces_are_words(folder: Path) -> None:
    (folder / "sound.md").write_text(ARTICLE + "\nA {{ template }} and {% raw %}.\n")
    assert "A {{ template }} and {% raw %}." in pressout("inspect", "sound.md", "--stage", "html", folder=folder).out


def test_internal_error_is_owned_up_to(folder: Path) -> None:
    """An exception of ours shows no traceback but with -v, and says whose fault it is."""
    (folder / "sitecustomize.py").write_text(
        "import sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'pressout.readers.markdown': raise RuntimeError('broken on purpose')\n"
        "sys.meta_path.insert(0, Finder())\n"
    )
    settings = {"PYTHONPATH": str(folder)}
    refused(pressout("build", "sound.md", folder=folder, settings=settings), "sound.md: error: internal error: RuntimeError")
    assert "Traceback" in pressout("build", "sound.md", "-v", folder=folder, settings=settings).errors


def test_one_file_goes_to_standard_output(tmp_path: Path) -> None:
    """As other converters do it, so that a pipe may end in any program."""
    (tmp_path / "a.md").write_text("---\ntitle: T\nlang: en\n---\n\nWords. ![](gone.png)\n")
    assert pressout("build", "a.md", "--to", "epub", folder=tmp_path).status == 0
    command = [COMMAND, "build", "a.md", "--to", "epub", "-o", "-"]
    piped = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert piped.stdout == (tmp_path / "output" / "a.epub").read_bytes()
    assert b"gone.png" in piped.stderr
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.md"]
    said = pressout("build", "a.md", "-o", "-", folder=tmp_path)
    assert said.status == 2 and "say with --to which format" in said.errors


def test_a_full_disk_is_told_with_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: T\nlang: en\n---\n\nWords.\n")
    replace = Path.replace

    def full(path: Path, target: Path) -> Path:
        if target.suffix == ".docx":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", full)
    report = Report()
    with pytest.raises(PressoutError) as error:
        build(tmp_path / "a.md", Order(formats=("epub", "docx"), out=tmp_path), report)
    assert "no space left" in str(error.value) and "make room there" in error.value.diagnostic.hint
    assert [each.message for each in report.diagnostics] == [f"was written before that: {tmp_path / 'a.epub'}"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.epub", "a.md"]  # and nothing by half


def test_a_hint_names_no_file_that_looks_the_same(tmp_path: Path) -> None:
    (tmp_path / unicodedata.normalize("NFD", "ä.md")).write_text("# T\n")
    (tmp_path / "b.md").symlink_to("gone.md")
    assert near_name(tmp_path / "ä.md").startswith("a file of the same letters")
    assert near_name(tmp_path / "b.md") == "it is a link to a file that is gone"
    assert near_name(tmp_path / "bb.md") == "did you mean 'b.md'?"


def test_a_name_that_is_no_utf_8(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    (tmp_path / name).write_text("---\ntitle: T\nlang: en\n---\n\nWords.\n")
    done = subprocess.run([COMMAND, "build", name, "--to", "pdf,epub"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stderr == b""
    with zipfile.ZipFile(tmp_path / "output" / os.fsdecode(b"caf\xe9.epub")) as archive:
        assert b">caf?.pdf</" in archive.read("EPUB/content.opf")


@pytest.mark.parametrize("asked", ["build sound.md --theme plain", "themes", "doctor"])
def test_an_installation_without_its_themes(folder: Path, asked: str) -> None:
    shutil.copytree(ROOT / "src" / "pressout", folder / "lib" / "pressout", ignore=shutil.ignore_patterns("__pycache__", "themes"))
    (folder / "lib" / "pressout" / "themes").mkdir()
    command = [sys.executable, "-m", "pressout", *asked.split()]
    done = subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONPATH": "lib"}, capture_output=True, text=True, check=False)
    refused(Said(done.returncode, done.stdout, done.stderr), "pressout: error: pressout's own themes are missing")

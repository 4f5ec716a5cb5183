"""pressout send: to a real mail server with TLS and a password, and onto a folder; what cannot be sent is not, and is said."""

from __future__ import annotations

import json
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from conftest import ROOT, Said, need, pressout
from pressout.delivery import send
from pressout.diagnostics import PressoutError
from stages import Stages

ADDRESS = "reader@example.org"
PASSWORD = "a secret of tests"


@dataclass
class Postbox:
    """What a server has taken; it refuses one address, and all that it is told to."""

    messages: list[bytes] = field(default_factory=list)
    answer: str = "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address.startswith("nobody"):
            return "550 no such reader"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.messages.append(envelope.content)
        return self.answer


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost, with its key."""
    need(shutil.which("openssl"), "openssl")
    folder = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run([*command.split(), "-keyout", "key.pem", "-out", "certificate.pem"], cwd=folder, check=True, capture_output=True)
    return folder / "certificate.pem"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "article.epub"
    path.write_bytes(Stages("# T\n\nWords.\n", "md", ROOT / "input", "plain").rendered("epub"))
    return path


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("localhost", 0))
        return int(listener.getsockname()[1])


def authenticator(server: Any, session: Any, envelope: Any, mechanism: str, data: object) -> AuthResult:
    return AuthResult(success=isinstance(data, LoginPassword) and data.password == PASSWORD.encode(), handled=False)


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def office(certificate: Path, postbox: Postbox, tmp_path: Path) -> Iterator[Path]:
    """A folder whose pressout.toml names a server with STARTTLS that wants a password."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    controller = Controller(
        postbox,
        hostname="localhost",
        port=free_port(),
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=authenticator,
    )
    controller.start()
    settings(tmp_path, controller.port, certificate)
    yield tmp_path
    controller.stop()


def settings(folder: Path, port: int, certificate: Path | str = "", more: str = "") -> None:
    (folder / "pressout.toml").write_text(
        f'[send]\nserver = "localhost"\nport = {port}\nuser = "me"\nfrom = "me@example.org"\ncertificates = "{certificate}"\n'
        f'wait = 3\n{more}\n[send.to]\nreader = "{ADDRESS}"\n',
        encoding="utf-8",
    )


def sent(folder: Path, book: Path, *options: str, to: str = "reader", password: str = PASSWORD) -> Said:
    return pressout("send", book, "--to", to, *options, folder=folder, settings={send.PASSWORD: password})


def test_book_arrives_as_it_is_and_once(office: Path, book: Path, postbox: Postbox) -> None:
    said = sent(office, book)
    assert said.status == 0, said.errors
    assert said.out == f"sent {book} to {ADDRESS} by localhost\n"
    (message,) = map(message_from_bytes, postbox.messages)
    (attached,) = (part for part in message.walk() if part.get_filename() == "article.epub")
    assert attached.get_content_type() == "application/epub+zip"
    assert attached.get_payload(decode=True) == book.read_bytes()
    assert "nothing was sent" in sent(office, book).out
    assert len(postbox.messages) == 1
    assert sent(office, book, "--again").status == 0
    assert len(postbox.messages) == 2
    assert PASSWORD not in (office / send.LOG).read_text()


def test_dry_run_sends_nothing(office: Path, book: Path, postbox: Postbox) -> None:
    assert sent(office, book, "--dry-run").out.startswith(f"would send {book} to {ADDRESS} by localhost: ")
    assert postbox.messages == []
    assert not (office / send.LOG).exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"password": "wrong"}, "does not take the user's name and password"),
        ({"to": "nobody@example.org"}, "no such reader"),
        ({"to": "reader at home"}, "neither an address nor a folder"),
        ({"to": "a@b"}, "is no address"),
    ],
)
def test_refusals(office: Path, book: Path, postbox: Postbox, change: dict[str, str], message: str) -> None:
    refused(sent(office, book, **change), message, office, postbox)


def test_server_that_refuses_the_message(office: Path, book: Path, postbox: Postbox) -> None:
    postbox.answer = "552 too large"
    refused(sent(office, book), "too large", office, postbox)


def test_no_password(office: Path, book: Path, postbox: Postbox) -> None:
    refused(sent(office, book, password=""), "there is no password", office, postbox)


VAULT = """
from keyring.backend import KeyringBackend

class Vault(KeyringBackend):
    priority = 1

    def get_password(self, service, username):
        return "%s" if (service, username) == ("pressout", "me") else None

    def set_password(self, service, username, password):
        raise NotImplementedError
"""


def test_password_from_the_keyring(office: Path, book: Path, postbox: Postbox) -> None:
    (office / "vault.py").write_text(VAULT % PASSWORD)
    kept = {"PYTHON_KEYRING_BACKEND": "vault.Vault", "PYTHONPATH": str(office), send.PASSWORD: ""}
    said = pressout("doctor", "--json", folder=office, settings=kept)
    assert not said.errors
    found = {each["name"]: each["found"] for each in json.loads(said.out)}
    assert (found["mail server"], found["mail password"]) == ("localhost, as me", "in the keyring")
    assert found["keyring"] and PASSWORD not in said.out
    said = pressout("send", book, "--to", "reader", folder=office, settings=kept)
    assert said.status == 0, said.errors
    assert len(postbox.messages) == 1


def test_keyring_that_is_none_has_no_password(office: Path, book: Path, postbox: Postbox) -> None:
    none = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", send.PASSWORD: ""}
    said = pressout("send", book, "--to", "reader", folder=office, settings=none)
    refused(said, "keyring set pressout me", office, postbox)
    found = {each["name"]: each["found"] for each in json.loads(pressout("doctor", "--json", folder=office, settings=none).out)}
    assert not found["mail password"]


def test_certificate_that_nobody_vouches_for(office: Path, book: Path, postbox: Postbox) -> None:
    path = office / "pressout.toml"
    path.write_text("\n".join(line for line in path.read_text().splitlines() if "certificates" not in line))
    refused(sent(office, book), "cannot be trusted", office, postbox)


def test_no_encryption_no_mail(book: Path, postbox: Postbox, tmp_path: Path) -> None:
    controller = Controller(postbox, hostname="localhost", port=free_port())
    controller.start()
    settings(tmp_path, controller.port)
    refused(sent(tmp_path, book), "nothing is sent without encryption", tmp_path, postbox)
    controller.stop()


def test_server_that_hangs(book: Path, postbox: Postbox, tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("localhost", 0))
        listener.listen()
        settings(tmp_path, listener.getsockname()[1])
        refused(sent(tmp_path, book), "did not answer in 3 s", tmp_path, postbox)


def test_server_that_is_not_there(book: Path, postbox: Postbox, tmp_path: Path) -> None:
    settings(tmp_path, free_port())
    refused(sent(tmp_path, book), "cannot be reached", tmp_path, postbox)


def test_all_mistakes_of_the_settings_are_told_at_once(book: Path, postbox: Postbox, tmp_path: Path) -> None:
    (tmp_path / "pressout.toml").write_text('lang = "en"\n[send]\nsevrer = "x"\nfrom = "me@example.org"\nport = "25"\n')
    for said in (sent(tmp_path, book, to=ADDRESS), pressout("doctor", folder=tmp_path)):
        refused(said, "'sevrer'\n  hint: did you mean 'server'?", tmp_path, postbox)
        told = re.findall(r"^pressout.toml:(\d):\d: error: (.*)$", said.errors, re.MULTILINE)
        assert told == [
            ("3", "no such key in [send]: 'sevrer'"),
            ("2", "[send] does not say 'server'"),
            ("5", "'port' is a number"),
        ]


def test_settings_that_name_folders_need_no_server(tmp_path: Path) -> None:
    (tmp_path / "pressout.toml").write_text('[send.to]\nreader = "device"\n')
    said = pressout("doctor", folder=tmp_path)
    assert (said.status, said.errors) == (0, "")


@pytest.mark.parametrize(("more", "message"), [('security = "none"', "starttls or tls"), ('sevrer = "x"', "no such key")])
def test_settings_that_are_wrong(book: Path, postbox: Postbox, tmp_path: Path, more: str, message: str) -> None:
    settings(tmp_path, 25, "", more)
    refused(sent(tmp_path, book), message, tmp_path, postbox)


def refused(said: Said, message: str, folder: Path, postbox: Postbox) -> None:
    """It is said, nothing was sent, and nothing is in the log."""
    assert said.status == 1, said.out
    assert message in said.errors
    assert "Traceback" not in said.errors
    assert postbox.messages == []
    assert not (folder / send.LOG).exists()


# Files and devices


def test_onto_a_device(book: Path, tmp_path: Path) -> None:
    device = tmp_path / "device"
    device.mkdir()
    assert sent(tmp_path, book, to="device").status == 0
    assert (device / "article.epub").read_bytes() == book.read_bytes()
    assert "nothing was sent" in sent(tmp_path, book, to="device").out


def test_full_device(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 0))  # type: ignore[attr-defined]
    with pytest.raises(PressoutError, match="free there"):
        send.parcel(book, str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_device_that_vanishes(book: Path, tmp_path: Path) -> None:
    (tmp_path / "device").mkdir()
    packed = send.parcel(book, str(tmp_path / "device"))
    (tmp_path / "device").rmdir()
    (tmp_path / "device").write_text("no folder any more")
    with pytest.raises(PressoutError):
        send.copy(packed)


@pytest.mark.parametrize(
    ("name", "target", "message"),
    [
        ("a.kepub.epub", "me@kindle.com", "Kobo's kind"),
        ("a.odt", ADDRESS, "is not sent"),
        ("none.pdf", ADDRESS, "cannot be read"),
        ("large.pdf", ADDRESS, "25 MB"),
        ("large.pdf", "me@kindle.com", None),
    ],
)
def test_limits(tmp_path: Path, name: str, target: str, message: str | None) -> None:
    for file in ("a.kepub.epub", "a.odt"):
        (tmp_path / file).write_bytes(b"")
    (tmp_path / "large.pdf").write_bytes(bytes(26_000_000))
    if message is None:
        assert send.parcel(tmp_path / name, target).mailed
    else:
        with pytest.raises(PressoutError, match=message):
            send.parcel(tmp_path / name, target)


def test_what_is_no_epub_stays_here(office: Path, postbox: Postbox) -> None:
    (office / "broken.epub").write_bytes(b"PK, or so it says")
    refused(sent(office, office / "broken.epub"), "is no EPUB", office, postbox)

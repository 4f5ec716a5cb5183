"""Send: a finished file on its way to an e-reader, by mail or onto the device that is plugged in; never the same one twice."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from pressout.diagnostics import PressoutError, Report
from pressout.files import reason, write_whole
from pressout.project import Project, raise_first
from pressout.settings_file import did_you_mean

PASSWORD = "PRESSOUT_SMTP_PASSWORD"
LOG = Path(".pressout") / "sent.jsonl"
WAIT = 30.0  # seconds for a server to answer
ADDRESS = re.compile(r"[^@\s<>,;\"]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
KINDS = {
    ".epub": "application/epub+zip",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MEGABYTE = 1_000_000
MAIL_LIMIT = 25 * MEGABYTE  # what most servers take, of a message
KINDLE_LIMIT = 50 * MEGABYTE  # what Send to Kindle takes
KINDLE = re.compile(r"@(free\.)?kindle\.(com|cn)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Server:
    """Who sends the mail: `security` is starttls or tls, never nothing; `certificates` a file of those that are trusted besides."""

    host: str
    sender: str
    user: str = ""
    port: int = 0
    security: str = "starttls"
    certificates: str = ""
    wait: float = WAIT


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file and where it goes: an address of mail, or the folder of a device."""

    path: Path
    data: bytes
    target: str

    @property
    def mailed(self) -> bool:
        """Whether it goes by mail; a folder may have an @ in its name."""
        return "@" in self.target and not Path(self.target).is_dir()

    @property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return hashlib.sha256(self.data).hexdigest()


def parcel(path: Path, target: str) -> Parcel:
    """The file, packed for where it goes; raises PressoutError where it is none that is sent, or too large."""
    if path.suffix.lower() not in KINDS:
        raise PressoutError("this kind of file is not sent", file=str(path), hint=f"the endings are {', '.join(KINDS)}")
    try:
        packed = Parcel(path, path.read_bytes(), target)
    except OSError as error:
        raise PressoutError(f"cannot be read: {reason(error)}", file=str(path)) from None
    (_check_mail if packed.mailed else _check_folder)(packed)
    return packed


def _check_mail(packed: Parcel) -> None:
    if not ADDRESS.fullmatch(packed.target):
        raise PressoutError(f"'{packed.target}' is no address", hint="an address looks like name@example.org")
    kindle = KINDLE.search(packed.target)
    if kindle and packed.path.name.lower().endswith(".kepub.epub"):
        raise PressoutError("Kindle does not read Kobo's kind of EPUB", file=str(packed.path), hint="build it with --device kindle")
    limit = KINDLE_LIMIT if kindle else MAIL_LIMIT
    if len(packed.data) > limit:
        size = f"{len(packed.data) / MEGABYTE:.0f} MB is more than the {limit // MEGABYTE} MB that can be mailed there"
        raise PressoutError(size, file=str(packed.path), hint="copy it onto the device")


def _check_folder(packed: Parcel) -> None:
    folder = Path(packed.target)
    if not folder.is_dir():
        raise PressoutError(f"'{packed.target}' is neither an address nor a folder", hint="is the device plugged in?")
    free = shutil.disk_usage(folder).free
    if free < len(packed.data):
        raise PressoutError(
            f"only {free / MEGABYTE:.1f} MB are free there, and it takes {len(packed.data) / MEGABYTE:.1f}", file=str(folder)
        )


# The log


def sent_before(packed: Parcel, folder: Path) -> str:
    """When the same bytes went to the same place, by the log in the folder; empty if never."""
    log = folder / LOG
    if not log.is_file():
        return ""
    lines = [line for line in log.read_text(encoding="utf-8").splitlines() if packed.digest in line]
    entries = (json.loads(line) for line in lines)
    return next((str(entry["when"]) for entry in entries if entry["to"] == packed.target), "")


def remember(packed: Parcel, folder: Path) -> None:
    """Add what was sent to the log of a folder: a line of JSON with the time (UTC), the target, the file and its SHA-256."""
    log = folder / LOG
    before = log.read_bytes() if log.is_file() else b""
    when = datetime.now(UTC).isoformat(timespec="seconds")
    entry = {"when": when, "to": packed.target, "file": packed.path.name, "sha256": packed.digest}
    write_whole(log, before + json.dumps(entry, ensure_ascii=False).encode() + b"\n")


# On its way


def copy(packed: Parcel) -> Path:
    """The file on the device, whole; read again, since a device that is pulled out may take what it does not keep."""
    place = Path(packed.target) / packed.path.name
    write_whole(place, packed.data)
    try:
        kept = place.read_bytes() == packed.data
    except OSError:
        kept = False
    if not kept:
        raise PressoutError("the device did not keep it", file=str(place), hint="plug it in again")
    return place


def mail(packed: Parcel, server: Server) -> None:
    """The file by mail, over a connection that is encrypted, or not at all."""
    try:
        with _connection(server) as connection:
            if server.user:
                connection.login(server.user, password(server))
            connection.send_message(_message(packed, server))
    except smtplib.SMTPAuthenticationError:
        raise _trouble(server, "does not take the user's name and password", f"set {PASSWORD}") from None
    except smtplib.SMTPNotSupportedError as error:
        raise _trouble(server, f"cannot do what is needed: {error}", "nothing is sent without encryption") from None
    except smtplib.SMTPRecipientsRefused as error:
        answers = "; ".join(answer.decode(errors="replace") for _, answer in error.recipients.values())
        raise _trouble(server, f"does not send to {packed.target}: {answers}") from None
    except smtplib.SMTPResponseException as error:
        answer = error.smtp_error
        words = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
        raise _trouble(server, f"refused: {words}") from None
    except ssl.SSLError as error:
        raise _trouble(server, f"cannot be trusted: {error.reason or error}") from None
    except (smtplib.SMTPException, OSError) as error:
        # smtplib tells of a server that hangs while it greets as of one that hung up
        hung = isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
        raise _trouble(server, f"did not answer in {server.wait:.0f} s" if hung else f"cannot be reached: {error}") from None


def _connection(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.certificates:
        context.load_verify_locations(server.certificates)
    if server.security == "tls":
        return smtplib.SMTP_SSL(server.host, server.port or 465, timeout=server.wait, context=context)
    connection = smtplib.SMTP(server.host, server.port or 587, timeout=server.wait)
    try:
        connection.starttls(context=context)
    except BaseException:
        connection.close()
        raise
    return connection


def _trouble(server: Server, what: str, hint: str = "") -> PressoutError:
    return PressoutError(f"the server {server.host} {what}; nothing was sent", hint=hint)


def _message(packed: Parcel, server: Server) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, packed.target, packed.path.stem
    message.set_content(packed.path.name)
    kind, _, form = KINDS[packed.path.suffix.lower()].partition("/")
    message.add_attachment(packed.data, maintype=kind, subtype=form, filename=packed.path.name)
    return message


def password(server: Server) -> str:
    """From the environment, else from the system's keyring, where the package keyring is installed."""
    given = os.environ.get(PASSWORD, "") or kept_password(server.user)
    if not given:
        how = f"keyring set pressout {server.user}"
        how = how if importlib.util.find_spec("keyring") else f"pip install 'pressout[send]' and {how}"
        raise PressoutError(f"there is no password for {server.user}", hint=f"set {PASSWORD}, or: {how}")
    return given


def kept_password(user: str) -> str:
    """What the system's keyring keeps for a user; nothing where there is no keyring, or where it stays locked."""
    if not importlib.util.find_spec("keyring"):
        return ""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password("pressout", user) or ""
    except KeyringError:
        return ""


# What pressout.toml says


SERVER_KEYS = ("server", "from", "user", "port", "security", "certificates")
SECURITY = ("starttls", "tls")


def server_of(project: Project, report: Report | None = None) -> Server:
    """The server that [send] names.

    PressoutError is raised for the first thing that is wrong: it says too little, or what pressout does not know. All of them
    are in the report by then.
    """
    raise_first(list(_problems(project)), report)
    settings = project.send
    port, wait = settings.get("port", 0), settings.get("wait", WAIT)
    assert isinstance(port, int) and isinstance(wait, int | float)
    security, certificates = str(settings.get("security", SECURITY[0])), str(settings.get("certificates", ""))
    user = str(settings.get("user", ""))
    return Server(str(settings["server"]), str(settings["from"]), user, port, security, certificates, float(wait))


def _problems(project: Project) -> Iterator[PressoutError]:
    """What is wrong with [send], each with its place."""
    settings = project.send
    keys = (*SERVER_KEYS, "wait", "to")
    for key in (key for key in settings if key not in keys):
        hint = did_you_mean(key, keys)
        yield PressoutError(f"no such key in [send]: '{key}'", project.place("send", key), hint=hint)
    for key in ("server", "from"):
        if not settings.get(key):
            hint = 'in pressout.toml: [send] server = "smtp.example.org"'
            yield PressoutError(f"[send] does not say '{key}'", project.place("send"), hint=hint)
    security = settings.get("security", SECURITY[0])
    if security not in SECURITY:
        hint = "nothing is sent without encryption"
        yield PressoutError(f"'security' is starttls or tls, not '{security}'", project.place("send", "security"), hint=hint)
    for key, kind in (("port", int), ("wait", int | float)):
        if not isinstance(settings.get(key, 0), kind):
            yield PressoutError(f"'{key}' is a number", project.place("send", key))


def target_of(name: str, settings: Mapping[str, object]) -> str:
    """The address or folder that a name stands for, or itself."""
    names = settings.get("to", {})
    return str(names[name]) if isinstance(names, dict) and name in names else name

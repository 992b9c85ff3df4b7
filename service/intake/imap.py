"""The mail server: the one module that speaks IMAP (imap-tools over imaplib)."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted

# What the connection raises when the server is away, refuses, or answers nonsense.
FAULTS = (ImapToolsError, imaplib.IMAP4.error, OSError)
# Of these: the connection is lost. The others concern one command only.
LOST = (imaplib.IMAP4.abort, OSError)
TIMEOUT_SECONDS = 60.0
_PORTS = {"imaps": 993, "imap": 143}
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


class MailboxError(Exception):
    """The mailbox cannot be used; the message says why and what to do, and never holds the password."""


@dataclass(frozen=True)
class Address:
    """Where the mailbox is and who signs in."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    encrypted: bool

    @property
    def name(self) -> str:
        """The mailbox without its password, as the ledger keeps it."""
        return f"{self.user}@{self.host}/{self.folder}"

    def __repr__(self) -> str:
        return f"Address({self.name})"


def parse_address(url: str, password_file: Path | None = None) -> Address:
    """`imaps://user:password@host[:port]/FOLDER`, or `imap://…` (STARTTLS; plain only to this machine).

    The password may lie in `password_file` instead. Raises MailboxError.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or not parts.username:
        raise MailboxError("DONTHU_MAILBOX_URL phải có dạng imaps://người-dùng@máy-chủ:993/INBOX.")
    try:
        port = parts.port or _PORTS[parts.scheme]
        password = password_file.read_text(encoding="utf-8").strip() if password_file else None
    except ValueError as error:
        raise MailboxError("Cổng trong DONTHU_MAILBOX_URL không hợp lệ.") from error
    except OSError as error:
        raise MailboxError("Không đọc được tệp mật khẩu DONTHU_MAILBOX_PASSWORD_FILE.") from error
    password = password or unquote(parts.password or "")
    if not password:
        raise MailboxError("Chưa có mật khẩu hộp thư: đặt DONTHU_MAILBOX_PASSWORD_FILE.")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    return Address(
        parts.hostname, port, unquote(parts.username), password, folder, encrypted=parts.scheme == "imaps"
    )


class Inbox:
    """The open folder that letters arrive in."""

    def __init__(self, box: BaseMailBox) -> None:
        self._box = box
        # A server tells all that it can do only after the login; imap-tools remembers the time before.
        self._box.client.capabilities = tuple(self._ask("CAPABILITY").upper().split())
        self._prefix = self._personal_prefix()

    def uids(self) -> list[str]:
        """All messages, the oldest first, those marked as deleted too: a letter is a letter."""
        found: list[str] = self._box.uids()
        return found

    def size(self, uid: str) -> int | None:
        """Bytes of a message; None where it is gone meanwhile."""
        head, _ = self._fetch(uid, "(RFC822.SIZE)")
        found = re.search(rb"RFC822\.SIZE (\d+)", head)
        return int(found[1]) if found else None

    def raw(self, uid: str) -> bytes | None:
        """The message byte for byte, without marking it as seen; None where it is gone meanwhile."""
        return self._fetch(uid, "(BODY.PEEK[])")[1]

    def header(self, uid: str) -> bytes | None:
        """The header of a message that is too large to be fetched whole."""
        return self._fetch(uid, "(BODY.PEEK[HEADER])")[1]

    def ensure_folders(self, names: list[str]) -> None:
        """Create the folders that are missing, and subscribe to them so that mail programs show them."""
        for name in names:
            full = self._prefix + name
            if not self._box.folder.exists(full):
                self._box.folder.create(full)
                with suppress(ImapToolsError):  # only a comfort: the folder is there
                    self._box.folder.subscribe(full, True)

    def move(self, uid: str, folder: str) -> None:
        """Move a message to a folder.

        In one step where the server knows how; else by copy and delete, where a crash in between leaves a
        second copy in the target, never none.
        """
        self._box.move([uid], self._prefix + folder)

    def _fetch(self, uid: str, parts: str) -> tuple[bytes, bytes | None]:
        status, answer = self._box.client.uid("FETCH", uid, parts)
        if status != "OK":
            raise imaplib.IMAP4.error(f"FETCH: {status}")
        for item in answer:
            if isinstance(item, tuple):
                return item[0], item[1]
        plain = b" ".join(item for item in answer if isinstance(item, bytes))
        # A message of no bytes comes as a quoted empty string.
        return plain, b"" if b'""' in plain else None

    def _ask(self, command: str) -> str:
        client: Any = self._box.client
        _, answer = client.capability() if command == "CAPABILITY" else client.namespace()
        return " ".join(part.decode("ascii", "replace") for part in answer if isinstance(part, bytes))

    def _personal_prefix(self) -> str:
        """What the server wants before the name of every folder, e.g. "INBOX."; mostly nothing."""
        if "NAMESPACE" not in self._box.client.capabilities:
            return ""
        found = re.match(r'\s*\(\("((?:[^"\\]|\\.)*)"', self._ask("NAMESPACE"))
        return found[1] if found else ""


@contextmanager
def open_inbox(address: Address) -> Iterator[Inbox]:
    """Sign in and open the folder.

    Raises MailboxError where server, certificate, login or folder will not do.
    """
    try:
        box = _connect(address)
    except ssl.SSLError as error:
        raise MailboxError(f"Chứng thư của máy chủ thư {address.host} không hợp lệ.") from error
    except FAULTS as error:
        raise MailboxError(f"Không kết nối được máy chủ thư {address.host}:{address.port}.") from error
    try:
        yield Inbox(_sign_in(box, address))
    finally:
        with suppress(*FAULTS):
            box.logout()


def _connect(address: Address) -> BaseMailBox:
    # imaplib checks no certificate unless it is given a context that does.
    if address.encrypted:
        return MailBox(address.host, address.port, TIMEOUT_SECONDS, ssl_context=ssl.create_default_context())
    if address.host in _LOCAL:
        return MailBoxUnencrypted(address.host, address.port, TIMEOUT_SECONDS)
    return MailBoxStartTls(
        address.host, address.port, TIMEOUT_SECONDS, ssl_context=ssl.create_default_context()
    )


def _sign_in(box: BaseMailBox, address: Address) -> BaseMailBox:
    plain = address.user.isascii() and address.password.isascii()
    login = box.login if plain else box.login_utf8
    try:
        login(address.user, address.password, initial_folder=None)
    except FAULTS as error:
        # The cause may repeat the command with the password in it.
        raise MailboxError(f"Máy chủ thư {address.host} không nhận tên hoặc mật khẩu.") from error
    try:
        box.folder.set(address.folder)
    except FAULTS as error:
        raise MailboxError(f"Hộp thư không có thư mục {address.folder}.") from error
    return box

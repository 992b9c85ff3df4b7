"""A real IMAP server (Dovecot) on a free port of 127.0.0.1, with an empty mailbox of its own."""

from __future__ import annotations

import imaplib
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from service.intake.imap import Address

BINARY = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
USER, PASSWORD = "vanthu", "mat khau “thử” 1"

CONFIG = """
protocols = imap
base_dir = {folder}/run
log_path = {folder}/dovecot.log
listen = 127.0.0.1
disable_plaintext_auth = no
ssl = {ssl}
{certificate}
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/home/Maildir
namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Dovecot:
    """A running server; `prefix` as hosts with "INBOX." before every folder have it."""

    def __init__(self, prefix: str = "", *, tls: bool = False) -> None:
        assert BINARY is not None
        self.folder = Path(tempfile.mkdtemp(prefix="dt-imap-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.port = free_port()
        (self.folder / "home").mkdir()
        (self.folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
        root = os.geteuid() == 0
        owner = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.geteuid())
        if root:
            os.chown(self.folder / "home", owner.pw_uid, owner.pw_gid)
        own = pwd.getpwuid(os.geteuid())
        self._configure(
            prefix=prefix, tls=tls, uid=owner.pw_uid, gid=owner.pw_gid,
            internal="dovecot" if root else own.pw_name, login="dovenull" if root else own.pw_name,
            group="dovecot" if root else own.pw_gid,
        )  # fmt: skip
        self.process = subprocess.Popen([BINARY, "-F", "-c", str(self.folder / "dovecot.conf")])
        self._wait()

    def _configure(self, *, prefix: str, tls: bool, **values: object) -> None:
        certificate = ""
        if tls:
            self.certificate = self.folder / "cert.pem"
            key = self.folder / "key.pem"
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                 "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                 "-keyout", str(key), "-out", str(self.certificate)],
                check=True, capture_output=True,
            )  # fmt: skip
            certificate = f"ssl_cert = <{self.certificate}\nssl_key = <{key}"
        text = CONFIG.format(
            folder=self.folder, prefix=prefix, separator="." if prefix else "/", ssl="yes" if tls else "no",
            certificate=certificate, plain=0 if tls else self.port, tls=self.port if tls else 0, **values,
        )  # fmt: skip
        (self.folder / "dovecot.conf").write_text(text, encoding="utf-8")

    def _wait(self) -> None:
        for _ in range(200):
            assert self.process.poll() is None, (self.folder / "dovecot.log").read_text()
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError((self.folder / "dovecot.log").read_text())

    def address(self, *, encrypted: bool = False) -> Address:
        return Address("127.0.0.1", self.port, USER, PASSWORD, "INBOX", encrypted)

    def open(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4("127.0.0.1", self.port)
        client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
        return client

    def deliver(self, *messages: bytes) -> None:
        client = self.open()
        for message in messages:
            status, answer = client.append("INBOX", "", "", message)
            assert status == "OK", answer
        client.logout()

    def folders(self) -> dict[str, list[bytes]]:
        """Every folder with the raw messages in it."""
        from imap_tools.imap_utf7 import utf7_decode

        client, found = self.open(), {}
        for line in client.list()[1]:
            named = re.search(rb'\) "." "?([^"]+)"?$', line)
            assert named, line
            name = named[1]
            client.select(f'"{name.decode()}"', readonly=True)
            numbers = client.search(None, "ALL")[1][0].split()
            found[utf7_decode(name)] = [
                client.fetch(one.decode(), "(BODY.PEEK[])")[1][0][1] for one in numbers
            ]
        client.logout()
        return found

    def renumber(self) -> None:
        """Make the server forget its UIDs, as after a restore from backup."""
        for path in (self.folder / "home").rglob("dovecot*"):
            if path.is_file():
                path.unlink()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

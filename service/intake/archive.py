"""The archive: old letters of a folder tree or a JSON-lines file become receipts, resumable at any letter."""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from ingest import DEFAULT
from service.intake.junk import is_junk
from service.intake.receipts import Delivery, add_receipt, blob_store, find_by_key
from service.logs import log
from service.settings import TIME_ZONE
from service.store.database import transaction
from service.store.tables import ArchiveItem, Channel, Receipt, ReceiptState


class ArchiveError(Exception):
    """An archive, or one letter of it, cannot be taken in; the message says why."""


class Item(Protocol):
    """One letter of an archive: where it stands, and its content once it is asked for."""

    @property
    def place(self) -> str:
        """Path within the folder, or number of the line."""

    @property
    def key(self) -> str:
        """What the letter is known by when the import is run again."""

    def load(self) -> tuple[bytes, str, date | None]:
        """Bytes, file name and day of receipt (None: today). Raises OSError, ArchiveError."""


@dataclass(frozen=True, slots=True)
class FileItem:
    """A file of a folder tree."""

    root: Path
    path: Path
    size: int
    changed: datetime
    received: date | None

    @property
    def place(self) -> str:
        """Path within the folder."""
        return self.path.relative_to(self.root).as_posix()

    @property
    def key(self) -> str:
        """Path, size and time: a file that was changed since is another letter."""
        return _digest(unicodedata.normalize("NFC", self.place), self.size, self.changed.timestamp())

    def load(self) -> tuple[bytes, str, date | None]:
        """The file's content."""
        if self.size > DEFAULT.file_bytes:
            raise ArchiveError("Tệp quá lớn.")
        return self.path.read_bytes(), self.path.name, self.received


@dataclass(frozen=True, slots=True)
class LineItem:
    """A line of a JSON-lines file: `{"id", "text", "received"?}`."""

    number: int
    line: bytes

    @property
    def place(self) -> str:
        """Number of the line."""
        return f"dòng {self.number}"

    @property
    def key(self) -> str:
        """Digest of the line: order and blanks around it do not matter."""
        return _digest(self.line.strip())

    def load(self) -> tuple[bytes, str, date | None]:
        """The text as a file of its own."""
        try:
            value: Any = json.loads(self.line)
        except ValueError as error:
            raise ArchiveError("Dòng không phải JSON.") from error
        if not isinstance(value, dict) or not isinstance(value.get("text"), str) or value.get("id") is None:
            raise ArchiveError("Dòng thiếu “id” hoặc “text”.")
        try:
            received = date.fromisoformat(value["received"]) if value.get("received") else None
        except (TypeError, ValueError) as error:
            raise ArchiveError("Ngày nhận “received” phải có dạng NĂM-THÁNG-NGÀY.") from error
        return value["text"].encode("utf-8", "replace"), f"{value['id']}.txt", received


@dataclass
class ImportReport:
    """What became of an archive's letters: counts of "taken", "known" and "failed"; `failed` names places."""

    counts: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Archive:
    """A folder tree or a `*.jsonl` file; letters are listed anew at each pass, so millions need no memory.

    Files get the day `received`, or that of their last change with `by_file_time`, else today.
    """

    path: Path
    received: date | None = None
    by_file_time: bool = False

    @property
    def source(self) -> str:
        """The archive's name in the ledger."""
        return str(self.path.resolve())

    def __iter__(self) -> Iterator[Item]:
        if self.path.is_dir():
            yield from (self._file(path) for path in _walk(self.path))
            return
        with self.path.open("rb") as file:
            yield from (LineItem(number, line) for number, line in enumerate(file, start=1) if line.strip())

    def count(self) -> int:
        """Number of letters.

        Raises ArchiveError where there are none.
        """
        if not self.path.exists():
            raise ArchiveError(f"Không có thư mục hay tệp {self.path}.")
        if self.path.is_file() and self.path.suffix != ".jsonl":
            raise ArchiveError("Chỉ nhận một thư mục, hoặc một tệp .jsonl.")
        total = sum(1 for _ in self)
        if not total:
            raise ArchiveError(f"{self.path} không có đơn nào.")
        return total

    def _file(self, path: Path) -> FileItem:
        status = path.stat()
        changed = datetime.fromtimestamp(status.st_mtime, TIME_ZONE)
        return FileItem(
            self.path, path, status.st_size, changed, changed.date() if self.by_file_time else self.received
        )


def import_archive(archive: Archive) -> Iterator[ImportReport]:
    """Take in the letters one by one; yields the same growing report after each.

    Stopping between two letters, or being killed at any point, costs nothing: those that have their row are
    skipped the next time. A letter that cannot be read is counted and reported, the others go on.
    """
    report = ImportReport()
    for item in archive:
        try:
            outcome = _import_one(archive.source, item)
        except (OSError, ArchiveError) as error:
            outcome = "failed"
            reason = (
                str(error) if isinstance(error, ArchiveError) else error.strerror or "Không đọc được tệp."
            )
            report.failed.append((item.place, reason))
            log.warning("archive_item_failed", error=type(error).__name__)
        report.counts[outcome] += 1
        yield report


def waiting(source: str) -> int:
    """Letters of this archive that no worker has read yet."""
    query = (
        sa.select(sa.func.count())
        .select_from(ArchiveItem)
        .join(Receipt, Receipt.id == ArchiveItem.receipt_id)
        .where(ArchiveItem.source == source, Receipt.state == ReceiptState.WAITING)
    )
    with transaction() as session:
        return session.scalar(query) or 0


def _import_one(source: str, item: Item) -> str:
    known = sa.select(ArchiveItem.id).where(ArchiveItem.source == source, ArchiveItem.key == item.key)
    with transaction() as session:
        if session.scalar(known):
            return "known"
    data, name, received = item.load()
    delivery = Delivery(data, name, Channel.ARCHIVE, _digest(source, item.key), received)
    sha256 = blob_store().put(data)
    with transaction() as session:
        # The lock on the key that this takes also keeps a second import of the same archive away.
        if find_by_key(session, delivery):
            return "known"
        receipt = add_receipt(session, delivery, sha256, None)
        session.add(ArchiveItem(source=source, key=item.key, receipt_id=receipt.id))
    return "taken"


def _walk(root: Path) -> Iterator[Path]:
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not is_junk(name))
        for name in sorted(names):
            path = Path(folder, name)
            if not is_junk(name) and path.is_file() and not path.is_symlink():
                yield path


def _digest(*parts: object) -> str:
    told = [
        part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogateescape") for part in parts
    ]
    return hashlib.sha256(b"\0".join(told)).hexdigest()

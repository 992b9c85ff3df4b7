"""A scanner's folder: each file becomes a receipt once it is whole, and then moves to "đã nhận".

Nothing tells a program for sure that a scanner, or a copy over the network, has finished a file; so the folder
is polled, and a file counts as whole when size and time have stayed the same over several polls. Files
are moved, never deleted. A crash between receipt and move does no harm: the key of the file (path, size, time
and content) finds the same receipt again.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from ingest import DEFAULT
from service.intake.junk import is_junk
from service.intake.receipts import Delivery, receive
from service.logs import log
from service.settings import TIME_ZONE
from service.store.tables import Channel

TAKEN_FOLDER = "đã nhận"
STEADY_POLLS = 3
# Some scanners create the file first and write minutes later.
STEADY_POLLS_EMPTY = 15

Signature = tuple[int, int]


class FolderError(Exception):
    """The folder cannot be watched; the message says why."""


@dataclass
class _Seen:
    signature: Signature
    polls: int = 1
    received: bool = False


@dataclass
class ScanFolder:
    """The watcher of one folder; `left` names files that stay where they are, with the reason."""

    root: Path
    steady_polls: int = STEADY_POLLS
    max_bytes: int = DEFAULT.file_bytes
    left: dict[Path, str] = field(default_factory=dict)
    _seen: dict[Path, _Seen] = field(default_factory=dict)

    def poll(self) -> int:
        """Look at every file once and take those that are whole; returns how many were taken.

        Raises FolderError where the folder itself cannot be read (a network share that is away).
        """
        if not self.root.is_dir():
            raise FolderError(f"Không mở được thư mục máy quét {self.root}.")
        present = dict(self._files())
        for path in set(self._seen) - set(present):
            del self._seen[path]
            self.left.pop(path, None)
        return sum(self._look_at(path, signature) for path, signature in sorted(present.items()))

    def drain(self, pause: float) -> int:
        """Poll until nothing in the folder is on its way in any more; returns how many were taken."""
        taken = self.poll()
        while any(path not in self.left for path in self._seen):
            time.sleep(pause)
            taken += self.poll()
        return taken

    def watch(self, pause: float, stop: Callable[[], bool] = lambda: False) -> None:
        """Poll until `stop()`; a share or database that is away is waited for and reported once."""
        trouble = ""
        while not stop():
            try:
                self.poll()
                trouble = ""
            except (FolderError, OSError, sa.exc.SQLAlchemyError) as error:
                if trouble != type(error).__name__:
                    trouble = type(error).__name__
                    log.error("scan_folder_waits", error=trouble)
            time.sleep(pause)

    def _files(self) -> Iterator[tuple[Path, Signature]]:
        for folder, subfolders, names in os.walk(self.root):
            subfolders[:] = [name for name in subfolders if not (is_junk(name) or _is_taken_folder(name))]
            for name in names:
                path = Path(folder, name)
                try:
                    status = path.lstat()
                except OSError:
                    continue  # gone since the folder was listed, or seen properly at the next poll
                if stat.S_ISREG(status.st_mode) and not is_junk(name):
                    yield path, (status.st_size, status.st_mtime_ns)

    def _look_at(self, path: Path, signature: Signature) -> bool:
        seen = self._seen.get(path)
        if seen is None or seen.signature != signature:
            self._seen[path] = _Seen(signature)
            self.left.pop(path, None)
            return False
        seen.polls += 1
        if seen.polls < (self.steady_polls if signature[0] else max(STEADY_POLLS_EMPTY, self.steady_polls)):
            return False
        try:
            return self._take(path, seen)
        except OSError as error:
            self._leave(path, "unreadable" if not seen.received else "unmovable", error)
            return False

    def _take(self, path: Path, seen: _Seen) -> bool:
        size, _ = seen.signature
        if size > self.max_bytes:
            self._leave(path, "too_large")
            return False
        fresh = not seen.received
        if fresh:
            data = path.read_bytes()
            if _signature(path) != seen.signature or len(data) != size:
                return False  # still being written; the next poll starts counting again
            receive(Delivery(data, path.name, Channel.FOLDER, self._key(path, seen.signature, data)))
            seen.received = True
        self._move(path, seen)
        return fresh

    def _key(self, path: Path, signature: Signature, data: bytes) -> str:
        place = unicodedata.normalize("NFC", path.relative_to(self.root).as_posix())
        facts = f"{place}\0{signature[0]}\0{signature[1]}\0{hashlib.sha256(data).hexdigest()}"
        return hashlib.sha256(facts.encode("utf-8", "surrogateescape")).hexdigest()

    def _move(self, path: Path, seen: _Seen) -> None:
        day = datetime.now(TIME_ZONE).date().isoformat()
        target = self.root / TAKEN_FOLDER / day / path.relative_to(self.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target = _free_name(target)
        path.rename(target)
        if _signature(target) != seen.signature:
            # Somebody wrote on until the last moment: what was added would lie among the taken ones unseen.
            target.rename(_free_name(path))
        del self._seen[path]
        self.left.pop(path, None)

    def _leave(self, path: Path, reason: str, error: OSError | None = None) -> None:
        if self.left.get(path) != reason:
            self.left[path] = reason
            log.warning("scan_left", code=reason, error=type(error).__name__ if error else None)


def _signature(path: Path) -> Signature:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _is_taken_folder(name: str) -> bool:
    # Shares of other systems may give the name back with its marks apart.
    return unicodedata.normalize("NFC", name) == TAKEN_FOLDER


def _free_name(path: Path) -> Path:
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return candidate

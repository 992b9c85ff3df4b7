"""The originals, by the sha256 of their bytes, in a local folder."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path


class BlobError(Exception):
    """An original is missing or its bytes have changed; the message names its digest."""


class BlobStore:
    """Content-addressed files under `root/ab/cdef…`; written once, never changed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, sha256: str) -> Path:
        """Where the original with this digest lies."""
        return self.root / sha256[:2] / sha256[2:]

    def put(self, data: bytes) -> str:
        """Write `data` durably and return its sha256; bytes that are there already stay as they are.

        An original that has rotted on the disk is made whole again when the same bytes come once more.
        When this returns, file and folders have been fsynced: a power cut cannot lose them.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path(sha256)
        if self._holds(sha256):
            # Whoever wrote it may not have come as far as the folders.
            _fsync_folder(target.parent)
            _fsync_folder(self.root)
            return sha256
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        target.parent.mkdir(exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _fsync_folder(target.parent)
        _fsync_folder(self.root)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes with this digest, checked.

        Raises BlobError if they are not there or are no longer what they were.
        """
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise BlobError(f"original {sha256} is missing") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise BlobError(f"original {sha256} has changed on disk")
        return data

    def _holds(self, sha256: str) -> bool:
        try:
            self.get(sha256)
        except BlobError:
            return False
        return True


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

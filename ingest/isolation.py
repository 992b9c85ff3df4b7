"""Runs a job on an untrusted file in a child process that can be lost without harm.

Each child has its own process group, limits on memory, time and file size, an environment without
secrets, and no file on disk: the letter travels through anonymous memory.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, BinaryIO

from ingest.limits import Limits

_ROOT = Path(__file__).resolve().parent.parent
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "DONTHU_OCR_ENGINE")
_MEMORY_SIGNS = (b"bad_alloc", b"MemoryError", b"Cannot allocate memory", b"out of memory")


class Lost(StrEnum):
    """Why a child did not finish; each is also the code of a problem."""

    TIMEOUT = "timeout"
    MEMORY = "out_of_memory"
    CRASHED = "crashed"


class ChildLost(Exception):
    """The child ended before its job was done; `reason` says why."""

    def __init__(self, reason: Lost) -> None:
        super().__init__(reason.value)
        self.reason = reason


def run(job: dict[str, Any], data: bytes, limits: Limits) -> Iterator[dict[str, Any]]:
    """What the child says about `data`, line by line (see `ingest.child`).

    Errors: `ChildLost`. The child and all that it started are gone when the iteration ends, however it ends.
    """
    with _child({**job, "limits": asdict(limits)}, data) as (process, errors):
        assert process.stdout is not None
        for line in _lines(process.stdout, limits):
            message: dict[str, Any] = json.loads(line)
            if "end" in message:
                return
            yield message
        raise ChildLost(_reason(process, errors))


@contextmanager
def _child(job: dict[str, Any], data: bytes) -> Iterator[tuple[subprocess.Popen[bytes], BinaryIO]]:
    with (
        tempfile.TemporaryDirectory(prefix="donthu-") as scratch,
        _memory("letter") as letter,
        _memory("errors") as errors,
    ):
        letter.write(json.dumps(job).encode() + b"\n")
        letter.write(data)
        letter.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ingest.child"],
            stdin=letter,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environment(scratch),
            cwd=scratch,
            start_new_session=True,
        )
        try:
            yield process, errors
        finally:
            _end(process)


def _memory(name: str) -> BinaryIO:
    return os.fdopen(os.memfd_create(name), "w+b")


def _environment(scratch: str) -> dict[str, str]:
    """What the child may know: nothing of databases, mailboxes or keys."""
    passed = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
    parent = {"DONTHU_PARENT": str(os.getpid()), "PYTHONPATH": str(_ROOT), "TMPDIR": scratch}
    threads = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return {**passed, **parent, **threads, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def _end(process: subprocess.Popen[bytes]) -> None:
    # The group first, while its leader still holds the number: a running Tesseract goes with it.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _lines(stream: IO[bytes], limits: Limits) -> Iterator[bytes]:
    """Complete lines as they come. Errors: `ChildLost(TIMEOUT)`."""
    end = time.monotonic() + limits.wall_seconds
    pending = b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(stream, selectors.EVENT_READ)
        quiet = time.monotonic() + limits.silence_seconds
        while True:
            left = min(end, quiet) - time.monotonic()
            if left <= 0 or not waiting.select(left):
                raise ChildLost(Lost.TIMEOUT)
            chunk = os.read(stream.fileno(), 2**16)
            if not chunk:
                return
            *complete, pending = (pending + chunk).split(b"\n")
            yield from complete
            if complete:
                quiet = time.monotonic() + limits.silence_seconds


def _reason(process: subprocess.Popen[bytes], errors: BinaryIO) -> Lost:
    with suppress(subprocess.TimeoutExpired):
        process.wait(5)
    if process.returncode == -signal.SIGXCPU:
        return Lost.TIMEOUT
    errors.seek(0)
    # Only looked through for these signs and never shown: a library's message may quote the letter.
    said = errors.read()[-65536:]
    return Lost.MEMORY if any(sign in said for sign in _MEMORY_SIGNS) else Lost.CRASHED

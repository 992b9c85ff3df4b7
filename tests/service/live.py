"""The service as it runs: web and worker as processes of their own, which tests may kill."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
WEB = """
import sys, uvicorn
from service.app import create_app
from service.logs import configure_logs
configure_logs()
uvicorn.run(create_app(), host="127.0.0.1", port=int(sys.argv[1]), access_log=False, log_level="warning")
"""
WORKER = """
from service.logs import configure_logs
from service.work.jobs import run_worker
configure_logs()
run_worker()
"""


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A Python process in a group of its own, with the environment of this test."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments], env=environment, start_new_session=True
    )


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and its children at once, as a power cut would; harmless where it is gone."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def running(program: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process for the length of a block."""
    process = start(program, *arguments)
    try:
        yield process
    finally:
        kill(process)


def wait_until(what: Callable[[], bool], seconds: float = 120) -> None:
    """Wait for something that has to happen; AssertionError where it never does."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def answers(address: str) -> bool:
    """Whether a web process answers there."""
    try:
        return httpx.get(address + "/healthz", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False

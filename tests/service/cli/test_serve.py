"""`donthu serve`: web, worker and doors as processes that hold together."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest
import sqlalchemy as sa

from service.store.database import transaction
from service.store.tables import Receipt
from tests.service import letters
from tests.service.cli.conftest import Donthu, environment
from tests.service.live import free_port, wait_until

pytestmark = pytest.mark.slow
Start = Callable[..., "Service"]


class Service:
    """A running `donthu serve`."""

    def __init__(self, log: Path, *arguments: str) -> None:
        self.port, self.log = free_port(), log
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "service.cli", "serve", "--port", str(self.port), *arguments],
                stdout=file, stderr=file, env=environment(),
            )  # fmt: skip
        wait_until(self.answers)

    def answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/healthz").status_code == 200
        except httpx.HTTPError:
            return False

    def ready(self) -> bool:
        return httpx.get(f"http://127.0.0.1:{self.port}/readyz").status_code == 200

    def children(self) -> dict[str, int]:
        """What it runs beside itself: command → process."""
        found: dict[str, int] = {}
        for one in psutil.Process(self.process.pid).children():
            # One that was killed this moment has no command line any more.
            with contextlib.suppress(psutil.Error):
                if "service.cli" in (line := one.cmdline()):
                    found[line[3]] = one.pid
        return found


@pytest.fixture
def start(db: str, tmp_path: Path) -> Iterator[Start]:
    started: list[Service] = []

    def run(*arguments: str) -> Service:
        started.append(Service(tmp_path / "serve.log", *arguments))
        return started[-1]

    yield run
    for service in started:
        family = [service.process.pid]
        if service.process.poll() is None:
            family += [one.pid for one in psutil.Process(service.process.pid).children(recursive=True)]
            for pid in family:
                os.kill(pid, signal.SIGKILL)
            service.process.wait()


def state_of_receipts() -> list[str]:
    with transaction() as session:
        return list(session.scalars(sa.select(Receipt.state).order_by(Receipt.id)))


def test_scanned_letter_is_filed_although_the_worker_is_killed(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scans = tmp_path / "quét"
    scans.mkdir()
    monkeypatch.setenv("DONTHU_SCAN_FOLDER", str(scans))
    monkeypatch.setenv("DONTHU_SCAN_POLL_SECONDS", "0.2")
    service = start()
    wait_until(lambda: set(service.children()) == {"worker", "folder"})
    first = service.children()["worker"]
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: service.children().get("worker", first) != first)
    (scans / "đơn.txt").write_bytes(letters.complaint())
    wait_until(lambda: state_of_receipts() == ["filed"])
    (moved,) = scans.rglob("đơn.txt")
    assert moved.parent.parent.name == "đã nhận"


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_orderly_stop_takes_the_children_along(start: Start, stop: signal.Signals) -> None:
    service = start()
    wait_until(service.ready)
    children = service.children()
    service.process.send_signal(stop)
    assert service.process.wait(60) == 0
    assert not any(psutil.pid_exists(pid) for pid in children.values())
    assert "Traceback" not in service.log.read_text()


def test_children_end_when_the_service_is_killed(start: Start) -> None:
    service = start()
    wait_until(service.ready)
    children = service.children()
    service.process.kill()
    service.process.wait()
    wait_until(lambda: not any(psutil.pid_exists(pid) for pid in children.values()))


def test_without_worker(start: Start) -> None:
    service = start("--no-worker")
    assert service.children() == {}
    assert not service.ready()


def test_taken_port_is_told_in_a_sentence(db: str, donthu: Donthu) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = donthu("serve", "--port", str(port))
    assert done.returncode == 2
    assert re.search(rf"127\.0\.0\.1:{port} .*--port", done.stderr)

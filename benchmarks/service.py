"""The running service: start-up time, memory, and how long a letter takes to get its receipt."""

from __future__ import annotations

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.measure import Clock, alone, cpu_of, percentile, resident_megabytes
from benchmarks.report import ROOT, Report, Table

WAITING = re.compile(r'^donthu_receipts\{state="waiting"\} (\d+)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Running:
    """A service that answers, and how long that took."""

    process: subprocess.Popen[bytes]
    address: str
    seconds: float
    cpu: float

    @property
    def worker(self) -> int:
        """Process id of its worker."""
        # A child is listed under the thread that started it.
        lists = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        children = [pid for found in lists for pid in found.read_text().split()]
        lines = {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children}
        return next(pid for pid, line in lines.items() if b"worker" in line)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--receipts", type=int, default=100, help="letters to receive")
    parser.add_argument("--starts", type=int, default=3, help="starts to time after the first")


def run(options: argparse.Namespace) -> Report:
    with tempfile.TemporaryDirectory(prefix="dt-bench-", dir="/tmp") as folder:
        # The embedded server gives up root's rights and must be able to pass through.
        Path(folder).chmod(0o755)
        home = Path(folder) / "home"
        with _serving(home) as first:
            pass
        later = [_start(home) for _ in range(options.starts)]
        latency = alone(_receive_all, home, options.receipts)
        with _serving(home) as loaded:
            seconds = _drain(loaded)
            memory = [
                ("web", resident_megabytes(loaded.process.pid)),
                ("worker", resident_megabytes(loaded.worker)),
            ]
    starts = [
        ("first, which makes the database", f"{first.seconds:.2f}", f"{first.cpu:.2f}"),
        *(("later", f"{again.seconds:.2f}", f"{again.cpu:.2f}") for again in later),
    ]
    return Report(
        "service",
        "The running service (`service`)",
        [
            Table("Start until /healthz answers", ("start", "seconds", "CPU s of the web process"), starts),
            Table("receive(): bytes fsynced, numbered, queued, committed", ("what", "ms"), latency),
            Table(
                f"After {options.receipts} typed letters were read in {seconds:.1f} s",
                ("process", "resident MB"),
                [(name, f"{size:.0f}") for name, size in memory],
            ),
        ],
        [
            "Letters are plain text here, so that the service is measured and not OCR; scans cost what `ocr` says."
        ],
    )


def _start(home: Path) -> Running:
    with _serving(home) as running:
        return running


@contextmanager
def _serving(home: Path) -> Iterator[Running]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    clock = Clock()
    process = subprocess.Popen(
        [sys.executable, "-m", "service.cli", "serve", "--port", str(port)],
        env={**_environment(home)},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield Running(process, address, clock.wall, cpu_of(process.pid))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _environment(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DONTHU_")}
    return {**kept, "DONTHU_HOME": str(home), "PYTHONPATH": str(ROOT)}


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            if httpx.get(f"{address}/healthz", timeout=30).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.02)
    raise RuntimeError("the service did not start")


def _receive_all(home: Path, count: int) -> list[tuple[str, ...]]:
    """Latencies of receive() with nobody else at work; leaves the letters in the queue."""
    os.environ.update(DONTHU_HOME=str(home))
    from models.corpus import load_letters
    from service.intake.receipts import Delivery, receive
    from service.logs import configure_logs
    from service.store.tables import Channel

    configure_logs(level=40)
    texts = [letter.text for letter in load_letters("gold")]
    seconds = []
    for number in range(count):
        data = f"{texts[number % len(texts)]}\n{number}".encode()
        clock = Clock()
        receive(Delivery(data, f"don-{number}.txt", Channel.API))
        seconds.append(clock.wall)
    return [(f"{share:.0%} below", f"{percentile(seconds, share) * 1000:.1f}") for share in (0.5, 0.95, 0.99)]


def _drain(running: Running) -> float:
    clock = Clock()
    while True:
        found = WAITING.search(httpx.get(f"{running.address}/metrics", timeout=30).text)
        if found is None:
            raise RuntimeError("/metrics does not tell how many receipts wait")
        if found[1] == "0":
            return clock.wall
        time.sleep(0.2)

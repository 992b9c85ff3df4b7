"""Child processes that are started again when they die, and that end when their parent does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.logs import log

PARENT = "DONTHU_PARENT_PID"
LOOK_SECONDS = 0.5
# A child that dies right after its start is started again more and more slowly.
SHORT_LIFE_SECONDS = 10.0
MAX_PAUSE_SECONDS = 30.0
GRACE_SECONDS = 10.0


@dataclass
class _Child:
    name: str
    arguments: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    due: float = 0.0


@dataclass
class Supervisor:
    """Keeps `donthu …` commands running beside this process."""

    children: list[_Child] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def add(self, name: str, *arguments: str) -> None:
        """Have `donthu ARGUMENTS` running from `start` on."""
        self.children.append(_Child(name, arguments))

    def start(self) -> None:
        """Start all children and watch them in a thread."""
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask all children to end, wait, and kill those that do not."""
        self._stop.set()
        if self._thread:
            self._thread.join()
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                # What it was reading stays in the queue, and is revived at the next start.
                process.kill()
                process.wait()

    def _watch(self) -> None:
        while not self._stop.is_set():
            for child in self.children:
                self._look_at(child)
            self._stop.wait(LOOK_SECONDS)

    def _look_at(self, child: _Child) -> None:
        now = time.monotonic()
        if child.process is not None:
            if child.process.poll() is None:
                return
            log.error("child_died", kind=child.name, status=child.process.returncode)
            short = now - child.started < SHORT_LIFE_SECONDS
            child.pause = min(max(child.pause * 2, 1.0), MAX_PAUSE_SECONDS) if short else 0.0
            child.process, child.due = None, now + child.pause
        if now >= child.due:
            child.started = now
            child.process = subprocess.Popen(  # noqa: S603 (our own commands)
                [sys.executable, "-m", "service.cli", *child.arguments],
                env={**os.environ, PARENT: str(os.getpid())},
                stdin=subprocess.DEVNULL,
                # Ctrl-C goes to this process only, which then stops its children in order.
                start_new_session=True,
            )
            log.info("child_started", kind=child.name, pid=child.process.pid)


def stop_like_ctrl_c() -> None:
    """Have SIGTERM end this process as Ctrl-C does, so that what has to be put in order at the end is."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def end_with_parent() -> None:
    """In a child: end when the supervisor is gone, however it went; does nothing outside a supervisor."""
    parent = os.environ.pop(PARENT, None)
    if parent is None:
        return

    def wait() -> None:
        while os.getppid() == int(parent):
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent-watch", daemon=True).start()

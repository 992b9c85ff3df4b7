"""`donthu` as people and programs call it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
Donthu = Callable[..., "subprocess.CompletedProcess[str]"]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}


@pytest.fixture
def donthu(home: Path) -> Donthu:
    """Run `donthu` to its end, in the home (and, with `db`, the database) of the test."""

    def run(*arguments: str | Path, stdin: str | bytes = "") -> subprocess.CompletedProcess[str]:
        given = stdin if isinstance(stdin, bytes) else stdin.encode()
        done = subprocess.run(
            [sys.executable, "-m", "service.cli", *map(str, arguments)],
            input=given,
            capture_output=True,
            env=environment(),
            check=False,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in out + err, err
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return run

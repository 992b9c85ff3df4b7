"""The process in which one untrusted file is opened: `python -m ingest.child`, one job on stdin.

In:  one line of JSON, {"job": "read", "name", "first", "limits"} or {"job": "draw", "name", "page", "dpi",
     "rotation", "limits"}, then the bytes of the file.
Out: lines of JSON: packed events, or {"png": base64 or null}; at last {"end": true}.
"""

from __future__ import annotations

import base64
import ctypes
import json
import os
import resource
import signal
import sys
from typing import Any, BinaryIO

from ingest.limits import Limits

_SET_PARENT_DEATH_SIGNAL = 1


def main() -> int:
    """Do the job; exit status 0 if it was done."""
    out = _private_output()
    _die_with_parent()
    job = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**job["limits"])
    confine(limits)
    data = sys.stdin.buffer.read()
    if job["job"] == "read":
        _read(out, data, job, limits)
    else:
        _draw(out, data, job)
    _say(out, {"end": True})
    return 0


def confine(limits: Limits) -> None:
    """Bind this process and its children to memory, processor time and file size; no core dumps."""
    seconds = int(limits.wall_seconds) + 1
    bounds = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: limits.written_bytes,
        resource.RLIMIT_CORE: 0,
    }
    for what, bound in bounds.items():
        _, hard = resource.getrlimit(what)
        allowed = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(what, (allowed, allowed))


def _private_output() -> BinaryIO:
    """Our own handle on stdout; what libraries print goes to stderr, away from the protocol."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return out


def _die_with_parent() -> None:
    # Without this a reader outlives a worker that was killed, and goes on for half an hour.
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if str(os.getppid()) != os.environ.get("DONTHU_PARENT"):  # it died before the line above
        os._exit(1)


def _say(out: BinaryIO, value: dict[str, Any]) -> None:
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    view = memoryview(line)
    while view:
        view = view[out.write(view) :]


def _read(out: BinaryIO, data: bytes, job: dict[str, Any], limits: Limits) -> None:
    # Imported only now, inside the limits.
    from ingest.reader import steps
    from ingest.sheets import Desk
    from ingest.wire import pack_event

    for event in steps(data, job["name"], Desk(limits), job["first"]):
        _say(out, pack_event(event))


def _draw(out: BinaryIO, data: bytes, job: dict[str, Any]) -> None:
    from ingest.drawing import draw_here

    png = draw_here(data, job["name"], job["page"], job["dpi"], job["rotation"])
    _say(out, {"png": base64.b64encode(png).decode("ascii") if png else None})


if __name__ == "__main__":
    raise SystemExit(main())

"""Logs: structured, one line per event, with an allow-list of fields so that no personal data get in."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# Only these fields are ever written. Numbers, codes and digests: no names, no text, no file names.
ALLOWED = frozenset({
    "event", "level", "timestamp", "receipt", "petition", "job", "attempt", "code", "channel", "count", "pages",
    "seconds", "state", "verb", "kind", "user", "role", "unit", "port", "host", "status", "method", "route",
    "model", "version", "error", "advice", "tray", "mailbox", "total", "pid", "queue",
})  # fmt: skip


def keep_allowed(_logger: object, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every field that is not on the list and name what was dropped."""
    dropped = sorted(set(event) - ALLOWED)
    kept = {key: value for key, value in event.items() if key in ALLOWED}
    if dropped:
        kept["dropped"] = ",".join(dropped)
    return kept


def configure_logs(level: int = logging.INFO) -> None:
    """Write events of this process as JSON lines to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            keep_allowed,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        # Asked at each line, so that whoever redirects standard error gets it.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )


log = structlog.get_logger()

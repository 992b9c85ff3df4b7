"""Every route of the application, found by walking it, so that a new one is covered by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from fastapi.routing import iter_route_contexts

if TYPE_CHECKING:
    from fastapi import FastAPI

STREAMS = frozenset({"/api/v1/events"})


def calls(app: FastAPI, ids: Iterable[object] = (1,)) -> list[tuple[str, str]]:
    """(method, path) of every route except endless streams, each parameter filled with each of `ids`."""
    found = [
        (method, re.sub(r"\{[^}]+\}", str(value), route.path))
        for route in iter_route_contexts(app.routes)
        if route.path and route.methods and route.path not in STREAMS
        for method in sorted(set(route.methods) - {"HEAD"})
        for value in (ids if "{" in route.path else (1,))
    ]
    assert len(found) > 40, "the walk has missed routes"
    return found

"""The last net under a request: an error that nobody foresaw is answered and logged without its words."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.body_limit import TooLarge
from service.logs import log


class LastResort:
    """Answers unforeseen errors by `answer`; one that strikes after the answer began ends the connection."""

    def __init__(self, app: ASGIApp, answer: Callable[[Request, Exception], Response]) -> None:
        self.app = app
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except TooLarge:
            raise
        except Exception as error:  # noqa: BLE001  # that is what it is for
            if started:
                log_failure(scope, error)
                return
            await self.answer(Request(scope, receive), error)(scope, receive, send)


def log_failure(scope: Scope, error: Exception) -> None:
    """Log kind and place of an error, not its message: that may hold words of a letter."""
    route = scope.get("route")
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else None
    log.error(
        "request_failed",
        error=type(error).__name__,
        code=place,
        method=scope["method"],
        route=getattr(route, "path", None),
    )

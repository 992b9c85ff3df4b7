"""A limit on what one request may carry, by what it announces and, failing that, by what arrives."""

from __future__ import annotations

from contextlib import suppress

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.answers import problem
from service.settings import settings

MEGABYTE = 2**20
# One call may carry a stack of files; anything that is no upload is small.
UPLOADS_AT_ONCE = 10
MAX_FORM_MB = 8


class TooLarge(Exception):
    """The body of a request is larger than allowed."""


class LimitedBody:
    """Answers 413 to bodies above the limit; nothing of them reaches the application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = allowed_bytes(headers.get("content-type", ""))
        announced = headers.get("content-length", "0")
        if not announced.isdigit() or int(announced) > limit:
            await _refuse(scope, receive, send)
            return
        await self._count(limit, scope, receive, send)

    async def _count(self, limit: int, scope: Scope, receive: Receive, send: Send) -> None:
        arrived = 0

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > limit:
                raise TooLarge
            return message

        async def watched(message: Message) -> None:
            # The framework makes a "bad request" of any error while it parses; ours says more.
            if arrived <= limit:
                await send(message)

        with suppress(TooLarge):
            await self.app(scope, counted, watched)
        if arrived > limit:
            await _refuse(scope, receive, send)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    title = "Dữ liệu gửi lên quá lớn. Hãy gửi ít tệp hơn trong một lần."
    await problem(413, "too-large", title)(scope, receive, send)


def allowed_bytes(content_type: str) -> int:
    """How large a body of this type may be."""
    if content_type.startswith("multipart/form-data"):
        return settings().max_upload_mb * UPLOADS_AT_ONCE * MEGABYTE
    return MAX_FORM_MB * MEGABYTE

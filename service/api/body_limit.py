"""A limit on what one request may carry, by what it announces and, failing that, by what arrives."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.access import NotSignedIn, caller_of
from service.api.answers import problem
from service.settings import settings
from service.store.database import transaction

MEGABYTE = 2**20
# One call may carry a stack of files; what is no upload, or comes from nobody we know, is small.
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
        limit = await _limit(Request(scope))
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
    title = (
        "Dữ liệu gửi lên quá lớn, hoặc phiên làm việc đã hết. Hãy đăng nhập lại, rồi gửi ít tệp hơn một lần."
    )
    await problem(413, "too-large", title)(scope, receive, send)


async def _limit(request: Request) -> int:
    """How large a body may be: a form is parsed before anybody asks who sends it, so large ones are asked here."""
    small = MAX_FORM_MB * MEGABYTE
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return small
    if (
        request.headers.get("content-length", "").isdigit()
        and int(request.headers["content-length"]) <= small
    ):
        return small
    known = await run_in_threadpool(_is_signed_in, request)
    return settings().max_upload_mb * UPLOADS_AT_ONCE * MEGABYTE if known else small


def _is_signed_in(request: Request) -> bool:
    try:
        with transaction() as session:
            caller_of(request, session)
    except (NotSignedIn, SQLAlchemyError):
        return False
    return True

"""Live progress of receipts as server-sent events."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from service.accounts.rights import Right, require
from service.api.access import NotSignedIn, PassingCaller, caller_of
from service.api.receipts import parse_ids
from service.api.shapes import ReceiptView
from service.desk.receipt_list import Choice, receipt_list
from service.store.database import transaction

router = APIRouter(tags=["Tiếp nhận"])

POLL_SECONDS = 0.7
# A desk has a few pages open. Each stream asks the database again and again, so nobody gets any number of them.
MAX_STREAMS = 12
_open: Counter[int] = Counter()
HEARTBEAT_SECONDS = 15.0


@router.get("/events", summary="Theo dõi tiến độ (SSE)", response_class=StreamingResponse)
def events(
    request: Request,
    caller: PassingCaller,
    ids: Annotated[
        str | None,
        Query(description="Mã biên nhận, cách nhau bằng dấu phẩy; bỏ trống: 200 tệp mình gửi sau cùng"),
    ] = None,
) -> StreamingResponse:
    """One `receipt` event per receipt at first and whenever it changes, until the client goes away."""
    require(caller.user, Right.INTAKE)
    if _open[caller.user.id] >= MAX_STREAMS:
        raise HTTPException(429)
    choice = Choice(mine=True) if ids is None else Choice(ids=parse_ids(ids))
    return StreamingResponse(
        _counted(caller.user.id, _stream(request, choice)),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


async def _counted(user_id: int, stream: AsyncIterator[str]) -> AsyncIterator[str]:
    _open[user_id] += 1
    try:
        async for line in stream:
            yield line
    finally:
        _open[user_id] -= 1


async def _stream(request: Request, choice: Choice) -> AsyncIterator[str]:
    told: dict[int, str] = {}
    last = time.monotonic()
    yield "retry: 2000\n\n"
    while not await request.is_disconnected():
        try:
            now = await run_in_threadpool(_snapshot, request, choice)
        except NotSignedIn:
            return
        news = {key: line for key, line in now.items() if told.get(key) != line}
        told.update(news)
        for line in news.values():
            yield f"event: receipt\ndata: {line}\n\n"
        if news:
            last = time.monotonic()
        elif time.monotonic() - last > HEARTBEAT_SECONDS:
            yield ": đang chờ\n\n"
            last = time.monotonic()
        await asyncio.sleep(POLL_SECONDS)


def _snapshot(request: Request, choice: Choice) -> dict[int, str]:
    """The receipts as the caller may see them at this moment; who has signed out sees nothing more."""
    with transaction() as session:
        user = caller_of(request, session).user
        lines = receipt_list(session, user, choice)
        return {line.receipt.id: ReceiptView.of(line).model_dump_json() for line in reversed(lines)}

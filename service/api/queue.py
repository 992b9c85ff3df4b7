"""The queue of a unit and the steps of handling."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from service.api.access import CurrentUser, Database
from service.api.shapes import Note, PetitionBrief, Step
from service.desk import queue
from service.office import today

router = APIRouter(tags=["Hàng đợi"])


class Transfer(BaseModel):
    """To which unit, and why."""

    unit: str = Field(description="Mã đơn vị nhận")
    note: str = Field("", max_length=5000)


@router.get("/queue", summary="Hàng đợi của đơn vị")
def in_queue(
    user: CurrentUser,
    session: Database,
    unit: Annotated[str | None, Query(description="Mã đơn vị; bỏ trống: mọi đơn vị được xem")] = None,
    done: Annotated[bool, Query(description="Xem đơn đã hoàn thành")] = False,
) -> list[PetitionBrief]:
    """The nearest deadline first."""
    day = today()
    return [PetitionBrief.of(found, day) for found in queue.in_queue(session, user, unit, done=done)]


@router.post("/petitions/{petition_id}/take", summary="Nhận xử lý")
def take(user: CurrentUser, session: Database, petition_id: int) -> Step:
    """Into one's own hands."""
    return Step.of(queue.take(session, user, petition_id))


@router.post("/petitions/{petition_id}/return", summary="Trả lại bàn soát xét, có lý do")
def give_back(user: CurrentUser, session: Database, petition_id: int, body: Note) -> Step:
    """It is not for this unit; somebody decides anew."""
    return Step.of(queue.give_back(session, user, petition_id, body.note))


@router.post("/petitions/{petition_id}/recall", summary="Rút lại về bàn soát xét")
def recall(user: CurrentUser, session: Database, petition_id: int) -> Step:
    """Decided by mistake, and no unit has touched it yet."""
    return Step.of(queue.recall(session, user, petition_id))


@router.post("/petitions/{petition_id}/transfer", summary="Chuyển đơn vị khác")
def transfer(user: CurrentUser, session: Database, petition_id: int, body: Transfer) -> Step:
    """Into the queue of another unit of the office."""
    return Step.of(queue.transfer(session, user, petition_id, body.unit, body.note))


@router.post("/petitions/{petition_id}/done", summary="Hoàn thành")
def done(user: CurrentUser, session: Database, petition_id: int, body: Note | None = None) -> Step:
    """By whoever holds it."""
    return Step.of(queue.finish(session, user, petition_id, body.note if body else ""))


@router.post("/petitions/{petition_id}/reopen", summary="Mở lại")
def reopen(user: CurrentUser, session: Database, petition_id: int, body: Note | None = None) -> Step:
    """Back into the queue (leads only)."""
    return Step.of(queue.reopen(session, user, petition_id, body.note if body else ""))

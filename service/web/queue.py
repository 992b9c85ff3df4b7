"""Hàng đợi: the letters of a unit, and the steps that its people take with them."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from service.accounts.rights import Right, may
from service.desk import queue
from service.desk.worklist import queue_sizes
from service.office import unit_names
from service.store.tables import User
from service.web.letter import handles
from service.web.site import inside
from service.web.visit import Looking, Sending, Visit

router = APIRouter()
BASE = "/hang-doi"


@router.get(BASE)
def unit_queue(visit: Looking, don_vi: str | None = None, xong: bool = False) -> Response:
    """The queue of a unit; `don_vi` "" means all units that the user sees."""
    units = units_of(visit.user)
    chosen = visit.user.unit_code or "" if don_vi is None else don_vi
    unit = chosen if chosen in units else None
    rows = queue.in_queue(visit.session, visit.user, unit, done=xong)
    return visit.page(
        "queue.html",
        units=units,
        sizes=queue_sizes(visit.session, visit.user),
        unit=unit,
        done=xong,
        rows=[(petition, handles(visit.user, petition)) for petition in rows],
    )


def units_of(user: User) -> dict[str, str]:
    """The units whose queues a user may open, code → name."""
    if may(user, Right.REVIEW) or may(user, Right.ALL_UNITS):
        return unit_names()
    return {code: name for code, name in unit_names().items() if code == user.unit_code}


@router.post("/don/{petition_id}/nhan")
def take(visit: Sending, petition_id: int) -> Response:
    """Take a letter into one's hands."""
    return visit.attempt(
        lambda: queue.take(visit.session, visit.user, petition_id),
        back=_back(visit),
        then=_back(visit),
        done="Bạn đã nhận xử lý đơn này.",
    )


@router.post("/don/{petition_id}/tra-lai")
def give_back(visit: Sending, petition_id: int) -> Response:
    """Return a letter to the review desk with a reason."""
    return visit.attempt(
        lambda: queue.give_back(visit.session, visit.user, petition_id, _note(visit)),
        back=_back(visit),
        then=BASE,
        done="Đã trả đơn về bàn soát xét.",
    )


@router.post("/don/{petition_id}/chuyen")
def transfer(visit: Sending, petition_id: int) -> Response:
    """Hand a letter to another unit."""
    unit = visit.fields.get("unit", "")
    return visit.attempt(
        lambda: queue.transfer(visit.session, visit.user, petition_id, unit, _note(visit)),
        back=_back(visit),
        then=BASE,
        done=f"Đã chuyển đơn tới {unit_names().get(unit, 'đơn vị khác')}.",
    )


@router.post("/don/{petition_id}/xong")
def finish(visit: Sending, petition_id: int) -> Response:
    """Report that a letter is done."""
    return visit.attempt(
        lambda: queue.finish(visit.session, visit.user, petition_id, _note(visit)),
        back=_back(visit),
        then=_back(visit),
        done="Đã báo hoàn thành.",
    )


@router.post("/don/{petition_id}/mo-lai")
def reopen(visit: Sending, petition_id: int) -> Response:
    """Put a letter that was done back into its queue."""
    address = f"/don/{petition_id}"
    return visit.attempt(
        lambda: queue.reopen(visit.session, visit.user, petition_id, _note(visit)),
        back=address,
        then=address,
        done="Đã mở lại đơn.",
    )


def _back(visit: Visit) -> str:
    return inside(visit.fields.get("back", BASE))


def _note(visit: Visit) -> str:
    return visit.fields.get("note", "")

"""Soát xét: the letter on the left, the proposal on the right; a person accepts it or corrects it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from fastapi import APIRouter
from fastapi.responses import Response

from service.accounts.rights import Right, require, visible
from service.desk import links, queue, worklist
from service.desk.errors import Conflict, DeskError, NotPossible
from service.desk.opening import open_letter
from service.desk.review import Values, consequences, decide
from service.office import unit_names
from service.store.tables import Petition, PetitionState
from service.web.letter import letter_context
from service.web.site import day_of, go, read_flash
from service.web.visit import Looking, Sending, Visit

router = APIRouter()
BASE = "/soat-xet"
MAX_DIGITS = 10
JUDGED = {
    "confirm": "Đã xác nhận hai đơn liên quan.",
    "reject": "Đã ghi nhận: hai đơn không liên quan.",
    "undo": "Đã hoàn tác.",
}


@router.get(BASE)
def waiting(visit: Looking) -> Response:
    """The letters that wait for review."""
    return visit.page("review_list.html", rows=worklist.to_review(visit.session, visit.user))


@router.get(BASE + "/{petition_id}")
def workbench(visit: Looking, petition_id: int, trang: int = 1) -> Response:
    """One letter at the review desk."""
    require(visit.user, Right.REVIEW)
    petition = open_letter(visit.session, visit.user, petition_id)
    if petition.state != PetitionState.REVIEW:
        # What the last step had to say (somebody else was faster) says more.
        told = "" if read_flash(visit.request) else "Đơn này đã được soát xét."
        return go(f"/don/{petition_id}", told)
    return _workbench(visit, petition, Values.of(petition).to_json(), first=trang)


@router.post(BASE + "/{petition_id}/nhan")
def accept(visit: Sending, petition_id: int) -> Response:
    """Accept the proposal as it is and go on to the next letter."""
    then = _next(visit, petition_id)
    try:
        visit.whole(lambda: decide(visit.session, visit.user, petition_id, version=_version(visit)))
    except DeskError as error:
        return go(f"{BASE}/{petition_id}", str(error), kind="error")
    return _passed_on(visit, petition_id, then, "Đã duyệt đề xuất")


@router.post(BASE + "/{petition_id}/sua")
def correct(visit: Sending, petition_id: int) -> Response:
    """Decide otherwise; where that is not possible the form comes back as it was filled in."""
    then, given = _next(visit, petition_id), _given(visit)
    reason = visit.fields.get("reason", "").strip()

    def decide_so() -> None:
        version = _version(visit)
        decide(visit.session, visit.user, petition_id, _values(given), version=version, reason=reason)

    try:
        visit.whole(decide_so)
    except Conflict as error:
        return go(f"{BASE}/{petition_id}", str(error), kind="error")
    except NotPossible as error:
        petition = open_letter(visit.session, visit.user, petition_id)
        return _workbench(visit, petition, given, error=str(error), editing=True)
    return _passed_on(visit, petition_id, then, "Đã lưu quyết định")


@router.post(BASE + "/{petition_id}/rut-lai")
def recall(visit: Sending, petition_id: int) -> Response:
    """Take a letter back to the review desk that its unit has not taken yet."""
    return visit.attempt(
        lambda: queue.recall(visit.session, visit.user, petition_id),
        back=f"/don/{petition_id}",
        then=f"{BASE}/{petition_id}",
        done="Đã rút đơn về bàn soát xét. Hãy xem lại rồi duyệt.",
    )


@router.post(BASE + "/{petition_id}/tinh-lai")
def recalculate(visit: Sending, petition_id: int) -> Response:
    """Fill the form with what the law makes of another type, field or stage; nothing is stored."""
    require(visit.user, Right.REVIEW)
    petition, given = open_letter(visit.session, visit.user, petition_id), _given(visit)
    try:
        follows = consequences(petition, given["type"], given["field"], given["stage"])
    except ValueError:
        return _workbench(visit, petition, given, error="Hãy chọn loại đơn và lĩnh vực.", editing=True)
    filled = {name: follows.get(name, value) for name, value in given.items()}
    return _workbench(visit, petition, filled, editing=True)


@router.post(BASE + "/{petition_id}/lien-ket/{link_id}")
def judge(visit: Sending, petition_id: int, link_id: int) -> Response:
    """Confirm, reject or undo a link to an earlier letter."""
    verb = visit.fields.get("verb", "")
    here = f"{'/don' if visit.fields.get('back') == '/don' else BASE}/{petition_id}"
    return visit.attempt(
        lambda: links.judge(visit.session, visit.user, link_id, verb),
        back=here,
        then=f"{here}#don-truoc",
        done=JUDGED.get(verb, ""),
    )


def _workbench(
    visit: Visit,
    petition: Petition,
    values: dict[str, Any],
    *,
    first: int = 1,
    error: str = "",
    editing: bool = False,
) -> Response:
    return visit.page(
        "review.html",
        status=422 if error else 200,
        values=values,
        place=worklist.place_of(visit.session, visit.user, petition.id),
        error=error,
        reason=visit.fields.get("reason", ""),
        editing=editing,
        **letter_context(visit.session, visit.user, petition, first),
    )


def _given(visit: Visit) -> dict[str, Any]:
    """The values as the form holds them, what may be empty as None; `due` stays text."""
    fields = {name: visit.fields.get(name, "").strip() for name in Values.__dataclass_fields__}
    return fields | {name: fields[name] or None for name in ("stage", "unit_code", "due")}


def _values(given: dict[str, Any]) -> Values:
    due = day_of(given["due"] or "")
    if given["due"] and due is None:
        raise NotPossible("Thời hạn phải là một ngày, ví dụ 31/12/2026.")
    if not given["agency"]:
        raise NotPossible("Cần ghi cơ quan có thẩm quyền.")
    return Values(**{**given, "due": due})


def _version(visit: Visit) -> int:
    text = visit.fields.get("version", "")
    # A superscript two is a digit too, and thousands of digits make no number.
    if not (text.isascii() and text.isdigit() and len(text) < MAX_DIGITS):
        raise Conflict("Biểu mẫu không đầy đủ. Hãy tải lại trang rồi xem lại.")
    return int(text)


def _passed_on(visit: Visit, petition_id: int, then: str, what: str) -> Response:
    """On to the next letter; the one decided stays one click away as long as its decider may see it."""
    mine = sa.select(Petition).where(Petition.id == petition_id, visible(visit.user))
    petition = visit.session.scalar(mine)
    if petition is None:
        return go(then, f"{what}. Đơn này từ nay được giữ kín.")
    unit = unit_names().get(petition.unit_code or "", "đơn vị xử lý")
    told = f"{what}: đơn {petition.receipt.number} đã chuyển tới {unit}."
    return go(then, told, about=f"/don/{petition_id}")


def _next(visit: Visit, petition_id: int) -> str:
    target = worklist.place_of(visit.session, visit.user, petition_id).onward
    return f"{BASE}/{target}" if target else BASE

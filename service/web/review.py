"""Soát xét: the letter on the left, the proposal on the right; a person accepts it or corrects it."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from service.accounts.rights import Right, get_visible, require
from service.desk import links, worklist
from service.desk.errors import Conflict, NotPossible
from service.desk.review import Values, consequences, decide
from service.store.tables import Petition, PetitionState
from service.web.letter import letter_context
from service.web.site import go, read_flash
from service.web.visit import Looking, Sending, Visit

router = APIRouter()
BASE = "/soat-xet"
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
    petition = get_visible(visit.session, visit.user, petition_id)
    if petition.state != PetitionState.REVIEW:
        # What the last step had to say (somebody else was faster) says more.
        told = "" if read_flash(visit.request) else "Đơn này đã được soát xét."
        return go(f"/don/{petition_id}", told)
    return _workbench(visit, petition, Values.of(petition).to_json(), first=trang)


@router.post(BASE + "/{petition_id}/nhan")
def accept(visit: Sending, petition_id: int) -> Response:
    """Accept the proposal as it is and go on to the next letter."""
    return visit.attempt(
        lambda: decide(visit.session, visit.user, petition_id, version=_version(visit)),
        back=f"{BASE}/{petition_id}",
        then=_next(visit, petition_id),
        done="Đã duyệt đề xuất và chuyển đơn tới đơn vị xử lý.",
    )


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
        petition = get_visible(visit.session, visit.user, petition_id)
        return _workbench(visit, petition, given, error=str(error), editing=True)
    return go(then, "Đã lưu quyết định và chuyển đơn tới đơn vị xử lý.")


@router.post(BASE + "/{petition_id}/tinh-lai")
def recalculate(visit: Sending, petition_id: int) -> Response:
    """Fill the form with what the law makes of another type, field or stage; nothing is stored."""
    require(visit.user, Right.REVIEW)
    petition, given = get_visible(visit.session, visit.user, petition_id), _given(visit)
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
    previous, following = worklist.neighbours(visit.session, visit.user, petition.id)
    return visit.page(
        "review.html",
        status=422 if error else 200,
        values=values,
        previous=previous,
        following=following,
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
    try:
        due = date.fromisoformat(given["due"]) if given["due"] else None
    except ValueError as error:
        raise NotPossible("Thời hạn phải là một ngày, ví dụ 31/12/2026.") from error
    if not given["agency"]:
        raise NotPossible("Cần ghi cơ quan có thẩm quyền.")
    return Values(**{**given, "due": due})


def _version(visit: Visit) -> int:
    text = visit.fields.get("version", "")
    if not text.isdigit():
        raise Conflict("Biểu mẫu không đầy đủ. Hãy tải lại trang rồi xem lại.")
    return int(text)


def _next(visit: Visit, petition_id: int) -> str:
    previous, following = worklist.neighbours(visit.session, visit.user, petition_id)
    target = following or previous
    return f"{BASE}/{target}" if target else BASE

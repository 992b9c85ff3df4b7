"""Khay lỗi: what no machine could read waits here for a person."""

from __future__ import annotations

import sqlalchemy as sa
from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy.orm import Session

from service.accounts.rights import NotFound, Right, require, visible
from service.api.access import PassingCaller
from service.desk import paper, trays
from service.desk.errors import DeskError
from service.desk.opening import open_original
from service.store.database import transaction
from service.store.tables import Petition, Receipt, ReceiptState, User
from service.web.site import go
from service.web.visit import Looking, PassingForm, Sending, Visit
from service.work import readings

router = APIRouter()
BASE = "/khay-loi"
MAX_PAGES = 20
SHARPNESS = 110


@router.get(BASE)
def tray(visit: Looking) -> Response:
    """The receipts that wait for a person."""
    rows = [
        (receipt, trays.knows_content(visit.session, visit.user, receipt))
        for receipt in trays.problems(visit.session, visit.user)
    ]
    return visit.page("trays.html", rows=rows)


@router.get(BASE + "/{receipt_id}")
def item(visit: Looking, receipt_id: int) -> Response:
    """One receipt of the tray: see the original, read again, type by hand, refuse."""
    return _item(visit, _receipt(visit.session, visit.user, receipt_id))


@router.get(BASE + "/{receipt_id}/trang/{number}.png")
def picture(caller: PassingCaller, receipt_id: int, number: int) -> Response:
    """A page of the original, for typing it by hand; drawing it takes long, so no connection is held meanwhile."""
    with transaction() as session:
        receipt = _receipt(session, caller.user, receipt_id)
        document = readings.stored(session, receipt.sha256)
    if document is None:
        raise NotFound("Không vẽ được bản gốc này.")
    return Response(paper.page_picture(receipt, document, number, SHARPNESS), media_type="image/png")


@router.post(BASE + "/{receipt_id}/doc-lai")
def read_again(visit: Sending, receipt_id: int) -> Response:
    """Put it back into the reading queue."""
    return visit.attempt(
        lambda: trays.read_again(visit.session, visit.user, receipt_id),
        back=BASE,
        then=BASE,
        done="Đã xếp vào hàng chờ đọc lại.",
    )


@router.post(BASE + "/{receipt_id}/tu-choi")
def refuse(visit: Sending, receipt_id: int) -> Response:
    """Refuse it with a reason; the original stays."""
    return visit.attempt(
        lambda: trays.refuse(visit.session, visit.user, receipt_id, visit.fields.get("reason", "")),
        back=f"{BASE}/{receipt_id}",
        then=BASE,
        done="Đã từ chối và ghi lý do. Bản gốc vẫn được giữ.",
    )


@router.post(BASE + "/{receipt_id}/nhap-tay")
def type_in(sent: PassingForm, receipt_id: int) -> Response:
    """File it with a text that a person has typed; what was typed stays in the form where that fails."""
    text, user = sent.fields.get("text", ""), sent.caller.user
    try:
        # Typing in commits half way, so it gets a transaction of its own.
        with transaction() as session:
            petition_id = trays.type_in(session, user, receipt_id, text)
    except DeskError as error:
        with sent.visit() as visit:
            return _item(visit, _receipt(visit.session, user, receipt_id), text, str(error))
    # What was typed may have turned out to be a denunciation, which its typist may not see from now on.
    with transaction() as session:
        seen = session.scalar(sa.select(Petition.id).where(Petition.id == petition_id, visible(user)))
    return go(f"/soat-xet/{petition_id}" if seen else BASE, "Đã vào sổ với nội dung nhập tay.")


def _item(visit: Visit, receipt: Receipt, text: str = "", error: str = "") -> Response:
    document = readings.stored(visit.session, receipt.sha256)
    pages = [sheet.number for sheet in document.pages if sheet.size] if document else []
    return visit.page(
        "tray_item.html",
        status=422 if error else 200,
        receipt=receipt,
        pages=pages[:MAX_PAGES],
        text=text,
        error=error,
    )


def _receipt(session: Session, user: User, receipt_id: int) -> Receipt:
    require(user, Right.INTAKE)
    receipt = session.get(Receipt, receipt_id)
    if (
        receipt is None
        or receipt.state != ReceiptState.PROBLEM
        or not trays.knows_content(session, user, receipt)
    ):
        raise NotFound("Biên nhận này không còn trong khay lỗi, hoặc bạn không có quyền xem.")
    return open_original(session, user, receipt.id)

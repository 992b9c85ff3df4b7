"""The tray of problems: what no machine could read waits here until a person reads it again, types it or refuses it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service import audit
from service.accounts.rights import NotFound, Right, require, visible_receipt
from service.desk.errors import NotPossible
from service.store.tables import Channel, Receipt, ReceiptState, User
from service.work.jobs import defer_reading
from service.work.process import file_petition, typed_document

MIN_TYPED = 20


def problems(session: Session, user: User) -> list[Receipt]:
    """Receipts that wait for a person, oldest first."""
    require(user, Right.INTAKE)
    query = sa.select(Receipt).where(Receipt.state == ReceiptState.PROBLEM).order_by(Receipt.id)
    return list(session.scalars(query.limit(500)))


def refuse(session: Session, user: User, receipt_id: int, reason: str) -> Receipt:
    """Refuse a receipt that cannot become a petition; the original stays, and the reason is kept for ever."""
    receipt = _in_tray(session, user, receipt_id)
    if not reason.strip():
        raise NotPossible("Cần ghi lý do từ chối.")
    receipt.state, receipt.refused_reason = ReceiptState.REFUSED, reason.strip()
    audit.record(session, user, "refuse", "receipt", receipt.id, reason_given=True)
    return receipt


def read_again(session: Session, user: User, receipt_id: int) -> Receipt:
    """Put a receipt back into the reading queue."""
    receipt = _in_tray(session, user, receipt_id)
    receipt.state, receipt.problems = ReceiptState.WAITING, []
    defer_reading(session, receipt.id, Channel(receipt.channel))
    audit.record(session, user, "read_again", "receipt", receipt.id)
    return receipt


def type_in(session: Session, user: User, receipt_id: int, text: str) -> int:
    """File a receipt with a text that a person has typed from the original; returns the petition's id."""
    receipt = _in_tray(session, user, receipt_id)
    if len(text.strip()) < MIN_TYPED:
        raise NotPossible("Nội dung nhập tay quá ngắn: cần ít nhất một câu.")
    document = typed_document(receipt, text.strip())
    session.commit()
    petition_id = file_petition(receipt_id, document, user)
    if petition_id is None:
        raise NotPossible("Người khác vừa xử lý biên nhận này.")
    return petition_id


def knows_content(session: Session, user: User, receipt: Receipt) -> bool:
    """Whether this user may see file name and original of a receipt."""
    query = sa.select(Receipt.id).where(Receipt.id == receipt.id, visible_receipt(user))
    return session.scalar(query) is not None


def _in_tray(session: Session, user: User, receipt_id: int) -> Receipt:
    require(user, Right.INTAKE)
    receipt = session.scalar(
        sa.select(Receipt).where(Receipt.id == receipt_id, visible_receipt(user)).with_for_update()
    )
    if receipt is None:
        raise NotFound("Không có biên nhận này, hoặc bạn không có quyền xem.")
    if receipt.state != ReceiptState.PROBLEM:
        raise NotPossible("Biên nhận này không còn trong khay lỗi.")
    return receipt

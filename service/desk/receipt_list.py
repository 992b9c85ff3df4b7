"""Receipts as a person may see them: a sealed one shows only number, time, channel and state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from service.accounts.rights import NotFound, visible, visible_receipt
from service.settings import TIME_ZONE
from service.store.tables import Petition, Receipt, User


@dataclass(frozen=True, slots=True)
class Line:
    """A receipt; `known` says whether this user may see its content.

    `petition_id` and `same_file_of` (a receipt number) are None where the user may not know of what they
    point at.
    """

    receipt: Receipt
    known: bool
    petition_id: int | None
    same_file_of: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Which receipts to list; every field narrows, None does not. `mine` leaves those the user brought."""

    ids: Sequence[int] | None = None
    state: str | None = None
    day: date | None = None
    mine: bool = False
    limit: int = 200
    offset: int = 0


def receipt_list(session: Session, user: User, choice: Choice) -> list[Line]:
    """The receipts that fit, newest first."""
    query = _lines(user).order_by(Receipt.id.desc()).limit(choice.limit).offset(choice.offset)
    if choice.ids is not None:
        query = query.where(Receipt.id.in_(choice.ids))
    if choice.state:
        query = query.where(Receipt.state == choice.state)
    if choice.day:
        query = query.where(
            sa.cast(sa.func.timezone(str(TIME_ZONE), Receipt.received_at), sa.Date) == choice.day
        )
    if choice.mine:
        query = query.where(Receipt.received_by == user.id)
    return [Line(*row) for row in session.execute(query)]


def one_receipt(session: Session, user: User, receipt_id: int) -> Line:
    """The receipt with this id; raises NotFound."""
    row = session.execute(_lines(user).where(Receipt.id == receipt_id)).first()
    if row is None:
        raise NotFound("Không có biên nhận này.")
    return Line(*row)


def original_of(session: Session, user: User, receipt_id: int) -> Receipt:
    """The receipt whose original the user may have; raises NotFound for a sealed one as for none."""
    receipt = session.scalar(sa.select(Receipt).where(Receipt.id == receipt_id, visible_receipt(user)))
    if receipt is None:
        raise NotFound("Không có biên nhận này, hoặc bạn không có quyền xem bản gốc.")
    return receipt


def _lines(user: User) -> sa.Select[Receipt, bool, int | None, str | None]:
    first = aliased(Receipt)
    may_know_first = sa.select(Receipt.id).where(visible_receipt(user)).correlate(None)
    return (
        sa.select(Receipt, sa.case((visible_receipt(user), True), else_=False), Petition.id, first.number)
        .outerjoin(Petition, sa.and_(Petition.receipt_id == Receipt.id, visible(user)))
        .outerjoin(first, sa.and_(first.id == Receipt.same_file_of, first.id.in_(may_know_first)))
    )

"""What a person may do and see. Every query for petitions goes through `visible`."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from service.store.tables import Petition, Receipt, Role, User


class Right(StrEnum):
    """Something that a role may do."""

    INTAKE = "intake"
    REVIEW = "review"
    HANDLE = "handle"
    ALL_UNITS = "all_units"
    MANAGE = "manage"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CLERK: frozenset({Right.INTAKE, Right.REVIEW}),
    Role.HANDLER: frozenset({Right.HANDLE}),
    Role.LEAD: frozenset({Right.INTAKE, Right.REVIEW, Right.HANDLE, Right.ALL_UNITS}),
    Role.ADMIN: frozenset(Right),
}


class Forbidden(Exception):
    """The person lacks a right; the message is Vietnamese and meant for them."""


class NotFound(Exception):
    """No such record, or none that this person may know of: the two look the same."""


def may(user: User, right: Right) -> bool:
    """Whether the user's role has a right."""
    return right in RIGHTS[Role(user.role)]


def require(user: User, right: Right) -> None:
    """Raise Forbidden where the user's role lacks a right."""
    if not may(user, right):
        raise Forbidden("Tài khoản của bạn không có quyền làm việc này.")


def visible(user: User) -> sa.ColumnElement[bool]:
    """Condition on petitions that a user may know of.

    Sealed letters (denunciations, and whatever might be one) exist only for those with the right. A handler
    sees the letters of her own unit; clerks, leads and admins see those of all units.
    """
    conditions: list[sa.ColumnElement[bool]] = []
    if not user.sees_denunciations:
        conditions.append(sa.not_(Petition.sealed))
    if not (may(user, Right.REVIEW) or may(user, Right.ALL_UNITS)):
        conditions.append(sa.func.coalesce(Petition.unit_code, "") == (user.unit_code or "?"))
    return sa.and_(sa.true(), *conditions)


def visible_receipt(user: User) -> sa.ColumnElement[bool]:
    """Condition on receipts whose file name and content a user may see.

    Until a letter has been read nobody knows that it is no denunciation, so only its bringer and those with
    the right see more than the number; afterwards the seal of its petition decides for everyone.
    """
    if user.sees_denunciations:
        return sa.true()
    # A name of its own, because the query around may join petitions too.
    letter = aliased(Petition)
    open_petition = sa.exists().where(letter.receipt_id == Receipt.id, sa.not_(letter.sealed))
    unread_own = sa.and_(
        Receipt.received_by == user.id, sa.not_(sa.exists().where(letter.receipt_id == Receipt.id))
    )
    return sa.or_(open_petition, unread_own)


def get_visible(session: Any, user: User, petition_id: int, *, lock: bool = False) -> Petition:
    """The petition with this id; raises NotFound where there is none that the user may know of."""
    query = sa.select(Petition).where(Petition.id == petition_id, visible(user))
    petition: Petition | None = session.scalar(query.with_for_update(of=Petition) if lock else query)
    if petition is None:
        raise NotFound("Không có đơn này, hoặc bạn không có quyền xem.")
    return petition

"""Work lists and their numbers: what waits for a person, as far as that person may know of it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from service.accounts.rights import Right, may, require, visible
from service.desk.queue import OPEN
from service.store.tables import Petition, PetitionState, Receipt, ReceiptState, User

MAX_ROWS = 500


def to_review(session: Session, user: User) -> list[Petition]:
    """Letters that wait at the review desk, first come first."""
    require(user, Right.REVIEW)
    query = sa.select(Petition).options(joinedload(Petition.receipt)).where(_in_review(user))
    return list(session.scalars(query.order_by(Petition.id).limit(MAX_ROWS)))


def neighbours(session: Session, user: User, petition_id: int) -> tuple[int | None, int | None]:
    """The letters before and after this one at the review desk."""
    before = sa.select(sa.func.max(Petition.id)).where(_in_review(user), Petition.id < petition_id)
    after = sa.select(sa.func.min(Petition.id)).where(_in_review(user), Petition.id > petition_id)
    return session.scalar(before), session.scalar(after)


def counts(session: Session, user: User) -> dict[str, int]:
    """How much waits for this user at each desk: waiting, problem, review, queue."""
    numbers: dict[str, int] = {}
    if may(user, Right.INTAKE):
        states = sa.select(Receipt.state, sa.func.count()).where(
            Receipt.state.in_((ReceiptState.WAITING, ReceiptState.PROBLEM))
        )
        numbers |= {row[0]: row[1] for row in session.execute(states.group_by(Receipt.state))}
    if may(user, Right.REVIEW):
        numbers["review"] = _count(session, _in_review(user))
    queue = sa.and_(visible(user), Petition.state.in_(OPEN))
    if user.unit_code:
        queue = sa.and_(queue, Petition.unit_code == user.unit_code)
    numbers["queue"] = _count(session, queue)
    return numbers


def queue_sizes(session: Session, user: User) -> dict[str, int]:
    """Open letters per unit, as far as the user sees them."""
    query = (
        sa.select(Petition.unit_code, sa.func.count())
        .where(visible(user), Petition.state.in_(OPEN))
        .group_by(Petition.unit_code)
    )
    return {unit: count for unit, count in session.execute(query) if unit is not None}


def _in_review(user: User) -> sa.ColumnElement[bool]:
    return sa.and_(visible(user), Petition.state == PetitionState.REVIEW)


def _count(session: Session, condition: sa.ColumnElement[bool]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(Petition).where(condition)) or 0

"""Work lists and their numbers: what waits for a person, as far as that person may know of it."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from service.accounts.rights import Right, may, require, visible
from service.desk.queue import OPEN
from service.store.tables import Petition, PetitionState, Receipt, ReceiptState, User

MAX_ROWS = 500


# The nearest deadline first; of the same day as they came in.
URGENCY = (Petition.due.asc().nulls_last(), Petition.receipt_id)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter stands at the review desk: the `number`th (from 1) of `total`, and the letters around it.

    `onward` is the letter to go on with once this one is done: the following, else the first of the others.
    """

    number: int | None
    total: int
    previous: int | None
    following: int | None
    onward: int | None


def to_review(session: Session, user: User) -> list[Petition]:
    """Letters that wait at the review desk, the most urgent first."""
    require(user, Right.REVIEW)
    query = sa.select(Petition).options(joinedload(Petition.receipt)).where(_in_review(user))
    return list(session.scalars(query.order_by(*URGENCY).limit(MAX_ROWS)))


def place_of(session: Session, user: User, petition_id: int) -> Place:
    """The place of a letter at the review desk; without number and neighbours where it does not wait there."""
    ids = list(session.scalars(sa.select(Petition.id).where(_in_review(user)).order_by(*URGENCY)))
    if petition_id not in ids:
        return Place(None, len(ids), None, None, ids[0] if ids else None)
    at = ids.index(petition_id)
    previous = ids[at - 1] if at else None
    following = ids[at + 1] if at + 1 < len(ids) else None
    return Place(at + 1, len(ids), previous, following, following or (ids[0] if at else None))


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

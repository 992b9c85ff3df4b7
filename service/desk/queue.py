"""The queue of a unit: take, give back, return, transfer, done. Each step is a row that stays."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from models.law.calendar import working_days_between
from service import audit
from service.accounts.rights import Forbidden, Right, get_visible, may, require, visible
from service.desk.errors import NotPossible
from service.desk.review import act_as_person
from service.office import unit_names
from service.store.tables import HandlingEvent, Petition, PetitionState, User

OPEN = (PetitionState.QUEUED, PetitionState.TAKEN)


def in_queue(session: Session, user: User, unit: str | None, *, done: bool = False) -> list[Petition]:
    """The letters of a unit (None: of all units that the user sees), the nearest deadline first."""
    states = (PetitionState.DONE,) if done else OPEN
    query = sa.select(Petition).where(visible(user), Petition.state.in_(states))
    if unit:
        query = query.where(Petition.unit_code == unit)
    query = query.options(joinedload(Petition.receipt), joinedload(Petition.holder))
    return list(session.scalars(query.order_by(Petition.due.asc().nulls_last(), Petition.id).limit(500)))


def days_left(petition: Petition, today: date) -> int | None:
    """Working days until the legal clock runs out; negative once it has, None where none runs."""
    if petition.due is None:
        return None
    if petition.due >= today:
        return working_days_between(today, petition.due)
    return -working_days_between(petition.due, today)


def take(session: Session, user: User, petition_id: int) -> Petition:
    """Take a letter of one's own unit into one's hands."""
    petition = _mine_to_handle(session, user, petition_id)
    if petition.state == PetitionState.TAKEN and petition.holder_id == user.id:
        return petition
    if petition.state != PetitionState.QUEUED:
        raise NotPossible("Đơn này đã có người nhận xử lý.")
    petition.state, petition.holder_id = PetitionState.TAKEN, user.id
    return _step(session, user, petition, "take")


def give_back(session: Session, user: User, petition_id: int, note: str = "") -> Petition:
    """Return a letter to the mailroom's review desk, with the reason why it is not for this unit."""
    petition = _mine_to_handle(session, user, petition_id)
    _need_open(petition)
    if not note.strip():
        raise NotPossible("Cần ghi lý do trả lại để văn thư biết.")
    petition.state, petition.holder_id = PetitionState.REVIEW, None
    return _step(session, user, petition, "return", note=note)


def recall(session: Session, user: User, petition_id: int) -> Petition:
    """Take a letter back to the review desk that was decided by mistake and that no unit has touched yet."""
    require(user, Right.REVIEW)
    petition = get_visible(session, user, petition_id, lock=True)
    if not is_recallable(session, petition):
        raise NotPossible("Đơn vị đã xử lý đơn này. Hãy nhờ đơn vị trả lại.")
    act_as_person(session, user)
    petition.state = PetitionState.REVIEW
    return _step(session, user, petition, "return", note="Rút lại để soát xét")


def is_recallable(session: Session, petition: Petition) -> bool:
    """Whether a letter waits where the review desk has put it, and nothing has happened since."""
    last = sa.select(HandlingEvent.verb).where(HandlingEvent.petition_id == petition.id)
    last_verb = session.scalar(last.order_by(HandlingEvent.id.desc()).limit(1))
    return petition.state == PetitionState.QUEUED and last_verb == "queue"


def transfer(session: Session, user: User, petition_id: int, unit: str, note: str = "") -> Petition:
    """Hand a letter to another unit of the office."""
    petition = _mine_to_handle(session, user, petition_id)
    _need_open(petition)
    if unit not in unit_names():
        raise NotPossible("Không có đơn vị này.")
    if unit == petition.unit_code:
        raise NotPossible("Đơn đang ở đơn vị này rồi.")
    before = petition.unit_code
    petition.unit_code, petition.state, petition.holder_id = unit, PetitionState.QUEUED, None
    return _step(session, user, petition, "transfer", from_unit=before, note=note)


def finish(session: Session, user: User, petition_id: int, note: str = "") -> Petition:
    """Mark a letter that one holds as done."""
    petition = _mine_to_handle(session, user, petition_id)
    if petition.state != PetitionState.TAKEN:
        raise NotPossible("Cần nhận xử lý trước khi báo hoàn thành.")
    petition.state = PetitionState.DONE
    return _step(session, user, petition, "done", note=note)


def reopen(session: Session, user: User, petition_id: int, note: str = "") -> Petition:
    """Put a letter that was done back into its unit's queue (leads only)."""
    require(user, Right.ALL_UNITS)
    petition = get_visible(session, user, petition_id, lock=True)
    if petition.state != PetitionState.DONE:
        raise NotPossible("Đơn này chưa hoàn thành.")
    act_as_person(session, user)
    petition.state, petition.holder_id = PetitionState.QUEUED, None
    return _step(session, user, petition, "reopen", note=note)


def history(session: Session, petition_id: int) -> list[tuple[HandlingEvent, str]]:
    """The steps of a letter, first to last, with the name of who took each."""
    query = (
        sa.select(HandlingEvent, User.name)
        .join(User, User.id == HandlingEvent.user_id)
        .where(HandlingEvent.petition_id == petition_id)
        .order_by(HandlingEvent.id)
    )
    return [(event, name) for event, name in session.execute(query)]


def _mine_to_handle(session: Session, user: User, petition_id: int) -> Petition:
    require(user, Right.HANDLE)
    petition = get_visible(session, user, petition_id, lock=True)
    if petition.unit_code != user.unit_code and not may(user, Right.ALL_UNITS):
        raise Forbidden("Đơn này thuộc đơn vị khác.")
    if petition.holder_id not in (None, user.id) and not may(user, Right.ALL_UNITS):
        raise NotPossible("Đơn này đang do người khác giữ.")
    act_as_person(session, user)
    return petition


def _need_open(petition: Petition) -> None:
    if petition.state not in OPEN:
        raise NotPossible("Đơn này không còn trong hàng đợi.")


def _step(
    session: Session,
    user: User,
    petition: Petition,
    verb: str,
    *,
    from_unit: str | None = None,
    note: str = "",
) -> Petition:
    petition.version += 1
    session.add(
        HandlingEvent(
            petition_id=petition.id,
            verb=verb,
            from_unit=from_unit,
            to_unit=petition.unit_code,
            note=note.strip(),
            user_id=user.id,
        )
    )
    audit.record(
        session, user, verb, "petition", petition.id, unit=petition.unit_code, reason_given=bool(note.strip())
    )
    session.flush()
    return petition

"""Review: a person accepts a suggestion or corrects it. Only here does a suggestion become a decision."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.proposal import Action, Choice, CompetenceKind, Field, PetitionType, Stage
from models.reading import Reading as LetterReading
from service import audit
from service.accounts.rights import Right, get_visible, require
from service.desk.errors import Conflict, NotPossible
from service.office import office, unit_names
from service.store.tables import Decision, HandlingEvent, Petition, PetitionState, User


@dataclass(frozen=True, slots=True)
class Values:
    """What counts of a petition once a person has decided."""

    type: str
    field: str
    stage: str | None
    competence_kind: str
    agency: str
    action: str
    unit_code: str | None
    due: date | None

    @classmethod
    def of(cls, petition: Petition) -> Values:
        """What counts now."""
        return cls(**{field.name: getattr(petition, field.name) for field in fields(cls)})

    def check(self) -> None:
        """Raise NotPossible, naming the value, where a code is not one of ours."""
        codes: tuple[tuple[str | None, Any, str], ...] = (
            (self.type, PetitionType, "loại đơn"),
            (self.field, Field, "lĩnh vực"),
            (self.stage, Stage, "giai đoạn"),
            (self.competence_kind, CompetenceKind, "thẩm quyền"),
            (self.action, Action, "hướng xử lý"),
        )
        for value, known, label in codes:
            if value is not None and value not in set(known):
                raise NotPossible(f"Giá trị “{value}” không dùng được cho {label}.")
        if self.unit_code not in unit_names():
            raise NotPossible("Cần chọn đơn vị xử lý.")

    def to_json(self) -> dict[str, Any]:
        """The values with the date as text."""
        return {**asdict(self), "due": self.due.isoformat() if self.due else None}


def act_as_person(session: Session, user: User) -> None:
    """Tell the database's guard that a person stands behind this transaction."""
    session.execute(sa.select(sa.func.set_config("donthu.person", str(user.id), True)))


def decide(
    session: Session,
    user: User,
    petition_id: int,
    values: Values | None = None,
    *,
    version: int | None = None,
    reason: str = "",
) -> Petition:
    """Accept the suggestion (`values` None) or decide otherwise, and put the letter into its unit's queue.

    `version` is that of the petition as it was shown; raises Conflict where it has changed since,
    NotPossible for a value that is none of ours or a letter that is past review, Forbidden, NotFound.
    """
    require(user, Right.REVIEW)
    petition = get_visible(session, user, petition_id, lock=True)
    if version is not None and petition.version != version:
        raise Conflict("Đơn này vừa được người khác thay đổi. Hãy tải lại trang rồi xem lại.")
    if petition.state != PetitionState.REVIEW:
        raise NotPossible("Đơn này đã được chuyển khỏi bàn soát xét.")
    before = Values.of(petition)
    after = values or before
    after.check()
    changed = [
        field.name for field in fields(Values) if getattr(before, field.name) != getattr(after, field.name)
    ]
    act_as_person(session, user)
    for field in fields(Values):
        setattr(petition, field.name, getattr(after, field.name))
    petition.sealed = _stays_sealed(petition, after)
    petition.decided = True
    petition.needs_review = False
    petition.state = PetitionState.QUEUED
    petition.version += 1
    session.add(
        Decision(
            petition_id=petition.id,
            suggestion_id=petition.suggestion_id,
            kind="correct" if changed else "accept",
            values=after.to_json(),
            changed=changed,
            reason=reason,
            user_id=user.id,
        )
    )
    session.add(
        HandlingEvent(petition_id=petition.id, verb="queue", to_unit=after.unit_code, user_id=user.id)
    )
    audit.record(
        session,
        user,
        "decide",
        "petition",
        petition.id,
        changed=changed,
        unit=after.unit_code,
        sealed=petition.sealed,
    )
    session.flush()
    return petition


def decisions(session: Session, petition_id: int) -> list[tuple[Decision, str]]:
    """What people decided of a letter, first to last, with the name of who did."""
    query = (
        sa.select(Decision, User.name)
        .join(User, User.id == Decision.user_id)
        .where(Decision.petition_id == petition_id)
        .order_by(Decision.id)
    )
    return [(decision, name) for decision, name in session.execute(query)]


def _stays_sealed(petition: Petition, values: Values) -> bool:
    """A denunciation stays sealed, and so does a letter of several contents with one among them."""
    if values.type == PetitionType.DENUNCIATION:
        return True
    proposal = petition.suggestion.proposal if petition.suggestion else {}
    parts = proposal.get("mixed", {}).get("parts", [])
    return any(part.get("type") == PetitionType.DENUNCIATION for part in parts)


def consequences(petition: Petition, type_: str, field: str, stage: str | None) -> dict[str, Any]:
    """What the rulebook makes of a letter if it is of this type, field and stage (nothing is stored).

    Gives competence kind, agency, action, due date and unit for the form that a person is correcting.
    """
    # Imported here, so that the web process starts without spaCy.
    from models.law import assess, facts_from_doc
    from nlp import read_text

    doc = read_text(petition.text)
    reading = LetterReading(
        type=Choice(type_, 1.0),
        field=Choice(field, 1.0),
        is_mixed=False,
        parts=(),
        stage=Stage(stage) if stage else None,
    )
    facts = facts_from_doc(doc, reading, office(), petition.receipt.received_on)
    result = assess(facts, office())
    return {
        "competence_kind": result.competence.kind,
        "agency": result.competence.agency,
        "action": result.action.code,
        "allowed": list(result.action.allowed),
        "due": result.deadline.due.isoformat() if result.deadline.due else None,
        "unit_code": result.unit.code,
        "reasons": list(result.reasons),
    }

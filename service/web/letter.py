"""The page of one letter: everything about it, and what can be done with it next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy.orm import Session

from service import labels
from service.accounts.rights import Right, may
from service.desk import links, queue
from service.desk.opening import open_letter
from service.office import unit_names
from service.store.tables import Decision, Petition, User
from service.web.proposal_view import proposal_view
from service.web.viewer import letter_view
from service.web.visit import Looking

router = APIRouter()
CHANGED = {
    "type": "loại đơn",
    "field": "lĩnh vực",
    "stage": "giai đoạn",
    "competence_kind": "cấp thẩm quyền",
    "agency": "cơ quan có thẩm quyền",
    "action": "hướng xử lý",
    "unit_code": "đơn vị xử lý",
    "due": "thời hạn",
}


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a letter, in words."""

    at: datetime
    who: str
    what: str
    note: str


@router.get("/don/{petition_id}")
def letter(visit: Looking, petition_id: int, trang: int = 1) -> Response:
    """One letter with its proposal, decisions, history and earlier letters."""
    petition = open_letter(visit.session, visit.user, petition_id)
    return visit.page(
        "letter.html",
        steps=steps_of(visit.session, petition),
        mine=handles(visit.user, petition),
        recallable=may(visit.user, Right.REVIEW) and queue.is_recallable(visit.session, petition),
        **letter_context(visit.session, visit.user, petition, trang),
    )


def letter_context(session: Session, user: User, petition: Petition, first: int) -> dict[str, Any]:
    """What the pages of a letter and of its review show alike."""
    proposal = proposal_view(petition)
    return {
        "petition": petition,
        "receipt": petition.receipt,
        "proposal": proposal,
        "view": letter_view(session, petition, proposal.spans if proposal else [], first),
        # That a sealed letter belongs to this one is itself a secret, so masked links are not even counted.
        "earlier": [link for link in links.earlier_letters(session, user, petition) if link.petition],
    }


def handles(user: User, petition: Petition) -> bool:
    """Whether the user may take steps with this letter in its unit's queue."""
    whole = may(user, Right.ALL_UNITS)
    ours = whole or petition.unit_code == user.unit_code
    return may(user, Right.HANDLE) and ours and (whole or petition.holder_id in (None, user.id))


def steps_of(session: Session, petition: Petition) -> list[Step]:
    """Receipt, reading, decisions and handling of a letter, first to last."""
    steps = [
        Step(petition.receipt.received_at, _bringer(session, petition), "Tiếp nhận", ""),
        Step(petition.created_at, "Máy", "Đọc xong và đề xuất", ""),
    ]
    decisions = sa.select(Decision, User.name).join(User, User.id == Decision.user_id)
    for decision, name in session.execute(decisions.where(Decision.petition_id == petition.id)):
        steps.append(Step(decision.at, name, _decided(decision), decision.reason))
    for event, name in queue.history(session, petition.id):
        target = unit_names().get(event.to_unit or "", "") if event.verb in ("queue", "transfer") else ""
        what = labels.STEPS.get(event.verb, event.verb) + (f": {target}" if target else "")
        steps.append(Step(event.at, name, what, event.note))
    return sorted(steps, key=lambda step: step.at)


def _bringer(session: Session, petition: Petition) -> str:
    user = session.get(User, petition.receipt.received_by) if petition.receipt.received_by else None
    return user.name if user else labels.CHANNELS.get(petition.receipt.channel, petition.receipt.channel)


def _decided(decision: Decision) -> str:
    if decision.kind == "accept":
        return "Duyệt theo đề xuất"
    return "Duyệt có sửa: " + ", ".join(CHANGED.get(name, name) for name in decision.changed)

"""Deciding: accept what the machine proposes, or correct it; and what people say of links."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from models.proposal import Action, CompetenceKind, PetitionType, Stage
from models.proposal import Field as Matter
from service.accounts.rights import Right, get_visible, require
from service.api.access import CurrentUser, Database
from service.api.shapes import Step
from service.desk import links, review

router = APIRouter(tags=["Soát xét"])


class Accept(BaseModel):
    """The suggestion as it is."""

    version: int = Field(description="Phiên bản đã xem; khác đi thì trả lỗi 409")


class Correct(BaseModel):
    """What the person decided; values that are left out stay as they are."""

    version: int = Field(description="Phiên bản đã xem; khác đi thì trả lỗi 409")
    reason: str = Field("", max_length=5000)
    type: PetitionType | None = None
    field: Matter | None = None
    stage: Stage | None = None
    competence_kind: CompetenceKind | None = None
    agency: str | None = Field(None, max_length=500)
    action: Action | None = None
    unit_code: str | None = None
    due: date | None = None

    def values(self, before: review.Values) -> review.Values:
        """`before` with what was sent; `stage` and `due` may be emptied by null, the others may not."""
        sent = {name: getattr(self, name) for name in self.model_fields_set - {"version", "reason"}}
        kept = {name: value for name, value in sent.items() if value is not None or name in {"stage", "due"}}
        return review.Values(**{**_as_dict(before), **kept})


class Ask(BaseModel):
    """Type, field and stage as a person would have them."""

    type: PetitionType
    field: Matter
    stage: Stage | None = None


class Consequences(BaseModel):
    """What the rulebook makes of it; nothing is stored."""

    competence_kind: str
    agency: str
    action: str
    allowed: list[str]
    due: date | None
    unit_code: str
    reasons: list[str]


class Why(BaseModel):
    """The reason of a step with a link."""

    reason: str = Field("", max_length=5000)


class LinkStep(BaseModel):
    """A link after a step; its history keeps every step."""

    id: int
    state: str


@router.post("/petitions/{petition_id}/accept", summary="Chấp nhận đề xuất")
def accept(user: CurrentUser, session: Database, petition_id: int, body: Accept) -> Step:
    """The letter goes into the queue of its unit."""
    return Step.of(review.decide(session, user, petition_id, version=body.version))


@router.post("/petitions/{petition_id}/correct", summary="Quyết định khác đề xuất")
def correct(user: CurrentUser, session: Database, petition_id: int, body: Correct) -> Step:
    """The letter goes into the queue of the unit that was decided; the suggestion is kept beside it."""
    before = review.Values.of(get_visible(session, user, petition_id, lock=True))
    values = body.values(before)
    return Step.of(
        review.decide(session, user, petition_id, values, version=body.version, reason=body.reason.strip())
    )


@router.post("/petitions/{petition_id}/preview", summary="Hệ quả theo quy định nếu sửa loại, lĩnh vực")
def preview(user: CurrentUser, session: Database, petition_id: int, body: Ask) -> Consequences:
    """Competence, action, deadline and unit for another type, field or stage."""
    require(user, Right.REVIEW)
    petition = get_visible(session, user, petition_id)
    return Consequences(**review.consequences(petition, body.type, body.field, body.stage))


@router.post("/links/{link_id}/{verb}", summary="Xác nhận, bác bỏ hoặc hoàn tác một liên kết")
def judge_link(
    user: CurrentUser,
    session: Database,
    link_id: int,
    verb: Annotated[str, Path(pattern="^(confirm|reject|undo)$")],
    body: Why | None = None,
) -> LinkStep:
    """Nothing is deleted; undo makes a proposal of it again."""
    link = links.judge(session, user, link_id, verb, body.reason if body else "")
    return LinkStep(id=link.id, state=link.state)


def _as_dict(values: review.Values) -> dict[str, Any]:
    return {name: getattr(values, name) for name in review.Values.__slots__}

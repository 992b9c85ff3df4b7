"""Letters: finding them, everything about one, its pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from models.proposal import Field as Matter
from models.proposal import PetitionType
from service.accounts.rights import NotFound
from service.api.access import CurrentUser, Database, PassingCaller
from service.api.shapes import PetitionBrief
from service.desk import links, paper, queue
from service.desk.opening import open_letter
from service.desk.review import decisions
from service.desk.search import Query as Wanted
from service.desk.search import search
from service.office import today
from service.store.database import transaction
from service.store.tables import Petition, PetitionState

router = APIRouter(prefix="/petitions", tags=["Đơn"])


class Filters(BaseModel):
    """What to look for; every value narrows."""

    q: str = Field("", max_length=500, description="Từ cần tìm, có dấu hoặc không dấu")
    type: PetitionType | None = None
    field: Matter | None = None
    state: PetitionState | None = None
    unit: str | None = None
    received_from: date | None = Field(None, alias="from", description="Ngày nhận, từ")
    received_to: date | None = Field(None, alias="to", description="Ngày nhận, đến")
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000)

    def wanted(self) -> Wanted:
        """The query as the desk knows it."""
        return Wanted(
            self.q,
            self.type,
            self.field,
            self.state,
            self.unit,
            self.received_from,
            self.received_to,
            self.limit,
            self.offset,
        )


class Hits(BaseModel):
    """Letters that were found, exact tones first."""

    total: int = Field(description="Số đơn khớp, chỉ tính đơn người gọi được xem")
    hits: list[PetitionBrief]
    exact: list[bool] = Field(description="Khớp đúng dấu (true) hay chỉ khớp không dấu (false)")


class DecisionView(BaseModel):
    """What a person decided, and on which suggestion."""

    id: int
    kind: str
    values: dict[str, Any]
    changed: list[str]
    reason: str
    by: str
    at: datetime
    suggestion_id: int | None


class StepView(BaseModel):
    """A step in the handling."""

    verb: str
    from_unit: str | None
    to_unit: str | None
    note: str
    by: str
    at: datetime


class EarlierView(BaseModel):
    """A link to another letter. `petition` is null where the other belongs to a unit out of sight."""

    link_id: int
    level: str
    state: str
    probability: float
    evidence: list[dict[str, Any]]
    petition: PetitionBrief | None


class SuggestionView(BaseModel):
    """What the machine said last; the proposal has the form of `donthu classify --json`."""

    id: int
    model_version: str
    created_at: datetime
    proposal: dict[str, Any]


class PetitionFull(BaseModel):
    """Everything about one letter; suggestion and decisions apart."""

    now: PetitionBrief
    receipt_id: int
    file_name: str
    channel: str
    text: str
    suggestion: SuggestionView | None
    decisions: list[DecisionView]
    handling: list[StepView]
    earlier: list[EarlierView]


class WordView(BaseModel):
    """A word on a page; box in points, origin top left."""

    text: str
    box: tuple[float, float, float, float] | None
    confidence: float


class Mark(BaseModel):
    """Evidence on a page: the boxes of its words, and the line of the proposal that it supports."""

    line: str
    start: int
    end: int
    boxes: list[tuple[float, float, float, float]]


class PageView(BaseModel):
    """One page as it was read."""

    number: int
    method: str
    size: tuple[float, float] | None
    confidence: float | None
    picture: bool = Field(description="Có hình ở …/pages/{number}.png")
    words: list[WordView]
    evidence: list[Mark]


@router.get("", summary="Tra cứu")
def find(user: CurrentUser, session: Database, filters: Annotated[Filters, Query()]) -> Hits:
    """The letters that the caller may see and that fit."""
    hits, total = search(session, user, filters.wanted())
    day = today()
    return Hits(
        total=total,
        hits=[PetitionBrief.of(hit.petition, day) for hit in hits],
        exact=[hit.exact for hit in hits],
    )


@router.get("/{petition_id}", summary="Toàn bộ một đơn")
def one(user: CurrentUser, session: Database, petition_id: int) -> PetitionFull:
    """What holds now, what the machine said, what people decided and did, earlier letters."""
    petition = open_letter(session, user, petition_id)
    earlier = links.earlier_letters(session, user, petition)
    return PetitionFull(
        now=PetitionBrief.of(petition, today()),
        receipt_id=petition.receipt_id,
        file_name=petition.receipt.file_name,
        channel=petition.receipt.channel,
        text=petition.text,
        suggestion=_suggestion(petition),
        decisions=[_decision(*entry) for entry in decisions(session, petition.id)],
        handling=[_step(*entry) for entry in queue.history(session, petition.id)],
        earlier=[_earlier(entry) for entry in earlier],
    )


def _suggestion(petition: Petition) -> SuggestionView | None:
    said = petition.suggestion
    return SuggestionView.model_validate(said, from_attributes=True) if said else None


def _decision(decision: object, by: str) -> DecisionView:
    same = set(DecisionView.model_fields) - {"by"}
    return DecisionView(**{name: getattr(decision, name) for name in same}, by=by)


def _step(event: object, by: str) -> StepView:
    same = set(StepView.model_fields) - {"by"}
    return StepView(**{name: getattr(event, name) for name in same}, by=by)


def _earlier(entry: links.Earlier) -> EarlierView:
    link, other = entry.link, entry.petition
    return EarlierView(
        link_id=link.id,
        level=link.level,
        state=link.state,
        probability=link.probability,
        # What two letters share is words of both.
        evidence=link.evidence if other else [],
        petition=PetitionBrief.of(other, today()) if other else None,
    )


@router.get("/{petition_id}/pages", summary="Các trang đã đọc, kèm vị trí căn cứ")
def pages(user: CurrentUser, session: Database, petition_id: int) -> list[PageView]:
    """Words with boxes and confidences, and the evidence of the proposal on them.

    Empty where a person typed the text; without evidence where the file was read anew since.
    """
    petition = open_letter(session, user, petition_id)
    document = paper.reading_of(session, petition)
    if document is None:
        return []
    fits = petition.suggestion is not None and paper.is_text_of(document, petition)
    marks = paper.placed(document, petition.suggestion.proposal) if fits and petition.suggestion else []
    return [
        PageView(
            number=page.number,
            method=page.method,
            size=page.size,
            confidence=page.confidence,
            picture=page.size is not None,
            words=[WordView(text=word.text, box=word.box, confidence=word.confidence) for word in page.words],
            evidence=_marks(marks, page.number),
        )
        for page in document.pages
    ]


def _marks(found: list[paper.Placed], number: int) -> list[Mark]:
    boxes = ((entry.span, [box for page, box in entry.boxes if page == number]) for entry in found)
    return [Mark(line=span.line, start=span.start, end=span.end, boxes=here) for span, here in boxes if here]


@router.get(
    "/{petition_id}/pages/{number}.png",
    summary="Hình của một trang",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}}},
)
def page_picture(
    caller: PassingCaller,
    petition_id: int,
    number: int,
    dpi: Annotated[int, Query(ge=40, le=300, description="Độ nét")] = 110,
) -> Response:
    """PNG, upright. No browser keeps it: the next person at the desk, or a seal put on later, must count."""
    with transaction() as session:
        petition = open_letter(session, caller.user, petition_id)
        receipt = petition.receipt
        document = paper.reading_of(session, petition)
    if document is None:
        raise NotFound("Đơn này không có hình trang.")
    return Response(paper.page_picture(receipt, document, number, dpi), media_type="image/png")

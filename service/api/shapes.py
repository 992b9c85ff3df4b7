"""The shapes of answers that more than one part of the API gives."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, Field

from service.desk.queue import days_left
from service.desk.receipt_list import Line
from service.store.tables import Petition


class ProblemNote(BaseModel):
    """Something about a file that a person has to know."""

    code: str
    message: str
    page: int | None = Field(None, description="Trang, đếm từ 1; không có nếu là cả tệp")


class ReceiptView(BaseModel):
    """A receipt. Of a sealed one (`known` false) only number, time, channel and state are told."""

    id: int
    number: str = Field(description="Số biên nhận, ví dụ 2026-000017")
    received_at: datetime
    channel: str
    state: str = Field(description="waiting, filed, problem, refused")
    known: bool = Field(description="Người gọi có được xem nội dung không")
    received_on: date | None = None
    file_name: str | None = None
    same_file_of: str | None = Field(None, description="Số biên nhận đầu tiên của đúng tệp này")
    problems: list[ProblemNote] = []
    refused_reason: str | None = None
    pages_done: int | None = None
    pages_total: int | None = None
    petition_id: int | None = None

    @classmethod
    def of(cls, line: Line) -> ReceiptView:
        """The receipt as its reader may see it."""
        receipt = line.receipt
        open_part = {
            name: getattr(receipt, name) for name in ("id", "number", "received_at", "channel", "state")
        }
        if not line.known:
            return cls(**open_part, known=False)
        return cls(
            **open_part,
            known=True,
            received_on=receipt.received_on,
            file_name=receipt.file_name,
            same_file_of=line.same_file_of,
            problems=[ProblemNote(**entry) for entry in receipt.problems],
            refused_reason=receipt.refused_reason,
            pages_done=receipt.pages_done,
            pages_total=receipt.pages_total,
            petition_id=line.petition_id,
        )


class PetitionBrief(BaseModel):
    """A letter in a list: what holds of it now."""

    id: int
    receipt_number: str
    received_on: date
    state: str = Field(description="review, queued, taken, done")
    sealed: bool
    decided: bool = Field(description="Đã có người quyết định")
    needs_review: bool
    petitioner: str | None
    summary: str
    type: str
    field: str
    stage: str | None
    competence_kind: str
    agency: str
    action: str
    unit_code: str | None
    due: date | None
    holder: str | None = Field(description="Người đang giữ đơn")
    version: int = Field(description="Gửi lại khi quyết định, để không ghi đè lên việc của người khác")
    working_days_left: int | None = Field(None, description="Số ngày làm việc còn lại; âm nếu đã quá hạn")

    @classmethod
    def of(cls, petition: Petition, today: date) -> PetitionBrief:
        """The letter as it stands today."""
        same = set(cls.model_fields) - {"receipt_number", "received_on", "holder", "working_days_left"}
        return cls(
            **{name: getattr(petition, name) for name in same},
            receipt_number=petition.receipt.number,
            received_on=petition.receipt.received_on,
            holder=petition.holder.name if petition.holder else None,
            working_days_left=days_left(petition, today),
        )


class Step(BaseModel):
    """What a letter looks like after a step."""

    id: int
    state: str
    version: int
    unit_code: str | None

    @classmethod
    def of(cls, petition: Petition) -> Step:
        """The state after the step."""
        return cls(
            id=petition.id, state=petition.state, version=petition.version, unit_code=petition.unit_code
        )


class Note(BaseModel):
    """Words that a person adds to a step."""

    note: str = Field("", max_length=5000, description="Ghi chú hoặc lý do")

"""Receipts: where they stand, their originals, the tray of problems, and the balance of a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

import ingest
from service.accounts.rights import Right, require
from service.api.access import CurrentUser, Database, PassingCaller
from service.api.shapes import ReceiptView
from service.desk import trays
from service.desk.balance import balance
from service.desk.opening import open_original
from service.desk.receipt_list import Choice, one_receipt, receipt_list
from service.intake.receipts import original
from service.store.database import transaction
from service.store.tables import ReceiptState

router = APIRouter(tags=["Biên nhận"])

MAX_IDS = 500


class Filters(BaseModel):
    """Which receipts; every value narrows."""

    ids: str | None = Field(None, description="Mã biên nhận, cách nhau bằng dấu phẩy")
    state: ReceiptState | None = None
    day: date | None = Field(None, description="Ngày nhận, giờ Hà Nội")
    limit: int = Field(200, ge=1, le=500)
    offset: int = Field(0, ge=0, le=1_000_000)

    def choice(self) -> Choice:
        """The choice as the desk knows it."""
        ids = parse_ids(self.ids) if self.ids is not None else None
        return Choice(ids=ids, state=self.state, day=self.day, limit=self.limit, offset=self.offset)


class Reason(BaseModel):
    """Why a receipt is refused."""

    reason: str = Field(max_length=5000, description="Lý do, được giữ lại mãi")


class Typed(BaseModel):
    """The text of an original, typed by a person."""

    text: str = Field(max_length=2_000_000)


class Filed(BaseModel):
    """The letter that a receipt has become."""

    petition_id: int


class BalanceView(BaseModel):
    """received = waiting + filed + problem + refused."""

    day: date
    received: int
    waiting: int
    filed: int
    problem: int
    refused: int
    petitions: int
    adds_up: bool = Field(description="Mọi biên nhận đều ở đúng một chỗ")
    closed: bool = Field(description="Không còn việc dở của ngày này")


@router.get("/receipts", summary="Danh sách biên nhận")
def receipts(user: CurrentUser, session: Database, filters: Annotated[Filters, Query()]) -> list[ReceiptView]:
    """Newest first."""
    require(user, Right.INTAKE)
    return [ReceiptView.of(line) for line in receipt_list(session, user, filters.choice())]


@router.get("/receipts/{receipt_id}", summary="Một biên nhận")
def receipt(user: CurrentUser, session: Database, receipt_id: int) -> ReceiptView:
    """Where it stands."""
    require(user, Right.INTAKE)
    return ReceiptView.of(one_receipt(session, user, receipt_id))


@router.get("/receipts/{receipt_id}/original", summary="Bản gốc, đúng từng byte", response_class=Response)
def original_file(caller: PassingCaller, receipt_id: int) -> Response:
    """The bytes as they came in, checked against their digest; always as a download, never run as a page."""
    with transaction() as session:
        found = open_original(session, caller.user, receipt_id)
    data = original(found)
    return Response(
        data,
        media_type=ingest.sniff(data, found.file_name),
        headers={
            "content-disposition": f"attachment; filename*=UTF-8''{quote(found.file_name, safe='')}",
            "content-security-policy": "sandbox; default-src 'none'",
            "cache-control": "private, no-store",
        },
    )


@router.post("/receipts/{receipt_id}/refuse", summary="Từ chối, có lý do")
def refuse(user: CurrentUser, session: Database, receipt_id: int, body: Reason) -> ReceiptView:
    """From the tray of problems; original and reason stay for ever."""
    trays.refuse(session, user, receipt_id, body.reason)
    session.flush()
    return ReceiptView.of(one_receipt(session, user, receipt_id))


@router.post("/receipts/{receipt_id}/read-again", summary="Đọc lại")
def read_again(user: CurrentUser, session: Database, receipt_id: int) -> ReceiptView:
    """From the tray of problems back into the reading queue."""
    trays.read_again(session, user, receipt_id)
    session.flush()
    return ReceiptView.of(one_receipt(session, user, receipt_id))


@router.post("/receipts/{receipt_id}/type-in", summary="Nhập nội dung bằng tay")
def type_in(user: CurrentUser, session: Database, receipt_id: int, body: Typed) -> Filed:
    """File what no machine could read."""
    return Filed(petition_id=trays.type_in(session, user, receipt_id, body.text))


@router.get("/balance", summary="Cân đối trong ngày")
def day_balance(user: CurrentUser, session: Database, day: date) -> BalanceView:
    """What came in on a day and what became of it; totals over all letters."""
    require(user, Right.INTAKE)
    found = balance(session, day)
    numbers = {name: getattr(found, name) for name in BalanceView.model_fields}
    return BalanceView(**numbers)


def parse_ids(text: str) -> list[int]:
    """The numbers of a list "1,2,3"; what is no number is left out, and so is all beyond `MAX_IDS`."""
    parts = (part.strip() for part in text.split(","))
    # Longer ones are no ids of ours and would not fit the column.
    return [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 19][:MAX_IDS]

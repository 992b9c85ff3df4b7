"""Tiếp nhận: files in, receipts out, the day's balance."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import Response

from service.accounts.rights import Right, require
from service.desk.balance import balance
from service.desk.receipt_list import Choice, one_receipt, receipt_list
from service.intake.receipts import Delivery, receive, request_key
from service.settings import settings
from service.store.tables import Channel, User
from service.web.site import day_of, go, new_key, today
from service.web.visit import Looking, Uploader

router = APIRouter()
MAX_ROWS = 500


@router.get("/tiep-nhan")
def intake(visit: Looking, ngay: str = "") -> Response:
    """The door: where files are dropped, and what came in on a day."""
    require(visit.user, Right.INTAKE)
    day = day_of(ngay) or today()
    return visit.page(
        "intake.html",
        day=day,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        balance=balance(visit.session, day),
        rows=receipt_list(visit.session, visit.user, Choice(day=day, limit=MAX_ROWS)),
        max_mb=settings().max_upload_mb,
        key=new_key(),
    )


@router.post("/tiep-nhan")
def upload(
    user: Uploader, files: Annotated[list[UploadFile], File()], key: Annotated[str, Form()] = ""
) -> Response:
    """Take files from a browser without scripts; each gets its receipt before anything looks inside.

    `key` is the form's own: sending the same form twice gives the same receipts.
    """
    require(user, Right.INTAKE)
    limit = settings().max_upload_mb * 2**20
    numbers, refused = [], []
    seen: Counter[str] = Counter()
    for file in files:
        data = file.file.read(limit + 1)
        if data and len(data) <= limit:
            known_by = request_key(user, key, data, seen)
            numbers.append(
                receive(Delivery(data, file.filename or "", Channel.BROWSER, known_by), user).number
            )
        elif file.filename:
            refused.append(file.filename)
    return go("/tiep-nhan", _told(numbers, refused), kind="error" if refused else "ok")


@router.get("/bien-nhan/{receipt_id}")
def receipt_page(visit: Looking, receipt_id: int) -> Response:
    """One receipt, to be printed and handed out."""
    require(visit.user, Right.INTAKE)
    line = one_receipt(visit.session, visit.user, receipt_id)
    brought_by = visit.session.get(User, line.receipt.received_by) if line.receipt.received_by else None
    receiver = brought_by.name if line.known and brought_by else ""
    return visit.page("receipt.html", receipt=line.receipt, known=line.known, receiver=receiver)


def _told(numbers: list[str], refused: list[str]) -> str:
    if not numbers and not refused:
        return "Bạn chưa chọn tệp nào."
    told = f"Đã nhận {len(numbers)} tệp, biên nhận số {numbers[0]}" if numbers else "Chưa nhận được tệp nào"
    if len(numbers) > 1:
        told += f" đến {numbers[-1]}"
    if refused:
        told += f". Không nhận {len(refused)} tệp vì tệp trống hoặc quá lớn: {', '.join(refused[:3])}"
    return f"{told}."

"""Files in, receipts out. One bad file never keeps the others from being received."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, File, Header, Response, UploadFile
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError

from service.accounts.rights import Right, require
from service.api.access import PassingCaller
from service.api.shapes import ReceiptView
from service.desk.receipt_list import one_receipt
from service.intake.receipts import Delivery, receive, request_key
from service.logs import log
from service.settings import settings
from service.store.database import transaction
from service.store.tables import Channel, User

router = APIRouter(tags=["Tiếp nhận"])

EMPTY = ("empty", "Tệp trống, không có gì để nhận. Hãy kiểm tra rồi gửi lại.")
TOO_LARGE = ("too-large", "Tệp lớn hơn {limit} MB. Hãy chia nhỏ hoặc quét với độ phân giải thấp hơn.")
NOT_STORED = ("not-stored", "Chưa nhận được tệp này do lỗi lưu trữ. Hãy gửi lại sau ít phút.")


class Refusal(BaseModel):
    """Why a file was not received."""

    code: str
    message: str


class Outcome(BaseModel):
    """What became of one file of the call: a receipt, or the reason why there is none."""

    file: str
    receipt: ReceiptView | None = None
    problem: Refusal | None = None


class Outcomes(BaseModel):
    """One outcome per file, in the order of the call."""

    results: list[Outcome]
    received: int = Field(description="Số tệp đã nhận")


@router.post("/receipts", summary="Gửi tệp, nhận biên nhận", status_code=201)
def upload(
    caller: PassingCaller,
    response: Response,
    files: Annotated[list[UploadFile], File(description="Một hoặc nhiều tệp")],
    idempotency_key: Annotated[
        str | None,
        Header(max_length=200, description="Gửi lại cùng khóa và cùng tệp thì nhận lại đúng biên nhận cũ"),
    ] = None,
) -> Outcomes:
    """Store each file and give its receipt; 201 if any was received, 422 if none was.

    When this answers, the originals are on disk and their receipts are committed. The same file sent again
    gets a new receipt that names the first, unless the call carries the same `Idempotency-Key`.
    """
    require(caller.user, Right.INTAKE)
    channel = Channel.BROWSER if caller.csrf else Channel.API
    seen: Counter[str] = Counter()
    results = [_take(file, caller.user, channel, idempotency_key, seen) for file in files]
    received = sum(result.receipt is not None for result in results)
    if received == 0:
        response.status_code = 422
    return Outcomes(results=results, received=received)


def _take(file: UploadFile, user: User, channel: Channel, key: str | None, seen: Counter[str]) -> Outcome:
    name = file.filename or ""
    limit = settings().max_upload_mb
    data = file.file.read(limit * 2**20 + 1)
    if not data:
        return _refused(name, *EMPTY)
    if len(data) > limit * 2**20:
        return _refused(name, *TOO_LARGE)
    try:
        receipt = receive(Delivery(data, name, channel, request_key(user, key, data, seen)), user)
        with transaction() as session:
            line = one_receipt(session, user, receipt.id)
    except (OSError, SQLAlchemyError) as error:
        log.error("not_received", error=type(error).__name__, channel=str(channel))
        return _refused(name, *NOT_STORED)
    return Outcome(file=name, receipt=ReceiptView.of(line))


def _refused(name: str, code: str, message: str) -> Outcome:
    text = message.format(limit=settings().max_upload_mb)
    return Outcome(file=name, problem=Refusal(code=code, message=text))

"""Which tray a message belongs in, judged from its headers and outline only; reading it is the reader's work."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser
from email.policy import default as modern
from enum import StrEnum
from typing import cast


class Tray(StrEnum):
    """Where a message of the mailbox goes."""

    TAKEN = "taken"
    REFUSED = "refused"
    UNPROCESSABLE = "unprocessable"


AUTO_REPLY = "Thư trả lời tự động của máy, không phải đơn."
DELIVERY_REPORT = "Thông báo của máy chủ thư (không chuyển được, đã nhận, đã xem), không phải đơn."
EMPTY = "Thư không có nội dung và không có tệp kèm."
BROKEN = "Thư bị hỏng cấu trúc, máy không mở được."
TOO_LARGE = "Thư quá lớn, máy không nhận. Hãy tải về và nộp từng tệp qua trang Tiếp nhận."

MAX_HEADER = 250
_REPORTS = frozenset({"delivery-status", "disposition-notification", "feedback-report"})


def judge(raw: bytes) -> tuple[Tray, str | None]:
    """Tray and reason for a message.

    Only what a machine has sent by itself is refused, and only when nothing is attached to it: web forms that
    pass on citizens' letters call themselves "auto-generated", so that word alone refuses nothing.
    """
    try:
        message = message_from_bytes(raw, policy=modern)
        if message.get_content_type() == "multipart/report" and _report_type(message) in _REPORTS:
            return Tray.REFUSED, DELIVERY_REPORT
        attached, written = _outline(message)
        if not attached and _auto_replied(message):
            return Tray.REFUSED, AUTO_REPLY
    except Exception:  # noqa: BLE001  # the parser fails in many ways on hostile mail; all mean the same
        return Tray.UNPROCESSABLE, BROKEN
    if not attached and not written:
        return Tray.UNPROCESSABLE, EMPTY
    return Tray.TAKEN, None


def headline(raw: bytes) -> tuple[str, str]:
    """(Message-ID, subject) as people may read them; "" for what is missing or broken."""
    try:
        message = BytesHeaderParser(policy=modern).parsebytes(raw)
    except Exception:  # noqa: BLE001  # see above
        return "", ""
    return _header(message, "Message-ID"), _header(message, "Subject")


def _header(message: Message, name: str) -> str:
    try:
        value = str(message.get(name, ""))
    except Exception:  # noqa: BLE001  # a header is decoded only when asked for
        return ""
    return "".join(char for char in value if char.isprintable()).strip()[:MAX_HEADER]


def _report_type(message: EmailMessage) -> str:
    return str(message.get_param("report-type", "")).lower()


def _auto_replied(message: EmailMessage) -> bool:
    # A comment or parameters may follow the word.
    said = re.match(r"\s*([\w-]*)", str(message.get("Auto-Submitted", "")))
    return (said is not None and said[1].lower() == "auto-replied") or "X-Autoreply" in message


def _outline(message: Message) -> tuple[int, bool]:
    """Number of parts that are no text, and whether any text holds more than blanks."""
    attached, written = 0, False
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop()
        payload = part.get_payload()
        if isinstance(payload, list):
            waiting += cast("list[Message]", payload)
            attached += part.get_content_type() == "message/rfc822"
        elif part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment":
            written = written or bool(str(payload).strip())
        else:
            attached += bool(str(payload).strip())
    return attached, written

"""What each line of a letter is, so that it can be set as such letters are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Part that a line plays on the page."""

    STATE = "state"
    MOTTO = "motto"
    DATE = "date"
    TITLE = "title"
    SUBJECT = "subject"
    ADDRESSEE = "addressee"
    BODY = "body"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the source with its role."""

    role: Role
    text: str


_STATE = re.compile(r"^cộng h[oò][àa] xã hội", re.IGNORECASE)
_MOTTO = re.compile(r"^độc lập\b", re.IGNORECASE)
_DATE = re.compile(r"^[^.;:]{2,40},\s*(ngày\s+)?\d{1,2}(\s+tháng\s+|[/.-])\d{1,2}", re.IGNORECASE)
_SUBJECT = re.compile(r"^\(?\s*(v/v|về việc)\b", re.IGNORECASE)
_ADDRESSEE = re.compile(r"^kính gửi\b", re.IGNORECASE)
_CLOSING = re.compile(
    r"^(người (làm|viết|trình|khiếu|tố|gửi|đề|kiến|phản|báo|đại)|đại diện|thay mặt|t/m|tm\.|kính đơn|kính thư|ký tên|tổ trưởng|những người)",
    re.IGNORECASE,
)
# A letter ends with a closing and a name or a few; more lines than these are not a signature.
SIGNATURE_LINES = 7
CLOSING_WORDS = 8


def blocks(text: str) -> list[Block]:
    """The lines of a letter that hold anything, each with its role."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    closing = _closing(lines)
    found: list[Block] = []
    for index, line in enumerate(lines):
        role = Role.SIGNATURE if index >= closing else _role(line, found[-1].role if found else None)
        found.append(Block(role, line))
    return found


def _role(line: str, before: Role | None) -> Role:
    if before is Role.ADDRESSEE and line.startswith(("-", "–", "+")):
        return Role.ADDRESSEE
    if line.isupper() and before in (None, Role.STATE, Role.MOTTO, Role.DATE) and not _STATE.match(line):
        return Role.TITLE
    patterns = (
        (_STATE, Role.STATE),
        (_MOTTO, Role.MOTTO),
        (_DATE, Role.DATE),
        (_SUBJECT, Role.SUBJECT),
        (_ADDRESSEE, Role.ADDRESSEE),
    )
    return next((role for pattern, role in patterns if pattern.match(line)), Role.BODY)


def _closing(lines: list[str]) -> int:
    """Index of the line with which the signature begins; beyond the end where there is none."""
    first = max(len(lines) - SIGNATURE_LINES, 1)
    for index in range(first, len(lines)):
        if _CLOSING.match(lines[index]) and len(lines[index].split()) <= CLOSING_WORDS:
            return index
    return len(lines)

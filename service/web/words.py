"""How codes, days and probabilities are put into words on the pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from service import labels
from service.desk.queue import days_left
from service.settings import TIME_ZONE
from service.store.tables import Petition, PetitionState

SOON = 3
ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b", re.ASCII)
# (from this probability on, in words, tone of the chip)
SURENESS = (
    (0.95, "rất chắc", "good"),
    (0.80, "khá chắc", "good"),
    (0.60, "chưa chắc", "warn"),
    (0.00, "không chắc", "bad"),
)


@dataclass(frozen=True, slots=True)
class Chip:
    """A short coloured remark; the text alone says it all, `tone` only colours it."""

    text: str
    tone: str


def day(value: date | str | None) -> str:
    """A day as people write it: 23/11/2026."""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    return f"{value:%d/%m/%Y}" if value else "—"


def days_as_written(text: object) -> str:
    """Words in which every day stands as people write it: 2026-10-28 becomes 28/10/2026."""
    return ISO_DAY.sub(r"\3/\2/\1", str(text))


def moment(value: datetime | None) -> str:
    """A point in time in Hà Nội: 09:57 ngày 23/11/2026."""
    return f"{value.astimezone(TIME_ZONE):%H:%M ngày %d/%m/%Y}" if value else "—"


def hour(value: datetime) -> str:
    """Hour, minute and second in Hà Nội."""
    return f"{value.astimezone(TIME_ZONE):%H:%M:%S}"


def percent(value: float) -> str:
    """A probability (0..1) in per cent; no machine is ever "100%" sure."""
    return "trên 99%" if value > 0.99 else f"{value:.0%}"


def sureness(probability: float) -> Chip:
    """How sure the machine is, in words and per cent."""
    words, tone = next((words, tone) for least, words, tone in SURENESS if probability >= least)
    return Chip(f"{words} · {percent(probability)}", tone)


def deadline(petition: Petition, today: date) -> Chip:
    """What is left of a letter's time, in working days."""
    if petition.state == PetitionState.DONE:
        return Chip("Đã hoàn thành", "good")
    left = days_left(petition, today)
    if left is None:
        return Chip("Không tính hạn", "quiet")
    if left < 0:
        return Chip(f"Quá hạn {-left} ngày làm việc", "bad")
    if petition.due == today:
        return Chip("Đến hạn hôm nay", "bad")
    return Chip(f"Còn {left} ngày làm việc", "warn" if left <= SOON else "good")


def labelled(code: str | None, kind: str) -> str:
    """The Vietnamese label of a code; a code that has none is shown as it is."""
    if code is None:
        return "Không rõ"
    return labels.ALL[kind].get(code, code)


def type_chip(petition: Petition) -> Chip:
    """The type of a letter with its colour."""
    return Chip(labels.ALL["type"].get(petition.type, petition.type), f"type-{petition.type}")


def short(text: str, length: int = 140) -> str:
    """The beginning of a text on one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: line.rfind(" ", 0, length) if " " in line[:length] else length].rstrip(",;:. ") + "…"


def heading(petition: Petition, length: int = 140) -> str:
    """What a letter is about in one line, as its machine-made summary or its beginning says."""
    line = short(petition.summary or petition.text, length)
    return line[:1].upper() + line[1:]


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "days_as_written": days_as_written,
    "moment": moment,
    "hour": hour,
    "percent": percent,
    "sureness": sureness,
    "deadline": deadline,
    "labelled": labelled,
    "type_chip": type_chip,
    "short": short,
    "heading": heading,
}

"""The paper behind a letter: its pages as they were read, the evidence on them, and their pictures."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

import ingest
from ingest.document import Box, Document
from service.accounts.rights import NotFound
from service.intake.receipts import original
from service.settings import settings
from service.store.tables import Petition, Reading, Receipt
from service.work import readings

# Few sizes, so that the cache holds few pictures of each page.
SHARPNESS = (75, 110, 150, 220)


@dataclass(frozen=True, slots=True)
class Span:
    """Words that a line of the proposal rests on, e.g. line "type" or "conditions.signed"."""

    line: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A span with its place on the paper: (page number, box of a word) each."""

    span: Span
    boxes: tuple[tuple[int, Box], ...]


def reading_of(session: Session, petition: Petition) -> Document | None:
    """The reading of the petition's file, None where a person typed it without one."""
    sha256 = sa.select(Receipt.sha256).where(Receipt.id == petition.receipt_id).scalar_subquery()
    row = session.scalar(sa.select(Reading).where(Reading.sha256 == sha256))
    return readings.unpack(row.document) if row else None


def is_text_of(document: Document, petition: Petition) -> bool:
    """Whether offsets in the petition's text fit this reading; not so once it was typed or read anew."""
    return readings.text_of(document) == petition.text


def spans(proposal: dict[str, Any]) -> list[Span]:
    """Everything in a proposal that has a place in the text, by the line that it supports."""
    found = [
        Span(line, entry["start"], entry["end"])
        for name, value in proposal.items()
        for line, entry in _places(name, value)
    ]
    return list(dict.fromkeys(found))


def _places(line: str, value: object) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, list):
        for entry in value:
            yield from _places(line, entry)
    elif isinstance(value, dict):
        if isinstance(value.get("start"), int) and isinstance(value.get("end"), int):
            yield line, value
        inner = f"{line}.{value['id']}" if "id" in value else line
        for part in value.values():
            yield from _places(inner, part)


def placed(document: Document, proposal: dict[str, Any]) -> list[Placed]:
    """The spans of a proposal with their places on the pages."""
    return [Placed(span, tuple(document.boxes(span.start, span.end))) for span in spans(proposal)]


def page_picture(receipt: Receipt, document: Document, number: int, dpi: int) -> bytes:
    """PNG of a page, upright as its boxes are; drawn once and kept in the cache.

    Takes the nearest sharpness not below `dpi`. Raises NotFound where the page has no picture.
    """
    page = next((page for page in document.pages if page.number == number), None)
    if page is None or page.size is None:
        raise NotFound("Trang này không có hình.")
    sharp = next((step for step in SHARPNESS if step >= dpi), SHARPNESS[-1])
    kept = _cache_path(receipt.sha256, number, sharp, page.rotation)
    if kept.exists():
        return kept.read_bytes()
    drawn = ingest.render_page(original(receipt), receipt.file_name, number, sharp, page.rotation)
    if drawn is None:
        raise NotFound("Không vẽ được trang này. Hãy tải bản gốc về xem.")
    _keep(kept, drawn)
    return drawn


def _cache_path(sha256: str, number: int, dpi: int, rotation: int) -> Path:
    return settings().cache / "pages" / sha256[:2] / sha256[2:] / f"{number}-{dpi}-{rotation}.png"


def _keep(path: Path, data: bytes) -> None:
    """Write whole or not at all: another process may be looking."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise

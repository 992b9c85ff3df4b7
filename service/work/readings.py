"""Readings: what reading an original gave, kept once per file."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from functools import cache
from importlib.metadata import version

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

import ingest
from ingest.document import Document
from service.store.tables import Reading, Receipt

MAX_TEXT = 2_000_000


@cache
def reader_version() -> str:
    """Version of what reads, so that a reading can be told from a later, better one."""
    return f"pdfium-{version('pypdfium2')} tesserocr-{version('tesserocr')}"


def pack(document: Document) -> bytes:
    """A document as compressed JSON."""
    packed = json.dumps(ingest.pack(document), ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(packed.encode("utf-8", "replace"), 6)


def unpack(packed: bytes) -> Document:
    """The document that `pack` was given."""
    return ingest.unpack(json.loads(gzip.decompress(packed)))


def without_nul(text: str) -> str:
    """The text as PostgreSQL can hold it: U+0000 and lone surrogates become U+FFFD, same length."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def text_of(document: Document) -> str:
    """The text of a document as it is stored and understood: what PostgreSQL can hold, cut at `MAX_TEXT`."""
    return without_nul(document.text)[:MAX_TEXT]


def confidence(document: Document) -> float | None:
    """Mean word confidence of the whole document (0..1), None where nothing was read."""
    words = [word.confidence for page in document.pages for word in page.words]
    if words:
        return sum(words) / len(words)
    pages = [page.confidence for page in document.pages if page.confidence is not None]
    return sum(pages) / len(pages) if pages else None


def read_original(receipt: Receipt, data: bytes, on_page: Callable[[int, int], None]) -> Document:
    """Read the bytes of a receipt in an isolated child process."""
    return ingest.read(data, receipt.file_name, on_page=on_page)


def stored(session: Session, sha256: str) -> Document | None:
    """The reading of these bytes by this version of the reader, if there is one."""
    row = session.scalar(sa.select(Reading).where(Reading.sha256 == sha256))
    return unpack(row.document) if row and row.reader_version == reader_version() else None


def store(session: Session, sha256: str, document: Document) -> None:
    """Keep a reading; a newer one of the same bytes takes the place of the older."""
    values = {
        "text": text_of(document),
        "document": pack(document),
        "confidence": confidence(document),
        "reader_version": reader_version(),
    }
    session.execute(
        insert(Reading)
        .values(sha256=sha256, **values)
        .on_conflict_do_update(index_elements=[Reading.sha256], set_=values)
    )

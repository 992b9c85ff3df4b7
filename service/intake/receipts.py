"""Receipt first: bytes are stored, numbered and queued before anything looks inside them."""

from __future__ import annotations

import hashlib
from collections import Counter as Counted
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from service import audit
from service.logs import log
from service.settings import TIME_ZONE, settings
from service.store.blobs import BlobStore
from service.store.database import transaction
from service.store.tables import Blob, Channel, Counter, Receipt, ReceiptState, User
from service.work.jobs import defer_reading

MAX_NAME = 300


@dataclass(frozen=True, slots=True)
class Delivery:
    """What comes through a door.

    `key` makes a repeated delivery find its receipt again (per channel); `received_on` is the legal day of
    receipt, today where it is None.
    """

    data: bytes
    name: str
    channel: Channel
    key: str | None = None
    received_on: date | None = None


def blob_store() -> BlobStore:
    """The store of originals of this installation."""
    return BlobStore(settings().blobs)


def receive(delivery: Delivery, user: User | None = None) -> Receipt:
    """Store one delivery and give its receipt.

    When this returns, the bytes are on disk (fsynced), the receipt has its number and the reading job is
    queued, all committed together. The same bytes again give a new receipt that points at the first one;
    the same `key` again gives the same receipt.
    """
    sha256 = blob_store().put(delivery.data)
    with transaction() as session:
        if known := find_by_key(session, delivery):
            return known
        return add_receipt(session, delivery, sha256, user)


def request_key(user: User, key: str | None, data: bytes, seen: Counted[str]) -> str | None:
    """The key of one file of a request that carries `key`; `seen` counts its files by digest.

    With other bytes the same key is another delivery: a form that a browser brings back with its old key
    must not make a new letter look as if it had been received.
    """
    if not key:
        return None
    digest = hashlib.sha256(data).hexdigest()
    seen[digest] += 1
    return f"{user.id}:{key}:{digest}:{seen[digest]}"


def find_by_key(session: Session, delivery: Delivery) -> Receipt | None:
    """The receipt of an earlier delivery with the same key, if there was one."""
    if delivery.key is None:
        return None
    # Two deliveries with one key at once: the second waits here until the first has its receipt.
    lock = sa.func.hashtextextended(f"{delivery.channel}:{delivery.key}", 0)
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(lock)))
    return session.scalar(
        sa.select(Receipt).where(Receipt.channel == delivery.channel, Receipt.channel_key == delivery.key)
    )


def add_receipt(session: Session, delivery: Delivery, sha256: str, user: User | None) -> Receipt:
    """Number a delivery whose bytes are stored already, in the transaction of `session`."""
    now = datetime.now(TIME_ZONE)
    session.execute(insert(Blob).values(sha256=sha256, size=len(delivery.data)).on_conflict_do_nothing())
    # Taking the number serialises deliveries, so "which came first" has one answer.
    number = next_number(session, "receipt", now.year)
    first = session.scalar(
        sa.select(sa.func.min(Receipt.id)).where(Receipt.sha256 == sha256, Receipt.same_file_of.is_(None))
    )
    receipt = Receipt(
        number=number,
        sha256=sha256,
        file_name=clean_name(delivery.name),
        channel=delivery.channel,
        channel_key=delivery.key,
        received_at=now,
        received_on=delivery.received_on or now.date(),
        received_by=user.id if user else None,
        same_file_of=first,
        state=ReceiptState.WAITING,
    )
    session.add(receipt)
    session.flush()
    defer_reading(session, receipt.id, delivery.channel)
    audit.record(
        session,
        user,
        "receive",
        "receipt",
        receipt.id,
        channel=str(delivery.channel),
        same_file=first is not None,
    )
    log.info("received", receipt=receipt.id, channel=str(delivery.channel))
    return receipt


def next_number(session: Session, name: str, year: int) -> str:
    """The next number of a series without gaps, e.g. "2026-000017"."""
    statement = (
        insert(Counter)
        .values(name=f"{name}-{year}", value=1)
        .on_conflict_do_update(index_elements=[Counter.name], set_={"value": Counter.value + 1})
        .returning(Counter.value)
    )
    return f"{year}-{session.execute(statement).scalar_one():06d}"


def clean_name(name: str) -> str:
    """The file name without folders and control characters, at most `MAX_NAME` characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    cleaned = "".join(char for char in last if char.isprintable()).strip()
    return cleaned[:MAX_NAME] or "không tên"


def original(receipt: Receipt) -> bytes:
    """The bytes that the receipt was given for.

    Raises BlobError if the store no longer holds them unchanged.
    """
    return blob_store().get(receipt.sha256)

"""The tables. What people decided, what machines said and what happened are kept apart.

`suggestions`, `decisions`, `handling_events`, `link_events` and `audit` only ever grow: triggers of the
second migration refuse UPDATE and DELETE on them, whoever asks.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from service.store.states import Channel, LinkState, PetitionState, ReceiptState, Role

__all__ = ("Channel", "LinkState", "PetitionState", "ReceiptState", "Role")

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy's own hook)
        str: Text,
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
    }


def _in(column: str, values: type[StrEnum]) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


class User(Base):
    """Somebody who signs in. `sees_denunciations` opens sealed letters."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint(_in("role", Role), name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    role: Mapped[str]
    unit_code: Mapped[str | None]
    sees_denunciations: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Session(Base):
    """A signed-in browser; only the hash of its token is kept."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    csrf: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]


class ApiToken(Base):
    """A token with which another program calls the API in a user's name."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    token_hash: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    revoked_at: Mapped[datetime | None]


class SignInFailure(Base):
    """A failed attempt to sign in, for slowing down guessing; `login` is the digest of what was typed."""

    __tablename__ = "sign_in_failures"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    login: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class Blob(Base):
    """An original, by the sha256 of its bytes; the bytes lie in the blob store."""

    __tablename__ = "blobs"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Counter(Base):
    """Running numbers without gaps, e.g. receipts of a year."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


class Receipt(Base):
    """Proof that bytes arrived; it exists before anything looks inside them."""

    __tablename__ = "receipts"
    __table_args__ = (
        CheckConstraint(_in("state", ReceiptState), name="state"),
        CheckConstraint("state <> 'refused' OR refused_reason IS NOT NULL", name="refused_has_reason"),
        UniqueConstraint("channel", "channel_key"),
        Index("ix_receipts_state", "state"),
        Index("ix_receipts_received_on", "received_on"),
        Index("ix_receipts_sha256", "sha256"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"))
    file_name: Mapped[str]
    channel: Mapped[str]
    # Makes a repeated delivery (same request, same mail, same file of a folder) find its receipt again.
    channel_key: Mapped[str | None]
    received_at: Mapped[datetime] = mapped_column(server_default=func.now())
    received_on: Mapped[date]
    received_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    same_file_of: Mapped[int | None] = mapped_column(ForeignKey("receipts.id"))
    state: Mapped[str] = mapped_column(default=ReceiptState.WAITING)
    problems: Mapped[list[Any]] = mapped_column(default=list)
    refused_reason: Mapped[str | None]
    pages_done: Mapped[int] = mapped_column(default=0)
    pages_total: Mapped[int | None]

    petition: Mapped[Petition | None] = relationship(back_populates="receipt")


class Reading(Base):
    """What reading an original gave: the document as JSON, compressed."""

    __tablename__ = "readings"

    sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"), primary_key=True)
    text: Mapped[str]
    document: Mapped[bytes] = mapped_column(LargeBinary)
    confidence: Mapped[float | None]
    reader_version: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Petition(Base):
    """A letter in the office. The columns from `type` on are what holds now: a decision, else the suggestion.

    `decided` says that a person has decided; from then on no machine may touch those columns (a trigger
    compares). `sealed` hides the letter from everyone without the right to denunciations.
    """

    __tablename__ = "petitions"
    __table_args__ = (
        CheckConstraint(_in("state", PetitionState), name="state"),
        Index("ix_petitions_queue", "unit_code", "state", "due"),
        Index("ix_petitions_search_exact", "search_exact", postgresql_using="gin"),
        Index("ix_petitions_search_folded", "search_folded", postgresql_using="gin"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipts.id"), unique=True)
    state: Mapped[str] = mapped_column(default=PetitionState.REVIEW)
    sealed: Mapped[bool] = mapped_column(default=True)
    decided: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str]
    folded: Mapped[str]
    search_exact: Mapped[Any] = mapped_column(
        TSVECTOR, Computed("to_tsvector('simple', left(text, 200000))", persisted=True)
    )
    search_folded: Mapped[Any] = mapped_column(
        TSVECTOR, Computed("to_tsvector('simple', left(folded, 200000))", persisted=True)
    )
    petitioner: Mapped[str | None]
    summary: Mapped[str] = mapped_column(default="")
    type: Mapped[str]
    field: Mapped[str]
    stage: Mapped[str | None]
    competence_kind: Mapped[str]
    agency: Mapped[str]
    action: Mapped[str]
    unit_code: Mapped[str | None]
    due: Mapped[date | None]
    needs_review: Mapped[bool] = mapped_column(default=True)
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    suggestion_id: Mapped[int | None] = mapped_column(
        ForeignKey("suggestions.id", use_alter=True, deferrable=True, initially="DEFERRED")
    )
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())

    receipt: Mapped[Receipt] = relationship(back_populates="petition")
    suggestion: Mapped[Suggestion | None] = relationship(foreign_keys=[suggestion_id])
    holder: Mapped[User | None] = relationship()


class Suggestion(Base):
    """What a model said of a petition, and when; never changed, so that it can be judged later."""

    __tablename__ = "suggestions"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    model_version: Mapped[str]
    proposal: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Decision(Base):
    """What a person decided about a petition; a later one counts more, none is ever changed."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    suggestion_id: Mapped[int | None] = mapped_column(ForeignKey("suggestions.id"))
    # "accept" (the suggestion as it is) or "correct"; `values` holds what now counts, `changed` its new fields.
    kind: Mapped[str]
    values: Mapped[dict[str, Any]]
    changed: Mapped[list[Any]]
    reason: Mapped[str] = mapped_column(default="")
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class HandlingEvent(Base):
    """A step in the handling of a petition: queued, take, return, transfer, done, reopen."""

    __tablename__ = "handling_events"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    verb: Mapped[str]
    from_unit: Mapped[str | None]
    to_unit: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class LinkFeature(Base):
    """What a petition is found again by (design §7)."""

    __tablename__ = "link_features"
    __table_args__ = (
        Index("ix_link_features_fp", "fp", postgresql_using="gin"),
        Index("ix_link_features_keys", "keys", postgresql_using="gin"),
    )

    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), primary_key=True)
    exact_hash: Mapped[str] = mapped_column(index=True)
    fp: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    keys: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    features: Mapped[dict[str, Any]]


class Link(Base):
    """A proposed link of a petition to an earlier one. Rejecting or undoing changes `state`, never deletes."""

    __tablename__ = "links"
    __table_args__ = (
        UniqueConstraint("petition_id", "earlier_id"),
        CheckConstraint(_in("state", LinkState), name="state"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    earlier_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), index=True)
    level: Mapped[str]
    probability: Mapped[float]
    evidence: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(default=LinkState.PROPOSED)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class LinkEvent(Base):
    """Something that happened to a link: proposed, confirmed, rejected, undone."""

    __tablename__ = "link_events"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("links.id"), index=True)
    verb: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class Audit(Base):
    """Who did what to which record; written in the transaction of the change. Holds no words of a letter."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_object", "kind", "object_id"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    verb: Mapped[str]
    kind: Mapped[str]
    object_id: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)


class MailLedger(Base):
    """One row per message of a mailbox; `tray` is taken, refused or unprocessable."""

    __tablename__ = "mail_ledger"
    __table_args__ = (UniqueConstraint("mailbox", "digest"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    mailbox: Mapped[str]
    message_id: Mapped[str] = mapped_column(index=True)
    digest: Mapped[str]
    tray: Mapped[str]
    reason: Mapped[str | None]
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipts.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    # Set once the mailbox itself has been told (message moved); until then a restart tells it again.
    moved_at: Mapped[datetime | None]


class ArchiveItem(Base):
    """One letter of an archive import, so that an interrupted import goes on where it stopped."""

    __tablename__ = "archive_items"
    __table_args__ = (UniqueConstraint("source", "key"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    source: Mapped[str]
    key: Mapped[str]
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipts.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

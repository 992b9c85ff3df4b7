"""The mailbox: each message is stored and committed before the mailbox is touched, then moved to one of three trays.

    INBOX ──fetch──▶ blob (fsync) ──▶ receipt + ledger row (one transaction) ──▶ move ──▶ ledger row "moved"

A crash at any arrow leaves the message in INBOX or its row unmoved; the next run finds the row by the digest of
the bytes and only repeats the move. UIDs are never remembered, so a server that renumbers does no harm.
The same Message-ID with other bytes is another message; the same bytes are the same message.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ingest import DEFAULT
from service import audit
from service.intake.imap import FAULTS, LOST, Address, Inbox, MailboxError, open_inbox
from service.intake.mail_rules import TOO_LARGE, Tray, headline, judge
from service.intake.receipts import Delivery, add_receipt, blob_store, find_by_key
from service.logs import log
from service.store.database import transaction
from service.store.tables import Channel, MailLedger, Receipt, ReceiptState

FOLDERS = {Tray.TAKEN: "Đã nhận", Tray.REFUSED: "Từ chối", Tray.UNPROCESSABLE: "Không xử lý được"}
NO_SUBJECT = "thư không có tiêu đề"


def collect(address: Address, max_bytes: int = DEFAULT.file_bytes) -> Counter[str]:
    """Empty the inbox once; returns how many messages went to each tray, "known" and "failed" beside.

    Raises MailboxError where the mailbox cannot be opened or the connection breaks; what was taken by then
    is safe, and the next run goes on.
    """
    counts: Counter[str] = Counter()
    with open_inbox(address) as inbox:
        try:
            inbox.ensure_folders(list(FOLDERS.values()))
            for uid in inbox.uids():
                counts[_try_one(inbox, address, uid, max_bytes)] += 1
        except FAULTS as error:
            raise MailboxError(f"Mất kết nối với máy chủ thư {address.host} giữa chừng.") from error
    if counts:
        log.info("mailbox_emptied", total=counts.total())
    return counts


def watch(address: Address, pause: float, stop: Callable[[], bool] = lambda: False) -> None:
    """Empty the inbox again and again; a server or database that is away is waited for and reported once."""
    trouble = ""
    while not stop():
        try:
            collect(address)
            trouble = ""
        except (MailboxError, OSError, sa.exc.SQLAlchemyError) as error:
            if trouble != type(error).__name__:
                trouble = type(error).__name__
                log.error("mailbox_waits", error=trouble)
        time.sleep(pause)


def _try_one(inbox: Inbox, address: Address, uid: str, max_bytes: int) -> str:
    try:
        return _collect_one(inbox, address, uid, max_bytes)
    except LOST:
        raise
    except FAULTS as error:
        # The server cannot give or move this one message; the others must not wait for it.
        log.error("mail_failed", error=type(error).__name__)
        return "failed"


def _collect_one(inbox: Inbox, address: Address, uid: str, max_bytes: int) -> str:
    size = inbox.size(uid)
    if size is None:
        return "gone"
    too_large = size > max_bytes
    raw = inbox.header(uid) if too_large else inbox.raw(uid)
    if raw is None:
        return "gone"
    if too_large:
        digest = hashlib.sha256(f"{size}\0".encode() + raw).hexdigest()
        row, known = _enter(address, digest, raw, Tray.UNPROCESSABLE, TOO_LARGE, whole=False)
    else:
        row, known = _enter(address, blob_store().put(raw), raw, *judge(raw), whole=True)
    inbox.move(uid, FOLDERS[Tray(row.tray)])
    with transaction() as session:
        session.execute(sa.update(MailLedger).where(MailLedger.id == row.id).values(moved_at=sa.func.now()))
    return "known" if known else row.tray


def _enter(
    address: Address, digest: str, raw: bytes, tray: Tray, reason: str | None, *, whole: bool
) -> tuple[MailLedger, bool]:
    """The ledger row of a message and whether it was there already; receipt and row are one transaction."""
    id_, subject = headline(raw)
    with transaction() as session:
        receipt = _receipt(session, address, digest, raw, subject) if whole else None
        query = sa.select(MailLedger).where(MailLedger.mailbox == address.name, MailLedger.digest == digest)
        if row := session.scalar(query):
            return row, True
        row = MailLedger(
            mailbox=address.name,
            message_id=id_,
            digest=digest,
            tray=tray,
            reason=reason,
            receipt_id=receipt.id if receipt else None,
        )
        session.add(row)
        if receipt and tray == Tray.REFUSED:
            receipt.state, receipt.refused_reason = ReceiptState.REFUSED, reason
            audit.record(session, None, "refuse", "receipt", receipt.id, reason_given=True)
        session.flush()
        log.info("mail", tray=str(tray), receipt=row.receipt_id)
        return row, False


def _receipt(session: Session, address: Address, digest: str, raw: bytes, subject: str) -> Receipt:
    # A slash in the subject is no folder.
    name = (subject or NO_SUBJECT).replace("/", "-").replace("\\", "-") + ".eml"
    delivery = Delivery(raw, name, Channel.MAILBOX, f"{address.name}:{digest}")
    return find_by_key(session, delivery) or add_receipt(session, delivery, digest, None)

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from service.desk.balance import balance
from service.intake.imap import MailboxError, open_inbox, parse_address
from service.intake.mailbox import FOLDERS, collect
from service.intake.receipts import original
from service.store.database import transaction
from service.store.tables import MailLedger, Receipt, ReceiptState
from tests.service.intake import dovecot, mails
from tests.service.intake.dovecot import Dovecot

pytestmark = pytest.mark.skipif(
    dovecot.BINARY is None and "CI" not in os.environ,
    reason="DOVECOT IS MISSING: the mailbox is not tested (apt-get install dovecot-imapd)",
)

# Runs `collect` and dies without a word at one point of the way.
KILLED = """
import os, signal, sys
from service.intake import imap, mailbox

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

point = sys.argv[1]
if point == "before_commit":
    mailbox._enter = die
elif point == "before_move":
    imap.Inbox.move = die
else:
    move = imap.Inbox.move
    def move_and_die(self, uid, folder):
        move(self, uid, folder)
        die()
    imap.Inbox.move = move_and_die
mailbox.collect(imap.Address("127.0.0.1", int(sys.argv[2]), sys.argv[3], sys.argv[4], "INBOX", False))
"""


@pytest.fixture
def imap() -> Iterator[Dovecot]:
    server = Dovecot()
    yield server
    server.stop()


def receipts() -> list[Receipt]:
    with transaction() as session:
        return list(session.scalars(sa.select(Receipt).order_by(Receipt.id)))


def ledger() -> list[MailLedger]:
    with transaction() as session:
        return list(session.scalars(sa.select(MailLedger).order_by(MailLedger.id)))


def test_twenty_messages_with_attachments_arrive_byte_for_byte(db: str, imap: Dovecot) -> None:
    sent = [mails.letter(number, attachments=2) for number in range(20)]
    imap.deliver(*sent)
    assert collect(imap.address()) == {"taken": 20}
    assert sorted(original(receipt) for receipt in receipts()) == sorted(sent)
    folders = imap.folders()
    assert folders["INBOX"] == []
    assert sorted(folders["Đã nhận"]) == sorted(sent)
    assert all(row.moved_at for row in ledger())
    assert collect(imap.address()) == {}
    assert len(receipts()) == 20


def test_each_message_goes_to_its_tray_and_each_has_a_receipt(
    db: str, imap: Dovecot, work: Callable[[], None]
) -> None:
    imap.deliver(
        mails.letter(), mails.web_form(), mails.auto_reply(), mails.bounce(), mails.empty(), mails.broken()
    )
    counts = collect(imap.address())
    assert counts["taken"] + counts["unprocessable"] == 4
    assert counts["refused"] == 2
    folders = imap.folders()
    assert {name: len(folders[name]) for name in ("INBOX", "Từ chối")} == {"INBOX": 0, "Từ chối": 2}
    assert mails.web_form() in folders["Đã nhận"]
    assert mails.empty() in folders["Không xử lý được"]
    work()
    states = {receipt.sha256: receipt for receipt in receipts()}
    assert len(states) == 6
    rows = {row.digest: row for row in ledger()}
    refused = [receipt for receipt in states.values() if receipt.state == ReceiptState.REFUSED]
    assert {receipt.refused_reason for receipt in refused} == {rows[one.sha256].reason for one in refused}
    assert len(refused) == 2
    empty = next(receipt for receipt in states.values() if original(receipt) == mails.empty())
    assert empty.state == ReceiptState.PROBLEM
    assert empty.problems[0]["message"].startswith("Thư điện tử không có nội dung")
    with transaction() as session:
        day = balance(session, empty.received_on)
    assert day.adds_up
    assert day.waiting == 0


def test_same_message_id_with_other_bytes_is_another_letter(db: str, imap: Dovecot) -> None:
    imap.deliver(mails.letter(1), mails.letter(1, body="Tôi xin bổ sung đơn đã gửi hôm trước."))
    assert collect(imap.address()) == {"taken": 2}
    assert len({row.message_id for row in ledger()}) == 1
    assert len(receipts()) == 2


def test_same_bytes_again_are_the_same_letter_and_leave_the_inbox(db: str, imap: Dovecot) -> None:
    imap.deliver(mails.letter(1), mails.letter(1))
    assert collect(imap.address()) == {"taken": 1, "known": 1}
    imap.deliver(mails.letter(1))
    assert collect(imap.address()) == {"known": 1}
    assert len(receipts()) == 1
    assert imap.folders()["INBOX"] == []


@pytest.mark.parametrize("point", ["before_commit", "before_move", "after_move"])
def test_killed_on_the_way_loses_and_doubles_nothing(db: str, imap: Dovecot, point: str) -> None:
    sent = [mails.letter(number, attachments=1) for number in range(3)]
    imap.deliver(*sent)
    address = imap.address()
    arguments = [point, str(address.port), address.user, address.password]
    died = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False)
    assert died.returncode == -signal.SIGKILL
    assert len(receipts()) == (0 if point == "before_commit" else 1)
    imap.renumber()
    collect(address)
    assert sorted(original(receipt) for receipt in receipts()) == sorted(sent)
    folders = imap.folders()
    assert folders["INBOX"] == []
    assert sorted(folders["Đã nhận"]) == sorted(sent)


def test_message_marked_as_deleted_is_a_letter_too(db: str, imap: Dovecot) -> None:
    imap.deliver(mails.letter(7))
    client = imap.open()
    client.select("INBOX")
    client.store("1", "+FLAGS", r"(\Deleted)")
    client.logout()
    assert collect(imap.address()) == {"taken": 1}


def test_too_large_message_is_set_aside_with_a_reason(db: str, imap: Dovecot) -> None:
    large, small = mails.letter(1, attachments=3), mails.letter(2)
    imap.deliver(large, small)
    size = len(small)
    assert collect(imap.address(), max_bytes=size) == {"unprocessable": 1, "taken": 1}
    row = next(row for row in ledger() if row.tray == "unprocessable")
    assert row.receipt_id is None
    assert row.reason is not None
    assert "quá lớn" in row.reason
    assert imap.folders()["Không xử lý được"] == [large]


def test_messages_stay_unread_until_a_person_reads_them(db: str, imap: Dovecot) -> None:
    imap.deliver(mails.letter(3))
    collect(imap.address())
    client = imap.open()
    client.select('"&ARAA4w- nh&Hq0-n"', readonly=True)
    assert client.search(None, "UNSEEN")[1] == [b"1"]
    client.logout()


def test_server_with_a_prefix_before_every_folder(db: str) -> None:
    server = Dovecot(prefix="INBOX.")
    try:
        server.deliver(mails.letter(4))
        assert collect(server.address()) == {"taken": 1}
        assert server.folders()["INBOX.Đã nhận"] == [mails.letter(4)]
    finally:
        server.stop()


def test_database_away_leaves_the_message_in_the_inbox(
    db: str, imap: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    imap.deliver(mails.letter(5))
    with transaction() as session:
        session.execute(sa.text("ALTER TABLE mail_ledger RENAME TO elsewhere"))
    with pytest.raises(sa.exc.SQLAlchemyError):
        collect(imap.address())
    assert imap.folders()["INBOX"] == [mails.letter(5)]
    with transaction() as session:
        session.execute(sa.text("ALTER TABLE elsewhere RENAME TO mail_ledger"))
    assert receipts() == []
    assert collect(imap.address()) == {"taken": 1}


def test_unknown_certificate_is_refused_and_a_known_one_accepted(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Dovecot(tls=True)
    try:
        with pytest.raises(MailboxError, match="Chứng thư"), open_inbox(server.address(encrypted=True)):
            pass
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        with open_inbox(server.address(encrypted=True)) as inbox:
            assert inbox.uids() == []
    finally:
        server.stop()


def test_wrong_password_gives_a_sentence_without_the_password(imap: Dovecot) -> None:
    address = parse_address(f"imap://{dovecot.USER}:bi-mat-sai@127.0.0.1:{imap.port}/INBOX")
    with pytest.raises(MailboxError) as caught, open_inbox(address):
        pass
    assert "bi-mat-sai" not in str(caught.value)


def test_trays_have_names_people_know() -> None:
    assert list(FOLDERS.values()) == ["Đã nhận", "Từ chối", "Không xử lý được"]


def test_address_with_password_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("mật khẩu\n", encoding="utf-8")
    address = parse_address("imaps://don%40phuong.example@mail.example/H%E1%BB%93%20s%C6%A1", secret)
    assert (address.user, address.port, address.folder) == ("don@phuong.example", 993, "Hồ sơ")
    assert address.password == "mật khẩu"
    assert "mật khẩu" not in repr(address)


@pytest.mark.parametrize("url", ["http://a:b@c", "imaps://c/INBOX", "imaps://a@c/INBOX", "imaps://a:b@c:x/"])
def test_bad_address_is_told(url: str) -> None:
    with pytest.raises(MailboxError):
        parse_address(url)

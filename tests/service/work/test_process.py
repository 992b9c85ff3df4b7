"""From receipt to petition, as often as it likes and in whatever order: once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from models import propose
from models.proposal import Choice
from nlp import read_text
from service.intake.receipts import Delivery, blob_store, receive
from service.office import office
from service.store.database import transaction
from service.store.tables import (
    Audit,
    Channel,
    Link,
    LinkEvent,
    Petition,
    Reading,
    Receipt,
    ReceiptState,
    Suggestion,
)
from service.work import process
from service.work.process import give_up, process_receipt
from tests.service import letters
from tests.service.store.counting import count


def _receive(data: bytes) -> int:
    return receive(Delivery(data, "don.txt", Channel.API)).id


def test_a_second_run_changes_nothing(db: str) -> None:
    receipt = _receive(letters.complaint())
    process_receipt(receipt)
    before = {table: count(table) for table in (Petition, Suggestion, Audit, Link)}
    process_receipt(receipt)
    assert {table: count(table) for table in before} == before
    assert count(Petition) == 1


def test_two_workers_at_once_file_a_letter_once(db: str) -> None:
    receipt = _receive(letters.complaint())
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(process_receipt, [receipt] * 4))
    assert count(Petition) == 1
    assert count(Suggestion) == 1


def test_a_refusal_that_came_first_stands(db: str) -> None:
    receipt = _receive(letters.complaint())
    with transaction() as session:
        session.execute(
            sa.update(Receipt).values(state=ReceiptState.REFUSED, refused_reason="Không phải đơn.")
        )
    process_receipt(receipt)
    assert count(Petition) == 0


def test_the_second_paper_of_a_file_is_not_read_again(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = _receive(letters.complaint()), _receive(letters.complaint())
    process_receipt(first)

    def unexpected(*arguments: object) -> None:
        raise AssertionError("read twice")

    monkeypatch.setattr(process, "_read", unexpected)
    process_receipt(second)
    assert count(Petition) == 2
    with transaction() as session:
        link = session.scalars(sa.select(Link)).one()
        assert link.level == "same_file"
        assert session.scalars(sa.select(LinkEvent.verb)).all() == ["proposed"]


def test_giving_up_puts_a_waiting_receipt_into_the_tray_and_no_other(db: str) -> None:
    filed, waiting = _receive(letters.complaint()), _receive(b"\x00\x01")
    process_receipt(filed)
    give_up(filed)
    give_up(waiting)
    with transaction() as session:
        states = dict(session.execute(sa.select(Receipt.id, Receipt.state)).tuples().all())
    assert states == {filed: "filed", waiting: "problem"}


def test_a_lost_original_is_a_problem_and_not_a_crash(db: str) -> None:
    receipt = _receive(letters.complaint())
    with transaction() as session:
        found = session.get_one(Receipt, receipt)
    blob_store().path(found.sha256).unlink()
    process_receipt(receipt)
    with transaction() as session:
        found = session.get_one(Receipt, receipt)
        assert found.state == "problem"
        assert found.problems[0]["code"] == "original_lost"


@pytest.mark.parametrize(
    ("label", "alternatives", "sealed"),
    [
        ("denunciation", (), True),
        ("complaint", (("denunciation", 0.05),), True),
        ("complaint", (("denunciation", 0.04), ("recommendation", 0.3)), False),
        ("complaint", (), False),
    ],
)
def test_what_might_be_a_denunciation_is_sealed(
    db: str, label: str, alternatives: tuple[tuple[str, float], ...], sealed: bool
) -> None:
    proposal = propose(read_text(letters.complaint().decode()), office(), date(2026, 3, 9))
    changed = replace(proposal, type=Choice(label, 0.8, alternatives), parts=())
    assert process.must_seal(changed) is sealed


def test_reading_again_reads_again(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed may have failed for a moment only: its reading is not taken from the shelf."""
    receipt = _receive(b"\x00\x01\x02 khong phai don")
    process_receipt(receipt)
    assert count(Reading) == 1
    with transaction() as session:
        assert session.get_one(Receipt, receipt).state == ReceiptState.PROBLEM
        session.execute(sa.update(Receipt).values(state=ReceiptState.WAITING))
    better = process.typed_document(_one_receipt(), letters.complaint().decode())
    monkeypatch.setattr(process, "_read", lambda _: better)
    process_receipt(receipt)
    assert count(Petition) == 1


def test_letters_filed_at_the_same_moment_see_each_other(db: str) -> None:
    # The same case in other words: not the same file, whose second reading would wait for the first anyway.
    receipts = [_receive(letters.complaint() + b" " * number) for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(process_receipt, receipts))
    assert count(Link) == 6


def _one_receipt() -> Receipt:
    with transaction() as session:
        return session.scalars(sa.select(Receipt)).one()

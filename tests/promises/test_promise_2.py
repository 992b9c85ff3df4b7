"""Promise 2: received = filed + refused with a reason (+ what still waits for a person or the machine)."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from service.desk.balance import Balance, balance
from service.office import today
from service.store.database import transaction
from service.store.tables import Petition, Receipt
from tests.service import letters

Client = Callable[..., TestClient]
Work = Callable[[], None]


def _balance() -> Balance:
    with transaction() as session:
        return balance(session, today())


def _some_file(chance: random.Random) -> bytes:
    number = chance.randrange(1000)
    return chance.choice(
        [
            letters.complaint(number=number),
            letters.recommendation(number=number),
            letters.denunciation(number=number),
            letters.complaint(number=7),
            b"%PDF-1.4 truncated",
            b"\x00\x01\x02" + bytes([number % 256]),
            b"",
        ]
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_day_of_good_bad_typed_and_refused_files_adds_up(client: Client, work: Work, seed: int) -> None:
    chance, lead, received = random.Random(seed), client("lead"), 0
    for _ in range(4):
        stack = [(f"{n}.txt", _some_file(chance)) for n in range(chance.randrange(1, 5))]
        received += sum(outcome["receipt"] is not None for outcome in letters.upload(lead, *stack))
        assert _balance().adds_up
        if chance.random() < 0.7:
            work()
        for entry in lead.get("/api/v1/receipts", params={"state": "problem"}).json():
            call, body = chance.choice(
                [
                    ("refuse", {"reason": "Không đọc được, đã báo người gửi."}),
                    ("type-in", {"text": letters.complaint().decode()}),
                    ("read-again", {}),
                ]
            )
            assert lead.post(f"/api/v1/receipts/{entry['id']}/{call}", json=body).status_code == 200
        assert _balance().adds_up
    work()
    for entry in lead.get("/api/v1/receipts", params={"state": "problem"}).json():
        lead.post(f"/api/v1/receipts/{entry['id']}/refuse", json={"reason": "Tệp hỏng."})
    found = _balance()
    assert found.closed
    assert found.received == received == found.filed + found.refused


def test_a_day_in_ha_noi_is_not_a_day_in_london(client: Client, work: Work) -> None:
    letters.upload(client("clerk"), ("a.txt", b"x"))
    with transaction() as session:
        day = session.scalar(
            sa.select(sa.cast(sa.func.timezone("Asia/Ho_Chi_Minh", Receipt.received_at), sa.Date))
        )
        assert balance(session, day).received == 1  # type: ignore[arg-type]
        assert balance(session, day + timedelta(days=1)).received == 0  # type: ignore[operator]


def test_a_filed_receipt_without_its_petition_does_not_add_up(client: Client, work: Work) -> None:
    letters.upload(client("clerk"), ("a.txt", b"x"))
    with transaction() as session:
        session.execute(sa.update(Receipt).values(state="filed"))
    assert not _balance().adds_up


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE receipts SET state = 'refused'",
        "UPDATE receipts SET state = 'lost'",
        "UPDATE receipts SET state = NULL",
    ],
)
def test_no_refusal_without_a_reason_and_no_other_state(client: Client, change: str) -> None:
    letters.upload(client("clerk"), ("a.txt", b"x"))
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.execute(sa.text(change))


def test_a_petition_cannot_vanish(client: Client, work: Work) -> None:
    letters.file_letters(client("clerk"), work, [letters.complaint()])
    with pytest.raises(sa.exc.DBAPIError, match="donthu:"), transaction() as session:
        session.execute(sa.delete(Petition))


def test_numbers_run_without_gaps_even_over_failures(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from service.intake import receipts

    clerk = client("clerk")
    real = receipts.defer_reading

    def broken(*arguments: object) -> None:
        raise OSError("the queue is gone")

    for data in (b"1", b"2", b"3"):
        monkeypatch.setattr(receipts, "defer_reading", broken)
        assert letters.upload(clerk, ("hong.txt", data))[0]["receipt"] is None
        monkeypatch.setattr(receipts, "defer_reading", real)
        letters.upload(clerk, ("a.txt", data))
    with transaction() as session:
        numbers = session.scalars(sa.select(Receipt.number).order_by(Receipt.id)).all()
    assert [number.split("-")[1] for number in numbers] == ["000001", "000002", "000003"]

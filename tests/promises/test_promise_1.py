"""Promise 1: a letter that got a receipt can always be shown again, byte for byte."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from service.intake import receipts
from service.intake.receipts import Delivery, blob_store, receive
from service.store import blobs
from service.store.blobs import BlobError
from service.store.database import transaction
from service.store.tables import Blob, Channel, Receipt
from tests.service import letters
from tests.service.store.counting import count

Client = Callable[..., TestClient]
same_database = trials(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@same_database
@given(data=st.binary(min_size=1, max_size=5000))
def test_the_bytes_come_back_as_they_came_in(client: Client, data: bytes) -> None:
    lead = client("lead")
    receipt = letters.upload(lead, ("thu.bin", data))[0]["receipt"]
    assert lead.get(f"/api/v1/receipts/{receipt['id']}/original").content == data  # type: ignore[index]


def test_they_still_do_after_reading_refusing_and_deciding(client: Client, work: Callable[[], None]) -> None:
    lead = client("lead")
    data = letters.complaint()
    (petition,) = letters.file_letters(lead, work, [data])
    lead.post(f"/api/v1/petitions/{petition}/accept", json={"version": 1})
    bad = letters.upload(lead, ("hong.bin", b"\x00\x01"))[0]["receipt"]["id"]  # type: ignore[index]
    work()
    assert lead.post(f"/api/v1/receipts/{bad}/refuse", json={"reason": "Tệp hỏng."}).status_code == 200
    receipt = lead.get(f"/api/v1/petitions/{petition}").json()["receipt_id"]
    assert lead.get(f"/api/v1/receipts/{receipt}/original").content == data
    assert lead.get(f"/api/v1/receipts/{bad}/original").content == b"\x00\x01"


@pytest.mark.parametrize("damage", ["changed", "shortened", "gone"])
def test_damage_on_the_disk_is_told_and_never_passed_off_as_the_letter(client: Client, damage: str) -> None:
    lead = client("lead")
    receipt = letters.upload(lead, ("thu.txt", b"noi dung goc"))[0]["receipt"]
    with transaction() as session:
        path = blob_store().path(session.scalars(sa.select(Blob.sha256)).one())
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(b"noi dung GOC" if damage == "changed" else b"noi")
    answer = lead.get(f"/api/v1/receipts/{receipt['id']}/original")  # type: ignore[index]
    assert answer.status_code == 500
    assert answer.json()["type"] == "urn:donthu:problem:original-lost"
    with pytest.raises(BlobError):
        blob_store().get(path.parent.name + path.name)


def test_the_bytes_are_on_the_disk_before_the_receipt_exists(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        real(handle)

    def add_receipt(*arguments: object) -> Receipt:
        assert any("/.new-" in name for name in synced), "the file"
        assert any(Path(name).is_dir() for name in synced), "its folder"
        return real_add(*arguments)  # type: ignore[arg-type]

    real_add = receipts.add_receipt
    monkeypatch.setattr(blobs.os, "fsync", fsync)
    monkeypatch.setattr(receipts, "add_receipt", add_receipt)
    receive(Delivery(b"moi", "a.txt", Channel.API))
    assert count(Receipt) == 1


def test_where_the_bytes_cannot_be_kept_there_is_no_receipt(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(blobs.os, "fsync", full)
    outcome = letters.upload(client("clerk"), ("a.txt", b"x"))[0]
    assert outcome["problem"]["code"] == "not-stored"  # type: ignore[index]
    assert count(Receipt) == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE receipts SET sha256 = sha256 || 'x'",
        "UPDATE receipts SET number = '2026-999999'",
        "UPDATE receipts SET received_at = now() - interval '1 year'",
        "UPDATE receipts SET received_on = '2020-01-01'",
        "UPDATE receipts SET file_name = 'khac'",
        "DELETE FROM receipts",
        "DELETE FROM blobs",
        "TRUNCATE receipts CASCADE",
        "TRUNCATE blobs CASCADE",
    ],
)
def test_what_a_receipt_proves_is_changed_by_nobody(db: str, change: str) -> None:
    receive(Delivery(b"moi", "a.txt", Channel.API))
    with pytest.raises(sa.exc.DBAPIError, match="donthu:"), transaction() as session:
        session.execute(sa.text(change))
    assert count(Receipt) == 1

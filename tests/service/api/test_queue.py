"""The queue: take, return, transfer, done, reopen, by those who may."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from tests.service import letters

Client = Callable[..., TestClient]
Work = Callable[[], None]


@pytest.fixture
def queued(client: Client, work: Work) -> int:
    """A letter in the queue of unit VP."""
    clerk = client("clerk")
    (petition,) = letters.file_letters(clerk, work, [letters.complaint()])
    body = {"version": 1, "unit_code": "VP"}
    assert clerk.post(f"/api/v1/petitions/{petition}/correct", json=body).status_code == 200
    return petition


def _step(client: TestClient, petition: int, verb: str, **body: str) -> int:
    return client.post(f"/api/v1/petitions/{petition}/{verb}", json=body or None).status_code


def test_the_way_through_a_unit(client: Client, queued: int) -> None:
    handler = client("handler_vp")
    assert [entry["id"] for entry in handler.get("/api/v1/queue").json()] == [queued]
    assert _step(handler, queued, "done") == 422, "not before it is taken"
    assert _step(handler, queued, "take") == 200
    assert handler.get("/api/v1/queue").json()[0]["holder"] == "Người dùng handler_vp"
    assert _step(handler, queued, "done", note="Đã trả lời công dân.") == 200
    assert handler.get("/api/v1/queue").json() == []
    assert [entry["id"] for entry in handler.get("/api/v1/queue", params={"done": True}).json()] == [queued]
    assert _step(handler, queued, "reopen") == 403
    assert _step(client("lead"), queued, "reopen") == 200
    steps = handler.get(f"/api/v1/petitions/{queued}").json()["handling"]
    assert [step["verb"] for step in steps] == ["queue", "take", "done", "reopen"]
    assert steps[2]["note"] == "Đã trả lời công dân."


def test_returning_needs_a_reason_and_leads_back_to_review(client: Client, queued: int) -> None:
    handler = client("handler_vp")
    assert _step(handler, queued, "return", note=" ") == 422
    assert _step(handler, queued, "return", note="Không thuộc đơn vị.") == 200
    clerk = client("clerk")
    now = clerk.get(f"/api/v1/petitions/{queued}").json()["now"]
    assert (now["state"], now["decided"]) == ("review", True)
    assert _step(clerk, queued, "accept") == 422, "the version is needed"
    assert (
        clerk.post(f"/api/v1/petitions/{queued}/accept", json={"version": now["version"]}).status_code == 200
    )


def test_transfer_moves_it_out_of_sight_of_the_first_unit(client: Client, queued: int) -> None:
    handler = client("handler_vp")
    assert _step(handler, queued, "transfer", unit="KHONG_CO") == 422
    assert _step(handler, queued, "transfer", unit="VP") == 422
    assert _step(handler, queued, "transfer", unit="P_KTHTDT", note="Đúng phòng chuyên môn.") == 200
    assert handler.get(f"/api/v1/petitions/{queued}").status_code == 404
    other = client("handler_kt")
    assert [entry["id"] for entry in other.get("/api/v1/queue").json()] == [queued]


def test_another_unit_sees_and_takes_nothing(client: Client, queued: int) -> None:
    other = client("handler_kt")
    assert other.get("/api/v1/queue").json() == []
    assert other.get("/api/v1/queue", params={"unit": "VP"}).json() == []
    assert _step(other, queued, "take") == 404


def test_what_one_holds_no_second_takes(client: Client, queued: int) -> None:
    takers = [client("handler_vp"), client("lead"), client("admin")]
    with ThreadPoolExecutor(3) as pool:
        codes = list(pool.map(lambda one: _step(one, queued, "take"), takers))
    assert sorted(codes) == [200, 422, 422]


def test_clerks_do_not_handle(client: Client, queued: int) -> None:
    for verb in ("take", "done", "reopen"):
        assert _step(client("clerk"), queued, verb) == 403, verb

"""Accept, correct, preview: what a person decides counts, and nobody writes over another."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from service.store.database import transaction
from service.store.tables import Audit, Decision, HandlingEvent
from tests.service import letters

Client = Callable[..., TestClient]
Work = Callable[[], None]


@pytest.fixture
def petition(client: Client, work: Work) -> int:
    """A complaint at the review desk."""
    return letters.file_letters(client("clerk"), work, [letters.complaint()])[0]


def _now(client: TestClient, petition: int) -> dict[str, object]:
    found: dict[str, object] = client.get(f"/api/v1/petitions/{petition}").json()["now"]
    return found


def test_accepting_queues_the_letter_and_leaves_decision_step_and_audit(
    client: Client, petition: int
) -> None:
    clerk = client("clerk")
    step = clerk.post(f"/api/v1/petitions/{petition}/accept", json={"version": 1}).json()
    assert step == {"id": petition, "state": "queued", "version": 2, "unit_code": step["unit_code"]}
    found = clerk.get(f"/api/v1/petitions/{petition}").json()
    (decision,) = found["decisions"]
    assert (decision["kind"], decision["changed"]) == ("accept", [])
    assert decision["suggestion_id"] == found["suggestion"]["id"]
    assert [entry["verb"] for entry in found["handling"]] == ["queue"]
    assert found["now"]["decided"] is True
    with transaction() as session:
        assert session.scalar(sa.select(sa.func.count(Audit.id)).where(Audit.verb == "decide")) == 1


def test_correcting_keeps_the_suggestion_beside_the_decision(client: Client, petition: int) -> None:
    clerk = client("clerk")
    body = {"version": 1, "type": "recommendation", "field": "traffic", "stage": None, "unit_code": "VP",
            "reason": "Nội dung là kiến nghị."}  # fmt: skip
    assert clerk.post(f"/api/v1/petitions/{petition}/correct", json=body).status_code == 200
    found = clerk.get(f"/api/v1/petitions/{petition}").json()
    assert (found["now"]["type"], found["now"]["field"], found["now"]["unit_code"]) == (
        "recommendation",
        "traffic",
        "VP",
    )
    assert found["suggestion"]["proposal"]["type"]["label"] == "complaint"
    (decision,) = found["decisions"]
    assert decision["kind"] == "correct"
    assert {"type", "field"} <= set(decision["changed"])
    assert decision["reason"] == "Nội dung là kiến nghị."


@pytest.mark.parametrize(
    "wrong", [{"type": "novel"}, {"field": "sky"}, {"unit_code": "KHONG_CO"}, {"due": "hôm qua"}]
)
def test_values_that_are_none_of_ours_are_refused(
    client: Client, petition: int, wrong: dict[str, str]
) -> None:
    clerk = client("clerk")
    answer = clerk.post(f"/api/v1/petitions/{petition}/correct", json={"version": 1, **wrong})
    assert answer.status_code == 422
    assert _now(clerk, petition)["state"] == "review"


def test_an_old_version_is_a_conflict(client: Client, petition: int) -> None:
    clerk = client("clerk")
    answer = clerk.post(f"/api/v1/petitions/{petition}/accept", json={"version": 7})
    assert answer.status_code == 409
    assert _now(clerk, petition)["decided"] is False


def test_of_many_deciding_at_once_one_wins_and_the_others_are_told(client: Client, petition: int) -> None:
    deciders = [client(login) for login in ("clerk", "clerk_dn", "lead", "admin")]
    url = f"/api/v1/petitions/{petition}/accept"
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda one: one.post(url, json={"version": 1}).status_code, deciders))
    assert sorted(codes) == [200, 409, 409, 409]
    with transaction() as session:
        assert session.scalar(sa.select(sa.func.count(Decision.id))) == 1
        assert session.scalar(sa.select(sa.func.count(HandlingEvent.id))) == 1


def test_preview_tells_the_consequences_and_stores_nothing(client: Client, petition: int) -> None:
    clerk = client("clerk")
    before = _now(clerk, petition)
    body = {"type": "recommendation", "field": "education", "stage": None}
    found = clerk.post(f"/api/v1/petitions/{petition}/preview", json=body).json()
    assert found["unit_code"] == "P_VHXH"
    assert found["action"] in found["allowed"]
    assert _now(clerk, petition) == before


def test_handlers_do_not_decide(client: Client, petition: int) -> None:
    handler = client("handler_kt")
    assert handler.post(f"/api/v1/petitions/{petition}/accept", json={"version": 1}).status_code == 403
    assert handler.post(
        f"/api/v1/petitions/{petition}/preview", json={"type": "other", "field": "other"}
    ).status_code == 403  # fmt: skip


def test_correcting_to_denunciation_seals_at_once(client: Client, petition: int) -> None:
    clerk = client("clerk")
    body = {"version": 1, "type": "denunciation"}
    assert clerk.post(f"/api/v1/petitions/{petition}/correct", json=body).status_code == 200
    assert clerk.get(f"/api/v1/petitions/{petition}").status_code == 404
    assert client("clerk_dn").get(f"/api/v1/petitions/{petition}").json()["now"]["sealed"] is True

"""Live progress, as a browser receives it from the running service."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import httpx
import pytest
from fastapi.testclient import TestClient

from service.api import events
from service.api.access import COOKIE
from service.store.tables import User
from tests.service import letters
from tests.service.live import WEB, answers, free_port, running, wait_until

Client = Callable[..., TestClient]
pytestmark = pytest.mark.slow


@pytest.fixture
def address(db: str) -> Iterator[str]:
    """The address of a web process of its own."""
    port = free_port()
    with running(WEB, str(port)):
        url = f"http://127.0.0.1:{port}"
        wait_until(lambda: answers(url))
        yield url


def _events(client: TestClient, address: str, query: str = "") -> Iterator[dict[str, object]]:
    cookies = {COOKIE: client.cookies[COOKIE]}
    with httpx.stream("GET", f"{address}/api/v1/events{query}", cookies=cookies, timeout=60) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            if line.startswith("data: "):
                yield json.loads(line[6:])


def test_a_receipt_is_told_at_once_and_again_when_it_changes(
    client: Client, work: Callable[[], None], address: str
) -> None:
    clerk = client("clerk")
    receipt = letters.upload(clerk, ("don.txt", letters.complaint()))[0]["receipt"]
    seen = _events(clerk, address)
    first = next(seen)
    assert (first["id"], first["state"]) == (receipt["id"], "waiting")  # type: ignore[index]
    work()
    last = next(event for event in seen if event["state"] != "waiting")
    assert last["state"] == "filed"
    assert last["petition_id"]
    seen.close()  # type: ignore[attr-defined]


def test_a_letter_that_turns_out_to_be_sealed_keeps_only_number_and_state(
    client: Client, work: Callable[[], None], address: str
) -> None:
    clerk = client("clerk")
    receipt = letters.upload(clerk, ("to-cao-can-bo.txt", letters.denunciation()))[0]["receipt"]
    seen = _events(clerk, address, f"?ids={receipt['id']}")  # type: ignore[index]
    assert next(seen)["file_name"] == "to-cao-can-bo.txt"
    work()
    last = next(event for event in seen if event["state"] == "filed")
    told = {key for key, value in last.items() if value not in (None, [])}
    assert told == {"id", "number", "received_at", "channel", "state", "known"}
    seen.close()  # type: ignore[attr-defined]


def test_who_signs_out_is_told_nothing_more(client: Client, address: str) -> None:
    clerk = client("clerk")
    letters.upload(clerk, ("don.txt", letters.complaint()))
    seen = _events(clerk, address)
    next(seen)
    clerk.delete("/api/v1/session")
    assert list(seen) == []


def test_nobody_gets_any_number_of_streams(
    client: Client, monkeypatch: pytest.MonkeyPatch, users: dict[str, User]
) -> None:
    monkeypatch.setitem(events._open, users["clerk"].id, events.MAX_STREAMS)
    assert client("clerk").get("/api/v1/events").status_code == 429


def test_a_stream_that_ends_makes_room(client: Client, address: str) -> None:
    clerk = client("clerk")
    letters.upload(clerk, ("don.txt", letters.complaint()))
    for _ in range(events.MAX_STREAMS + 3):
        stream = _events(clerk, address)
        assert next(stream)["state"] == "waiting"
        stream.close()

"""kill -9 of worker and web process at random moments: nothing is lost, nothing is done twice."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable

import httpx
import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from service.api.access import COOKIE, CSRF_HEADER
from service.store.database import transaction
from service.store.tables import Audit, Petition, Receipt, ReceiptState, Suggestion
from tests.service import letters
from tests.service.live import WEB, WORKER, answers, free_port, kill, running, start, wait_until
from tests.service.store.counting import count

pytestmark = pytest.mark.slow
UPLOADS = 30
Client = Callable[..., TestClient]


@pytest.fixture(autouse=True)
def quick_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dead workers are noticed within seconds."""
    monkeypatch.setenv("DONTHU_HEARTBEAT_SECONDS", "0.5")
    monkeypatch.setenv("DONTHU_STALLED_SECONDS", "2")


def _doing() -> int:
    with transaction() as session:
        return session.scalar(sa.text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'")) or 0


def _each_processed_once() -> None:
    with transaction() as session:
        receipts = session.scalars(sa.select(Receipt.id)).all()
        petitions = session.scalars(sa.select(Petition.receipt_id)).all()
        audited = session.scalars(sa.select(Audit.object_id).where(Audit.verb == "file")).all()
        suggested = session.scalars(sa.select(Suggestion.petition_id)).all()
        ids = session.scalars(sa.select(Petition.id)).all()
    assert sorted(petitions) == sorted(receipts)
    assert sorted(int(entry) for entry in audited) == sorted(ids) == sorted(suggested)


def test_another_worker_finishes_what_a_killed_one_had_begun(client: Client) -> None:
    letters.upload(client("clerk"), *[(f"{n}.txt", letters.complaint(number=n + 1)) for n in range(6)])
    first = start(WORKER)
    try:
        wait_until(lambda: _doing() > 0)
    finally:
        kill(first)
    assert count(Receipt, Receipt.state == ReceiptState.WAITING) > 0
    with running(WORKER):
        wait_until(lambda: count(Receipt, Receipt.state == ReceiptState.FILED) == 6)
    _each_processed_once()


class Chaos:
    """Keeps a web process and a worker running and kills one of them at random moments."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.port = free_port()
        self.programs = {"web": (WEB, str(self.port)), "worker": (WORKER,)}
        self.processes = {name: start(*program) for name, program in self.programs.items()}
        self.kills = 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._rage)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _rage(self) -> None:
        while not self.over.wait(self.random.uniform(0.3, 4.0)):
            name = self.random.choice(sorted(self.processes))
            kill(self.processes[name])
            self.kills += 1
            self.processes[name] = start(*self.programs[name])

    def __enter__(self) -> Chaos:
        wait_until(lambda: answers(self.address))
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()
        for process in self.processes.values():
            kill(process)


def _send(address: str, clerk: TestClient, number: int) -> str:
    """Upload one letter as a browser does: again and again with the same key until a receipt comes back."""
    data = letters.complaint(f"Người Thứ {number}", number)
    headers = {CSRF_HEADER: clerk.headers[CSRF_HEADER], "Idempotency-Key": f"lan-gui-{number}"}
    while True:
        try:
            answer = httpx.post(
                f"{address}/api/v1/receipts",
                files={"files": (f"{number}.txt", data)},
                headers=headers,
                cookies={COOKIE: clerk.cookies[COOKIE]},
                timeout=30,
            )
        except httpx.HTTPError:
            time.sleep(0.2)
            continue
        if answer.status_code == 201:
            return str(answer.json()["results"][0]["receipt"]["number"])


def test_thirty_uploads_through_power_cuts_are_each_processed_once(client: Client) -> None:
    clerk = client("clerk")
    with Chaos(seed=20260309) as chaos:
        numbers = [_send(chaos.address, clerk, n) for n in range(UPLOADS)]
        wait_until(lambda: chaos.kills >= 6)
    assert len(set(numbers)) == UPLOADS
    with running(WORKER):
        wait_until(lambda: count(Receipt, Receipt.state == ReceiptState.WAITING) == 0, 300)
    assert count(Receipt) == UPLOADS
    assert count(Receipt, Receipt.state == ReceiptState.FILED) == UPLOADS
    _each_processed_once()

"""Promise 4: a denouncer's identity never leaks: not by queue, search, log, export or count.

Four denunciations stand at every point of their way: unread, unreadable, at the review desk, in a unit's
queue. Then every route of the application is called, read and write, by people without the right.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
import structlog
from fastapi import FastAPI
from fastapi.testclient import TestClient

from nlp import fold
from service.api.access import CSRF_HEADER
from service.logs import configure_logs
from service.store.database import transaction
from service.store.tables import Base, Petition, Receipt
from tests.service import letters
from tests.service.database import TestServer
from tests.service.routes import calls

Client = Callable[..., TestClient]
Work = Callable[[], None]
pytestmark = pytest.mark.slow

NAME = "Hoắc Thị Ẩn Danh"
FILE = "to-cao-hoac-thi-an-danh.txt"
# Whatever could tell who wrote, or against whom: the name with and without tones, the file, the accused.
MARKERS = (NAME, fold(NAME), FILE, "Trịnh Văn Mẫu", "Đê La Thành")
OUTSIDERS = ("clerk", "handler_vp")
BODY = {
    "version": 1, "reason": "tò mò", "note": "tò mò", "unit": "P_KTHTDT", "type": "complaint", "field": "land",
    "text": "một câu dài hơn hai mươi ký tự để thử", "label": "x", "login": "x", "password": "x" * 9,
}  # fmt: skip


@dataclass(frozen=True)
class Sealed:
    """The ids of what is sealed."""

    receipts: list[int]
    petitions: list[int]

    @property
    def all(self) -> list[int]:
        """Every number that an outsider might try."""
        return sorted({*self.receipts, *self.petitions})


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    """All that the process writes to its logs."""
    everything = io.StringIO()
    handler = logging.StreamHandler(everything)
    logging.getLogger().addHandler(handler)
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    with redirect_stderr(everything), redirect_stdout(everything):
        configure_logs(logging.DEBUG)
        yield everything
    logging.getLogger().setLevel(level)
    logging.getLogger().removeHandler(handler)
    structlog.reset_defaults()


@pytest.fixture
def sealed(client: Client, work: Work, told: io.StringIO) -> Sealed:
    """Denunciations on every point of their way, brought by somebody with the right."""
    insider = client("clerk_dn")
    data = [letters.denunciation(NAME, number) for number in (3, 4)]
    outcomes = letters.upload(
        insider, *[(FILE, entry) for entry in data], (FILE, b"\x00\x01" + NAME.encode())
    )
    work()
    outcomes += letters.upload(insider, (FILE, letters.denunciation(NAME, 5)))
    receipts = [outcome["receipt"]["id"] for outcome in outcomes]  # type: ignore[index]
    with transaction() as session:
        petitions = list(session.scalars(sa.select(Petition.id).order_by(Petition.id)))
        states = list(session.scalars(sa.select(Receipt.state).order_by(Receipt.id)))
    assert states == ["filed", "filed", "problem", "waiting"]
    assert len(petitions) == 2
    queued = insider.post(f"/api/v1/petitions/{petitions[0]}/correct", json={"version": 1, "unit_code": "VP"})
    assert queued.status_code == 200
    return Sealed(receipts, petitions)


def _state() -> list[tuple[object, ...]]:
    """The sealed letters as the database holds them."""
    with transaction() as session:
        rows = [tuple(row) for row in session.execute(sa.select(Petition.__table__.c).order_by(Petition.id))]
        return rows + [
            tuple(row) for row in session.execute(sa.select(Receipt.__table__.c).order_by(Receipt.id))
        ]


def _nothing_of(where: object, *texts: str) -> None:
    for text in texts:
        lowered = text.lower()
        for marker in MARKERS:
            assert marker.lower() not in lowered, (where, marker)


def _call(one: TestClient, method: str, path: str) -> str:
    """Everything that an answer tells: body and headers."""
    if method == "GET":
        answer = one.get(path)
    elif path.startswith("/api/"):
        answer = one.request(method, path, json=BODY)
    else:
        answer = one.request(method, path, data={**BODY, "csrf": one.headers[CSRF_HEADER]})
    assert answer.status_code != 500, (method, path)
    return answer.content.decode("utf-8", "replace") + json.dumps(dict(answer.headers))


@pytest.mark.parametrize("login", OUTSIDERS)
def test_no_route_tells_an_outsider_anything(
    app: FastAPI, client: Client, sealed: Sealed, login: str
) -> None:
    before = _state()
    for method, path in calls(app, sealed.all):
        # A new session each time: some routes end it.
        _nothing_of((method, path), _call(client(login), method, path))
    assert [row for row in _state() if row in before] == before, "an outsider has changed a sealed letter"


def test_the_crawl_would_find_what_it_looks_for(app: FastAPI, client: Client, sealed: Sealed) -> None:
    """Somebody with the right meets the markers on many routes: the walk above is no walk past them."""
    met = {
        path
        for method, path in calls(app, sealed.all)
        if method == "GET" and any(marker in _call(client("clerk_dn"), "GET", path) for marker in MARKERS)
    }
    expected = (
        "/api/v1/petitions",
        "/api/v1/receipts",
        "/api/v1/petitions/",
        "/api/v1/receipts/",
        "/tiep-nhan",
    )
    for start in expected:
        assert any(path.startswith(start) for path in met), start


@pytest.mark.parametrize("login", OUTSIDERS)
@pytest.mark.parametrize(
    "words",
    ["hoac thi an danh", "hoac", '"an danh"', "nhận hối lộ", "trinh van mau", "de la thanh", "tố cáo"],
)
def test_search_finds_and_counts_nothing(client: Client, sealed: Sealed, login: str, words: str) -> None:
    outsider = client(login)
    found = outsider.get("/api/v1/petitions", params={"q": words}).json()
    assert (found["total"], found["hits"]) == (0, [])
    assert client("clerk_dn").get("/api/v1/petitions", params={"q": words}).json()["total"] == 2
    for query in ({"type": "denunciation"}, {"state": "queued"}, {"unit": "VP"}, {}):
        assert outsider.get("/api/v1/petitions", params=query).json()["total"] == 0


@pytest.mark.parametrize("login", OUTSIDERS)
def test_lists_and_counts_are_as_if_the_letters_were_not_there(
    client: Client, work: Work, login: str
) -> None:
    insider = client("clerk_dn")
    (petition,) = letters.file_letters(insider, work, [letters.complaint()])
    insider.post(f"/api/v1/petitions/{petition}/correct", json={"version": 1, "unit_code": "VP"})
    looks = ["/api/v1/petitions", "/api/v1/queue", f"/api/v1/petitions/{petition}", "/hang-doi", "/tra-cuu"]
    looks += ["/soat-xet"] if login == "clerk" else []

    def seen() -> list[str]:
        one = client(login)
        return [one.get(path).text.replace(one.headers[CSRF_HEADER], "") for path in looks]

    before = seen()
    (secret,) = letters.file_letters(insider, work, [letters.denunciation(NAME)])
    insider.post(f"/api/v1/petitions/{secret}/correct", json={"version": 1, "unit_code": "VP"})
    assert seen() == before


def test_a_receipt_that_is_sealed_tells_number_time_channel_and_state(client: Client, sealed: Sealed) -> None:
    shown = client("clerk").get("/api/v1/receipts").json()
    assert len(shown) == len(sealed.receipts)
    for receipt in shown:
        told = {key for key, value in receipt.items() if value not in (None, [], False)}
        assert told == {"id", "number", "received_at", "channel", "state"}


def test_the_bringer_sees_it_no_more_once_it_is_known_for_what_it_is(client: Client, work: Work) -> None:
    bringer = client("clerk")
    receipt = letters.upload(bringer, (FILE, letters.denunciation(NAME)))[0]["receipt"]
    url = f"/api/v1/receipts/{receipt['id']}"  # type: ignore[index]
    assert bringer.get(url).json()["file_name"] == FILE
    work()
    _nothing_of(url, bringer.get(url).text, bringer.get(url + "/original").text)
    assert bringer.get(url + "/original").status_code == 404
    again = letters.upload(bringer, ("ban-hai.txt", letters.denunciation(NAME)))[0]["receipt"]
    assert again["same_file_of"] is None  # type: ignore[index]


def test_logs_hold_nothing_of_it(
    app: FastAPI, client: Client, sealed: Sealed, told: io.StringIO, server: TestServer
) -> None:
    for method, path in calls(app, sealed.petitions):
        if method == "GET":
            client("clerk_dn").get(path, params={"q": NAME})
    with pytest.raises(sa.exc.DBAPIError), transaction() as session:
        session.execute(sa.update(Petition).values(state="khong co", summary=NAME))
    assert "received" in told.getvalue()
    _nothing_of("log", told.getvalue())
    _nothing_of("log of the database", Path(server.server.log).read_text())


def test_metrics_and_health_hold_nothing_of_it(client: Client, sealed: Sealed) -> None:
    for path in ("/metrics", "/readyz", "/healthz", "/api/docs", "/api/openapi.json"):
        _nothing_of(path, client().get(path).text)


def test_no_other_table_holds_words_of_a_letter(client: Client, sealed: Sealed) -> None:
    """Audit, jobs, events, sessions: wherever else something is kept, it is kept without words."""
    holders = {"petitions", "receipts", "readings", "suggestions", "link_features", "links"}
    assert holders < set(Base.metadata.tables)
    with transaction() as session:
        tables = session.scalars(sa.text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
        for table in set(tables) - holders:
            rows = session.scalars(sa.text(f'SELECT row_to_json(t)::text FROM "{table}" t')).all()
            _nothing_of(table, *rows)

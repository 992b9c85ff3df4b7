"""The tray of problems as its pages use the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from service.settings import settings
from service.store import database
from service.store.tables import Petition
from tests.service.letters import complaint, upload
from tests.service.store.counting import count

Make = Callable[..., TestClient]
Work = Callable[[], None]


@pytest.fixture
def one_connection(users: object) -> Iterator[None]:
    """A pool in which whoever holds a connection while asking for another waits in vain."""
    made = sa.create_engine(database.database_url(settings()), pool_size=1, max_overflow=0, pool_timeout=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "engine", lambda: made)
        yield
    made.dispose()


def test_typing_in_needs_one_connection_at_a_time(client: Make, work: Work, one_connection: None) -> None:
    clerk = client("clerk")
    receipt = upload(clerk, ("anh.bin", b"\x00\x01\x02"))[0]["receipt"]["id"]  # type: ignore[index]
    work()
    form = {"csrf": clerk.headers["x-csrf-token"]}
    address = f"/khay-loi/{receipt}"
    assert "quá ngắn" in clerk.post(f"{address}/nhap-tay", data={**form, "text": "a"}).text
    answer = clerk.post(f"{address}/nhap-tay", data={**form, "text": complaint().decode()})
    assert answer.status_code == 303
    assert count(Petition) == 1
    assert clerk.get(answer.headers["location"]).status_code == 200


def test_typing_in_needs_the_token_of_the_form(client: Make, work: Work) -> None:
    clerk = client("clerk")
    receipt = upload(clerk, ("anh.bin", b"\x00\x01\x02"))[0]["receipt"]["id"]  # type: ignore[index]
    work()
    assert clerk.post(f"/khay-loi/{receipt}/nhap-tay", data={"text": complaint().decode()}).status_code == 403
    assert count(Petition) == 0

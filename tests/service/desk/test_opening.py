"""Whoever opens a sealed letter leaves a row; opening an open one, or failing to, leaves none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from service.store.database import transaction
from service.store.tables import Audit, Petition, User
from tests.service import letters

Client = Callable[..., TestClient]
Work = Callable[[], None]


def _opened() -> list[tuple[int | None, str, str]]:
    with transaction() as session:
        query = sa.select(Audit.user_id, Audit.kind, Audit.object_id).where(Audit.verb == "open_sealed")
        return [tuple(row) for row in session.execute(query.order_by(Audit.id))]


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/petitions/{petition}",
        "/api/v1/petitions/{petition}/pages",
        "/api/v1/receipts/{receipt}/original",
        "/don/{petition}",
        "/soat-xet/{petition}",
        "/doi-chieu/{petition}/{petition}",
    ],
)
def test_opening_a_sealed_letter_is_noted_once_a_day(
    client: Client, users: dict[str, User], work: Work, address: str
) -> None:
    insider = client("clerk_dn")
    (petition,) = letters.file_letters(insider, work, [letters.denunciation()])
    with transaction() as session:
        receipt = session.get_one(Petition, petition).receipt_id
    url = address.format(petition=petition, receipt=receipt)
    client("clerk").get(url)
    assert _opened() == [], "somebody without the right has opened nothing"
    for _ in range(2):
        assert insider.get(url).status_code == 200
    assert _opened() == [(users["clerk_dn"].id, "petition", str(petition))]
    client("lead").get(url)
    assert _opened()[1:] == [(users["lead"].id, "petition", str(petition))]


def test_an_open_letter_leaves_no_row(client: Client, work: Work) -> None:
    clerk = client("clerk")
    (petition,) = letters.file_letters(clerk, work, [letters.complaint()])
    assert clerk.get(f"/don/{petition}").status_code == 200
    assert clerk.get("/api/v1/receipts/1/original").status_code == 200
    assert _opened() == []


def test_the_original_of_an_unread_letter_might_be_one(client: Client, users: dict[str, User]) -> None:
    letters.upload(client("clerk"), ("don.txt", letters.complaint()))
    assert client("lead").get("/api/v1/receipts/1/original").status_code == 200
    assert _opened() == [(users["lead"].id, "receipt", "1")]


def test_the_row_of_yesterday_does_not_count_today(
    client: Client, users: dict[str, User], work: Work
) -> None:
    insider = client("clerk_dn")
    (petition,) = letters.file_letters(insider, work, [letters.denunciation()])
    with transaction() as session:
        session.add(
            Audit(
                user_id=users["clerk_dn"].id,
                verb="open_sealed",
                kind="petition",
                object_id=str(petition),
                at=sa.func.now() - sa.text("interval '25 hours'"),
            )
        )
    insider.get(f"/don/{petition}")
    assert len(_opened()) == 2

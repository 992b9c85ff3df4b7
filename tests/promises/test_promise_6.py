"""Promise 6: linking letters is reversible and deletes nothing."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from service.store.database import transaction
from service.store.tables import Audit, Link, LinkEvent, Petition
from tests.service import letters
from tests.service.store.counting import count

Client = Callable[..., TestClient]
Work = Callable[[], None]
STATE = {"confirm": "confirmed", "reject": "rejected", "undo": "proposed"}


@pytest.fixture
def link(client: Client, work: Work) -> int:
    """A proposed link between two papers of one file."""
    for _ in range(2):
        letters.file_letters(client("clerk"), work, [letters.complaint()])
    with transaction() as session:
        return session.scalars(sa.select(Link.id)).one()


def _petitions() -> list[tuple[object, ...]]:
    columns = Petition.__table__.c
    with transaction() as session:
        return [tuple(row) for row in session.execute(sa.select(columns).order_by(columns.id))]


def _link() -> tuple[object, ...]:
    with transaction() as session:
        return tuple(session.execute(sa.select(Link.__table__.c)).one())


def test_every_way_through_three_steps_and_back_leaves_link_and_letters_as_they_were(
    client: Client, link: int
) -> None:
    clerk = client("clerk")
    letters_before, link_before, told = _petitions(), _link(), ["proposed"]
    for way in itertools.product(STATE, repeat=3):
        for verb in (*way, "undo"):
            answer = clerk.post(f"/api/v1/links/{link}/{verb}", json={"reason": f"vì {verb}"})
            assert answer.json() == {"id": link, "state": STATE[verb]}
            told.append(verb)
        assert _link() == link_before
    assert _petitions() == letters_before
    with transaction() as session:
        events = session.scalars(sa.select(LinkEvent).order_by(LinkEvent.id)).all()
    assert [event.verb for event in events] == told
    assert all(event.reason == f"vì {event.verb}" and event.user_id for event in events[1:])
    assert count(Audit, Audit.kind == "link") == len(told) - 1


def test_a_rejection_is_remembered_when_more_of_the_same_comes(client: Client, work: Work, link: int) -> None:
    clerk = client("clerk")
    clerk.post(f"/api/v1/links/{link}/reject")
    letters.file_letters(clerk, work, [letters.complaint()])
    with transaction() as session:
        assert session.get_one(Link, link).state == "rejected"
    assert count(Link) == 3


def test_a_rejected_link_is_still_shown_as_rejected(client: Client, link: int) -> None:
    clerk = client("clerk")
    clerk.post(f"/api/v1/links/{link}/reject")
    with transaction() as session:
        petition = session.get_one(Link, link).petition_id
    (shown,) = clerk.get(f"/api/v1/petitions/{petition}").json()["earlier"]
    assert (shown["link_id"], shown["state"]) == (link, "rejected")


@pytest.mark.parametrize("change", ["DELETE FROM links", "TRUNCATE links CASCADE", "DELETE FROM link_events"])
def test_nobody_deletes_a_link_or_its_history(link: int, change: str) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="donthu:"), transaction() as session:
        session.execute(sa.text(change))
    assert count(Link) == 1

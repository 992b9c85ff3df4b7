"""Earlier letters in the API: judged by those who may see both, and silent about sealed ones."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from fastapi.testclient import TestClient

from service.store.database import transaction
from service.store.tables import Link, Petition
from tests.service import letters

Client = Callable[..., TestClient]
Work = Callable[[], None]


def _pair(clerk: TestClient, work: Work, data: bytes) -> tuple[int, int]:
    (first,) = letters.file_letters(clerk, work, [data])
    (second,) = letters.file_letters(clerk, work, [data])
    return first, second


def test_the_same_file_is_shown_from_both_sides(client: Client, work: Work) -> None:
    clerk = client("clerk")
    first, second = _pair(clerk, work, letters.complaint())
    (of_second,) = clerk.get(f"/api/v1/petitions/{second}").json()["earlier"]
    (of_first,) = clerk.get(f"/api/v1/petitions/{first}").json()["earlier"]
    assert of_second["level"] == "same_file"
    assert of_second["petition"]["id"] == first
    assert of_first["petition"]["id"] == second
    assert of_first["link_id"] == of_second["link_id"]


def test_a_link_to_a_sealed_letter_is_not_even_counted(client: Client, work: Work) -> None:
    clerk = client("clerk")
    first, second = _pair(clerk, work, letters.complaint())
    with transaction() as session:
        session.execute(sa.update(Petition).where(Petition.id == first).values(sealed=True))
    assert clerk.get(f"/api/v1/petitions/{second}").json()["earlier"] == []
    assert len(client("clerk_dn").get(f"/api/v1/petitions/{second}").json()["earlier"]) == 1


def test_nobody_judges_a_link_to_a_letter_out_of_sight(client: Client, work: Work) -> None:
    clerk = client("clerk")
    first, second = _pair(clerk, work, letters.complaint())
    (link,) = clerk.get(f"/api/v1/petitions/{second}").json()["earlier"]
    with transaction() as session:
        session.execute(sa.update(Petition).where(Petition.id == first).values(sealed=True))
    assert clerk.post(f"/api/v1/links/{link['link_id']}/confirm").status_code == 404
    assert client("handler_vp").post(f"/api/v1/links/{link['link_id']}/confirm").status_code == 403
    assert clerk.post("/api/v1/links/4242/confirm").status_code == 404
    assert clerk.post(f"/api/v1/links/{link['link_id']}/delete").status_code == 422


def test_another_unit_s_letter_is_masked_with_its_evidence(client: Client, work: Work) -> None:
    clerk = client("clerk")
    first, second = _pair(clerk, work, letters.complaint())
    for petition, unit in ((first, "P_KTHTDT"), (second, "VP")):
        body = {"version": 1, "unit_code": unit}
        assert clerk.post(f"/api/v1/petitions/{petition}/correct", json=body).status_code == 200
    (link,) = client("handler_vp").get(f"/api/v1/petitions/{second}").json()["earlier"]
    assert (link["petition"], link["evidence"]) == (None, [])


def test_a_link_to_a_sealed_letter_looks_like_none(client: Client, work: Work) -> None:
    letters.file_letters(client("clerk_dn"), work, [letters.denunciation(), letters.denunciation()])
    with transaction() as session:
        link = session.scalars(sa.select(Link.id)).first()
    assert link is not None
    there, nowhere = (client("clerk").post(f"/api/v1/links/{id_}/confirm") for id_ in (link, 999))
    assert there.status_code == nowhere.status_code == 404
    assert there.json() == nowhere.json()

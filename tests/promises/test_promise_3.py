"""Promise 3: no machine decision ever overrides a person's, and what was said and done stays said and done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from service.batch.reclassify import Selection, reclassify
from service.desk.review import act_as_person
from service.store.database import transaction
from service.store.tables import Petition, Suggestion, User
from service.work.process import process_receipt
from tests.service import letters
from tests.service.store.counting import count

Client = Callable[..., TestClient]
Work = Callable[[], None]
GUARDED = {
    "type": "other",
    "field": "other",
    "stage": "reminder",
    "competence_kind": "other",
    "agency": "nơi khác",
    "action": "file",
    "unit_code": "P_VHXH",
    "due": "2030-01-01",
    "state": "done",
    "sealed": True,
    "decided": False,
}


@pytest.fixture
def decided(client: Client, work: Work) -> int:
    """A letter whose type a person has corrected."""
    clerk = client("clerk")
    (petition,) = letters.file_letters(clerk, work, [letters.complaint()])
    body = {"version": 1, "type": "recommendation", "field": "traffic", "unit_code": "VP"}
    assert clerk.post(f"/api/v1/petitions/{petition}/correct", json=body).status_code == 200
    return petition


def _row(petition: int) -> dict[str, object]:
    columns = Petition.__table__.c
    with transaction() as session:
        return dict(session.execute(sa.select(columns).where(columns.id == petition)).mappings().one())


@pytest.mark.parametrize("column", GUARDED)
def test_the_database_refuses_a_machine_s_change(decided: int, users: dict[str, User], column: str) -> None:
    before = _row(decided)
    change = sa.update(Petition).values({column: GUARDED[column]})
    with pytest.raises(sa.exc.DBAPIError, match="a machine may not change"), transaction() as session:
        session.execute(change)
    assert _row(decided) == before
    with transaction() as session:
        act_as_person(session, users["lead"])
        session.execute(change)
    assert _row(decided)[column] != before[column]


def test_the_word_of_a_person_counts_for_one_transaction_only(decided: int, users: dict[str, User]) -> None:
    with transaction() as session:
        act_as_person(session, users["lead"])
    for _ in range(30):  # whichever connection of the pool comes next
        with pytest.raises(sa.exc.DBAPIError, match="a machine may not change"), transaction() as session:
            session.execute(sa.update(Petition).values(type="other"))


def test_before_a_decision_a_machine_may_think_again(client: Client, work: Work) -> None:
    (petition,) = letters.file_letters(client("clerk"), work, [letters.complaint()])
    with transaction() as session:
        session.execute(sa.update(Petition).values(type="other"))
    assert _row(petition)["type"] == "other"


def test_reclassifying_everything_leaves_the_decided_alone(client: Client, work: Work, decided: int) -> None:
    before = _row(decided)
    (open_one,) = letters.file_letters(client("clerk"), work, [letters.recommendation()])
    with transaction() as session:
        session.execute(sa.update(Petition).where(Petition.id == open_one).values(type="other"))
    outcomes = {outcome.petition_id: outcome for outcome in reclassify(Selection(again=True), apply=True)}
    assert set(outcomes) == {decided, open_one}
    assert _row(decided) == before
    assert _row(open_one)["type"] == "recommendation"


def test_reading_again_leaves_the_decided_alone(client: Client, work: Work, decided: int) -> None:
    before = _row(decided)
    process_receipt(before["receipt_id"])  # type: ignore[arg-type]
    letters.file_letters(client("clerk"), work, [letters.complaint()])
    assert _row(decided) == before


def test_the_suggestion_that_was_overruled_is_kept(decided: int) -> None:
    with transaction() as session:
        (kept,) = session.scalars(sa.select(Suggestion).where(Suggestion.petition_id == decided))
    assert kept.proposal["type"]["label"] == "complaint"


@pytest.mark.parametrize("table", ["suggestions", "decisions", "handling_events", "link_events", "audit"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_what_was_said_and_done_only_grows(
    client: Client, work: Work, decided: int, table: str, change: str
) -> None:
    letters.file_letters(client("clerk"), work, [letters.complaint()])  # the same file: a link
    with transaction() as session:
        assert session.scalar(sa.text(f"SELECT count(*) FROM {table}")) > 0  # type: ignore[operator]
    with pytest.raises(sa.exc.DBAPIError, match="donthu:"), transaction() as session:
        session.execute(sa.text(change.format(table)))


def test_every_change_has_its_row_in_the_audit(client: Client, decided: int) -> None:
    from service.store.tables import Audit

    handler = client("handler_vp")
    for verb in ("take", "done"):
        assert handler.post(f"/api/v1/petitions/{decided}/{verb}").status_code == 200
    for verb in ("decide", "take", "done"):
        assert count(Audit, Audit.verb == verb, Audit.object_id == str(decided)) == 1, verb

"""Proposing anew: nothing that a person decided changes, the seal is only ever put on, and it can be interrupted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa

from models.live import live
from service.batch.reclassify import Diff, Outcome, Selection, count, reclassify
from service.desk.queue import give_back
from service.desk.review import Values, decide
from service.intake.receipts import Delivery, receive
from service.store.database import transaction
from service.store.tables import Audit, Channel, Petition, Suggestion, User
from tests.service import letters

# A type that today's model gives to none of the letters here.
WRONG = "other"


@pytest.fixture
def filed(users: dict[str, User], work: Callable[[], None]) -> dict[str, int]:
    """A complaint, a recommendation and a denunciation in the office, by name → petition id."""
    contents = {
        "complaint": letters.complaint(),
        "recommendation": letters.recommendation(),
        "denunciation": letters.denunciation(),
    }
    for name, data in contents.items():
        receive(Delivery(data, f"{name}.txt", Channel.ARCHIVE, received_on=date(2026, 3, 9)))
    work()
    with transaction() as session:
        ids = session.scalars(sa.select(Petition.id).order_by(Petition.receipt_id)).all()
    return dict(zip(contents, ids, strict=True))


def age(*ids: int) -> None:
    """Make letters look as an earlier, worse model had left them: open, of the wrong type."""
    with transaction() as session:
        for petition in session.scalars(sa.select(Petition).where(Petition.id.in_(ids))):
            old = Suggestion(
                petition_id=petition.id, model_version="cũ", proposal=petition.suggestion.proposal
            )
            session.add(old)
            session.flush()
            petition.suggestion_id, petition.type, petition.sealed = old.id, WRONG, False


def get(petition_id: int) -> Petition:
    with transaction() as session:
        return session.get_one(Petition, petition_id)


def snapshot(petition_id: int) -> dict[str, object]:
    petition = get(petition_id)
    return {column.key: getattr(petition, column.key) for column in sa.inspect(Petition).columns}


def suggestions(petition_id: int) -> list[str]:
    with transaction() as session:
        query = sa.select(Suggestion.model_version).where(Suggestion.petition_id == petition_id)
        return list(session.scalars(query.order_by(Suggestion.id)))


def test_letters_that_the_model_in_use_has_judged_are_skipped(filed: dict[str, int]) -> None:
    assert count(Selection()) == 0
    assert count(Selection(again=True)) == 3
    assert [bool(one.differences) for one in reclassify(Selection(again=True), apply=False)] == [False] * 3


def test_dry_run_tells_and_changes_nothing(filed: dict[str, int]) -> None:
    age(*filed.values())
    before = {one: snapshot(one) for one in filed.values()}
    outcomes = list(reclassify(Selection(), apply=False))
    by_id = {outcome.petition_id: outcome for outcome in outcomes}
    for name, petition_id in filed.items():
        assert by_id[petition_id].differences == {"type": (WRONG, name)}
        assert by_id[petition_id].seals == (name == "denunciation")
    assert not any(outcome.stored for outcome in outcomes)
    assert {one: snapshot(one) for one in filed.values()} == before


def test_apply_stores_suggestion_audit_and_seal(filed: dict[str, int]) -> None:
    age(*filed.values())
    assert all(outcome.stored for outcome in reclassify(Selection(), apply=True))
    current = live().classifier.version
    for name, petition_id in filed.items():
        petition = get(petition_id)
        assert (petition.type, petition.decided, petition.sealed) == (name, False, name == "denunciation")
        assert suggestions(petition_id) == [current, "cũ", current]
    with transaction() as session:
        rows = session.scalars(sa.select(Audit).where(Audit.verb == "reclassify")).all()
    assert {int(row.object_id) for row in rows} == set(filed.values())
    assert all(row.details["changed"] == ["type"] for row in rows)
    assert count(Selection()) == 0


def test_what_a_person_decided_stays_to_the_last_column(
    filed: dict[str, int], users: dict[str, User]
) -> None:
    """Also where the letter is back on the review desk."""
    age(*filed.values())
    queued, returned = filed["complaint"], filed["recommendation"]
    with transaction() as session:
        for one in (queued, returned):
            values = Values.of(get(one))
            changed = {name: getattr(values, name) for name in Values.__slots__} | {"unit_code": "VP"}
            decide(session, users["clerk"], one, Values(**changed))
        give_back(session, users["handler_vp"], returned, "không thuộc văn phòng")
    before = [(snapshot(one), suggestions(one)) for one in (queued, returned)]
    outcomes = {one.petition_id: one for one in reclassify(Selection(), apply=True)}
    assert [(snapshot(one), suggestions(one)) for one in (queued, returned)] == before
    for one in (queued, returned):
        assert outcomes[one].decided
        assert not outcomes[one].stored
        assert outcomes[one].differences["type"][0] == WRONG
    assert outcomes[filed["denunciation"]].stored


def test_decision_made_while_the_machine_was_thinking_wins(
    filed: dict[str, int], users: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    from service.batch import reclassify as module

    complaint = filed["complaint"]
    age(complaint)
    propose = module.propose

    def decide_meanwhile(*args: object, **options: object) -> object:
        with transaction() as session:
            decide(session, users["clerk"], complaint)
        return propose(*args, **options)

    monkeypatch.setattr(module, "propose", decide_meanwhile)
    (outcome,) = reclassify(Selection(), apply=True)
    assert not outcome.stored
    assert (get(complaint).type, get(complaint).decided) == (WRONG, True)


def test_machine_never_opens_a_sealed_letter(filed: dict[str, int]) -> None:
    age(*filed.values())
    recommendation = filed["recommendation"]
    with transaction() as session:
        session.execute(sa.update(Petition).where(Petition.id == recommendation).values(sealed=True))
    list(reclassify(Selection(), apply=True))
    assert get(recommendation).type == "recommendation"
    assert get(recommendation).sealed


def test_interrupted_run_goes_on_where_it_stopped(filed: dict[str, int]) -> None:
    age(*filed.values())
    running = reclassify(Selection(), apply=True)
    first = next(running)
    running.close()
    assert first.stored
    rest = [outcome.petition_id for outcome in reclassify(Selection(), apply=True)]
    assert [first.petition_id, *rest] == sorted(filed.values())


def test_selection_by_day_type_and_id(filed: dict[str, int]) -> None:
    everything = Selection(again=True)
    assert count(Selection(since=date(2026, 3, 9), until=date(2026, 3, 9), again=True)) == count(everything)
    assert count(Selection(since=date(2026, 3, 10), again=True)) == 0
    assert count(Selection(until=date(2026, 3, 8), again=True)) == 0
    assert count(Selection(only=("complaint",), again=True)) == 1
    first, *others = sorted(filed.values())
    after = Selection(after=first, again=True)
    assert [one.petition_id for one in reclassify(after, apply=False)] == others


def test_diff_counts_decided_letters_apart() -> None:
    diff = Diff()
    change: dict[str, tuple[str | None, str | None]] = {"type": ("other", "complaint")}
    for decided, differences in ((False, change), (False, {}), (True, change), (True, {})):
        diff.add(Outcome(1, "2026-000001", decided, differences, seals=False, stored=not decided))
    assert diff.counts == {
        "letters": 4, "decided": 2, "decided_otherwise": 1, "changed": 1, "stored": 2, "sealed": 0,
    }  # fmt: skip
    assert diff.matrices == {"type": {("other", "complaint"): 1}}

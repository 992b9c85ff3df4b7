"""What the law says, case by case; the cases were written from the dossier."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from models.law import (
    Addressee,
    Body,
    Event,
    LetterFacts,
    Level,
    MatterHit,
    Target,
    as_text,
    assess,
    clock_for,
)
from models.office import Office, load_office, office_from_spec
from models.proposal import Action, CompetenceKind, Field, PetitionType, Stage

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
OFFICES = Path(__file__).parents[3] / "models" / "offices"
_PLAIN = {field.name for field in fields(LetterFacts)} - {"type", "field", "stage", "matters"}


def office_of(case: dict[str, Any]) -> Office:
    name = case.get("office")
    if name is None:
        return load_office()
    return office_from_spec(name) if ":" in name else load_office(OFFICES / f"{name}.yaml")


def target_of(case: dict[str, Any]) -> Target:
    if "about" not in case:
        return Target()
    body, level, place, *head = case["about"]
    return Target(
        Body(body),
        Level(level) if level else None,
        place=place,
        head=head[0] if head else None,
        state_owned=case.get("state_owned"),
    )


def facts_of(case: dict[str, Any]) -> LetterFacts:
    stage = case.get("stage", "first" if case["type"] != "other" else None)
    return LetterFacts(
        type=PetitionType(case["type"]),
        field=Field(case["field"]),
        received_on=case["received"],
        stage=Stage(stage) if stage else None,
        target=target_of(case),
        matters=tuple(MatterHit(name, score) for name, score in case.get("matters", {}).items()),
        addressees=tuple(
            Addressee(Body(body), Level(level), f"{body} {place}", place)
            for body, level, place in case.get("to", [])
        ),
        **{key: value for key, value in case.items() if key in _PLAIN},
    )


@pytest.mark.parametrize("case", CASES, ids=[case["note"] for case in CASES])
def test_case_of_the_dossier(case: dict[str, Any]) -> None:
    found = assess(facts_of(case), office_of(case))
    assert found.competence.kind == case["kind"], as_text(found.trace)
    assert found.competence.within_office is case["within"], as_text(found.trace)
    assert found.action.code == case["action"], as_text(found.trace)
    assert found.deadline.due == case["due"], as_text(found.trace)
    if "level" in case:
        assert found.competence.level == case["level"]
    if "doubt" in case:
        assert case["doubt"] in " ".join((*found.reasons, *found.notes))
    if "basis" in case:
        assert case["basis"] in [f"{basis.act} {basis.article}" for basis in found.action.basis]
    if "agency" in case:
        assert found.competence.agency == case["agency"]
    assert found.action.code in found.action.allowed
    assert found.competence.basis
    assert found.action.basis
    assert "{" not in found.competence.agency + found.competence.agency_code


def test_there_are_enough_cases_and_each_says_why() -> None:
    assert len(CASES) >= 80
    assert len({case["note"] for case in CASES}) == len(CASES)


def test_every_regime_and_every_kind_of_the_law_is_covered() -> None:
    found = [assess(facts_of(case), office_of(case)) for case in CASES]
    assert {assessment.regime for assessment in found} == {"P1", "P2", "P3"}
    assert {a.competence.kind for a in found} >= set(CompetenceKind) - {CompetenceKind.PUBLIC_UNIT}
    assert {a.action.code for a in found} == set(Action) - {Action.RETURN}


@pytest.mark.parametrize("petition", PetitionType)
@pytest.mark.parametrize("stage", [None, *Stage])
def test_every_combination_has_an_answer(petition: PetitionType, stage: Stage | None) -> None:
    """No body, level, field or stage leaves the tables without a row."""
    base = {"type": petition, "stage": stage}
    days = [
        case["received"]
        for case in CASES
        if case["note"].startswith(("P1 ward's own", "P2 the same", "P3 the same:"))
    ]
    office = load_office()
    for day in days:
        for field in Field:
            facts = LetterFacts(received_on=day, field=field, **base)
            assert assess(facts, office).competence.agency
        for body in Body:
            for level in (None, *Level):
                for head in (True, False, None):
                    facts = LetterFacts(received_on=day, target=Target(body, level, head=head), **base)
                    found = assess(facts, office)
                    assert found.competence.agency
                    assert found.regime in ("P1", "P2", "P3")


def test_conditions_show_what_is_missing() -> None:
    facts = facts_of(CASES[0] | {"has_address": False, "has_signature": None})
    met = {condition.id: condition.met for condition in assess(facts, load_office()).conditions}
    assert met["X2"] is False
    assert met["N1"] is False
    assert met["X3"] is True
    assert "X4" not in met, "the denouncer's condition is not asked of a complaint"


def test_an_untold_fact_leaves_a_condition_open() -> None:
    facts = facts_of(CASES[0] | {"has_signature": None})
    met = {condition.id: condition.met for condition in assess(facts, load_office()).conditions}
    assert met["X2"] is None
    assert met["N4"] is None, "no machine can say that a letter is not hostile"


def test_unverified_articles_are_marked() -> None:
    case = next(case for case in CASES if case["note"].startswith("P2 former district"))
    found = assess(facts_of(case), office_of(case))
    assert not found.competence.basis[0].verified
    assert "cần kiểm chứng" in as_text(found.trace)


def test_the_trace_names_first_and_second_rule() -> None:
    case = next(case for case in CASES if case["note"].startswith("P3 after the ward:"))
    rules = [step.rule for step in assess(facts_of(case), office_of(case)).trace]
    assert rules[:2] == ["KN1-COMMUNE", "KN2-AFTER-COMMUNE"]


def test_clock_of_resolution_starts_at_acceptance() -> None:
    view = {"type": PetitionType.COMPLAINT, "stage": Stage.SECOND}
    deadline, trace = clock_for(Event.ACCEPTANCE, view, CASES[2]["received"])
    # 45 days after 03/08/2026 is Thursday 17/09/2026.
    assert deadline.due is not None
    assert deadline.due.isoformat() == "2026-09-17"
    assert trace[0].rule == "KN-RESOLVE-SECOND"


def test_no_clock_for_a_letter_that_is_filed() -> None:
    deadline, trace = clock_for(
        Event.RECEIPT, {"type": "complaint", "action": Action.FILE}, CASES[2]["received"]
    )
    assert deadline.due is None
    assert trace == ()


def test_unit_of_the_field_handles_what_is_within_and_the_desk_the_rest() -> None:
    own = next(case for case in CASES if case["note"].startswith("P3 the same: 7"))
    other = next(case for case in CASES if case["note"].startswith("another ward's"))
    assert assess(facts_of(own), office_of(own)).unit.code == "P_KTHTDT"
    assert assess(facts_of(other), office_of(other)).unit.code == "VP"

"""The proposal as JSON: the fixed interface of design §4."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from models.proposal import (
    Basis,
    Choice,
    CitedDecision,
    Competence,
    Condition,
    Deadline,
    Evidence,
    Mention,
    Part,
    Person,
    Proposal,
)

Json = dict[str, Any]


def encode(proposal: Proposal) -> Json:
    """All of a proposal in plain types; dates as ISO strings, offsets in characters of the input."""
    return {
        "type": _choice(proposal.type),
        "mixed": {"is_mixed": proposal.is_mixed, "parts": [_part(part) for part in proposal.parts]},
        "field": _choice(proposal.field),
        "stage": str(proposal.stage) if proposal.stage else None,
        "petitioners": [_person(person) for person in proposal.petitioners],
        "respondents": [_person(person) for person in proposal.respondents],
        "addressees": [_mention(mention) for mention in proposal.addressees],
        "places": [_mention(mention) for mention in proposal.places],
        "decisions": [_decision(decision) for decision in proposal.decisions],
        "written_on": proposal.written_on.isoformat() if proposal.written_on else None,
        "conditions": [_condition(condition) for condition in proposal.conditions],
        "competence": _competence(proposal.competence),
        "action": {
            "code": str(proposal.action.code),
            "allowed": [str(code) for code in proposal.action.allowed],
            "basis": _bases(proposal.action.basis),
        },
        "deadline": _deadline(proposal.deadline),
        "unit": {"code": proposal.unit.code, "name": proposal.unit.name} if proposal.unit else None,
        "review": {
            "needed": proposal.needs_review,
            "reasons": list(proposal.review_reasons),
            "notes": list(proposal.notes),
        },
        "model": {"version": proposal.model_version},
        "regime": proposal.regime,
        "summary": proposal.summary,
    }


def _choice(choice: Choice) -> Json:
    return {
        "label": str(choice.label),
        "probability": round(choice.probability, 4),
        "alternatives": [
            {"label": str(label), "probability": round(chance, 4)} for label, chance in choice.alternatives
        ],
        "evidence": _evidence(choice.evidence),
    }


def _evidence(evidence: Iterable[Evidence]) -> list[Json]:
    return [
        {"start": one.start, "end": one.end, "text": one.text, "weight": round(one.weight, 4)}
        for one in evidence
    ]


def _bases(bases: Iterable[Basis]) -> list[Json]:
    return [asdict(basis) for basis in bases]


def _part(part: Part) -> Json:
    return {**asdict(part), "type": str(part.type), "probability": round(part.probability, 4)}


def _person(person: Person) -> Json:
    return asdict(person)


def _mention(mention: Mention) -> Json:
    return asdict(mention)


def _decision(decision: CitedDecision) -> Json:
    return {**asdict(decision), "date": decision.date.isoformat() if decision.date else None}


def _condition(condition: Condition) -> Json:
    return {
        "id": condition.id,
        "label": condition.label,
        "met": condition.met,
        "evidence": _evidence(condition.evidence),
        "basis": _bases(condition.basis),
    }


def _competence(competence: Competence) -> Json:
    return {
        "agency": competence.agency,
        "agency_code": competence.agency_code,
        "kind": str(competence.kind),
        "level": competence.level,
        "within_office": competence.within_office,
        "basis": _bases(competence.basis),
        "evidence": _evidence(competence.evidence),
    }


def _deadline(deadline: Deadline) -> Json:
    return {
        "due": deadline.due.isoformat() if deadline.due else None,
        "rule": deadline.rule,
        "label": deadline.label,
        "basis": _bases(deadline.basis),
    }

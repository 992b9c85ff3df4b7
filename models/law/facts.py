"""Facts of one letter that the law asks for. None always means: the letter does not tell."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.law.codes import Body, Level
from models.proposal import Evidence, Field, PetitionType, Stage


@dataclass(frozen=True, slots=True)
class Target:
    """The body that decided or acted, or the body of the person denounced.

    `place` is its local name with the unit's type where written ("phường Kim Liên"); `head` tells
    whether the person is its head or deputy head; `code` is the gazetteer's.
    """

    body: Body | None = None
    level: Level | None = None
    name: str | None = None
    place: str | None = None
    code: str | None = None
    head: bool | None = None
    state_owned: bool | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Addressee:
    """A body that the letter was sent to."""

    body: Body | None
    level: Level | None
    name: str
    place: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class MatterHit:
    """A matter of matter_cues.yaml whose words the letter has, with their points."""

    id: str
    score: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """Everything that the rules ask of one letter; `evidence` is kept by the name of the fact.

    `here` is the commune where the matter is; `province` the sender's where it is not the office's.
    """

    type: PetitionType
    received_on: date
    field: Field = Field.OTHER
    stage: Stage | None = None
    parts: tuple[PetitionType, ...] = ()
    mixed: bool = False
    target: Target = Target()
    addressees: tuple[Addressee, ...] = ()
    matters: tuple[MatterHit, ...] = ()
    here: str | None = None
    province: str | None = None
    discipline: bool = False
    vietnamese: bool | None = True
    has_name: bool | None = True
    has_address: bool | None = True
    has_signature: bool | None = True
    has_date: bool | None = True
    has_contact: bool | None = True
    has_respondent: bool | None = True
    has_act: bool | None = True
    has_request: bool | None = True
    has_content: bool | None = True
    legible: bool | None = True
    on_paper: bool | None = True
    anonymous: bool = False
    substantiated: bool | None = None
    insulting: bool | None = None
    hostile: bool | None = None
    guided: bool | None = None
    resolved_finally: bool | None = None
    concluded: bool | None = None
    new_evidence: bool | None = None
    overdue: bool | None = None
    n_signers: int = 1
    has_representative: bool | None = None
    decided_on: date | None = None
    written_on: date | None = None
    evidence: Mapping[str, tuple[Evidence, ...]] = dataclasses.field(default_factory=dict)


# Facts that conditions may name; the last two are worked out by the assessment itself.
CONDITION_FACTS = frozenset(
    [
        "vietnamese",
        "has_name",
        "has_address",
        "has_signature",
        "has_date",
        "has_contact",
        "has_respondent",
        "has_act",
        "has_request",
        "has_content",
        "legible",
        "on_paper",
        "anonymous",
        "substantiated",
        "insulting",
        "hostile",
        "guided",
        "complete",
        "cc_competent",
    ]
)

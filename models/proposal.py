"""What the models say of a letter: a proposal, each line with its probability and its reasons.

A proposal decides nothing. `Proposal.to_json()` is the fixed interface of design §4.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class PetitionType(StrEnum):
    """What a letter legally is (TT 05/2021/TT-TTCP art. 6)."""

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    RECOMMENDATION = "recommendation"
    OTHER = "other"


class Field(StrEnum):
    """The matter that a letter is about."""

    LAND = "land"
    COMPENSATION = "compensation"
    CONSTRUCTION = "construction"
    ENVIRONMENT = "environment"
    TRAFFIC = "traffic"
    LABOUR_INSURANCE = "labour_insurance"
    SOCIAL_POLICY = "social_policy"
    EDUCATION = "education"
    HEALTH = "health"
    JUDICIARY = "judiciary"
    POLICE_ORDER = "police_order"
    OFFICIALS = "officials"
    CORRUPTION = "corruption"
    CIVIL_STATUS = "civil_status"
    CIVIL_DISPUTE = "civil_dispute"
    HOUSING = "housing"
    URBAN_ORDER = "urban_order"
    PUBLIC_SERVICE = "public_service"
    UTILITIES = "utilities"
    TAX_FINANCE = "tax_finance"
    COMMERCE = "commerce"
    CULTURE_RELIGION = "culture_religion"
    OTHER = "other"


class Stage(StrEnum):
    """Where in its course a matter stands when the letter is written."""

    FIRST = "first"
    SECOND = "second"
    CONTINUED = "continued"
    SUPPLEMENT = "supplement"
    WITHDRAWAL = "withdrawal"
    REMINDER = "reminder"


class CompetenceKind(StrEnum):
    """Kind of the authority that has to deal with a letter."""

    COMMUNE_CHAIR = "commune_chair"
    PROVINCE_CHAIR = "province_chair"
    DISTRICT_CHAIR = "district_chair"
    DEPARTMENT_HEAD = "department_head"
    MINISTER = "minister"
    PRIME_MINISTER = "prime_minister"
    POLICE = "police"
    COURT = "court"
    PROCURACY = "procuracy"
    ENFORCEMENT = "enforcement"
    SOCIAL_INSURANCE = "social_insurance"
    TAX = "tax"
    PARTY = "party"
    COMMUNE_MEDIATION = "commune_mediation"
    PUBLIC_UNIT = "public_unit"
    ENTERPRISE = "enterprise"
    OTHER = "other"


class Action(StrEnum):
    """The next step that the office takes with a letter (TT 05/2021/TT-TTCP)."""

    ACCEPT = "accept"
    GUIDE = "guide"
    TRANSFER = "transfer"
    RETURN = "return"
    FILE = "file"
    SPLIT = "split"
    ASK = "ask"
    ATTACH = "attach"
    NOT_A_PETITION = "not_a_petition"


class LinkLevel(StrEnum):
    """How closely two letters belong together; never mixed (design §7)."""

    SAME_FILE = "same_file"
    SAME_TEXT = "same_text"
    SAME_LETTER = "same_letter"
    SAME_CASE = "same_case"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the letter that a line of the proposal rests on; offsets count its characters."""

    start: int
    end: int
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Basis:
    """Article of law that a line rests on. `verified` is False for facts still to be checked."""

    act: str
    article: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """A label with its probability (0..1), the others in falling order, and the evidence."""

    label: str
    probability: float
    alternatives: tuple[tuple[str, float], ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One content of a letter with several contents."""

    type: PetitionType
    start: int
    end: int
    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in the letter; `role` e.g. "petitioner", "representative", "respondent"."""

    name: str
    role: str
    start: int | None = None
    end: int | None = None
    position: str | None = None
    address: str | None = None
    id_number: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of an agency or place as written, with the code of what it was resolved to."""

    text: str
    start: int
    end: int
    code: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class CitedDecision:
    """A decision that the letter cites."""

    number: str
    date: date | None
    issuer: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition for processing; `met` is None where the letter does not tell."""

    id: str
    label: str
    met: bool | None
    evidence: tuple[Evidence, ...] = ()
    basis: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class Competence:
    """Who has to deal with the letter, and why."""

    agency: str
    agency_code: str
    kind: CompetenceKind
    level: str
    within_office: bool
    basis: tuple[Basis, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionProposal:
    """The recommended action among those that the law allows."""

    code: Action
    allowed: tuple[Action, ...]
    basis: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """Day on which the legal clock runs out; None where no clock runs."""

    due: date | None
    rule: str | None
    label: str | None = None
    basis: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the office that handles letters."""

    code: str
    name: str


@dataclass(frozen=True)
class Proposal:
    """All that the models propose for one letter.

    `review_reasons` are doubts for which a person has to look with care, `notes` mere remarks.
    """

    type: Choice
    is_mixed: bool
    parts: tuple[Part, ...]
    field: Choice
    stage: Stage | None
    petitioners: tuple[Person, ...]
    respondents: tuple[Person, ...]
    addressees: tuple[Mention, ...]
    places: tuple[Mention, ...]
    decisions: tuple[CitedDecision, ...]
    written_on: date | None
    conditions: tuple[Condition, ...]
    competence: Competence
    action: ActionProposal
    deadline: Deadline
    unit: Unit | None
    review_reasons: tuple[str, ...]
    model_version: str
    regime: str
    notes: tuple[str, ...] = ()
    summary: str = ""
    extra: dict[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def needs_review(self) -> bool:
        """Whether the machine is not sure enough to stand by its proposal."""
        return bool(self.review_reasons)

    def to_json(self) -> dict[str, Any]:
        """The proposal as the JSON object of design §4 (without `id`)."""
        from models.proposal_json import encode

        return encode(self)

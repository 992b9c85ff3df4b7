"""Shape of the rulebook's files: what a row may hold (pydantic rejects everything else)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from models.law.codes import Body, Event, Level
from models.proposal import Action, CompetenceKind, PetitionType, Stage
from models.proposal import Field as Matter

Scalar = bool | str | None
V = TypeVar("V")


def _as_tuple(value: Any) -> Any:
    """A single value stands for a list of one."""
    return tuple(value) if isinstance(value, list | tuple) else (value,)


Wanted = Annotated[tuple[Scalar, ...], BeforeValidator(_as_tuple)]


class Strict(BaseModel):
    """Base of all rows: frozen, unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Strict):
    """Article of an act; `act` is an id of instruments.yaml."""

    act: str
    article: str


class Dated(Strict):
    """Something with an id that holds from one day to another, both included."""

    id: str
    effective_from: date
    effective_to: date | None = None
    verified: bool

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on `day`."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


class Instrument(Dated):
    """An act of law with the days on which it is in force."""

    name: str


class Regime(Dated):
    """A period in which the law on petitions stood still."""

    label: str
    basis: tuple[Source, ...]


class Row(Dated, Generic[V]):
    """One rule: when it fits, what it says, on which article it rests."""

    label: str = ""
    when: dict[str, Wanted] = {}
    value: V
    basis: tuple[Source, ...] = ()


class CompetenceValue(Strict):
    """Who settles. `agency` and `code` may name placeholders; `successor`: the first body is gone."""

    kind: CompetenceKind
    level: Level
    agency: str
    code: str
    successor: bool = False


class ActionValue(Strict):
    """The usual action and all that the law allows."""

    code: Action
    allowed: tuple[Action, ...]


class DeadlineValue(Strict):
    """Length of a clock, with the longer ones for complex cases and remote areas (same unit)."""

    amount: int = Field(ge=0)
    unit: Literal["day", "working_day"]
    complex: int | None = None
    remote: int | None = None
    remote_complex: int | None = None


class ConditionValue(Strict):
    """Facts that must hold (`all`) or must not (`none`); `only_if`: asked only where that fact is true."""

    types: tuple[PetitionType, ...]
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    only_if: str | None = None


class DepartmentValue(Strict):
    """Professional body of the province and ministry for a field."""

    code: str
    department: str
    ministry: str


class MatterCues(Strict):
    """Words of a matter: it applies where they add up to `threshold`."""

    threshold: int = Field(ge=1)
    fields: tuple[Matter, ...]
    cues: tuple[str, ...]
    over_target: bool = False


class BodyNames(Strict):
    """How a kind of body is called, the field of the department above it, the fields that hint at it."""

    label: str
    field: Matter | None = None
    assumed_for: tuple[Matter, ...] = ()


class DayOverride(Strict):
    """A day on which offices work or rest against the ordinary calendar."""

    day: date
    works: bool
    note: str
    source: str
    verified: bool


_FLAGS = [
    "head",
    "discipline",
    "state_owned",
    "within",
    "mixed",
    "anonymous",
    "substantiated",
    "processable",
    "guided",
    "abusive",
    "cc_competent",
    "resolved_finally",
    "concluded",
    "new_evidence",
    "overdue",
    "subordinate",
    "has_content",
    "legible",
    "on_paper",
]

# Every key that `when` may ask for, with the values it can have; matters are added by the loader.
VOCABULARY: dict[str, frozenset[Scalar]] = {
    **{flag: frozenset({True, False, None}) for flag in _FLAGS},
    "type": frozenset(PetitionType),
    "stage": frozenset({*Stage, None}),
    "field": frozenset(Matter),
    "body": frozenset({*Body, None}),
    "level": frozenset({*Level, None}),
    "kind": frozenset(CompetenceKind),
    "first_kind": frozenset(CompetenceKind),
    "action": frozenset(Action),
    "event": frozenset(Event),
    "office": frozenset({"ward", "commune", "district", "department", "city", "province"}),
}
PLACEHOLDERS = frozenset(
    {"own", "commune", "district", "province", "here", "body", "department", "department_code", "ministry"}
)

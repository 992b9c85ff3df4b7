"""The rulebook: dated rules read from YAML, checked once, and asked by day.

A rulebook that contradicts itself is not loaded: RulebookError names file and row.
"""

from __future__ import annotations

import string
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import resources
from importlib.abc import Traversable
from itertools import pairwise
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from models.law.codes import Body
from models.law.facts import CONDITION_FACTS
from models.law.schema import (
    PLACEHOLDERS,
    VOCABULARY,
    ActionValue,
    BodyNames,
    CompetenceValue,
    ConditionValue,
    Dated,
    DayOverride,
    DeadlineValue,
    DepartmentValue,
    Instrument,
    MatterCues,
    Regime,
    Row,
    Scalar,
)
from models.proposal import Basis, Field

D = TypeVar("D", bound=Dated)
V = TypeVar("V")
View = Mapping[str, Scalar]
Competences = tuple[Row[CompetenceValue], ...]


class RulebookError(ValueError):
    """The rulebook contradicts itself or names something unknown."""


@dataclass(frozen=True)
class Rulebook:
    """All rules, of all times. `first` picks one; `basis` turns sources into what users are shown."""

    instruments: Mapping[str, Instrument]
    regimes: tuple[Regime, ...]
    conditions: tuple[Row[ConditionValue], ...]
    complaint: Mapping[str, Competences]
    denunciation: Mapping[str, Competences]
    recommendation: Mapping[str, Competences]
    matters: Competences
    matter_cues: Mapping[str, MatterCues]
    actions: tuple[Row[ActionValue], ...]
    deadlines: tuple[Row[DeadlineValue], ...]
    departments: tuple[Row[DepartmentValue], ...]
    days: tuple[DayOverride, ...]
    bodies: Mapping[Body, BodyNames]
    _epochs: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _in_force: dict[tuple[int, int], Sequence[Any]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note the days on which anything changes: between two of them every question has one answer."""
        changes = {self.regimes[0].effective_from}
        for _, rows in self.tables():
            for row in rows:
                changes.add(row.effective_from)
                if row.effective_to is not None:
                    changes.add(row.effective_to + timedelta(days=1))
        object.__setattr__(self, "_epochs", tuple(sorted(changes)))

    def tables(self) -> Iterable[tuple[str, tuple[Row[Any], ...]]]:
        """Every table of rules with its name."""
        for name in ("complaint", "denunciation", "recommendation"):
            for part, rows in getattr(self, name).items():
                yield f"{name}.{part}", rows
        for name in ("conditions", "matters", "actions", "deadlines", "departments"):
            yield name, getattr(self, name)

    def in_force(self, rows: tuple[D, ...], day: date) -> Sequence[D]:
        """The rows that hold on `day` in their order; days before the oldest regime count as its first."""
        day = max(day, self.regimes[0].effective_from)
        key = (id(rows), bisect_right(self._epochs, day))
        found = self._in_force.get(key)
        if found is None:
            found = self._in_force[key] = tuple(row for row in rows if row.holds_on(day))
        return found

    def first(self, rows: tuple[Row[V], ...], view: View, day: date) -> Row[V] | None:
        """The first row in force whose every wish the view fulfils; None where none does."""
        for row in self.in_force(rows, day):
            if all(view.get(key) in wanted for key, wanted in row.when.items()):
                return row
        return None

    def regime(self, day: date) -> Regime:
        """The period that holds on `day`; the oldest on file for earlier days."""
        for regime in self.regimes:
            if regime.holds_on(day):
                return regime
        return self.regimes[0]

    def basis(self, row: Row[V]) -> tuple[Basis, ...]:
        """The articles of a row with the names of their acts."""
        return tuple(
            Basis(self.instruments[source.act].name, source.article, row.verified) for source in row.basis
        )


# What the data say where the article has not been seen.
UNKNOWN_ARTICLE = "chưa rõ điều"


def _parse(kind: Any, file: Traversable) -> Any:
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        return TypeAdapter(kind).validate_python(data)
    except (ValidationError, yaml.YAMLError, OSError) as error:
        raise RulebookError(f"{file.name}: {error}") from error


def check_time_line(name: str, rows: Iterable[Dated]) -> None:
    """Rows of one id follow each other day by day; RulebookError where they overlap or leave a gap."""
    series: dict[str, list[Dated]] = {}
    for row in rows:
        series.setdefault(row.id, []).append(row)
    for rule, versions in series.items():
        versions.sort(key=lambda version: version.effective_from)
        for version in versions:
            if version.effective_to is not None and version.effective_to < version.effective_from:
                raise RulebookError(f"{name}: {rule} ends before it begins")
        for earlier, later in pairwise(versions):
            end = earlier.effective_to
            if end is None or later.effective_from <= end:
                raise RulebookError(f"{name}: {rule} overlaps at {later.effective_from}")
            if later.effective_from != end + timedelta(days=1):
                raise RulebookError(f"{name}: {rule} has a gap after {end}")


def check_sources(
    name: str, rows: Iterable[Row[Any] | Regime], instruments: Mapping[str, Instrument]
) -> None:
    """Every source names a known act that is in force while the row holds; without its article none is verified."""
    for row in rows:
        for source in row.basis:
            if source.article == UNKNOWN_ARTICLE and row.verified:
                raise RulebookError(f"{name}: {row.id} is marked verified without its article")
            act = instruments.get(source.act)
            if act is None:
                raise RulebookError(f"{name}: {row.id} rests on unknown act {source.act}")
            ends_early = act.effective_to is not None and (
                row.effective_to is None or row.effective_to > act.effective_to
            )
            if act.effective_from > row.effective_from or ends_early:
                raise RulebookError(f"{name}: {row.id} outlives {source.act}")


def check_codes(name: str, rows: Iterable[Row[Any]], matters: Iterable[str], facts: frozenset[str]) -> None:
    """Every code in `when`, every placeholder and every fact of a condition exists."""
    words = VOCABULARY | {"matter": frozenset({*matters, None})}
    for row in rows:
        for key, wanted in row.when.items():
            unknown = set(wanted) - words.get(key, frozenset())
            if unknown:
                raise RulebookError(f"{name}: {row.id} asks {key} for unknown {sorted(map(str, unknown))}")
        value = row.value
        if isinstance(value, CompetenceValue):
            parts = string.Formatter().parse(value.agency + value.code)
            dangling = {part for _, part, _, _ in parts if part} - PLACEHOLDERS
        elif isinstance(value, ConditionValue):
            dangling = {*value.all, *value.none, *filter(None, [value.only_if])} - facts
        else:
            dangling = set()
        if dangling:
            raise RulebookError(f"{name}: {row.id} names unknown {sorted(dangling)}")


def _check(book: Rulebook, facts: frozenset[str]) -> None:
    check_time_line("instruments", book.instruments.values())
    check_time_line("regimes", [regime.model_copy(update={"id": "regime"}) for regime in book.regimes])
    check_sources("regimes", book.regimes, book.instruments)
    matters = {row.id for row in book.matters}
    for name, rows in book.tables():
        check_time_line(name, rows)
        check_sources(name, rows, book.instruments)
        check_codes(name, rows, matters, facts)
    if matters != set(book.matter_cues):
        raise RulebookError(f"matter_cues: differ from matters by {sorted(matters ^ set(book.matter_cues))}")
    if missing := set(Body) - set(book.bodies):
        raise RulebookError(f"bodies: no name for {sorted(missing)}")
    homeless = set(Field) - {wanted for row in book.departments for wanted in row.when["field"]}
    if homeless:
        raise RulebookError(f"departments: no body for {sorted(homeless)}")


def load_rulebook(folder: Traversable | None = None) -> Rulebook:
    """Read and check the rulebook (default: the one in `models/rulebook`).

    Raises RulebookError for a bad shape, a gap or overlap in time, an unknown act or a dangling code.
    """
    home = folder if folder is not None else resources.files("models") / "rulebook"

    def rows(kind: Any, name: str) -> Any:
        return _parse(tuple[kind, ...], home / f"{name}.yaml")

    def tables(name: str) -> Any:
        return _parse(dict[str, tuple[Row[CompetenceValue], ...]], home / f"{name}.yaml")

    book = Rulebook(
        instruments={act.id: act for act in rows(Instrument, "instruments")},
        regimes=rows(Regime, "regimes"),
        conditions=rows(Row[ConditionValue], "conditions"),
        complaint=tables("complaint"),
        denunciation=tables("denunciation"),
        recommendation=tables("recommendation"),
        matters=rows(Row[CompetenceValue], "matters"),
        matter_cues=_parse(dict[str, MatterCues], home / "matter_cues.yaml"),
        actions=rows(Row[ActionValue], "actions"),
        deadlines=rows(Row[DeadlineValue], "deadlines"),
        departments=rows(Row[DepartmentValue], "departments"),
        days=rows(DayOverride, "holidays_override"),
        bodies=_parse(dict[Body, BodyNames], home / "bodies.yaml"),
    )
    _check(book, CONDITION_FACTS)
    return book


@cache
def rulebook() -> Rulebook:
    """The rulebook of this version of the program."""
    return load_rulebook()

"""The conditions for processing a letter, each met, not met, or not told by the letter."""

from __future__ import annotations

from collections.abc import Mapping

from models.law.facts import LetterFacts
from models.law.rulebook import Rulebook
from models.law.schema import ConditionValue
from models.proposal import Condition, Evidence

# These are worked out from the other conditions, so they do not count towards completeness themselves.
_DERIVED = frozenset({"complete", "cc_competent", "substantiated"})


def check_conditions(
    facts: LetterFacts, book: Rulebook, cc_competent: bool
) -> tuple[tuple[Condition, ...], bool | None]:
    """All conditions for a letter of this type, and whether the letter is complete.

    A letter of nobody is complete where its content can be checked; `None` means that some fact of
    form is not told and none is missing.
    """
    rows = [
        row
        for row in book.in_force(book.conditions, facts.received_on)
        if facts.type in row.value.types and _asked(row.value, facts)
    ]
    formal = [
        _met(row.value, facts, {}) for row in rows if row.value.all and not _DERIVED & set(row.value.all)
    ]
    complete = _all(formal)
    if facts.anonymous and facts.substantiated:
        complete = True
    derived = {"complete": complete, "cc_competent": cc_competent}
    conditions = tuple(
        Condition(
            row.id, row.label, _met(row.value, facts, derived), _evidence(row.value, facts), book.basis(row)
        )
        for row in rows
    )
    return conditions, complete


def missing(facts: LetterFacts, book: Rulebook) -> tuple[str, ...]:
    """Names of the facts of form that the letter lacks for certain."""
    wanted = (
        name
        for row in book.in_force(book.conditions, facts.received_on)
        if facts.type in row.value.types and row.value.only_if is None
        for name in row.value.all
        if name not in _DERIVED
    )
    return tuple(dict.fromkeys(name for name in wanted if getattr(facts, name) is False))


def _asked(value: ConditionValue, facts: LetterFacts) -> bool:
    return value.only_if is None or getattr(facts, value.only_if) is True


def _met(value: ConditionValue, facts: LetterFacts, derived: Mapping[str, bool | None]) -> bool | None:
    def fact(name: str) -> bool | None:
        told: bool | None = derived[name] if name in derived else getattr(facts, name)
        return told

    against = [None if (told := fact(name)) is None else not told for name in value.none]
    return _all([fact(name) for name in value.all] + against)


def _all(parts: list[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _evidence(value: ConditionValue, facts: LetterFacts) -> tuple[Evidence, ...]:
    names = (*value.all, *value.none)
    return tuple(span for name in names for span in facts.evidence.get(name, ()))

"""What the classifiers have read off a letter, before the law is asked."""

from __future__ import annotations

from dataclasses import dataclass

from models.proposal import Choice, Evidence, Part, Stage


@dataclass(frozen=True, slots=True)
class Reading:
    """Type, field, parts and stage of a letter; the rulebook's input beside the Doc itself."""

    type: Choice
    field: Choice
    is_mixed: bool
    parts: tuple[Part, ...]
    stage: Stage | None
    stage_evidence: tuple[Evidence, ...] = ()

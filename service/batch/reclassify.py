"""Propose anew for letters that are in the office already, with the model and rules of today.

What a person has decided is never touched: such letters are proposed for and reported only, not even a suggestion is
added. Of the others the suggestion is kept beside the old ones and becomes what holds. The seal may only be put on:
a machine never opens a letter. Each letter is one transaction, so stopping anywhere costs nothing; letters that the
model in use has judged already are skipped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from models import propose
from models.live import live
from models.proposal import Proposal
from nlp import read_text
from service import audit
from service.office import office
from service.store.database import transaction
from service.store.tables import Petition, Reading, Receipt, Suggestion
from service.work.process import add_suggestion, columns, must_seal

# The columns whose change people are told of; names and summaries are not among them.
SHOWN = ("type", "field", "stage", "competence_kind", "action", "unit_code", "due")
PAGE = 200


@dataclass(frozen=True, slots=True)
class Selection:
    """Which letters: received from `since` to `until`, of the types `only`, with ids above `after`.

    `again` takes also those that the model in use has judged already (rules or office have changed).
    """

    since: date | None = None
    until: date | None = None
    only: Sequence[str] = ()
    after: int = 0
    again: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one letter: `differences` column → (old, new); `seals` where the machine seals it now."""

    petition_id: int
    number: str
    decided: bool
    differences: dict[str, tuple[str | None, str | None]]
    seals: bool
    stored: bool


@dataclass
class Diff:
    """The sum of a run: counts, and for each column a matrix of (old, new) → number of letters."""

    counts: Counter[str] = field(default_factory=Counter)
    matrices: dict[str, Counter[tuple[str | None, str | None]]] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Count one letter; decided ones count apart and stay out of the matrices."""
        self.counts["letters"] += 1
        self.counts["sealed"] += outcome.seals
        self.counts["stored"] += outcome.stored
        if outcome.decided:
            self.counts["decided"] += 1
            self.counts["decided_otherwise"] += bool(outcome.differences)
            return
        self.counts["changed"] += bool(outcome.differences)
        for column, change in outcome.differences.items():
            self.matrices.setdefault(column, Counter())[change] += 1


def count(selection: Selection) -> int:
    """Number of letters that a run would look at."""
    with transaction() as session:
        found = session.scalar(sa.select(sa.func.count()).select_from(_ids(selection).subquery()))
    return found or 0


def reclassify(selection: Selection, *, apply: bool) -> Iterator[Outcome]:
    """Propose anew, letter by letter in the order of their ids; stores only with `apply`."""
    last = selection.after
    while True:
        with transaction() as session:
            page = session.scalars(_ids(selection).where(Petition.id > last).limit(PAGE)).all()
        if not page:
            return
        for petition_id in page:
            yield _one(petition_id, apply=apply)
        last = page[-1]


def _ids(selection: Selection) -> sa.Select[int]:
    query = (
        sa.select(Petition.id)
        .join(Receipt, Receipt.id == Petition.receipt_id)
        .where(Petition.id > selection.after)
        .order_by(Petition.id)
    )
    if selection.since:
        query = query.where(Receipt.received_on >= selection.since)
    if selection.until:
        query = query.where(Receipt.received_on <= selection.until)
    if selection.only:
        query = query.where(Petition.type.in_(selection.only))
    if not selection.again:
        current = str(live().classifier.version)
        judged = sa.exists().where(
            Suggestion.id == Petition.suggestion_id, Suggestion.model_version == current
        )
        query = query.where(sa.not_(judged))
    return query


def _one(petition_id: int, *, apply: bool) -> Outcome:
    with transaction() as session:
        petition = session.get_one(Petition, petition_id)
        receipt = petition.receipt
        confidence = session.scalar(sa.select(Reading.confidence).where(Reading.sha256 == receipt.sha256))
        session.expunge_all()
    # Proposing takes longer than storing, so it is done without a lock.
    proposal = propose(read_text(petition.text), office(), receipt.received_on, ocr_confidence=confidence)
    stored = apply and not petition.decided and _store(petition, proposal)
    seals = not petition.decided and not petition.sealed and must_seal(proposal)
    return Outcome(
        petition_id, receipt.number, petition.decided, _differences(petition, proposal), seals, stored
    )


def _store(read: Petition, proposal: Proposal) -> bool:
    """Put the proposal in force; False where a person has touched the letter since it was read."""
    with transaction() as session:
        petition = session.get_one(Petition, read.id, with_for_update=True)
        if petition.decided or petition.version != read.version:
            return False
        changed = sorted(_differences(petition, proposal))
        petition.suggestion_id = add_suggestion(session, petition, proposal)
        for name, value in columns(proposal).items():
            setattr(petition, name, value)
        petition.sealed = petition.sealed or must_seal(proposal)
        petition.version += 1
        audit.record(
            session, None, "reclassify", "petition", petition.id,
            changed=changed, model_version=proposal.model_version, sealed=petition.sealed,
        )  # fmt: skip
        return True


def _differences(petition: Petition, proposal: Proposal) -> dict[str, tuple[str | None, str | None]]:
    now = columns(proposal)
    return {
        name: (_text(getattr(petition, name)), _text(now[name]))
        for name in SHOWN
        if _text(getattr(petition, name)) != _text(now[name])
    }


def _text(value: Any) -> str | None:
    return None if value is None else str(value)

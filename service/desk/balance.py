"""The daily balance: received = filed + refused + in a tray + still waiting. Nothing else can happen to a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.settings import TIME_ZONE
from service.store.tables import Petition, Receipt, ReceiptState


@dataclass(frozen=True, slots=True)
class Balance:
    """The receipts of one day (Hà Nội time) by what became of them; `petitions` counts the letters filed."""

    day: date
    received: int
    waiting: int
    filed: int
    problem: int
    refused: int
    petitions: int

    @property
    def closed(self) -> bool:
        """Whether the day adds up and nothing is left to do."""
        return self.adds_up and self.waiting == 0 and self.problem == 0

    @property
    def adds_up(self) -> bool:
        """Whether every receipt is in exactly one place and each filed one has its petition."""
        parts = self.waiting + self.filed + self.problem + self.refused
        return self.received == parts and self.filed == self.petitions


def balance(session: Session, day: date) -> Balance:
    """Count the receipts that came in on a day."""
    local_day = sa.cast(sa.func.timezone(str(TIME_ZONE), Receipt.received_at), sa.Date)
    rows = session.execute(
        sa.select(Receipt.state, sa.func.count(), sa.func.count(Petition.id))
        .outerjoin(Petition, Petition.receipt_id == Receipt.id)
        .where(local_day == day)
        .group_by(Receipt.state)
    ).all()
    counts = {state: count for state, count, _ in rows}
    return Balance(
        day=day,
        received=sum(counts.values()),
        waiting=counts.get(ReceiptState.WAITING, 0),
        filed=counts.get(ReceiptState.FILED, 0),
        problem=counts.get(ReceiptState.PROBLEM, 0),
        refused=counts.get(ReceiptState.REFUSED, 0),
        petitions=sum(petitions for _, _, petitions in rows),
    )

"""The audit trail: one row per change, in the transaction of the change, without words of a letter."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from service.store.tables import Audit, User

# What a row may say beside verb and object; names, texts and file names are not among it.
ALLOWED_DETAILS = frozenset({
    "state", "from_unit", "to_unit", "type", "changed", "level", "role", "channel", "count", "model_version",
    "same_file", "reason_given", "sees_denunciations", "unit", "sealed", "dry_run",
})  # fmt: skip


def record(
    session: Session, user: User | None, verb: str, kind: str, object_id: int | str, **details: Any
) -> None:
    """Add a row for what `user` (None: the machine) did to one record.

    Raises ValueError for a detail that is not on the allow-list.
    """
    if unknown := set(details) - ALLOWED_DETAILS:
        raise ValueError(f"audit details not allowed: {sorted(unknown)}")
    session.add(
        Audit(
            user_id=user.id if user else None, verb=verb, kind=kind, object_id=str(object_id), details=details
        )
    )

"""Counting rows."""

from __future__ import annotations

import sqlalchemy as sa

from service.store.database import transaction
from service.store.tables import Base


def count(table: type[Base], *conditions: sa.ColumnElement[bool]) -> int:
    """How many rows of a table fit."""
    with transaction() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table).where(*conditions)) or 0

"""Bring the database to the schema of this version."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from service.store.database import engine

MIGRATIONS = Path(__file__).parent / "migrations"
# One number for the advisory lock that lets only one process migrate at a time.
MIGRATION_LOCK = 7_401_865


def alembic_config(connection: sa.Connection) -> Config:
    """Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def migrate() -> None:
    """Apply what is missing; safe to call at every start and from several processes at once."""
    with engine().begin() as connection:
        if is_current(connection):
            return
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        command.upgrade(alembic_config(connection), "head")


def is_current(connection: sa.Connection) -> bool:
    """Whether the schema is that of this version."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head

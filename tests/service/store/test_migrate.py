"""The schema is what the tables say, and migrating again changes nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from service.store.database import engine
from service.store.migrate import is_current, migrate
from service.store.tables import Base


def test_migrations_give_the_tables_of_the_models(db: str) -> None:
    with engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [
            entry for entry in compare_metadata(context, Base.metadata) if not _of_the_job_queue(entry)
        ]
    assert differences == []


def test_migrating_again_changes_nothing(db: str) -> None:
    migrate()
    with engine().connect() as connection:
        assert is_current(connection)
        assert connection.scalar(sa.text("SELECT count(*) FROM alembic_version")) == 1


def _of_the_job_queue(entry: object) -> bool:
    return "procrastinate" in repr(entry)

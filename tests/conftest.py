"""Fixtures of all tests that need the service: a fresh home and database, users, clients, a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from service.store.tables import User
    from tests.service.database import TestServer

PASSWORD = "mat-khau-thu-1"
# login → role, unit, sees denunciations
PEOPLE = {
    "clerk": ("clerk", None, False),
    "clerk_dn": ("clerk", None, True),
    "handler_vp": ("handler", "VP", False),
    "handler_kt": ("handler", "P_KTHTDT", False),
    "lead": ("lead", None, True),
    "admin": ("admin", None, True),
}


def forget_process_state() -> None:
    """Drop what the process remembers of settings, database and office."""
    from service import office
    from service.settings import settings
    from service.store import database

    if database.engine.cache_info().currsize:
        database.engine().dispose()
    for cached in (settings, database.engine, office.office, office.unit_names):
        cached.cache_clear()


@cache
def password_hash() -> str:
    from pwdlib import PasswordHash

    return PasswordHash.recommended().hash(PASSWORD)


@pytest.fixture(scope="session")
def server() -> Iterator[TestServer]:
    """One PostgreSQL for the session, with a migrated template database."""
    from service.store.migrate import migrate
    from tests.service.database import TEMPLATE, TestServer

    running = TestServer()
    running.execute(f"CREATE DATABASE {TEMPLATE}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DONTHU_DATABASE_URL", running.url(TEMPLATE))
        forget_process_state()
        migrate()
        forget_process_state()
    yield running
    running.stop()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A DONTHU_HOME of its own; nothing that the process remembers outlives the test."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("DONTHU_HOME", str(folder))
    forget_process_state()
    yield folder
    forget_process_state()


@pytest.fixture
def db(home: Path, server: TestServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a fresh, migrated database, which the settings name."""
    with server.copy() as url:
        monkeypatch.setenv("DONTHU_DATABASE_URL", url)
        forget_process_state()
        yield url
        forget_process_state()


@pytest.fixture
def users(db: str) -> dict[str, User]:
    """The people of PEOPLE, by login; all have the password PASSWORD."""
    from service.store.database import transaction
    from service.store.tables import User

    with transaction() as session:
        people = {
            login: User(
                login=login,
                name=f"Người dùng {login}",
                password_hash=password_hash(),
                role=role,
                unit_code=unit,
                sees_denunciations=sees,
            )
            for login, (role, unit, sees) in PEOPLE.items()
        }
        session.add_all(people.values())
    return people


@pytest.fixture
def app(db: str) -> FastAPI:
    """The whole web application."""
    from service.app import create_app

    return create_app()


@pytest.fixture
def client(app: FastAPI, users: dict[str, User]) -> Iterator[Callable[..., TestClient]]:
    """`client("clerk")`: signed in, with the form token in its headers; `client()`: nobody is signed in."""
    from fastapi.testclient import TestClient

    from service.accounts.sessions import session_user, start_session
    from service.api.access import COOKIE, CSRF_HEADER
    from service.store.database import transaction

    opened: list[TestClient] = []

    def make(login: str | None = None) -> TestClient:
        made = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
        opened.append(made)
        if login is not None:
            with transaction() as session:
                token = start_session(session, users[login])
                session.flush()
                found = session_user(session, token)
            assert found is not None
            made.cookies.set(COOKIE, token)
            made.headers[CSRF_HEADER] = found[1]
        return made

    yield make
    for one in opened:
        one.close()


@pytest.fixture
def work(db: str) -> Callable[[], None]:
    """Run the job queue until it is empty, as a worker would."""
    from service.work.jobs import run_worker

    return lambda: run_worker(wait=False)

"""Signing in and out, the form token, API tokens, and the brake on guessing."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from fastapi.testclient import TestClient

from service.accounts.users import MAX_FAILURES
from service.api.access import COOKIE, CSRF_HEADER
from service.store.database import transaction
from service.store.tables import ApiToken, Session, User
from tests.conftest import PASSWORD
from tests.service import letters

Client = Callable[..., TestClient]


def test_sign_in_gives_a_cookie_out_of_reach_of_scripts(client: Client) -> None:
    browser = client()
    answer = browser.post("/api/v1/session", json={"login": " Clerk ", "password": PASSWORD})
    assert answer.status_code == 200
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert browser.get("/api/v1/session").json()["login"] == "clerk"


def test_only_the_hash_of_a_session_is_kept(client: Client) -> None:
    browser = client()
    browser.post("/api/v1/session", json={"login": "clerk", "password": PASSWORD})
    with transaction() as session:
        kept = session.scalars(sa.select(Session.token_hash)).all()
    assert kept
    assert browser.cookies[COOKIE] not in kept


def test_sign_out_ends_the_session_on_the_server(client: Client) -> None:
    browser = client("clerk")
    token = browser.cookies[COOKIE]
    assert browser.delete("/api/v1/session").status_code == 204
    again = client()
    again.cookies.set(COOKIE, token)
    assert again.get("/api/v1/session").status_code == 401


def test_wrong_password_and_unknown_login_look_the_same(client: Client) -> None:
    browser = client()
    wrong = browser.post("/api/v1/session", json={"login": "clerk", "password": "sai"})
    unknown = browser.post("/api/v1/session", json={"login": "khong-co", "password": "sai"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert wrong.headers["content-type"] == "application/problem+json"


def test_too_many_failures_close_the_door_even_for_the_right_password(client: Client) -> None:
    browser = client()
    for _ in range(MAX_FAILURES):
        assert browser.post("/api/v1/session", json={"login": "lead", "password": "sai"}).status_code == 401
    answer = browser.post("/api/v1/session", json={"login": "lead", "password": PASSWORD})
    assert answer.status_code == 422
    assert "10 phút" in answer.json()["detail"]


def test_inactive_users_are_out_at_once(client: Client) -> None:
    browser = client("clerk")
    with transaction() as session:
        session.execute(sa.update(User).where(User.login == "clerk").values(active=False))
    assert browser.get("/api/v1/session").status_code == 401


def test_a_cookie_alone_changes_nothing(client: Client) -> None:
    browser = client("clerk")
    for token in ("", "sai", "ỷ"):
        headers = {CSRF_HEADER: token.encode()}
        answer = browser.post("/api/v1/receipts", files={"files": ("a.txt", b"x")}, headers=headers)
        assert answer.status_code == 403, token
        assert answer.json()["type"] == "urn:donthu:problem:bad-form-token"


def test_a_program_calls_with_its_token_until_it_is_revoked(client: Client, users: dict[str, User]) -> None:
    made = client("admin").post(
        f"/api/v1/users/{users['clerk'].id}/tokens", json={"label": "phần mềm một cửa"}
    )
    program = client()
    program.headers["Authorization"] = "Bearer " + made.json()["token"]
    outcome = letters.upload(program, ("a.txt", letters.complaint()))[0]
    assert outcome["receipt"]["channel"] == "api"  # type: ignore[index]
    with transaction() as session:
        session.execute(sa.update(ApiToken).values(revoked_at=sa.func.now()))
    assert program.get("/api/v1/session").status_code == 401

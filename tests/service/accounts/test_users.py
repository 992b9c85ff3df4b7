"""What accounts hand on, how they are closed, and what a failed sign-in leaves behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from service.accounts.sessions import add_api_token, start_session, token_user
from service.accounts.users import (
    FAILURE_WINDOW,
    AccountError,
    add_user,
    check_password,
    set_active,
    set_password,
)
from service.store.database import transaction
from service.store.tables import Audit, Role, SignInFailure, User
from tests.conftest import PASSWORD

Client = Callable[..., TestClient]


@pytest.fixture
def admin_outside(users: dict[str, User]) -> User:
    """An administrator who may not see denunciations."""
    with transaction() as session:
        return add_user(session, "quantri", "Quản Trị", PASSWORD, Role.ADMIN)


def test_nobody_hands_on_a_right_not_held(users: dict[str, User], admin_outside: User) -> None:
    with transaction() as session:
        add_user(session, "moi", "", PASSWORD, Role.CLERK, by=admin_outside)
        add_user(session, "mat", "", PASSWORD, Role.CLERK, sees_denunciations=True, by=users["admin"])
        with pytest.raises(AccountError, match="tố cáo"):
            add_user(session, "lach", "", PASSWORD, Role.CLERK, sees_denunciations=True, by=admin_outside)
        with pytest.raises(AccountError, match="tố cáo"):
            add_api_token(session, users["clerk_dn"], "lách", admin_outside)
        assert add_api_token(session, users["clerk"], "máy quét", admin_outside)


def test_the_audit_names_who_gave_a_token(users: dict[str, User]) -> None:
    with transaction() as session:
        add_api_token(session, users["clerk"], "máy quét", users["admin"])
    with transaction() as session:
        row = session.scalars(sa.select(Audit).where(Audit.verb == "add_token")).one()
        assert (row.user_id, row.object_id) == (users["admin"].id, str(users["clerk"].id))


def test_a_closed_account_is_out_with_sessions_and_tokens(client: Client, users: dict[str, User]) -> None:
    clerk, admin = client("clerk"), client("admin")
    with transaction() as session:
        token = add_api_token(session, users["clerk"], "máy quét", users["admin"])
    url = f"/api/v1/users/{users['clerk'].id}"
    assert admin.post(f"{url}/close").json()["active"] is False
    assert clerk.get("/api/v1/session").status_code == 401
    assert client().post("/api/v1/session", json={"login": "clerk", "password": PASSWORD}).status_code == 401
    assert admin.post(f"{url}/open").json()["active"] is True
    assert clerk.get("/api/v1/session").status_code == 401, "an old cookie must not come back to life"
    with transaction() as session:
        assert token_user(session, token) is None, "nor an old token"
        assert check_password(session, "clerk", PASSWORD)


def test_an_administrator_cannot_close_the_own_account(client: Client, users: dict[str, User]) -> None:
    assert client("admin").post(f"/api/v1/users/{users['admin'].id}/close").status_code == 422
    assert client("lead").post(f"/api/v1/users/{users['clerk'].id}/close").status_code == 403


def test_opening_an_account_hands_on_its_right(users: dict[str, User], admin_outside: User) -> None:
    with transaction() as session:
        insider = session.get_one(User, users["clerk_dn"].id)
        set_active(session, insider, False, admin_outside)
        with pytest.raises(AccountError, match="tố cáo"):
            set_active(session, insider, True, admin_outside)


def test_closing_from_the_page(client: Client, users: dict[str, User]) -> None:
    admin = client("admin")
    form = {"csrf": admin.headers["x-csrf-token"]}
    address = f"/quan-tri/nguoi-dung/{users['clerk'].id}"
    assert admin.post(f"{address}/khoa").status_code == 403, "without the form's token"
    assert admin.post(f"{address}/khoa", data=form).status_code == 303
    assert "Đã khóa" in admin.get("/quan-tri").text
    admin.post(f"{address}/mo", data=form)
    with transaction() as session:
        assert session.get_one(User, users["clerk"].id).active


def test_a_password_typed_as_login_is_not_kept(client: Client) -> None:
    typed = "mat-khau-go-nham"
    assert client().post("/dang-nhap", data={"login": typed, "password": "x"}).status_code == 401
    with transaction() as session:
        kept = session.scalars(sa.select(SignInFailure.login)).all()
    assert len(kept) == 1
    assert typed not in kept[0]


def test_a_login_of_any_length_is_just_wrong(client: Client) -> None:
    # Not compressible: an index of the database refuses such a value.
    login = "".join(chr(0x4E00 + number) for number in range(9000))
    assert client().post("/dang-nhap", data={"login": login, "password": "x"}).status_code == 401


def test_old_failures_do_not_pile_up(users: dict[str, User]) -> None:
    with transaction() as session:
        session.add(SignInFailure(login="cũ", at=sa.func.now() - 2 * FAILURE_WINDOW))
        check_password(session, "clerk", "sai")
    with transaction() as session:
        assert "cũ" not in session.scalars(sa.select(SignInFailure.login)).all()


def test_signing_in_gives_a_new_session_each_time(users: dict[str, User]) -> None:
    with transaction() as session:
        assert start_session(session, users["clerk"]) != start_session(session, users["clerk"])


def test_a_new_password_ends_every_session(client: Client, users: dict[str, User]) -> None:
    clerk, admin = client("clerk"), client("admin")
    url = f"/api/v1/users/{users['clerk'].id}/password"
    assert clerk.post(url, json={"password": "mat-khau-khac"}).status_code == 403
    assert admin.post(url, json={"password": "ngắn"}).status_code == 422
    assert admin.post(url, json={"password": "mat-khau-khac"}).status_code == 200
    assert clerk.get("/api/v1/session").status_code == 401
    with transaction() as session:
        assert check_password(session, "clerk", PASSWORD) is None
        assert check_password(session, "clerk", "mat-khau-khac")
        row = session.scalars(sa.select(Audit).where(Audit.verb == "set_password")).one()
        assert (row.user_id, row.object_id) == (users["admin"].id, str(users["clerk"].id))


def test_nobody_gets_in_where_more_is_seen_by_setting_a_password(
    users: dict[str, User], admin_outside: User
) -> None:
    with transaction() as session:
        secret = session.get_one(User, users["clerk_dn"].id)
        with pytest.raises(AccountError, match="tố cáo"):
            set_password(session, secret, "mat-khau-khac", admin_outside)
        set_password(session, secret, "mat-khau-khac", secret)


def test_ones_own_password_is_changed_with_the_old_one(client: Client) -> None:
    here, elsewhere = client("clerk"), client("clerk")
    wrong = here.post("/api/v1/session/password", json={"current": "sai", "new": "mat-khau-khac"})
    assert wrong.status_code == 422
    with transaction() as session:
        assert session.scalar(sa.select(sa.func.count(SignInFailure.id))) == 1, "guessing is counted"
    right = here.post("/api/v1/session/password", json={"current": PASSWORD, "new": "mat-khau-khac"})
    assert right.json()["login"] == "clerk"
    assert here.get("/api/v1/session").status_code == 200
    assert elsewhere.get("/api/v1/session").status_code == 401

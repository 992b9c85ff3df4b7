"""Accounts, lists, and who may call what."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from service import labels
from service.office import unit_names

Client = Callable[..., TestClient]
NEW = {"login": "Moi", "name": "Người mới", "password": "mat-khau-dai", "role": "handler", "unit_code": "VP"}


def test_an_admin_adds_a_user_who_can_sign_in(client: Client) -> None:
    admin = client("admin")
    made = admin.post("/api/v1/users", json=NEW)
    assert made.status_code == 201
    assert made.json()["login"] == "moi"
    assert "password" not in made.text
    assert "moi" in [entry["login"] for entry in admin.get("/api/v1/users").json()]
    signed_in = client().post("/api/v1/session", json={"login": "moi", "password": NEW["password"]})
    assert signed_in.json()["rights"] == ["handle"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"login": "clerk"}, "đã có người dùng"),
        ({"login": "hai từ"}, "khoảng trắng"),
        ({"password": "ngan"}, "ít nhất"),
        ({"unit_code": "KHONG_CO"}, "đơn vị"),
    ],
)
def test_what_will_not_do_is_said_in_words(client: Client, change: dict[str, str], words: str) -> None:
    answer = client("admin").post("/api/v1/users", json={**NEW, **change})
    assert answer.status_code == 422
    assert words in answer.json()["detail"]


@pytest.mark.parametrize("login", ["clerk", "clerk_dn", "handler_vp", "lead"])
def test_only_admins_manage_users(client: Client, login: str) -> None:
    one = client(login)
    assert one.get("/api/v1/users").status_code == 403
    assert one.post("/api/v1/users", json=NEW).status_code == 403
    assert one.post("/api/v1/users/1/tokens", json={"label": "x"}).status_code == 403


def test_units_and_codes(client: Client) -> None:
    handler = client("handler_vp")
    units = {entry["code"]: entry["name"] for entry in handler.get("/api/v1/units").json()}
    assert units == unit_names()
    assert handler.get("/api/v1/codes").json() == labels.ALL

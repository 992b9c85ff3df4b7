"""Quản trị: who works here."""

from __future__ import annotations

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Path
from fastapi.responses import Response

from service.accounts.rights import NotFound, Right, require
from service.accounts.users import AccountError, add_user, set_active, set_password
from service.office import unit_names
from service.store.tables import Role, User
from service.web.site import go
from service.web.visit import Looking, Sending, Visit

router = APIRouter()
FIELDS = ("login", "name", "role", "unit_code", "sees_denunciations")


@router.get("/quan-tri")
def people(visit: Looking) -> Response:
    """The users, and a form for a new one."""
    require(visit.user, Right.MANAGE)
    return _page(visit, "")


@router.post("/quan-tri/nguoi-dung")
def add(visit: Sending) -> Response:
    """Add a user; where that fails the form comes back as it was filled in, without the password."""
    require(visit.user, Right.MANAGE)
    given = {name: visit.fields.get(name, "") for name in FIELDS}
    try:
        visit.whole(lambda: _add(visit, given))
    except AccountError as error:
        return _page(visit, str(error))
    return go("/quan-tri", f"Đã thêm tài khoản {given['login']}.")


@router.post("/quan-tri/nguoi-dung/{user_id}/mat-khau")
def new_password(visit: Sending, user_id: int) -> Response:
    """Give an account another password, for somebody who has forgotten theirs."""
    require(visit.user, Right.MANAGE)
    found = _known(visit, user_id)
    return visit.attempt(
        lambda: set_password(visit.session, found, visit.fields.get("password", ""), visit.user),
        back="/quan-tri",
        then="/quan-tri",
        done=f"Đã đặt mật khẩu mới cho {found.login}. Hãy nhắc người đó đổi lại khi đăng nhập.",
    )


@router.post("/quan-tri/nguoi-dung/{user_id}/{step}")
def close_or_open(
    visit: Sending, user_id: int, step: Annotated[str, Path(pattern="^(khoa|mo)$")]
) -> Response:
    """Close an account, or open it again."""
    require(visit.user, Right.MANAGE)
    found = _known(visit, user_id)
    return visit.attempt(
        lambda: set_active(visit.session, found, step == "mo", visit.user),
        back="/quan-tri",
        then="/quan-tri",
        done=f"Đã {'mở lại' if step == 'mo' else 'khóa'} tài khoản {found.login}.",
    )


def _known(visit: Visit, user_id: int) -> User:
    found = visit.session.get(User, user_id)
    if found is None:
        raise NotFound("Không có tài khoản này.")
    return found


def _add(visit: Visit, given: dict[str, str]) -> None:
    _check(given["role"], given["unit_code"])
    add_user(
        visit.session,
        given["login"],
        given["name"],
        visit.fields.get("password", ""),
        Role(given["role"]),
        unit_code=given["unit_code"] or None,
        sees_denunciations=bool(given["sees_denunciations"]),
        by=visit.user,
    )


def _check(role: str, unit_code: str) -> None:
    if role not in set(Role):
        raise AccountError("Hãy chọn vai trò.")
    if unit_code and unit_code not in unit_names():
        raise AccountError("Không có đơn vị này.")
    if role == Role.HANDLER and not unit_code:
        raise AccountError("Cán bộ xử lý phải thuộc một đơn vị.")


def _page(visit: Visit, error: str) -> Response:
    users = visit.session.scalars(sa.select(User).order_by(User.active.desc(), User.login)).all()
    given = {name: visit.fields.get(name, "") for name in FIELDS}
    return visit.page("admin.html", status=422 if error else 200, users=users, given=given, error=error)

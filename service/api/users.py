"""Accounts: for administrators only."""

from __future__ import annotations

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from service.accounts.rights import NotFound, Right, require
from service.accounts.sessions import add_api_token
from service.accounts.users import AccountError, add_user, set_active, set_password
from service.api.access import CurrentUser, Database
from service.office import unit_names
from service.store.tables import Role, User

router = APIRouter(prefix="/users", tags=["Quản trị"])


class UserView(BaseModel):
    """An account; its password is known to nobody."""

    id: int
    login: str
    name: str
    role: Role
    unit_code: str | None
    sees_denunciations: bool
    active: bool


class NewUser(BaseModel):
    """An account to be made."""

    login: str = Field(max_length=200)
    name: str = Field(max_length=200)
    password: str = Field(max_length=1000)
    role: Role
    unit_code: str | None = None
    sees_denunciations: bool = Field(False, description="Được xem đơn tố cáo")


class NewPassword(BaseModel):
    """What an account opens with from now on."""

    password: str = Field(max_length=1000)


class NewToken(BaseModel):
    """What a token is for."""

    label: str = Field(min_length=1, max_length=200)


class Token(BaseModel):
    """The token, shown this once."""

    token: str


@router.get("", summary="Danh sách tài khoản")
def users(user: CurrentUser, session: Database) -> list[UserView]:
    """By login."""
    require(user, Right.MANAGE)
    found = session.scalars(sa.select(User).order_by(User.login))
    return [UserView.model_validate(entry, from_attributes=True) for entry in found]


@router.post("", summary="Thêm tài khoản", status_code=201)
def add(user: CurrentUser, session: Database, body: NewUser) -> UserView:
    """A new account."""
    require(user, Right.MANAGE)
    if body.unit_code is not None and body.unit_code not in unit_names():
        raise AccountError("Không có đơn vị này.")
    made = add_user(
        session,
        body.login,
        body.name,
        body.password,
        body.role,
        unit_code=body.unit_code,
        sees_denunciations=body.sees_denunciations,
        by=user,
    )
    return UserView.model_validate(made, from_attributes=True)


@router.post("/{user_id}/tokens", summary="Cấp mã truy cập cho phần mềm khác", status_code=201)
def add_token(user: CurrentUser, session: Database, user_id: int, body: NewToken) -> Token:
    """Whoever holds the token calls in this user's name."""
    require(user, Right.MANAGE)
    return Token(token=add_api_token(session, _known(session, user_id), body.label, user))


@router.post("/{user_id}/password", summary="Đặt mật khẩu mới cho một tài khoản")
def new_password(user: CurrentUser, session: Database, user_id: int, body: NewPassword) -> UserView:
    """The account's sessions end at once."""
    require(user, Right.MANAGE)
    found = _known(session, user_id)
    set_password(session, found, body.password, user)
    return UserView.model_validate(found, from_attributes=True)


@router.post("/{user_id}/{step}", summary="Khóa (close) hoặc mở lại (open) một tài khoản")
def close_or_open(
    user: CurrentUser,
    session: Database,
    user_id: int,
    step: Annotated[str, Path(pattern="^(close|open)$")],
) -> UserView:
    """Closing ends the account's sessions and revokes its tokens at once; these do not come back."""
    require(user, Right.MANAGE)
    found = _known(session, user_id)
    set_active(session, found, step == "open", user)
    return UserView.model_validate(found, from_attributes=True)


def _known(session: Session, user_id: int) -> User:
    found = session.get(User, user_id)
    if found is None:
        raise NotFound("Không có tài khoản này.")
    return found

"""Signing in and out."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from service.accounts.rights import Right, may
from service.accounts.sessions import end_session, session_user, start_session
from service.accounts.users import WRONG_CURRENT, AccountError, check_password, set_password
from service.api.access import COOKIE, CurrentCaller, Database, NotSignedIn, PassingCaller
from service.settings import settings
from service.store.database import transaction
from service.store.tables import User

router = APIRouter(prefix="/session", tags=["Phiên làm việc"])


class Credentials(BaseModel):
    """Login and password."""

    login: str = Field(max_length=200)
    password: str = Field(max_length=1000)


class PasswordChange(BaseModel):
    """The password that counts, and the one to count from now on."""

    current: str = Field(max_length=1000)
    new: str = Field(max_length=1000)


class Me(BaseModel):
    """Who is signed in, and what they may do."""

    id: int
    login: str
    name: str
    role: str
    unit_code: str | None
    sees_denunciations: bool
    rights: list[str]
    csrf: str = Field(description="Gửi kèm trong X-CSRF-Token; trống khi gọi bằng mã truy cập")

    @classmethod
    def of(cls, user: User, csrf: str) -> Me:
        """The user as they may see themselves."""
        same = ("id", "login", "name", "role", "unit_code", "sees_denunciations")
        rights = sorted(right.value for right in Right if may(user, right))
        return cls(**{name: getattr(user, name) for name in same}, rights=rights, csrf=csrf)


def _signed_in(response: Response, token: str) -> Me:
    set_cookie(response, token)
    with transaction() as session:
        found = session_user(session, token)
    if found is None:
        raise NotSignedIn
    return Me.of(*found)


@router.post("", summary="Đăng nhập")
def sign_in(credentials: Credentials, response: Response) -> Me:
    """Start a session; the secret goes into a cookie that scripts cannot read."""
    # A transaction of its own: a failed attempt has to be remembered although the call is refused.
    with transaction() as session:
        user = check_password(session, credentials.login, credentials.password)
        token = start_session(session, user) if user else ""
    if user is None:
        raise NotSignedIn("Tên đăng nhập hoặc mật khẩu không đúng.")
    return _signed_in(response, token)


@router.delete("", summary="Đăng xuất", status_code=204)
def sign_out(request: Request, response: Response, caller: CurrentCaller, session: Database) -> None:
    """End the session of this browser."""
    del caller
    end_session(session, request.cookies.get(COOKIE, ""))
    response.delete_cookie(COOKIE, path="/")


@router.post("/password", summary="Đổi mật khẩu của mình")
def change_password(caller: PassingCaller, response: Response, body: PasswordChange) -> Me:
    """All sessions of the caller end; this browser gets a new one."""
    # A transaction of its own: a failed attempt has to be remembered although the call is refused.
    with transaction() as session:
        user = check_password(session, caller.user.login, body.current)
        if user:
            set_password(session, user, body.new, user)
            token = start_session(session, user)
    if user is None:
        raise AccountError(WRONG_CURRENT)
    return _signed_in(response, token)


@router.get("", summary="Người đang đăng nhập")
def who(caller: CurrentCaller) -> Me:
    """The caller, with the token that unsafe calls have to carry."""
    return Me.of(caller.user, caller.csrf)


def set_cookie(response: Response, token: str) -> None:
    """Give the browser its session: for this site only, out of reach of scripts."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=settings().session_hours * 3600,
        httponly=True,
        samesite="lax",
        secure=settings().secure_cookies,
        path="/",
    )

"""Users: adding them, checking a password."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import sqlalchemy as sa
from pwdlib import PasswordHash
from sqlalchemy.orm import Session

from service import audit
from service.store.tables import Role, SignInFailure, User

MIN_PASSWORD = 8
# After this many failures within the window, a login has to wait, whoever tries.
MAX_FAILURES = 8
FAILURE_WINDOW = timedelta(minutes=10)

_hasher = PasswordHash.recommended()
# Checked where the login is unknown, so that the answer takes as long as for a known one.
_NOBODY = _hasher.hash("nobody signs in with this")


class AccountError(Exception):
    """Something about an account is wrong; the message is Vietnamese and meant for the person."""


def add_user(
    session: Session,
    login: str,
    name: str,
    password: str,
    role: Role,
    *,
    unit_code: str | None = None,
    sees_denunciations: bool = False,
    by: User | None = None,
) -> User:
    """Create a user; raises AccountError where login or password will not do."""
    login = unicodedata.normalize("NFC", login).strip().lower()
    if not login or any(char.isspace() for char in login):
        raise AccountError("Tên đăng nhập không được để trống hoặc có khoảng trắng.")
    if len(password) < MIN_PASSWORD:
        raise AccountError(f"Mật khẩu phải có ít nhất {MIN_PASSWORD} ký tự.")
    if session.scalar(sa.select(User.id).where(User.login == login)):
        raise AccountError(f"Tên đăng nhập “{login}” đã có người dùng.")
    user = User(
        login=login,
        name=name.strip() or login,
        password_hash=_hasher.hash(password),
        role=role,
        unit_code=unit_code,
        sees_denunciations=sees_denunciations,
    )
    session.add(user)
    session.flush()
    audit.record(
        session, by, "add_user", "user", user.id, role=str(role), sees_denunciations=sees_denunciations
    )
    return user


def check_password(session: Session, login: str, password: str) -> User | None:
    """The active user with this login and password, or None.

    Raises AccountError where too many attempts have failed lately.
    """
    login = unicodedata.normalize("NFC", login).strip().lower()
    recent = sa.func.now() - FAILURE_WINDOW
    failures = session.scalar(
        sa.select(sa.func.count()).where(SignInFailure.login == login, SignInFailure.at > recent)
    )
    if (failures or 0) >= MAX_FAILURES:
        raise AccountError("Đăng nhập sai quá nhiều lần. Vui lòng đợi 10 phút rồi thử lại.")
    user = session.scalar(sa.select(User).where(User.login == login, User.active))
    if _hasher.verify(password, user.password_hash if user else _NOBODY) and user:
        return user
    session.add(SignInFailure(login=login))
    return None

"""Users: adding them, closing them, setting and checking a password."""

from __future__ import annotations

import hashlib
import threading
import unicodedata
from datetime import timedelta

import sqlalchemy as sa
from pwdlib import PasswordHash
from sqlalchemy.orm import Session

from service import audit
from service.store.tables import ApiToken, Role, SignInFailure, User
from service.store.tables import Session as SignedIn

MIN_PASSWORD = 8
WRONG_CURRENT = "Mật khẩu hiện tại không đúng."
# After this many failures within the window, a login has to wait, whoever tries.
MAX_FAILURES = 8
FAILURE_WINDOW = timedelta(minutes=10)

_hasher = PasswordHash.recommended()
# Each check takes 64 MiB: a flood of attempts must not take the memory of the machine.
_at_once = threading.BoundedSemaphore(4)
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
    """Create a user; `by` is the user who does, None on the command line.

    Raises AccountError where login or password will not do, or where `by` would hand on a right not held.
    """
    login = unicodedata.normalize("NFC", login).strip().lower()
    if not login or any(char.isspace() for char in login):
        raise AccountError("Tên đăng nhập không được để trống hoặc có khoảng trắng.")
    _check_length(password)
    if session.scalar(sa.select(User.id).where(User.login == login)):
        raise AccountError(f"Tên đăng nhập “{login}” đã có người dùng.")
    may_hand_on(by, sees_denunciations=sees_denunciations)
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


def may_hand_on(by: User | None, *, sees_denunciations: bool) -> None:
    """Raise AccountError where somebody who may not see denunciations would open them to an account or token.

    Else an administrator without the right could give it to an account of their own.
    """
    if sees_denunciations and by is not None and not by.sees_denunciations:
        raise AccountError("Chỉ người được xem đơn tố cáo mới cấp được quyền xem đơn tố cáo.")


def set_active(session: Session, user: User, active: bool, by: User) -> None:
    """Close an account, whose sessions and tokens end at once, or open it again; raises AccountError for one's own."""
    if user.id == by.id:
        raise AccountError("Không thể tự khóa tài khoản của mình.")
    if active:
        may_hand_on(by, sees_denunciations=user.sees_denunciations)
    else:
        session.execute(sa.delete(SignedIn).where(SignedIn.user_id == user.id))
        ours = sa.update(ApiToken).where(ApiToken.user_id == user.id, ApiToken.revoked_at.is_(None))
        session.execute(ours.values(revoked_at=sa.func.now()))
    user.active = active
    audit.record(session, by, "open_account" if active else "close_account", "user", user.id)


def set_password(session: Session, user: User, password: str, by: User | None) -> None:
    """Give an account another password, and end its sessions; `by` is None on the command line.

    Raises AccountError where the password will not do, or where `by` could so enter an account that sees more.
    """
    _check_length(password)
    if by is None or by.id != user.id:
        may_hand_on(by, sees_denunciations=user.sees_denunciations)
    user.password_hash = _hasher.hash(password)
    session.execute(sa.delete(SignedIn).where(SignedIn.user_id == user.id))
    audit.record(session, by, "set_password", "user", user.id)


def _check_length(password: str) -> None:
    if len(password) < MIN_PASSWORD:
        raise AccountError(f"Mật khẩu phải có ít nhất {MIN_PASSWORD} ký tự.")


def check_password(session: Session, login: str, password: str) -> User | None:
    """The active user with this login and password, or None.

    Raises AccountError where too many attempts have failed lately.
    """
    login = unicodedata.normalize("NFC", login).strip().lower()
    recent = sa.func.now() - FAILURE_WINDOW
    tried = _digest(login)
    failures = session.scalar(
        sa.select(sa.func.count()).where(SignInFailure.login == tried, SignInFailure.at > recent)
    )
    if (failures or 0) >= MAX_FAILURES:
        raise AccountError("Đăng nhập sai quá nhiều lần. Vui lòng đợi 10 phút rồi thử lại.")
    user = session.scalar(sa.select(User).where(User.login == login, User.active))
    with _at_once:
        right = _hasher.verify(password, user.password_hash if user else _NOBODY)
    if right and user:
        return user
    session.execute(sa.delete(SignInFailure).where(SignInFailure.at < recent))
    session.add(SignInFailure(login=tried))
    return None


def _digest(login: str) -> str:
    # People type their password where the login belongs; it must not stay here, nor in a backup.
    return hashlib.sha256(login.encode("utf-8", "replace")).hexdigest()

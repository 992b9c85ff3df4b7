"""Server-side sessions and API tokens: the client holds a secret, we keep its hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import orm

from service import audit
from service.accounts.users import may_hand_on
from service.settings import settings
from service.store.tables import ApiToken, Session, User


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def start_session(session: orm.Session, user: User) -> str:
    """Sign a user in; returns the secret for the cookie."""
    token = secrets.token_urlsafe(32)
    session.execute(sa.delete(Session).where(Session.expires_at < sa.func.now()))
    session.add(
        Session(
            token_hash=_digest(token),
            user_id=user.id,
            csrf=secrets.token_urlsafe(24),
            expires_at=datetime.now(UTC) + timedelta(hours=settings().session_hours),
        )
    )
    audit.record(session, user, "sign_in", "user", user.id)
    return token


def session_user(session: orm.Session, token: str) -> tuple[User, str] | None:
    """The user of a cookie and the token that forms have to carry, or None where it counts no more."""
    row = session.execute(
        sa.select(User, Session.csrf)
        .join(Session, Session.user_id == User.id)
        .where(Session.token_hash == _digest(token), Session.expires_at > sa.func.now(), User.active)
    ).first()
    return (row[0], row[1]) if row else None


def end_session(session: orm.Session, token: str) -> None:
    """Sign out; harmless where the session is gone already."""
    session.execute(sa.delete(Session).where(Session.token_hash == _digest(token)))


def add_api_token(session: orm.Session, user: User, label: str, by: User) -> str:
    """A new API token in a user's name, shown this once; raises AccountError where `by` may not see as much."""
    may_hand_on(by, sees_denunciations=user.sees_denunciations)
    token = "donthu_" + secrets.token_urlsafe(32)
    session.add(ApiToken(user_id=user.id, token_hash=_digest(token), label=label))
    audit.record(session, by, "add_token", "user", user.id)
    return token


def token_user(session: orm.Session, token: str) -> User | None:
    """The user in whose name an API token calls, or None."""
    return session.scalar(
        sa.select(User)
        .join(ApiToken, ApiToken.user_id == User.id)
        .where(ApiToken.token_hash == _digest(token), ApiToken.revoked_at.is_(None), User.active)
    )

"""Who is calling: a browser with a cookie (unsafe calls need its form token) or a program with an API token."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from service.accounts import sessions
from service.store.database import transaction
from service.store.tables import User

COOKIE = "donthu_session"
CSRF_HEADER = "x-csrf-token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class NotSignedIn(Exception):
    """Nobody is signed in, or the session has run out."""


class BadFormToken(Exception):
    """A form or call does not carry its session's token."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The signed-in user; `csrf` is the token that forms carry (empty for API tokens)."""

    user: User
    csrf: str


def database() -> Iterator[Session]:
    """One transaction per request: committed when the handler returns, rolled back when it raises."""
    with transaction() as session:
        yield session


Database = Annotated[Session, Depends(database, scope="function")]


def caller_of(request: Request, session: Session) -> Caller:
    """The caller of a request; raises NotSignedIn."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and (user := sessions.token_user(session, token.strip())):
        return Caller(user, "")
    found = sessions.session_user(session, request.cookies.get(COOKIE, ""))
    if found is None:
        raise NotSignedIn
    return Caller(*found)


def api_caller(request: Request, session: Database) -> Caller:
    """The caller of the API; unsafe calls with a cookie must carry the token in `X-CSRF-Token`."""
    caller = caller_of(request, session)
    if request.method not in SAFE and caller.csrf:
        check_form_token(caller, request.headers.get(CSRF_HEADER, ""))
    return caller


def api_user(caller: Annotated[Caller, Depends(api_caller)]) -> User:
    """The user of an API call."""
    return caller.user


def passing_caller(request: Request) -> Caller:
    """The caller, looked up in a transaction that is over when the handler starts.

    For handlers that open their own: an upload must not hold a connection while it asks for another.
    """
    with transaction() as session:
        return api_caller(request, session)


def check_form_token(caller: Caller, token: str) -> None:
    """Raise BadFormToken where the token is not the session's."""
    if not hmac.compare_digest(caller.csrf.encode(), token.encode()):
        raise BadFormToken


CurrentUser = Annotated[User, Depends(api_user)]
CurrentCaller = Annotated[Caller, Depends(api_caller)]
PassingCaller = Annotated[Caller, Depends(passing_caller)]

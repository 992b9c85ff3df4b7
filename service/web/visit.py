"""One visit to a page: who comes, with which form, and what they are answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from service.accounts.users import AccountError
from service.api.access import Caller, Database, caller_of, check_form_token
from service.desk.errors import DeskError
from service.store.database import transaction
from service.store.tables import User
from service.web.site import go, page


@dataclass(frozen=True, slots=True)
class Visit:
    """A request by somebody who is signed in; `fields` holds the texts of the form that was sent."""

    request: Request
    session: Session
    caller: Caller
    fields: dict[str, str]

    @property
    def user(self) -> User:
        """Who comes."""
        return self.caller.user

    def page(self, template: str, *, status: int = 200, **context: Any) -> Response:
        """Answer with a page."""
        return page(self.request, self.session, self.caller, template, status=status, **context)

    def whole(self, step: Callable[[], object]) -> None:
        """Take a step as a whole or not at all; the session goes on to be of use where it raises."""
        with self.session.begin_nested():
            step()

    def attempt(self, step: Callable[[], object], *, back: str, then: str, done: str) -> Response:
        """Take a step of the desk: on to `then` with `done`, or `back` with the reason and nothing stored."""
        try:
            self.whole(step)
        except (DeskError, AccountError) as error:
            return go(back, str(error), kind="error")
        return go(then, done)


def look(request: Request, session: Database) -> Visit:
    """A visit that only looks; raises NotSignedIn, which leads to the sign-in page."""
    return Visit(request, session, caller_of(request, session), {})


async def form_fields(request: Request) -> dict[str, str]:
    """The texts of the form that was sent."""
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


def send(
    request: Request, session: Database, fields: Annotated[dict[str, str], Depends(form_fields)]
) -> Visit:
    """A visit that sends a form, which has to carry the session's token in its field `csrf`."""
    caller = caller_of(request, session)
    check_form_token(caller, fields.get("csrf", ""))
    return Visit(request, session, caller, fields)


def uploader(request: Request, csrf: Annotated[str, Form()] = "") -> User:
    """Who sends files by a form, looked up in a transaction that is over when the handler starts.

    An upload must not hold a connection while it asks for another.
    """
    with transaction() as session:
        caller = caller_of(request, session)
        check_form_token(caller, csrf)
        return caller.user


@dataclass(frozen=True, slots=True)
class Passing:
    """Somebody who sends a form to a handler that opens transactions of its own; holds none meanwhile."""

    request: Request
    caller: Caller
    fields: dict[str, str]

    @contextmanager
    def visit(self) -> Iterator[Visit]:
        """A visit in a transaction of its own."""
        with transaction() as session:
            yield Visit(self.request, session, self.caller, self.fields)


def passing(request: Request, fields: Annotated[dict[str, str], Depends(form_fields)]) -> Passing:
    """As `send`, in a transaction that is over when the handler starts."""
    with transaction() as session:
        return Passing(request, send(request, session, fields).caller, fields)


Looking = Annotated[Visit, Depends(look)]
Sending = Annotated[Visit, Depends(send)]
Uploader = Annotated[User, Depends(uploader)]
PassingForm = Annotated[Passing, Depends(passing)]

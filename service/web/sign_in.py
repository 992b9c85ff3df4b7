"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from service.accounts import sessions
from service.accounts.users import AccountError, check_password
from service.api.access import COOKIE, Caller, Database
from service.settings import settings
from service.web.site import bare_page, home_of, inside
from service.web.visit import Sending, form_fields

router = APIRouter()


@router.get("/dang-nhap")
def form(tiep: str = "/") -> Response:
    """The sign-in form; `tiep` is the page to go on to."""
    return _form(inside(tiep))


@router.post("/dang-nhap")
def sign_in(
    request: Request, session: Database, fields: Annotated[dict[str, str], Depends(form_fields)]
) -> Response:
    """Start a session and go on; a wrong password shows the form again."""
    login, onward = fields.get("login", ""), inside(fields.get("tiep", "/"))
    # A page of somebody else must not sign a browser in (there is no session to tie a token to yet).
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return _form(onward, "Hãy đăng nhập tại trang này.", status=403)
    try:
        user = check_password(session, login, fields.get("password", ""))
    except AccountError as error:
        return _form(onward, str(error), login, status=429)
    if user is None:
        return _form(onward, "Tên đăng nhập hoặc mật khẩu không đúng.", login, status=401)
    there = RedirectResponse(home_of(Caller(user, "")) if onward == "/" else onward, 303)
    return give_cookie(there, sessions.start_session(session, user))


def give_cookie(response: Response, token: str) -> Response:
    """Sign a browser in with its answer; the cookie is out of reach of scripts and ends with the browser."""
    secure = settings().secure_cookies
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure, path="/")
    return response


@router.post("/dang-xuat")
def sign_out(visit: Sending) -> Response:
    """End the session."""
    sessions.end_session(visit.session, visit.request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/dang-nhap", 303)
    response.delete_cookie(COOKIE, path="/")
    return response


def _form(onward: str, error: str = "", login: str = "", status: int = 200) -> Response:
    return bare_page("sign_in.html", status=status, login=login, onward=onward, error=error)

"""Tài khoản: what somebody may do with their own account."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from service.accounts import sessions
from service.accounts.users import WRONG_CURRENT, AccountError, check_password, set_password
from service.web.sign_in import give_cookie
from service.web.site import go
from service.web.visit import Looking, Sending, Visit

router = APIRouter()
BASE = "/tai-khoan"


@router.get(BASE)
def account(visit: Looking) -> Response:
    """Who one is here, and a form for another password."""
    return _page(visit, "")


@router.post(BASE + "/mat-khau")
def change_password(visit: Sending) -> Response:
    """Set another password; all sessions end, and this browser gets a new one."""
    new = visit.fields.get("new", "")
    if new != visit.fields.get("again", ""):
        return _page(visit, "Hai lần nhập mật khẩu mới không giống nhau.")
    try:
        # Not taken back where it fails: a wrong password has to be counted.
        if check_password(visit.session, visit.user.login, visit.fields.get("current", "")) is None:
            return _page(visit, WRONG_CURRENT)
        visit.whole(lambda: set_password(visit.session, visit.user, new, visit.user))
    except AccountError as error:
        return _page(visit, str(error))
    done = go(BASE, "Đã đổi mật khẩu. Các máy khác đang dùng tài khoản này phải đăng nhập lại.")
    return give_cookie(done, sessions.start_session(visit.session, visit.user))


def _page(visit: Visit, error: str) -> Response:
    return visit.page("account.html", status=422 if error else 200, error=error)

"""What all pages share: templates, the menu, addresses, and the message after a redirect."""

from __future__ import annotations

import base64
import binascii
import json
import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy.orm import Session

from service import labels
from service.accounts.rights import Right, may
from service.api.access import Caller
from service.desk.worklist import counts
from service.office import office, unit_names
from service.settings import TIME_ZONE
from service.web import words

FLASH = "donthu_flash"
YEARS = range(1900, 2200)
HOMES = ((Right.INTAKE, "/tiep-nhan"), (Right.HANDLE, "/hang-doi"))
# (right that opens it, address, title, key of its number in `counts`)
MENU = (
    (Right.INTAKE, "/tiep-nhan", "Tiếp nhận", "waiting"),
    (Right.INTAKE, "/khay-loi", "Khay lỗi", "problem"),
    (Right.REVIEW, "/soat-xet", "Soát xét", "review"),
    (None, "/hang-doi", "Hàng đợi", "queue"),
    (None, "/tra-cuu", "Tra cứu", None),
    (Right.MANAGE, "/quan-tri", "Quản trị", None),
)

templates = Environment(
    loader=PackageLoader("service.web", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
templates.filters.update(words.FILTERS)
templates.globals.update(labels=labels)


def page(
    request: Request, session: Session, caller: Caller, template: str, *, status: int = 200, **context: Any
) -> HTMLResponse:
    """A page for somebody who is signed in, with menu, numbers and the message left by the last step."""
    user = caller.user
    numbers = counts(session, user)
    menu = [
        (href, title, numbers.get(key, 0) if key else 0)
        for right, href, title, key in MENU
        if right is None or may(user, right)
    ]
    shared = {
        "user": user,
        "csrf": caller.csrf,
        "menu": menu,
        "office_name": office().name,
        "unit_names": unit_names(),
        "rights": {right.value for right in Right if may(user, right)},
        "today": today(),
        "path": request.url.path,
        "flash": read_flash(request),
    }
    response = HTMLResponse(templates.get_template(template).render(shared | context), status)
    # A shared desk: the back button after signing out must show nothing.
    response.headers["Cache-Control"] = "no-store"
    if FLASH in request.cookies:
        response.delete_cookie(FLASH, path="/")
    return response


def bare_page(template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page without menu: signing in, and errors for those who are not signed in."""
    shared = {"office_name": office().name}
    html = templates.get_template(template).render(shared | context)
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})


@dataclass(frozen=True, slots=True)
class Flash:
    """What the last step left to say; `href` leads to what it was about, "" nowhere."""

    kind: str
    message: str
    href: str = ""


def go(address: str, message: str = "", *, kind: str = "ok", about: str = "") -> RedirectResponse:
    """Redirect after a form; the next page shows `message` once (`kind` "ok" or "error") with a link to `about`."""
    response = RedirectResponse(address, 303)
    if message:
        packed = base64.urlsafe_b64encode(json.dumps([kind, message[:400], about]).encode()).decode()
        response.set_cookie(FLASH, packed, max_age=60, httponly=True, samesite="lax", path="/")
    return response


def read_flash(request: Request) -> Flash | None:
    """The message left by the last step, None where there is none or somebody made it up."""
    try:
        kind, message, about = json.loads(base64.urlsafe_b64decode(request.cookies[FLASH]))
    except (KeyError, ValueError, TypeError, binascii.Error):
        return None
    return Flash("error" if kind == "error" else "ok", str(message), inside(str(about)) if about else "")


def home_of(caller: Caller) -> str:
    """The page where somebody's work begins."""
    return next((href for right, href in HOMES if may(caller.user, right)), "/tra-cuu")


def inside(address: str) -> str:
    """An address of ours to go on to, "/" for anything that would lead elsewhere."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if ours and "\n" not in address and "\r" not in address else "/"


def sign_in_address(request: Request) -> str:
    """The sign-in page, which leads back to the page that was asked for."""
    if request.method != "GET" or request.url.path == "/":
        return "/dang-nhap"
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return "/dang-nhap?tiep=" + quote(wanted, safe="")


def day_of(text: str) -> date | None:
    """The day of a date field as people write it (23/11/2026) or as ISO 8601, None where it is no day."""
    # A year far away is a slip of the finger, and one day before year 1 there is none.
    people = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text.strip(), re.ASCII)
    try:
        if people:
            found = date(int(people[3]), int(people[2]), int(people[1]))
        else:
            found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.year in YEARS else None


def new_key() -> str:
    """A key by which a form that is sent twice is known again."""
    return secrets.token_urlsafe(12)


def today() -> date:
    """The day in Hà Nội."""
    return datetime.now(TIME_ZONE).date()

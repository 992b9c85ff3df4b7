"""All pages of the desk, and the page that tells of an error."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles

from service.web import account, admin, compare, intake, letter, queue, review, search, sign_in, trays
from service.web.site import bare_page, home_of, sign_in_address
from service.web.visit import Looking

STATIC = Path(__file__).parent / "static"
ADVICE = {
    403: "Nếu bạn cần làm việc này, hãy nhờ người quản trị cấp quyền.",
    404: "Có thể đường dẫn đã cũ, hoặc đơn này không thuộc phần việc của bạn.",
    409: "Mở lại đơn để xem bản mới nhất rồi làm tiếp.",
}

router = APIRouter(include_in_schema=False)


@router.get("/")
def start(visit: Looking) -> Response:
    """Where the user's work begins."""
    return RedirectResponse(home_of(visit.caller), 303)


def mount(app: FastAPI) -> None:
    """Add pages, stylesheet and scripts to the application."""
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(router)
    for part in (sign_in, intake, trays, review, letter, compare, queue, search, account, admin):
        app.include_router(part.router, include_in_schema=False)


def error_page(request: Request, status: int, title: str, detail: str = "") -> Response:
    """A friendly page for an error; whoever is not signed in is led to do so."""
    if status == 401:
        return RedirectResponse(sign_in_address(request), 303)
    advice = detail or ADVICE.get(status, "")
    return bare_page("error.html", status=status, title=title, advice=advice, code=status)

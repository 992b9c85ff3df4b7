"""Errors as RFC 9457 problems; titles and details are Vietnamese sentences for the person."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from service.accounts.rights import Forbidden, NotFound
from service.accounts.users import AccountError
from service.api.access import BadFormToken, NotSignedIn
from service.api.answers import problem
from service.api.last_resort import LastResort, log_failure
from service.desk.errors import Conflict, NotPossible
from service.store.blobs import BlobError

# exception → (status, code, title)
PROBLEMS: dict[type[Exception], tuple[int, str, str]] = {
    NotSignedIn: (401, "not-signed-in", "Bạn chưa đăng nhập hoặc phiên làm việc đã hết."),
    BadFormToken: (403, "bad-form-token", "Phiên làm việc không khớp. Hãy tải lại trang rồi thử lại."),
    Forbidden: (403, "forbidden", "Bạn không có quyền làm việc này."),
    NotFound: (404, "not-found", "Không tìm thấy."),
    Conflict: (409, "conflict", "Dữ liệu vừa được người khác thay đổi."),
    NotPossible: (422, "not-possible", "Không thực hiện được."),
    AccountError: (422, "account", "Tài khoản chưa hợp lệ."),
    # A number beyond every id, a character that no text can hold: nothing of it was stored.
    DataError: (422, "invalid", "Dữ liệu gửi lên có ký tự hoặc con số không dùng được."),
    BlobError: (500, "original-lost", "Bản gốc không còn nguyên vẹn. Báo ngay cho người quản trị."),
}

# Their own words are for nobody.
SILENT = (BlobError, DataError)
ErrorPage = Callable[[Request, int, str, str], Response]


def describe(error: Exception) -> tuple[int, str, str, str]:
    """(status, code, title, detail) of an exception of ours; anything else is a 500 without details."""
    for kind, (status, code, title) in PROBLEMS.items():
        if isinstance(error, kind):
            detail = "" if isinstance(error, SILENT) else str(error)
            return status, code, title, detail
    return 500, "internal", "Hệ thống gặp lỗi. Dữ liệu của bạn không mất; hãy thử lại.", ""


def add_problem_handlers(app: FastAPI, web: ErrorPage | None = None) -> None:
    """Answer errors under /api with problems; `web` (if given) answers those of the pages."""

    def ours(request: Request, error: Exception) -> Response:
        status, code, title, detail = describe(error)
        if status >= 500:
            log_failure(request.scope, error)
        if web and not request.url.path.startswith("/api/"):
            return web(request, status, title, detail)
        return problem(status, code, title, detail)

    for kind in PROBLEMS:
        app.add_exception_handler(kind, ours)
    # Not as a handler of the framework: that one would raise the error again, with its words, into the log.
    app.add_middleware(LastResort, answer=ours)

    def http(request: Request, error: HTTPException) -> Response:
        title = "Không tìm thấy trang này." if error.status_code == 404 else "Yêu cầu không thực hiện được."
        if web and not request.url.path.startswith("/api/"):
            return web(request, error.status_code, title, "")
        return problem(error.status_code, "http", title)

    def invalid(request: Request, error: RequestValidationError) -> Response:
        places = ["/".join(str(part) for part in entry["loc"]) for entry in error.errors()]
        title = "Dữ liệu gửi lên không đúng dạng."
        if web and not request.url.path.startswith("/api/"):
            return web(request, 422, title, "")
        return problem(422, "invalid", title, invalid=places)

    app.add_exception_handler(HTTPException, http)  # type: ignore[arg-type]  # see above
    app.add_exception_handler(RequestValidationError, invalid)  # type: ignore[arg-type]  # see above

"""The shape of an error on the wire: a problem as RFC 9457 wants it."""

from __future__ import annotations

from fastapi.responses import JSONResponse

PROBLEM = "application/problem+json"


def problem(status: int, code: str, title: str, detail: str = "", **more: object) -> JSONResponse:
    """One problem; `title` and `detail` are Vietnamese sentences for the person."""
    body = {"type": f"urn:donthu:problem:{code}", "title": title, "status": status, **more}
    if detail:
        body["detail"] = detail
    return JSONResponse(body, status, media_type=PROBLEM)

"""Who may send much, and how much."""

from __future__ import annotations

from collections.abc import Callable

from fastapi.testclient import TestClient

from service.api.body_limit import MAX_FORM_MB, MEGABYTE

Client = Callable[..., TestClient]
LARGE = b"x" * ((MAX_FORM_MB + 1) * MEGABYTE)


def test_a_large_upload_is_taken_from_somebody_we_know(client: Client) -> None:
    answer = client("clerk").post("/api/v1/receipts", files=[("files", ("lon.txt", LARGE))])
    assert answer.status_code == 201


def test_a_large_upload_of_a_stranger_is_not_even_read(client: Client) -> None:
    for headers in ({}, {"authorization": "Bearer donthu_x"}, {"cookie": "donthu_session=x"}):
        answer = client().post("/api/v1/receipts", files=[("files", ("lon.txt", LARGE))], headers=headers)
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"


def test_what_is_no_upload_stays_small(client: Client) -> None:
    answer = client("lead").post(
        "/api/v1/session", content=LARGE, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 413

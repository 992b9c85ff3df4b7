"""What holds for every route: signing in, headers, errors without inner words; health and the docs page."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from service.logs import configure_logs
from service.store.database import transaction
from tests.service import letters
from tests.service.routes import calls

Client = Callable[..., TestClient]
PUBLIC = {"/healthz", "/readyz", "/metrics", "/api/docs", "/api/openapi.json"}


def test_nobody_gets_anything_without_signing_in(app: FastAPI, client: Client) -> None:
    stranger = client()
    for method, path in calls(app):
        if path in PUBLIC or path == "/api/v1/session" or path.startswith(("/static", "/dang-nhap")):
            continue
        answer = stranger.request(method, path)
        expected = {401} if path.startswith("/api/") else {303, 401}
        assert answer.status_code in expected, (method, path, answer.status_code)


def test_every_answer_protects_the_browser(app: FastAPI, client: Client) -> None:
    clerk = client("clerk")
    for method, path in calls(app):
        headers = clerk.request(method, path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "no-referrer", path
        policy = headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy or policy.startswith("sandbox"), path


def test_an_unforeseen_error_tells_nobody_its_words(app: FastAPI, client: Client) -> None:
    secret = "Chử Thị Bí Mật"

    def fail() -> None:
        raise RuntimeError(secret)

    app.router.routes.insert(0, APIRoute("/api/v1/fail", fail))
    app.router.routes.insert(0, APIRoute("/fail", fail))
    told = io.StringIO()
    with redirect_stderr(told), redirect_stdout(told):
        configure_logs()
        one = client("clerk")
        answers = [one.get("/api/v1/fail"), one.get("/fail")]
    assert [answer.status_code for answer in answers] == [500, 500]
    assert answers[0].headers["content-type"] == "application/problem+json"
    assert "RuntimeError" in told.getvalue()
    assert secret not in told.getvalue() + answers[0].text + answers[1].text
    assert answers[0].headers["x-content-type-options"] == "nosniff"


def test_alive_and_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    anyone = client()
    assert anyone.get("/healthz").text == "ok\n"
    answer = anyone.get("/readyz")
    assert (answer.status_code, answer.json()["worker"]) == (503, False)
    with transaction() as session:
        session.execute(sa.text("INSERT INTO procrastinate_workers DEFAULT VALUES"))
    assert anyone.get("/readyz").json() == {"database": True, "originals": True, "worker": True}


def test_not_ready_without_a_folder_for_originals(client: Client, home: Path) -> None:
    (home / "blobs").write_text("a file where the folder should be")
    answer = client().get("/readyz")
    assert (answer.status_code, answer.json()["originals"]) == (503, False)


def test_metrics_count_by_state_only(client: Client, work: Callable[[], None]) -> None:
    letters.file_letters(client("clerk"), work, [letters.complaint(), letters.denunciation()])
    letters.upload(client("clerk"), ("cho.txt", b"cho doc"))
    text = client().get("/metrics").text
    assert 'donthu_receipts{state="filed"} 2.0' in text
    assert 'donthu_receipts{state="waiting"} 1.0' in text
    assert "\ndonthu_petitions 2.0" in text
    assert "donthu_jobs_waiting 1.0" in text
    assert "denunciation" not in text


def test_the_docs_page_lists_every_call_and_fetches_nothing(app: FastAPI, client: Client) -> None:
    html = client().get("/api/docs").text
    for path in app.openapi()["paths"]:
        assert path in html
    assert "http://" not in html
    assert "https://" not in html


def test_every_api_call_has_a_vietnamese_summary(app: FastAPI) -> None:
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            assert any(ord(char) > 127 for char in operation["summary"]), (method, path)


def test_a_wrong_address_is_a_problem_in_the_api(client: Client) -> None:
    answer = client("clerk").get("/api/v1/khong-co")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_the_database_cannot_hold_is_the_callers_mistake(client: Client) -> None:
    lead = client("lead")
    assert lead.get("/api/v1/petitions/99999999999999999999999").status_code == 422
    answer = client().post("/api/v1/session", json={"login": "a\u0000b", "password": "x"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"

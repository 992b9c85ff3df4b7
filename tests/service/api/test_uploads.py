"""Files in, receipts out: each on its own, the same key once, two at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from service.settings import settings
from service.store.database import transaction
from service.store.tables import Audit, Blob, Receipt
from tests.service import letters

Client = Callable[..., TestClient]
JOBS = sa.text("SELECT args->>'receipt_id' FROM procrastinate_jobs WHERE task_name = 'read_receipt'")


def test_each_file_gets_a_receipt_a_job_and_an_audit_row(client: Client) -> None:
    outcomes = letters.upload(client("clerk"), ("a.txt", b"mot"), ("b.txt", b"hai"))
    ids = [outcome["receipt"]["id"] for outcome in outcomes]  # type: ignore[index]
    numbers = [outcome["receipt"]["number"] for outcome in outcomes]  # type: ignore[index]
    assert numbers == sorted(numbers)
    assert {outcome["receipt"]["state"] for outcome in outcomes} == {"waiting"}  # type: ignore[index]
    with transaction() as session:
        assert sorted(int(job) for job in session.scalars(JOBS)) == ids
        audited = session.scalars(sa.select(Audit.object_id).where(Audit.verb == "receive")).all()
    assert sorted(int(found) for found in audited) == ids


def test_bad_files_do_not_keep_the_good_one_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONTHU_MAX_UPLOAD_MB", "1")
    settings.cache_clear()
    large = b"x" * (2**20 + 1)
    outcomes = letters.upload(client("clerk"), ("trong.txt", b""), ("to.txt", large), ("tot.txt", b"don"))
    codes = [outcome["problem"] and outcome["problem"]["code"] for outcome in outcomes]  # type: ignore[index]
    assert codes == ["empty", "too-large", None]
    assert outcomes[2]["receipt"]["file_name"] == "tot.txt"  # type: ignore[index]
    with transaction() as session:
        assert session.scalar(sa.select(sa.func.count(Receipt.id))) == 1


def test_a_call_with_nothing_but_bad_files_says_so(client: Client) -> None:
    answer = client("clerk").post("/api/v1/receipts", files={"files": ("trong.txt", b"")})
    assert answer.status_code == 422
    assert answer.json()["received"] == 0


def test_a_body_above_the_limit_is_refused_before_it_is_parsed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONTHU_MAX_UPLOAD_MB", "1")
    settings.cache_clear()
    clerk = client("clerk")
    files = [("files", (f"{n}.bin", bytes(2**20), "application/octet-stream")) for n in range(11)]
    announced = clerk.post("/api/v1/receipts", files=files)
    assert announced.status_code == 413
    assert announced.headers["content-type"] == "application/problem+json"

    def drip() -> object:
        for _ in range(12):
            yield bytes(2**20)

    headers = {"content-type": "multipart/form-data; boundary=x"}
    unannounced = clerk.post("/api/v1/receipts", content=drip(), headers=headers)
    assert unannounced.status_code == 413
    with transaction() as session:
        assert session.scalar(sa.select(sa.func.count(Receipt.id))) == 0


def test_the_same_bytes_again_are_a_new_receipt_of_the_same_file(client: Client) -> None:
    clerk = client("clerk")
    first = letters.upload(clerk, ("a.txt", b"don"))[0]["receipt"]
    again = letters.upload(clerk, ("ten-khac.txt", b"don"))[0]["receipt"]
    assert again["id"] != first["id"]  # type: ignore[index]
    assert again["same_file_of"] == first["number"]  # type: ignore[index]
    with transaction() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Blob)) == 1


def test_the_same_key_gives_the_same_receipts_and_loses_no_other_letter(client: Client) -> None:
    clerk = client("clerk")
    stack = (("a.txt", b"mot"), ("b.txt", b"mot"), ("c.txt", b"hai"))
    first = [outcome["receipt"]["id"] for outcome in letters.upload(clerk, *stack, key="k1")]  # type: ignore[index]
    again = [outcome["receipt"]["id"] for outcome in letters.upload(clerk, *stack, key="k1")]  # type: ignore[index]
    assert again == first
    assert len(set(first)) == 3
    other = letters.upload(clerk, ("d.txt", b"ba"), key="k1")[0]["receipt"]["id"]  # type: ignore[index]
    assert other not in first
    someone = letters.upload(client("lead"), ("a.txt", b"mot"), key="k1")[0]["receipt"]["id"]  # type: ignore[index]
    assert someone not in first


def test_two_uploads_of_one_file_at_once_are_two_receipts_of_one_original(client: Client) -> None:
    clients = [client("clerk"), client("lead"), client("clerk_dn"), client("admin")]

    def send(one: TestClient) -> dict[str, object]:
        return letters.upload(one, ("a.txt", b"cung luc"))[0]["receipt"]  # type: ignore[return-value]

    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(send, clients))
    assert len({receipt["number"] for receipt in receipts}) == 4
    with transaction() as session:
        firsts = session.scalars(sa.select(Receipt.same_file_of)).all()
        assert sorted(firsts, key=lambda first: first or 0) == [None, *[min(r["id"] for r in receipts)] * 3]  # type: ignore[type-var]
        assert session.scalar(sa.select(sa.func.count()).select_from(Blob)) == 1


def test_one_key_twice_at_once_is_one_receipt(client: Client) -> None:
    clients = [client("clerk") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda one: letters.upload(one, ("a.txt", b"x"), key="nut-bam-doi"), clients))
    assert len({outcome[0]["receipt"]["id"] for outcome in sent}) == 1  # type: ignore[index]


def test_more_uploads_at_once_than_connections(client: Client) -> None:
    clerk = client("clerk")
    with ThreadPoolExecutor(40) as pool:
        sent = list(pool.map(lambda n: letters.upload(clerk, (f"{n}.txt", b"%d" % n)), range(60)))
    assert all(outcome[0]["receipt"] for outcome in sent)


def test_handlers_do_not_receive(client: Client) -> None:
    answer = client("handler_vp").post("/api/v1/receipts", files={"files": ("a.txt", b"x")})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Quét\\đơn kiện.pdf", "đơn kiện.pdf"),
        ("a\u202etxt.exe", "atxt.exe"),
        ("x" * 999, "x" * 300),
        (" ", "không tên"),
    ],
)
def test_names_of_files_are_only_names(client: Client, sent: str, kept: str) -> None:
    outcome = letters.upload(client("clerk"), (sent, b"x"))[0]
    assert outcome["receipt"]["file_name"] == kept  # type: ignore[index]

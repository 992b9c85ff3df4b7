"""Receipts, originals, the tray of problems and the balance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from service.api.receipts import MAX_IDS, parse_ids
from service.office import today
from tests.service import letters

Client = Callable[..., TestClient]
Work = Callable[[], None]
UNREADABLE = b"\x00\x01\x02 khong phai don"


def _problem(clerk: TestClient, work: Work) -> int:
    receipt = letters.upload(clerk, ("hong.bin", UNREADABLE))[0]["receipt"]
    work()
    return receipt["id"]  # type: ignore[index,no-any-return]


def test_a_receipt_goes_from_waiting_to_filed(client: Client, work: Work) -> None:
    clerk = client("clerk")
    receipt = letters.upload(clerk, ("don.txt", letters.complaint()))[0]["receipt"]
    work()
    after = clerk.get(f"/api/v1/receipts/{receipt['id']}").json()  # type: ignore[index]
    assert after["state"] == "filed"
    assert after["petition_id"]
    assert (after["pages_done"], after["pages_total"]) == (1, 1)


def test_lists_by_id_state_and_day(client: Client, work: Work) -> None:
    clerk = client("clerk")
    sent = letters.upload(clerk, ("a.txt", letters.complaint()), ("hong.bin", UNREADABLE))
    good, bad = (outcome["receipt"]["id"] for outcome in sent)  # type: ignore[index]
    work()

    def ids(**query: object) -> list[int]:
        return [entry["id"] for entry in clerk.get("/api/v1/receipts", params=query).json()]  # type: ignore[arg-type]

    assert ids() == [bad, good]
    assert ids(ids=f"{good},không,99999999999999999999") == [good]
    assert ids(state="problem") == [bad]
    assert ids(day=today().isoformat()) == [bad, good]
    assert ids(day=date(2020, 1, 1).isoformat()) == []
    assert ids(limit=1, offset=1) == [good]
    assert clerk.get("/api/v1/receipts", params={"state": "lost"}).status_code == 422


def test_parse_ids_leaves_out_what_is_no_number() -> None:
    assert parse_ids("1, 2,x,-3,²,٣,") == [1, 2]
    assert len(parse_ids(",".join(map(str, range(9999))))) == MAX_IDS


def test_the_original_comes_back_as_a_harmless_download(client: Client) -> None:
    clerk = client("clerk")
    data = b"<html><script>alert(1)</script></html>"
    receipt = letters.upload(clerk, ("đơn, tố; cáo.html", data))[0]["receipt"]
    answer = clerk.get(f"/api/v1/receipts/{receipt['id']}/original")  # type: ignore[index]
    assert answer.content == data
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith("attachment;")
    assert unquote(disposition.split("UTF-8''")[1]) == "đơn, tố; cáo.html"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert "no-store" in answer.headers["cache-control"]


def test_original_has_the_media_type_of_its_bytes_not_of_its_name(client: Client) -> None:
    clerk = client("clerk")
    receipt = letters.upload(clerk, ("anh.pdf", b"\x89PNG\r\n\x1a\n rest"))[0]["receipt"]
    answer = clerk.get(f"/api/v1/receipts/{receipt['id']}/original")  # type: ignore[index]
    assert answer.headers["content-type"] == "image/png"


def test_what_cannot_be_read_waits_in_the_tray_with_a_sentence(client: Client, work: Work) -> None:
    clerk = client("clerk")
    receipt_id = _problem(clerk, work)
    receipt = clerk.get(f"/api/v1/receipts/{receipt_id}").json()
    assert receipt["state"] == "problem"
    assert receipt["problems"][0]["message"].endswith(".")


def test_refusing_needs_a_reason_and_keeps_it(client: Client, work: Work) -> None:
    clerk = client("clerk")
    url = f"/api/v1/receipts/{_problem(clerk, work)}/refuse"
    assert clerk.post(url, json={"reason": "  "}).status_code == 422
    refused = clerk.post(url, json={"reason": "Tệp hỏng, đã báo người gửi."}).json()
    assert (refused["state"], refused["refused_reason"]) == ("refused", "Tệp hỏng, đã báo người gửi.")
    assert clerk.post(url, json={"reason": "lần nữa"}).status_code == 422


def test_reading_again_puts_it_back_and_it_comes_back(client: Client, work: Work) -> None:
    clerk = client("clerk")
    receipt_id = _problem(clerk, work)
    assert clerk.post(f"/api/v1/receipts/{receipt_id}/read-again").json()["state"] == "waiting"
    work()
    assert clerk.get(f"/api/v1/receipts/{receipt_id}").json()["state"] == "problem"


def test_typing_makes_a_petition(client: Client, work: Work) -> None:
    clerk = client("clerk")
    receipt_id = _problem(clerk, work)
    url = f"/api/v1/receipts/{receipt_id}/type-in"
    assert clerk.post(url, json={"text": "ngắn"}).status_code == 422
    text = letters.complaint("Quách Thị Gõ").decode()
    petition_id = clerk.post(url, json={"text": text}).json()["petition_id"]
    found = clerk.get(f"/api/v1/petitions/{petition_id}").json()
    assert found["text"] == text.strip()
    assert clerk.get(f"/api/v1/receipts/{receipt_id}").json()["state"] == "filed"
    assert clerk.post(url, json={"text": text}).status_code == 422


@pytest.mark.parametrize("call", ["refuse", "read-again", "type-in"])
def test_the_tray_is_for_those_who_receive(client: Client, work: Work, call: str) -> None:
    receipt_id = _problem(client("clerk"), work)
    body = {"reason": "không có quyền", "text": "x" * 40}
    assert client("handler_vp").post(f"/api/v1/receipts/{receipt_id}/{call}", json=body).status_code == 403
    # Another clerk without the right cannot know that an unread letter is no denunciation.
    assert client("clerk_dn").get(f"/api/v1/receipts/{receipt_id}").json()["known"] is True


def test_balance_of_the_day(client: Client, work: Work) -> None:
    clerk = client("clerk")
    _problem(clerk, work)
    letters.file_letters(clerk, work, [letters.complaint(), letters.denunciation()])
    letters.upload(clerk, ("cho.txt", b"cho doc"))
    found = clerk.get("/api/v1/balance", params={"day": today().isoformat()}).json()
    numbers = {key: found[key] for key in ("received", "waiting", "filed", "problem", "refused", "petitions")}
    assert numbers == {"received": 4, "waiting": 1, "filed": 2, "problem": 1, "refused": 0, "petitions": 2}
    assert found["adds_up"] is True
    assert found["closed"] is False
